-- Criteria sets from files: COPY the file as it is, all of it text, into
-- criterion_load; check_criteria_load lists every error with its row;
-- apply_criteria_load makes the set what the file says, or nothing. A set in
-- use by a published round is frozen: a new version copies it and edits that.

CREATE TABLE @schema@.criterion_load (
	row_no       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	loaded_by    name NOT NULL DEFAULT @schema@.caller(),
	code         text,
	parent       text,
	label_vi     text,
	label_en     text,
	max_points   text,
	rule         text,
	source       text,
	unit_measure text,
	decimals     text,
	target       text,
	stable_key   text
);

CREATE INDEX criterion_load_loaded_by_idx ON @schema@.criterion_load (loaded_by);

ALTER TABLE @schema@.criterion_load ENABLE ROW LEVEL SECURITY;

-- A staged row with its text composed and its numbers read.
CREATE TYPE @schema@.staged_criterion AS (
	row_no       bigint,
	code         text,
	parent       text,
	name_vi      text,
	name_en      text,
	max_points   numeric,
	rule         text,
	source       text,
	unit_measure text,
	decimals     numeric,
	target       numeric,
	stable_key   text
);

-- Replaced by upgrades:

DROP POLICY IF EXISTS own_rows ON @schema@.criterion_load;
CREATE POLICY own_rows ON @schema@.criterion_load
	USING (loaded_by = (SELECT @schema@.caller()))
	WITH CHECK (loaded_by = (SELECT @schema@.caller()));

CREATE OR REPLACE FUNCTION @schema@.staged_criteria() RETURNS SETOF @schema@.staged_criterion
	LANGUAGE sql STABLE
BEGIN ATOMIC
	SELECT l.row_no,
		nullif(normalize(btrim(l.code)), ''),
		nullif(normalize(btrim(l.parent)), ''),
		nullif(normalize(btrim(l.label_vi)), ''),
		nullif(normalize(btrim(l.label_en)), ''),
		@schema@.read_number(l.max_points, 20, false),
		nullif(btrim(l.rule), ''),
		nullif(btrim(l.source), ''),
		nullif(normalize(btrim(l.unit_measure)), ''),
		coalesce(@schema@.read_number(l.decimals, 20, false), 2),
		@schema@.read_number(l.target, 20, false),
		nullif(normalize(btrim(l.stable_key)), '')
	FROM @schema@.criterion_load AS l
	WHERE l.loaded_by = (SELECT @schema@.caller());
END;

-- Why a text is no scoring rule, in the engine's words; NULL where it is one.
CREATE OR REPLACE FUNCTION @schema@.rule_text_problem(rule text) RETURNS text
	LANGUAGE plpgsql STABLE
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	message text;
	detail text;
BEGIN
	PERFORM rule::parindex.scoring_rule;
	RETURN NULL;
EXCEPTION
	WHEN data_exception OR feature_not_supported OR program_limit_exceeded THEN
		GET STACKED DIAGNOSTICS message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL;
		RETURN concat_ws(': ', message, nullif(detail, ''));
END
$$;

-- Every error of the staged rows: first of single rows, then, of those without
-- such an error, what the tree they make lacks.
CREATE OR REPLACE FUNCTION @schema@.check_criteria_load(
	set_code text, OUT row_no bigint, OUT column_name text, OUT value text, OUT message text)
	RETURNS SETOF record
	LANGUAGE sql STABLE
