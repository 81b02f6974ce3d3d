-- When and by whom an assessment may be written, and what it may be: checked by
-- triggers, with the rows of a whole statement at once, naming all that is
-- wrong. Row-level security says which rows; these say which columns, and when.

-- A row of assessment as it is written, and what the writing does. row_no is
-- that of a load.
CREATE TYPE @schema@.written_assessment AS (
	row_no          bigint,
	track_id        int,
	agency_id       int,
	criterion_id    int,
	measured        numeric,
	numerator       numeric,
	denominator     numeric,
	self_points     numeric,
	verified_points numeric,
	verify_note     text,
	appeal_points   numeric,
	assesses        boolean,
	verifies        boolean,
	appeals         boolean
);

-- Replaced by upgrades:

CREATE OR REPLACE FUNCTION @schema@.stamp_assessment() RETURNS trigger
	LANGUAGE plpgsql
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	caller name;
BEGIN
	PERFORM set_config('search_path', format('pg_catalog, %I, pg_temp', TG_TABLE_SCHEMA), true);
	caller := chosen_role();
	NEW.explanation := normalize(NEW.explanation);
	NEW.verify_note := normalize(NEW.verify_note);
	-- What was verified was another claim.
	IF TG_OP = 'UPDATE' AND OLD.self_points IS DISTINCT FROM NEW.self_points
		AND (OLD.verified_points, OLD.verify_note) IS NOT DISTINCT FROM (NEW.verified_points, NEW.verify_note)
	THEN
		NEW.verified_points := NULL;
		NEW.verify_note := NULL;
	END IF;
	IF TG_OP = 'INSERT' OR OLD IS DISTINCT FROM NEW THEN
		NEW.changed_by := caller;
		NEW.changed_at := now();
	END IF;
	IF NEW.verified_points IS NULL THEN
		NEW.verified_by := NULL;
		NEW.verified_at := NULL;
	ELSIF TG_OP = 'INSERT' OR OLD.verified_points IS DISTINCT FROM NEW.verified_points
		OR OLD.verify_note IS DISTINCT FROM NEW.verify_note
	THEN
		NEW.verified_by := caller;
		NEW.verified_at := now();
	END IF;
	RETURN NEW;
END
$$;

-- Most rows of a load come as they would be stamped.
CREATE OR REPLACE TRIGGER stamp_insert BEFORE INSERT ON @schema@.assessment
	FOR EACH ROW WHEN (
		num_nonnulls(NEW.explanation, NEW.verify_note, NEW.verified_points, NEW.verified_by, NEW.verified_at) > 0
		OR NEW.changed_by IS DISTINCT FROM @schema@.chosen_role()
		OR NEW.changed_at IS DISTINCT FROM now()
	) EXECUTE FUNCTION @schema@.stamp_assessment();
CREATE OR REPLACE TRIGGER stamp_update BEFORE UPDATE ON @schema@.assessment
	FOR EACH ROW EXECUTE FUNCTION @schema@.stamp_assessment();

-- What stands against rows of assessment, by the rights of the caller, among the
-- agencies that he sees taking part:
--
--   assesses  measured, numerator, denominator, self_points, explanation: by the
--             agency or a publisher, in stage self_assessment; for criteria from
--             surveys and records by a publisher, until the round is published
--   verifies  verified_points, verify_note: by a verifier of the criterion or a
--             publisher, in stage verification; by nobody for an agency that he
--             is an assessor of, whatever else he is
--   appeals   appeal_points: by decide_appeal()
CREATE OR REPLACE FUNCTION @schema@.assessment_faults(
	written @schema@.written_assessment[],
	OUT row_no bigint, OUT agency_id int, OUT criterion_id int, OUT message text, OUT denied boolean)
	RETURNS SETOF record
	LANGUAGE sql STABLE
	SET enable_nestloop = off SET jit = off
