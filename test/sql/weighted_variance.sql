-- weighted_variance and weighted_stddev (float8, float8), and weighted_moments, their state.
SET client_min_messages = warning;
CREATE SCHEMA test_weighted_variance;
SET search_path = test_weighted_variance, parindex;
\getenv abs_srcdir PG_ABS_SRCDIR
\set helpers :abs_srcdir '/helpers.sql'
\i :helpers

-- Known answers: shifting the values by 1e8 changes nothing.
SELECT s AS shift, weighted_variance(x + s, w), weighted_stddev(x + s, w)
FROM (VALUES (0::float8), (1e8), (-1e15)) AS a (s),
	(VALUES (0::float8, 1::float8), (1, 2), (3, 1), (2, 4)) AS b (x, w)
GROUP BY s ORDER BY s;

-- By the formula, in numeric
SELECT weighted_variance(x, w) =
	((sum(w) * sum(w * x * x) - sum(w * x) ^ 2) / (sum(w) ^ 2 - sum(w * w)))::float8 AS by_formula
FROM (SELECT 1000000 + (i * 37 % 101) / 128.0, 1 + i % 5 / 4.0 FROM generate_series(1, 500) AS i) AS t (x, w);

-- Weights 1 give core's sample variance, but for its rounding.
SELECT
	abs(weighted_variance(x, 1) - var_samp(x)) <= 1e-12 * var_samp(x) AS variance,
	abs(weighted_stddev(x, 1) - stddev_samp(x)) <= 1e-12 * stddev_samp(x) AS stddev,
	float8send(weighted_variance(i, 1)) = float8send(var_samp(i::numeric)::float8) AS integers
FROM (SELECT i, (i * 7919 % 10007) / 100.0::float8 FROM generate_series(1, 2000) AS i) AS t (i, x);

-- Reliability weights: a scale that is a power of two changes no bit.
SELECT
	count(DISTINCT float8send(variance)) AS variances,
	count(DISTINCT float8send(stddev)) AS stddevs
FROM (
	SELECT s, weighted_variance(x, w * 2::float8 ^ s) AS variance, weighted_stddev(x, w * 2::float8 ^ s) AS stddev
	FROM generate_series(-900, 900, 75) AS s,
		(VALUES (1.1::float8, 0.1::float8), (2.2, 0.7), (4.4, 0.33), (-8.1, 12)) AS t (x, w)
	GROUP BY s
) AS t;

-- Scaling the values by a power of two scales the result exactly.
SELECT bool_and(
	float8send(weighted_variance) = float8send(2::float8 ^ (2 * s) * base)) AS scales
FROM (
	SELECT s, weighted_variance(x * 2::float8 ^ s, w),
		(SELECT weighted_variance(x, w) FROM (VALUES (1.1::float8, 0.1::float8), (2.2, 0.7), (4.4, 0.33)) AS b (x, w)) AS base
	FROM generate_series(-500, 500, 50) AS s,
		(VALUES (1.1::float8, 0.1::float8), (2.2, 0.7), (4.4, 0.33)) AS t (x, w)
	GROUP BY s
) AS t;

-- Equal values have no variance, however the weights fall.
SELECT weighted_variance(0.1, i / 7.0) AS variance, weighted_stddev(0.1, i / 7.0) AS stddev
FROM generate_series(1, 10) AS i;

-- Undefined, and special values
SELECT
	weighted_variance(NULL, 1) AS null_row,
	weighted_variance(1, 1) FILTER (WHERE false) AS no_row,
	weighted_variance(1, 0.3) AS one_row,
	weighted_stddev(1, 0) AS no_weight,
	weighted_variance('NaN', 1) AS one_nan;
