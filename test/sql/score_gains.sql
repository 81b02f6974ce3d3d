-- Gains of criteria under any method.
CREATE SCHEMA test_score_gains;
SET search_path = test_score_gains, parindex;
\getenv abs_srcdir PG_ABS_SRCDIR
\set helpers :abs_srcdir '/helpers.sql'
\i :helpers

CREATE TABLE cell AS SELECT 'u' || i AS unit, code, CASE WHEN hashint4(i * 5 + k) % 9 <> 0 THEN abs(hashint4(i * 11 + k)) % 90 + 5.0 END AS value, 1 + i % 2 AS period
FROM generate_series(1, 24) AS i, (VALUES ('a', 1), ('b', 2), ('c', 3), ('d', 4), ('e', 5)) AS c (code, k);
CREATE TABLE field AS SELECT score_matrix_agg(unit, code, value, NULL, period) AS matrix FROM cell;
-- Of two factors under a geometric mean, by hand: the mean over both orders.
SELECT code, score, average, gain, CASE code WHEN 'a' THEN ((sqrt(10.0 * 55) - sqrt(25.0 * 55)) + (sqrt(10.0 * 90) - sqrt(25.0 * 90))) / 2 WHEN 'b' THEN ((sqrt(25.0 * 90) - sqrt(25.0 * 55)) + (sqrt(10.0 * 90) - sqrt(10.0 * 55))) / 2
	ELSE sqrt(10.0 * 90) - sqrt(25.0 * 55) END AS by_hand
FROM score_gains((SELECT score_matrix_agg(u, c, v) FROM (VALUES ('u', 'a', 10.0), ('u', 'b', 90), ('v', 'a', 40), ('v', 'b', 20)) AS t (u, c, v)), 'i [method geometric] {a, b}') WHERE unit = 'u';
-- Arithmetic: those of decompose(), where all is there; else weight times difference.
SELECT count(*) AS leaves, count(*) FILTER (WHERE abs(g.gain - d.gain) > 1e-12) AS differ
FROM (SELECT score_matrix_agg(unit, code, coalesce(value, 50)) AS matrix FROM cell) AS m, LATERAL score_gains(matrix, 'i {A: 2 {a, b: 3}, c, D {d, e}}') AS g JOIN LATERAL decompose(matrix, 'i {A: 2 {a, b: 3}, c, D {d, e}}') AS d USING (unit, code);
-- Gains add up at every node, under every method, with cells missing.
WITH gains AS (
	SELECT f, g.* FROM field, unnest(ARRAY['i {A: 2 {a, b: 3}, c, D {d, e}}', 'i [method geometric] {A [method harmonic] {a, b}, c, D [method min] {d, e}}', 'i {A [method owa, order (2, 1)] {a, b}, c [veto 20 cap 30], D [method product] {d: 0.5, e: 0.5}}',
		'i [method power, power 3] {A [method penalised_mean] {a, b}, c, D [method max, missing zero] {d, e}}', 'i [round 1] {A [best 1] {a, b, c}, D [direction -1, scale 100, floor 10, method median] {d, e}}', 'i [method geometric, zeros zero] {A {a, b: 0}, B [own_value first] {c}, D {d, e}}']) AS f, score_gains(matrix, f::framework) AS g
)
SELECT f, count(*) AS nodes, count(*) FILTER (WHERE abs(p.gain - c.gain) > 1e-9) AS differ, count(*) FILTER (WHERE p.gain IS NULL AND p.score IS NOT NULL) AS without, count(*) FILTER (WHERE p.depth = 0 AND abs(p.score - p.average - p.gain) > 1e-12) AS roots_differ
FROM gains AS p JOIN (SELECT f, unit, parent, sum(gain) AS gain FROM gains WHERE score IS NOT NULL GROUP BY 1, 2, 3) AS c USING (f, unit) WHERE c.parent = p.code AND (p.gain <> 0 OR p.gain IS NULL) GROUP BY f ORDER BY f;
SELECT unit, code, score, average, gain FROM score_gains((SELECT score_matrix_agg(u, c, v) FROM (VALUES ('x', 'a', 10.0), ('x', 'B', 90), ('y', 'a', 40), ('y', 'b', 20), ('z', 'c', 1)) AS t (u, c, v)), 'i {a, B [own_value first] {b, c}}');
SELECT error_of($$SELECT score_gains(matrix, 'i [rescale minmax] {a, b, c, d, e}') FROM test_score_gains.field$$), error_of($$SELECT score_gains(matrix, 'i {a}') FROM test_score_gains.field$$),
	error_of($$SELECT score_gains((SELECT score_matrix_agg(u, 'c' || i, i + u) FROM generate_series(1, 2) AS u, generate_series(1, 15) AS i), ('i [method geometric] {' || (SELECT string_agg('c' || i, ', ') FROM generate_series(1, 15) AS i) || '}')::framework)$$);
