-- Rules against what was measured: kept as text, and read where they are used.

-- Replaced by upgrades:

-- A rule is kept as text; it is read, and refused, when it is written.
CREATE OR REPLACE FUNCTION @schema@.check_rule() RETURNS trigger
	LANGUAGE plpgsql
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	NEW.rule := NEW.rule::parindex.scoring_rule::text;
	RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER check_rule BEFORE INSERT OR UPDATE OF rule ON @schema@.criterion
	FOR EACH ROW WHEN (NEW.rule IS NOT NULL) EXECUTE FUNCTION @schema@.check_rule();

-- Why a rule refuses what was measured; NULL where it does not. Rules that
-- compare peers take every number, but for a distance to a named unit, which a
-- round cannot apply.
CREATE OR REPLACE FUNCTION @schema@.rule_problem(
	rule text, measured numeric, numerator numeric, denominator numeric)
	RETURNS text
	LANGUAGE plpgsql STABLE
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	IF numerator IS NOT NULL THEN
		PERFORM parindex.apply_rule(rule::parindex.scoring_rule, numerator, denominator);
	ELSIF measured IS NOT NULL THEN
		PERFORM parindex.apply_rule(rule::parindex.scoring_rule, measured);
	END IF;
	RETURN NULL;
EXCEPTION
	WHEN data_exception OR feature_not_supported THEN
		IF parindex.rule_is_relative(rule::parindex.scoring_rule)
			AND parindex.rule_kind(rule::parindex.scoring_rule) <> 'distance_to_unit'
		THEN
			RETURN CASE
				WHEN denominator = 0 THEN 'the denominator is 0'
			END;
		END IF;
		RETURN SQLERRM;
END
$$;

-- Whether a rule refuses any of the rows of four columns: to ask so of a whole
-- load costs little, while rule_problem() sets a savepoint for every row.
CREATE OR REPLACE FUNCTION @schema@.any_rule_problem(
	rules text[], measured numeric[], numerators numeric[], denominators numeric[])
	RETURNS boolean
	LANGUAGE plpgsql STABLE
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	refused boolean;
BEGIN
	SELECT bool_or(CASE
		WHEN parindex.rule_is_relative(w.rule) AND parindex.rule_kind(w.rule) <> 'distance_to_unit'
			THEN w.denominator = 0
		WHEN w.numerator IS NOT NULL
			THEN parindex.apply_rule(w.rule, w.numerator, w.denominator) = 'NaN'
		ELSE parindex.apply_rule(w.rule, w.measured) = 'NaN'
	END)
	INTO refused
	FROM unnest(rules::parindex.scoring_rule[], measured, numerators, denominators)
		AS w (rule, measured, numerator, denominator);
	RETURN coalesce(refused, false);
EXCEPTION
	WHEN data_exception OR feature_not_supported THEN
		RETURN true;
END
$$;

COMMENT ON FUNCTION @schema@.check_rule() IS
'Trigger: stores a scoring rule in canonical form; raises 22P02 for a text that is none. / Trigger: lưu quy tắc chấm điểm ở dạng chuẩn; báo lỗi 22P02 nếu văn bản không phải là quy tắc.';
COMMENT ON FUNCTION @schema@.rule_problem(text, numeric, numeric, numeric) IS
'Why a scoring rule refuses what was measured (a number, or numerator and denominator); NULL if it takes it, or nothing was measured. Raises 22P02 for a text that is no rule. / Lý do quy tắc chấm điểm không chấp nhận giá trị đo (một số, hoặc tử số và mẫu số); NULL nếu chấp nhận hoặc chưa đo. Báo lỗi 22P02 nếu văn bản không phải là quy tắc.';
COMMENT ON FUNCTION @schema@.any_rule_problem(text[], numeric[], numeric[], numeric[]) IS
'Whether a rule refuses any row of what was measured: rules, measured, numerators, denominators; false for none. / Có quy tắc nào từ chối một dòng kết quả đo hay không: quy tắc, giá trị đo, tử số, mẫu số; false nếu không có dòng nào.';