BEGIN ATOMIC
	WITH chosen AS (
		SELECT s.set_id
		FROM @schema@.criteria_set AS s
		WHERE s.code = normalize(btrim(check_criteria_load.set_code))
	),
	staged AS MATERIALIZED (
		SELECT s.*, l.max_points AS max_points_text, l.decimals AS decimals_text, l.target AS target_text,
			@schema@.rule_text_problem(s.rule) AS rule_problem,
			min(s.row_no) OVER (PARTITION BY s.code) AS first_of_code,
			min(s.row_no) OVER (PARTITION BY s.stable_key) AS first_of_key
		FROM @schema@.staged_criteria() AS s
		JOIN @schema@.criterion_load AS l ON l.row_no = s.row_no
	),
	fault (row_no, column_name, value, message) AS (
		SELECT s.row_no, f.column_name, f.value, f.message
		FROM staged AS s
		CROSS JOIN LATERAL (VALUES
			(s.code IS NULL, 'code', NULL, 'is missing'),
			(length(s.code) > 40, 'code', s.code, 'is longer than 40 characters'),
			(s.code IN ('index', 'criteria_change', 'adjustment', 'rounding'), 'code', s.code, 'is reserved'),
			(s.row_no > s.first_of_code, 'code', s.code, format('is there again: first in row %s', s.first_of_code)),
			(s.parent = s.code, 'parent', s.parent, 'is the criterion itself'),
			(NOT EXISTS (SELECT FROM staged AS p WHERE p.code = s.parent) AND s.parent IS NOT NULL,
				'parent', s.parent, 'is the code of no row'),
			(s.name_vi IS NULL, 'label_vi', NULL, 'is missing'),
			(length(s.name_vi) > 1000, 'label_vi', left(s.name_vi, 20) || '…', 'is longer than 1000 characters'),
			(s.name_en IS NULL, 'label_en', NULL, 'is missing'),
			(length(s.name_en) > 1000, 'label_en', left(s.name_en, 20) || '…', 'is longer than 1000 characters'),
			(s.max_points IS NULL, 'max_points', NULL, 'is missing'),
			(s.max_points = 'NaN', 'max_points', s.max_points_text, 'is no number'),
			(s.max_points < 0 OR s.max_points >= 1000000 AND s.max_points <> 'NaN', 'max_points', s.max_points_text,
				'is not from 0 to 999999.9999'),
			(s.max_points <> round(s.max_points, 4), 'max_points', s.max_points_text, 'has more than 4 decimals'),
			(s.rule_problem IS NOT NULL, 'rule', s.rule, s.rule_problem),
			(length(s.rule) > 4000, 'rule', left(s.rule, 20) || '…', 'is longer than 4000 characters'),
			(s.source NOT IN ('self_assessed', 'survey', 'record'), 'source', s.source,
				'is none of "self_assessed", "survey" and "record"'),
			(length(s.unit_measure) > 100, 'unit_measure', left(s.unit_measure, 20) || '…', 'is longer than 100 characters'),
			(s.decimals NOT IN (0, 1, 2, 3, 4), 'decimals', s.decimals_text, 'is none of 0, 1, 2, 3 and 4'),
			(s.target = 'NaN', 'target', s.target_text, 'is no number'),
			(abs(s.target) >= 100000000000000 AND s.target <> 'NaN', 'target', s.target_text, 'has more than 14 digits before the point'),
			(s.target <> round(s.target, 6), 'target', s.target_text, 'has more than 6 decimals'),
			(s.stable_key IS NULL, 'stable_key', NULL, 'is missing'),
			(length(s.stable_key) > 80, 'stable_key', s.stable_key, 'is longer than 80 characters'),
			(s.row_no > s.first_of_key, 'stable_key', s.stable_key, format('is there again: first in row %s', s.first_of_key))
		) AS f (is_so, column_name, value, message)
		WHERE f.is_so
	)
	SELECT f.row_no, f.column_name, f.value, f.message
	FROM (
		SELECT NULL::bigint AS row_no, NULL::text AS column_name, check_criteria_load.set_code AS value,
			'is no criteria set' AS message
		WHERE NOT EXISTS (SELECT FROM chosen)
		UNION ALL
		SELECT NULL, NULL, check_criteria_load.set_code, 'is in use by a published round, and so frozen'
		FROM chosen AS c
		WHERE EXISTS (SELECT FROM @schema@.published_track AS t WHERE t.set_id = c.set_id)
		UNION ALL
		SELECT NULL, 'stable_key', c.stable_key, 'is of a criterion that rounds use already, and is in no row'
		FROM @schema@.criterion AS c
		WHERE c.set_id IN (SELECT s.set_id FROM chosen AS s)
			AND NOT EXISTS (SELECT FROM staged AS s WHERE s.stable_key = c.stable_key)
			AND (EXISTS (SELECT FROM @schema@.assessment AS a WHERE a.criterion_id = c.criterion_id)
				OR EXISTS (SELECT FROM @schema@.applicability AS a WHERE a.criterion_id = c.criterion_id))
		UNION ALL
		SELECT f.row_no, f.column_name, f.value, f.message
		FROM fault AS f
		UNION ALL
		SELECT s.row_no, NULL, u.criterion_code, u.message
		FROM @schema@.criteria_faults(ARRAY(
			SELECT (s.code, p.code, CASE WHEN s.max_points <> 'NaN' THEN s.max_points END,
				CASE WHEN s.rule_problem IS NULL THEN s.rule END, s.source)::@schema@.criterion_definition
			FROM staged AS s
			LEFT JOIN staged AS p ON p.code = s.parent AND p.row_no = p.first_of_code AND p.code <> s.code
			WHERE s.code IS NOT NULL AND s.row_no = s.first_of_code)) AS u
		LEFT JOIN staged AS s ON s.code = u.criterion_code AND s.row_no = s.first_of_code
		WHERE NOT EXISTS (SELECT FROM fault AS f WHERE f.row_no = s.row_no)
	) AS f
	ORDER BY f.row_no NULLS FIRST, f.column_name, f.message;
