-- A criterion of weight 0 is not there, under every method and missing rule; one
-- of maximum 0 is.
CREATE SCHEMA test_weight_zero;
SET search_path = test_weight_zero, parindex;

CREATE VIEW units AS
SELECT score_matrix_agg(u, c, v) AS matrix, score_matrix_agg(u, c, v) FILTER (WHERE c <> 'z') AS without
FROM (VALUES ('x', 'a', 6::float8), ('x', 'b', 9), ('x', 'z', 0), ('y', 'a', 5), ('y', 'b', 5), ('y', 'z', NULL),
	('w', 'a', NULL), ('w', 'b', NULL), ('w', 'z', 3)) AS t (u, c, v);

-- Every figure of the index is that without the criterion, in the matrix and in the aggregate.
WITH asked AS (
	SELECT method, missing, format('i [method %s%s, missing %s, min_share 0.6, floor 1] {a: 1, b: 3%s}', method,
			CASE method WHEN 'power' THEN ', power 2' ELSE '' END, missing, z)::framework AS framework, z = '' AS is_without
	FROM unnest(ARRAY['arithmetic', 'geometric', 'harmonic', 'power', 'min', 'max', 'median', 'sum']) AS method,
		unnest(ARRAY['renormalise', 'excuse', 'zero', 'propagate']) AS missing,
		unnest(ARRAY['', ', z: 0', ', z: 0 [missing error] {z1, z2}']) AS z
), answer AS (
	SELECT a.*, s.unit, row(s.score, s.children_scored, s.children_expected, s.leaves_observed, s.weight_coverage) AS figures
	FROM asked AS a, units AS u, index_scores(CASE WHEN a.framework::text ~ '\mz:.*\n?.*\}' AND NOT a.framework::text ~ 'z1' THEN u.matrix ELSE u.without END, a.framework) AS s
	WHERE s.depth = 0
)
SELECT count(*) AS compared, count(*) FILTER (WHERE a.figures IS DISTINCT FROM b.figures) AS different
FROM answer AS a
JOIN answer AS b USING (method, missing, unit)
WHERE a.is_without;

-- The criterion keeps a row of its own; what has no other data has no index.
SELECT s.unit, s.code, s.score, s.leaves_observed
FROM units, index_scores(matrix, 'i [missing zero] {a, b, z: 0}') AS s
ORDER BY s.unit, s.depth, s.code;

-- Where a criterion of weight 0 would be an error, it is none.
SELECT unit, code, score
FROM index_scores((SELECT score_matrix_agg(u, c, v) FROM (VALUES ('x', 'a', 4::float8), ('x', 'b', 9), ('x', 'z', 0), ('y', 'a', 5), ('y', 'b', 5)) AS t (u, c, v)),
	'i [method geometric, missing error] {a: 1, b: 1, z: 0}')
WHERE depth = 0 OR code = 'z';
SELECT index_score(index_scores_agg(f, c, v), f) AS score
FROM (SELECT 'i [method geometric, missing error] {a: 1, b: 1, z: 0}'::framework AS f) AS fw, (VALUES ('a', 6::float8), ('b', 9), ('z', 0)) AS x (c, v)
GROUP BY f;

-- What-if: leaving out by weight 0 says what remove_elements() says.
SELECT c.unit, c.score_a, c.score_b, c.rank_a, c.rank_b, c.rank_change
FROM units, compare_scores(matrix, 'i [method min] {a: 1, b: 1, z: 1}', 'i [method min] {a: 1, b: 1, z: 0}') AS c;

-- Aggregates.
SELECT weighted_geometric_mean(v, w), weighted_harmonic_mean(v, w), weighted_power_mean(v, w, 0.5)
FROM (VALUES (4::float8, 1::float8), (9, 1), (0, 0), (-3, 0), ('NaN', 0)) AS t (v, w);
SELECT weighted_geometric_mean(v, 0) FROM (VALUES (-1::float8)) AS t (v);
SELECT array_agg(m) FROM (
	SELECT weighted_geometric_mean(v, w) OVER (ORDER BY i ROWS 1 PRECEDING) AS m
	FROM (VALUES (1, 4::float8, 1::float8), (2, -9, 0), (3, 9, 1), (4, 0, 0)) AS t (i, v, w)) AS x;

-- Points: weight 0 takes points and maximum out alike; maximum 0 is extra credit.
SELECT name, (SELECT points FROM point_rows(state, f) WHERE depth = 0) AS points, index_percent(state, f) AS percent
FROM (
	SELECT name, f, index_points_agg(f, c, p) AS state
	FROM (VALUES
		('all', 'par {a: 60, b: 40}'::framework),
		('b left out', with_weights('par {a: 60, b: 40}', ARRAY['b'], ARRAY[0])),
		('b left out of declared maxima', with_weights('par [max 100] {a: 60 [max 60], b: 40 [max 40]}', ARRAY['b'], ARRAY[0])),
		('b extra', 'par {a: 60, b [max 0]}')) AS w (name, f),
		(VALUES ('a', 45::numeric), ('b', 40)) AS x (c, p)
	GROUP BY name, f) AS q
ORDER BY name;

-- A sum renormalises as points do: 10 of weight 1 stands for 4.
SELECT score FROM index_scores((SELECT score_matrix_agg(u, c, v) FROM (VALUES ('A', 'x', 10::float8), ('A', 'y', NULL)) AS t (u, c, v)),
	'i [method sum] {x: 1, y: 3}') WHERE depth = 0;
SELECT missing, score FROM unnest(ARRAY['renormalise', 'excuse', 'zero', 'propagate']) AS missing,
	index_scores((SELECT score_matrix_agg(u, c, v) FROM (VALUES ('A', 'x', 10::float8), ('A', 'y', NULL), ('A', 'w', 2)) AS t (u, c, v)),
	format('i [method sum, missing %s] {x: 1, y: 3, w: 0.5}', missing)::framework) WHERE depth = 0;

-- Contributions: none of what is not there, all of the index from the rest.
SELECT d.unit, d.code, d.contribution FROM units, decompose(matrix, 'i {a: 1, b: 1, z: 0}') AS d WHERE d.unit = 'x' ORDER BY d.code;
