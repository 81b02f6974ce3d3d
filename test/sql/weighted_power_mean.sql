-- Geometric, harmonic and power means: against numeric arithmetic of 60
-- digits, and the same bits whatever the order, plan or frame.
CREATE SCHEMA test_weighted_power_mean;
SET search_path = test_weighted_power_mean, parindex;

CREATE TABLE reading AS
SELECT i, i % 7 AS g,
	exp(20 * sin(i * 1.7))::float8 AS x,
	abs(cos(i * 0.3))::float8 AS w
FROM generate_series(1, 300) AS i;

-- Values of m / 4096 and weights of k / 16, which both types hold exactly.
WITH dyadic AS (
	SELECT g, ((x * 4096)::int8 + 4096)::numeric AS m, round(w * 16)::int8 AS k
	FROM reading
),
exact AS (
	SELECT g,
		exp(sum(k * ln((m / 4096.0)::numeric(200, 60))) / sum(k))::float8 AS geometric,
		(sum(k) / sum(k * 4096 / m::numeric(200, 60)))::float8 AS harmonic,
		sqrt((sum(k * m * m / (4096.0 * 4096.0)) / sum(k))::numeric(200, 60))::float8 AS quadratic
	FROM dyadic
	GROUP BY g
),
ours AS (
	SELECT g,
		weighted_geometric_mean(m / 4096::float8, k / 16::float8) AS geometric,
		weighted_harmonic_mean(m / 4096::float8, k / 16::float8) AS harmonic,
		weighted_power_mean(m / 4096::float8, k / 16::float8, 2) AS quadratic
	FROM dyadic
	GROUP BY g
)
SELECT
	bool_and(ours.geometric = exact.geometric) AS geometric,
	bool_and(ours.harmonic = exact.harmonic) AS harmonic,
	bool_and(ours.quadratic = exact.quadratic) AS quadratic
FROM ours JOIN exact USING (g);

-- Ties between the means, exactly.
SELECT
	bool_and(weighted_power_mean = weighted_mean) AS p_1_is_arithmetic,
	bool_and(minus_1 = harmonic) AS p_minus_1_is_harmonic,
	bool_and(harmonic < geometric AND geometric < weighted_mean AND weighted_mean < p_3) AS ordered
FROM (
	SELECT weighted_mean(x, w), weighted_power_mean(x, w, 1),
		weighted_power_mean(x, w, -1) AS minus_1,
		weighted_harmonic_mean(x, w) AS harmonic,
		weighted_geometric_mean(x, w) AS geometric,
		weighted_power_mean(x, w, 3) AS p_3
	FROM reading GROUP BY g
) AS means;

-- The mean of equal values is that value.
SELECT bool_and(
	weighted_geometric_mean = x AND weighted_harmonic_mean = x AND p_7 = x AND p_minus_half = x
	AND p_third = x) AS mean_of_equals
FROM (
	SELECT x, weighted_geometric_mean(x, w), weighted_harmonic_mean(x, w),
		weighted_power_mean(x, w, 7) AS p_7,
		weighted_power_mean(x, w, -0.5) AS p_minus_half,
		weighted_power_mean(x, w, 1 / 3.0) AS p_third
	FROM (SELECT x, 0.1::float8 * k AS w FROM reading CROSS JOIN generate_series(1, 3) AS k) AS same
	GROUP BY x
) AS means;

-- The same bits for 100 orders of the rows.
SELECT setseed(0.5);
SELECT count(*) AS orders,
	count(DISTINCT float8send(geometric)) AS geometric,
	count(DISTINCT float8send(harmonic)) AS harmonic,
	count(DISTINCT float8send(p_2_5)) AS p_2_5
FROM (
	SELECT k, weighted_geometric_mean(x, w ORDER BY r) AS geometric,
		weighted_harmonic_mean(x, w ORDER BY r) AS harmonic,
		weighted_power_mean(x, w, 2.5 ORDER BY r) AS p_2_5
	FROM (SELECT k, x, w, random() AS r FROM generate_series(1, 100) AS k CROSS JOIN reading) AS shuffled
	GROUP BY k
) AS orders;