END;

-- Makes the set what the caller's staged rows say, or nothing, unstages them and
-- gives their number. Criteria are matched by stable key, so that assessments
-- stay with theirs when codes change.
CREATE OR REPLACE FUNCTION @schema@.apply_criteria_load(set_code text, here @schema@.here DEFAULT NULL)
	RETURNS bigint
	LANGUAGE plpgsql
	SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
	own_schema CONSTANT text := parindex.enter_schema(pg_typeof(here));
	chosen record;
	faults record;
	applied bigint;
BEGIN
	-- Who loads the same set at the same time waits.
	SELECT s.set_id INTO chosen
	FROM criteria_set AS s
	WHERE s.code = normalize(btrim(apply_criteria_load.set_code))
	FOR UPDATE;
	SELECT count(*) AS number,
		string_agg(concat_ws(' ', 'row ' || f.row_no || ':', f.column_name, '"' || f.value || '"', f.message), E'\n'
			ORDER BY f.place) FILTER (WHERE f.place <= 20) AS list
	INTO faults
	FROM (
		SELECT f.*, row_number() OVER () AS place
		FROM check_criteria_load(apply_criteria_load.set_code) AS f
	) AS f;
	IF faults.number > 0 THEN
		RAISE check_violation USING
			MESSAGE = format('no criteria were loaded: %s errors', faults.number),
			DETAIL = faults.list,
			HINT = format('All errors: SELECT * FROM %I.check_criteria_load(%L).', own_schema, apply_criteria_load.set_code);
	END IF;

	-- Codes that change make way first: they may go to each other.
	UPDATE criterion AS c
	SET code = '~' || c.criterion_id
	FROM staged_criteria() AS s
	WHERE c.set_id = chosen.set_id AND c.stable_key = s.stable_key AND c.code <> s.code;
	UPDATE criterion AS c
	SET code = '~' || c.criterion_id
	WHERE c.set_id = chosen.set_id
		AND NOT EXISTS (SELECT FROM staged_criteria() AS s WHERE s.stable_key = c.stable_key);

	INSERT INTO criterion (set_id, code, name_vi, name_en, sort_order, max_points, rule, source, unit_measure, decimals,
		target, stable_key)
	SELECT chosen.set_id, s.code, s.name_vi, s.name_en, row_number() OVER (ORDER BY s.row_no), s.max_points, s.rule,
		s.source, s.unit_measure, s.decimals, s.target, s.stable_key
	FROM staged_criteria() AS s
	ON CONFLICT (set_id, stable_key) DO UPDATE
	SET code = excluded.code,
		name_vi = excluded.name_vi,
		name_en = excluded.name_en,
		sort_order = excluded.sort_order,
		max_points = excluded.max_points,
		rule = excluded.rule,
		source = excluded.source,
		unit_measure = excluded.unit_measure,
		decimals = excluded.decimals,
		target = excluded.target;
	GET DIAGNOSTICS applied = ROW_COUNT;
	UPDATE criterion AS c
	SET parent_id = p.criterion_id
	FROM staged_criteria() AS s
	LEFT JOIN criterion AS p ON p.set_id = chosen.set_id AND p.code = s.parent
	WHERE c.set_id = chosen.set_id AND c.code = s.code AND c.parent_id IS DISTINCT FROM p.criterion_id;
	DELETE FROM criterion AS c
	WHERE c.set_id = chosen.set_id
		AND NOT EXISTS (SELECT FROM staged_criteria() AS s WHERE s.stable_key = c.stable_key);

	DELETE FROM criterion_load AS l WHERE l.loaded_by = caller();
	RETURN applied;
