-- Normalisation: the numbers of COINr, directions, groups, references, rules,
-- and what has no scale.
SET extra_float_digits = 1;
CREATE SCHEMA test_normalise;
SET search_path = test_normalise, parindex;
\getenv abs_srcdir PG_ABS_SRCDIR
\set load :abs_srcdir '/data/composite/load.sql'
\set ECHO none
\i :load
\set ECHO all

CREATE TEMP TABLE example AS
SELECT
	(SELECT score_matrix_agg(unit, code, value, unit_group) FROM composite_cell) AS matrix,
	(SELECT framework_agg(code, parent, weight, direction) FROM composite_framework) AS framework;

-- Answers of COINr 1.1.14, within 1e-9; ranks exactly. Missing stays missing.
CREATE FUNCTION pg_temp.near(a float8, b float8, tolerance float8 DEFAULT 1e-9) RETURNS boolean
	LANGUAGE sql IMMUTABLE
	RETURN coalesce(abs(a - b) <= tolerance * greatest(abs(b), 1e-3), a IS NULL AND b IS NULL);

CREATE TEMP TABLE asked (file text, matrix score_matrix);
INSERT INTO asked SELECT 'normalise_minmax', normalise(matrix, framework, 'minmax') FROM example;
INSERT INTO asked SELECT 'normalise_zscore', normalise(matrix, framework, 'zscore') FROM example;
INSERT INTO asked SELECT 'normalise_rank', normalise(matrix, framework, 'rank') FROM example;
INSERT INTO asked SELECT 'normalise_borda', normalise(matrix, framework, 'borda') FROM example;
INSERT INTO asked SELECT 'normalise_prank', normalise(matrix, framework, 'percentile_rank', 0, 1) FROM example;
INSERT INTO asked SELECT 'normalise_fracmax', normalise(matrix, framework, 'fraction_of_maximum', 0, 1)
	FROM (SELECT score_matrix_agg(unit, code, value) FROM composite_cell
		JOIN composite_framework USING (code) WHERE direction = 1) AS positive(matrix), (SELECT framework FROM example) AS f;
INSERT INTO asked SELECT 'normalise_dist2max', normalise(matrix, framework, 'distance_to_max', 0, 1) FROM example;
INSERT INTO asked SELECT 'normalised_1_100', normalise(matrix, framework, 'minmax', 1, 100)
	FROM (SELECT score_matrix_agg(key, field, value::float8) FROM composite_answer WHERE file = 'treat_default') AS treated(matrix),
		(SELECT framework FROM example) AS f;

SELECT asked.file, count(*) AS cells, count(cell.value) AS observed,
	bool_and(pg_temp.near(cell.value, answer.value::float8)) AS near,
	CASE WHEN asked.file IN ('normalise_rank', 'normalise_borda')
		THEN bool_and(cell.value IS NOT DISTINCT FROM answer.value::float8) END AS exact
FROM asked
CROSS JOIN matrix_cells(asked.matrix) AS cell
JOIN composite_answer AS answer
	ON answer.file = asked.file AND answer.key = cell.unit AND answer.field = cell.code
GROUP BY asked.file
ORDER BY asked.file;

-- The whole pipeline is one expression.
SELECT count(*) AS cells, bool_and(pg_temp.near(cell.value, answer.value::float8)) AS near
FROM example
CROSS JOIN matrix_cells(normalise(treat_outliers(impute(matrix, 'group_mean')), framework, 'minmax', 1, 100)) AS cell
JOIN composite_answer AS answer
	ON answer.file = 'normalised_1_100' AND answer.key = cell.unit AND answer.field = cell.code;

-- A small example: up and down say the same, but for their direction.
CREATE TEMP TABLE small AS
SELECT score_matrix_agg(unit, code, value, unit_group) AS matrix
FROM (VALUES ('A', 1, 'n'), ('B', 2, 'n'), ('C', 2, 's'), ('D', 5, 's'), ('E', NULL, 's')) AS v(unit, x, unit_group)
CROSS JOIN LATERAL (VALUES ('up', x), ('down', 10 - x)) AS cell(code, value);

CREATE TEMP TABLE tree AS
SELECT framework_agg(code, parent, 1, direction) AS framework
FROM (VALUES ('index', NULL, NULL), ('up', 'index', 1), ('down', 'index', -1)) AS v(code, parent, direction);

