-- The type pipeline: its text, what it refuses, and that it is the nested calls.
CREATE SCHEMA test_pipeline;
SET search_path = test_pipeline, parindex;
\getenv abs_srcdir PG_ABS_SRCDIR
\set helpers :abs_srcdir '/helpers.sql'
\i :helpers

-- Canonical text, which reads back as the same value.
SELECT written, written::pipeline::text AS canonical, written::pipeline::text::pipeline = written::pipeline AS same
FROM unnest(ARRAY[
	'', '  impute   mean ', 'impute constant 0.50 on (x)', 'impute median over periods;impute group_mean',
	'treat', 'treat winsorise 3 by group kurtosis 4 skewness 1.5', 'normalise minmax 0 100', 'normalise minmax 1 100 on all',
	'normalise scaled 0 10', 'normalise scaled 0 10 to 1 5', 'normalise goalposts 85 20 on ("mã số", a.b-c, "a ""b""")',
	'normalise minmax constant mid to 0 1 by group by period', 'normalise minmax base period 2019',
	'normalise distance_to_reference reference "Hà Nội"; normalise distance_to_target target 80 on (y)',
	'denominate deaths by births per 1000, doctors by population; drop (births, population); select (deaths); screen units 0.5 nonzero 0.25; screen criteria 1'
]) AS written;

SELECT * FROM pipeline_steps('impute group_mean; treat winsorise 5 then log; normalise goalposts 20 85 on (life, "x y"); drop (a)');

-- Each complaint names the step and the place.
SELECT text, error_of(format('SELECT %L::pipeline', text))
FROM unnest(ARRAY[
	'impute', 'impute guess', 'impute mean 3', 'impute constant', 'impute mean; normalize minmax', 'normalise minmax 1',
	'normalise minmax 5 5', 'normalise minmax 0 1 constant best', 'treat winsorise -1', 'treat skewness nan', 'normalise minmax on ()',
	'normalise minmax on (a, a)', 'normalise minmax on (a', 'impute mean impute mean', 'impute mean;', 'screen units 1.5', 'screen rows 1',
	'denominate a by b per 0', 'normalise minmax 0 1e999', 'normalise distance_to_reference', 'normalise minmax by year', 'drop x'
]) AS text;


CREATE TABLE field AS
SELECT
	score_matrix_agg('u' || i, c, CASE WHEN (i * j) % 7 = 0 THEN NULL ELSE ((i * 7919 * j) % 97)::float8 / 3 END, 'g' || i % 3, 2020 + i % 2) AS matrix,
	'i {x: 1, y: 2 [direction -1], z: 1}'::framework AS framework
FROM generate_series(1, 40) AS i, (VALUES ('x', 1), ('y', 2), ('z', 3)) AS c (c, j);

-- The bits of the nested calls.
SELECT run_pipeline(matrix, framework, 'impute group_mean; treat winsorise 5 then log; normalise minmax 1 100')
		= normalise(treat_outliers(impute(matrix, 'group_mean')), framework, 'minmax', 1, 100) AS a,
	run_pipeline(matrix, framework, 'impute mean over periods; normalise percentile_rank by group')
		= normalise(impute(matrix, 'mean', by_period => false), framework, 'percentile_rank', by_group => true) AS b,
	run_pipeline(matrix, framework, 'impute constant 3; normalise distance_to_reference reference u5 to 0 1')
		= normalise(impute(matrix, 'constant', 3), framework, 'distance_to_reference', 0, 1, reference_unit => 'u5') AS c,
	run_pipeline(matrix, framework, 'denominate x by z per 100, z by x; screen units 1') = screen(denominate(matrix, '{"x": ["z", 100], "z": "x"}'), 1) AS d,
	run_pipeline(matrix, framework, '') = matrix AS e
FROM field;
SELECT count(*) AS scores, count(*) FILTER (WHERE a IS DISTINCT FROM b) AS different
FROM field,
	LATERAL (SELECT array_agg(s ORDER BY unit, period, code) AS a FROM index_scores(matrix, framework, 'impute mean; normalise zscore') AS s) AS one,
	LATERAL (SELECT array_agg(s ORDER BY unit, period, code) AS b FROM index_scores(normalise(impute(matrix, 'mean'), framework, 'zscore'), framework) AS s) AS two;

-- A step without criteria is for those that no other step of its verb names; on all is for all.
SELECT p, c.code, round(min(c.value)::numeric, 3) AS least, round(max(c.value)::numeric, 3) AS greatest
FROM field, unnest(ARRAY['normalise minmax; normalise scaled 0 1000 on (x)', 'normalise minmax 0 1; normalise minmax 5 6 on all']) AS p,
	matrix_cells(run_pipeline(matrix, framework, p::pipeline)) AS c
GROUP BY p, c.code ORDER BY p DESC, c.code;

-- A base period makes the scale.
SELECT c.period, round(min(c.value)::numeric, 3) AS least, round(max(c.value)::numeric, 3) AS greatest
FROM field, matrix_cells(run_pipeline(matrix, framework, 'normalise minmax base period 2021')) AS c
WHERE c.code = 'z'
GROUP BY c.period ORDER BY c.period;

-- What each step did.
SELECT step, action, count(*) AS cells, count(DISTINCT unit) AS units, count(value_before) AS observed_before, count(value_after) AS observed_after
FROM field, pipeline_report(matrix, framework, 'impute mean; treat winsorise 2 then log; normalise minmax 0 1 on (x); screen units 1; drop (y)')
GROUP BY step, action ORDER BY step;
SELECT step, unit, period, code, round(value_before::numeric, 2) AS before, round(value_after::numeric, 2) AS after, status_before, status_after
FROM pipeline_report((SELECT score_matrix_agg(u, c, v) FROM (VALUES ('a', 'x', 1::float8), ('a', 'y', NULL), ('b', 'x', 3), ('b', 'y', 5), ('c', 'x', NULL)) AS t (u, c, v)),
	'i {x, y}', 'screen units 0.5; impute mean; drop (y)');

-- Errors of a run name the step; of criteria, which.
SELECT text, error_of(format('SELECT run_pipeline(matrix, framework, %L) FROM field', text))
FROM unnest(ARRAY['impute mean; normalise log_goalposts 1 50', 'normalise minmax on (w)', 'drop (x); normalise minmax 0 1 on (x)', 'impute mean; normalise distance_to_reference reference "nobody"',
	'denominate x by q', 'normalise minmax base period 1999', 'normalise rule']) AS text;
SELECT error_of('SELECT run_pipeline((SELECT score_matrix_agg(''a'', ''x'', 1)), ''i {x}'', ''impute group_mean'')');
SELECT run_pipeline(NULL::score_matrix, framework, 'impute mean') IS NULL, run_pipeline(matrix, framework, NULL::pipeline) IS NULL FROM field;
