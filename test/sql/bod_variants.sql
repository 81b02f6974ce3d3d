-- bod_common_scores(), bod_directional_scores(), bod_robust_scores(): against every
-- vertex of problems with two criteria, bod_scores(), and expectations in numeric.
CREATE SCHEMA test_bod_variants;
SET search_path = test_bod_variants, parindex;
SET extra_float_digits = -3;

CREATE TABLE flat AS
SELECT u, 2020 + u % 3 AS period,
	CASE WHEN u % 11 > 0 THEN round((100 * abs(sin(u * 1.7)))::numeric, 1)::float8 END AS a,
	CASE WHEN u % 13 > 0 THEN 1e6 * abs(cos(u * 2.3)) END AS b
FROM generate_series(1, 120) AS u;
CREATE TABLE matrices AS
SELECT score_matrix_agg('u' || u, code, value, NULL, period) AS m, score_matrix_agg(md5(u::text), code, value, NULL, period) AS renamed
FROM flat, LATERAL (VALUES ('a', a), ('b', b)) AS cell(code, value);

-- Vertices of the weights under which no unit exceeds 1.
CREATE TABLE vertex AS
WITH value AS (
	SELECT u, period, coalesce(a, 0) AS a, coalesce(b, 0) AS b FROM flat
), vertex AS (
	SELECT period, 1 / max(a) AS wa, 0 AS wb FROM value GROUP BY period
	UNION ALL
	SELECT period, 0, 1 / max(b) FROM value GROUP BY period
	UNION ALL
	SELECT x.period, (y.b - x.b) / det, (x.a - y.a) / det
	FROM value AS x JOIN value AS y ON x.period = y.period AND x.u < y.u,
		LATERAL (VALUES (x.a * y.b - y.a * x.b)) AS d(det)
	WHERE det <> 0
)
SELECT vertex.* FROM vertex JOIN value USING (period)
WHERE wa >= 0 AND wb >= 0
GROUP BY period, wa, wb HAVING max(wa * a + wb * b) < 1 + 1e-12;

-- Common weights: that vertex under which the mean unit scores most.
WITH best AS (
	SELECT DISTINCT ON (period) period, wa, wb
	FROM vertex JOIN (SELECT period, avg(a) AS mean_a, avg(b) AS mean_b FROM flat GROUP BY period) AS mean USING (period)
	ORDER BY period, wa * mean_a + wb * mean_b DESC
)
SELECT count(DISTINCT unit) AS units, max(abs(score - (wa * coalesce(a, 0) + wb * coalesce(b, 0)))) < 2e-10 AS scores,
	max(abs(weight - w)) < 1e-9 AND max(abs(weight / nullif(w, 0) - 1)) < 1e-9 AS weights, max(score) AS best
FROM matrices CROSS JOIN bod_common_scores(m) AS ours JOIN flat ON ours.unit = 'u' || u JOIN best ON best.period = ours.period,
	LATERAL (SELECT CASE code WHEN 'a' THEN wa ELSE wb END AS w) AS w;
-- With bounds, of the mean unit's shares; by code.
SELECT period, count(DISTINCT unit) AS units, count(DISTINCT weight) FILTER (WHERE code = 'a' AND weight IS NOT NULL) AS weights, max(score) AS best,
	bool_and(score <= own) AS not_above_own
FROM matrices, bod_common_scores(m, 0.3, 0.7) AS ours JOIN LATERAL (SELECT DISTINCT unit, score AS own FROM bod_scores(m)) AS own USING (unit)
GROUP BY period ORDER BY period;
SELECT unit, code, round(score::numeric, 9) AS score, round(weight::numeric, 9) AS weight, round(share::numeric, 9) AS share
FROM bod_common_scores(E'v1 rows=3 columns=2\nunit,a,b\np,4,1\nq,2,\nr,0,5', '{b}'::text[], '{0.6}', '{1}');
SELECT unit, score, weight FROM bod_common_scores(E'v1 rows=3 columns=1\nunit,a\np,4\nq,\nr,0');
SELECT count(*) FROM bod_common_scores(E'v1 rows=0 columns=1\nunit,a');
SELECT unit, score FROM bod_common_scores(E'v1 rows=2 columns=2\nunit,a,b\np,,\nq,0,0', 0.1, 0.9) WHERE code = 'a';
SELECT bod_common_scores(m, 0.6, 1) FROM matrices;
SELECT bod_common_scores(E'v1 rows=2 columns=1\nunit,a\np,1\nq,-1');