BEGIN ATOMIC
	WITH rights AS MATERIALIZED (
		SELECT
			@schema@.has_capability('publisher') AS leads,
			@schema@.own_agencies() AS agencies,
			@schema@.own_criteria() AS criteria,
			coalesce(current_setting('parindex.decides_appeal', true), '') <> '' AS decides
	),
	placed AS MATERIALIZED (
		SELECT w.*, g.leads, g.agencies, g.criteria, g.decides, r.stage, r.self_assessment_deadline, r.verification_deadline,
			c.source, c.rule, c.max_points
		FROM unnest(assessment_faults.written) AS w
		CROSS JOIN rights AS g
		JOIN @schema@.criterion AS c ON c.criterion_id = w.criterion_id
		JOIN @schema@.round_track AS t ON t.track_id = w.track_id AND t.set_id = c.set_id
		JOIN @schema@.assessment_round AS r ON r.round_id = t.round_id
	)
	SELECT w.row_no, w.agency_id, w.criterion_id, f.message, f.denied
	FROM (
		SELECT w.row_no, w.agency_id, w.criterion_id,
			ARRAY[
				CASE WHEN w.stage = 'published'
					THEN 'the round is published' END,
				CASE WHEN w.rule IS NULL
					THEN 'the criterion is no leaf with a rule' END,
				CASE WHEN w.assesses AND w.source = 'self_assessed' AND w.stage NOT IN ('self_assessment', 'published')
					THEN format('the round is in stage "%s", agencies assess themselves in stage "self_assessment"', w.stage) END,
				CASE WHEN w.assesses AND w.source = 'self_assessed' AND NOT w.leads AND now() > w.self_assessment_deadline
					THEN format('the deadline was %s', w.self_assessment_deadline) END,
				-- Looked up row by row, and not joined: without statistics, just after
				-- a load, the planner would join all who take part with all criteria.
				CASE WHEN w.assesses AND w.source = 'self_assessed' AND w.stage = 'self_assessment' AND (
						SELECT p.submitted_at
						FROM @schema@.participation AS p
						WHERE p.track_id = w.track_id AND p.agency_id = w.agency_id
					) IS NOT NULL
					THEN 'the agency has submitted its self-assessment' END,
				CASE WHEN w.verifies AND w.stage NOT IN ('verification', 'published')
					THEN format('the round is in stage "%s", points are verified in stage "verification"', w.stage) END,
				CASE WHEN w.verifies AND NOT w.leads AND now() > w.verification_deadline
					THEN format('the deadline was %s', w.verification_deadline) END,
				CASE WHEN w.verifies AND w.verified_points <> w.self_points AND coalesce(w.verify_note, '') = ''
					THEN format('verified points %s differ from the self-assessed %s without a note', w.verified_points, w.self_points) END
			] AS faults,
			ARRAY[
				CASE WHEN w.assesses AND w.source = 'self_assessed' AND NOT w.leads AND w.agency_id <> ALL (w.agencies)
					THEN 'only the agency itself, or a publisher, assesses this criterion' END,
				CASE WHEN w.assesses AND w.source <> 'self_assessed' AND NOT w.leads
					THEN format('only a publisher brings in what comes from source "%s"', w.source) END,
				CASE WHEN w.verifies AND NOT w.leads AND w.criterion_id <> ALL (w.criteria)
					THEN 'only a verifier of the criterion, or a publisher, verifies it' END,
				CASE WHEN w.verifies AND w.agency_id = ANY (w.agencies)
					THEN 'an assessor of the agency does not verify it' END,
				CASE WHEN w.appeals AND NOT w.decides
					THEN 'points on appeal are given by decide_appeal() only' END
			] AS missing_rights
		FROM placed AS w
	) AS w
	CROSS JOIN LATERAL (
		SELECT unnest(w.faults), false
		UNION ALL
		SELECT unnest(w.missing_rights), true
	) AS f (message, denied)
	WHERE num_nonnulls(VARIADIC w.faults) + num_nonnulls(VARIADIC w.missing_rights) > 0
		AND f.message IS NOT NULL
	UNION ALL
	SELECT w.row_no, w.agency_id, w.criterion_id, format('%s points are outside 0 to %s', v.points, w.max_points), false
	FROM placed AS w
	CROSS JOIN LATERAL (VALUES (w.self_points), (w.verified_points), (w.appeal_points)) AS v (points)
	WHERE (greatest(w.self_points, w.verified_points, w.appeal_points) > w.max_points
			OR least(w.self_points, w.verified_points, w.appeal_points) < 0)
		AND (v.points > w.max_points
			OR v.points < 0 AND parindex.rule_kind(w.rule::parindex.scoring_rule) <> 'penalty')
	UNION ALL
	SELECT w.row_no, w.agency_id, w.criterion_id, u.problem, false
	FROM placed AS w
	CROSS JOIN LATERAL (
		SELECT @schema@.rule_problem(w.rule, w.measured, w.numerator, w.denominator) AS problem
	) AS u
	WHERE w.assesses AND (w.measured IS NOT NULL OR w.numerator IS NOT NULL)
		AND (
			SELECT @schema@.any_rule_problem(array_agg(m.rule), array_agg(m.measured), array_agg(m.numerator), array_agg(m.denominator))
			FROM placed AS m
			WHERE m.assesses AND (m.measured IS NOT NULL OR m.numerator IS NOT NULL)
		)
		AND u.problem IS NOT NULL;
