-- Bulk load of assessments: COPY the file as it is, all of it text, into
-- assessment_load; check_load lists every error with its row; apply_load writes
-- all rows or none. Each role checks, applies and clears its own rows: it may
-- not write loaded_by, and takes nothing back but by clear_load. Row-level
-- security would not let it COPY.

CREATE TABLE @schema@.assessment_load (
	row_no          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	loaded_by       name NOT NULL DEFAULT @schema@.caller(),
	round_code      text,
	agency_code     text,
	criterion_code  text,
	measured        text,
	numerator       text,
	denominator     text,
	self_points     text,
	explanation     text,
	verified_points text,
	verify_note     text,
	evidence_url    text,
	evidence_sha256 text
);

CREATE INDEX assessment_load_loaded_by_idx ON @schema@.assessment_load (loaded_by);

-- A staged row with its numbers read and its place found.
CREATE TYPE @schema@.staged_assessment AS (
	row_no          bigint,
	track_id        int,
	agency_id       int,
	criterion_id    int,
	set_id          int,
	measured        numeric,
	numerator       numeric,
	denominator     numeric,
	self_points     numeric,
	explanation     text,
	verified_points numeric,
	verify_note     text,
	evidence_url    text,
	evidence_sha256 text
);

-- Replaced by upgrades:

-- A number as files have it: '' is none, and so is 0 where 0 marks what is
-- missing; NaN, which no table takes, for a text that is no number, or one of
-- more decimals than the column keeps.
CREATE OR REPLACE FUNCTION @schema@.read_number(number text, decimals int, zero_is_missing boolean) RETURNS numeric
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT CASE
		WHEN btrim(number) = '' THEN NULL
		WHEN btrim(number) !~ '^[+-]?([0-9]{1,15}(\.[0-9]{0,20})?|\.[0-9]{1,20})$' THEN 'NaN'
		WHEN btrim(number)::numeric <> round(btrim(number)::numeric, decimals) THEN 'NaN'
		WHEN zero_is_missing THEN nullif(btrim(number)::numeric, 0)
		ELSE btrim(number)::numeric
	END;
END;

CREATE OR REPLACE FUNCTION @schema@.staged_assessments(zero_is_missing boolean, from_row bigint, to_row bigint)
	RETURNS SETOF @schema@.staged_assessment
	LANGUAGE sql STABLE
BEGIN ATOMIC
	SELECT l.row_no, p.track_id, p.agency_id, c.criterion_id, c.set_id,
		@schema@.read_number(l.measured, 8, zero_is_missing),
		@schema@.read_number(l.numerator, 8, false),
		@schema@.read_number(l.denominator, 8, false),
		@schema@.read_number(l.self_points, 4, zero_is_missing),
		nullif(normalize(l.explanation), ''),
		@schema@.read_number(l.verified_points, 4, zero_is_missing),
		nullif(normalize(l.verify_note), ''),
		nullif(btrim(l.evidence_url), ''),
		nullif(lower(btrim(l.evidence_sha256)), '')
	FROM @schema@.assessment_load AS l
	LEFT JOIN @schema@.assessment_round AS r ON r.code = normalize(btrim(l.round_code))
	LEFT JOIN @schema@.agency AS a ON a.code = normalize(btrim(l.agency_code))
	LEFT JOIN @schema@.participation AS p ON p.round_id = r.round_id AND p.agency_id = a.agency_id
	LEFT JOIN @schema@.round_track AS t ON t.track_id = p.track_id
	LEFT JOIN @schema@.criterion AS c ON c.set_id = t.set_id AND c.code = normalize(btrim(l.criterion_code))
	WHERE l.loaded_by = (SELECT @schema@.caller())
		AND l.row_no >= from_row
		AND l.row_no <= to_row;
END;

