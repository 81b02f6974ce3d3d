-- Transforms of criteria: values against SQL's own functions, domains, learning.
CREATE SCHEMA test_transform;
SET search_path = test_transform, parindex;
\getenv abs_srcdir PG_ABS_SRCDIR
\set helpers :abs_srcdir '/helpers.sql'
\i :helpers

CREATE TABLE value AS
SELECT i::text AS unit, ((hashint4(i) % 1000000) / 997.0)::float8 AS x FROM generate_series(1, 400) AS i
UNION ALL SELECT 'z' || x, x FROM unnest(ARRAY[1e-12, 1e-5, 0.5, 1, 2, 1e10]::float8[]) AS x;
CREATE FUNCTION transformed(kind text, a float8, b float8, lowest float8) RETURNS TABLE (x float8, y float8) LANGUAGE sql
BEGIN ATOMIC
	SELECT v.x, c.value
	FROM (SELECT score_matrix_agg(unit, 'x', x) AS m FROM value WHERE x >= lowest) AS q, matrix_cells(transform(m, kind, a, b)) AS c
	JOIN value AS v USING (unit);
END;
CREATE FUNCTION near(a float8, b float8) RETURNS boolean LANGUAGE sql RETURN abs(a - b) <= 1e-12 * greatest(abs(b), 1e-3);

SELECT 'log' AS kind, bool_and(near(y, ln(x))) AS near, count(*) FROM transformed('log', NULL, NULL, 1e-13)
UNION ALL SELECT 'log1p', bool_and(near(y, ln(x + 1))), count(*) FROM transformed('log1p', NULL, NULL, 0)
UNION ALL SELECT 'log1p 2000', bool_and(near(y, ln(x + 2000))), count(*) FROM transformed('log1p', 2000, NULL, -1500)
UNION ALL SELECT 'sqrt', bool_and(y = sqrt(x)), count(*) FROM transformed('sqrt', NULL, NULL, 0)
UNION ALL SELECT 'cbrt', bool_and(near(y, cbrt(x))), count(*) FROM transformed('cbrt', NULL, NULL, -1e9)
UNION ALL SELECT 'power 0.3', bool_and(near(y, power(x, 0.3))), count(*) FROM transformed('power', 0.3, NULL, 0)
UNION ALL SELECT 'power 3', bool_and(near(y, power(x, 3))), count(*) FROM transformed('power', 3, NULL, -1e9)
UNION ALL SELECT 'power -2', bool_and(near(y, power(x, -2))), count(*) FROM transformed('power', -2, NULL, 1e-6)
UNION ALL SELECT 'boxcox 0', bool_and(near(y, ln(x))), count(*) FROM transformed('boxcox', 0, NULL, 1e-13)
UNION ALL SELECT 'boxcox 0.5', bool_and(near(y, (sqrt(x) - 1) / 0.5)), count(*) FROM transformed('boxcox', 0.5, NULL, 1e-13)
UNION ALL SELECT 'boxcox -2', bool_and(near(y, (power(x, -2) - 1) / -2)), count(*) FROM transformed('boxcox', -2, NULL, 0.4)
UNION ALL SELECT 'boxcox 1e-9', bool_and(abs(y - ln(x)) < 1e-6), count(*) FROM transformed('boxcox', 1e-9, NULL, 1e-13)
UNION ALL SELECT 'logit 1e11', bool_and(near(y, ln(x / (1e11 - x)))), count(*) FROM transformed('logit', 1e11, NULL, 1e-13)
UNION ALL SELECT 'asinh', bool_and(near(y, asinh(x))), count(*) FROM transformed('asinh', NULL, NULL, -1e9)
UNION ALL SELECT 'reciprocal', bool_and(y = 1 / x), count(*) FROM transformed('reciprocal', NULL, NULL, -1e9)
UNION ALL SELECT 'clip', bool_and(y = least(greatest(x, 5), 20)), count(*) FROM transformed('clip', 5, 20, -1e9);

-- The parameter of greatest likelihood.
CREATE TABLE skewed AS SELECT i::text AS unit, power(((i * 37) % 101 + 1) / 20.0, 5)::float8 AS x FROM generate_series(1, 100) AS i;
SELECT round((regexp_match(fit(m, 'i {x}', 'transform boxcox')::text, 'boxcox ([0-9.e-]+)'))[1]::numeric, 3) AS lambda,
	run_pipeline(m, 'i {x}', 'transform boxcox') = transform(m, 'boxcox') AS same,
	(SELECT max(abs(c.value - d.value)) < 1e-5 FROM matrix_cells(transform(m, 'boxcox')) AS c
		JOIN matrix_cells(transform(m, 'boxcox', (regexp_match(fit(m, 'i {x}', 'transform boxcox')::text, 'boxcox ([0-9.e-]+)'))[1]::float8)) AS d USING (unit)) AS as_given
