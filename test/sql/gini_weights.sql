-- gini_weights(): against the sum over all pairs, and the same bits whatever the
-- order of rows.
CREATE SCHEMA test_gini_weights;
SET search_path = test_gini_weights, parindex;

-- Of 450, 10, 100, 220, 5 the pairs' distances sum to 2 * 2200, over 2 * 25 * 157.
SELECT code, round(weight::numeric, 12) AS weight, round(gini::numeric, 12) AS gini
FROM gini_weights(E'v1 rows=5 columns=4\nunit,c1,c2,c3,c4\na1,450,8000,54,145\na2,10,9100,2,160\na3,100,8200,31,153\na4,220,9300,1,162\na5,5,8400,23,158')
ORDER BY code;

CREATE TABLE cell AS
SELECT 'u' || u AS unit, 'c' || c AS code,
	CASE WHEN (u * c + u) % 11 > 0 THEN round((99 * abs(sin(u * c * 1.7 + c)))::numeric, 1) END AS value
FROM generate_series(1, 60) AS u, generate_series(1, 6) AS c;
WITH pair AS (
	SELECT code, sum(abs(a.value - b.value)) / (2 * count(*) * avg(a.value)) AS gini
	FROM cell AS a JOIN cell AS b USING (code)
	WHERE a.value IS NOT NULL AND b.value IS NOT NULL
	GROUP BY code
)
SELECT count(*), max(abs(ours.gini - pair.gini::float8)) < 1e-15 AS gini,
	max(abs(ours.weight - (pair.gini / (SELECT sum(gini) FROM pair))::float8)) < 1e-15 AS weights
FROM pair JOIN (
	SELECT ours.* FROM (SELECT score_matrix_agg(unit, code, value::float8) AS m FROM cell) AS x, gini_weights(m) AS ours
) AS ours USING (code);

-- All with one unit; all equal; all 0; one value; none; nothing that varies.
SELECT * FROM gini_weights(E'v1 rows=4 columns=6
unit,one_has_all,even,zero,single,none,uneven
a,7,0.1,0,4,,0
b,0,0.1,0,,,1
c,0,0.1,0,,,
d,0,0.1,0,,,3') ORDER BY code;
SELECT * FROM gini_weights(E'v1 rows=2 columns=2\nunit,a,b\np,1,\nq,1,');
SELECT count(*) FROM gini_weights(NULL);
SELECT round(gini::numeric, 12) AS gini FROM gini_weights(E'v1 rows=2 columns=2\nunit,a,b\np,1.7e308,5e-324\nq,1.7e308,0');

SELECT bool_and(float8send(x.weight) = float8send(y.weight)) AS same_bits
FROM (SELECT score_matrix_agg(unit, code, value::float8) AS m, score_matrix_agg(md5(unit), code, value::float8 * 1024) AS n FROM cell) AS matrices,
	gini_weights(m) AS x JOIN LATERAL gini_weights(n) AS y USING (code);

SELECT gini_weights(E'v1 rows=2 columns=1\nunit,a\np,1\nq,-2');
