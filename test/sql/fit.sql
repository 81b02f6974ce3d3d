-- Fitted pipelines: the same bits by matrix, long rows, wide rows, arrays and
-- single values; forms; what is refused.
CREATE SCHEMA test_fit;
SET search_path = test_fit, parindex;
\getenv abs_srcdir PG_ABS_SRCDIR
\set helpers :abs_srcdir '/helpers.sql'
\i :helpers

CREATE TABLE long AS
SELECT 'u' || i AS unit, 'g' || i % 3 AS unit_group, c AS code,
	CASE WHEN hashint4((i * 10 + j)::int) % 6 = 0 THEN NULL ELSE round((hashint4((i * 100 + j)::int) % 1000)::numeric / 7, 1)::float8 END AS value
FROM generate_series(1, 60) AS i, unnest(ARRAY['a', 'b', 'c', 'd', 'e']) WITH ORDINALITY AS c (c, j);
CREATE TABLE wide AS
SELECT unit, max(unit_group)::text AS unit_group, max(value) FILTER (WHERE code = 'a') AS a, max(value) FILTER (WHERE code = 'b') AS b,
	max(value) FILTER (WHERE code = 'c') AS c, max(value) FILTER (WHERE code = 'd') AS d, max(value) FILTER (WHERE code = 'e') AS e
FROM long GROUP BY unit;
CREATE TABLE field AS SELECT score_matrix_agg(unit, code, value, unit_group) AS matrix FROM long;

-- Frameworks plain and not, pipelines that need nothing, extremes, or all values.
CREATE TABLE asked AS
SELECT framework::framework, pipeline::pipeline
FROM unnest(ARRAY[
	'i {A: 2 {a: 1, b: 3}, B: 1 {c: 1, d: 1 [direction -1], e: 0}}',
	'i {A: 0.3 {a: 0.1, b: 0.7}, c: 0.123456789, d: 0.2, e: 1e-3}',
	'i [missing zero, min_children 2] {A: 2 [method median] {a, b, c}, B [missing excuse] {d, e [direction -1]}}',
	'i [missing propagate, round 3] {a, b: 2, c, d, e}'
]) AS framework,
unnest(ARRAY[
	'', 'normalise minmax', 'impute constant 3; normalise minmax 1 100', 'impute mean; normalise zscore',
	'impute median; treat winsorise 3 then log; normalise percentile_rank', 'normalise goalposts 0 100 on (a); normalise rank',
	'impute group_mean; impute mean; normalise minmax constant mid by group', 'normalise borda; normalise minmax 0 1 on all',
	'normalise scaled -200 200 to 0 1', 'screen units 0.7; normalise minmax', 'denominate a by b per 100; normalise minmax on (a, c); normalise zscore on (d)',
	'normalise fraction_of_maximum on (a); normalise distance_to_target target 50'
]) AS pipeline
WHERE pipeline NOT LIKE '%fraction%' OR framework LIKE '%propagate%';

CREATE TABLE fits AS
SELECT asked.*, fit(matrix, framework, pipeline) AS by_matrix, rowed, arrayed
FROM field, asked,
	LATERAL (SELECT fit_agg(pipeline, framework, w, unit_group) AS rowed FROM wide AS w) AS r,
	LATERAL (SELECT fit_agg(pipeline, framework, ARRAY['a', 'b', 'c', 'd', 'e'], ARRAY[a, b, c, d, e], unit_group) AS arrayed FROM wide) AS w;

-- Learned alike, from a matrix and from rows; exact in text and binary.
SELECT count(*) AS fits, count(*) FILTER (WHERE rowed <> by_matrix) AS rows_differ, count(*) FILTER (WHERE arrayed <> by_matrix) AS arrays_differ,
	count(*) FILTER (WHERE by_matrix::text::fitted_pipeline <> by_matrix) AS texts_differ, count(*) FILTER (WHERE pipeline_of(by_matrix) <> pipeline) AS pipelines_differ
FROM fits;
SELECT count(*) FILTER (WHERE fitted <> by_matrix) AS long_rows_differ
FROM fits, LATERAL (SELECT fit_agg(pipeline, framework, code, value, unit_group) AS fitted FROM long) AS l
WHERE pipeline::text !~ 'screen|denominate';

