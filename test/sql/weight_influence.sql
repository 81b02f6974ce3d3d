-- weight_influence(): against core's corr() of index_scores(), and with what
-- optimised_weights() says of the weights it finds.
CREATE SCHEMA test_weight_influence;
SET search_path = test_weight_influence, parindex;

CREATE TABLE field AS
SELECT score_matrix_agg('u' || u, c, v) AS m, 'I {A: 60 {a1: 3, a2: 1, a3: 0}, B: 40 [method geometric] {b1, b2}}'::framework AS fw
FROM (SELECT u, c, CASE c
		WHEN 'a1' THEN 50 + 40 * sin(u * 1.1)
		WHEN 'a2' THEN 50 - 30 * sin(u * 1.1) + 20 * cos(u * 2.7)
		WHEN 'a3' THEN 7
		WHEN 'b1' THEN CASE WHEN u % 8 > 0 THEN 50 + 40 * cos(u * 1.9) END
		ELSE 51 + 39 * cos(u * 1.9) + sin(u * u) END AS v
	FROM generate_series(1, 40) AS u, unnest(ARRAY['a1', 'a2', 'a3', 'b1', 'b2']) AS c) AS cell;

-- a3, of weight 0, is not there.
SELECT code, parent, weight, round(influence::numeric, 6) AS influence, round(correlation::numeric, 6) AS correlation, n,
	effective_weight, round(index_correlation::numeric, 6) AS index_correlation
FROM field, weight_influence(m, fw);
WITH score AS (
	SELECT unit, code, score FROM field, index_scores(m, fw)
), by_hand AS (
	SELECT a.code, b.code AS with_code, corr(a.score, b.score), count(*) FILTER (WHERE a.score IS NOT NULL AND b.score IS NOT NULL)
	FROM score AS a JOIN score AS b USING (unit) GROUP BY a.code, b.code
)
SELECT count(*), max(abs(correlation - p.corr)) < 1e-12 AS correlation, bool_and(n = p.count) AS n,
	max(abs(index_correlation - i.corr)) < 1e-12 AS index_correlation,
	max(abs(influence - p.corr ^ 2 / sum)) < 1e-12 AS influence
FROM (SELECT w.*, sum(correlation ^ 2) OVER (PARTITION BY parent) FROM field, weight_influence(m, fw) AS w) AS ours
JOIN by_hand AS p ON (p.code, p.with_code) = (ours.code, ours.parent)
JOIN by_hand AS i ON (i.code, i.with_code) = (ours.code, 'I');

-- Under weights that are found for them, influences are those that were asked for.
SELECT w.code, abs(w.influence - o.influence) < 1e-9 AS same, abs(w.weight - o.weight) < 1e-12 AS weight, abs(w.correlation - o.correlation) < 1e-9 AS correlation
FROM field CROSS JOIN optimised_weights(m, fw, 'I', '{A,B}', '{1,3}') AS o
CROSS JOIN LATERAL (SELECT with_weights(fw, array_agg(code), array_agg(weight)) AS weighted FROM optimised_weights(m, fw, 'I', '{A,B}', '{1,3}')) AS x
JOIN LATERAL weight_influence(m, weighted) AS w USING (code) ORDER BY code;

-- Nothing that varies; one unit.
SELECT * FROM weight_influence(E'v1 rows=3 columns=2\nunit,a,k\np,1,5\nq,2,5\nr,4,5', 'i {a, k}');
SELECT * FROM weight_influence(E'v1 rows=1 columns=2\nunit,a,k\np,1,5', 'i {a, k}');
SELECT count(*) FROM weight_influence(NULL, 'i {a}');
SELECT weight_influence(m, 'I {a1}') FROM field;