END;

-- Number and list, of the first fifty, of faults; whether rights are among them.
CREATE OR REPLACE FUNCTION @schema@.list_faults(
	written @schema@.written_assessment[], OUT fault_number bigint, OUT fault_list text, OUT fault_denied boolean)
	LANGUAGE sql STABLE
BEGIN ATOMIC
	SELECT
		count(*),
		string_agg(format('%s %s: %s', f.agency, f.criterion, f.message), E'\n' ORDER BY f.place) FILTER (WHERE f.place <= 50),
		bool_or(f.denied)
	FROM (
		SELECT a.code AS agency, c.code AS criterion, u.message, u.denied,
			row_number() OVER (ORDER BY a.code COLLATE "C", c.sort_order, c.code COLLATE "C", u.message) AS place
		FROM @schema@.assessment_faults(list_faults.written) AS u
		JOIN @schema@.agency AS a ON a.agency_id = u.agency_id
		JOIN @schema@.criterion AS c ON c.criterion_id = u.criterion_id
	) AS f;
END;

-- The rows that a statement wrote. The round is held shared until the
-- transaction ends: publish() locks it alone, so that a row is either there
-- before it publishes or meets the published stage here.
CREATE OR REPLACE FUNCTION @schema@.guard_assessment() RETURNS trigger
	LANGUAGE plpgsql SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	faults record;
