-- Replaced by upgrades:

-- A criteria set that a publication is based on is frozen. Rounds that use it
-- are held shared, as for assessments: publish() waits for who edits it, and who
-- edits it for publish().
CREATE OR REPLACE FUNCTION @schema@.guard_criteria_set() RETURNS trigger
	LANGUAGE plpgsql SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	touched int[];
	frozen  record;
BEGIN
	PERFORM set_config('search_path', format('pg_catalog, %I, pg_temp', TG_TABLE_SCHEMA), true);
	IF TG_OP = 'INSERT' THEN
		touched := ARRAY(SELECT n.set_id FROM new_rows AS n);
	ELSIF TG_OP = 'DELETE' THEN
		touched := ARRAY(SELECT o.set_id FROM old_rows AS o);
	ELSE
		touched := ARRAY(SELECT n.set_id FROM new_rows AS n UNION ALL SELECT o.set_id FROM old_rows AS o);
	END IF;
	PERFORM FROM assessment_round AS r
	WHERE r.round_id IN (SELECT t.round_id FROM round_track AS t WHERE t.set_id = ANY (touched))
	FOR SHARE;
	SELECT string_agg(DISTINCT s.code, ', ') AS codes INTO frozen
	FROM criteria_set AS s
	JOIN published_track AS t ON t.set_id = s.set_id
	WHERE s.set_id = ANY (touched);
	IF frozen.codes IS NOT NULL THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('%s on table "%s" refused: the criteria set is in use by a published round', lower(TG_OP), TG_TABLE_NAME),
			DETAIL = format('Sets: %s.', frozen.codes),
			HINT = format('Copy it as a new version and edit that: SELECT %I.copy_criteria_set(code, new_code).', TG_TABLE_SCHEMA);
	END IF;
	RETURN NULL;
END
$$;

REVOKE ALL ON FUNCTION @schema@.guard_criteria_set() FROM PUBLIC;

--@ each
--@ table: criterion | tie_break
--@ model_statement_triggers
--@ trigger: guard
--@ table: @table@
--@ call: guard_criteria_set()
--@ end

CREATE OR REPLACE TRIGGER guard_update AFTER UPDATE ON @schema@.criteria_set
	REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
	FOR EACH STATEMENT EXECUTE FUNCTION @schema@.guard_criteria_set();
CREATE OR REPLACE TRIGGER guard_delete AFTER DELETE ON @schema@.criteria_set
	REFERENCING OLD TABLE AS old_rows
	FOR EACH STATEMENT EXECUTE FUNCTION @schema@.guard_criteria_set();

COMMENT ON FUNCTION @schema@.guard_criteria_set() IS
'Trigger: refuses to change a criteria set that a publication is based on, with 55000. / Trigger: từ chối thay đổi bộ tiêu chí đã dùng để công bố, lỗi 55000.';
