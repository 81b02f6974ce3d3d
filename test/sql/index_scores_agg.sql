-- Scores of one unit a group: the rules for cells without a score, COINr's
-- numbers, and the same bits whatever the order and plan.
CREATE SCHEMA test_index_scores_agg;
SET search_path = test_index_scores_agg, parindex;
\getenv abs_srcdir PG_ABS_SRCDIR
\set helpers :abs_srcdir '/helpers.sql'
\i :helpers
\set load :abs_srcdir '/data/composite/load.sql'
\set ECHO none
\i :load
\set ECHO all

-- D1(60): a 50 of 50, b 0 of 10; D2(40): c 10 of 10, d(30) without a score, in
-- per cent of the maximum.
CREATE TABLE tree AS
SELECT 'PAR { D1: 60 { a: 50, b: 10 }, D2: 40 { c: 10, d: 30 } }'::framework AS fw;
CREATE TABLE cell (code text, value float8);
INSERT INTO cell VALUES ('a', 100), ('b', 0), ('c', 100);

SELECT * FROM score_rows((SELECT index_scores_agg(fw, code, value) FROM tree, cell), (SELECT fw FROM tree));

SELECT rule, d, round(index_score(scores, fw)::numeric, 10) AS score,
	round(index_score(scores, fw, 'D2')::numeric, 10) AS score_d2
FROM (
	SELECT rule, fw, d,
		index_scores_agg(fw, code, value, CASE WHEN code = 'd' THEN d END) AS scores
	FROM (VALUES ('renormalise'), ('excuse'), ('zero'), ('propagate'), ('error')) AS r(rule),
		(VALUES ('missing'), ('not_applicable')) AS s(d),
		LATERAL (SELECT with_missing(tree.fw, rule) AS fw FROM tree) AS f,
		(TABLE cell UNION ALL VALUES ('d', NULL::float8)) AS c
	WHERE rule <> 'error' OR d <> 'missing'
	GROUP BY rule, fw, d
) AS u
ORDER BY rule, d;

-- A leaf without a row is missing, as one with NULL.
SELECT bool_and(row(a.*) IS NOT DISTINCT FROM row(b.*)) AS absent_is_missing
FROM tree,
	LATERAL (SELECT index_scores_agg(fw, code, value) AS s FROM cell) AS u,
	LATERAL (SELECT index_scores_agg(fw, code, value) AS s FROM (TABLE cell UNION ALL VALUES ('d', NULL::float8)) AS c) AS v,
	score_rows(u.s, fw) AS a JOIN score_rows(v.s, fw) AS b USING (code);

-- Without any data there is no score, and nothing covered, whatever the rule.
SELECT rule, bool_and(score IS NULL AND leaves_observed = 0 AND weight_coverage = 0
		AND children_scored = 0) AS nothing, count(*)
FROM (VALUES ('renormalise'), ('excuse'), ('zero'), ('propagate')) AS r(rule),
	LATERAL (SELECT with_missing(tree.fw, rule) AS fw FROM tree) AS f,
	LATERAL (SELECT index_scores_agg(fw, code, NULL) AS s FROM (VALUES ('a')) AS c(code)) AS u,
	score_rows(s, fw)
GROUP BY rule
ORDER BY rule;
-- Nothing applicable: no coverage either.
SELECT count(*), bool_and(score IS NULL AND weight_coverage IS NULL AND children_expected = 0) AS nothing
FROM tree,
	LATERAL (SELECT index_scores_agg(fw, code, NULL, 'not_applicable') AS s FROM unnest('{a,b,c,d}'::text[]) AS code) AS u,
	score_rows(s, fw);

-- A zero for a missing child is no score of its own: min_children counts it out.
SELECT code, score, children_scored, children_expected, weight_coverage
FROM (SELECT 'PAR [missing zero, min_children 1] { D1 [missing zero] { a, b }, D2 [missing zero] { c } }'::framework AS fw) AS f,
	LATERAL (SELECT index_scores_agg(fw, code, 8) AS s FROM (VALUES ('a')) AS c(code)) AS u,
	score_rows(s, fw)
