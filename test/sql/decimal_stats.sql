-- decimal_stats: the state as a value. Exact, canonical, mergeable, and
-- suspicious of what comes in.
CREATE SCHEMA test_decimal_stats;
SET search_path = test_decimal_stats, parindex;
\getenv abs_srcdir PG_ABS_SRCDIR
\set helpers :abs_srcdir '/helpers.sql'
\i :helpers
SELECT setseed(0.20240229);

-- A published figure is rounded once, in decimal, half away from zero.
SELECT mean(s, 2) AS two, mean(s, 0) AS none, mean(s, 5) AS five, mean(s),
	sum_of(s), weight_of(s), count_of(s), s
FROM (SELECT decimal_stats(x, w) AS s FROM (VALUES (93.655, 1.0)) AS v (x, w)) AS r;
SELECT mean(decimal_stats(x), 2) FROM (VALUES (-93.655), (-93.655)) AS v (x);
-- 0.4444...: rounding what is rounded already would give 0.45, then 0.5.
SELECT mean(decimal_stats(x, w), 1) FROM (VALUES (4, 1), (0, 8)) AS v (x, w);
SELECT mean(decimal_stats(x, w), 2) AS just_below_half
FROM (VALUES (0.004999999999999999999999999999999999999999, 1.000000)) AS v (x, w);

CREATE TABLE decimal_part AS
SELECT i, i % 50 AS g, x, w
FROM generate_series(1, 3000) AS i,
	LATERAL (
		SELECT
			CASE
				WHEN i % 11 = 0 THEN NULL
				WHEN i % 50 < 3 AND random() < 0.05
				THEN (ARRAY['NaN', 'Infinity', '-Infinity'])[1 + (random() * 2)::int]::numeric
				WHEN i % 50 < 10 THEN round((random() * 200 - 100)::numeric * 1e25, (random() * 30)::int)
				ELSE round((random() * 200 - 100)::numeric, (random() * 4)::int)
			END AS x,
			round((random() * 5)::numeric, (random() * 3)::int) AS w
	) AS r;
CREATE TABLE decimal_whole AS
SELECT g, decimal_stats(x, w) AS s
FROM decimal_part
GROUP BY g;

-- mean(s, digits) is the nearest of that many decimals, ties away from zero:
-- checked in exact products.
SELECT count(*), bool_and(
		scale(m) = digits
		AND abs(m * weight_of(s) - sum_of(s)) * 2 <= weight_of(s) * ('1e-' || digits)::numeric
		AND (abs(m * weight_of(s) - sum_of(s)) * 2 <> weight_of(s) * ('1e-' || digits)::numeric
			 OR abs(m * weight_of(s)) > abs(sum_of(s)))) AS nearest
FROM decimal_whole,
	LATERAL (SELECT digits, mean(s, digits) AS m FROM generate_series(0, 40) AS digits) AS d
WHERE abs(sum_of(s)) < 'Infinity';
SELECT count(*), bool_and(mean(s, 2)::text = mean(s)::text) AS special
FROM decimal_whole
WHERE NOT abs(sum_of(s)) < 'Infinity';

SELECT digits, error_of(format('SELECT mean(decimal_stats(1.5), %s)', digits))
FROM (VALUES ('-1'), ('0'), ('1001'), ('NULL')) AS v (digits);
SELECT scale(mean(decimal_stats(x), 1000)) FROM (VALUES (1), (1), (2)) AS v (x);
-- Beyond what a sum can show, the mean still works.
SELECT mean(s, 2) = 9e131071 AS mean, error_of('SELECT sum_of(' || quote_literal(s) || '::parindex.decimal_stats)') AS sum
FROM (SELECT decimal_stats(x) AS s FROM (VALUES (9e131071), (9e131071)) AS v (x)) AS r;

