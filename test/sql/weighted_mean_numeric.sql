-- weighted_mean and weighted_sum of numeric: digit for digit what core's
-- sum(x * w) / sum(w) gives, on every path a row can take.
CREATE SCHEMA test_weighted_mean_numeric;
SET search_path = test_weighted_mean_numeric, parindex;
\getenv abs_srcdir PG_ABS_SRCDIR
\set helpers :abs_srcdir '/helpers.sql'
\i :helpers
SELECT setseed(0.20240229);

-- Decimals of mixed scales and lengths: g tells how wild they are.
CREATE TABLE decimal_row AS
SELECT i, i % 8 AS g, x, w
FROM generate_series(1, 4000) AS i,
	LATERAL (
		SELECT
			CASE i % 8
				WHEN 0 THEN round((random() * 200 - 100)::numeric, 2)
				WHEN 1 THEN round((random() * 200 - 100)::numeric, (random() * 6)::int)
				WHEN 2 THEN round((random() - 0.5)::numeric * 1e15, (random() * 3)::int)
				WHEN 3 THEN round((random() - 0.5)::numeric * ('1e' || (random() * 30)::int)::numeric, (random() * 40)::int)
				WHEN 4 THEN (random() - 0.5)::numeric / 3 + (random())::numeric / 7e20
				WHEN 5 THEN round((random() - 0.5)::numeric * ('1e' || ((random() - 0.5) * 400)::int)::numeric, (random() * 250)::int)
				WHEN 6 THEN (ARRAY[0, 0.0, 0.000, 1, -1, 9999, 10000, 0.0001, -0.9999])[1 + (random() * 8)::int]
				ELSE round((random() * 10)::numeric, 3)
			END AS x,
			CASE i % 8
				WHEN 2 THEN (random() * 1000)::int::numeric
				WHEN 3 THEN round(random()::numeric * ('1e' || (random() * 20)::int)::numeric, (random() * 30)::int)
				WHEN 4 THEN 1::numeric / (1 + (random() * 10)::int)
				WHEN 5 THEN round(random()::numeric * ('1e' || ((random() - 0.5) * 300)::int)::numeric, (random() * 200)::int)
				WHEN 6 THEN (ARRAY[0, 0.00, 1, 1.0, 10000, 9999.9999])[1 + (random() * 5)::int]
				WHEN 7 THEN 12345678.25
				ELSE round((random() * 10)::numeric, 2)
			END AS w
	) AS r;

-- Per group, overall, and for many small sets.
SELECT g,
	weighted_mean(x, w)::text = (sum(x * w) / sum(w))::text AS mean,
	weighted_sum(x, w)::text = sum(x * w)::text AS sum,
	mean(decimal_stats(x))::text = avg(x)::text AS unweighted,
	sum_of(decimal_stats(x))::text = sum(x)::text AS unweighted_sum
FROM decimal_row
GROUP BY g
ORDER BY g;

SELECT count(*) AS sets,
	bool_and(mean::text IS NOT DISTINCT FROM core::text) AS mean,
	bool_and(sum::text = core_sum::text) AS sum
FROM (
	SELECT weighted_mean(x, w) AS mean, sum(x * w) / NULLIF(sum(w), 0) AS core,
		weighted_sum(x, w) AS sum, sum(x * w) AS core_sum
	FROM decimal_row
	GROUP BY i / 3
	UNION ALL
	SELECT weighted_mean(x, w), sum(x * w) / NULLIF(sum(w), 0),
		weighted_sum(x, w), sum(x * w)
	FROM decimal_row
	GROUP BY i
	UNION ALL
	SELECT weighted_mean(x, w), sum(x * w) / NULLIF(sum(w), 0),
		weighted_sum(x, w), sum(x * w)
	FROM decimal_row
) AS s;

-- The narrow sums run over into the wide: in the sum of weights, in that of
-- products, and from one huge row.
SELECT weighted_mean(x, w)::text = (sum(x * w) / sum(w))::text AS mean
FROM (SELECT 9999999999999999.0, 9999999999999999.0 FROM generate_series(1, 3000)) AS v (x, w)
UNION ALL
SELECT weighted_mean(x, w)::text = (sum(x * w) / sum(w))::text
FROM (SELECT -9999999999999999.0, 99999999.99999999 FROM generate_series(1, 3000)) AS v (x, w)
UNION ALL
SELECT weighted_mean(x, w)::text = (sum(x * w) / sum(w))::text
FROM (VALUES (1.5, 2), (-1e40, 1e-40), (1e40, 1e-40), (2.25, 0.125)) AS v (x, w);

-- NULL values and their weights are left out; what is left of nothing is NULL.
SELECT weighted_mean(x, w), weighted_sum(x, w)
FROM (VALUES (NULL, 7), (NULL, NULL), (NULL, -1), (93.65, 1.00), (93.66, 3)) AS v (x, w);
SELECT weighted_mean(x, 1) AS mean, weighted_sum(x, 1) AS sum, decimal_stats(x, 1) AS stats
FROM (VALUES (NULL::numeric), (NULL)) AS v (x);
SELECT weighted_mean(1.0, 1) AS mean, weighted_sum(1.0, 1) AS sum WHERE false;
SELECT weighted_mean(x, 0.00) AS mean, weighted_sum(x, 0.00) AS sum
FROM (VALUES (1.5), (2)) AS v (x);

