-- Who changed what when. Statement triggers of the owner write history, so that
-- nobody else can; a thousand rows changed by one statement are one insert.

-- Replaced by upgrades:

-- Arguments: the columns of the primary key. An update notes what has changed,
-- a delete all of the row, an insert what was given. Evidence and appeals are of
-- the round, agency and criterion of their assessment. A plan made for a load is
-- kept for single rows, where compiling it would take seconds.
CREATE OR REPLACE FUNCTION @schema@.keep_history() RETURNS trigger
	LANGUAGE plpgsql SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp
	SET jit = off
AS $$
DECLARE
	keys CONSTANT text[] := TG_ARGV;
	actor name;
BEGIN
	PERFORM set_config('search_path', format('pg_catalog, %I, pg_temp', TG_TABLE_SCHEMA), true);
	actor := caller();
	-- Millions of these come with a load; to leave out what is NULL is quicker in text.
	IF TG_TABLE_NAME = 'assessment' AND TG_OP = 'INSERT' THEN
		INSERT INTO history (changed_by, table_name, action, round_id, agency_id, criterion_id, row_key, new_values)
		SELECT actor, 'assessment', 'insert', t.round_id, n.agency_id, n.criterion_id, n.assessment_id,
			('{' || concat_ws(',',
				'"measured":' || n.measured, '"numerator":' || n.numerator, '"denominator":' || n.denominator,
				'"self_points":' || n.self_points, '"explanation":' || to_json(n.explanation),
				'"verified_points":' || n.verified_points, '"verify_note":' || to_json(n.verify_note),
				'"standard_error":' || n.standard_error) || '}')::jsonb
		FROM new_rows AS n
		JOIN round_track AS t ON t.track_id = n.track_id;
		RETURN NULL;
	END IF;
	CASE TG_OP
		WHEN 'INSERT' THEN
			INSERT INTO history (changed_by, table_name, action, round_id, agency_id, criterion_id, row_key, new_values)
			SELECT actor, TG_TABLE_NAME, 'insert', coalesce((n.j ->> 'round_id')::int, t.round_id), coalesce((n.j ->> 'agency_id')::int, a.agency_id),
				coalesce((n.j ->> 'criterion_id')::int, a.criterion_id), k.row_key, jsonb_strip_nulls(n.j)
			FROM (SELECT to_jsonb(r) AS j FROM new_rows AS r) AS n
			CROSS JOIN LATERAL (SELECT string_agg(n.j ->> c, ',') AS row_key FROM unnest(keys) AS c) AS k
			LEFT JOIN LATERAL (
				SELECT a.track_id, a.agency_id, a.criterion_id
				FROM assessment AS a
				WHERE NOT n.j ? 'track_id' AND a.assessment_id = (n.j ->> 'assessment_id')::bigint
				LIMIT 1
			) AS a ON true
			LEFT JOIN round_track AS t ON t.track_id = coalesce((n.j ->> 'track_id')::int, a.track_id);
		WHEN 'DELETE' THEN
			INSERT INTO history (changed_by, table_name, action, round_id, agency_id, criterion_id, row_key, old_values)
			SELECT actor, TG_TABLE_NAME, 'delete', coalesce((o.j ->> 'round_id')::int, t.round_id), coalesce((o.j ->> 'agency_id')::int, a.agency_id),
				coalesce((o.j ->> 'criterion_id')::int, a.criterion_id), k.row_key, jsonb_strip_nulls(o.j)
			FROM (SELECT to_jsonb(r) AS j FROM old_rows AS r) AS o
			CROSS JOIN LATERAL (SELECT string_agg(o.j ->> c, ',') AS row_key FROM unnest(keys) AS c) AS k
			LEFT JOIN LATERAL (
				SELECT a.track_id, a.agency_id, a.criterion_id
				FROM assessment AS a
				WHERE NOT o.j ? 'track_id' AND a.assessment_id = (o.j ->> 'assessment_id')::bigint
				LIMIT 1
			) AS a ON true
			LEFT JOIN round_track AS t ON t.track_id = coalesce((o.j ->> 'track_id')::int, a.track_id);
		WHEN 'UPDATE' THEN
			WITH before AS (
				SELECT to_jsonb(r) AS j, (SELECT string_agg(to_jsonb(r) ->> c, ',') FROM unnest(keys) AS c) AS row_key
				FROM old_rows AS r
			),
			after AS (
				SELECT to_jsonb(r) AS j, (SELECT string_agg(to_jsonb(r) ->> c, ',') FROM unnest(keys) AS c) AS row_key
				FROM new_rows AS r
			),
			changed AS (
				SELECT coalesce(a.row_key, b.row_key) AS row_key, coalesce(a.j, b.j) AS j,
					(
						SELECT jsonb_object_agg(v.key, v.value)
						FROM jsonb_each(b.j) AS v
						WHERE a.j -> v.key IS DISTINCT FROM v.value
					) AS old_values,
					(
						SELECT jsonb_object_agg(v.key, v.value)
						FROM jsonb_each(a.j) AS v
						WHERE b.j -> v.key IS DISTINCT FROM v.value
					) AS new_values
				FROM before AS b
				FULL JOIN after AS a ON a.row_key = b.row_key
			)
			INSERT INTO history (changed_by, table_name, action, round_id, agency_id, criterion_id, row_key, old_values, new_values)
			SELECT actor, TG_TABLE_NAME, 'update', coalesce((c.j ->> 'round_id')::int, t.round_id), coalesce((c.j ->> 'agency_id')::int, a.agency_id),
				coalesce((c.j ->> 'criterion_id')::int, a.criterion_id), c.row_key, c.old_values, c.new_values
			FROM changed AS c
			LEFT JOIN LATERAL (
				SELECT a.track_id, a.agency_id, a.criterion_id
				FROM assessment AS a
				WHERE NOT c.j ? 'track_id' AND a.assessment_id = (c.j ->> 'assessment_id')::bigint
				LIMIT 1
			) AS a ON true
			LEFT JOIN round_track AS t ON t.track_id = coalesce((c.j ->> 'track_id')::int, a.track_id)
			WHERE c.old_values IS NOT NULL OR c.new_values IS NOT NULL;
	END CASE;
	RETURN NULL;
