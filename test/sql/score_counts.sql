-- Ranks without a sort: counted scores, and where a score stands among them.
CREATE SCHEMA test_score_counts;
SET search_path = test_score_counts, parindex;
\getenv abs_srcdir PG_ABS_SRCDIR
\set helpers :abs_srcdir '/helpers.sql'
\i :helpers

SELECT score_counts(x, 2) FROM unnest(ARRAY[93.655, 93.66, -1.005, 0, -0.001, 12, NULL, 'NaN', 'Infinity']::numeric[]) AS x;
SELECT score_counts(x, 2) FROM unnest(ARRAY[93.655, 93.66, -1.005, -0.0, -0.001, 12, NULL, 'NaN', '-Infinity']::float8[]) AS x;
SELECT (score_counts_rows(score_counts(x, -1))).* FROM unnest(ARRAY[15, 14, 25, -15, 1e15]::numeric[]) AS x;
SELECT score_counts(NULL::numeric, 2) IS NULL AS none, score_counts('NaN'::float8, 2) AS empty, rank_in(score_counts('NaN'::float8, 2), 5.0) AS first_of_none,
	percentile_in(score_counts('NaN'::float8, 2), 5.0) AS percentile, group_in(score_counts('NaN'::float8, 2), 5.0, 4) AS "group";

-- Keys are those of round(): any digits, signs and places.
CREATE TABLE numbers AS SELECT digits, (hashint4(i)::numeric * 10::numeric ^ (i % 20 - 14 - greatest(digits, 0) / 2))::numeric(60, 30) AS x
FROM generate_series(-15, 15) AS digits, generate_series(1, 200) AS i;
SELECT count(*) AS precisions, sum(n) AS scores, count(*) FILTER (WHERE counted IS DISTINCT FROM rounded) AS differ
FROM (SELECT digits, count(*) AS n, (SELECT array_agg(score || ' ' || count) FROM score_counts_rows(score_counts(x, digits))) AS counted,
	(SELECT array_agg(score || ' ' || count ORDER BY score DESC) FROM (SELECT round(y, n.digits) AS score, count(*) FROM numbers AS m (d, y) WHERE d = n.digits AND abs(y) * 10::numeric ^ d < 1e17 GROUP BY 1) AS r) AS rounded
	FROM numbers AS n WHERE abs(x) * 10::numeric ^ digits < 1e17 GROUP BY digits) AS t;

-- What the window functions say, over random scores with ties, both types, either way, at several precisions.
CREATE TABLE field AS SELECT i, CASE WHEN i % 97 = 0 THEN 'NaN'::numeric WHEN i % 101 = 0 THEN 'Infinity' WHEN i % 103 = 0 THEN '-Infinity' WHEN i % 13 <> 0 THEN ((hashint4(i) % 100000) / 1000.0)::numeric END AS score, i % 3 AS part
FROM generate_series(1, 3000) AS i;
SELECT digits, descending, count(*) AS n,
	count(*) FILTER (WHERE rank_in(c, score, 'min', descending) IS DISTINCT FROM r_min OR rank_in(c, score, 'max', descending) IS DISTINCT FROM r_max
		OR rank_in(c, score, 'dense', descending) IS DISTINCT FROM r_dense OR average_rank_in(c, score, descending) IS DISTINCT FROM r_average) AS ranks,
	count(*) FILTER (WHERE percentile_in(c, score) IS DISTINCT FROM p_max OR percentile_in(c, score, 'min') IS DISTINCT FROM p_min OR percentile_in(c, score, 'mid') IS DISTINCT FROM p_mid
		OR percentile_in(c, score, 'cume_dist') IS DISTINCT FROM p_cume OR percentile_in(c, score, 'hazen') IS DISTINCT FROM p_hazen) AS percentiles,
	count(*) FILTER (WHERE group_in(c, score, 10) IS DISTINCT FROM g OR rank_group_in(c, score, 10, 'from_last', descending) IS DISTINCT FROM g_last
		OR rank_group_in(c, score, 7, 'from_first', descending) IS DISTINCT FROM g_first OR rank_group_in(c, score, 7, 'ntile', descending) IS DISTINCT FROM g_ntile) AS groups,
	count(*) FILTER (WHERE tied_in(c, score) IS DISTINCT FROM tied) AS tied,
	count(*) FILTER (WHERE rank_in(f, score::float8, 'min', descending) IS DISTINCT FROM f_min OR percentile_in(f, score::float8) IS DISTINCT FROM f_max
		OR group_in(f, score::float8, 4) IS DISTINCT FROM f_group OR average_rank_in(f, score::float8, descending) IS DISTINCT FROM f_average OR tied_in(f, score::float8) IS DISTINCT FROM tied
		OR rank_group_in(f, score::float8, 4, 'ntile', descending) IS DISTINCT FROM f_ntile) AS floats