-- rollup of any split is the whole.
SELECT parts, bool_and(merged = s) AS same, bool_and(decimal_stats_send(merged) = decimal_stats_send(s)) AS same_bytes
FROM (VALUES (1), (2), (7), (100)) AS v (parts),
	LATERAL (
		SELECT g, rollup(stats ORDER BY hashint4(part)) AS merged
		FROM (
			SELECT g, hashint4(i) % parts AS part, decimal_stats(x, w) AS stats
			FROM decimal_part
			GROUP BY g, part
		) AS p
		GROUP BY g
	) AS m
	JOIN decimal_whole USING (g)
GROUP BY parts
ORDER BY parts;

-- Empty and not empty, in all combinations; NULL is no state.
SELECT left_n, right_n, rollup(stats ORDER BY k) AS merged
FROM (VALUES
		(0, 0, 'v1 n=0 w=0 w_rows=0 wx=0 wx_rows=0 nan=0 +inf=0 -inf=0'::decimal_stats, 'v1 n=0 w=0 w_rows=0 wx=0 wx_rows=0 nan=0 +inf=0 -inf=0'::decimal_stats),
		(0, 1, 'v1 n=0 w=0 w_rows=0 wx=0 wx_rows=0 nan=0 +inf=0 -inf=0', 'v1 n=1 w=2.0 w_rows=1 wx=3.00 wx_rows=1 nan=0 +inf=0 -inf=0'),
		(1, 0, 'v1 n=1 w=2.0 w_rows=1 wx=3.00 wx_rows=1 nan=0 +inf=0 -inf=0', 'v1 n=0 w=0 w_rows=0 wx=0 wx_rows=0 nan=0 +inf=0 -inf=0'),
		(1, 1, 'v1 n=1 w=2.0 w_rows=1 wx=3.00 wx_rows=1 nan=0 +inf=0 -inf=0', 'v1 n=1 w=0.50 w_rows=1 wx=-1.000 wx_rows=1 nan=0 +inf=0 -inf=0'),
		(NULL, 1, NULL, 'v1 n=1 w=2.0 w_rows=1 wx=3.00 wx_rows=1 nan=0 +inf=0 -inf=0'),
		(1, NULL, 'v1 n=1 w=2.0 w_rows=1 wx=3.00 wx_rows=1 nan=0 +inf=0 -inf=0', NULL),
		(NULL, NULL, NULL, NULL)
	) AS v (left_n, right_n, l, r),
	LATERAL (VALUES (1, l), (2, r)) AS s (k, stats)
GROUP BY left_n, right_n
ORDER BY left_n, right_n;
-- The merged states themselves are not touched.
SELECT bool_and(w.s = f.s) AS untouched
FROM decimal_whole AS w
	JOIN (SELECT g, decimal_stats(x, w) AS s FROM decimal_part GROUP BY g) AS f USING (g),
	(SELECT rollup(s) FROM decimal_whole) AS r;
SELECT error_of('SELECT rollup(s) FROM (VALUES (''v1 n=9223372036854775807 w=0 w_rows=1 wx=0 wx_rows=1 nan=0 +inf=0 -inf=0''::decimal_stats), (''v1 n=1 w=0 w_rows=1 wx=0 wx_rows=1 nan=0 +inf=0 -inf=0'')) AS v (s)');

-- Out and in again, as text and as bytes.
CREATE TEMP TABLE stored (LIKE decimal_whole);
SELECT current_setting('data_directory') || '/test_decimal_stats.bin' AS file \gset
COPY decimal_whole TO :'file' (FORMAT binary);
COPY stored FROM :'file' (FORMAT binary);
SELECT count(*),
	bool_and(a.s = b.s AND NOT a.s <> b.s) AS binary,
	bool_and(a.s::text::decimal_stats = a.s) AS text,
	bool_and(decimal_stats_send(a.s::text::decimal_stats) = decimal_stats_send(a.s)) AS bytes,
	bool_and(pg_column_size(a.s::text::decimal_stats) = pg_column_size(a.s)) AS size,
	bool_and(a *= b) AS stored_bytes
