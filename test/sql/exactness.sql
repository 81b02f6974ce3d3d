-- The same data give the same bits: in any order, with any number of workers,
-- over partitions, by rollup of any split, and in every window frame.
SET client_min_messages = warning;
CREATE SCHEMA test_exactness;
SET search_path = test_exactness, parindex;
\getenv abs_srcdir PG_ABS_SRCDIR
\set helpers :abs_srcdir '/helpers.sql'
\i :helpers
SET jit = off;

/*
 * hard: of the whole range of doubles, cancelling. y: hard, but with squares
 * in range. special: y with what is not a number. Weights include zero.
 */
CREATE TABLE cell (id int, hard float8, y float8, special float8, w float8);
INSERT INTO cell
SELECT
	id,
	CASE id % 8
		WHEN 0 THEN (id % 7 - 3) * 1e290
		WHEN 1 THEN 5e-324 * id
		WHEN 2 THEN -1e-300 / id
		WHEN 3 THEN NULL
		ELSE y
	END,
	y,
	CASE WHEN id % 11 = 5 THEN 'NaN' WHEN id % 13 = 7 THEN 'Infinity' WHEN id % 17 = 3 THEN '-Infinity' ELSE y END,
	CASE id % 6 WHEN 0 THEN 0 WHEN 1 THEN 1 WHEN 2 THEN 0.1 WHEN 3 THEN 1e-200 WHEN 4 THEN 1e10 / 3 ELSE 2.5 END
FROM (
	SELECT id, CASE id % 9
		WHEN 0 THEN 1e8 + id * 0.001
		WHEN 1 THEN (id % 5 - 2) * 1e130
		WHEN 2 THEN -1e-100 / id
		WHEN 3 THEN 93.655
		WHEN 4 THEN NULL
		WHEN 5 THEN 0
		ELSE id / 3.0 - 1000
	END AS y
	FROM generate_series(1, 20000) AS id
) AS t;
ALTER TABLE cell SET (parallel_workers = 4);
ANALYZE cell;

-- All there is to know of a set of rows, as bytes
CREATE FUNCTION results(source text) RETURNS bytea LANGUAGE plpgsql AS $$
DECLARE
	result bytea;
