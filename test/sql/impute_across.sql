-- Missing values from other criteria, and over periods with ends and ages.
CREATE SCHEMA test_impute_across;
SET search_path = test_impute_across, parindex;
\getenv abs_srcdir PG_ABS_SRCDIR
\set helpers :abs_srcdir '/helpers.sql'
\i :helpers

CREATE FUNCTION noise(i int) RETURNS float8 LANGUAGE sql RETURN (abs(hashint4(i)) % 10000) / 10000.0;
CREATE TABLE cell AS SELECT 'u' || lpad(i::text, 3, '0') AS unit, code, CASE WHEN noise(i * 7 + k) > gap THEN base * factor + noise(i * 31 + k) * spread END AS value, 'g' || i % 2 AS part
FROM generate_series(1, 60) AS i, LATERAL (SELECT noise(i) AS base) AS b, (VALUES ('a', 1, 1.0, 0.3, 0.0), ('b', 2, 100, 40, 0.2), ('c', 3, -5, 2, 0.2), ('d', 4, 1000, 10, 0.1)) AS c (code, k, factor, spread, gap);
CREATE TABLE field AS SELECT score_matrix_agg(unit, code, value, part) AS matrix FROM cell;

-- The nearest units, again in SQL.
CREATE VIEW z AS SELECT unit, code, (value - avg(value) OVER w) / stddev(value) OVER w AS z, value FROM cell WINDOW w AS (PARTITION BY code);
WITH distance AS (
	SELECT a.unit, b.unit AS other, avg((a.z - b.z) ^ 2) AS distance FROM z AS a JOIN z AS b ON a.code = b.code AND a.unit <> b.unit WHERE a.z IS NOT NULL AND b.z IS NOT NULL GROUP BY 1, 2
), nearest AS (
	SELECT c.unit, c.code, o.value, row_number() OVER (PARTITION BY c.unit, c.code ORDER BY d.distance) AS place
	FROM cell AS c JOIN distance AS d USING (unit) JOIN cell AS o ON o.unit = d.other AND o.code = c.code AND o.value IS NOT NULL WHERE c.value IS NULL
)
SELECT count(*) AS filled, count(*) FILTER (WHERE abs(m.value - e.value) > 1e-9 * abs(e.value)) AS differ
FROM field, matrix_cells(impute(matrix, 'knn', 3)) AS m JOIN (SELECT unit, code, avg(value) AS value FROM nearest WHERE place <= 3 GROUP BY 1, 2) AS e USING (unit, code);

-- One criterion on others: least squares. Under a normal distribution the same, where they alone are looked at and whole.
WITH line AS (SELECT regr_slope(b.value, a.value) AS slope, regr_intercept(b.value, a.value) AS intercept FROM cell AS a JOIN cell AS b ON a.unit = b.unit WHERE a.code = 'a' AND b.code = 'b')
SELECT count(*) AS filled, count(*) FILTER (WHERE abs(r.value - e.value) > 1e-9 * abs(e.value)) AS regression_differs, count(*) FILTER (WHERE abs(m.value - e.value) > 1e-7 * abs(e.value)) AS em_differs
FROM field, matrix_cells(run_pipeline(matrix, 'i {a, b, c, d}', 'impute regression from (a) on (b)')) AS r
	JOIN matrix_cells(run_pipeline((SELECT matrix FROM field), 'i {a, b, c, d}', 'impute em from (a) on (b)')) AS m USING (unit, code)
	JOIN LATERAL (SELECT c.unit, c.code, intercept + slope * a.value AS value FROM line, cell AS c JOIN cell AS a ON a.unit = c.unit AND a.code = 'a' WHERE c.code = 'b' AND c.value IS NULL) AS e USING (unit, code);
-- All criteria at once; nothing is left, what was there stays, units of measurement do not matter.
SELECT method, count(*) FILTER (WHERE m.value IS NULL) AS missing, count(*) FILTER (WHERE c.value <> m.value) AS changed, round(sum(m.value)::numeric, 4) AS total
FROM field, unnest(ARRAY['em', 'knn', 'knn 1', 'em by group', 'knn 2 by group', 'regression from (a, d) on (b, c)']) AS method, matrix_cells(run_pipeline(matrix, 'i {a, b, c, d}', ('impute ' || method)::pipeline)) AS m JOIN cell AS c USING (unit, code)
GROUP BY method ORDER BY method;
SELECT method, max(abs(m.value * 1000 - s.value) / abs(m.value * 1000)) < 1e-9 AS same
FROM field, unnest(ARRAY['em', 'knn']) AS method, matrix_cells(impute(matrix, method)) AS m JOIN matrix_cells(impute((SELECT score_matrix_agg(unit, code, value * 1000, part) FROM cell), 'em')) AS s USING (unit, code) WHERE method = 'em' AND m.value <> 0 GROUP BY method;
SELECT p::pipeline FROM unnest(ARRAY['impute knn', 'impute knn 3 from (a, "b c") by group over periods on (d)', 'impute em', 'impute latest 2', 'impute latest', 'impute linear_carried', 'impute regression from (a)']) AS p;