-- Frames: rows that come and go leave nothing behind, special ones included.
WITH data AS (
	SELECT i, w,
		CASE i % 50 WHEN 7 THEN 'Infinity' WHEN 23 THEN 'NaN' WHEN 30 THEN NULL
			WHEN 31 THEN 5e-324 WHEN 32 THEN 1e308 ELSE x END AS x
	FROM reading
),
moving AS (
	SELECT i, weighted_geometric_mean(x, w) OVER frame AS geometric,
		weighted_harmonic_mean(x, w) OVER frame AS harmonic,
		weighted_power_mean(x, w, -2) OVER frame AS p_minus_2,
		weighted_power_mean(x, w, 0.5) OVER frame AS p_half
	FROM data WINDOW frame AS (ORDER BY i ROWS BETWEEN 4 PRECEDING AND 2 FOLLOWING)
),
fresh AS (
	SELECT o.i, weighted_geometric_mean(d.x, d.w) AS geometric,
		weighted_harmonic_mean(d.x, d.w) AS harmonic,
		weighted_power_mean(d.x, d.w, -2) AS p_minus_2,
		weighted_power_mean(d.x, d.w, 0.5) AS p_half
	FROM data AS o JOIN data AS d ON d.i BETWEEN o.i - 4 AND o.i + 2
	GROUP BY o.i
)
SELECT count(*) AS frames, bool_and((moving.*) IS NOT DISTINCT FROM (fresh.*)) AS same
FROM moving JOIN fresh USING (i);

-- Workers.
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 2;
ALTER TABLE reading SET (parallel_workers = 2);
CREATE TEMP TABLE parallel_result AS
SELECT weighted_geometric_mean(x, w) AS geometric, weighted_harmonic_mean(x, w) AS harmonic,
	weighted_power_mean(x, w, 3.5) AS p_3_5
FROM reading;
SET max_parallel_workers_per_gather = 0;
SELECT geometric = weighted_geometric_mean(x, w) AS geometric,
	harmonic = weighted_harmonic_mean(x, w) AS harmonic,
	p_3_5 = weighted_power_mean(x, w, 3.5) AS p_3_5
FROM reading CROSS JOIN parallel_result
GROUP BY geometric, harmonic, p_3_5;

-- Nothing to average; weights of zero.
SELECT weighted_geometric_mean(x, 1) IS NULL AS geometric, weighted_harmonic_mean(x, 1) IS NULL AS harmonic,
	weighted_power_mean(x, 1, 3) IS NULL AS power
FROM (VALUES (NULL::float8)) AS v (x);
SELECT weighted_geometric_mean(x, 0) IS NULL AS geometric, weighted_harmonic_mean(x, 0) IS NULL AS harmonic,
	weighted_power_mean(x, 0, 3) IS NULL AS power
FROM (VALUES (2::float8)) AS v (x);

-- What cannot be: each error names the value.
SELECT weighted_geometric_mean(x, 1) FROM (VALUES (3::float8), (0)) AS v (x);
SELECT weighted_geometric_mean(x, 1) FROM (VALUES (3::float8), (-0.5)) AS v (x);
SELECT weighted_harmonic_mean(x, 1) FROM (VALUES (3::float8), (0)) AS v (x);
SELECT weighted_harmonic_mean(x, 1) FROM (VALUES (3::float8), (-3)) AS v (x);
SELECT weighted_power_mean(x, 1, -2) FROM (VALUES (3::float8), (0)) AS v (x);
SELECT weighted_power_mean(x, 1, 3) FROM (VALUES (3::float8), (-1)) AS v (x);
SELECT weighted_power_mean(x, 1, 40) FROM (VALUES (1e300::float8)) AS v (x);
SELECT weighted_power_mean(x, 1, p) FROM (VALUES (3::float8, 2::float8), (4, 3)) AS v (x, p);
SELECT weighted_power_mean(x, 1, NULL) FROM (VALUES (3::float8)) AS v (x);
SELECT weighted_power_mean(x, 1, 0) FROM (VALUES (3::float8)) AS v (x);
SELECT weighted_power_mean(x, 1, 'NaN') FROM (VALUES (3::float8)) AS v (x);
SELECT weighted_geometric_mean(x, w) FROM (VALUES (3::float8, NULL::float8)) AS v (x, w);
SELECT weighted_geometric_mean(x, w) FROM (VALUES (3::float8, -1)) AS v (x, w);

-- Negative values where they are defined.
SELECT weighted_power_mean(x, 1, 2) AS root_mean_square, weighted_harmonic_mean(x, 1) AS harmonic
FROM (VALUES (-3::float8), (-4)) AS v (x);
