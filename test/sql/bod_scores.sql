-- bod_scores(): against the simplex of R's package boot, every vertex of the
-- problem with two criteria, and what makes weights the best ones.
CREATE SCHEMA test_bod_scores;
SET search_path = test_bod_scores, parindex;
SET extra_float_digits = -3;
\getenv abs_srcdir PG_ABS_SRCDIR
\set load :abs_srcdir '/data/composite/load.sql'
\set ECHO none
\i :load
\set ECHO all

-- 60 units, 24 criteria. R maximised over weights, in the form of the textbook:
-- a row a unit, and two a criterion that has bounds.
CREATE TEMP TABLE composite AS
SELECT score_matrix_agg(key, field, value::float8) AS m
FROM composite_answer WHERE file = 'normalised_1_100';

CREATE TEMP TABLE ours AS
SELECT 'free' AS bounds, 0.0 AS lower, 1.0 AS upper, scores.* FROM composite, bod_scores(m) AS scores
UNION ALL
SELECT 'upper', 0, 0.15, scores.* FROM composite, bod_scores(m, 0, 0.15) AS scores
UNION ALL
SELECT 'both', 0.01, 0.15, scores.* FROM composite, bod_scores(m, 0.01, 0.15) AS scores;

SELECT bounds, count(*), count(*) FILTER (WHERE score = 1) AS best, max(abs(score - value::float8)) < 2e-10 AS as_r
FROM (SELECT DISTINCT bounds, unit, score FROM ours) AS ours
JOIN composite_answer ON file = 'bod_scores' AND field = bounds AND key = unit
GROUP BY bounds ORDER BY bounds;

-- Under a unit's weights it has its score, and none has more than 1; under
-- another's weights it never has more, where those are not bound to the other's shares.
WITH crossed AS (
	SELECT bounds, ours.unit, ours.score, cell.unit AS under, sum(weight * cell.value) AS score_under
	FROM ours JOIN composite ON true CROSS JOIN matrix_cells(m) AS cell
	WHERE cell.code = ours.code
	GROUP BY bounds, ours.unit, ours.score, cell.unit
)
SELECT bounds, count(*),
	max(score_under) < 1 + 1e-12 AS none_above_1,
	max(abs(score - score_under)) FILTER (WHERE unit = under) < 1e-9 AS own,
	min(own_score - score_under) > -1e-9 OR bounds <> 'free' AS best
FROM crossed
JOIN (SELECT DISTINCT bounds, unit AS under, score AS own_score FROM ours) AS own USING (bounds, under)
GROUP BY bounds ORDER BY bounds;

SELECT bounds, min(share) > lower - 1e-9 AND max(share) < upper + 1e-9 AS within, min(weight) >= 0 AS not_negative
FROM ours GROUP BY bounds, lower, upper ORDER BY bounds;
SELECT count(*), max(abs(sum - 1)) < 1e-14 AS shares_sum_to_1
FROM (SELECT sum(share) FROM ours GROUP BY bounds, unit) AS share;

-- By hand. s lies on the way to q, 2/3 of it. With shares of 0.3 to 0.7, p
-- would have most of b: 0.3 / 1 of weight on a, 0.7 / 4 on b gives q 1.425.
CREATE TEMP TABLE four AS
SELECT E'v1 rows=4 columns=2\nunit,a,b\np,1,4\nq,3,3\nr,4,1\ns,2,2'::score_matrix AS m;
SELECT unit, score, string_agg(code || ' ' || round(weight::numeric, 9), ', ' ORDER BY code) AS weights
FROM four, bod_scores(m) WHERE unit IN ('r', 's') GROUP BY unit, score ORDER BY unit;
SELECT unit, score, round((1 / 1.425)::numeric, 10) AS expected,
	string_agg(code || ' ' || round(share::numeric, 9), ', ' ORDER BY code) AS shares
FROM four, bod_scores(m, 0.3, 0.7) WHERE unit = 'p' GROUP BY unit, score;