-- Applied alike: to the matrix, to arrays, to rows; and as the nested calls.
SELECT count(*) FILTER (WHERE run_fitted(matrix, framework, by_matrix) <> run_pipeline(matrix, framework, pipeline)) AS matrices_differ
FROM fits, field;
SELECT count(*) AS scores, count(s.score) AS not_null,
	count(*) FILTER (WHERE s.score IS DISTINCT FROM index_score(by_matrix, framework, w, unit_group)) AS rows_differ,
	count(*) FILTER (WHERE s.score IS DISTINCT FROM index_score(rowed, framework, ARRAY[a, b, c, d, e], unit_group)) AS arrays_differ
FROM fits, field, index_scores(matrix, framework, pipeline) AS s
JOIN wide AS w USING (unit)
WHERE s.depth = 0;
SELECT count(*) AS nodes, count(*) FILTER (WHERE row(s.score, s.children_scored, s.children_expected, s.leaves_observed, s.weight_coverage)
		IS DISTINCT FROM row(r.score, r.children_scored, r.children_expected, r.leaves_observed, r.weight_coverage)) AS different
FROM fits, field, fitted_scores(matrix, framework, by_matrix) AS s
JOIN wide AS w USING (unit), LATERAL (SELECT * FROM index_score_rows(by_matrix, framework, w, unit_group) AS r WHERE r.code = s.code) AS r;
SELECT count(*) AS cells, count(*) FILTER (WHERE c.value IS DISTINCT FROM fitted_score(by_matrix, l.code, l.value, l.unit_group)) AS different
FROM fits, field, matrix_cells(run_fitted(matrix, framework, by_matrix)) AS c
JOIN long AS l ON l.unit = c.unit AND l.code = c.code
WHERE pipeline::text !~ 'screen|denominate';

-- A few bits more or less make other sums; the quick ones are the exact ones.
SELECT count(*) AS scores, count(*) FILTER (WHERE s.score IS DISTINCT FROM index_score(f, framework, w)) AS different
FROM (
	SELECT score_matrix_agg('u' || i, 'c' || j, v) AS matrix, 'i {c1: 1, c2: 3, c3: 0.1, c4: 7}'::framework AS framework
	FROM generate_series(1, 2000) AS i, generate_series(1, 4) AS j, LATERAL (SELECT CASE WHEN i % 11 <> j THEN hashint8extended(i, j)::float8 / 1e15 END AS v) AS v) AS m,
	LATERAL (SELECT fit(matrix, framework, 'normalise minmax 0 1') AS f) AS f, fitted_scores(matrix, framework, f) AS s,
	LATERAL (SELECT max(value) FILTER (WHERE code = 'c1') AS c1, max(value) FILTER (WHERE code = 'c2') AS c2, max(value) FILTER (WHERE code = 'c3') AS c3, max(value) FILTER (WHERE code = 'c4') AS c4
		FROM (SELECT 'c' || j AS code, CASE WHEN substr(s.unit, 2)::int % 11 <> j THEN hashint8extended(substr(s.unit, 2)::int, j)::float8 / 1e15 END AS value FROM generate_series(1, 4) AS j) AS v) AS w
WHERE s.depth = 0 AND substr(s.unit, 2)::int <= 300;