END
$$;

REVOKE ALL ON FUNCTION @schema@.keep_history() FROM PUBLIC;

-- History itself is only added to.
CREATE OR REPLACE FUNCTION @schema@.refuse_change() RETURNS trigger
	LANGUAGE plpgsql
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	RAISE object_not_in_prerequisite_state USING
		MESSAGE = format('%s on table "%s" refused: it is only added to', lower(TG_OP), TG_TABLE_NAME);
END
$$;

CREATE OR REPLACE TRIGGER refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON @schema@.history
	FOR EACH STATEMENT EXECUTE FUNCTION @schema@.refuse_change();

--@ model_history
--@ table: assessment_round
--@ columns: 'round_id'
--@ model_history
--@ table: round_track
--@ columns: 'track_id'
--@ model_history
--@ table: participation
--@ columns: 'track_id', 'agency_id'
--@ model_history
--@ table: applicability
--@ columns: 'track_id', 'agency_id', 'criterion_id'
--@ model_history
--@ table: sheet_adjustment
--@ columns: 'adjustment_id'
--@ model_history
--@ table: assessment
--@ columns: 'assessment_id'
--@ model_history
--@ table: evidence
--@ columns: 'evidence_id'
--@ model_history
--@ table: appeal
--@ columns: 'appeal_id'
--@ model_history
--@ table: action_progress
--@ columns: 'progress_id'
--@ model_history
--@ table: award
--@ columns: 'award_id'
--@ model_history
--@ table: member
--@ columns: 'member_id'

COMMENT ON FUNCTION @schema@.keep_history() IS
'Trigger: writes to history what a statement changed; its arguments are the columns of the primary key. / Trigger: ghi vào bảng history những gì một câu lệnh đã thay đổi; tham số là các cột khóa chính.';

COMMENT ON FUNCTION @schema@.refuse_change() IS
'Trigger: raises 55000, as the table is only added to. / Trigger: báo lỗi 55000 vì bảng chỉ được ghi thêm.';
