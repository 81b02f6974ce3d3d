-- The states survey_stats and survey_cov_stats: what they hold, whatever the
-- order, plan and partition; their forms, their order, and what is refused.
SET client_min_messages = warning;
CREATE SCHEMA test_survey_stats;
SET search_path = test_survey_stats, parindex;
\getenv abs_srcdir PG_ABS_SRCDIR
\set helpers :abs_srcdir '/helpers.sql'
\i :helpers

-- Answers of all magnitudes, some of them missing, some of weight zero
SELECT setseed(0.5);
CREATE TABLE answer AS
SELECT i, 1 + i % 7 AS stratum, 100 * (1 + i % 7) + i / 7 % 9 AS psu, i / 63 % 4 AS ssu, 'D' || i % 5 AS domain,
	CASE WHEN i % 11 <> 0 THEN (random() - 0.3) * 10 ^ (i % 9 - 4) END AS y,
	CASE WHEN i % 13 <> 0 THEN round((random() * 5)::numeric)::float8 END AS z,
	CASE WHEN i % 17 <> 0 THEN random() * 10 ^ (i % 5) ELSE 0 END AS w
FROM generate_series(1, 4000) AS i;

-- What a small state says
SELECT survey_stats(y, w, s, p) AS state, survey_cov_stats(ARRAY[y, z], w, s, p) AS several
FROM (VALUES (1, 101, 2::float8, 3::float8, 1.5::float8), (1, 102, -1, 0.5, 1), (2, 7, NULL, 1, 1), (2, 7, 4, 1, 0), (1, 101, 5, 1, 0.25)) AS v (s, p, y, z, w);
SELECT survey_stats(y, w, s, p, u) AS state
FROM (VALUES ('Hà Nội', 'a "b" \', 'x/y', 2::float8, 1.5::float8), ('', 'ab', 'é', 1, 1)) AS v (s, p, u, y, w);

-- Its figures against plain SQL
SELECT
	svy_n(state) = n AS n,
	abs(svy_mean(state) - mean) < 1e-12 * abs(mean) AS mean,
	abs(svy_total(state) - total) < 1e-12 * abs(total) AS total,
	abs(svy_variance(state) - variance) < 1e-9 * variance AS variance,
	svy_df(state) = df AS df
FROM (
	SELECT survey_stats(y, w, stratum, psu) AS state, sum(w * y) AS total, sum(w * y) / sum(w) AS mean,
		count(*) AS n, count(DISTINCT psu) - count(DISTINCT stratum) AS df
	FROM answer WHERE y IS NOT NULL AND w > 0
) AS s,
LATERAL (
	SELECT sum(w * (y - mean) ^ 2) / sum(w) * count(*) / (count(*) - 1) AS variance
	FROM answer WHERE y IS NOT NULL AND w > 0
) AS v;
SELECT svy_n(state) = n AS n, svy_df(state) = df AS df,
	bool_and(abs((svy_mean(state))[k] - mean[k]) < 1e-12 * abs(mean[k])) AS means,
	bool_and(abs((svy_total(state))[k] - total[k]) < 1e-12 * abs(total[k])) AS totals
FROM (
	SELECT survey_cov_stats(ARRAY[y, z], w, stratum, psu) AS state,
		count(*) FILTER (WHERE good) AS n,
		ARRAY[sum(w * y) FILTER (WHERE good), sum(w * z) FILTER (WHERE good)] AS total,
		ARRAY[sum(w * y) FILTER (WHERE good) / sum(w) FILTER (WHERE good), sum(w * z) FILTER (WHERE good) / sum(w) FILTER (WHERE good)] AS mean,
		count(DISTINCT psu) FILTER (WHERE good) - count(DISTINCT stratum) FILTER (WHERE good) AS df
	FROM (SELECT *, y IS NOT NULL AND z IS NOT NULL AND w > 0 AS good FROM answer) AS a
) AS s, generate_series(1, 2) AS k
GROUP BY state, n, df;

-- Whatever the order, partition and plan: the same bytes
CREATE TABLE whole AS
SELECT survey_stats(y, w, stratum, psu) AS one, survey_stats(y, w, stratum, psu, ssu) AS two,
	survey_stats(y, w, stratum::text, psu::text) AS by_text,
	survey_cov_stats(ARRAY[y, z], w, stratum, psu) AS several,
	survey_stats(z >= 4, w, stratum, psu) AS share,
	survey_stats(y, w, stratum, i) AS elements
FROM answer;
CREATE TABLE copies AS
SELECT one, two, by_text, several, share, elements FROM whole;
DO $$
BEGIN
	FOR seed IN 1..10 LOOP
		PERFORM setseed(seed / 10.0);
		INSERT INTO copies
		SELECT survey_stats(y, w, stratum, psu), survey_stats(y, w, stratum, psu, ssu), survey_stats(y, w, stratum::text, psu::text),
			survey_cov_stats(ARRAY[y, z], w, stratum, psu), survey_stats(z >= 4, w, stratum, psu), survey_stats(y, w, stratum, i)
		FROM (SELECT * FROM answer ORDER BY random()) AS a;
		INSERT INTO copies
		SELECT rollup(one), rollup(two), rollup(by_text), rollup(several), rollup(share), rollup(elements)
		FROM (
			SELECT survey_stats(y, w, stratum, psu) AS one, survey_stats(y, w, stratum, psu, ssu) AS two, survey_stats(y, w, stratum::text, psu::text) AS by_text,
				survey_cov_stats(ARRAY[y, z], w, stratum, psu) AS several, survey_stats(z >= 4, w, stratum, psu) AS share, survey_stats(y, w, stratum, i) AS elements
			FROM answer
			GROUP BY floor(random() * 3 ^ (seed % 5))
			ORDER BY random()
		) AS parts;
	END LOOP;
END $$;
ALTER TABLE answer SET (parallel_workers = 2);
SET max_parallel_workers_per_gather = 2;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
CREATE TABLE by_workers AS
SELECT survey_stats(y, w, stratum, psu) AS one, survey_stats(y, w, stratum, psu, ssu) AS two, survey_stats(y, w, stratum::text, psu::text) AS by_text,
	survey_cov_stats(ARRAY[y, z], w, stratum, psu) AS several, survey_stats(z >= 4, w, stratum, psu) AS share, survey_stats(y, w, stratum, i) AS elements
FROM answer;
EXPLAIN (COSTS OFF)
SELECT survey_stats(y, w, stratum, psu), survey_cov_stats(ARRAY[y, z], w, stratum, psu), survey_stats(y, w, stratum::text, psu::text) FROM answer;
RESET max_parallel_workers_per_gather;
INSERT INTO copies SELECT * FROM by_workers;
SELECT count(*), count(DISTINCT survey_stats_send(one)) AS one, count(DISTINCT survey_stats_send(two)) AS two,
	count(DISTINCT survey_stats_send(by_text)) AS by_text, count(DISTINCT survey_cov_stats_send(several)) AS several,
	count(DISTINCT survey_stats_send(share)) AS share, count(DISTINCT survey_stats_send(elements)) AS elements,
	count(DISTINCT md5(one::text || two || by_text || several || share || elements)) AS texts,
	count(DISTINCT ROW(pg_column_size(one), pg_column_size(elements))) AS sizes
FROM copies;

-- A boolean is 0 or 1; texts name what numbers name; a cov state of one variable says the same
SELECT survey_stats(z >= 4, w, stratum, psu) = survey_stats((z >= 4)::int::float8, w, stratum, psu) AS share,
	svy_mean(survey_stats(z >= 4, w, stratum, psu)) = svy_mean(survey_stats(z >= 4, w, stratum::text, psu::text)) AS by_text,
	survey_stats(z >= 4, w, stratum, psu, ssu) = survey_stats((z >= 4)::int::float8, w, stratum, psu, ssu) AS two_stages,
	survey_stats(z >= 4, w, stratum::text, psu::text, ssu::text) = survey_stats((z >= 4)::int::float8, w, stratum::text, psu::text, ssu::text) AS two_stages_by_text,
	survey_stats(y, w, stratum, psu)::text = survey_cov_stats(ARRAY[y], w, stratum, psu)::text AS one_of_several,
	survey_cov_stats(ARRAY[z, y], w, stratum::text, psu::text, ssu::text)::text::survey_cov_stats = survey_cov_stats(ARRAY[z, y], w, stratum::text, psu::text, ssu::text) AS several_by_text,
	svy_total(survey_cov_stats(ARRAY[z, y], w, stratum, psu, ssu)) = svy_total(survey_cov_stats(ARRAY[z, y], w, stratum, psu)) AS several_two_stages
FROM answer;

-- Text and binary forms give the state back
CREATE FUNCTION round_trip(anyelement) RETURNS anyelement LANGUAGE plpgsql AS $$
DECLARE
	result $1%TYPE;
BEGIN
	EXECUTE format('SELECT %L::%s', $1::text, pg_typeof($1)) INTO result;
	RETURN result;
END $$;
SELECT one = round_trip(one) AS one, two = round_trip(two) AS two, by_text = round_trip(by_text) AS by_text,
	several = round_trip(several) AS several, share = round_trip(share) AS share, elements = round_trip(elements) AS elements
FROM whole;
SELECT current_setting('data_directory') || '/test_survey_stats.bin' AS file \gset
COPY whole TO :'file' (FORMAT binary);
CREATE TABLE received (LIKE whole);
COPY received FROM :'file' (FORMAT binary);
SELECT whole.one = received.one AND whole.two = received.two AND whole.by_text = received.by_text
	AND whole.several = received.several AND whole.share = received.share AND whole.elements = received.elements AS received
FROM whole, received;

-- Answers of the largest range: nothing is lost
SELECT svy_total(survey_stats(y, 1, 1, i)) AS exact, svy_n(survey_stats(y, 1, 1, i)) AS n,
	survey_stats(y, 1, 1, i) = survey_stats(y, 1, 1, i ORDER BY i DESC) AS same
FROM (VALUES (1, 1e300::float8), (2, 1e-300), (3, -1e300), (4, 4.94e-324)) AS v (i, y);
SELECT svy_total(survey_stats(y, w, 1, 1)) AS exact, survey_stats(y, w, 1, 1) = survey_stats(y, w, 1, 1 ORDER BY i DESC) AS same
FROM (VALUES (1, 1e300::float8, 1e8::float8), (2, 1e-300, 1e-8), (3, -1e300, 1e8), (4, 3, 5)) AS v (i, y, w);

-- States without answers are one, and merge with any
SELECT survey_stats(y, w, 1, 1) AS none, survey_stats(y, w, 1, 1) = survey_stats(y, w, 'a', 'b', 'c') AS alike,
	rollup(survey_stats(y, w, 1, 1)) OVER () = survey_stats(y, w, 1, 1) AS rolled_up
FROM (VALUES (NULL::float8, 1::float8), (1, 0)) AS v (y, w);
SELECT survey_stats(y, 1, 1, 1) AS of_no_rows, svy_n(survey_stats(y, 1, 1, 1)), svy_mean(survey_stats(y, 1, 1, 1)), svy_total(survey_stats(y, 1, 1, 1)),
	svy_variance(survey_stats(y, 1, 1, 1)), svy_df(survey_stats(y, 1, 1, 1))
FROM (SELECT 1::float8 AS y WHERE false) AS none;
SELECT survey_cov_stats(y, 1, 1, 1) AS of_no_rows, svy_n(survey_cov_stats(y, 1, 1, 1)), svy_mean(survey_cov_stats(y, 1, 1, 1)), svy_total(survey_cov_stats(y, 1, 1, 1))
FROM (SELECT '{1}'::float8[] AS y WHERE false) AS none;
SELECT rollup(state) = (SELECT one FROM whole) AS with_empty
FROM (SELECT one AS state FROM whole UNION ALL VALUES ('v1 n=0 variables=0 yy=[] {}'::survey_stats), (NULL)) AS s;

-- Equality and order
SELECT count(*) AS groups FROM (SELECT one FROM copies GROUP BY one) AS g;
SET enable_hashagg = off;
SELECT count(*) AS sorted_groups FROM (SELECT several FROM copies GROUP BY several) AS g;
RESET enable_hashagg;
SELECT bool_and((a.s = b.s) = (survey_stats_cmp(a.s, b.s) = 0)) AS eq,
	bool_and((a.s <> b.s) = (survey_stats_cmp(a.s, b.s) <> 0)) AS ne,
	bool_and((a.s < b.s) = (survey_stats_cmp(a.s, b.s) < 0)) AS lt,
	bool_and((a.s <= b.s) = (survey_stats_cmp(a.s, b.s) <= 0)) AS le,
	bool_and((a.s > b.s) = (survey_stats_cmp(a.s, b.s) > 0)) AS gt,
	bool_and((a.s >= b.s) = (survey_stats_cmp(a.s, b.s) >= 0)) AS ge,
	bool_and(survey_stats_hash(a.s) = survey_stats_hash(b.s)) FILTER (WHERE a.s = b.s) AS hash,
	bool_and(survey_stats_hash_extended(a.s, 7) = survey_stats_hash_extended(b.s, 7)) FILTER (WHERE a.s = b.s) AS hash_extended,
	count(*) FILTER (WHERE a.s = b.s) AS equal_pairs
FROM (SELECT one AS s FROM whole UNION ALL SELECT one FROM received UNION ALL SELECT two FROM whole UNION ALL SELECT elements FROM whole) AS a,
	(SELECT one AS s FROM whole UNION ALL SELECT by_text FROM whole UNION ALL SELECT share FROM whole) AS b;
SELECT bool_and((a.s = b.s) = (survey_cov_stats_cmp(a.s, b.s) = 0)) AS eq,
	bool_and((a.s <> b.s) = (survey_cov_stats_cmp(a.s, b.s) <> 0)) AS ne,
	bool_and((a.s < b.s) = (survey_cov_stats_cmp(a.s, b.s) < 0)) AS lt,
	bool_and((a.s <= b.s) = (survey_cov_stats_cmp(a.s, b.s) <= 0)) AS le,
	bool_and((a.s > b.s) = (survey_cov_stats_cmp(a.s, b.s) > 0)) AS gt,
	bool_and((a.s >= b.s) = (survey_cov_stats_cmp(a.s, b.s) >= 0)) AS ge,
	bool_and(survey_cov_stats_hash(a.s) = survey_cov_stats_hash(b.s)) FILTER (WHERE a.s = b.s) AS hash,
	bool_and(survey_cov_stats_hash_extended(a.s, 7) = survey_cov_stats_hash_extended(b.s, 7)) FILTER (WHERE a.s = b.s) AS hash_extended
FROM (SELECT several AS s FROM copies LIMIT 3) AS a,
	(SELECT several AS s FROM whole UNION ALL SELECT survey_cov_stats(ARRAY[z], w, stratum, psu) FROM answer) AS b;
CREATE UNIQUE INDEX ON received (one);
CREATE INDEX ON received USING hash (several);

-- What is refused
\pset format unaligned
SELECT call, error_of('SELECT ' || call) AS error
FROM (VALUES
	('survey_stats(1::float8, NULL, 1, 1)'), ('survey_stats(1::float8, -1, 1, 1)'), ('survey_stats(1::float8, ''NaN'', 1, 1)'),
	('survey_stats(1::float8, ''Infinity'', 1, 1)'), ('survey_stats(''NaN''::float8, 1, 1, 1)'), ('survey_stats(''-Infinity''::float8, 1, 1, 1)'),
	('survey_stats(1::float8, 1, NULL::bigint, 1)'), ('survey_stats(1::float8, 1, 1, NULL)'), ('survey_stats(1::float8, 1, 1, 1, NULL)'),
	('survey_stats(1::float8, 1, ''a'', NULL)'), ('survey_stats(true, NULL, 1, 1)'), ('survey_stats(true, 1, ''a'', ''b'', NULL)'),
	('survey_stats(NULL::float8, NULL, NULL::bigint, NULL)'), ('survey_stats(1::float8, 0, NULL::bigint, NULL)'),
	('survey_cov_stats(''{{1,2},{3,4}}''::float8[], 1, 1, 1)'), ('survey_cov_stats(''{}''::float8[], 1, 1, 1)'),
	('survey_cov_stats(''{1,NaN}''::float8[], 1, 1, 1)'), ('survey_cov_stats(''{1,NULL}''::float8[], -1, 1, 1)'),
	('survey_cov_stats(''{1,2}''::float8[], -1, 1, 1)'), ('survey_cov_stats(array_fill(1::float8, ARRAY[101]), 1, 1, 1)'),
	('survey_cov_stats(y, 1, 1, 1) FROM (VALUES (ARRAY[1::float8]), (ARRAY[1, 2])) AS v (y)'),
	('rollup(s) FROM (SELECT one AS s FROM whole UNION ALL SELECT two FROM whole) AS t'),
	('rollup(s) FROM (SELECT one AS s FROM whole UNION ALL SELECT by_text FROM whole) AS t'),
	('rollup(s) FROM (SELECT several AS s FROM whole UNION ALL SELECT survey_cov_stats(ARRAY[z], w, stratum, psu) FROM answer) AS t'),
	('survey_stats_add(NULL, 1::float8, 1, 1, 1)'), ('survey_cov_stats_add(NULL, ''{1}''::float8[], 1, 1, 1)'), ('survey_stats_merge(NULL, one) FROM whole')
) AS v (call);

-- Impossible text
SELECT input, error_of(format('SELECT %L::survey_stats', input)) AS error
FROM (VALUES
	(''), ('v2 n=0 variables=0 yy=[] {}'), ('v1 n=0 variables=0 yy=[] {'), ('v1 n=0 variables=0 yy=[] {} x'),
	('v1 n=0 variables=1 yy=[0] {}'), ('v1 n=1 variables=0 yy=[] {}'), ('v1 n=1 variables=2 yy=[0 0 0] {1/1: 0x1p0 0 0}'),
	('v1 n=1 variables=1 yy=[0x1p0] {1/1: 0x1p0 0x1p0}'), ('v1 n=1 variables=1 yy=[0x1p0] {1: 0x1p0 0x1p0}'),
	('v1 n=1 variables=1 yy=[0x1p0] {1/1: 0 0x1p0}'), ('v1 n=1 variables=1 yy=[0x1p0] {1/1: -0x1p0 0x1p0}'),
	('v1 n=1 variables=1 yy=[-0x1p0] {1/1: 0x1p0 0x1p0}'), ('v1 n=1 variables=1 yy=[0] {1/1: 0x1p0 0; 1/2: 0x1p0 0}'),
	('v1 n=2 variables=1 yy=[0] {1/1: 0x1p0 0; 1/1: 0x1p0 0}'), ('v1 n=2 variables=1 yy=[0] {1/1: 0x1p0 0; "a"/"b": 0x1p0 0}'),
	('v1 n=1 variables=1 yy=[0] {1/1/1/1: 0x1p0 0}'), ('v1 n=1 variables=1 yy=[0] {99999999999999999999/1: 0x1p0 0}'),
	('v1 n=1 variables=1 yy=[0x1p4000] {1/1: 0x1p0 0}'), ('v1 n=-1 variables=1 yy=[0] {1/1: 0x1p0 0}'),
	('v1 n=1 variables=1 yy=[0] {"a/"b": 0x1p0 0}'), ('v1 n=1 variables=1 yy=[0] {"a"/"b\": 0x1p0 0}')
) AS t (input);
\pset format aligned
