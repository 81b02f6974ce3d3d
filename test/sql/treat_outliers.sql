-- Outliers: the numbers of COINr, ties, both tails, and what is left alone.
SET extra_float_digits = 1;
CREATE SCHEMA test_treat_outliers;
SET search_path = test_treat_outliers, parindex;
\getenv abs_srcdir PG_ABS_SRCDIR
\set load :abs_srcdir '/data/composite/load.sql'
\set ECHO none
\i :load
\set ECHO all

-- The composite example, imputed by group means: answers of COINr 1.1.14.
CREATE TEMP TABLE imputed AS
SELECT score_matrix_agg(key, field, value::float8) AS matrix
FROM composite_answer
WHERE file = 'impute_group_mean';

CREATE TEMP TABLE treated AS
SELECT treat_outliers(matrix) AS matrix
FROM imputed;

SELECT count(*) AS cells,
	bool_and(abs(cell.value - answer.value::float8) <= 1e-9 * abs(answer.value::float8)) AS equal,
	count(*) FILTER (WHERE cell.value IS DISTINCT FROM before.value) AS changed,
	bool_and((cell.value = before.value) = (answer.value::float8 = before.value)) AS same_cells_changed
FROM treated
CROSS JOIN matrix_cells(treated.matrix) AS cell
JOIN composite_answer AS answer
	ON answer.file = 'treat_default' AND answer.key = cell.unit AND answer.field = cell.code
JOIN (SELECT c.* FROM imputed, matrix_cells(matrix) AS c) AS before
	ON before.unit = cell.unit AND before.code = cell.code;

CREATE TEMP TABLE answer_log AS
SELECT key AS code, jsonb_object_agg(replace(field, 'check_SkewKurt', ''), value) AS said
FROM composite_answer
WHERE file = 'treat_log'
GROUP BY key;

SELECT count(*) AS criteria,
	bool_and(abs(skewness_before - (said ->> '0.Skew')::float8) < 1e-9) AS skewness_before,
	bool_and(abs(kurtosis_before - (said ->> '0.Kurt')::float8) < 1e-9) AS kurtosis_before,
	bool_and(winsorised = coalesce((said ->> 'winsorise.nwin')::int, 0)) AS winsorised,
	bool_and(log_applied = (said ->> '2.Skew' IS NOT NULL)) AS logged,
	bool_and(abs(skewness_after -
		coalesce(said ->> '2.Skew', said ->> '1.Skew', said ->> '0.Skew')::float8) < 1e-9) AS skewness_after,
	bool_and(abs(kurtosis_after -
		coalesce(said ->> '2.Kurt', said ->> '1.Kurt', said ->> '0.Kurt')::float8) < 1e-9) AS kurtosis_after,
	bool_and((status <> 'still_fails') =
		coalesce(nullif(said ->> '2.Pass', 'NA'), nullif(said ->> '1.Pass', 'NA'), said ->> '0.Pass')::bool) AS passes
FROM imputed
CROSS JOIN treat_report(matrix)
JOIN answer_log USING (code);

SELECT code, winsorised, winsorised_low AS low, winsorised_high AS high, lower_limit, upper_limit, log_applied, status
FROM imputed, treat_report(matrix)
WHERE status <> 'passed';

-- Criteria by the shape of their values: 1 to 100, and extremes.
CREATE TEMP TABLE shape (code text, extremes float8[]);
INSERT INTO shape VALUES
	('a one high', '{1000}'),
	('b one low', '{-1000}'),
	('c both ends', '{1000,-1000,2000,-3000}'),
	('d five tied', '{1000,1000,1000,1000,1000}'),
	('e six tied', '{1000,1000,1000,1000,1000,1000}'),
	('f two and four tied', '{2000,2000,1000,1000,1000,1000}'),
	('g five apart', '{1e3,1e4,1e5,1e6,1e7}'),
	('h six apart', '{1e3,1e4,1e5,1e6,1e7,1e8}'),
	('i six apart below', '{-1e3,-1e4,-1e5,-1e6,-1e7,-1e8}'),
	('j none', '{}'),
	('k range beyond float8', '{1e308,-1e308,1e308,1e308,1e308,1e308,1e308}');

CREATE TEMP TABLE shapes AS
SELECT score_matrix_agg('u' || n, code, x) AS matrix
FROM shape, unnest(array_cat(ARRAY(SELECT generate_series(1, 100)::float8), extremes)) WITH ORDINALITY AS v(x, n);

SELECT code, winsorised_low AS low, winsorised_high AS high, lower_limit, upper_limit, log_applied,
	round(skewness_after::numeric, 3) AS skewness_after, status
FROM shapes, treat_report(matrix);