WHERE depth < 2;

-- Leaves at any depth, every method, floor and rounding (half-up in decimal).
SELECT code, score
FROM (SELECT 'I [method sum] { l: 0.5, ari { a1, a2: 2 }, geo [method geometric, floor 1] { g1, g2 },
		har [method harmonic] { h1, h2 }, pow [method power, power 2] { p1, p2 }, min [method min] { m1, m2 },
		max [method max] { x1, x2 }, med [method median] { d1, d2, d3, d4 },
		round [round 2] { r1 } }'::framework AS fw) AS f,
	LATERAL (
		SELECT index_scores_agg(fw, code, value) AS s
		FROM (VALUES ('l', 3), ('a1', 1), ('a2', 4), ('g1', 4), ('g2', -9), ('h1', 1), ('h2', 3), ('p1', 1),
			('p2', 7), ('m1', -3), ('m2', 9), ('x1', -3), ('x2', 9), ('d1', 100), ('d2', 1), ('d3', 3), ('d4', 2),
			('r1', 93.655)) AS c(code, value)
	) AS u,
	score_rows(s, fw)
WHERE depth < 2;

-- The composite example: every node of every unit, as COINr 1.1.14 has it.
CREATE TEMP TABLE composite AS
SELECT framework_agg(code, parent, weight, direction) AS fw FROM composite_framework;
WITH build(file, fw) AS (
	SELECT 'aggregate_a_amean', fw FROM composite
	UNION ALL SELECT 'aggregate_a_gmean', with_method(fw, 'geometric') FROM composite
	UNION ALL SELECT 'aggregate_a_hmean', with_method(fw, 'harmonic') FROM composite
	UNION ALL SELECT 'aggregate_missing_renormalise', fw FROM composite
	UNION ALL
	SELECT 'aggregate_missing_threshold_0.66',
		framework_agg(code, parent, weight, direction, NULL, method, missing, min_children, 0.66,
			round_digits, rescale, power, floor, rule)
	FROM composite, framework_nodes(fw)
),
unit AS (
	SELECT file, key, fw,
		index_scores_agg(fw, field, value::float8) FILTER (WHERE field LIKE 'D_\__') AS scores
	FROM build JOIN composite_answer USING (file)
	GROUP BY file, key, fw
)
SELECT unit.file, count(*) AS nodes, count(score) AS scored,
	bool_and(coalesce(abs(score - value::float8) <= 1e-9 * abs(value::float8), score IS NULL AND value IS NULL)) AS equal
FROM unit, score_rows(scores, fw) JOIN composite_answer AS answer ON field = code
WHERE answer.file = unit.file AND answer.key = unit.key
GROUP BY unit.file
ORDER BY unit.file;

-- The same bits in any order of rows, under other names, and from workers.
CREATE TABLE reading AS
SELECT u AS unit, k, 'D' || k % 4 || '.' || k AS code,
	CASE WHEN (u * 7 + k) % 11 > 0 THEN exp(5 * sin(u * k * 1.7)) END AS value,
	CASE WHEN (u + k) % 13 = 0 THEN 'not_applicable' END AS status
FROM generate_series(1, 500) AS u, generate_series(0, 19) AS k;
UPDATE reading SET value = NULL WHERE status IS NOT NULL;
CREATE TABLE big_tree AS
SELECT framework_agg(code, parent, weight, 1, NULL, method, missing, NULL, NULL, NULL, NULL, NULL, NULL, NULL) AS fw,
	framework_agg(translate(code, '0123456789', '9876543210'), translate(parent, '0123456789', '9876543210'),
		weight, 1, NULL, method, missing, NULL, NULL, NULL, NULL, NULL, NULL, NULL) AS renamed