-- Every error of the staged rows. zero_is_missing: 0 in measured, self_points
-- and verified_points marks a missing value; never so unless it is said.
CREATE OR REPLACE FUNCTION @schema@.check_load(
	zero_is_missing boolean DEFAULT false,
	OUT row_no bigint, OUT column_name text, OUT value text, OUT message text)
	RETURNS SETOF record
	LANGUAGE sql STABLE
	SET enable_nestloop = off SET jit = off
BEGIN ATOMIC
	WITH staged AS MATERIALIZED (
		SELECT s.*, l.round_code, l.agency_code, l.criterion_code, l.measured AS measured_text,
			l.numerator AS numerator_text, l.denominator AS denominator_text, l.self_points AS self_points_text,
			l.verified_points AS verified_points_text
		FROM @schema@.staged_assessments(zero_is_missing, 0, 9223372036854775807) AS s
		JOIN @schema@.assessment_load AS l ON l.row_no = s.row_no
	),
	fault (row_no, column_name, value, message) AS (
		SELECT s.row_no, f.column_name, f.value, f.message
		FROM staged AS s
		CROSS JOIN LATERAL (VALUES
			('round_code', s.round_code, CASE WHEN s.track_id IS NULL AND NOT EXISTS (
				SELECT FROM @schema@.assessment_round AS r WHERE r.code = normalize(btrim(s.round_code)))
				THEN 'there is no such round' END),
			('agency_code', s.agency_code, CASE WHEN s.track_id IS NULL AND EXISTS (
				SELECT FROM @schema@.assessment_round AS r WHERE r.code = normalize(btrim(s.round_code)))
				THEN 'takes no part in the round, or its part is not yours to see' END),
			('criterion_code', s.criterion_code, CASE WHEN s.track_id IS NOT NULL AND s.criterion_id IS NULL
				THEN 'is not in the criteria set of the agency' END),
			('measured', s.measured_text, CASE
				WHEN s.measured = 'NaN' THEN 'is no number of at most 8 decimals'
				WHEN s.measured IS NOT NULL AND s.numerator IS NOT NULL THEN 'is given beside a numerator and denominator' END),
			('numerator', s.numerator_text, CASE
				WHEN s.numerator = 'NaN' THEN 'is no number of at most 8 decimals' END),
			('denominator', s.denominator_text, CASE
				WHEN s.denominator = 'NaN' THEN 'is no number of at most 8 decimals'
				WHEN (s.numerator IS NULL) <> (s.denominator IS NULL) THEN 'and numerator come together' END),
			('self_points', s.self_points_text, CASE
				WHEN s.self_points = 'NaN' THEN 'is no number of at most 4 decimals' END),
			('verified_points', s.verified_points_text, CASE
				WHEN s.verified_points = 'NaN' THEN 'is no number of at most 4 decimals' END),
			('evidence_sha256', s.evidence_sha256, CASE WHEN s.evidence_sha256 !~ '^[0-9a-f]{64}$'
				THEN 'is no SHA-256 in hexadecimal' END),
			('evidence_url', NULL, CASE WHEN s.evidence_sha256 IS NOT NULL AND s.evidence_url IS NULL
				THEN 'is missing beside its SHA-256' END),
			('evidence_url', left(s.evidence_url, 20), CASE WHEN length(s.evidence_url) > 2000
				THEN 'is longer than 2000 characters' END),
			('explanation', left(s.explanation, 20), CASE WHEN length(s.explanation) > 4000
				THEN 'is longer than 4000 characters' END),
			('verify_note', left(s.verify_note, 20), CASE WHEN length(s.verify_note) > 4000
				THEN 'is longer than 4000 characters' END)
		) AS f (column_name, value, message)
		WHERE f.message IS NOT NULL
		UNION ALL
		SELECT d.row_no, 'criterion_code', d.criterion_code, format('is there again: first in row %s', d.first_row)
		FROM (
			SELECT s.row_no, s.criterion_code,
				min(s.row_no) OVER (PARTITION BY s.track_id, s.agency_id, s.criterion_id) AS first_row
			FROM staged AS s
			WHERE s.criterion_id IS NOT NULL
		) AS d
		WHERE d.row_no > d.first_row
	)
	SELECT f.row_no, f.column_name, f.value, f.message
	FROM (
		SELECT f.row_no, f.column_name, f.value, f.message
		FROM fault AS f
		UNION ALL
		SELECT u.row_no, NULL, NULL, u.message
		FROM @schema@.assessment_faults(ARRAY(
			SELECT (s.row_no, s.track_id, s.agency_id, s.criterion_id, s.measured, s.numerator, s.denominator,
				coalesce(s.self_points, a.self_points), coalesce(s.verified_points, a.verified_points),
				coalesce(s.verify_note, a.verify_note), NULL,
				num_nonnulls(s.measured, s.numerator, s.self_points, s.explanation) > 0,
				num_nonnulls(s.verified_points, s.verify_note) > 0,
				false)::@schema@.written_assessment
			FROM staged AS s
			LEFT JOIN @schema@.assessment AS a
				ON a.track_id = s.track_id AND a.agency_id = s.agency_id AND a.criterion_id = s.criterion_id
			WHERE s.criterion_id IS NOT NULL
				AND NOT EXISTS (SELECT FROM fault AS f WHERE f.row_no = s.row_no))) AS u
	) AS f
	ORDER BY f.row_no, f.column_name;
