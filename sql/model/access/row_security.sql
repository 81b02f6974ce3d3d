-- Who sees and writes which rows. Published results are for every member; what
-- is live is for those whom it concerns. Arrays of rights are computed once a
-- query, as scalar subqueries.

ALTER TABLE @schema@.participation ENABLE ROW LEVEL SECURITY;
ALTER TABLE @schema@.applicability ENABLE ROW LEVEL SECURITY;
ALTER TABLE @schema@.sheet_adjustment ENABLE ROW LEVEL SECURITY;
ALTER TABLE @schema@.assessment ENABLE ROW LEVEL SECURITY;
ALTER TABLE @schema@.evidence ENABLE ROW LEVEL SECURITY;
ALTER TABLE @schema@.appeal ENABLE ROW LEVEL SECURITY;
ALTER TABLE @schema@.history ENABLE ROW LEVEL SECURITY;
ALTER TABLE @schema@.action_progress ENABLE ROW LEVEL SECURITY;
ALTER TABLE @schema@.survey_psu ENABLE ROW LEVEL SECURITY;
ALTER TABLE @schema@.respondent ENABLE ROW LEVEL SECURITY;
ALTER TABLE @schema@.respondent_identity ENABLE ROW LEVEL SECURITY;
ALTER TABLE @schema@.response ENABLE ROW LEVEL SECURITY;
ALTER TABLE @schema@.member ENABLE ROW LEVEL SECURITY;

-- Replaced by upgrades:

-- Whether the caller verifies anything: such a role sees who takes part.
CREATE OR REPLACE FUNCTION @schema@.is_verifier() RETURNS boolean
	LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT cardinality(@schema@.own_criteria()) > 0;
END;

--@ each
--@ table: participation | applicability | sheet_adjustment
DROP POLICY IF EXISTS members_see ON @schema@.@table@;
CREATE POLICY members_see ON @schema@.@table@ FOR SELECT
	USING ((SELECT @schema@.sees_whole_round()) OR (SELECT @schema@.is_verifier()) OR agency_id = ANY ((SELECT @schema@.own_agencies())::int[]));
DROP POLICY IF EXISTS publishers_add ON @schema@.@table@;
CREATE POLICY publishers_add ON @schema@.@table@ FOR INSERT
	WITH CHECK ((SELECT @schema@.has_capability('publisher')));
DROP POLICY IF EXISTS publishers_change ON @schema@.@table@;
CREATE POLICY publishers_change ON @schema@.@table@ FOR UPDATE
	USING ((SELECT @schema@.has_capability('publisher')))
	WITH CHECK ((SELECT @schema@.has_capability('publisher')));
DROP POLICY IF EXISTS publishers_remove ON @schema@.@table@;
CREATE POLICY publishers_remove ON @schema@.@table@ FOR DELETE
	USING ((SELECT @schema@.has_capability('publisher')));
--@ end

DROP POLICY IF EXISTS members_see ON @schema@.assessment;
CREATE POLICY members_see ON @schema@.assessment FOR SELECT
	USING ((SELECT @schema@.sees_whole_round()) OR agency_id = ANY ((SELECT @schema@.own_agencies())::int[]) OR criterion_id = ANY ((SELECT @schema@.own_criteria())::int[]));
DROP POLICY IF EXISTS members_add ON @schema@.assessment;
CREATE POLICY members_add ON @schema@.assessment FOR INSERT
	WITH CHECK ((SELECT @schema@.has_capability('publisher')) OR agency_id = ANY ((SELECT @schema@.own_agencies())::int[]) OR criterion_id = ANY ((SELECT @schema@.own_criteria())::int[]));
DROP POLICY IF EXISTS members_change ON @schema@.assessment;
CREATE POLICY members_change ON @schema@.assessment FOR UPDATE
	USING ((SELECT @schema@.has_capability('publisher')) OR agency_id = ANY ((SELECT @schema@.own_agencies())::int[]) OR criterion_id = ANY ((SELECT @schema@.own_criteria())::int[]))
	WITH CHECK ((SELECT @schema@.has_capability('publisher')) OR agency_id = ANY ((SELECT @schema@.own_agencies())::int[]) OR criterion_id = ANY ((SELECT @schema@.own_criteria())::int[]));

