-- league_table(unit, score): all units, best first.
CREATE SCHEMA test_league_table;
SET search_path = test_league_table, parindex;
\getenv abs_srcdir PG_ABS_SRCDIR
\set helpers :abs_srcdir '/helpers.sql'
\i :helpers
SET client_min_messages = warning;

SELECT rank, unit, score
FROM (
	SELECT league_table(unit, score)
	FROM (VALUES ('a', 80.5), ('b', 91.25), ('c', 80.50), ('d', NULL), ('e', 77), ('f', 'NaN')) AS v (unit, score)
) AS l (list),
	 score_list_decimal_rows(list);

SELECT league_table('a'::text, 1::float8) AS list
UNION ALL SELECT league_table(2::bigint, 1::float8)
UNION ALL SELECT league_table('a'::text, 1.50::numeric)
UNION ALL SELECT league_table(2::bigint, 1.50::numeric)
UNION ALL SELECT league_table(2::int, 1::int);

-- Equal to rank() over all rows.
SELECT setseed(0.5);
CREATE TABLE league_table_data AS
SELECT i AS id, i % 5 AS g, 'unit ' || i AS unit,
	   CASE WHEN i % 9 = 0 THEN NULL WHEN i % 10 = 0 THEN 'NaN' ELSE floor(random() * 900) / 8 END::float8 AS score
FROM generate_series(1, 12000) AS i;
ANALYZE league_table_data;

WITH ours AS (
	SELECT g, r.rank::bigint, r.unit, r.score
	FROM (SELECT g, league_table(unit, score) FROM league_table_data GROUP BY g) AS l (g, list),
		 score_list_rows(list) AS r
), peer AS (
	SELECT g, rank() OVER (PARTITION BY g ORDER BY score DESC), unit, score
	FROM league_table_data
	WHERE score <> 'NaN'
)
SELECT NOT EXISTS (TABLE ours EXCEPT ALL TABLE peer)
	   AND NOT EXISTS (TABLE peer EXCEPT ALL TABLE ours) AS equals_peer,
	   (SELECT count(*) FROM ours) = 9600 AS all_listed;

-- The same units as the list of the best million.
WITH lists AS (
	SELECT league_table(id, score) AS list, top_scores(1000000, id, score) AS top FROM league_table_data
), all_units AS (
	SELECT r.* FROM lists, score_list_rows(list) AS r
), best AS (
	SELECT r.* FROM lists, score_list_rows(top) AS r
)
SELECT NOT EXISTS (TABLE all_units EXCEPT ALL TABLE best)
	   AND NOT EXISTS (TABLE best EXCEPT ALL TABLE all_units) AS same_rows
FROM lists
WHERE list <> top;

-- The same bits for 100 orders of the rows.
SELECT count(DISTINCT score_list_send(list)) AS versions,
	   count(DISTINCT score_list_send(numeric_list)) AS numeric_versions
FROM generate_series(1, 100) AS seed,
	 LATERAL (
		SELECT league_table(unit, score ORDER BY hashtext(unit || seed)),
			   league_table(id % 9, round(score::numeric, id % 3) ORDER BY hashtext(unit || seed))
		FROM league_table_data
		WHERE id < 300
	 ) AS l (list, numeric_list);

-- The same bits from parallel workers.
CREATE TEMP TABLE by_workers AS
SELECT g, score_list_send(league_table(unit, score)) AS message FROM league_table_data GROUP BY g;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 4;
SELECT plan_has('SELECT league_table(unit, score) FROM league_table_data', 'Partial') AS parallel;
INSERT INTO by_workers
SELECT g, score_list_send(rollup(list))
FROM (SELECT g, id % 3, league_table(unit, score) AS list FROM league_table_data GROUP BY 1, 2) AS parts
GROUP BY g;
SELECT count(DISTINCT (g, message)) = 5 AS same_bits, count(*) = 10 AS all_run FROM by_workers;
SELECT score_list_send(league_table(unit, score)) =
	   (SELECT score_list_send(rollup(list)) FROM (SELECT league_table(unit, score) FROM league_table_data GROUP BY g) AS l (list)) AS whole_is_rollup
FROM league_table_data;

-- Empty input, one row, all ties beyond the room of a list of the best.
SELECT league_table('a'::text, 1::float8) IS NULL AS empty FROM generate_series(1, 0);
SELECT league_table(unit, score) IS NULL AS all_missing
FROM (VALUES ('a', NULL::float8), ('b', 'NaN'), (NULL, NULL), (NULL, 'NaN')) AS v (unit, score);
SELECT league_table('a', 1.5::float8) AS one_row;
SELECT count(*) AS listed, max(rank) AS last_rank
FROM (SELECT league_table(i, 0::float8) FROM generate_series(1, 30000) AS i) AS l (list), score_list_rows(list);

-- Errors name what is wrong.
SELECT league_table(NULL::text, 1.5::float8);
SELECT league_table(NULL::bigint, 1.50);
SELECT league_table_add(NULL, 'a'::text, 1::float8);