FROM decimal_whole AS a
	JOIN stored AS b USING (g);

-- Equality, order and hash agree.
SELECT bool_and((a.s = b.s) = (a.s::text = b.s::text)
		AND (a.s < b.s) = (decimal_stats_send(a.s) < decimal_stats_send(b.s))
		-- not by NOT, which the planner makes into the opposite operator
		AND (a.s < b.s) = (decimal_stats_cmp(a.s, b.s) < 0)
		AND (a.s <= b.s) = (decimal_stats_cmp(a.s, b.s) <= 0)
		AND (a.s = b.s) = (decimal_stats_cmp(a.s, b.s) = 0)
		AND (a.s <> b.s) = (decimal_stats_cmp(a.s, b.s) <> 0)
		AND (a.s >= b.s) = (decimal_stats_cmp(a.s, b.s) >= 0)
		AND (a.s > b.s) = (decimal_stats_cmp(a.s, b.s) > 0)
		AND (a.s <> b.s OR (decimal_stats_hash(a.s) = decimal_stats_hash(b.s)
			AND decimal_stats_hash_extended(a.s, 7) = decimal_stats_hash_extended(b.s, 7)))) AS agree,
	count(DISTINCT decimal_stats_hash(a.s)) > 40 AS hash_spreads
FROM decimal_whole AS a, decimal_whole AS b;
SET enable_hashjoin = off;
SET enable_nestloop = off;
SELECT count(*) FROM decimal_whole AS a JOIN stored AS b ON a.s = b.s;
RESET enable_hashjoin;
SET enable_mergejoin = off;
SELECT count(*) FROM decimal_whole AS a JOIN stored AS b ON a.s = b.s;
RESET enable_nestloop;
RESET enable_mergejoin;
SELECT count(DISTINCT s) FROM (SELECT s FROM decimal_whole UNION ALL SELECT s FROM stored) AS u;
CREATE UNIQUE INDEX ON stored (s);

-- Moving frames: every frame equals a fresh computation, through NaN,
-- infinities, NULLs and scales that come and go.
CREATE TEMP TABLE frame_row AS
SELECT i,
	CASE
		WHEN i % 13 = 0 THEN NULL
		WHEN i % 37 = 0 THEN (ARRAY['NaN', 'Infinity', '-Infinity'])[1 + i % 3]::numeric
		WHEN i % 29 = 0 THEN -12345678901234567890.0625
		WHEN i % 17 = 0 THEN round((random() * 100)::numeric, 7)
		ELSE round((random() * 200 - 100)::numeric, (random() * 2.6)::int)
	END AS x,
	CASE WHEN i % 23 = 0 THEN 0.0000 ELSE round((random() * 5)::numeric, (random() * 1.6)::int) END AS w
FROM generate_series(1, 400) AS i;
CREATE FUNCTION pg_temp.frames_differ(before int, after int) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
	differing bigint;
BEGIN
	EXECUTE format($query$
		SELECT count(*)
		FROM (
			SELECT i, decimal_stats(x, w) OVER frame AS s, decimal_stats(x) OVER frame AS s1,
				weighted_mean(x, w) OVER frame AS mean, weighted_sum(x, w) OVER frame AS sum,
				rollup(row) OVER frame AS merged
			FROM (SELECT i, x, w, decimal_stats(x, w) AS row FROM frame_row GROUP BY i, x, w) AS r
			WINDOW frame AS (ORDER BY i ROWS BETWEEN %s PRECEDING AND %s FOLLOWING)
		) AS moving,
			LATERAL (
				SELECT decimal_stats(x, w) AS s, decimal_stats(x) AS s1,
					weighted_mean(x, w) AS mean, weighted_sum(x, w) AS sum
				FROM frame_row AS f
				WHERE f.i BETWEEN moving.i - %1$s AND moving.i + %2$s
			) AS fresh
		WHERE (moving.s::text, moving.s1::text, moving.mean::text, moving.sum::text, moving.merged::text)
			IS DISTINCT FROM (fresh.s::text, fresh.s1::text, fresh.mean::text, fresh.sum::text, fresh.s::text)
			OR decimal_stats_send(moving.s) IS DISTINCT FROM decimal_stats_send(fresh.s)
		$query$, before, after) INTO differing;
	RETURN differing;