FROM (VALUES (3), (1), (0), (-1)) AS d (digits), (VALUES (true), (false)) AS e (descending),
	LATERAL (SELECT score_counts(score, digits) AS c, score_counts(score::float8, digits) AS f FROM field) AS counts,
	LATERAL (SELECT score, score_rank(score, 'min', digits, descending) OVER w AS r_min, score_rank(score, 'max', digits, descending) OVER w AS r_max, score_rank(score, 'dense', digits, descending) OVER w AS r_dense,
		average_rank(score, digits, descending) OVER w AS r_average, score_percentile(score, 'max', digits) OVER w AS p_max, score_percentile(score, 'min', digits) OVER w AS p_min,
		score_percentile(score, 'mid', digits) OVER w AS p_mid, score_percentile(score, 'cume_dist', digits) OVER w AS p_cume, score_percentile(score, 'hazen', digits) OVER w AS p_hazen,
		score_group(score, 10, digits) OVER w AS g, rank_group(score, 10, 'from_last', digits, descending) OVER w AS g_last, rank_group(score, 7, 'from_first', digits, descending) OVER w AS g_first,
		rank_group(score, 7, 'ntile', digits, descending) OVER w AS g_ntile, CASE WHEN score <> 'NaN' THEN count(*) OVER (PARTITION BY round(score, digits)) END AS tied,
		score_rank(score::float8, 'min', digits, descending) OVER w AS f_min, score_percentile(score::float8, 'max', digits) OVER w AS f_max, score_group(score::float8, 4, digits) OVER w AS f_group,
		average_rank(score::float8, digits, descending) OVER w AS f_average, rank_group(score::float8, 4, 'ntile', digits, descending) OVER w AS f_ntile
		FROM field WINDOW w AS ()) AS s
GROUP BY digits, descending ORDER BY digits DESC, descending;
-- A set with gaps is searched, not looked up in a table.
SELECT count(*) AS n, count(*) FILTER (WHERE rank_in(c, x) <> r) AS differ
FROM (SELECT x, score_rank(x) OVER () AS r FROM (SELECT (i::numeric * i * i * i) % 1000003 * 1000 + i AS x FROM generate_series(1, 500) AS i) AS v) AS s, (SELECT score_counts((i::numeric * i * i * i) % 1000003 * 1000 + i, 2) AS c FROM generate_series(1, 500) AS i) AS c;