CREATE FUNCTION pg_temp.line(matrix score_matrix, wanted text) RETURNS text
	LANGUAGE sql
	RETURN (SELECT string_agg(unit || ' ' || coalesce(round(value::numeric, 4)::float8::text, status), ', ' ORDER BY unit, period)
		FROM matrix_cells(matrix) WHERE code = wanted);

SELECT method,
	pg_temp.line(normalise(matrix, framework, method, reference_unit => 'B', target => CASE code WHEN 'up' THEN 3 ELSE 7 END), code) AS result,
	code
FROM small, tree,
	unnest(ARRAY['minmax', 'zscore', 'rank', 'borda', 'percentile_rank', 'fraction_of_maximum', 'distance_to_max',
		'distance_to_target', 'distance_to_reference', 'scaled']) WITH ORDINALITY AS m(method, n),
	(VALUES ('up'), ('down')) AS c(code)
ORDER BY n, code DESC;

SELECT pg_temp.line(normalise(matrix, framework, 'scaled', scale_min => 1, scale_max => 5), 'up') AS up,
	pg_temp.line(normalise(matrix, framework, 'scaled', scale_min => 5, scale_max => 9), 'down') AS down
FROM small, tree;

-- A target or unit that nobody is worse than makes no scale; what all become may be said.
SELECT pg_temp.line(normalise(matrix, framework, 'distance_to_target', target => 1, constant => 'upper'), 'up') AS target,
	pg_temp.line(normalise(matrix, framework, 'distance_to_reference', reference_unit => 'A', constant => 'upper'), 'up') AS unit
FROM small, tree;

-- By group: each group has its own worst and best; no group is one, too.
SELECT pg_temp.line(normalise(matrix, framework, 'minmax', by_group => true), 'up') AS up,
	pg_temp.line(normalise(matrix, framework, 'rank', by_group => true), 'down') AS down
FROM small, tree;

SELECT pg_temp.line(normalise(matrix, framework, 'minmax', by_group => true), 'up') AS up
FROM tree, (
	SELECT score_matrix_agg(unit, 'up', value, unit_group)
	FROM (VALUES ('A', 1, 'n'), ('B', 3, 'n'), ('C', 10, NULL), ('D', 20, NULL), ('E', 30, NULL)) AS v(unit, value, unit_group)
) AS partly(matrix);

-- Against a reference: values beyond it lie beyond the ends, or are held.
CREATE TEMP TABLE earlier AS
SELECT score_matrix_agg(unit, code, value, unit_group) AS matrix
FROM (VALUES ('A', 1, 'n'), ('B', 2, 'n'), ('C', 2, 'n'), ('D', 3, 'n')) AS v(unit, x, unit_group)
CROSS JOIN LATERAL (VALUES ('up', x), ('down', 10 - x)) AS cell(code, value);

SELECT method,
	pg_temp.line(normalise(small.matrix, framework, method, reference => earlier.matrix, reference_unit => 'D'), 'up') AS up,
	pg_temp.line(normalise(small.matrix, framework, method, reference => earlier.matrix, reference_unit => 'D'), 'down') AS down
FROM small, earlier, tree,
	unnest(ARRAY['minmax', 'zscore', 'rank', 'percentile_rank', 'distance_to_reference']) WITH ORDINALITY AS m(method, n)
ORDER BY n;

-- A group that the reference lacks has no scale.
SELECT pg_temp.line(normalise(small.matrix, framework, 'minmax', by_group => true, reference => earlier.matrix), 'up') AS up
FROM small, earlier, tree;

-- Years share one scale; a reference gives that of another year.
CREATE TEMP TABLE years AS
SELECT period, score_matrix_agg(unit, 'up', value, NULL, period) AS matrix
FROM (VALUES ('A', 2023, 0), ('B', 2023, 10), ('A', 2024, 5), ('B', 2024, 20)) AS v(unit, period, value)
GROUP BY GROUPING SETS ((), (period));

SELECT pg_temp.line(normalise(every.matrix, framework, 'minmax'), 'up') AS one_scale,
	pg_temp.line(normalise(later.matrix, framework, 'minmax', reference => first.matrix), 'up') AS scale_of_2023,
	pg_temp.line(normalise(every.matrix, framework, 'distance_to_reference', reference_unit => 'A'), 'up') AS latest_of_a
FROM years AS every, years AS first, years AS later, tree
WHERE every.period IS NULL AND first.period = 2023 AND later.period = 2024;