END $$;
SELECT before, after, pg_temp.frames_differ(before, after)
FROM (VALUES (0, 0), (1, 0), (5, 3), (0, 9), (50, 0), (100, 100)) AS v (before, after);

-- 2^127 in units, which has no positive counterpart, enters and leaves.
SELECT i, sum_of(rollup(s) OVER frame) AS sum, sum(x) OVER frame AS core
FROM (
	SELECT i, x, decimal_stats(x) AS s
	FROM (VALUES
		(1, -170141183460469231731687303715884105728),
		(2, 85070591730234615865843651857942052864),
		(3, 85070591730234615865843651857942052864),
		(4, 5),
		(5, 0)) AS v (i, x)
	GROUP BY i, x
) AS r
WINDOW frame AS (ORDER BY i ROWS BETWEEN 3 PRECEDING AND CURRENT ROW)
ORDER BY i;

-- An aggregate of the user's takes out rows that were never in: it starts
-- again where that is seen, and else no result comes of it.
CREATE AGGREGATE pg_temp.taken_out(numeric, numeric) (
	SFUNC = decimal_stats_remove, STYPE = decimal_stats,
	INITCOND = 'v1 n=2 w=2 w_rows=2 wx=7 wx_rows=2 nan=0 +inf=0 -inf=0');
CREATE AGGREGATE pg_temp.taken_out(numeric) (
	SFUNC = decimal_stats_remove, STYPE = decimal_stats);
CREATE AGGREGATE pg_temp.unmerged(decimal_stats) (
	SFUNC = decimal_stats_unmerge, STYPE = decimal_stats,
	INITCOND = 'v1 n=2 w=2 w_rows=2 wx=7 wx_rows=2 nan=0 +inf=0 -inf=0');
SELECT pg_temp.taken_out(x) AS from_nothing, pg_temp.taken_out(x, 1) AS more_decimals
FROM (VALUES (1.5)) AS v (x);
SELECT pg_temp.taken_out(x, 1) AS more_rows FROM (VALUES (3), (4), (5)) AS v (x);
SELECT pg_temp.unmerged(s) AS more_rows_at_once
FROM (SELECT decimal_stats(x) AS s FROM (VALUES (3), (4), (5)) AS v (x)) AS r;
SELECT error_of('SELECT mean(pg_temp.taken_out(3, 5), 2)') AS more_weight;
SELECT error_of(format('SELECT pg_temp.taken_out(%L, 1)', x)) AS other_kind
FROM (VALUES ('NaN'), ('-Infinity')) AS v (x);

-- Hostile text: refused with 22P02, or a state that reads back as itself.
CREATE FUNCTION pg_temp.fuzz_text(seed text, rounds int) RETURNS TABLE (outcome text)
LANGUAGE plpgsql AS $$
DECLARE
	at int;
	input text;
	s decimal_stats;
BEGIN
	FOR r IN 1..rounds LOOP
		input := seed;
		FOR k IN 1..1 + (random() * 2)::int LOOP
			at := 1 + (random() * length(input))::int;
			input := overlay(input PLACING
				(ARRAY['', '0', '9', '-', '.', ' ', 'n', '=', 'e', '99999999999999999999', 'ü', '+', E'\t'])[1 + (random() * 12)::int]
				FROM at FOR (random() * 2)::int);
		END LOOP;
		BEGIN
			s := input::decimal_stats;
			IF s::text::decimal_stats <> s OR (SELECT rollup(v) FROM (VALUES (s), (NULL)) AS v (v)) <> s THEN
				outcome := 'does not read back: ' || input;
			ELSE
				outcome := 'accepted';
			END IF;
			PERFORM mean(s, 3), mean(s), sum_of(s), weight_of(s);
		EXCEPTION WHEN OTHERS THEN
			outcome := SQLSTATE;
		END;
		RETURN NEXT;
	END LOOP;
