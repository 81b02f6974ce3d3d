-- weighted_sum(float8, float8), and the type weighted_sums, its state.
SET client_min_messages = warning;
CREATE SCHEMA test_weighted_sums;
SET search_path = test_weighted_sums, parindex;
\getenv abs_srcdir PG_ABS_SRCDIR
\set helpers :abs_srcdir '/helpers.sql'
\i :helpers

-- Known answers
SELECT weighted_sum(0.1::float8, 1) = 1 AS tenths, sum(0.1::float8) = 1 AS core
FROM generate_series(1, 10);

SELECT weighted_sum(x, w) AS partial_sums_overflow
FROM (VALUES
	(1.7976931348623157e308::float8, 1e308::float8), (1, 1), (-1.7976931348623157e308, 1e308)
) AS t (x, w);

SELECT weighted_sum(x, w) AS products_underflow
FROM (VALUES (1e-200::float8, 1e-200::float8), (2, 1), (-1e-200, 1e-200)) AS t (x, w);

-- 2^24 products of 2^-1098 are the smallest double; half of them round to even, zero
SELECT
	weighted_sum(2::float8 ^ -1000, 2::float8 ^ -98 * n) = 5e-324::float8 AS smallest,
	weighted_sum(2::float8 ^ -1000, 2::float8 ^ -99 * n) = 0 AS tie_to_even,
	weighted_sum(2::float8 ^ -1000, 2::float8 ^ -99 * (n + 1)) = 5e-324::float8 AS above_the_tie
FROM (VALUES (2::float8 ^ 24)) AS t (n);

-- Integers as core, whose sums of them are exact
SELECT weighted_sum(i, j) = sum((i * j)::numeric) AS integers
FROM (SELECT i, abs(i % 13) FROM generate_series(-3000, 7000) AS i) AS t (i, j);

SELECT
	weighted_sum(NULL, 1) AS null_row,
	weighted_sum(1, 1) FILTER (WHERE false) AS no_row,
	weighted_sum(1, 0) AS no_weight,
	float8send(weighted_sum(-1, 0)) = float8send(0) AS zero_is_positive,
	weighted_sum('Infinity', 0) AS infinity_without_weight,
	weighted_sum('-Infinity', 2) AS infinity;

SELECT weighted_sum(x, w) FROM (VALUES (1e308::float8, 1::float8), (1e308, 1)) AS t (x, w);
SELECT weighted_sum(x, w) FROM (VALUES (1e308::float8, 1::float8), (-1e308, 2), (-1e308, 5)) AS t (x, w);
SELECT weighted_sum(x, w) FROM (VALUES (7.5::float8, NULL::float8)) AS t (x, w);
SELECT weighted_sum(x, w) FROM (VALUES (7.5::float8, 'NaN'::float8)) AS t (x, w);

-- The largest double and half its last bit: a tie, which overflows; less does not.
SELECT error_of(format('SELECT weighted_sum(x, 1) FROM (VALUES (1.7976931348623157e308::float8), (%s)) AS t (x)', x))
FROM (VALUES ('9.979201547673599e291'), ('9.979201547673598e291')) AS t (x);

-- The state
CREATE AGGREGATE sums_state(value float8, weight float8) (
	SFUNC = weighted_sums_add, STYPE = weighted_sums,
	COMBINEFUNC = weighted_sums_merge, PARALLEL = safe
);

SELECT sums_state(x, w) AS state
FROM (VALUES (0.75::float8, 2::float8), (-3, 0.5), ('NaN', 1), ('-Infinity', 3), (1e20, 0.25)) AS t (x, w);

-- Text and binary are those of the canonical state, whatever was written.
CREATE TABLE written (id int, state weighted_sums);
INSERT INTO written VALUES
	(1, 'v1 n=3 w=0x3p0 wx=-0x5p-2'),
	(1, '  v1   n=3 	w=0x6p-1 wx=-0x0000A0p-7 '),
	(1, 'v1 n=3 w=0x3p+0 wx=-0x14p-4 nan=0 +inf=0 -inf=0'),
	(2, 'v1 n=0 w=0 wx=0'),
	(3, 'v1 n=2 w=0x1p-1074 wx=0 nan=1 +inf=0 -inf=1'),
	(4, 'v1 n=9223372036854775807 w=0x1p1080 wx=0x123456789abcdef0123456789abcdefp-2148 power=0.1');