FROM (
	SELECT 'I', NULL, 1, 'arithmetic', 'excuse'
	UNION ALL
	SELECT 'D' || d, 'I', 1 + d / 3.0, (ARRAY['arithmetic', 'geometric', 'harmonic', 'sum'])[1 + d],
		(ARRAY['renormalise', 'excuse', 'renormalise', 'excuse'])[1 + d]
	FROM generate_series(0, 3) AS d
	UNION ALL
	SELECT DISTINCT code, 'D' || k % 4, 0.1 + sqrt(k), NULL, NULL FROM reading
) AS n(code, parent, weight, method, missing);
CREATE TEMP TABLE answer AS
SELECT unit, index_scores_agg(fw, code, value, status ORDER BY k) AS scores,
	index_score(index_scores_agg(fw, code, value, status ORDER BY k), fw) AS score
FROM reading, big_tree
GROUP BY unit, fw;
SELECT count(score) > 400 AS scored, count(DISTINCT score) > 400 AS all_kinds FROM answer;
SELECT bool_and(float8send(index_score(s, fw)) IS NOT DISTINCT FROM float8send(score)) AS any_order
FROM big_tree, answer JOIN (
	SELECT unit, index_scores_agg(fw, code, value, status ORDER BY md5(code || unit)) AS s
	FROM reading, big_tree GROUP BY unit
) AS o USING (unit);
SELECT bool_and(float8send(index_score(s, renamed)) IS NOT DISTINCT FROM float8send(score)) AS renamed
FROM big_tree, answer JOIN (
	SELECT unit, index_scores_agg(renamed, translate(code, '0123456789', '9876543210'), value, status) AS s
	FROM reading, big_tree GROUP BY unit
) AS o USING (unit);
SELECT bool_and(s::text = scores::text) AS rolled_up, bool_and(scores::text::index_scores::text = scores::text) AS text_form
FROM answer JOIN (
	SELECT unit, rollup(s) AS s
	FROM (SELECT unit, k % 3, index_scores_agg(fw, code, value, status) AS s FROM reading, big_tree GROUP BY unit, k % 3) AS part
	GROUP BY unit
) AS o USING (unit);
BEGIN;
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
SET LOCAL max_parallel_workers_per_gather = 3;
SET LOCAL enable_indexscan = off;
ALTER TABLE reading SET (parallel_workers = 3);
SELECT plan_has('SELECT unit, index_scores_agg((SELECT fw FROM big_tree), code, value, status) FROM reading GROUP BY unit', 'Partial') AS in_workers;
CREATE TEMP TABLE from_workers AS
SELECT unit, index_scores_agg((SELECT fw FROM big_tree), code, value, status) AS s FROM reading GROUP BY unit;
SELECT count(*), bool_and(s::text = scores::text) AS same FROM answer JOIN from_workers USING (unit);
COMMIT;

-- Binary form.
SELECT current_setting('data_directory') || '/index_scores_test.bin' AS file \gset
CREATE TEMP TABLE received (unit int, s index_scores);
COPY from_workers TO :'file' (FORMAT binary);
COPY received FROM :'file' (FORMAT binary);
SELECT count(*), bool_and(r.s::text = w.s::text AND index_scores_send(r.s) = index_scores_send(w.s)) AS same
FROM received AS r JOIN from_workers AS w USING (unit);
SELECT setseed(0.5);
SELECT CASE WHEN outcome LIKE '22%' OR outcome IN ('08P01') THEN 'refused' ELSE outcome END AS result, count(*) > 20 AS many
FROM (SELECT s FROM received ORDER BY unit LIMIT 1) AS d, fuzz_bytes('index_scores', index_scores_send(s), 400) AS outcome
GROUP BY result
ORDER BY result;
SELECT format('rm %L', :'file') AS remove \gset
COPY (SELECT 1) TO PROGRAM :'remove';