-- By group, the counts of each beside its rows; and stored out of line.
SELECT count(*) AS n, count(*) FILTER (WHERE rank_in(c, score) IS DISTINCT FROM r) AS differ
FROM (SELECT part, score, score_rank(score, digits => 1) OVER (PARTITION BY part) AS r FROM field) AS f JOIN (SELECT part, score_counts(score, 1) AS c FROM field GROUP BY part) AS g USING (part);
CREATE TABLE stored AS SELECT part, score_counts(score + i * 1e-9, 9) AS c FROM field GROUP BY part;
SELECT count(*) AS n, count(*) FILTER (WHERE rank_in(c, score + i * 1e-9) IS DISTINCT FROM r) AS differ, (SELECT pg_column_size(c) > 8000 AND pg_relation_size(reltoastrelid) > 0 FROM stored, pg_class AS t WHERE t.oid = 'stored'::regclass LIMIT 1) AS toasted
FROM (SELECT i, part, score, score_rank(score + i * 1e-9) OVER (PARTITION BY part) AS r FROM field ORDER BY i) AS f JOIN stored USING (part);

-- Scores that were not counted: the rank that they would take.
SELECT x, rank_in(c, x) AS rank, rank_in(c, x, 'dense') AS dense, rank_in(c, x, 'max', false) AS from_below, average_rank_in(c, x) AS average, percentile_in(c, x) AS percentile, tied_in(c, x) AS tied, group_in(c, x, 4) AS quarter, rank_group_in(c, x, 2) AS half
FROM (SELECT score_counts(x, 0) AS c FROM unnest(ARRAY[10, 20, 20, 30]::numeric[]) AS x) AS c, unnest(ARRAY[5, 10, 15, 20, 25, 35, 'Infinity', '-Infinity', 'NaN']::numeric[]) AS x;

-- Parts merged are the whole, in any order; text and binary forms.
SELECT count(DISTINCT c) AS same, bool_and(c::text::score_counts = c AND score_counts_send(c) = score_counts_send(c::text::score_counts)) AS text_same
FROM (SELECT score_counts(score, 2) AS c FROM field UNION ALL SELECT score_counts(score, 2 ORDER BY -i) FROM field UNION ALL SELECT rollup(c) FROM (SELECT score_counts(score, 2) AS c FROM field GROUP BY part) AS parts
	UNION ALL SELECT rollup(c ORDER BY part DESC) FROM (SELECT part, score_counts(score, 2) AS c FROM field GROUP BY part) AS parts) AS all_ways;
CREATE TABLE many AS SELECT (hashint4(i) % 10000)::numeric / 100 AS score, hashint4(i) / 1e7::float8 AS real FROM generate_series(1, 60000) AS i;
ALTER TABLE many SET (parallel_workers = 2);
ANALYZE many;
CREATE TABLE serial AS SELECT score_counts(score, 1) AS c, score_counts(real, 1) AS f FROM many;
SET max_parallel_workers_per_gather = 2; SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0;
EXPLAIN (COSTS OFF) SELECT score_counts(score, 1), score_counts(real, 1) FROM many;
SELECT score_counts(score, 1) = (SELECT c FROM serial) AS numeric_same, score_counts(real, 1) = (SELECT f FROM serial) AS float_same FROM many;
RESET max_parallel_workers_per_gather; RESET parallel_setup_cost; RESET parallel_tuple_cost; RESET min_parallel_table_scan_size;
SELECT sum(rank_in(c, score)) = (SELECT sum(rank) FROM (SELECT score_rank(score, digits => 1) OVER () AS rank FROM many) AS r) AS same FROM many, serial;
SELECT a < b AS less, a <= a AS le, b > a AS gt, b >= a AS ge, a <> b AS ne, score_counts_cmp(a, b) AS cmp, score_counts_hash(a) = score_counts_hash(a) AS hash
FROM (VALUES ('v1 digits 2 {1.00: 1}'::score_counts, 'v1 digits 2 {1.00: 2}'::score_counts)) AS t (a, b);