END
$$;

-- Copies a set with its criteria and tie-breaks as a new version of it, which
-- can be edited; gives its set_id. Its decision is yet to come, and so empty.
CREATE OR REPLACE FUNCTION @schema@.copy_criteria_set(
	code text, new_code text, name_vi text DEFAULT NULL, name_en text DEFAULT NULL, here @schema@.here DEFAULT NULL)
	RETURNS int
	LANGUAGE plpgsql
	SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
	own_schema CONSTANT text := parindex.enter_schema(pg_typeof(here));
	old_id int;
	new_id int;
BEGIN
	INSERT INTO criteria_set (programme_id, based_on_id, code, name_vi, name_en, missing)
	SELECT s.programme_id, s.set_id, copy_criteria_set.new_code, coalesce(copy_criteria_set.name_vi, s.name_vi),
		coalesce(copy_criteria_set.name_en, s.name_en), s.missing
	FROM criteria_set AS s
	WHERE s.code = normalize(copy_criteria_set.code)
	RETURNING based_on_id, set_id INTO old_id, new_id;
	IF new_id IS NULL THEN
		RAISE no_data_found USING MESSAGE = format('there is no criteria set "%s"', copy_criteria_set.code);
	END IF;
	INSERT INTO criterion (set_id, code, name_vi, name_en, sort_order, max_points, rule, source, unit_measure, decimals,
		target, stable_key)
	SELECT new_id, c.code, c.name_vi, c.name_en, c.sort_order, c.max_points, c.rule, c.source, c.unit_measure, c.decimals,
		c.target, c.stable_key
	FROM criterion AS c
	WHERE c.set_id = old_id
	ORDER BY c.criterion_id;
	UPDATE criterion AS n
	SET parent_id = q.criterion_id
	FROM criterion AS c
	JOIN criterion AS p ON p.criterion_id = c.parent_id
	JOIN criterion AS q ON q.set_id = new_id AND q.code = p.code
	WHERE c.set_id = old_id AND n.set_id = new_id AND n.code = c.code;
	INSERT INTO tie_break (set_id, position, criterion_id)
	SELECT new_id, b.position, n.criterion_id
	FROM tie_break AS b
	JOIN criterion AS c ON c.criterion_id = b.criterion_id
	JOIN criterion AS n ON n.set_id = new_id AND n.code = c.code
	WHERE b.set_id = old_id;
	RETURN new_id;
END
$$;