-- Evidence and appeals are seen with their assessment, under its policy.
DROP POLICY IF EXISTS members_see ON @schema@.evidence;
CREATE POLICY members_see ON @schema@.evidence FOR SELECT
	USING (EXISTS (SELECT FROM @schema@.assessment AS a WHERE a.assessment_id = evidence.assessment_id));
DROP POLICY IF EXISTS assessors_add ON @schema@.evidence;
CREATE POLICY assessors_add ON @schema@.evidence FOR INSERT
	WITH CHECK (EXISTS (
		SELECT FROM @schema@.assessment AS a
		WHERE a.assessment_id = evidence.assessment_id AND ((SELECT @schema@.has_capability('publisher')) OR a.agency_id = ANY ((SELECT @schema@.own_agencies())::int[]))
	));
DROP POLICY IF EXISTS members_see ON @schema@.appeal;
CREATE POLICY members_see ON @schema@.appeal FOR SELECT
	USING (EXISTS (SELECT FROM @schema@.assessment AS a WHERE a.assessment_id = appeal.assessment_id));

-- Of members, history says to others than publishers no more than member does.
DROP POLICY IF EXISTS members_see ON @schema@.history;
CREATE POLICY members_see ON @schema@.history FOR SELECT
	USING (
		((SELECT @schema@.sees_whole_round()) OR agency_id = ANY ((SELECT @schema@.own_agencies())::int[]))
		AND (table_name <> 'member' OR (SELECT @schema@.has_capability('publisher')))
	);

DROP POLICY IF EXISTS members_see ON @schema@.action_progress;
CREATE POLICY members_see ON @schema@.action_progress FOR SELECT
	USING (true);
DROP POLICY IF EXISTS leads_add ON @schema@.action_progress;
CREATE POLICY leads_add ON @schema@.action_progress FOR INSERT
	WITH CHECK ((SELECT @schema@.has_capability('publisher')) OR EXISTS (
		SELECT FROM @schema@.action AS a
		WHERE a.action_id = action_progress.action_id
			AND a.lead_agency_id = ANY ((SELECT @schema@.own_agencies())::int[])
	));
DROP POLICY IF EXISTS leads_change ON @schema@.action_progress;
CREATE POLICY leads_change ON @schema@.action_progress FOR UPDATE
	USING ((SELECT @schema@.has_capability('publisher')) OR EXISTS (
		SELECT FROM @schema@.action AS a
		WHERE a.action_id = action_progress.action_id
			AND a.lead_agency_id = ANY ((SELECT @schema@.own_agencies())::int[])
	))
	WITH CHECK ((SELECT @schema@.has_capability('publisher')) OR EXISTS (
		SELECT FROM @schema@.action AS a
		WHERE a.action_id = action_progress.action_id
			AND a.lead_agency_id = ANY ((SELECT @schema@.own_agencies())::int[])
	));

-- Answers are for publishers; who gave them for the owner alone, who needs no policy.
DROP POLICY IF EXISTS publishers_see ON @schema@.survey_psu;
CREATE POLICY publishers_see ON @schema@.survey_psu FOR SELECT
	USING ((SELECT @schema@.has_capability('publisher')));
DROP POLICY IF EXISTS publishers_see ON @schema@.respondent;
CREATE POLICY publishers_see ON @schema@.respondent FOR SELECT
	USING ((SELECT @schema@.has_capability('publisher')));
DROP POLICY IF EXISTS publishers_see ON @schema@.response;
CREATE POLICY publishers_see ON @schema@.response FOR SELECT
	USING ((SELECT @schema@.has_capability('publisher')));

-- Whose work is verified, and who verifies, may know who does.
DROP POLICY IF EXISTS members_see_themselves ON @schema@.member;
CREATE POLICY members_see_themselves ON @schema@.member FOR SELECT
	USING (
		(SELECT @schema@.has_capability('publisher'))
		OR login_role = (SELECT @schema@.caller())
		OR capability = 'verifier' AND ((SELECT @schema@.is_verifier()) OR cardinality((SELECT @schema@.own_agencies())::int[]) > 0)
	);

COMMENT ON FUNCTION @schema@.is_verifier() IS
'Whether the caller verifies any criterion today. / Hôm nay người gọi có thẩm định tiêu chí nào hay không.';
