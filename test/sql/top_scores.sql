-- top_scores(k, unit, score): the best k with ties, exact in any order and split.
CREATE SCHEMA test_top_scores;
SET search_path = test_top_scores, parindex;
\getenv abs_srcdir PG_ABS_SRCDIR
\set helpers :abs_srcdir '/helpers.sql'
\i :helpers
SET client_min_messages = warning;

-- Read as a table.
SELECT province, rank, score
FROM (
	SELECT top_scores(3, province, score)
	FROM (VALUES ('Quảng Ninh', 73.40), ('Đồng Tháp', 72.10), ('Vĩnh Long', 71.34),
				 ('Bắc Ninh', 70.79), ('Đà Nẵng', 71.34)) AS pci (province, score)
) AS best (list),
	 score_list_decimal_rows(list) AS rows (rank, province, score);

-- The four overloads, and what other types resolve to.
SELECT top_scores(1, 'a'::text, 1::float8) AS list
UNION ALL SELECT top_scores(1, 2::bigint, 1::float8)
UNION ALL SELECT top_scores(1, 'a'::text, 1.50::numeric)
UNION ALL SELECT top_scores(1, 2::bigint, 1.50::numeric)
UNION ALL SELECT top_scores(1, 'a'::varchar, 1::real)
UNION ALL SELECT top_scores(1, 2::int, 1::int);

-- Equal to the peer, for every k, with ties, NULL and NaN.
SELECT setseed(0.1);
CREATE TABLE top_scores_data AS
SELECT i AS id,
	   i % 7 AS g,
	   'unit ' || i AS unit,
	   CASE WHEN i % 11 = 0 THEN NULL
			WHEN i % 13 = 0 THEN 'NaN'
			WHEN i % 97 = 0 THEN 'Infinity'
			WHEN i % 101 = 0 THEN '-Infinity'
			WHEN i % 3 = 0 THEN floor(random() * 20)
			ELSE random() * 20 END::float8 AS score
FROM generate_series(1, 20000) AS i;
ANALYZE top_scores_data;

CREATE FUNCTION pg_temp.peer(k int) RETURNS TABLE (g int, rank bigint, unit text, score float8)
LANGUAGE sql AS $$
	SELECT g, rank, unit, score
	FROM (
		SELECT g, rank() OVER (PARTITION BY g ORDER BY score DESC) AS rank, unit, score
		FROM top_scores_data
		WHERE score <> 'NaN'
	) AS ranked
	WHERE rank <= k
$$;

SELECT bool_and(same) AS equals_peer, sum(n) > 10000 AS many
FROM unnest(ARRAY[1, 2, 3, 10, 35, 300, 2500, 1000000]) AS k,
	 LATERAL (
		WITH ours AS (
			SELECT g, r.rank::bigint, r.unit, r.score
			FROM (SELECT g, top_scores(k, unit, score) FROM top_scores_data GROUP BY g) AS l (g, list),
				 score_list_rows(list) AS r
		)
		SELECT NOT EXISTS (TABLE ours EXCEPT ALL SELECT * FROM pg_temp.peer(k))
			   AND NOT EXISTS (SELECT * FROM pg_temp.peer(k) EXCEPT ALL TABLE ours),
			   (SELECT count(*) FROM ours)
	 ) AS compared (same, n);

-- Within a list: by rank, then bytewise or by number.
SELECT bool_and(row_number = expected) AS in_order
FROM (SELECT g, top_scores(300, unit, score), top_scores(300, id, score)
	  FROM top_scores_data GROUP BY g) AS l (g, list, id_list),
	 LATERAL (
		SELECT row_number() OVER () AS row_number,
			   row_number() OVER (ORDER BY score DESC, unit COLLATE "C") AS expected
		FROM score_list_rows(list)
		UNION ALL
		SELECT row_number() OVER (),
			   row_number() OVER (ORDER BY score DESC, unit::bigint)
		FROM score_list_rows(id_list)
	 ) AS numbered;

-- Numeric scores: ranks of numeric order, and the scores as given.
CREATE TEMP TABLE decimal_data AS
SELECT g, id, unit, round(score::numeric, id % 4) AS score
FROM top_scores_data
WHERE abs(score) < 100;

WITH ours AS (
	SELECT g, r.rank::bigint, r.unit, r.score::text
	FROM (SELECT g, top_scores(10, unit, score) FROM decimal_data GROUP BY g) AS l (g, list),
		 score_list_decimal_rows(list) AS r
), peer AS (
	SELECT g, rank, unit, score::text
	FROM (SELECT g, rank() OVER (PARTITION BY g ORDER BY score DESC), unit, score FROM decimal_data) AS ranked
	WHERE rank <= 10
)
SELECT NOT EXISTS (TABLE ours EXCEPT ALL TABLE peer)
	   AND NOT EXISTS (TABLE peer EXCEPT ALL TABLE ours) AS equals_peer,
	   (SELECT count(*) FROM ours) > 70 AS with_ties;

-- The same bits for 100 orders of the rows.
SELECT count(DISTINCT score_list_send(list)) AS versions,
	   count(DISTINCT score_list_send(numeric_list)) AS numeric_versions
FROM generate_series(1, 100) AS seed,
	 LATERAL (
		SELECT top_scores(5, unit, score::float8 ORDER BY hashtext(unit || seed)),
			   top_scores(5, id % 50, round(score, id % 3) ORDER BY hashtext(unit || seed))
		FROM decimal_data
		WHERE id < 1500
	 ) AS l (list, numeric_list);

