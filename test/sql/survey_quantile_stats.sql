-- The state survey_quantile_stats: what it holds, whatever the order, plan and
-- partition; its forms, its order, and what is refused.
SET client_min_messages = warning;
CREATE SCHEMA test_survey_quantile_stats;
SET search_path = test_survey_quantile_stats, parindex;
\getenv abs_srcdir PG_ABS_SRCDIR
\set helpers :abs_srcdir '/helpers.sql'
\i :helpers

-- Values with and without ties, some of them missing, some of weight zero
SELECT setseed(0.5);
CREATE TABLE answer AS
SELECT i, 1 + i % 7 AS stratum, 100 * (1 + i % 7) + i / 7 % 9 AS psu,
	CASE WHEN i % 11 <> 0 THEN CASE WHEN i % 2 = 0 THEN i % 50 - 20 ELSE (random() - 0.3) * 10 ^ (i % 9 - 4) END END AS y,
	CASE WHEN i % 17 <> 0 THEN random() * 10 ^ (i % 5) ELSE 0 END AS w
FROM generate_series(1, 4000) AS i;

-- What a small state says: by sampling unit and value the sums of w and w^2
SELECT survey_quantile_stats(y, w, s, p) AS state
FROM (VALUES (1, 101, 2.5::float8, 3::float8), (1, 102, -7, 1), (2, 7, NULL, 1), (2, 7, 4, 0), (1, 101, 2.5, 0.25), (1, 101, -0.0, 1), (1, 101, 0, 1)) AS v (s, p, y, w);
SELECT survey_quantile_stats(y, 1, s, p) AS state
FROM (VALUES ('Hà Nội', 'a "b" \', 0.1::float8), ('', 'x:y', 1e300), ('', 'x:y', -1e-300)) AS v (s, p, y);

-- Its cells against plain SQL
SELECT count(*) AS cells, count(*) = count(said.cell) AND count(*) = count(expected.cell) AS values_and_keys
FROM (
	SELECT DISTINCT format('%s/%s %s', stratum, psu, y) AS cell
	FROM answer
	WHERE y IS NOT NULL AND w > 0
) AS expected
FULL JOIN (
	SELECT (regexp_matches(survey_quantile_stats(y, w, stratum, psu)::text, '([-0-9]+/[-0-9]+ [^:]+):', 'g'))[1] AS cell
	FROM answer
) AS said USING (cell);

-- Whatever the order, partition and plan: the same bytes
CREATE TABLE whole AS
SELECT survey_quantile_stats(y, w, stratum, psu) AS state, survey_quantile_stats(y, w, stratum::text, psu::text) AS by_text
FROM answer;
CREATE TABLE copies AS
SELECT state, by_text FROM whole;
DO $$
BEGIN
	FOR seed IN 1..10 LOOP
		PERFORM setseed(seed / 10.0);
		INSERT INTO copies
		SELECT survey_quantile_stats(y, w, stratum, psu), survey_quantile_stats(y, w, stratum::text, psu::text)
		FROM (SELECT * FROM answer ORDER BY random()) AS a;
		INSERT INTO copies
		SELECT rollup(state), rollup(by_text)
		FROM (
			SELECT survey_quantile_stats(y, w, stratum, psu) AS state, survey_quantile_stats(y, w, stratum::text, psu::text) AS by_text
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
SELECT survey_quantile_stats(y, w, stratum, psu) AS state, survey_quantile_stats(y, w, stratum::text, psu::text) AS by_text
FROM answer;
EXPLAIN (COSTS OFF)
SELECT survey_quantile_stats(y, w, stratum, psu), survey_quantile_stats(y, w, stratum::text, psu::text) FROM answer;
RESET max_parallel_workers_per_gather;
INSERT INTO copies SELECT * FROM by_workers;
SELECT count(*), count(DISTINCT survey_quantile_stats_send(state)) AS state, count(DISTINCT survey_quantile_stats_send(by_text)) AS by_text,
	count(DISTINCT md5(state::text || by_text)) AS texts, count(DISTINCT ROW(pg_column_size(state), pg_column_size(by_text))) AS sizes
FROM copies;

-- Text and binary forms give the state back
SELECT state = state::text::survey_quantile_stats AS state, by_text = by_text::text::survey_quantile_stats AS by_text FROM whole;
SET extra_float_digits = 0;
SELECT state = state::text::survey_quantile_stats AS at_any_setting FROM whole;
RESET extra_float_digits;
SELECT current_setting('data_directory') || '/test_survey_quantile_stats.bin' AS file \gset
COPY whole TO :'file' (FORMAT binary);
CREATE TABLE received (LIKE whole);
COPY received FROM :'file' (FORMAT binary);
SELECT whole.state = received.state AND whole.by_text = received.by_text AS received
FROM whole, received;

-- Weights and values of the largest range: nothing is lost
SELECT length(survey_quantile_stats(y, w, 1, 1)::text) > 1000 AS exact,
	survey_quantile_stats(y, w, 1, 1) = survey_quantile_stats(y, w, 1, 1 ORDER BY i DESC) AS same,
	survey_quantile_stats(y, w, 1, 1) = survey_quantile_stats(y, w, 1, 1)::text::survey_quantile_stats AS through_text
FROM (VALUES (1, 1e300::float8, 1e308::float8), (2, 1e300, 5e-324), (3, -1.7976931348623157e308, 3), (4, 4.94e-324, 5)) AS v (i, y, w);

-- States without values are one, and merge with any
SELECT survey_quantile_stats(y, w, 1, 1) AS none, survey_quantile_stats(y, w, 1, 1) = survey_quantile_stats(y, w, 'a', 'b') AS alike,
	rollup(survey_quantile_stats(y, w, 1, 1)) OVER () = survey_quantile_stats(y, w, 1, 1) AS rolled_up
FROM (VALUES (NULL::float8, 1::float8), (1, 0)) AS v (y, w);
SELECT rollup(state) = (SELECT state FROM whole) AS with_empty
FROM (SELECT state FROM whole UNION ALL VALUES ('v1 n=0 {}'::survey_quantile_stats), (NULL)) AS s;

-- Equality and order
SELECT count(*) AS groups FROM (SELECT state FROM copies GROUP BY state) AS g;
SELECT bool_and((a.s = b.s) = (survey_quantile_stats_cmp(a.s, b.s) = 0)) AS eq,
	bool_and((a.s <> b.s) = (survey_quantile_stats_cmp(a.s, b.s) <> 0)) AS ne,
	bool_and((a.s < b.s) = (survey_quantile_stats_cmp(a.s, b.s) < 0)) AS lt,
	bool_and((a.s <= b.s) = (survey_quantile_stats_cmp(a.s, b.s) <= 0)) AS le,
	bool_and((a.s > b.s) = (survey_quantile_stats_cmp(a.s, b.s) > 0)) AS gt,
	bool_and((a.s >= b.s) = (survey_quantile_stats_cmp(a.s, b.s) >= 0)) AS ge,
	bool_and(survey_quantile_stats_hash(a.s) = survey_quantile_stats_hash(b.s)) FILTER (WHERE a.s = b.s) AS hash,
	bool_and(survey_quantile_stats_hash_extended(a.s, 7) = survey_quantile_stats_hash_extended(b.s, 7)) FILTER (WHERE a.s = b.s) AS hash_extended,
	count(*) FILTER (WHERE a.s = b.s) AS equal_pairs
FROM (SELECT state AS s FROM whole UNION ALL SELECT state FROM received UNION ALL SELECT by_text FROM whole) AS a,
	(SELECT state AS s FROM whole UNION ALL SELECT by_text FROM whole UNION ALL VALUES ('v1 n=0 {}'::survey_quantile_stats)) AS b;
CREATE TABLE small AS
SELECT survey_quantile_stats(y, w, stratum, psu) AS state FROM answer WHERE i <= 1000 GROUP BY i / 20;
CREATE UNIQUE INDEX ON small (state);
CREATE INDEX ON small USING hash (state);

-- What is refused
\pset format unaligned
SELECT call, error_of('SELECT ' || call) AS error
FROM (VALUES
	('survey_quantile_stats(1::float8, NULL, 1, 1)'), ('survey_quantile_stats(1::float8, -1, 1, 1)'), ('survey_quantile_stats(1::float8, ''Infinity'', 1, 1)'),
	('survey_quantile_stats(''NaN''::float8, 1, 1, 1)'), ('survey_quantile_stats(''-Infinity''::float8, 1, 1, 1)'),
	('survey_quantile_stats(1::float8, 1, NULL::bigint, 1)'), ('survey_quantile_stats(1::float8, 1, 1, NULL)'), ('survey_quantile_stats(1::float8, 1, ''a'', NULL)'),
	('survey_quantile_stats(NULL::float8, NULL, NULL::bigint, NULL)'), ('survey_quantile_stats(1::float8, 0, NULL::bigint, NULL)'),
	('rollup(s) FROM (SELECT state AS s FROM whole UNION ALL SELECT by_text FROM whole) AS t'),
	('survey_quantile_stats_add(NULL, 1::float8, 1, 1, 1)'), ('survey_quantile_stats_merge(NULL, state) FROM whole')
) AS v (call);

-- Impossible text
SELECT input, error_of(format('SELECT %L::survey_quantile_stats', input)) AS error
FROM (VALUES
	(''), ('v2 n=0 {}'), ('v1 n=0 {'), ('v1 n=0 {} x'), ('v1 n=1 {}'), ('v1 n=0 {1/1 1: 0x1p0 0x1p0}'),
	('v1 n=1 {1/1: 0x1p0 0x1p0}'), ('v1 n=1 {1 1: 0x1p0 0x1p0}'), ('v1 n=1 {1/1/1 1: 0x1p0 0x1p0}'), ('v1 n=1 {1/1 1e999: 0x1p0 0x1p0}'),
	('v1 n=1 {1/1 NaN: 0x1p0 0x1p0}'), ('v1 n=1 {1/1 Infinity: 0x1p0 0x1p0}'), ('v1 n=1 {1/1 one: 0x1p0 0x1p0}'),
	('v1 n=1 {1/1 1: 0 0x1p0}'), ('v1 n=1 {1/1 1: 0x1p0 0}'), ('v1 n=1 {1/1 1: 0x1p0 -0x1p0}'), ('v1 n=1 {1/1 1: 0x1p0}'),
	('v1 n=1 {1/1 1: 0x1p4000 0x1p0}'), ('v1 n=2 {1/1 0: 0x1p0 0x1p0; 1/1 -0: 0x1p0 0x1p0}'), ('v1 n=1 {1/1 0: 0x1p0 0x1p0; 1/1 2: 0x1p0 0x1p0}'),
	('v1 n=2 {1/1 1: 0x1p0 0x1p0; "a"/"b" 1: 0x1p0 0x1p0}'), (format('v1 n=1 {1/1 %s: 0x1p0 0x1p0}', repeat('0', 80)))
) AS t (input);
\pset format aligned

-- Spoiled text is refused, or a state that can be read, merged and sent.
CREATE FUNCTION use_state(state text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	PERFORM rollup(s), rollup(s)::text, survey_quantile_stats_send(rollup(s)), (svy_quantile(rollup(s), 'v1 {1: 99999}')).*
	FROM (SELECT state::survey_quantile_stats AS s FROM generate_series(1, 3)) AS t;
	RETURN 'fine';
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE;
END $$;
SELECT count(*) AS tried, bool_and(result IN ('fine', '22P02', '22003', '22023')) AS as_promised,
	string_agg(DISTINCT result, ', ') FILTER (WHERE result NOT IN ('fine', '22P02', '22003', '22023')) AS other,
	count(*) FILTER (WHERE result = 'fine') > 50 AS often_fine, count(*) FILTER (WHERE result = '22P02') > 500 AS often_refused
FROM (
	SELECT use_state(CASE i % 5
			WHEN 0 THEN overlay(state PLACING substr('0123456789xpn=+-. /:;{}"', 1 + piece, 1) FROM place FOR 1)
			WHEN 1 THEN overlay(state PLACING '' FROM place FOR 1 + piece % 3)
			WHEN 2 THEN overlay(state PLACING substr(state, place, 1 + piece % 9) FROM place FOR 0)
			WHEN 3 THEN left(state, place)
			ELSE overlay(state PLACING (ARRAY['99999999999999999999', '0x1p3000', '-0x1p0', 'NaN', '1e308', ' n=', '0x1p-4064'])[1 + piece % 7] FROM place FOR 1 + piece % 4)
		END) AS result
	FROM (
		SELECT i, state, 1 + floor(random() * length(state))::int AS place, floor(random() * 24)::int AS piece
		FROM generate_series(1, 3000) AS i,
			LATERAL (SELECT survey_quantile_stats((i + k) % 5 / 10.0, k, 1, k % 3)::text AS state FROM generate_series(1, 6) AS k) AS s
	) AS t
) AS u;

-- Spoiled bytes likewise.
SELECT count(*) AS tried, bool_and(result IN ('fine', '22P03', '08P01', '22003', '22023', '22021', '54000')) AS as_promised,
	string_agg(DISTINCT result, ', ') FILTER (WHERE result NOT IN ('fine', '22P03', '08P01', '22003', '22023', '22021', '54000')) AS other,
	count(*) FILTER (WHERE result = 'fine') > 20 AS often_fine, count(*) FILTER (WHERE result = '22P03') > 50 AS often_refused
FROM (
	SELECT outcome(format('SELECT use_state(receive(''survey_quantile_stats'', %L))', CASE i % 6
			WHEN 0 THEN set_byte(bytes, place, piece)
			WHEN 1 THEN set_byte(bytes, place, get_byte(bytes, place) # (1 << piece % 8))
			WHEN 2 THEN substr(bytes, 1, place)
			WHEN 3 THEN overlay(bytes PLACING '\x7fffffffffffffff'::bytea FROM 1 + place FOR 8)
			WHEN 4 THEN set_byte(bytes, place % 20, piece)
			ELSE bytes || '\x00'
		END)) AS result
	FROM (
		SELECT i, bytes, floor(random() * length(bytes))::int AS place, floor(random() * 256)::int AS piece
		FROM generate_series(1, 600) AS i,
			LATERAL (
				SELECT CASE i % 7 WHEN 0 THEN survey_quantile_stats_send(survey_quantile_stats(k, k, 'a', 'b' || k))
					ELSE survey_quantile_stats_send(survey_quantile_stats((i + k) % 5 / 10.0, k, 1, k % 3)) END AS bytes
				FROM generate_series(1, 6) AS k
			) AS s
	) AS t
) AS u;

SELECT format('rm %L', :'file') AS remove \gset
COPY (SELECT 1) TO PROGRAM :'remove';