SELECT weighted_variance(x, w) AS one_weight FROM (VALUES (1::float8, 2::float8), (5, 0), (7, 0)) AS t (x, w);
SELECT weighted_variance(x, w), weighted_stddev(x, w) FROM (VALUES (1::float8, 2::float8), ('NaN', 1)) AS t (x, w);
SELECT weighted_variance(x, w), weighted_stddev(x, w) FROM (VALUES (1::float8, 2::float8), ('-Infinity', 1)) AS t (x, w);
SELECT weighted_variance(x, w) AS missing_skipped FROM (VALUES (1::float8, 1::float8), (NULL, NULL), (3, 1)) AS t (x, w);

-- Beyond double precision; the root may still be a double.
SELECT weighted_variance(x, 1) FROM (VALUES (1e200::float8), (-1e200)) AS t (x);
SELECT weighted_stddev(x, 1) = 2::float8 ^ 600 * sqrt(2::float8) AS root_of_what_overflows
FROM (VALUES (2::float8 ^ 600), (-(2::float8 ^ 600))) AS t (x);
SELECT weighted_stddev(x, 1) FROM (VALUES (1.7e308::float8), (-1.7e308)) AS t (x);
SELECT weighted_variance(x, 1) AS underflow, weighted_stddev(x, 1) AS stddev
FROM (VALUES (1e-200::float8), (3e-200)) AS t (x);

SELECT weighted_variance(x, w) FROM (VALUES (7.5::float8, NULL::float8)) AS t (x, w);
SELECT weighted_stddev(x, w) FROM (VALUES (7.5::float8, '-1'::float8)) AS t (x, w);

SELECT error_of(query)
FROM (VALUES
	('SELECT weighted_moments_add(NULL, 1, 1)'),
	('SELECT weighted_moments_remove(NULL, 1, 1)'),
	('SELECT weighted_moments_merge(NULL, NULL)')
) AS t (query);
SELECT weighted_variance_final('v1 n=2 wx=0x1p2 wxx=0x5p1') AS final_variance,
	weighted_stddev_final('v1 n=2 wx=0x1p2 wxx=0x5p1') = sqrt(2::float8) AS final_stddev;

-- The state
CREATE AGGREGATE moments_state(value float8, weight float8) (
	SFUNC = weighted_moments_add, STYPE = weighted_moments,
	COMBINEFUNC = weighted_moments_merge, PARALLEL = safe
);
CREATE TABLE written AS
SELECT w0 AS id, moments_state(x, w * w0) AS state
FROM (VALUES (1::float8), (0.5), (1e-300)) AS a (w0),
	(VALUES (0.75::float8, 1::float8), (-3, 1), ('NaN', 1), (1e10, 1)) AS t (x, w)
GROUP BY w0;
SELECT id, state FROM written ORDER BY id;
SELECT bool_and(state::text::weighted_moments::text = state::text
	AND weighted_moments_send(state::text::weighted_moments) = weighted_moments_send(state)) AS round_trip
FROM written;

SELECT input, error_of(format('SELECT %L::weighted_moments', input)) AS error
FROM (VALUES
	('v1 n=2 w=0x1p1 ww=0x1p1 wx=0x1p2 wxx=0x5p1'), -- weights of 1, left out again
	('v1 n=2 w=0x1p1 wx=0x1p2 wxx=0x5p1'), ('v1 n=2 ww=0x1p1 wx=0x1p2 wxx=0x5p1'),
	('v1 n=2 wx=0x1p2'), ('v1 n=2 wxx=0x1p2'), ('v1 n=2 wx=0x1p2 wxx=-0x1p0'),
	('v1 n=2 wx=0x1p2 wxx=0x7p0'), -- below the square of the mean
	('v1 n=2 w=0x1p1 ww=0x5p0 wx=0 wxx=0'), ('v1 n=2 w=0x1p1 ww=0 wx=0 wxx=0'),
	('v1 n=2 w=0 ww=0x1p0 wx=0 wxx=0'), ('v1 n=2 wx=0 wxx=0x1p3200'), ('v1 n=2 wx=0 wxx=0x1p-3223'),
	('v1 n=2 wx=0 wxx=0 min=0 max=0'), ('v1 n=2 wx=0 wxx=0 power=2'), ('v1 n=0 wx=0 wxx=0')
) AS t (input);