END;

-- Takes the staged rows of the caller back; gives their number.
CREATE OR REPLACE FUNCTION @schema@.clear_load() RETURNS bigint
	LANGUAGE sql SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
	WITH cleared AS (
		DELETE FROM @schema@.assessment_load AS l
		WHERE l.loaded_by = @schema@.caller()
		RETURNING l.row_no
	)
	SELECT count(*) FROM cleared;
END;

-- Writes the staged rows of the caller, all or none, and unstages them; gives
-- their number. Of a row that is there already, what the file has is replaced.
-- The triggers of assessment check what is written; only when that, or a
-- constraint, refuses a row are all rows checked, to say what is wrong with which.
CREATE OR REPLACE FUNCTION @schema@.apply_load(zero_is_missing boolean DEFAULT false, here @schema@.here DEFAULT NULL)
	RETURNS bigint
	LANGUAGE plpgsql
	SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
	own_schema CONSTANT text := parindex.enter_schema(pg_typeof(here));
	chunk CONSTANT bigint := 200000;
	staged record;
	faults record;
	first_row bigint;
	refused text;
BEGIN
	SELECT count(*) AS number, min(l.row_no) AS first, max(l.row_no) AS last,
		count(coalesce(l.evidence_url, l.evidence_sha256)) > 0 AS has_evidence
	INTO staged
	FROM assessment_load AS l
	WHERE l.loaded_by = caller();

	-- Within a chunk the same row twice is an error by itself.
	IF EXISTS (
		SELECT FROM assessment_load AS l
		WHERE l.loaded_by = caller() AND staged.number > chunk
		GROUP BY normalize(btrim(l.round_code)), normalize(btrim(l.agency_code)), normalize(btrim(l.criterion_code))
		HAVING count(*) > 1
	) THEN
		refused := 'rows are there twice';
		staged.last := NULL;
	END IF;

	BEGIN
		first_row := staged.first;
		WHILE first_row <= staged.last LOOP
			INSERT INTO assessment AS a (track_id, agency_id, criterion_id, set_id, measured, numerator, denominator, self_points,
				explanation, verified_points, verify_note)
			SELECT s.track_id, s.agency_id, s.criterion_id, s.set_id, s.measured, s.numerator, s.denominator, s.self_points,
				s.explanation, s.verified_points, s.verify_note
			FROM staged_assessments(apply_load.zero_is_missing, first_row, first_row + chunk - 1) AS s
			ON CONFLICT (track_id, agency_id, criterion_id) DO UPDATE
			SET measured = CASE WHEN excluded.numerator IS NULL THEN coalesce(excluded.measured, a.measured) END,
				numerator = CASE WHEN excluded.measured IS NULL THEN coalesce(excluded.numerator, a.numerator) END,
				denominator = CASE WHEN excluded.measured IS NULL THEN coalesce(excluded.denominator, a.denominator) END,
				self_points = coalesce(excluded.self_points, a.self_points),
				explanation = coalesce(excluded.explanation, a.explanation),
				verified_points = coalesce(excluded.verified_points, a.verified_points),
				verify_note = coalesce(excluded.verify_note, a.verify_note);

			-- The planner knows nothing yet of what was just written: it must not
			-- join it before the rows have found their places.
			WITH evidenced AS MATERIALIZED (
				SELECT s.track_id, s.agency_id, s.criterion_id, s.evidence_url, s.evidence_sha256
				FROM staged_assessments(apply_load.zero_is_missing, first_row, first_row + chunk - 1) AS s
				WHERE staged.has_evidence
					AND num_nonnulls(s.evidence_url, s.evidence_sha256) > 0
			)
			INSERT INTO evidence (assessment_id, url, sha256)
			SELECT e.assessment_id, e.url, e.sha256
			FROM (
				-- All of it before the first is written: else each look for evidence
				-- that is there already would pass by all that is new.
				SELECT array_agg(a.assessment_id) AS assessments, array_agg(s.evidence_url) AS urls,
					array_agg(s.evidence_sha256) AS digests
				FROM evidenced AS s
				JOIN assessment AS a
					ON a.track_id = s.track_id AND a.agency_id = s.agency_id AND a.criterion_id = s.criterion_id
				WHERE NOT EXISTS (
					SELECT FROM evidence AS e
					WHERE e.assessment_id = a.assessment_id
						AND (e.url, e.sha256) IS NOT DISTINCT FROM (s.evidence_url, s.evidence_sha256))
			) AS n
			CROSS JOIN LATERAL unnest(n.assessments, n.urls, n.digests) AS e (assessment_id, url, sha256);
			first_row := first_row + chunk;
		END LOOP;
	EXCEPTION
		WHEN integrity_constraint_violation OR data_exception OR cardinality_violation OR insufficient_privilege THEN
			refused := SQLERRM;
	END;
	IF refused IS NOT NULL THEN
		SELECT count(*) AS number,
			string_agg(format('row %s: %s', f.row_no, concat_ws(' ', f.column_name, '"' || f.value || '"', f.message)), E'\n'
				ORDER BY f.place) FILTER (WHERE f.place <= 20) AS list
		INTO faults
		FROM (
			SELECT f.*, row_number() OVER () AS place
			FROM check_load(apply_load.zero_is_missing) AS f
		) AS f;
		RAISE check_violation USING
			MESSAGE = CASE faults.number
				WHEN 0 THEN format('nothing was loaded: %s', refused)
				ELSE format('nothing was loaded: %s errors', faults.number)
			END,
			DETAIL = coalesce(faults.list, 'No row was found at fault by itself.'),
			HINT = format('All errors: SELECT * FROM %I.check_load(%s).', own_schema,
				CASE WHEN apply_load.zero_is_missing THEN 'true' ELSE 'false' END);
	END IF;

	PERFORM clear_load();
	RETURN staged.number;