-- Nothing to aggregate, and NULLs.
SELECT index_scores_agg(fw, code, value) IS NULL AS no_rows FROM tree, cell WHERE false;
SELECT (SELECT rollup(NULL::index_scores) FROM cell) IS NULL AS nothing, index_score(NULL, fw) IS NULL AS no_scores FROM tree;

-- Errors.
SELECT error
FROM unnest(ARRAY[
	$$('a', 1, NULL), ('a', 2, NULL)$$, $$('a', NULL, NULL), ('a', NULL, NULL)$$, $$('x', 1, NULL)$$,
	$$('D1', 1, NULL)$$, $$(NULL, 1, NULL)$$, $$('a', 'NaN', NULL)$$, $$('a', '-Infinity', NULL)$$,
	$$('a', 1, 'missing')$$, $$('a', NULL, 'observed')$$, $$('a', NULL, 'lost')$$]) AS v,
	string_to_table(error_of(format('SELECT index_scores_agg(fw, code, value::float8, status) FROM tree, (VALUES %s) AS v(code, value, status)', v)), ' | ') AS error;
SELECT error
FROM unnest(ARRAY[
	$$SELECT index_scores_agg(NULL, code, value) FROM cell$$,
	$$SELECT rollup(s) FROM (SELECT index_scores_agg(fw, code, value) AS s FROM tree, cell UNION ALL SELECT index_scores_agg(fw, 'b', 1) FROM tree) AS u$$,
	$$SELECT rollup(s) FROM (SELECT index_scores_agg(fw, code, value) AS s FROM tree, cell UNION ALL SELECT index_scores_agg('I { d }', 'd', 1) FROM tree) AS u$$,
	$$SELECT index_scores_agg(CASE code WHEN 'a' THEN fw ELSE with_missing(fw, 'zero') END, code, value) FROM tree, cell$$,
	$$SELECT index_score(index_scores_agg(fw, code, value), with_missing(fw, 'zero')) FROM tree, cell GROUP BY fw$$,
	$$SELECT index_score(index_scores_agg(fw, code, value), fw, 'x') FROM tree, cell GROUP BY fw$$,
	$$SELECT index_score(index_scores_agg(f, code, value), f) FROM tree, LATERAL (SELECT with_missing(fw, 'error') AS f) AS r, cell GROUP BY f$$,
	$$SELECT index_score(index_scores_agg(f, code, value), f) FROM tree, LATERAL (SELECT with_method(fw, 'geometric') AS f) AS r, cell GROUP BY f$$,
	$$SELECT index_score(index_scores_agg(f, code, value), f) FROM tree, LATERAL (SELECT with_method(fw, 'harmonic') AS f) AS r, cell GROUP BY f$$,
	$$SELECT index_score(index_scores_agg(f, code, value - 50), f) FROM tree, LATERAL (SELECT with_method(fw, 'power', NULL, 0.5) AS f) AS r, cell GROUP BY f$$,
	$$SELECT index_score(index_scores_agg('I [method sum] { a, b }', code, 1e308), 'I [method sum] { a, b }') FROM cell WHERE code IN ('a', 'b')$$,
	$$SELECT index_score(index_scores_agg('I [rescale zscore] { a }', 'a', 1), 'I [rescale zscore] { a }')$$,
	$$SELECT ''::index_scores$$,
	$$SELECT 'v1 framework=00000000000000000000000000000000 leaves=2 3=1'::index_scores$$,
	$$SELECT 'v1 framework=00000000000000000000000000000000 leaves=2 1=1 1=2'::index_scores$$,
	$$SELECT 'v1 framework=00000000000000000000000000000000 leaves=2 1=infinity'::index_scores$$,
	$$SELECT 'v1 framework=0000 leaves=2 1=infinity'::index_scores$$]) AS statement,
	string_to_table(error_of(statement), ' | ') AS error;
SELECT parindex.index_scores_add(NULL, fw, 'a', 1) FROM tree;
