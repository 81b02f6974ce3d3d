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

CREATE OR REPLACE TRIGGER compose_text BEFORE INSERT OR UPDATE ON @schema@.agency_group
	FOR EACH ROW EXECUTE FUNCTION @schema@.compose_text();
CREATE OR REPLACE TRIGGER compose_text BEFORE INSERT OR UPDATE ON @schema@.agency
	FOR EACH ROW EXECUTE FUNCTION @schema@.compose_text();
CREATE OR REPLACE TRIGGER compose_text BEFORE INSERT OR UPDATE ON @schema@.index_programme
	FOR EACH ROW EXECUTE FUNCTION @schema@.compose_text();
CREATE OR REPLACE TRIGGER compose_text BEFORE INSERT OR UPDATE ON @schema@.criteria_set
	FOR EACH ROW EXECUTE FUNCTION @schema@.compose_text();
CREATE OR REPLACE TRIGGER compose_text BEFORE INSERT OR UPDATE ON @schema@.criterion
	FOR EACH ROW EXECUTE FUNCTION @schema@.compose_text();
CREATE OR REPLACE TRIGGER compose_text BEFORE INSERT OR UPDATE ON @schema@.grade_scale
	FOR EACH ROW EXECUTE FUNCTION @schema@.compose_text();
CREATE OR REPLACE TRIGGER compose_text BEFORE INSERT OR UPDATE ON @schema@.grade_band
	FOR EACH ROW EXECUTE FUNCTION @schema@.compose_text();
CREATE OR REPLACE TRIGGER compose_text BEFORE INSERT OR UPDATE ON @schema@.assessment_round
	FOR EACH ROW EXECUTE FUNCTION @schema@.compose_text();
CREATE OR REPLACE TRIGGER compose_text BEFORE INSERT OR UPDATE ON @schema@.participation
	FOR EACH ROW EXECUTE FUNCTION @schema@.compose_text();
CREATE OR REPLACE TRIGGER compose_text BEFORE INSERT OR UPDATE ON @schema@.applicability
	FOR EACH ROW EXECUTE FUNCTION @schema@.compose_text();
CREATE OR REPLACE TRIGGER compose_text BEFORE INSERT OR UPDATE ON @schema@.sheet_adjustment
	FOR EACH ROW EXECUTE FUNCTION @schema@.compose_text();
CREATE OR REPLACE TRIGGER compose_text BEFORE INSERT OR UPDATE ON @schema@.evidence
	FOR EACH ROW EXECUTE FUNCTION @schema@.compose_text();
CREATE OR REPLACE TRIGGER compose_text BEFORE INSERT OR UPDATE ON @schema@.appeal
	FOR EACH ROW EXECUTE FUNCTION @schema@.compose_text();
CREATE OR REPLACE TRIGGER compose_text BEFORE INSERT OR UPDATE ON @schema@.survey
	FOR EACH ROW EXECUTE FUNCTION @schema@.compose_text();
CREATE OR REPLACE TRIGGER compose_text BEFORE INSERT OR UPDATE ON @schema@.survey_service
	FOR EACH ROW EXECUTE FUNCTION @schema@.compose_text();
CREATE OR REPLACE TRIGGER compose_text BEFORE INSERT OR UPDATE ON @schema@.survey_factor
	FOR EACH ROW EXECUTE FUNCTION @schema@.compose_text();
CREATE OR REPLACE TRIGGER compose_text BEFORE INSERT OR UPDATE ON @schema@.question
	FOR EACH ROW EXECUTE FUNCTION @schema@.compose_text();
CREATE OR REPLACE TRIGGER compose_text BEFORE INSERT OR UPDATE ON @schema@.survey_stratum
	FOR EACH ROW EXECUTE FUNCTION @schema@.compose_text();
CREATE OR REPLACE TRIGGER compose_text BEFORE INSERT OR UPDATE ON @schema@.survey_psu
	FOR EACH ROW EXECUTE FUNCTION @schema@.compose_text();
CREATE OR REPLACE TRIGGER compose_text BEFORE INSERT OR UPDATE ON @schema@.action
	FOR EACH ROW EXECUTE FUNCTION @schema@.compose_text();
CREATE OR REPLACE TRIGGER compose_text BEFORE INSERT OR UPDATE ON @schema@.action_progress
	FOR EACH ROW EXECUTE FUNCTION @schema@.compose_text();
CREATE OR REPLACE TRIGGER compose_text BEFORE INSERT OR UPDATE ON @schema@.award
	FOR EACH ROW EXECUTE FUNCTION @schema@.compose_text();

COMMENT ON FUNCTION @schema@.compose_text() IS
'Trigger: stores text in Unicode NFC, so that Vietnamese typed in two ways is one text. / Trigger: chuẩn hóa văn bản về Unicode dựng sẵn (NFC), để tiếng Việt gõ theo hai cách vẫn là một.';