BEGIN
	PERFORM set_config('search_path', format('pg_catalog, %I, pg_temp', TG_TABLE_SCHEMA), true);
	PERFORM FROM assessment_round AS r
	WHERE r.round_id IN (
		SELECT t.round_id
		FROM round_track AS t
		WHERE t.track_id IN (SELECT n.track_id FROM new_rows AS n)
	)
	FOR SHARE;

	IF TG_OP = 'INSERT' THEN
		SELECT fault_number AS number, fault_list AS list, fault_denied AS denied INTO faults
		FROM list_faults(ARRAY(
			SELECT (NULL, n.track_id, n.agency_id, n.criterion_id, n.measured, n.numerator, n.denominator, n.self_points,
				n.verified_points, n.verify_note, n.appeal_points,
				num_nonnulls(n.measured, n.numerator, n.self_points, n.explanation) > 0,
				n.verified_points IS NOT NULL OR n.verify_note IS NOT NULL,
				n.appeal_points IS NOT NULL)::written_assessment
			FROM new_rows AS n));
	ELSE
		SELECT fault_number AS number, fault_list AS list, fault_denied AS denied INTO faults
		FROM list_faults(ARRAY(
			SELECT (NULL, n.track_id, n.agency_id, n.criterion_id, n.measured, n.numerator, n.denominator, n.self_points,
				n.verified_points, n.verify_note, n.appeal_points,
				(n.measured, n.numerator, n.denominator, n.self_points, n.explanation)
					IS DISTINCT FROM (o.measured, o.numerator, o.denominator, o.self_points, o.explanation)
					OR (n.track_id, n.agency_id, n.criterion_id) IS DISTINCT FROM (o.track_id, o.agency_id, o.criterion_id),
				(n.verified_points, n.verify_note) IS DISTINCT FROM (o.verified_points, o.verify_note)
					AND (num_nonnulls(n.verified_points, n.verify_note) > 0 OR n.self_points IS NOT DISTINCT FROM o.self_points),
				n.appeal_points IS DISTINCT FROM o.appeal_points)::written_assessment
			FROM new_rows AS n
			LEFT JOIN old_rows AS o ON o.assessment_id = n.assessment_id));
	END IF;
	IF faults.number > 0 THEN
		RAISE EXCEPTION USING
			ERRCODE = CASE WHEN faults.denied THEN 'insufficient_privilege' ELSE 'check_violation' END,
			MESSAGE = format('assessments refused: %s violations', faults.number),
			DETAIL = faults.list;
	END IF;
	RETURN NULL;
END
$$;

REVOKE ALL ON FUNCTION @schema@.guard_assessment() FROM PUBLIC;

CREATE OR REPLACE TRIGGER guard_insert AFTER INSERT ON @schema@.assessment
	REFERENCING NEW TABLE AS new_rows
	FOR EACH STATEMENT EXECUTE FUNCTION @schema@.guard_assessment();
CREATE OR REPLACE TRIGGER guard_update AFTER UPDATE ON @schema@.assessment
	REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
	FOR EACH STATEMENT EXECUTE FUNCTION @schema@.guard_assessment();

COMMENT ON TYPE @schema@.written_assessment IS
'A row of assessment as it is written, and what the writing does; row_no is that of a load. / Một dòng kết quả đánh giá đang được ghi và nội dung thao tác; row_no là số dòng khi nạp hàng loạt.';
COMMENT ON FUNCTION @schema@.stamp_assessment() IS
'Trigger: notes who changed and who verified an assessment, and when, and stores its text in Unicode NFC. / Trigger: ghi người và thời điểm thay đổi, thẩm định kết quả đánh giá; chuẩn hóa văn bản về Unicode dựng sẵn (NFC).';
COMMENT ON FUNCTION @schema@.assessment_faults(@schema@.written_assessment[]) IS
'What stands against rows of assessment by stage, deadline, right, note, range and rule: one row a fault; denied where a right is missing. No rows for agencies whose part the caller does not see. / Các lỗi của dòng kết quả đánh giá theo giai đoạn, thời hạn, quyền, ý kiến, phạm vi điểm và quy tắc: mỗi dòng một lỗi; denied nếu thiếu quyền. Không trả về dòng của cơ quan mà người gọi không được xem.';
COMMENT ON FUNCTION @schema@.list_faults(@schema@.written_assessment[]) IS
'Number of faults of rows of assessment, a list of the first fifty, and whether rights are among them; 0 and NULL if there are none. / Số lỗi của các dòng kết quả đánh giá, danh sách năm mươi lỗi đầu và có lỗi về quyền hay không; 0 và NULL nếu không có lỗi.';
COMMENT ON FUNCTION @schema@.guard_assessment() IS
'Trigger: refuses rows of assessment with faults, and names them: 42501 where a right is missing, else 23514. / Trigger: từ chối các dòng kết quả đánh giá có lỗi và nêu từng lỗi: 42501 nếu thiếu quyền, nếu không là 23514.';