-- NaN and infinities as in core, whose division by zero is NULL here.
WITH v (x) AS (VALUES (1::numeric), (-2.5), ('NaN'), ('Infinity'), ('-Infinity'), (NULL)),
	w (w) AS (VALUES (0::numeric), (1.5)),
	pair AS (
		SELECT weighted_mean(x, w)::text AS mean,
			CASE
				WHEN sum(w) <> 0 OR sum(x * w) = 'NaN' THEN (sum(x * w) / NULLIF(sum(w), 0))::text
			END AS core,
			sum(x * w) = 'NaN' AS is_nan,
			weighted_sum(x, w)::text AS sum, sum(x * w)::text AS core_sum
		FROM (
			SELECT k, v.x, w.w
			FROM (
				SELECT row_number() OVER () AS k, a.x AS x1, b.x AS x2, c.w AS w1, d.w AS w2
				FROM v AS a, v AS b, w AS c, w AS d
			) AS p,
				LATERAL (VALUES (x1, w1), (x2, w2)) AS v (x, w0),
				LATERAL (SELECT w0 WHERE x IS NOT NULL) AS w (w)
		) AS r
		GROUP BY k
	)
SELECT count(*) AS sets,
	bool_and(CASE WHEN is_nan THEN mean = 'NaN' ELSE mean IS NOT DISTINCT FROM core END) AS mean,
	bool_and(sum IS NOT DISTINCT FROM core_sum) AS sum
FROM pair;

-- Refused weights: the message names value and weight.
SELECT error_of(format('SELECT %s(x::numeric, w::numeric) FROM (VALUES (''1.5'', ''2''), (%L, %L)) AS v (x, w)',
	aggregate, x, w))
FROM (VALUES ('93.66', NULL), ('93.66', '-1'), ('NaN', 'NaN'), ('2', 'Infinity'), ('1e100', '-0.5')) AS v (x, w),
	(VALUES ('weighted_mean'), ('weighted_sum'), ('decimal_stats')) AS a (aggregate);

-- Numeric's own limits.
SELECT error_of(q)
FROM (VALUES
	($$SELECT weighted_mean(1e131071, 10)$$),
	($$SELECT weighted_mean(1e131071, 1) = 1e131071$$),
	($$SELECT weighted_sum(x, 1) FROM (VALUES (9e131071), (9e131071)) AS v (x)$$),
	($$SELECT weighted_mean(x, w) FROM (VALUES (9e131071, 1), (9e131071, 1)) AS v (x, w)$$),
	($$SELECT weighted_sum(x, 1) = 1e-16383 FROM (VALUES (1e131071), (1e-16383), (-1e131071)) AS v (x)$$),
	($$SELECT weighted_mean(1e-16383, 1e-16383) = 1e-16383 * 1e-16383 / 1e-16383$$),
	($$SELECT mean(decimal_stats(x, w), 1) FROM (VALUES (3, 1e-16383), (0, 1e-16383)) AS v (x, w)$$),
	($$SELECT weighted_sum(1e-16383, 0.5) = 1e-16383 * 0.5$$)) AS v (q);

-- Integers are taken as numeric beside one; a call that mixes numeric and
-- float8 is one of float8.
SELECT pg_typeof(weighted_mean(1.5, 2)) AS with_integer,
	pg_typeof(weighted_mean(1.5, 2::float8)) AS mixed,
	pg_typeof(weighted_sum(1.5::float8, 2.0)) AS mixed_sum;

-- Outside of an aggregate the transition functions refuse.
SELECT error_of(q)
FROM (VALUES
	('SELECT parindex.decimal_stats_add(NULL, 1.0, 1)'),
	('SELECT parindex.decimal_stats_add(NULL, 1.0)'),
	('SELECT parindex.decimal_stats_remove(NULL, 1.0, 1)'),
	('SELECT parindex.decimal_stats_remove(NULL, 1.0)'),
	('SELECT parindex.decimal_stats_merge(NULL, NULL)'),
	('SELECT parindex.decimal_stats_unmerge(NULL, NULL)')) AS v (q);

-- Any order: 100 permutations.
SELECT count(DISTINCT (mean, stats::text, decimal_stats_send(stats))) AS distinct_results
FROM generate_series(1, 100) AS p,
	LATERAL (
		SELECT weighted_mean(x, w ORDER BY hashint8extended(i, p))::text AS mean,
			decimal_stats(x, w ORDER BY hashint8extended(i, p)) AS stats
		FROM decimal_row
		WHERE i <= 500
	) AS r;

-- Any number of workers.
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
ALTER TABLE decimal_row SET (parallel_workers = 4);
CREATE TABLE by_workers (workers int, g int, mean numeric, sum numeric, stats decimal_stats);
CREATE FUNCTION pg_temp.run(workers int) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
	query text := 'SELECT g, weighted_mean(x, w) AS mean, weighted_sum(x, w) AS sum,
		decimal_stats(x, w) AS stats FROM decimal_row GROUP BY g';
	plan text := '';
	line text;
BEGIN
	PERFORM set_config('max_parallel_workers_per_gather', workers::text, false);
	PERFORM set_config('parallel_leader_participation', (workers = 1)::text, false);
	FOR line IN EXECUTE 'EXPLAIN (COSTS OFF) ' || query LOOP
		plan := plan || line;
	END LOOP;
	EXECUTE 'INSERT INTO by_workers SELECT $1, q.* FROM (' || query || ') AS q' USING workers;
	RETURN substring(plan FROM 'Workers Planned: \d+') ||
		CASE WHEN plan LIKE '%Partial%' THEN ', partial aggregates' END;
END $$;
SELECT workers, pg_temp.run(workers) FROM (VALUES (0), (1), (2), (4)) AS v (workers);
SELECT g, count(*), count(DISTINCT (mean::text, sum::text)) AS results, count(DISTINCT stats) AS states
FROM by_workers
GROUP BY g
ORDER BY g;