BEGIN
	EXECUTE format('SELECT float8send(weighted_mean(hard, w)) || float8send(weighted_sum(hard, w))
		|| float8send(weighted_variance(y, w)) || float8send(weighted_stddev(y, w))
		|| score_stats_send(score_stats(hard, w)) || score_stats_send(score_stats(hard))
		|| score_stats_send(score_stats(special, w)) || score_stats_send(score_stats(special))
		FROM %s', source) INTO STRICT result;
	RETURN result;
END $$;

SET max_parallel_workers_per_gather = 0;
CREATE TABLE expected AS SELECT results('cell') AS bits;

-- 100 random orders of 2000 rows
SELECT setseed(0.20190328);
CREATE TABLE shuffled AS
SELECT p, random() AS r, cell.* FROM generate_series(1, 100) AS p, cell WHERE id <= 2000;
SELECT count(DISTINCT bits) AS different_results, count(DISTINCT order_of_rows) AS orders
FROM (
	SELECT
		float8send(weighted_mean(hard, w ORDER BY r)) || float8send(weighted_sum(hard, w ORDER BY r))
			|| float8send(weighted_variance(y, w ORDER BY r)) || float8send(weighted_stddev(y, w ORDER BY r))
			|| score_stats_send(score_stats(hard, w ORDER BY r)) || score_stats_send(score_stats(special ORDER BY r)) AS bits,
		md5(string_agg(id::text, ' ' ORDER BY r)) AS order_of_rows
	FROM shuffled GROUP BY p
) AS t;
DROP TABLE shuffled;

-- 1, 2 and 4 workers
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 1;
SELECT plan_has('SELECT weighted_mean(hard, w), weighted_variance(y, w), score_stats(y), score_stats(y, w) FROM cell',
	'Gather', 'Workers Planned: 1', 'Partial Aggregate', 'Finalize Aggregate') AS parallel,
	results('cell') = bits AS one_worker FROM expected;
SET parallel_leader_participation = off;
SET max_parallel_workers_per_gather = 2;
SELECT plan_has('SELECT weighted_sum(hard, w), weighted_stddev(y, w), score_stats(y), score_stats(y, w) FROM cell',
	'Gather', 'Workers Planned: 2', 'Partial Aggregate', 'Finalize Aggregate') AS parallel,
	results('cell') = bits AS two_workers FROM expected;
SET max_parallel_workers_per_gather = 4;
SELECT plan_has('SELECT weighted_mean(hard, w), weighted_variance(y, w), score_stats(y), score_stats(y, w) FROM cell',
	'Gather', 'Workers Planned: 4', 'Partial Aggregate', 'Finalize Aggregate') AS parallel,
	results('cell') = bits AS four_workers FROM expected;
SET parallel_leader_participation = on;
SELECT results('cell') = bits AS four_workers_and_leader FROM expected;

-- Workers whose rows are all filtered out, or all missing, combine as well.
SELECT plan_has(query, 'Gather', 'Partial Aggregate', 'Finalize Aggregate') AS parallel, what
FROM (VALUES
	('three rows', 'SELECT score_stats(y, w), weighted_mean(y, w) FROM cell WHERE id * 1 < 4'),
	('no row', 'SELECT score_stats(y, w), weighted_mean(y, w) FROM cell WHERE id * 1 < 0'),
	('missing', 'SELECT score_stats(y, w), weighted_mean(y, w) FROM cell WHERE abs(id % 9 - 4) < 1')
) AS t (what, query);
SELECT count_of(score_stats(y, w)) AS three_rows FROM cell WHERE id * 1 < 4;
SELECT score_stats(y, w) AS no_row, weighted_mean(y, w) AS no_mean FROM cell WHERE id * 1 < 0;
SELECT score_stats(y, w) AS missing, weighted_mean(y, w) AS no_mean FROM cell WHERE abs(id % 9 - 4) < 1;

-- By groups
SELECT count(*) AS different_groups
FROM (SELECT id % 50 AS g, weighted_mean(hard, w) AS mean, score_stats(special, w) AS state FROM cell GROUP BY id % 50) AS a
JOIN LATERAL (
	SELECT weighted_mean(hard, w ORDER BY id DESC) AS mean, score_stats(special, w ORDER BY id DESC) AS state
	FROM cell WHERE id % 50 = g
) AS b ON (float8send(a.mean), a.state) IS DISTINCT FROM (float8send(b.mean), b.state);

-- A stored partial aggregate of parallel workers, merged in parallel
CREATE TABLE stored AS SELECT id % 1000 AS g, score_stats(hard, w) AS state FROM cell GROUP BY id % 1000;
ALTER TABLE stored SET (parallel_workers = 4);
SELECT plan_has('SELECT rollup(state) FROM stored', 'Gather', 'Partial Aggregate') AS parallel,
	(SELECT rollup(state) FROM stored) = (SELECT score_stats(hard, w) FROM cell) AS rolled_up;

-- Partitions: none, missing, some, none, some and one; combined as none with
-- none, none with some, some with none, and some with some.
SET enable_partitionwise_aggregate = on;
SET max_parallel_workers_per_gather = 0;
CREATE TABLE part (p int, id int, hard float8, y float8, special float8, w float8) PARTITION BY LIST (p);
CREATE TABLE part_1 PARTITION OF part FOR VALUES IN (1);
CREATE TABLE part_2 PARTITION OF part FOR VALUES IN (2);
CREATE TABLE part_3 PARTITION OF part FOR VALUES IN (3);
CREATE TABLE part_4 PARTITION OF part FOR VALUES IN (4);
CREATE TABLE part_5 PARTITION OF part FOR VALUES IN (5);
CREATE TABLE part_6 PARTITION OF part FOR VALUES IN (6);
CREATE TABLE part_7 PARTITION OF part FOR VALUES IN (7);
INSERT INTO part SELECT CASE WHEN id = 1000 THEN 7 WHEN id % 3 = 0 THEN 4 ELSE 6 END, * FROM cell;
INSERT INTO part SELECT 3, NULL, NULL, NULL, NULL, 1 FROM generate_series(1, 100);
ANALYZE part;
SELECT plan_has('SELECT weighted_mean(hard, w), weighted_variance(y, w), score_stats(y), score_stats(y, w) FROM part',
	'Partial Aggregate', 'Finalize Aggregate', 'Append') AS partitionwise,
	results('part') = bits AS partitions FROM expected;
SET max_parallel_workers_per_gather = 2;
SELECT results('part') = bits AS parallel_partitions FROM expected;
RESET enable_partitionwise_aggregate;
SELECT results('part') = bits AS append FROM expected;
RESET max_parallel_workers_per_gather;
RESET parallel_setup_cost;
RESET parallel_tuple_cost;
RESET min_parallel_table_scan_size;

-- Rollup of any split, by size and by hash, nested, in any order
SELECT splits, rolled = (SELECT score_stats(special, w) FROM cell) AS weighted,
	rolled_unit = (SELECT score_stats(hard) FROM cell) AS unweighted
FROM (
	SELECT splits, rollup(s ORDER BY md5(g::text)) AS rolled, rollup(u ORDER BY g DESC) AS rolled_unit
	FROM (
		SELECT splits, hashint4(id * 31 + splits) % splits AS g, score_stats(special, w) AS s, score_stats(hard) AS u
		FROM cell, (VALUES (1), (2), (3), (17), (1000)) AS v (splits)
		GROUP BY 1, 2
	) AS t GROUP BY splits
) AS t ORDER BY splits;
SELECT rollup(part) = (SELECT score_stats(hard, w) FROM cell) AS nested
FROM (SELECT rollup(state) AS part FROM stored GROUP BY g % 10) AS t;
SELECT
	rollup(s) = (SELECT score_stats(hard, w) FROM cell WHERE id <= 100) AS null_first,
	rollup(s ORDER BY i DESC) = (SELECT score_stats(hard, w) FROM cell WHERE id <= 100) AS null_last
FROM (SELECT i, CASE WHEN i IN (2, 4) THEN (SELECT score_stats(hard, w) FROM cell WHERE id <= 100 AND id % 2 = i / 2 - 1) END AS s
	FROM generate_series(1, 5) AS i) AS t;

-- Every window frame, against a fresh aggregate over the rows in it. Both
-- kinds of values come and go: ordinary and not, with weights of zero.
CREATE TABLE frame_row AS
SELECT row_number() OVER (ORDER BY id) AS id, id / 5 AS o, hard, y, special, w,
	CASE WHEN id % 4 > 0 THEN score_stats(hard, w) END AS state
FROM cell WHERE id BETWEEN 1 AND 130 GROUP BY id, hard, y, special, w;

CREATE FUNCTION wrong_rows(frame text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	result bigint;
BEGIN
	EXECUTE format($query$
		WITH moving AS (
			SELECT
				array_agg(id) OVER f AS ids,
				float8send(weighted_mean(hard, w) OVER f) AS mean,
				float8send(weighted_mean(special, w) OVER f) AS special_mean,
				float8send(weighted_sum(special, w) OVER f) AS sum,
				float8send(weighted_variance(y, w) OVER f) AS variance,
				float8send(weighted_stddev(special, w) OVER f) AS stddev,
				score_stats(hard, w) OVER f AS state,
				score_stats(special, w) OVER f AS special_state,
				score_stats(special) OVER f AS unit_state,
				rollup(state) OVER f AS rolled
			FROM frame_row
			WINDOW f AS (ORDER BY o %1$s)
		)
		SELECT count(*)
		FROM moving, LATERAL (
			SELECT
				float8send(weighted_mean(hard, w)) AS mean,
				float8send(weighted_mean(special, w)) AS special_mean,
				float8send(weighted_sum(special, w)) AS sum,
				float8send(weighted_variance(y, w)) AS variance,
				float8send(weighted_stddev(special, w)) AS stddev,
				score_stats(hard, w) AS state,
				score_stats(special, w) AS special_state,
				score_stats(special) AS unit_state,
				rollup(state) AS rolled
			FROM unnest(ids) AS i JOIN frame_row ON id = i
		) AS fresh
		WHERE (moving.mean, moving.special_mean, moving.sum, moving.variance, moving.stddev,
				moving.state::text, moving.special_state::text, moving.unit_state::text, moving.rolled::text)
			IS DISTINCT FROM (fresh.mean, fresh.special_mean, fresh.sum, fresh.variance, fresh.stddev,
				fresh.state::text, fresh.special_state::text, fresh.unit_state::text, fresh.rolled::text)
		$query$, frame) INTO STRICT result;
	RETURN result;
END $$;

SELECT frame || exclusion AS frame, wrong_rows(frame || exclusion)
FROM (VALUES
	('ROWS BETWEEN 1 PRECEDING AND CURRENT ROW'),
	('ROWS BETWEEN 7 PRECEDING AND 3 FOLLOWING'),
	('ROWS BETWEEN 20 PRECEDING AND 15 PRECEDING'),
	('ROWS BETWEEN 2 FOLLOWING AND 30 FOLLOWING'),
	('ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING'),
	('ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW'),
	('RANGE BETWEEN 2 PRECEDING AND 1 FOLLOWING'),
	('RANGE BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING'),
	('GROUPS BETWEEN 1 PRECEDING AND 1 FOLLOWING'),
	('GROUPS BETWEEN 3 FOLLOWING AND 4 FOLLOWING')
) AS f (frame), (VALUES (''), (' EXCLUDE CURRENT ROW'), (' EXCLUDE GROUP'), (' EXCLUDE TIES')) AS e (exclusion)
ORDER BY 1;

-- Moving frames are inverted, not computed anew: of 5000 rows in frames of 1000 each
-- is read when it comes and when it goes, where 4500000 would be read anew. Only
-- score_stats begins again, when the smallest or the largest value goes.
CREATE SEQUENCE reading;
-- immutable but in name, or no frame is inverted
CREATE FUNCTION counted(x float8) RETURNS float8 LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
	PERFORM nextval('reading');
	RETURN x;
END $$;
CREATE FUNCTION rows_read(aggregate text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	before bigint := nextval('reading');
BEGIN
	EXECUTE format('SELECT count(a) FROM (
		SELECT %s OVER (ORDER BY i ROWS BETWEEN 1000 PRECEDING AND CURRENT ROW) AS a
		FROM (SELECT i, 1 + i * 7919 %% 10007 AS x FROM generate_series(1, 5000) AS i) AS t) AS u', aggregate);
	RETURN nextval('reading') - before - 1;
END $$;
SELECT aggregate, r < 10000 AS each_twice, r < 25000 AS hardly_ever_anew
FROM (VALUES ('weighted_mean(counted(x), 1 + x)'), ('weighted_sum(counted(x), 1)'), ('weighted_variance(counted(x), 2)'),
	('weighted_mean(counted(x)::numeric, 1)'), ('decimal_stats(counted(x)::numeric)'), ('score_stats(counted(x))')) AS v (aggregate), rows_read(aggregate) AS r;