SELECT query, error_of(query) FROM unnest(ARRAY[
	'SELECT score_counts(1.5, NULL)', 'SELECT score_counts(1.5, 16)', 'SELECT score_counts(1.5, i) FROM generate_series(1, 2) AS i', 'SELECT score_counts(1e18, 0)', 'SELECT score_counts(1e10, 9)', 'SELECT score_counts(-123456789012345678901234567890.5, 2)',
	'SELECT score_counts(1e30::float8, 0)', 'SELECT rank_in(''v1 digits 0 {1: 1}'', 1, ''best'')', 'SELECT rank_in(''v1 digits 0 {1: 1}'', 1, ''average'')', 'SELECT percentile_in(''v1 digits 0 {1: 1}'', 1, ''dense'')', 'SELECT group_in(''v1 digits 0 {1: 1}'', 1, 0)',
	'SELECT rank_group_in(''v1 digits 0 {1: 1}'', 1, 2, ''thirds'')', 'SELECT rollup(c) FROM (VALUES (''v1 digits 0 {1: 1}''::score_counts), (''v1 digits 1 {1: 1}'')) AS t (c)', 'SELECT rollup(''v1 digits 0 {1: 9000000000000000000}''::score_counts) FROM generate_series(1, 2)',
	'SELECT ''v1 digits 0 {1: 1, 1: 1}''::score_counts', 'SELECT ''v1 digits 0 {1.5: 1}''::score_counts', 'SELECT ''v1 digits 0 {1: 0}''::score_counts', 'SELECT ''v1 digits 0 {2: 1, 1: 1}''::score_counts', 'SELECT ''v1 digits 20 {}''::score_counts', 'SELECT ''v1 digits 0 {NaN: 1}''::score_counts', 'SELECT ''v1 digits 0 {1: 1} x''::score_counts',
	'SELECT score_counts_add(NULL, 1.5, 2)', 'SELECT score_counts_merge(''v1 digits 0 {1: 1}'', NULL)', 'SELECT score_counts_final(NULL)'
]) AS query;

-- Mean ranks, exactly; groups by rank as official statistics count them off.
SELECT x, average_rank(x, descending => false) OVER () AS "rank", average_rank(x) OVER () AS descending, average_rank(x, -1) OVER () AS tens, average_rank(x::float8) OVER () AS real, average_rank(ARRAY[x, 1]) OVER () AS criteria, average_rank(ARRAY[x, 1], false) OVER () AS criteria_up
FROM unnest(ARRAY[10, 20, 20, 30, NULL, 'NaN']::numeric[]) AS x;
SELECT error_of($$SELECT score_rank(x, 'average') OVER () FROM unnest(ARRAY[1.5]) AS x$$), error_of($$SELECT average_rank(x, x::int) OVER () FROM unnest(ARRAY[1.5, 3]) AS x$$);
-- 12 areas in deciles (R package PHEindicatormethods, phe_quantile), and in fewer than groups; ntile() itself.
SELECT i, rank_group(i::numeric, 10) OVER () AS from_last, 11 - ceil((12 + 1 - i) / 1.2) AS "right", rank_group(i::numeric, 10, 'from_first') OVER () AS from_first, ceil(i / 1.2) AS right_first,
	rank_group(i::float8, 5, 'ntile') OVER () AS "ntile", ntile(5) OVER (ORDER BY i) AS right_ntile, rank_group(i::numeric, 10, descending => true) OVER () AS descending, rank_group(i::numeric, 15) OVER () AS fifteen, rank_group(i::float8, 3, digits => -1) OVER () AS tied
FROM generate_series(1, 12) AS i ORDER BY i;
SELECT x, rank_group(x, 3) OVER () AS "group", rank_group(x, 3, 'ntile') OVER () AS ntile FROM unnest(ARRAY[1, 1, 1, 1, 2, 3, NULL, 'NaN']::numeric[]) AS x;
SELECT error_of($$SELECT rank_group(x, 0) OVER () FROM unnest(ARRAY[1.5]) AS x$$), error_of($$SELECT rank_group(x, 3, 'thirds') OVER () FROM unnest(ARRAY[1.5]) AS x$$), error_of($$SELECT rank_group(x, 3, NULL) OVER () FROM unnest(ARRAY[1.5]) AS x$$);
