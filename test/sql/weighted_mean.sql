-- weighted_mean(float8, float8): sum(w*x) / sum(w), rounded once.
CREATE SCHEMA weighted_mean_test;
SET client_min_messages = warning;
SET search_path = weighted_mean_test, parindex, public;

CREATE FUNCTION error_of(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text;
BEGIN
	EXECUTE query INTO result;
	RETURN 'no error: ' || coalesce(result, 'NULL');
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE || ' ' || SQLERRM;
END $$;

-- Known answers
SELECT weighted_mean(x, w) AS tenths
FROM (SELECT 0.1::float8, 1::float8 FROM generate_series(1, 10)) AS t (x, w);

SELECT weighted_mean(x, w) AS scores
FROM (VALUES (80::float8, 0.5::float8), (90, 0.3), (70, 0.2)) AS t (x, w);

-- sum(x * w) / sum(w) says 0, for what cancels is lost
SELECT weighted_mean(x, w) AS exact, sum(x * w) / sum(w) AS rounded
FROM (VALUES (1, 1e16::float8, 1::float8), (2, 1, 1), (3, -1e16, 1)) AS t (id, x, w);

-- Beyond doubles in between, and far below them: the mean lies within the values.
SELECT weighted_mean(x, w) = 1.7976931348623157e308 AS largest
FROM (VALUES (1.7976931348623157e308::float8, 1e10::float8), (1.7976931348623157e308, 1e300)) AS t (x, w);

SELECT weighted_mean(x, w) AS smallest
FROM (VALUES (5e-324::float8, 5e-324::float8), (5e-324, 1e-320)) AS t (x, w);

-- Equal values have that value as their mean, whatever the weights.
SELECT bool_and(mean = x) AS equal_values
FROM (
	SELECT v.x, weighted_mean(v.x, i / 7.0::float8) AS mean
	FROM generate_series(1, 30) AS i, (VALUES (0.1::float8), (1 / 3.0), (93.655), (-1e300)) AS v (x)
	GROUP BY v.x
) AS t;

-- A scale of all weights that is a power of two changes nothing.
SELECT count(DISTINCT float8send(weighted_mean)) = 1 AS scale_invariant
FROM (
	SELECT s, weighted_mean(x / 3, w * 2::float8 ^ s)
	FROM generate_series(-900, 900, 100) AS s,
		(VALUES (1::float8, 0.1::float8), (2, 0.7), (4, 0.33)) AS t (x, w)
	GROUP BY s
) AS t;

-- NULL values are missing, with their weights; a NULL weight is then no matter.
SELECT weighted_mean(x, w) AS missing_skipped
FROM (VALUES (1::float8, 1::float8), (NULL, 5), (NULL, NULL), (NULL, -1), (3, 1)) AS t (x, w);

SELECT
	weighted_mean(NULL, NULL) AS null_row,
	weighted_mean(1, 1) FILTER (WHERE false) AS no_row,
	weighted_mean(1, 0) AS no_weight,
	weighted_mean('NaN', 0) AS nan_without_weight;

SELECT weighted_mean(x, w) AS zero_weight_ignored
FROM (VALUES (1::float8, 1::float8), (1e300, 0), (3, 1)) AS t (x, w);

-- NaN and infinities as in core's sum(x * w) / sum(w)
SELECT x1, w1, x2, w2, ours, ours IS NOT DISTINCT FROM core AS as_core
FROM (
	SELECT
		a.x AS x1, a.w AS w1, b.x AS x2, b.w AS w2,
		(SELECT weighted_mean(x, w) FROM (VALUES (a.x, a.w), (b.x, b.w), (1, 1)) AS v (x, w)) AS ours,
		(SELECT sum(x * w) / sum(w) FROM (VALUES (a.x, a.w), (b.x, b.w), (1, 1)) AS v (x, w)) AS core
	FROM
		(VALUES ('NaN'::float8, 1::float8), ('Infinity', 1), ('-Infinity', 2), ('Infinity', 0), (3, 1)) AS a (x, w),
		(VALUES ('NaN'::float8, 1::float8), ('Infinity', 2), ('-Infinity', 1), (7, 1)) AS b (x, w)
) AS t
ORDER BY x1, w1, x2, w2;

-- Negative zero has no trace.
SELECT float8send(weighted_mean('-0', 1)) = float8send(0) AS zero_is_positive;

-- Numeric and integer arguments mixed with float8 are float8.
SELECT pg_typeof(weighted_mean(x, w)) AS mixed
FROM (VALUES (1.5::numeric, 2::float8)) AS t (x, w);

-- Errors name the value and the weight.
SELECT weighted_mean(x, w) FROM (VALUES (1::float8, 1::float8), (93.66, NULL)) AS t (x, w);
SELECT weighted_mean(x, w) FROM (VALUES (93.66::float8, -0.25::float8)) AS t (x, w);
SELECT error_of(format('SELECT weighted_mean(%L::float8, %L::float8)', x, w))
FROM (VALUES
	('2.5', NULL), ('NaN', NULL), ('2.5', '-1'), ('2.5', '-5e-324'),
	('2.5', 'NaN'), ('2.5', 'Infinity'), ('2.5', '-Infinity'), ('Infinity', '-1'),
	('2.5', '-0')
) AS t (x, w);

-- The parts of the aggregate are not to be called by hand.
SELECT error_of(query)
FROM (VALUES
	('SELECT weighted_sums_add(NULL, 1, 1)'),
	('SELECT weighted_sums_add(''v1 n=0 w=0 wx=0'', 1, 1)'),
	('SELECT weighted_sums_remove(''v1 n=1 w=0x1p0 wx=0x1p0'', 1, 1)'),
	('SELECT weighted_sums_merge(''v1 n=0 w=0 wx=0'', ''v1 n=0 w=0 wx=0'')')
) AS t (query);
SELECT weighted_mean_final('v1 n=2 w=0x3p0 wx=0x1p0') = 1 / 3.0::float8 AS final_only_reads;

-- The state starts at 64 bytes, which core's avg takes too: half a million groups cost no more.
SET work_mem = '1GB';
SET jit = off;
SET max_parallel_workers_per_gather = 0;

CREATE FUNCTION peak_memory(query text) RETURNS numeric LANGUAGE plpgsql AS $$
DECLARE
	plan json;
BEGIN
	EXECUTE 'EXPLAIN (ANALYZE, FORMAT json, TIMING off) ' || query INTO plan;
	RETURN (plan -> 0 -> 'Plan' ->> 'Peak Memory Usage')::numeric;
END $$;

SELECT ours / core < 1.01 AS small_enough, CASE WHEN ours / core >= 1.01 THEN ours / core END AS ratio
FROM (
	SELECT
		peak_memory('SELECT weighted_mean(i * 0.01::float8, 1 + i % 7)
			FROM generate_series(1, 1000000) AS i GROUP BY i % 500000') AS ours,
		peak_memory('SELECT avg(i * 0.01::float8 * (1 + i % 7))
			FROM generate_series(1, 1000000) AS i GROUP BY i % 500000') AS core
) AS t;

DROP SCHEMA weighted_mean_test CASCADE;