-- What has no scale: constant, single, zero, empty; never NaN.
CREATE TEMP TABLE flat AS
SELECT score_matrix_agg(unit, code, value, NULL, NULL, status) AS matrix
FROM (VALUES
	('A', 'constant', 0.1, 'observed'), ('B', 'constant', 0.1, 'observed'), ('C', 'constant', 0.1, 'observed'),
	('B', 'single', 7, 'observed'), ('C', 'single', NULL, 'not_applicable'),
	('A', 'zeros', 0, 'observed'), ('B', 'zeros', 0, 'observed'),
	('A', 'empty', NULL, 'missing'), ('B', 'empty', NULL, 'not_applicable')) AS v(unit, code, value, status);

CREATE TEMP TABLE flat_tree AS
SELECT framework_agg(code, parent, 1, 1) AS framework
FROM (SELECT 'index', NULL UNION ALL
	SELECT unnest(ARRAY['constant', 'single', 'zeros', 'empty', 'absent']), 'index') AS v(code, parent);

SELECT method, asked, string_agg(code || ': ' || pg_temp.line(result, code), '; ' ORDER BY code) AS result
FROM flat, flat_tree,
	unnest(ARRAY['minmax', 'zscore', 'rank', 'borda', 'percentile_rank', 'fraction_of_maximum', 'distance_to_target'])
		WITH ORDINALITY AS m(method, n),
	unnest(ARRAY['null', 'mid']) AS asked,
	normalise(matrix, framework, method, CASE method WHEN 'zscore' THEN 0 ELSE 1 END, 100, constant => asked, target => 200) AS result,
	unnest(matrix_codes(result)) AS code
GROUP BY n, method, asked
ORDER BY n, asked DESC;

SELECT asked, pg_temp.line(normalise(matrix, framework, 'minmax', 1, 100, constant => asked), 'constant') AS result
FROM flat, flat_tree, unnest(ARRAY['null', 'lower', 'mid', 'upper', NULL]) AS asked;

-- The ends of a scale are met exactly.
SELECT count(*) AS scales, bool_and(min(value) = lower AND max(value) = upper) OVER () AS ends_met
FROM example, (VALUES (0::float8, 1::float8), (0.1, 0.7), (-1e-3, 1e9), (1, 100)) AS bound(lower, upper),
	matrix_cells(normalise(matrix, framework, 'minmax', lower, upper))
GROUP BY lower, upper, code
LIMIT 1;

-- Goalposts, of the criteria's rules; held at the ends.
CREATE TEMP TABLE rules AS
SELECT framework_agg(code, parent, NULL, direction, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, rule) AS framework
FROM (VALUES
	('index', NULL, NULL, NULL),
	('life', 'index', 1, 'goalposts from 20 to 85 max 100'),
	('income', 'index', 1, 'log goalposts from 100 to 75000 max 50'),
	('deaths', 'index', -1, 'goalposts from 40 to 0 max 10'),
	('share', 'index', 1, 'ratio from 50% to 90% max 2'),
	('steps', 'index', 1, '>0.9: 2, >=0.7: 1, else 0'),
	('faults', 'index', -1, '5 less 0.5 per occurrence'),
	('peers', 'index', 1, 'minmax max 3'),
	('fewer', 'index', -1, 'percentile max 4'),
	('z', 'index', 1, 'zscore lower is better'),
	('place', 'index', 1, 'rank'),
	('unit', 'index', 1, 'distance to unit "B" max 8'),
	('target', 'index', 1, 'distance to target 10 max 6')) AS v(code, parent, direction, rule);

CREATE TEMP TABLE ruled AS
SELECT score_matrix_agg(unit, code, value) AS matrix
FROM (VALUES ('A', 52.5, 100, 10, 0.7, 0.9, 3, 1, 10, 1, 5, 2, 4), ('B', 85, 75000, 0, 0.5, 0.7, 0, 2, 20, 2, 5, 6, 8),
	('C', 90, 2738.6127875258305, 50, 0.95, 0.69, 12, 5, 30, 3, 7, 10, 12)) AS v(unit, life, income, deaths, share, steps, faults, peers, fewer, z, place, unit_x, target)
CROSS JOIN LATERAL (VALUES ('life', life), ('income', income), ('deaths', deaths), ('share', share), ('steps', steps),
	('faults', faults), ('peers', peers), ('fewer', fewer), ('z', z), ('place', place), ('unit', unit_x), ('target', target)) AS cell(code, value);