-- Directional: the least of (1 - score under a vertex) / worth of the direction.
CREATE TABLE directional AS
SELECT s.* FROM matrices, bod_directional_scores(m, '{a,b}', '{30,2e5}') AS s;
WITH by_hand AS (
	SELECT u, min((1 - wa * coalesce(a, 0) - wb * coalesce(b, 0)) / (wa * 30 + wb * 2e5)) AS distance
	FROM flat JOIN vertex USING (period) GROUP BY u
)
SELECT count(*) AS units, max(abs(ours.distance - by_hand.distance)) < 1e-9 AS as_all_vertices, max(abs(score - 1 / (1 + by_hand.distance))) < 1e-9 AS scores,
	count(*) FILTER (WHERE score = 1) AS best
FROM by_hand JOIN (SELECT DISTINCT unit, score, distance FROM directional) AS ours ON ours.unit = 'u' || u;
SELECT count(*), max(abs(worth - 1)) < 1e-9 AS worth_of_direction
FROM (SELECT sum(weight * CASE code WHEN 'a' THEN 30 ELSE 2e5 END) AS worth, count(weight) AS n FROM directional GROUP BY unit) AS x WHERE n = 2;
-- In the direction of its own values a unit scores as by bod_scores(); in that of one criterion the other is held.
SELECT count(*), max(abs(x.score - y.score)) < 1e-9 AS as_bod_scores
FROM flat CROSS JOIN matrices CROSS JOIN LATERAL bod_directional_scores(m, '{a,b}', ARRAY[a, b]) AS x
JOIN LATERAL bod_scores(m) AS y USING (unit, code)
WHERE flat.u <= 10 AND x.unit = 'u' || u AND code = 'a';
SELECT unit, code, score, weight, distance FROM bod_directional_scores(E'v1 rows=4 columns=2\nunit,a,b\np,4,0\nq,0,2\nr,1,1\ns,0,0', '{a}', '{2}');
SELECT unit, score, distance FROM bod_directional_scores(E'v1 rows=3 columns=1\nunit,a\np,0\nq,\nr,0', '{a}', '{2}');
SELECT count(*) FROM bod_directional_scores(E'v1 rows=0 columns=1\nunit,a', '{a}', '{1}');
-- A power of two as unit of measure, and what units are called, change no bit.
WITH other AS (
	SELECT score_matrix_agg(md5(u::text), code, value, NULL, period) AS m
	FROM flat, LATERAL (VALUES ('a', a * 2.0 ^ 300), ('b', b / 2.0 ^ 40)) AS cell(code, value)
)
SELECT count(*), bool_and(float8send(x.score) IS NOT DISTINCT FROM float8send(y.score) AND float8send(x.distance) IS NOT DISTINCT FROM float8send(y.distance)
	AND float8send(x.share) IS NOT DISTINCT FROM float8send(y.share)) AS same_bits
FROM directional AS x JOIN (SELECT s.* FROM other, bod_directional_scores(m, '{a,b}', ARRAY[30 * 2.0 ^ 300, 2e5 / 2.0 ^ 40]) AS s) AS y
	ON y.unit = md5(substr(x.unit, 2)) AND x.code = y.code;
SELECT bod_directional_scores(m, '{a,b}', '{0,0}') FROM matrices;
SELECT bod_directional_scores(m, '{a}', '{-1}') FROM matrices;
SELECT bod_directional_scores(m, '{c}', '{1}') FROM matrices;
SELECT bod_directional_scores(m, '{a,b}', '{1}') FROM matrices;