-- Workers and order make no difference.
CREATE TABLE many AS
SELECT g AS id, (hashint4(g) % 97) / 7.0::float8 AS a, CASE WHEN g % 9 > 0 THEN (hashint4(g + 1) % 1009)::float8 END AS b, (hashint4(g + 2) % 13)::numeric AS c, 'g' || g % 2 AS unit_group
FROM generate_series(1, 20000) AS g;
ANALYZE many;
SET min_parallel_table_scan_size = 0; SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0;
CREATE TABLE serial (pipeline pipeline, fitted fitted_pipeline);
SET max_parallel_workers_per_gather = 0;
INSERT INTO serial SELECT p, (SELECT fit_agg(p, 'i {a, b: 2, c [direction -1]}'::framework, m, m.unit_group) FROM (SELECT * FROM many ORDER BY hashint4(id)) AS m)
FROM unnest(ARRAY['normalise minmax', 'impute group_median; treat winsorise 5 then log; normalise percentile_rank', 'normalise zscore by group']::pipeline[]) AS p;
SET max_parallel_workers_per_gather = 4;
EXPLAIN (COSTS OFF) SELECT fit_agg('normalise minmax'::pipeline, 'i {a, b: 2, c}'::framework, m) FROM many AS m;
SELECT s.pipeline, s.fitted = CASE s.pipeline::text
	WHEN 'normalise minmax' THEN (SELECT fit_agg('normalise minmax'::pipeline, 'i {a, b: 2, c [direction -1]}'::framework, m, m.unit_group) FROM many AS m)
	WHEN 'normalise zscore by group' THEN (SELECT fit_agg('normalise zscore by group'::pipeline, 'i {a, b: 2, c [direction -1]}'::framework, m, m.unit_group) FROM many AS m)
	ELSE (SELECT fit_agg('impute group_median; treat winsorise 5 then log; normalise percentile_rank'::pipeline, 'i {a, b: 2, c [direction -1]}'::framework, m, m.unit_group) FROM many AS m)
	END AS same
FROM serial AS s ORDER BY s.pipeline;
RESET max_parallel_workers_per_gather;

-- Last year's scale: 120 of 100 lies beyond, a new group has no scale.
SELECT fitted_score(f, 'x', 120) AS beyond, fitted_score(f, 'x', 50, 'new') AS new_group, fitted_score(f, 'x', 50, 'old') AS known, fitted_codes(f)
FROM (SELECT fit_agg('normalise minmax by group'::pipeline, 'i {x, y}'::framework, c, v, 'old') AS f
	FROM (VALUES ('x', 0::float8), ('x', 100), ('y', 1), ('y', 2)) AS t (c, v)) AS q;
SELECT f FROM (SELECT fit_agg('impute mean; treat winsorise 1 then log; normalise rank'::pipeline, 'i {x, y [direction -1]}'::framework, c, v) AS f
	FROM (VALUES ('x', 1::float8), ('x', 3), ('x', 3), ('x', NULL), ('y', 5), ('y', NULL)) AS t (c, v)) AS q;

-- Ranks where few values are met very often: they are kept with counts, and read again so.
SELECT index_score(f, 'i {x}', ARRAY[3]::float8[]) AS highest, index_score(f, 'i {x}', ARRAY[2]::float8[]) AS middle, f::text::fitted_pipeline = f AS same, length(f::text) < 1000 AS short
FROM (SELECT fit_agg('normalise percentile_rank'::pipeline, 'i {x}'::framework, 'x', g % 3 + 1) AS f FROM generate_series(1, 20000) AS g) AS q;

-- What was learned, as rows.
SELECT r.* FROM (SELECT fit_agg('impute group_mean; transform log1p on (x); treat winsorise 1 then log; normalise minmax by group'::pipeline, 'i {x, y}'::framework, c, v, g) AS f
	FROM (VALUES ('x', 1::float8, 'a'), ('x', 3, 'a'), ('x', NULL, 'a'), ('x', 9, 'b'), ('x', 0, 'b'), ('y', 5, 'a'), ('y', NULL, NULL)) AS t (c, v, g)) AS q, fitted_rows(f) AS r;

-- Different fitted pipelines from row to row.
SELECT f1.pipeline, index_score(by_matrix, framework, w, unit_group) = (SELECT score FROM field, fitted_scores(matrix, f1.framework, f1.by_matrix) WHERE unit = 'u8' AND depth = 0) AS same
FROM fits AS f1, wide AS w WHERE unit = 'u8' AND framework::text LIKE '%A: 2 {%' AND pipeline::text ~ 'minmax|rank' ORDER BY 1;