-- With two criteria the best weights are an intercept or make two units 1: try
-- all. Missing values count as 0; the units of a period are compared.
CREATE TEMP TABLE flat AS
SELECT u, 2020 + u % 3 AS period,
	CASE WHEN u % 11 > 0 THEN round((100 * abs(sin(u * 1.7)))::numeric, 1)::float8 END AS a,
	CASE WHEN u % 13 > 0 THEN 1e6 * abs(cos(u * 2.3)) END AS b
FROM generate_series(1, 120) AS u;

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
), feasible AS (
	SELECT vertex.* FROM vertex JOIN value USING (period)
	WHERE wa >= 0 AND wb >= 0
	GROUP BY period, wa, wb HAVING max(wa * a + wb * b) < 1 + 1e-12
), best AS (
	SELECT u, max(wa * a + wb * b) AS score FROM value JOIN feasible USING (period) GROUP BY u
)
SELECT count(*) AS units, max(abs(ours.score - best.score)) < 2e-10 AS as_all_vertices, sum((ours.score = 1)::int) AS best
FROM best JOIN (
	SELECT DISTINCT unit, score
	FROM (SELECT score_matrix_agg('u' || u, code, value, NULL, period) AS m
		FROM flat, LATERAL (VALUES ('a', a), ('b', b)) AS cell(code, value)) AS flat, bod_scores(m)
) AS ours ON ours.unit = 'u' || u;

-- Neither the names of units, hence their order, nor equal ones change a bit.
WITH other AS (
	SELECT score_matrix_agg(md5(key || copy), field, value::float8) AS m
	FROM composite_answer, generate_series(1, 2) AS copy WHERE file = 'normalised_1_100'
)
SELECT bounds, count(*), bool_and(float8send(ours.score) = float8send(theirs.score)
	AND float8send(ours.weight) = float8send(theirs.weight) AND float8send(ours.share) = float8send(theirs.share)) AS same_bits
FROM ours CROSS JOIN generate_series(1, 2) AS copy
JOIN (
	SELECT 'free' AS bounds, scores.* FROM other, bod_scores(m) AS scores
	UNION ALL
	SELECT 'both', scores.* FROM other, bod_scores(m, 0.01, 0.15) AS scores
) AS theirs USING (bounds, code)
WHERE theirs.unit = md5(ours.unit || copy)
GROUP BY bounds ORDER BY bounds;

-- Powers of two as units of measure change no bit; the ends of the range do no harm.
WITH scaled AS (
	SELECT score_matrix_agg(unit, code, value * CASE code WHEN 'a' THEN power(2.0::float8, 900) ELSE power(2.0::float8, -900) END) AS m
	FROM four, matrix_cells(m)
)
SELECT bool_and(x.score = y.score AND x.share = y.share) AS same
FROM four CROSS JOIN bod_scores(four.m, 0.1, 0.9) AS x
CROSS JOIN scaled JOIN LATERAL bod_scores(scaled.m, 0.1, 0.9) AS y ON x.unit = y.unit AND x.code = y.code;
SELECT * FROM bod_scores(E'v1 rows=2 columns=2\nunit,a,b\np,1.7e308,1e-300\nq,1e300,2e-300');
SELECT * FROM bod_scores(E'v1 rows=1 columns=1\nunit,a\np,5e-324');