-- The same bits for any number of workers.
CREATE TEMP TABLE by_workers (workers int, g int, message bytea, id_message bytea);
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 0;
INSERT INTO by_workers
SELECT 0, g, score_list_send(top_scores(20, unit, score)), score_list_send(top_scores(20, id, score::numeric))
FROM top_scores_data GROUP BY g;
SET max_parallel_workers_per_gather = 2;
INSERT INTO by_workers
SELECT 2, g, score_list_send(top_scores(20, unit, score)), score_list_send(top_scores(20, id, score::numeric))
FROM top_scores_data GROUP BY g;
SET max_parallel_workers_per_gather = 4;
SELECT plan_has('SELECT g, top_scores(20, unit, score) FROM top_scores_data GROUP BY g', 'Partial') AS parallel;
INSERT INTO by_workers
SELECT 4, g, score_list_send(top_scores(20, unit, score)), score_list_send(top_scores(20, id, score::numeric))
FROM top_scores_data GROUP BY g;
SELECT count(DISTINCT (g, message, id_message)) = 7 AS same_bits, count(*) = 21 AS all_run FROM by_workers;

-- Workers that see no row, or only missing scores.
SELECT count(*) AS rows_of_few
FROM (SELECT top_scores(3, unit, score) FROM top_scores_data WHERE id IN (5, 19999) OR id % 11 = 0) AS l (list),
	 score_list_rows(list);

-- Ties at the k-th score are kept up to 10,000 beyond k.
SELECT count(*) AS kept, max(rank) AS last_rank
FROM (SELECT top_scores(3, i, 1::float8) FROM generate_series(1, 10003) AS i) AS l (list),
	 score_list_rows(list);
SELECT top_scores(3, i, 1.25::float8) FROM generate_series(1, 10004) AS i;
SELECT top_scores(3, 'u', 1.50::numeric) FROM generate_series(1, 10004) AS i;

-- Whether a tie is too large is known at the end only, in any order and split.
CREATE TABLE top_scores_ties AS
SELECT i AS id, (i > 60000)::int::float8 AS score FROM generate_series(1, 60003) AS i;
SELECT top_scores(3, id, score ORDER BY score) = top_scores(3, id, score ORDER BY score DESC) AS same_list,
	   top_scores(3, id, score ORDER BY score) AS list
FROM top_scores_ties;
SELECT plan_has('SELECT top_scores(3, id, score) FROM top_scores_ties', 'Partial') AS parallel;
SELECT top_scores(3, id, score) AS list FROM top_scores_ties;
SELECT top_scores(4, id, score) FROM top_scores_ties;
SELECT top_scores(4, id, score ORDER BY score) FROM top_scores_ties;
SELECT top_scores(4, id, score ORDER BY score DESC) FROM top_scores_ties;

-- Empty input, one row, all missing, all ties, infinities, -0.
SELECT top_scores(3, 'a'::text, 1::float8) IS NULL AS empty FROM generate_series(1, 0);
SELECT top_scores(3, unit, score) IS NULL AS all_missing
FROM (VALUES ('a', NULL::float8), ('b', 'NaN'), (NULL, NULL), (NULL, 'NaN')) AS v (unit, score);
SELECT top_scores(3, unit, score) IS NULL AS all_missing
FROM (VALUES ('a', NULL::numeric), ('b', 'NaN'), (NULL, NULL), (NULL, 'NaN')) AS v (unit, score);
SELECT top_scores(3, 'a', 1.5::float8) AS one_row;
SELECT top_scores(2, unit, score) AS all_ties
FROM (VALUES ('c', 0::float8), ('a', -0.0), ('b', 0), ('a', 0)) AS v (unit, score);
SELECT top_scores(2, unit, score) AS infinities
FROM (VALUES ('c', 1::float8), ('a', 'Infinity'), ('b', '-Infinity')) AS v (unit, score);
SELECT top_scores(1, unit, score) AS scales
FROM (VALUES (1, 2.50), (1, 2.5), (1, 2.500), (0, 2.5000)) AS v (unit, score);

-- Long units, toasted ones among them; a list larger than its first memory.
SELECT bool_and(length(unit) = 20000 + rank AND unit = repeat('x', 20000 + rank)) AS units_whole, count(*)
FROM (
	SELECT top_scores(50, repeat('x', 20000 + i), (- i)::float8)
	FROM generate_series(1, 400) AS i
) AS l (list),
	 score_list_rows(list);
CREATE TEMP TABLE toasted AS
SELECT i, (SELECT string_agg(md5(i || ' ' || j), '') FROM generate_series(1, 200) AS j) AS unit
FROM generate_series(1, 30) AS i;
SELECT bool_and(t.unit = r.unit) AS units_whole, count(*)
FROM (SELECT top_scores(9, unit, i::float8) FROM toasted) AS l (list),
	 score_list_rows(list) AS r
JOIN toasted AS t ON t.i = 31 - r.rank;

-- As a window aggregate, the running list is that of the rows so far.
SELECT bool_and(running = (SELECT top_scores(3, unit, score) FROM top_scores_data AS d WHERE d.id <= r.id)) AS running_right
FROM (SELECT id, top_scores(3, unit, score) OVER (ORDER BY id) AS running
	  FROM top_scores_data WHERE id <= 300) AS r;

-- Errors name what is wrong.
SELECT top_scores(NULL, 'a', 1::float8);
SELECT top_scores(0, 'a', 1::float8);
SELECT top_scores(1000001, 'a', 1::float8);
SELECT top_scores(k, 'a', NULL::float8) FROM (VALUES (2), (3)) AS v (k);
SELECT top_scores(k, 'a', NULL::float8) FROM (VALUES (3), (2)) AS v (k);
SELECT top_scores(2, NULL::text, 93.655::float8);
SELECT top_scores(2, NULL::bigint, 93.6550);
SELECT top_scores_add(NULL, 2, 'a'::text, 1::float8);