COMMENT ON TABLE @schema@.criterion_load IS
'Staging for criteria sets from files: a file as it is, all of it text; each role sees, checks and applies its own rows. / Bảng tạm để nạp bộ tiêu chí từ tệp: nguyên văn tệp dữ liệu; mỗi tài khoản chỉ xem, kiểm tra và nạp các dòng của mình.';
COMMENT ON COLUMN @schema@.criterion_load.code IS
'Number in the set, such as 1.1.2. / Số hiệu trong bộ tiêu chí, như 1.1.2.';
COMMENT ON COLUMN @schema@.criterion_load.parent IS
'Code of the criterion above it; NULL or empty for a domain. / Mã tiêu chí cấp trên; NULL hoặc rỗng nếu là lĩnh vực.';
COMMENT ON COLUMN @schema@.criterion_load.label_vi IS
'Label in Vietnamese. / Tên tiếng Việt.';
COMMENT ON COLUMN @schema@.criterion_load.label_en IS
'Label in English. / Tên tiếng Anh.';
COMMENT ON COLUMN @schema@.criterion_load.max_points IS
'Highest number of points. / Điểm tối đa.';
COMMENT ON COLUMN @schema@.criterion_load.rule IS
'Scoring rule of a leaf; NULL or empty for inner criteria. / Quy tắc chấm điểm của tiêu chí cấp cuối; NULL hoặc rỗng nếu là tiêu chí cấp trên.';
COMMENT ON COLUMN @schema@.criterion_load.source IS
'self_assessed, survey or record; NULL or empty for inner criteria. / Nguồn điểm: self_assessed, survey hoặc record; NULL hoặc rỗng nếu là tiêu chí cấp trên.';
COMMENT ON COLUMN @schema@.criterion_load.unit_measure IS
'Unit of what is measured; NULL or empty for none. / Đơn vị đo; NULL hoặc rỗng nếu không có.';
COMMENT ON COLUMN @schema@.criterion_load.decimals IS
'Decimals of points by the rule, 0 to 4; NULL or empty for 2. / Số chữ số thập phân của điểm tính theo quy tắc, từ 0 đến 4; NULL hoặc rỗng là 2.';
COMMENT ON COLUMN @schema@.criterion_load.target IS
'Target of what is measured; NULL or empty for none. / Chỉ tiêu của giá trị đo; NULL hoặc rỗng nếu không có.';

COMMENT ON TYPE @schema@.staged_criterion IS
'A staged row with its text composed (NFC) and its numbers read. / Một dòng tạm đã chuẩn hóa văn bản (NFC) và đọc số.';

COMMENT ON FUNCTION @schema@.staged_criteria() IS
'The caller''s staged rows of criteria, read; NaN for a text that is no number. / Các dòng tiêu chí tạm của người gọi, đã được đọc; NaN nếu văn bản không phải là số.';

COMMENT ON FUNCTION @schema@.rule_text_problem(text) IS
'Why a text is no scoring rule, in the engine''s words; NULL if it is one, or NULL. / Lý do văn bản không phải là quy tắc chấm điểm; NULL nếu hợp lệ hoặc văn bản là NULL.';

COMMENT ON FUNCTION @schema@.check_criteria_load(text) IS
'Every error of the caller''s staged rows for a criteria set: one row an error, with row number (NULL for the set), column (NULL for the row as a whole) and value. / Mọi lỗi của các dòng tạm của người gọi đối với một bộ tiêu chí: mỗi dòng một lỗi kèm số dòng (NULL nếu lỗi của cả bộ), cột (NULL nếu lỗi của cả dòng) và giá trị.';

COMMENT ON FUNCTION @schema@.apply_criteria_load(text, @schema@.here) IS
'Makes a criteria set what the caller''s staged rows say, all or nothing, unstages them and gives their number; what is there is matched by stable key, and what the rows lack is removed, with its tie-break. Raises 23514 with the first errors, 42501 for others than the owner. / Đưa bộ tiêu chí về đúng như các dòng tạm, toàn bộ hoặc không gì cả, xóa dòng tạm và trả về số dòng; tiêu chí đã có được ghép theo khóa ổn định, tiêu chí không có trong dòng tạm bị xóa cùng thứ tự phân định. Lỗi: 23514 kèm các lỗi đầu tiên, 42501 nếu không phải chủ sở hữu.';

COMMENT ON FUNCTION @schema@.copy_criteria_set(text, text, text, text, @schema@.here) IS
'Copies a criteria set, with criteria and tie-breaks but without its decision, as a new version based on it, and gives its set_id; names that are NULL are those of the old one. Raises P0002 without the set, 23505 if the new code is taken, 42501 for others than the owner. / Sao chép bộ tiêu chí, gồm tiêu chí và thứ tự phân định nhưng không gồm quyết định ban hành, thành phiên bản mới và trả về set_id; tên là NULL thì giữ tên cũ. Lỗi: P0002 nếu không có bộ tiêu chí, 23505 nếu mã mới đã được dùng, 42501 nếu không phải chủ sở hữu.';
