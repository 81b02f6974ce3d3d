-- Replaced by upgrades:

-- Vietnamese text typed with combining marks is stored in NFC, which the checks
-- of the tables ask for. For tables of few rows: it goes through every column.
CREATE OR REPLACE FUNCTION @schema@.compose_text() RETURNS trigger
	LANGUAGE plpgsql
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	IF NEW::text IS NFC NORMALIZED THEN
		RETURN NEW;
	END IF;
	RETURN jsonb_populate_record(NEW, (
		SELECT jsonb_object_agg(c.key, to_jsonb(normalize(c.value #>> '{}')))
		FROM jsonb_each(to_jsonb(NEW)) AS c
		WHERE jsonb_typeof(c.value) = 'string'
	));
END
$$;

--@ each
--@ table: agency_group | agency | index_programme | criteria_set | criterion | grade_scale
--@ | grade_band | assessment_round | participation | applicability | sheet_adjustment
--@ | evidence | appeal | survey | survey_service | survey_factor | question | survey_stratum
--@ | survey_psu | action | action_progress | award
CREATE OR REPLACE TRIGGER compose_text BEFORE INSERT OR UPDATE ON @schema@.@table@
	FOR EACH ROW EXECUTE FUNCTION @schema@.compose_text();
--@ end

COMMENT ON FUNCTION @schema@.compose_text() IS
'Trigger: stores text in Unicode NFC, so that Vietnamese typed in two ways is one text. / Trigger: chuẩn hóa văn bản về Unicode dựng sẵn (NFC), để tiếng Việt gõ theo hai cách vẫn là một.';