-- Missing cells, zeros, a column of zeros, no value at all, one unit.
SELECT * FROM bod_scores(E'v1 rows=5 columns=3
unit,a,b,zero
both,4,4,0
half,2,,0
none,,n/a,
other,,2,0
zeros,0,0,0');
SELECT * FROM bod_scores(E'v1 rows=3 columns=2\nunit,a,b\np,1,4\nq,3,3\nr,2,', 0.2, 1);
SELECT * FROM bod_scores(E'v1 rows=1 columns=2\nunit,a,b\nalone,0,7');
SELECT count(*) FROM bod_scores(E'v1 rows=0 columns=2\nunit,a,b');
SELECT count(*) FROM bod_scores(E'v1 rows=2 columns=0\nunit\np\nq');
SELECT count(*) FROM four, bod_scores(m, NULL, 1);

-- Bounds by code: a share that is given, and those of others free.
SELECT unit, min(score) AS score, bool_and(abs(share - 0.25) < 1e-9) FILTER (WHERE code = 'b') AS as_given
FROM four, bod_scores(m, '{b}', '{0.25}', '{0.25}') GROUP BY unit ORDER BY unit;
SELECT count(*) AS same FROM four, bod_scores(m, 0.3, 0.7) AS x
JOIN LATERAL bod_scores(m, '{b,a}', '{0.3,0.3}', '{0.7,0.7}') AS y USING (unit, code)
WHERE x.score = y.score AND x.weight = y.weight;
SELECT count(*) AS free FROM four, bod_scores(m) AS x JOIN LATERAL bod_scores(m, '{}', '{}', '{}') AS y USING (unit, code)
WHERE x.score = y.score AND x.weight = y.weight;
-- A share of 0 meets a lower bound, or leaves the others more than their upper
-- ones, at score 0 only; what is missing has no bounds. p, with the most of a, holds
-- the others down as before: no weight of a can be above 1/2.
SELECT unit, score, code, round(weight::numeric, 9) AS weight, round(share::numeric, 9) AS share
FROM bod_scores(E'v1 rows=4 columns=2\nunit,a,b\np,2,0\nq,1,1\nr,0,0\ns,2,', 0.1, 1);
SELECT unit, score FROM bod_scores(E'v1 rows=2 columns=2\nunit,a,b\np,1,0\nq,3,3', 0, 0.9) WHERE code = 'a';
-- After minmax to 0 .. 100 some unit has 0 in each criterion.
SELECT count(*) AS units, count(*) FILTER (WHERE score = 0) AS zero, max(score) AS best,
	bool_and((score = 0) = has_0) AS zero_where_0
FROM (SELECT score_matrix_agg(unit, code, 100 * (value - least) / (most - least)) AS m
	FROM (SELECT key AS unit, field AS code, value::float8,
			min(value::float8) OVER (PARTITION BY field) AS least, max(value::float8) OVER (PARTITION BY field) AS most
		FROM composite_answer WHERE file = 'normalised_1_100') AS cell) AS x,
	bod_scores(m, 0.01, 0.15) AS scores
JOIN LATERAL (SELECT unit, bool_or(cell.value = 0) AS has_0 FROM matrix_cells(m) AS cell GROUP BY unit) AS zeros USING (unit)
WHERE code = (SELECT min(field) FROM composite_answer WHERE file = 'normalised_1_100');
-- Ten tenths are 1, whatever rounding says.
SELECT count(*), max(abs(share - 0.1)) < 1e-9 AS tenths
FROM (SELECT score_matrix_agg('u' || u, 'c' || c, 1 + abs(sin(u * c))) AS m FROM generate_series(1, 9) AS u, generate_series(1, 10) AS c) AS x,
	bod_scores(m, 0.1, 0.1);

-- A value far below the others is still weighed as its bound says.
SELECT count(*) AS units, max(abs(score - expected) / expected) < 1e-4 AS close, min(score) > 0 AS positive
FROM (SELECT score_matrix_agg('u' || u, code, CASE code WHEN 'a' THEN 1 + u ELSE power(10, -u) END) AS m
	FROM generate_series(1, 5) AS u, unnest('{a,b}'::text[]) AS code) AS x,
	bod_scores(m, 0.5, 0.5),
	-- shares alike: weights 1 / value, so 1 / the greatest mean of the two ratios
	LATERAL (SELECT 1 / max(((1 + k) / (1.0 + i) + power(10.0::float8, i - k)) / 2) AS expected
		FROM generate_series(1, 5) AS k, CAST(substr(unit, 2) AS int) AS i GROUP BY i) AS by_hand
WHERE code = 'a';

-- Bounds of shares in the mean unit's score, against every vertex of two criteria:
-- weights in the directions of the bounds, or where two units are 1.
CREATE TEMP TABLE mean_bound AS
WITH value AS (
	SELECT u, period, coalesce(a, 0) AS a, coalesce(b, 0) AS b,
		avg(a) OVER (PARTITION BY period) AS mean_a, avg(b) OVER (PARTITION BY period) AS mean_b
	FROM flat
), direction AS (
	SELECT DISTINCT period, share / mean_a AS wa, (1 - share) / mean_b AS wb FROM value, unnest(ARRAY[0.2, 0.6]) AS share
	UNION ALL
	SELECT x.period, (y.b - x.b) / det, (x.a - y.a) / det
	FROM value AS x JOIN value AS y ON x.period = y.period AND x.u < y.u, LATERAL (VALUES (x.a * y.b - y.a * x.b)) AS d(det)
	WHERE det <> 0
), vertex AS (
	SELECT period, wa / max(wa * a + wb * b) AS wa, wb / max(wa * a + wb * b) AS wb
	FROM direction JOIN value USING (period)
	WHERE wa >= 0 AND wb >= 0 AND wa * mean_a / (wa * mean_a + wb * mean_b) BETWEEN 0.2 - 1e-12 AND 0.6 + 1e-12
	GROUP BY period, wa, wb
)
SELECT u, max(wa * a + wb * b) AS score FROM value JOIN vertex USING (period) GROUP BY u;
SELECT count(*) AS units, max(abs(ours.score - mean_bound.score)) < 2e-10 AS as_all_vertices, min(ours.score) < 0.1 AS reach_down
FROM mean_bound JOIN (
	SELECT DISTINCT unit, score
	FROM (SELECT score_matrix_agg('u' || u, code, value, NULL, period) AS m
		FROM flat, LATERAL (VALUES ('a', a), ('b', b)) AS cell(code, value)) AS flat, bod_mean_bounds(m, '{a}'::text[], '{0.2}', '{0.6}')
) AS ours ON ours.unit = 'u' || u;
-- They hold where values reach 0.
SELECT unit, code, round(score::numeric, 9) AS score, round(weight::numeric, 9) AS weight, round(share::numeric, 9) AS share
FROM bod_mean_bounds(E'v1 rows=3 columns=2\nunit,a,b\np,2,0\nq,1,1\nr,0,2', 0.4, 1);
SELECT bod_mean_bounds(m, 0.6, 1) FROM four;
SELECT bod_mean_bounds(m, 0, 0.4) FROM four;
SELECT bod_mean_bounds(E'v1 rows=2 columns=2\nunit,a,b\np,1,0\nq,3,', 0.1, 1);

-- Errors.
SELECT bod_scores(E'v1 rows=2 columns=2\nunit,a,b\np,1,4\nq,-3,3');
SELECT bod_scores(m, 0.6, 1) FROM four;
SELECT bod_scores(m, 0, 0.4) FROM four;
SELECT bod_scores(m, 0.5, 0.4) FROM four;
SELECT bod_scores(m, -0.1, 1) FROM four;
SELECT bod_scores(m, 0, 'NaN') FROM four;
SELECT bod_scores(m, '{a,x}', '{0,0}', '{1,1}') FROM four;
SELECT bod_scores(m, '{a,a}', '{0,0}', '{1,1}') FROM four;
SELECT bod_scores(m, '{a,b}', '{0}', '{1,1}') FROM four;
SELECT bod_scores(m, '{a,NULL}', '{0,0}', '{1,1}') FROM four;
SELECT bod_scores(m, '{a,b}', '{0,0}', '{1,NULL}') FROM four;

-- Cancelled within one large program, which would take many times as long; how soon
-- is for the kernel's test, which stops it at every step.
CREATE TEMP TABLE large AS
SELECT score_matrix_agg('u' || u, 'c' || c, abs(sin(u * c + u * u))) AS m
FROM generate_series(1, 20000) AS u, generate_series(1, 40) AS c;
SET statement_timeout = '300ms';
SELECT count(*) FROM large, bod_scores(m);
SELECT count(*) FROM large, bod_scores(m, 0.001, 0.2);
RESET statement_timeout;
