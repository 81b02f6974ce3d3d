-- compare_scores(): a what-if, against ranked_scores() of each framework.
CREATE SCHEMA test_compare_scores;
SET search_path = test_compare_scores, parindex;

CREATE TABLE field AS
SELECT
	'I { A: 60 { a: 50, b: 10 }, B: 40 { c: 10, d: 30 } }'::framework AS framework,
	score_matrix_agg('u' || u, code, CASE WHEN (u + ascii(code)) % 9 > 0 THEN round(100 * abs(sin(u + ascii(code) * 2.1))::numeric, 1) END::float8,
		NULL, 2024 + u % 2) AS matrix
FROM generate_series(1, 60) AS u, unnest(ARRAY['a', 'b', 'c', 'd']) AS code;

CREATE TABLE compared AS
SELECT compared.*
FROM field, compare_scores(matrix, framework, with_weights(framework, ARRAY['A', 'd'], ARRAY[40, 5]), 1) AS compared;

SELECT * FROM compared ORDER BY period, rank_a LIMIT 3;

SELECT count(*) AS units,
	count(*) FILTER (WHERE (compared.score_a, compared.rank_a, compared.score_b, compared.rank_b, score_b - score_a, rank_a - rank_b)
		IS DISTINCT FROM (a.score, a.rank, b.score, b.rank, score_change, rank_change)) AS differences,
	count(*) FILTER (WHERE rank_change <> 0) AS moved, sum(score_change) <> 0 AS scores_move
FROM field
CROSS JOIN LATERAL ranked_scores(matrix, framework, 1) AS a
CROSS JOIN LATERAL ranked_scores(matrix, with_weights(framework, ARRAY['A', 'd'], ARRAY[40, 5]), 1) AS b
JOIN compared ON (compared.unit, compared.period) = (a.unit, a.period)
WHERE a.depth = 0 AND b.depth = 0 AND (a.unit, a.period) = (b.unit, b.period);

-- Places gained are positive: y climbs from 2 to 1.
SELECT unit, rank_a, rank_b, rank_change FROM compare_scores(
	(SELECT score_matrix_agg(unit, code, value)
	FROM (VALUES ('x', 'a', 9), ('x', 'b', 1), ('y', 'a', 5), ('y', 'b', 6)) AS cell(unit, code, value)),
	'I { a: 9, b: 1 }', 'I { a: 1, b: 9 }');

-- A unit that has a score under one framework only.
SELECT * FROM compare_scores(
	(SELECT score_matrix_agg(unit, code, value)
	FROM (VALUES ('u', 'a', 1), ('u', 'b', NULL), ('v', 'a', 2), ('v', 'b', 3)) AS cell(unit, code, value)),
	'I { a, b }', 'I [missing propagate] { a, b }');

-- What one framework leaves out has weight 0 there.
SELECT count(*) FROM field, compare_scores(matrix, framework, 'I { a, b, c }');
SELECT count(*) FROM field, compare_scores(matrix, framework, 'I { a, b, c, d: 0 }');

SELECT count(*) FROM field, compare_scores(matrix, framework, framework, 16);
SELECT count(*) FROM field, compare_scores(matrix, framework, NULL);