-- A low tail is the mirror of a high one, bit for bit.
WITH signs AS (
	SELECT sign, treat_outliers(score_matrix_agg(unit, code, sign * value)) AS matrix
	FROM shapes, matrix_cells(matrix), (VALUES (1), (-1)) AS s(sign)
	WHERE value IS NOT NULL
	GROUP BY sign
)
SELECT count(*) AS cells, bool_and(up.value = -down.value) AS mirrored
FROM signs AS plus
CROSS JOIN matrix_cells(plus.matrix) AS up
JOIN signs AS minus ON minus.sign = -1
JOIN matrix_cells(minus.matrix) AS down ON down.unit = up.unit AND down.code = up.code
WHERE plus.sign = 1 AND up.value IS NOT NULL;

-- Treatment keeps the order of values.
SELECT count(*) AS pairs, bool_and(x.treated <= y.treated) AS ordered
FROM (
	SELECT before.code, before.value, after.value AS treated
	FROM shapes
	CROSS JOIN matrix_cells(matrix) AS before
	JOIN matrix_cells(treat_outliers(matrix)) AS after
		ON after.unit = before.unit AND after.code = before.code
	WHERE before.value IS NOT NULL
) AS x
JOIN (
	SELECT before.code, before.value, after.value AS treated
	FROM shapes
	CROSS JOIN matrix_cells(matrix) AS before
	JOIN matrix_cells(treat_outliers(matrix)) AS after
		ON after.unit = before.unit AND after.code = before.code
	WHERE before.value IS NOT NULL
) AS y ON y.code = x.code AND x.value < y.value;

-- Left alone: constant, short, empty; missing and not applicable cells.
CREATE TEMP TABLE odd AS
SELECT score_matrix_agg(unit, code, value, NULL, NULL, status) AS matrix
FROM (
	SELECT 'u' || n, 'constant', 0.1, 'observed' FROM generate_series(1, 30) AS n
	UNION ALL SELECT 'u' || n, 'short', x, 'observed' FROM (VALUES (1, 0), (2, 1), (3, 1e9)) AS v(n, x)
	UNION ALL SELECT 'u' || n, 'empty', NULL, 'missing' FROM generate_series(1, 30) AS n
	UNION ALL SELECT 'u' || n, 'gaps',
		CASE WHEN n % 3 = 0 THEN n END,
		CASE WHEN n % 3 = 0 THEN 'observed' WHEN n % 3 = 1 THEN 'missing' ELSE 'not_applicable' END
	FROM generate_series(1, 30) AS n
	UNION ALL SELECT 'u99', 'gaps', 1e6, 'observed'
) AS cell(unit, code, value, status);

SELECT code, skewness_before IS NULL AS no_skewness, kurtosis_before IS NULL AS no_kurtosis, winsorised, status
FROM odd, treat_report(matrix);

SELECT before.code, after.status, count(*), count(*) FILTER (WHERE after.value IS DISTINCT FROM before.value) AS changed
FROM odd
CROSS JOIN matrix_cells(matrix) AS before
JOIN matrix_cells(treat_outliers(matrix)) AS after ON after.unit = before.unit AND after.code = before.code
WHERE after.status = before.status
GROUP BY 1, 2
ORDER BY 1, 2;

-- Limits: nothing may be winsorised; all pass; a step never leaves equal values.
SELECT code, winsorised, log_applied, status FROM shapes, treat_report(matrix, 0) WHERE code < 'd';
SELECT DISTINCT status FROM shapes, treat_report(matrix, skew_limit => 'Infinity');
SELECT winsorised, log_applied, status
FROM (SELECT score_matrix_agg('u' || n, 'binary', (n > 97)::int) AS matrix FROM generate_series(1, 100) AS n) AS m,
	treat_report(matrix);
SELECT treat_outliers(matrix) = matrix AS same FROM (SELECT score_matrix_agg('u'::text, 'c', NULL::float8) AS matrix) AS m;
SELECT treat_outliers(NULL) IS NULL AS null_for_null, (SELECT count(*) FROM treat_report(NULL)) AS rows;
SELECT treat_outliers(matrix, -1) FROM odd;
SELECT treat_outliers(matrix, skew_limit => 'NaN') FROM odd;
SELECT * FROM treat_report((SELECT matrix FROM odd), kurtosis_limit => -1);

-- Other names for the units, and another order of rows, change no bit.
SELECT count(*) AS cells, bool_and(float8send(renamed.value) = float8send(cell.value)) AS same_bits
FROM treated
CROSS JOIN matrix_cells(treated.matrix) AS cell
CROSS JOIN (
	SELECT treat_outliers(score_matrix_agg(md5(unit), code, value ORDER BY md5(code || unit))) AS matrix
	FROM imputed, matrix_cells(matrix)
) AS other
JOIN matrix_cells(other.matrix) AS renamed ON renamed.unit = md5(cell.unit) AND renamed.code = cell.code;
