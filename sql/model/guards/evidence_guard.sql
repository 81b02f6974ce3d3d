-- Replaced by upgrades:

-- Evidence is added and removed by the agency while it may change what it says of
-- itself, and for a criterion it appeals against until that is decided; by a
-- publisher until the round is published.
CREATE OR REPLACE FUNCTION @schema@.guard_evidence() RETURNS trigger
	LANGUAGE plpgsql SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	touched bigint[];
	rights record;
	faults record;
BEGIN
	PERFORM set_config('search_path', format('pg_catalog, %I, pg_temp', TG_TABLE_SCHEMA), true);
	IF TG_OP = 'INSERT' THEN
		touched := ARRAY(SELECT n.assessment_id FROM new_rows AS n);
	ELSIF TG_OP = 'DELETE' THEN
		touched := ARRAY(SELECT o.assessment_id FROM old_rows AS o);
	ELSE
		touched := ARRAY(SELECT n.assessment_id FROM new_rows AS n UNION ALL SELECT o.assessment_id FROM old_rows AS o);
	END IF;
	PERFORM FROM assessment_round AS r
	WHERE r.round_id IN (
		SELECT t.round_id
		FROM unnest(touched) AS u (assessment_id)
		JOIN assessment AS a ON a.assessment_id = u.assessment_id
		JOIN round_track AS t ON t.track_id = a.track_id
	)
	FOR SHARE;
	SELECT has_capability('publisher') AS leads INTO rights;

	SELECT count(*) AS number,
		string_agg(format('%s %s: %s', f.agency, f.criterion, f.message), E'\n' ORDER BY f.place) FILTER (WHERE f.place <= 50) AS list
	INTO faults
	FROM (
		SELECT g.code AS agency, c.code AS criterion, u.message,
			row_number() OVER (ORDER BY g.code COLLATE "C", c.sort_order, c.code COLLATE "C") AS place
		FROM unnest(touched) AS e (assessment_id)
		JOIN assessment AS a ON a.assessment_id = e.assessment_id
		JOIN participation AS p ON p.track_id = a.track_id AND p.agency_id = a.agency_id
		JOIN assessment_round AS r ON r.round_id = p.round_id
		JOIN agency AS g ON g.agency_id = a.agency_id
		JOIN criterion AS c ON c.criterion_id = a.criterion_id
		LEFT JOIN appeal AS f ON f.assessment_id = a.assessment_id
		CROSS JOIN LATERAL (
			SELECT CASE
				WHEN r.stage = 'published' THEN 'the round is published'
				WHEN rights.leads THEN NULL
				WHEN r.stage = 'appeal' AND f.appeal_id IS NOT NULL THEN
					CASE
						WHEN f.outcome IS NOT NULL THEN 'the appeal is decided'
						WHEN now() > r.appeal_deadline THEN format('the deadline was %s', r.appeal_deadline)
					END
				WHEN r.stage <> 'self_assessment' THEN format('the round is in stage "%s"', r.stage)
				WHEN p.submitted_at IS NOT NULL THEN 'the agency has submitted its self-assessment'
				WHEN now() > r.self_assessment_deadline THEN format('the deadline was %s', r.self_assessment_deadline)
			END AS message
		) AS u
		WHERE u.message IS NOT NULL
	) AS f;
	IF faults.number > 0 THEN
		RAISE check_violation USING
			MESSAGE = format('%s of evidence refused: %s violations', lower(TG_OP), faults.number),
			DETAIL = faults.list;
	END IF;
	RETURN NULL;
END
$$;

REVOKE ALL ON FUNCTION @schema@.guard_evidence() FROM PUBLIC;

--@ model_statement_triggers
--@ trigger: guard
--@ table: evidence
--@ call: guard_evidence()

COMMENT ON FUNCTION @schema@.guard_evidence() IS
'Trigger: refuses to change evidence out of stage or time, with 23514. / Trigger: từ chối thay đổi tài liệu kiểm chứng sai giai đoạn hoặc quá hạn, lỗi 23514.';