-- Order m: the expected greatest reach of m of the n units, in numeric.
WITH value AS (
	SELECT u, period, coalesce(a, 0)::numeric AS a, coalesce(b, 0)::numeric AS b FROM flat WHERE coalesce(a, b) IS NOT NULL
), reach AS (
	SELECT x.u, least(CASE WHEN x.a > 0 THEN y.a / x.a END, CASE WHEN x.b > 0 THEN y.b / x.b END) AS v
	FROM value AS x JOIN value AS y USING (period) WHERE x.a > 0 OR x.b > 0
), placed AS (
	SELECT u, v, row_number() OVER w AS k, count(*) OVER (PARTITION BY u) AS n FROM reach WINDOW w AS (PARTITION BY u ORDER BY v)
), expected AS (
	SELECT m, u, 1 / sum(v * ((k::numeric / n) ^ m - ((k - 1)::numeric / n) ^ m)) AS score
	FROM placed, unnest(ARRAY[1, 5, 20]) AS m GROUP BY m, u
)
SELECT expected.m, count(*), max(abs(ours.score / expected.score::float8 - 1)) < 1e-13 AS same, count(*) FILTER (WHERE ours.score > 1) AS above_1
FROM matrices CROSS JOIN unnest(ARRAY[1, 5, 20]) AS size
CROSS JOIN LATERAL bod_robust_scores(matrices.m, size) AS ours JOIN expected ON expected.m = size AND ours.unit = 'u' || u
GROUP BY expected.m ORDER BY expected.m;
-- With m large nobody is above 1, and all are 1 whom nobody outdoes in everything.
SELECT count(*), max(score) <= 1 + 1e-12 AS none_above_1, bool_and((abs(score - 1) < 1e-9) = undominated) AS those_are_1
FROM matrices CROSS JOIN bod_robust_scores(m, 1000000) AS ours JOIN (
	SELECT x.u, NOT EXISTS (SELECT FROM flat AS y WHERE y.period = x.period AND coalesce(y.a, 0) > coalesce(x.a, 0) AND coalesce(y.b, 0) > coalesce(x.b, 0)) AS undominated
	FROM flat AS x WHERE a IS NOT NULL AND b IS NOT NULL) AS x ON ours.unit = 'u' || u;
-- Draws come near that, are those of the seed, and others of another.
SELECT max(abs(drawn.score / expected.score - 1)) < 0.03 AS near, bool_and(drawn.score = again.score) AS same, bool_or(drawn.score <> other.score) AS others
FROM matrices CROSS JOIN bod_robust_scores(m, 10) AS expected
JOIN LATERAL bod_robust_scores(m, 10, 5000, 42) AS drawn USING (unit)
JOIN LATERAL bod_robust_scores(m, 10, 5000, 42) AS again USING (unit)
JOIN LATERAL bod_robust_scores(m, 10, 5000, 43) AS other USING (unit);
SELECT count(*), bool_and(float8send(x.score) IS NOT DISTINCT FROM float8send(y.score)) AS same_bits
FROM matrices CROSS JOIN bod_robust_scores(m, 10, 50, 7) AS x JOIN LATERAL bod_robust_scores(renamed, 10, 50, 7) AS y ON y.unit = md5(substr(x.unit, 2));
SELECT * FROM bod_robust_scores(E'v1 rows=4 columns=2\nunit,a,b\np,4,1\nq,2,0\nr,0,0\ns,,', 2);
SELECT count(*) FROM bod_robust_scores(NULL, 2);
SELECT bod_robust_scores(m, 0) FROM matrices;
SELECT bod_robust_scores(m, 5, 0) FROM matrices;
SELECT bod_robust_scores(m, NULL) FROM matrices;
SELECT bod_robust_scores(E'v1 rows=2 columns=1\nunit,a\np,1\nq,-1', 2);