SELECT code, rule, pg_temp.line(normalise(matrix, framework, 'rule'), code) AS points
FROM rules, ruled, framework_nodes(framework)
WHERE is_leaf;

-- The rules give what apply_rule() gives, to a child's own peers.
SELECT bool_and(pg_temp.near(cell.value,
	apply_rule(CASE WHEN node.direction < 0 AND node.code = 'fewer' THEN 'percentile max 4 lower is better' ELSE node.rule END::scoring_rule,
		raw.value, peer.value)::float8)) AS as_apply_rule
FROM rules
CROSS JOIN ruled
CROSS JOIN matrix_cells(normalise(matrix, framework, 'rule')) AS cell
JOIN framework_nodes(framework) AS node ON node.code = cell.code
JOIN matrix_cells(matrix) AS raw ON raw.unit = cell.unit AND raw.code = cell.code
JOIN (SELECT code, array_agg(value) FROM ruled, matrix_cells(matrix) GROUP BY code) AS peer(code, value) ON peer.code = cell.code
WHERE node.code <> 'unit';

CREATE TEMP TABLE posts AS
SELECT score_matrix_agg(unit, code, value) AS matrix
FROM ruled, matrix_cells(matrix)
WHERE code IN ('life', 'income', 'deaths', 'share');

SELECT code, pg_temp.line(normalise(posts.matrix, framework, 'goalposts', 0, 1), code) AS result
FROM rules, posts, unnest(matrix_codes(matrix)) AS code;

SELECT pg_temp.line(normalise(matrix, framework, 'log_goalposts', 0, 1), 'life') AS log_life
FROM rules, (SELECT score_matrix_agg(unit, code, value) FROM posts, matrix_cells(matrix) WHERE code = 'life') AS life(matrix);

-- Order and names of units change no bit.
CREATE TEMP TABLE shuffled AS
SELECT score_matrix_agg(md5(unit), code, value, md5(unit_group) ORDER BY md5(code || unit)) AS matrix
FROM composite_cell;

SELECT method, by_group, count(*) AS cells,
	bool_and(float8send(cell.value) IS NOT DISTINCT FROM float8send(other.value) AND cell.status = other.status) AS same_bits
FROM example
CROSS JOIN shuffled
CROSS JOIN unnest(ARRAY['minmax', 'zscore', 'rank', 'percentile_rank', 'distance_to_reference']) AS method
CROSS JOIN unnest(ARRAY[true, false]) AS by_group
CROSS JOIN matrix_cells(normalise(example.matrix, framework, method, by_group => by_group, reference_unit => 'A12',
	reference => (SELECT score_matrix_agg(key, field, value::float8, unit_group)
		FROM composite_answer JOIN (SELECT DISTINCT unit, unit_group FROM composite_cell) AS u ON u.unit = key
		WHERE file = 'impute_mean'))) AS cell
JOIN matrix_cells(normalise(shuffled.matrix, framework, method, by_group => by_group, reference_unit => md5('A12'),
	reference => (SELECT score_matrix_agg(md5(key), field, value::float8, md5(unit_group) ORDER BY md5(key || field))
		FROM composite_answer JOIN (SELECT DISTINCT unit, unit_group FROM composite_cell) AS u ON u.unit = key
		WHERE file = 'impute_mean'))) AS other
	ON other.unit = md5(cell.unit) AND other.code = cell.code
GROUP BY method, by_group
ORDER BY method, by_group;

-- Nor does the number of workers, from cells to scales.
CREATE TABLE spread AS
SELECT 'u' || u AS unit, 'D1_' || c AS code, exp(sin(u * c)) ^ c AS value
FROM generate_series(1, 500) AS u, generate_series(1, 5) AS c;
ALTER TABLE spread SET (parallel_workers = 2);
ANALYZE spread;

CREATE VIEW pipeline AS
SELECT normalise(treat_outliers(score_matrix_agg(unit, code, value)),
	'IDX { D1_1: 1, D1_2: 1 [direction -1], D1_3: 1, D1_4: 1, D1_5: 1 }', 'zscore') AS matrix
FROM spread;

SET max_parallel_workers_per_gather = 0;
CREATE TEMP TABLE alone AS SELECT matrix FROM pipeline;
SET max_parallel_workers_per_gather = 2;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
EXPLAIN (COSTS OFF) SELECT matrix FROM pipeline;
SELECT pipeline.matrix = alone.matrix AS same FROM pipeline, alone;
RESET max_parallel_workers_per_gather;
RESET parallel_setup_cost;
RESET parallel_tuple_cost;
RESET min_parallel_table_scan_size;