END
$$;

COMMENT ON TABLE @schema@.assessment_load IS
'Staging for bulk loads of assessments: a file as it is, all of it text; each role checks and applies its own rows. / Bảng tạm để nạp hàng loạt kết quả đánh giá: nguyên văn tệp dữ liệu; mỗi tài khoản kiểm tra và nạp các dòng của mình.';
COMMENT ON COLUMN @schema@.assessment_load.criterion_code IS
'Code of the criterion in the agency''s set. / Mã tiêu chí trong bộ tiêu chí của cơ quan.';
COMMENT ON COLUMN @schema@.assessment_load.measured IS
'What was measured; NULL or empty for none. / Giá trị đo được; NULL hoặc rỗng nếu không có.';
COMMENT ON COLUMN @schema@.assessment_load.numerator IS
'Numerator of what was measured; NULL or empty for none. / Tử số của giá trị đo; NULL hoặc rỗng nếu không có.';
COMMENT ON COLUMN @schema@.assessment_load.denominator IS
'Denominator of what was measured; NULL or empty for none. / Mẫu số của giá trị đo; NULL hoặc rỗng nếu không có.';
COMMENT ON COLUMN @schema@.assessment_load.self_points IS
'Points the agency claims; NULL or empty for none. / Điểm tự chấm; NULL hoặc rỗng nếu không có.';
COMMENT ON COLUMN @schema@.assessment_load.explanation IS
'The agency''s explanation; NULL or empty for none. / Giải trình của cơ quan; NULL hoặc rỗng nếu không có.';
COMMENT ON COLUMN @schema@.assessment_load.verified_points IS
'Points after verification; NULL or empty for none. / Điểm sau thẩm định; NULL hoặc rỗng nếu không có.';
COMMENT ON COLUMN @schema@.assessment_load.verify_note IS
'Verifier''s note; NULL or empty for none. / Ý kiến thẩm định; NULL hoặc rỗng nếu không có.';
COMMENT ON COLUMN @schema@.assessment_load.evidence_url IS
'Where a document of evidence is; NULL or empty for none. / Địa chỉ tài liệu kiểm chứng; NULL hoặc rỗng nếu không có.';
COMMENT ON COLUMN @schema@.assessment_load.evidence_sha256 IS
'SHA-256 of that document in hexadecimal; NULL or empty for none. / Mã SHA-256 của tài liệu ở dạng thập lục phân; NULL hoặc rỗng nếu không có.';