END $$;
SELECT outcome, count(*) > 50 AS many
FROM (SELECT s FROM decimal_whole ORDER BY g LIMIT 20) AS d, pg_temp.fuzz_text(s::text, 200)
GROUP BY outcome
ORDER BY outcome;
SELECT error_of(format('SELECT %L::decimal_stats', input))
FROM (VALUES
	(''),
	('v2 n=1 w=1 w_rows=1 wx=1 wx_rows=1 nan=0 +inf=0 -inf=0'),
	('v1 n=1 w=1 w_rows=1 wx=1 wx_rows=1 nan=0 +inf=0 -inf=0 '),
	('v1 n=-1 w=1 w_rows=1 wx=1 wx_rows=1 nan=0 +inf=0 -inf=0'),
	('v1 n=9223372036854775808 w=1 w_rows=1 wx=1 wx_rows=1 nan=0 +inf=0 -inf=0'),
	('v1 n=1 w=-1 w_rows=1 wx=1 wx_rows=1 nan=0 +inf=0 -inf=0'),
	('v1 n=1 w=1. w_rows=1 wx=1 wx_rows=1 nan=0 +inf=0 -inf=0'),
	('v1 n=1 w=1e5 w_rows=1 wx=1 wx_rows=1 nan=0 +inf=0 -inf=0'),
	('v1 n=1 w=0 w_rows=1 wx=1 wx_rows=1 nan=0 +inf=0 -inf=0'),
	('v1 n=1 w=1 w_rows=2 wx=1 wx_rows=1 nan=0 +inf=0 -inf=0'),
	('v1 n=1 w=1 w_rows=1 wx=1 wx_rows=0 nan=0 +inf=0 -inf=0'),
	('v1 n=1 w=1 w_rows=1 wx=1 wx_rows=1 nan=1 +inf=0 -inf=0'),
	('v1 n=1 w=1 w_rows=1 wx=0 wx_rows=0 nan=1 +inf=9223372036854775807 -inf=9223372036854775807'),
	('v1 n=0 w=0.0 w_rows=0 wx=0 wx_rows=0 nan=0 +inf=0 -inf=0'),
	('v1 n=1 w=1.00 w_rows=1 wx=1 wx_rows=1 nan=0 +inf=0 -inf=0')) AS v (input);
SELECT error_of(format('SELECT (%L || repeat(''9'', %s) || %L)::decimal_stats', head, digits, tail)) LIKE '22P02 %'
FROM (VALUES
	('v1 n=1 w=1', 200000, ' w_rows=1 wx=1 wx_rows=1 nan=0 +inf=0 -inf=0'),
	('v1 n=1 w=1.', 16384, ' w_rows=1 wx=1 wx_rows=1 nan=0 +inf=0 -inf=0'),
	('v1 n=1 w=1 w_rows=1 wx=1.', 32767, ' wx_rows=1 nan=0 +inf=0 -inf=0')) AS v (head, digits, tail);

-- Hostile bytes: refused with 22P03, or a state that reads back as itself.
SELECT outcome, count(*) > 20 AS many
FROM (SELECT s FROM decimal_whole ORDER BY g LIMIT 15) AS d,
	fuzz_bytes('decimal_stats', decimal_stats_send(s), 60, 'mean(v, 3), mean(v), sum_of(v), weight_of(v)') AS outcome
GROUP BY outcome
ORDER BY outcome;
SELECT format('rm %L', :'file') AS remove \gset
COPY (SELECT 1) TO PROGRAM :'remove';