-- Points of a rule are those of apply_rule(), also where a double on the way would
-- be rounded: 4 * 0.003 / 0.8 is 0.015.
SELECT rule, count(*) AS cells, count(*) FILTER (WHERE value IS DISTINCT FROM apply_rule(rule::scoring_rule, x)::float8) AS others,
	max(value) FILTER (WHERE unit = '103') AS "0.103"
FROM unnest(ARRAY['ratio from 10% to 90%, max 4', 'goalposts from 0.1 to 0.9, max 4', 'distance to target 90% from 10%, max 4',
	'ratio from 90% to 10%, max 4', 'steps >=0.103: 1, else 0', 'points max 1']) WITH ORDINALITY AS r(rule, n),
	(SELECT score_matrix_agg(i::text, 'x', i / 1000.0) AS matrix FROM generate_series(1, 1000) AS i) AS thousand,
	matrix_cells(normalise(matrix, format('i { x [rule "%s"] }', rule)::framework, 'rule')),
	LATERAL (SELECT unit::int / 1000.0::float8 AS x) AS decimal
GROUP BY rule, n ORDER BY n;

-- Errors and NULL.
SELECT normalise(matrix, framework, 'nonsense') FROM small, tree;
SELECT normalise(matrix, framework, 'minmax', 100, 0) FROM small, tree;
SELECT normalise(matrix, framework, 'minmax', 0, 'Infinity') FROM small, tree;
SELECT normalise(matrix, framework, 'scaled', scale_min => 5, scale_max => 5) FROM small, tree;
SELECT normalise(matrix, framework, 'minmax', constant => 'none') FROM small, tree;
SELECT normalise(matrix, framework, 'distance_to_target') FROM small, tree;
SELECT normalise(matrix, framework, 'distance_to_target', target => 'Infinity') FROM small, tree;
SELECT normalise(matrix, framework, 'distance_to_reference') FROM small, tree;
SELECT normalise(matrix, framework, 'distance_to_reference', reference_unit => 'Z') FROM small, tree;
SELECT normalise(matrix, framework, 'distance_to_reference', reference_unit => 'E') FROM small, tree;
SELECT normalise(matrix, framework, 'goalposts') FROM small, tree;
SELECT normalise(matrix, framework, 'rule') FROM small, tree;
SELECT normalise(matrix, framework, 'minmax') FROM flat, tree;
SELECT normalise(score_matrix_agg('A', 'index', 1), framework, 'minmax') FROM tree GROUP BY framework::text, framework;
SELECT normalise(small.matrix, framework, 'minmax', reference => flat.matrix) FROM small, flat, tree;
SELECT normalise(matrix, framework, 'minmax', by_group => true) FROM flat, flat_tree;
SELECT normalise(score_matrix_agg('A', 'down', 0::float8) , framework, 'fraction_of_maximum', constant => 'mid') FROM tree GROUP BY framework::text, framework;
SELECT normalise(score_matrix_agg('A', 'income', 0::float8), framework, 'rule') FROM rules GROUP BY framework::text, framework;
SELECT normalise(score_matrix_agg('A', 'faults', 0.5::float8), framework, 'rule') FROM rules GROUP BY framework::text, framework;
SELECT normalise(score_matrix_agg(u, 'down', x), framework, 'fraction_of_maximum') FROM tree, (VALUES ('A', 0), ('B', 1)) AS v(u, x) GROUP BY framework::text, framework;
SELECT normalise(score_matrix_agg(u, 'up', x), framework, 'minmax') FROM tree, (VALUES ('A', -1.7e308), ('B', 1.7e308)) AS v(u, x) GROUP BY framework::text, framework;
SELECT normalise(score_matrix_agg(u, 'x', x), 'i { x: 1 [direction -1, rule "goalposts from 0 to 1 max 1"] }', 'goalposts') FROM (VALUES ('A', 0), ('B', 1)) AS v(u, x);
SELECT normalise(NULL, framework, 'minmax') IS NULL AS matrix, normalise(matrix, NULL, 'minmax') IS NULL AS framework,
	normalise(matrix, framework, NULL) IS NULL AS method, normalise(matrix, framework, 'minmax', NULL) IS NULL AS lower
FROM small, tree;