COMMENT ON TYPE @schema@.staged_assessment IS
'A staged row with its numbers read and its place found; NULL keys where there is none. / Một dòng tạm đã đọc số và tìm được vị trí; khóa là NULL nếu không tìm thấy.';

COMMENT ON FUNCTION @schema@.read_number(text, int, boolean) IS
'A number as files have it: NULL for an empty text, and for 0 where 0 is said to mark what is missing; NaN for a text that is no number, or has more decimals than are kept. / Đọc số trong tệp: NULL nếu rỗng, hoặc bằng 0 khi 0 được khai báo là thiếu; NaN nếu văn bản không phải là số hoặc có nhiều chữ số thập phân hơn mức lưu.';

COMMENT ON FUNCTION @schema@.staged_assessments(boolean, bigint, bigint) IS
'The caller''s staged rows of a range of row numbers, read. / Các dòng tạm của người gọi trong khoảng số dòng, đã được đọc.';

COMMENT ON FUNCTION @schema@.check_load(boolean) IS
'Every error of the caller''s staged rows: one row an error, with row number, column and value, NULL where it is of the row as a whole. zero_is_missing: 0 in measured, self_points and verified_points marks a missing value. / Mọi lỗi của các dòng tạm của người gọi: mỗi dòng một lỗi kèm số dòng, cột và giá trị, NULL nếu lỗi của cả dòng. zero_is_missing: số 0 ở measured, self_points và verified_points nghĩa là thiếu.';

COMMENT ON FUNCTION @schema@.clear_load() IS
'Takes back all rows that the caller staged and has not applied; gives their number. / Xóa mọi dòng tạm mà người gọi đã nạp và chưa áp dụng; trả về số dòng.';

COMMENT ON FUNCTION @schema@.apply_load(boolean, @schema@.here) IS
'Writes the caller''s staged rows to assessment and evidence, all or none, unstages them and gives their number; of a row that is there already, what the file has is replaced. Raises 23514 with the first errors; arguments as of check_load(). / Ghi toàn bộ hoặc không ghi dòng nào của các dòng tạm vào assessment và evidence, xóa dòng tạm và trả về số dòng; dòng đã có thì thay bằng giá trị trong tệp. Báo lỗi 23514 kèm các lỗi đầu tiên; tham số như check_load().';
