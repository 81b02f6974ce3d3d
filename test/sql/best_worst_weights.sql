-- best_worst_weights(): against optima worked out in fractions elsewhere, over every
-- vertex of the plane of the best's and the worst's weight.
CREATE SCHEMA test_best_worst_weights;
SET search_path = test_best_worst_weights, parindex;

-- 14/61, 82/183, 7/61, 28/183, 10/183, xi 2/183; of 1/14, 9/28, 17/28, xi 1/28 (the
-- judgements of Rezaei 2016); 130/323, 140/969, 35/323, 40/969, 28/323, 70/323, xi 10/323.
CREATE TABLE answer (best_to_others float8[], others_to_worst float8[], weights float8[], xi float8, ratio float8);
INSERT INTO answer VALUES
	('{2,1,4,3,8}', '{4,8,2,3,1}', ARRAY[14 / 61.0, 82 / 183.0, 7 / 61.0, 28 / 183.0, 10 / 183.0], 2 / 183.0, 1 / 56.0),
	('{8,2,1}', '{1,5,8}', ARRAY[1 / 14.0, 9 / 28.0, 17 / 28.0], 1 / 28.0, 2 / 56.0),
	('{1,3,4,9,5,2}', '{9,4,2,1,2,6}', ARRAY[130 / 323.0, 140 / 969.0, 35 / 323.0, 40 / 969.0, 28 / 323.0, 70 / 323.0], 10 / 323.0, 3 / 72.0);
SELECT count(*) AS weights, max(abs(w.weight - weights[place])) < 1e-12 AS as_fractions, max(abs(w.xi - answer.xi)) < 1e-12 AS xi,
	max(abs(consistency_ratio - ratio)) < 1e-15 AS ratio, abs(sum(weight) - 1) < 1e-15 AS sum_is_1
FROM answer, best_worst_weights(best_to_others, others_to_worst) AS w
GROUP BY best_to_others;

-- Judgements that agree; two criteria; one; which is the best said.
SELECT place, round(weight::numeric, 12) AS weight, xi, consistency_ratio FROM best_worst_weights('{1,2,4,8}', '{8,4,2,1}');
SELECT place, round(weight::numeric, 12) AS weight, xi, consistency_ratio FROM best_worst_weights('{1,3}', '{3,1}');
SELECT * FROM best_worst_weights('{1}', '{1}');
SELECT place, round(weight::numeric, 12) AS weight, xi FROM best_worst_weights('{1,1,1}', '{1,1,1}', 2, 3);
SELECT place, round(weight::numeric, 12) AS weight, round(xi::numeric, 12) AS xi FROM best_worst_weights('{1,1,5}', '{5,4,1}', best => 1);

-- xi is what the weights leave; the order of criteria does not matter.
CREATE TABLE random AS
SELECT g, array_agg(b ORDER BY j) AS b, array_agg(o ORDER BY j) AS o, array_agg(b ORDER BY j DESC) AS b_back, array_agg(o ORDER BY j DESC) AS o_back
FROM (SELECT g, j, CASE j WHEN 1 THEN 1 WHEN 2 THEN 9 ELSE 2 + (g * j * 7 + g) % 7 END::float8 AS b,
		CASE j WHEN 1 THEN 9 WHEN 2 THEN 1 ELSE 2 + (g * j * 5 + j) % 7 END::float8 AS o
	FROM generate_series(1, 100) AS g, generate_series(1, 8) AS j) AS judgement
GROUP BY g;
SELECT count(*), max(abs(xi - left_over)) < 1e-14 AS xi FROM (
	SELECT g, w.xi, max(greatest(abs(best.weight - b[w.place] * w.weight), abs(w.weight - o[w.place] * worst.weight))) AS left_over
	FROM random CROSS JOIN best_worst_weights(b, o) AS w
	JOIN LATERAL best_worst_weights(b, o) AS best ON best.place = 1 JOIN LATERAL best_worst_weights(b, o) AS worst ON worst.place = 2
	GROUP BY g, w.xi) AS x;
SELECT max(abs(w.weight - back.weight)) < 1e-12 AS same
FROM random CROSS JOIN best_worst_weights(b, o) AS w JOIN LATERAL best_worst_weights(b_back, o_back) AS back ON back.place = 9 - w.place;
SELECT count(*) FROM best_worst_weights(NULL, '{1}');

SELECT best_worst_weights('{1,2}', '{2,1,3}');
SELECT best_worst_weights('{}', '{}');
SELECT best_worst_weights('{1,NULL}', '{2,1}');
SELECT best_worst_weights('{1,0.5}', '{2,1}');
SELECT best_worst_weights('{1,NaN}', '{2,1}');
SELECT best_worst_weights('{2,3}', '{2,1}');
SELECT best_worst_weights('{1,1,5}', '{5,4,1}');
SELECT best_worst_weights('{1,2,5}', '{5,4,1}', best => 2);
SELECT best_worst_weights('{1,2,5}', '{5,4,1}', worst => 4);
SELECT best_worst_weights('{1,2,5}', '{6,4,1}');