SELECT id, count(*), count(DISTINCT state::text), count(DISTINCT weighted_sums_send(state)), min(state::text)
FROM written GROUP BY id ORDER BY id;
SELECT bool_and(state::text::weighted_sums::text = state::text
	AND weighted_sums_send(state::text::weighted_sums) = weighted_sums_send(state)) AS round_trip
FROM written;
SELECT weighted_sums_send('v1 n=3 w=0x3p0 wx=-0x5p-2 nan=1 +inf=0 -inf=1');

-- Exact at every setting
SET extra_float_digits = -15;
SELECT 'v1 n=1 w=0x1p0 wx=0x1p0 power=0.1234567890123456'::weighted_sums;
RESET extra_float_digits;

-- A merge of any states stays within its memory.
CREATE AGGREGATE merged_sums(weighted_sums) (SFUNC = weighted_sums_merge, STYPE = weighted_sums);
SELECT error_of(format('SELECT merged_sums(s) FROM (VALUES
	(%L::weighted_sums), (''v1 n=1 w=0x1p0 wx=0x1p-4064'')) AS t (s)', s)) LIKE result AS as_expected, result
FROM (VALUES
	('v1 n=1 w=0x1p0 wx=0x1p3934', 'no error: v1 n=2 w=0x1p1 wx=0x4%1p-4064'),
	('v1 n=1 w=0x1p0 wx=0x1p3935', '22P02 %'),
	('v1 n=1 w=0x1p0 wx=0x1p4064', '22P02 %'),
	('v1 n=1 w=0x1p0 wx=0x1' || repeat('0', 1900) || 'p0', '22P02 %'),
	('v1 n=1 w=0x1p0 wx=0x1' || repeat('0', 1900) || 'p-4064', 'no error: v1 n=2 w=0x1p1 wx=0x1%1p-4064')
) AS t (s, result);
SELECT merged_sums(s) FROM (VALUES
	('v1 n=9223372036854775807 w=0x1p0 wx=0'::weighted_sums), ('v1 n=1 w=0x1p0 wx=0')) AS t (s);
SELECT merged_sums(s) FROM (VALUES
	('v1 n=1 w=0x1p0 wx=0 power=2'::weighted_sums), ('v1 n=1 w=0x1p0 wx=0 power=3')) AS t (s);

-- Malformed or impossible text
SELECT input, error_of(format('SELECT %L::weighted_sums', input)) AS error
FROM (VALUES
	(''), ('v1'), ('v2 n=1 w=0 wx=0'), ('v1n=1 w=0 wx=0'), ('v1 n=1w=0 wx=0'), ('v1 n= w=0 wx=0'),
	('v1 n=-1 w=0 wx=0'), ('v1 n=9223372036854775808 w=0 wx=0'), ('v1 n=1'), ('v1 n=1 w=0'),
	('v1 n=1 wx=0 w=0'), ('v1 n=1 w=1 wx=0'), ('v1 n=1 w=0x wx=0'), ('v1 n=1 w=0x1 wx=0'),
	('v1 n=1 w=0x1p wx=0'), ('v1 n=1 w=0x1p 0 wx=0'), ('v1 n=1 w=0x1p99999999999 wx=0'),
	('v1 n=1 w=0x1p0 wx=0x1p-4065'), ('v1 n=1 w=0x1p-1075 wx=0'), ('v1 n=1 w=0x1p1088 wx=0'),
	('v1 n=1 w=-0x1p0 wx=0'), ('v1 n=0 w=0x1p0 wx=0'), ('v1 n=0 w=0 wx=0x1p0'), ('v1 n=1 w=0 wx=0x1p0'),
	('v1 n=1 w=0x1p0 wx=0 wx=0'), ('v1 n=1 w=0x1p0 wx=0 nan=1'), ('v1 n=1 w=0x1p0 wx=0 nan=1 +inf=1 -inf=0'),
	('v1 n=1 w=0x1p0 wx=0x1p0 nan=1 +inf=0 -inf=0'), ('v1 n=1 w=0x1p0 wx=0 nan=-1 +inf=0 -inf=0'),
	('v1 n=1 w=0x1p0 ww=0x1p0 wx=0'), ('v1 n=1 w=0x1p0 wx=0 min=1 max=1'), ('v1 n=1 w=0x1p0 wx=0 power=0'),
	('v1 n=1 w=0x1p0 wx=0 power=NaN'), ('v1 n=1 w=0x1p0 wx=0 power=1e999'), ('v1 n=1 w=0x1p0 wx=0 power='),
	('v1 n=1 w=0x1p0 wx=0 x'), ('v1 n=1 w=0x1p0 wx=0x1p0x')
) AS t (input);