-- Nearest of few: ties of distance count together; no shared criterion, no neighbour; not applicable cells are neither filled nor used.
SELECT impute(score_matrix_agg(u, c, v, NULL, NULL, s), 'knn', 1)
FROM (VALUES ('p', 'x', 0.0::float8, NULL), ('p', 'y', NULL, NULL), ('q', 'x', 1, NULL), ('q', 'y', 10, NULL), ('r', 'x', -1, NULL), ('r', 'y', 20, NULL), ('s', 'y', 90, NULL), ('t', 'x', NULL, 'not_applicable'), ('t', 'y', NULL, NULL), ('v', 'x', NULL, NULL), ('v', 'y', NULL, NULL)) AS t (u, c, v, s);
SELECT impute(score_matrix_agg('u' || i, c, v), m) FROM (VALUES (1, 'x', 1.0::float8), (2, 'x', 1), (3, 'x', NULL), (1, 'y', NULL)) AS t (i, c, v), unnest(ARRAY['knn', 'em']) AS m GROUP BY m;

-- Over periods: ends carried, and values that are not too old.
SELECT p, run_pipeline(matrix, 'i {x}', p::pipeline)
FROM (SELECT score_matrix_agg('u', 'x', v, NULL, y) AS matrix FROM (VALUES (2000, NULL::float8), (2001, 10), (2002, NULL), (2004, NULL), (2005, 40), (2009, NULL)) AS t (y, v)) AS q,
	unnest(ARRAY['impute linear_carried', 'impute linear', 'impute latest 2', 'impute latest']) AS p;

-- Outliers held within percentiles or fences, and a logarithm that is asked for.
SELECT p, array_agg(round(c.value::numeric, 4) ORDER BY unit) AS treated,
	bool_and(c.value = fitted_score(fit(matrix, 'i {x}', p::pipeline), 'x', v)) AS single_same
FROM (SELECT score_matrix_agg('u' || i, 'x', v) AS matrix FROM (VALUES (1, 1.0), (2, 2), (3, 3), (4, 4), (5, 100)) AS t (i, v)) AS q, unnest(ARRAY['treat percentiles 10 90', 'treat fences 1.5', 'treat fences 0', 'treat log', 'treat percentiles 0 100']) AS p,
	matrix_cells(run_pipeline(matrix, 'i {x}', p::pipeline)) AS c JOIN (VALUES ('u1', 1.0), ('u2', 2), ('u3', 3), ('u4', 4), ('u5', 100)) AS t (unit, v) USING (unit)
GROUP BY p ORDER BY p;
SELECT percentile_cont(ARRAY[0.1, 0.9]) WITHIN GROUP (ORDER BY v) FROM (VALUES (1.0::float8), (2), (3), (4), (100)) AS t (v);
SELECT p::pipeline FROM unnest(ARRAY['treat percentiles 5 95 by group on (a)', 'treat fences 3', 'treat log by period', 'treat log on all']) AS p;
SELECT treat FROM (SELECT run_pipeline(score_matrix_agg('u' || i, 'x', 7), 'i {x}', 'treat log; treat fences 1; treat percentiles 1 2') AS treat FROM generate_series(1, 2) AS i) AS q;

SELECT query, error_of(query) FROM unnest(ARRAY[
	'SELECT impute(matrix, ''knn'', 0) FROM test_impute_across.field', 'SELECT impute(matrix, ''knn'', 1.5) FROM test_impute_across.field', 'SELECT impute(matrix, ''em'', 3) FROM test_impute_across.field', 'SELECT impute(matrix, ''regression'') FROM test_impute_across.field',
	'SELECT ''impute regression''::pipeline', 'SELECT ''impute mean from (a)''::pipeline', 'SELECT run_pipeline(matrix, ''i {a}'', ''impute knn from (q)'') FROM test_impute_across.field',
	'SELECT impute(score_matrix_agg(i, c, i * k), ''em'') FROM generate_series(1, 2) AS i, (VALUES (''a'', 1.0), (''b'', 2), (''c'', NULL)) AS t (c, k)',
	'SELECT impute(score_matrix_agg(i, c, CASE WHEN i < 9 OR c <> ''c'' THEN i * k + CASE c WHEN ''c'' THEN i % 2 ELSE 0 END END), ''em'') FROM generate_series(1, 9) AS i, (VALUES (''a'', 1.0), (''b'', 2), (''c'', 3)) AS t (c, k)', 'SELECT fit(matrix, ''i {a, b, c, d}'', ''impute knn'') FROM test_impute_across.field',
	'SELECT ''treat percentiles 95 5''::pipeline', 'SELECT ''treat percentiles 0 101''::pipeline', 'SELECT ''treat fences -1''::pipeline', 'SELECT ''treat log skewness 3''::pipeline', 'SELECT ''impute latest 0''::pipeline', 'SELECT impute(matrix, ''latest'', 1) FROM test_impute_across.field',
	'SELECT impute(score_matrix_agg(i, c::text, i), ''em'') FROM generate_series(1, 2) AS i, generate_series(1, 1001) AS c'
]) AS query;