-- Refused.
SELECT query, error_of(query)
FROM unnest(ARRAY[
	'SELECT index_score(by_matrix, ''j {a, b, c, d, e}'', ARRAY[1,2,3,4,5]) FROM fits LIMIT 1',
	'SELECT index_score(by_matrix, framework, ARRAY[1,2,3]) FROM fits LIMIT 1',
	'SELECT index_score(by_matrix, framework, ARRAY[[1,2,3,4,5]]) FROM fits LIMIT 1',
	'SELECT index_score(by_matrix, framework, ARRAY[1,2,''NaN'',4,5]::float8[]) FROM fits LIMIT 1',
	'SELECT index_score(by_matrix, framework, row(1,2)) FROM fits LIMIT 1',
	'SELECT index_score(by_matrix, framework, t) FROM fits, (SELECT 1 AS a, 2 AS b, ''x''::text AS c, 4 AS d, 5 AS e) AS t LIMIT 1',
	'SELECT fitted_score(by_matrix, ''q'', 1) FROM fits LIMIT 1',
	'SELECT fitted_score(by_matrix, ''a'', ''Infinity'') FROM fits LIMIT 1',
	'SELECT fitted_score(by_matrix, ''a'', 1) FROM fits WHERE pipeline::text LIKE ''denominate%'' LIMIT 1',
	'SELECT run_fitted((SELECT score_matrix_agg(''u'', ''q'', 1)), framework, by_matrix) FROM fits LIMIT 1',
	'SELECT fit(matrix, framework, ''impute latest'') FROM field, asked LIMIT 1',
	'SELECT index_score(fit(matrix, ''i [rescale minmax] {a, b, c, d, e}'', ''normalise minmax''), ''i [rescale minmax] {a, b, c, d, e}'', ARRAY[1,2,3,4,5]) FROM field',
	'SELECT fit_agg(''impute linear''::pipeline, framework, code, value) FROM long, asked GROUP BY framework LIMIT 1',
	'SELECT fit_agg(''normalise minmax; denominate a by b''::pipeline, ''i {a, b}''::framework, w) FROM wide AS w',
	'SELECT fit_agg(''denominate a by b''::pipeline, ''i {a, b}''::framework, code, value) FROM long',
	'SELECT fit_agg(''normalise minmax''::pipeline, ''i [rescale minmax] {a, b}''::framework, code, value) FROM long',
	'SELECT fit_agg(''normalise minmax''::pipeline, ''i {a, b}''::framework, code, value) FROM long',
	'SELECT fit_agg(''normalise minmax''::pipeline, ''i {a, b}''::framework, ''a'', 1/0.0) FROM long',
	'SELECT fit_agg(''normalise minmax''::pipeline, ''i {a, b}''::framework, ''a'', ''NaN''::float8)',
	'SELECT fit_agg(p, ''i {a, b}''::framework, ''a'', 1) FROM unnest(ARRAY[''impute mean'', ''impute median'']::pipeline[]) AS p',
	'SELECT fit_agg(''impute mean''::pipeline, ''i {a, b}''::framework, c, ARRAY[1, 2]::float8[]) FROM (VALUES (ARRAY[''a'', ''b'']), (ARRAY[''b'', ''a''])) AS c (c)',
	'SELECT fit_agg(''impute mean''::pipeline, ''i {a, b}''::framework, ARRAY[''a'', ''a''], ARRAY[1, 2]::float8[])',
	'SELECT fit_agg(NULL::pipeline, ''i {a, b}''::framework, ''a'', 1)',
	'SELECT ''version 2''::fitted_pipeline', 'SELECT ''''::fitted_pipeline'
]) AS query;
SELECT fit_agg('impute mean'::pipeline, 'i {a}'::framework, 'a', 1) FROM long WHERE false;

-- Order and binary forms.
SELECT bool_and((a.by_matrix < b.by_matrix) = (b.by_matrix > a.by_matrix) AND (a.by_matrix <= b.by_matrix) = (b.by_matrix >= a.by_matrix)) AS ordered,
	bool_and((a.pipeline < b.pipeline) = (b.pipeline > a.pipeline) AND (a.pipeline <= b.pipeline) = (b.pipeline >= a.pipeline)) AS pipelines,
	bool_and((fitted_pipeline_send(a.by_matrix) = fitted_pipeline_send(b.by_matrix)) = (a.by_matrix = b.by_matrix)) AS bytes,
	min(get_byte(pipeline_send(a.pipeline), 0)) AS version
FROM fits AS a, fits AS b;
SELECT count(*) FROM fits, index_score_rows(by_matrix, framework, ARRAY[1, 2, 3, 4, 5]) WHERE pipeline::text = 'normalise minmax';
