-- merec_weights(): against the example of the paper that gave the method, the
-- definition in numeric, and the same bits whatever the order of rows.
CREATE SCHEMA test_merec_weights;
SET search_path = test_merec_weights, parindex;

-- Table 2 of Keshavarz-Ghorabaee and others (2021): two criteria of each direction.
-- Their weights are 0.5752, 0.0141, 0.4016, 0.0091; effects 1.7087, 0.0419, 1.1928, 0.0271 are sums over 5 units.
CREATE TABLE paper AS
SELECT E'v1 rows=5 columns=4\nunit,c1,c2,c3,c4\na1,450,8000,54,145\na2,10,9100,2,160\na3,100,8200,31,153\na4,220,9300,1,162\na5,5,8400,23,158'::score_matrix AS m,
	'i {c1, c2, c3: 1 [direction -1], c4: 1 [direction -1]}'::framework AS fw;
SELECT code, round(weight::numeric, 4) AS weight, round(5 * removal_effect::numeric, 12) AS effect_of_5
FROM paper, merec_weights(m, fw);
-- All criteria better the more: 0.495722080623, 0.016377009999, 0.472363677131, 0.015537232247.
SELECT code, round(weight::numeric, 12) AS weight FROM paper, merec_weights(m);

-- The definition, in numeric, with missing cells and both directions.
CREATE TABLE cell AS
SELECT 'u' || u AS unit, 'c' || c AS code, c % 2 = 0 AS less,
	CASE WHEN (u * c + u) % 11 > 0 THEN round((1 + 99 * abs(sin(u * c * 1.7 + c)))::numeric, 1)::float8 END AS value
FROM generate_series(1, 40) AS u, generate_series(1, 6) AS c;
WITH limited AS (
	SELECT unit, code, value::numeric AS x,
		CASE WHEN less THEN max(value) OVER w ELSE min(value) OVER w END::numeric AS bound
	FROM cell WINDOW w AS (PARTITION BY code)
), distance AS (
	SELECT unit, code, abs(ln(x::numeric(60, 40) / bound)) AS d FROM limited WHERE x IS NOT NULL
), total AS (
	SELECT unit, code, d, sum(d) OVER w AS all_d, count(*) OVER w AS m FROM distance WINDOW w AS (PARTITION BY unit)
), effect AS (
	SELECT code, avg(ln(1 + all_d / m) - ln(1 + (all_d - d) / m)) AS e FROM total GROUP BY code
)
SELECT count(*), max(abs(ours.removal_effect - e::float8) / e::float8) < 1e-15 AS effects,
	max(abs(ours.weight - (e / (SELECT sum(e) FROM effect))::float8)) < 1e-15 AS weights, abs(sum(weight) - 1) < 1e-15 AS sum_is_1
FROM effect JOIN (
	SELECT ours.* FROM (SELECT score_matrix_agg(unit, code, value) AS m FROM cell) AS x,
		merec_weights(m, 'i {c1, c2: 1 [direction -1], c3, c4: 1 [direction -1], c5, c6: 1 [direction -1]}') AS ours
) AS ours USING (code);

-- All equal, one value, none; nothing that varies.
SELECT * FROM merec_weights(E'v1 rows=3 columns=4\nunit,even,none,single,varies\na,3,,4,1\nb,3,,,2\nc,3,n/a,,');
SELECT * FROM merec_weights(E'v1 rows=2 columns=2\nunit,a,b\np,1,\nq,1,');
SELECT count(*) FROM merec_weights(E'v1 rows=0 columns=1\nunit,a') WHERE weight IS NULL;
SELECT count(*) FROM merec_weights(NULL);
SELECT round(weight::numeric, 12) AS weight FROM merec_weights(E'v1 rows=2 columns=2\nunit,a,b\np,1.7e308,1\nq,5e-324,2');

SELECT bool_and(float8send(x.weight) = float8send(y.weight) AND float8send(x.removal_effect) = float8send(y.removal_effect)) AS same_bits
FROM (SELECT score_matrix_agg(unit, code, value) AS m, score_matrix_agg(md5(unit), code, value) AS n FROM cell) AS matrices,
	merec_weights(m) AS x JOIN LATERAL merec_weights(n) AS y USING (code);

SELECT merec_weights(E'v1 rows=2 columns=1\nunit,a\np,1\nq,0');
SELECT merec_weights(m, 'i {c1, c2, c3}') FROM paper;
