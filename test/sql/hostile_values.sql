-- Bytes from hostile hands for score counts, pipelines and fitted pipelines: an error,
-- or a value that is sent as it came and that every function can read.
CREATE SCHEMA test_hostile_values;
SET search_path = test_hostile_values, parindex;
\getenv abs_srcdir PG_ABS_SRCDIR
\set helpers :abs_srcdir '/helpers.sql'
\i :helpers

SELECT setseed(0.25);
CREATE TABLE seed AS
SELECT score_counts(x, 2) AS counts FROM unnest(ARRAY[1.25, 1.25, 2, 93.66, -4, 'NaN', 'Infinity', NULL]::float8[]) AS x;
CREATE TABLE fits AS
SELECT pipeline, fit_agg(pipeline::pipeline, 'i {x, y: 2 [direction -1]}'::framework, c, v, g) AS fitted
FROM unnest(ARRAY['normalise minmax', 'impute group_mean; transform log1p on (x); treat winsorise 1 then log; normalise minmax by group',
		'impute median; transform boxcox on (x); normalise percentile_rank; normalise zscore 100 10 on (y)']) AS pipeline,
	(VALUES ('x', 1::float8, 'a'), ('x', 3, 'a'), ('x', NULL, 'a'), ('x', 9, 'b'), ('x', 2, 'b'), ('y', 5, 'a'), ('y', 7, 'b')) AS t (c, v, g)
GROUP BY pipeline;

SELECT CASE WHEN outcome LIKE '22%' OR outcome = '08P01' THEN 'refused' ELSE outcome END AS result, count(*) > 0 AS met
FROM seed, fuzz_bytes('score_counts', score_counts_send(counts), 400,
	'v, (SELECT rollup(w) FROM unnest(ARRAY[v]) AS w), rank_in(v, 2.0::float8), percentile_in(v, 2::numeric), tied_in(v, 1.25::float8), group_in(v, 2.0::float8, 3), (SELECT count(*) FROM score_counts_rows(v))') AS outcome
GROUP BY result ORDER BY result;
SELECT CASE WHEN outcome LIKE '22%' OR outcome = '08P01' THEN 'refused' ELSE outcome END AS result, count(*) > 0 AS met
FROM fits, fuzz_bytes('pipeline', pipeline_send(pipeline::pipeline), 150, 'v, (SELECT count(*) FROM pipeline_steps(v))') AS outcome
GROUP BY result ORDER BY result;
SELECT CASE WHEN outcome LIKE '22%' OR outcome = '08P01' THEN 'refused' ELSE outcome END AS result, count(*) > 0 AS met
FROM fits, fuzz_bytes('fitted_pipeline', fitted_pipeline_send(fitted), 400,
	'v, pipeline_of(v), fitted_codes(v), (SELECT count(*) FROM fitted_rows(v)), index_score(v, ''i {x, y: 2 [direction -1]}'', ARRAY[2, 6]::float8[], ''a'')') AS outcome
GROUP BY result ORDER BY result;