FROM (SELECT score_matrix_agg(unit, 'x', x) AS m FROM skewed) AS q;
-- No other parameter is likelier.
WITH learned AS (
	SELECT (regexp_match(fit(m, 'i {x}', 'transform boxcox')::text, 'boxcox ([0-9.e-]+)'))[1]::float8 AS l
	FROM (SELECT score_matrix_agg(unit, 'x', x) AS m FROM skewed) AS q
), likelihood AS (
	SELECT k, -count(*) / 2.0 * ln(var_pop((power(x, k) - 1) / k)) + (k - 1) * sum(ln(x)) AS value
	FROM skewed, learned, unnest(ARRAY[l, l - 0.001, l + 0.001, 0.5, 1, -1]) AS k GROUP BY k)
SELECT k = l AS is_greatest FROM likelihood, learned ORDER BY value DESC LIMIT 1;
SELECT transform(m, 'boxcox') = m AS equal_values_stay FROM (SELECT score_matrix_agg(i::text, 'x', 5) AS m FROM generate_series(1, 3) AS i) AS q;

-- Some criteria only; missing and not applicable cells stay.
CREATE TABLE two AS SELECT score_matrix_agg(u, c, v, NULL, NULL, s) AS m
FROM (VALUES ('a', 'x', 4::float8, NULL), ('a', 'y', 9, NULL), ('b', 'x', NULL, 'not_applicable'), ('b', 'y', NULL, 'missing')) AS t (u, c, v, s);
SELECT unit, code, value, status FROM two, matrix_cells(transform(m, 'sqrt', codes => ARRAY['y']));
SELECT run_pipeline(m, 'i {x, y}', 'transform sqrt on (y); transform power 2 on (y)') = m AS back FROM two;

-- Forms of steps, and learning from rows.
SELECT p::pipeline FROM unnest(ARRAY['transform log', 'transform log1p 1', 'transform log1p 0.5 on (x)', 'transform boxcox', 'transform boxcox 0 on all', 'transform boxcox by group', 'transform logit 100', 'transform clip -1 1']) AS p;
SELECT p, fit(m, 'i {x}', p::pipeline) = f AS same, f = f::text::fitted_pipeline AS text, fitted_score(f, 'x', 2) AS two
FROM (SELECT score_matrix_agg(unit, 'x', x) AS m FROM skewed) AS q, unnest(ARRAY['transform log1p; normalise minmax', 'transform sqrt; transform clip 1 4; normalise zscore', 'transform boxcox; normalise minmax']) AS p,
	LATERAL (SELECT fit_agg(p::pipeline, 'i {x}'::framework, 'x', x) AS f FROM skewed) AS r;

-- Outside its domain a transform names step, criterion, unit and value.
SELECT query, error_of(query)
FROM unnest(ARRAY[
	'SELECT transform(score_matrix_agg(''u'', ''x'', -1), ''log'')', 'SELECT transform(score_matrix_agg(''u'', ''x'', -1), ''log1p'')', 'SELECT transform(score_matrix_agg(''u'', ''x'', -1), ''sqrt'')',
	'SELECT transform(score_matrix_agg(''u'', ''x'', -1), ''power'', 0.5)', 'SELECT transform(score_matrix_agg(''u'', ''x'', 0), ''power'', -1)', 'SELECT transform(score_matrix_agg(''u'', ''x'', 0), ''boxcox'', 1)',
	'SELECT transform(score_matrix_agg(''u'', ''x'', 0), ''boxcox'')', 'SELECT transform(score_matrix_agg(''u'', ''x'', 1), ''logit'')', 'SELECT transform(score_matrix_agg(''u'', ''x'', 0), ''reciprocal'')',
	'SELECT transform(score_matrix_agg(''u'', ''x'', 1e200), ''power'', 2)', 'SELECT transform(score_matrix_agg(''u'', ''x'', 1e-310), ''reciprocal'')', 'SELECT transform(score_matrix_agg(''u'', ''x'', 1), ''exp'')',
	'SELECT transform(score_matrix_agg(''u'', ''x'', 1), ''log'', 2)', 'SELECT transform(score_matrix_agg(''u'', ''x'', 1), ''power'')', 'SELECT transform(score_matrix_agg(''u'', ''x'', 1), ''clip'', 2)',
	'SELECT transform(score_matrix_agg(''u'', ''x'', 1), ''clip'', 2, 1)', 'SELECT transform(score_matrix_agg(''u'', ''x'', 1), ''log'', codes => ARRAY[''y''])', 'SELECT ''transform log 3''::pipeline', 'SELECT ''transform clip 3''::pipeline',
	'SELECT run_pipeline(score_matrix_agg(''u'', ''x'', -1), ''i {x}'', ''impute mean; transform log'')', 'SELECT index_score(fit_agg(''transform log''::pipeline, ''i {x}''::framework, ''x'', 1), ''i {x}'', ARRAY[-1]::float8[])'
]) AS query;
SELECT transform(NULL, 'log') IS NULL, transform(m, NULL) IS NULL FROM two;
