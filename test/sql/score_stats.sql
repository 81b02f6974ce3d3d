-- The typed state score_stats: its accessors, rollup, storage, equality and order.
SET client_min_messages = warning;
CREATE SCHEMA test_score_stats;
SET search_path = test_score_stats, parindex;
\getenv abs_srcdir PG_ABS_SRCDIR
\set helpers :abs_srcdir '/helpers.sql'
\i :helpers

-- Accessors
CREATE TABLE score (unit int, period int, x float8, w float8);
INSERT INTO score
SELECT i % 7, i % 12, 50 + (i * 7919 % 10007) / 200.0, 1 + i % 5 / 4.0
FROM generate_series(1, 1200) AS i;

CREATE TABLE stored AS
SELECT unit, period, score_stats(x, w) AS state, score_stats(x) AS unweighted
FROM score GROUP BY unit, period;

SELECT
	count_of(s) = count(*) AS n,
	weight_of(s) = sum(w::numeric) AS weight,
	sum_of(s) = sum((w * x)::numeric) AS total,
	float8send(sum_of(s)) = float8send(weighted_sum(x, w)) AS weighted_sum,
	float8send(mean(s)) = float8send(weighted_mean(x, w)) AS mean,
	float8send(variance_of(s)) = float8send(weighted_variance(x, w)) AS variance,
	float8send(stddev_of(s)) = float8send(weighted_stddev(x, w)) AS stddev,
	min_of(s) = min(x) AS min,
	max_of(s) = max(x) AS max
FROM score, (SELECT rollup(state) AS s FROM stored) AS r
GROUP BY s;

SELECT
	count_of(s) = count(*) AS n,
	weight_of(s) = count(*) AS weight,
	abs(sum_of(s) - sum(x)) < 1e-9 AS total,
	abs(mean(s) - avg(x)) < 1e-12 AS mean,
	abs(variance_of(s) - var_samp(x)) < 1e-9 AS variance,
	abs(variance_of(s, 'population') - var_pop(x)) < 1e-9 AS population,
	abs(stddev_of(s, 'population') - stddev_pop(x)) < 1e-9 AS stddev,
	min_of(s) = min(x) AS min,
	max_of(s) = max(x) AS max
FROM score, (SELECT rollup(unweighted) AS s FROM stored) AS r
GROUP BY s;

-- Kinds of variance, by their formulas
SELECT kind, variance_of(s, kind), stddev_of(s, kind)
FROM (VALUES ('reliability'), ('frequency'), ('population')) AS k (kind),
	(SELECT score_stats(x, w) AS s FROM (VALUES (1::float8, 1::float8), (2, 2), (4, 1)) AS t (x, w)) AS t;
SELECT variance_of(s) = variance_of(s, 'reliability') AS by_default, stddev_of(s) = stddev_of(s, 'reliability') AS stddev
FROM (SELECT score_stats(x, w) AS s FROM score) AS t;
SELECT variance_of('v1 n=1 wx=0 wxx=0 min=0 max=0', 'sample');

-- A frequency weight stands for equal rows.
SELECT
	float8send(variance_of(weighted, 'frequency')) = float8send(variance_of(repeated)) AS variance,
	float8send(stddev_of(weighted, 'frequency')) = float8send(stddev_of(repeated)) AS stddev,
	mean(weighted) = mean(repeated) AS mean,
	weight_of(weighted) = count_of(repeated) AS weight
FROM
	(SELECT score_stats(x / 3, w) AS weighted FROM (VALUES (1::float8, 3::float8), (2, 5), (7, 0), (4, 11)) AS t (x, w)) AS a,
	(SELECT score_stats(x / 3) AS repeated
	FROM (VALUES (1::float8, 3), (2, 5), (7, 0), (4, 11)) AS t (x, w), generate_series(1, w)) AS b;

-- Weights of 1, and no weights: one state
SELECT score_stats(x, 1) = score_stats(x) AS equal, score_stats(x, 1)::text = score_stats(x)::text AS same_text
FROM score;
SELECT rollup(s) = (SELECT score_stats(x) FROM score WHERE period IN (1, 2)) AS mixed
FROM (
	SELECT score_stats(x, 1) AS s FROM score WHERE period = 1
	UNION ALL
	SELECT score_stats(x) FROM score WHERE period = 2
) AS t;

-- Undefined and special
SELECT
	score_stats(NULL) AS null_row, score_stats(NULL, NULL) AS null_weight,
	score_stats(1) FILTER (WHERE false) AS no_row, rollup(NULL::score_stats) AS no_state;
SELECT s, count_of(s) AS n, weight_of(s) AS w, sum_of(s) AS sum, mean(s), variance_of(s) AS var,
	variance_of(s, 'frequency') AS freq, variance_of(s, 'population') AS pop, min_of(s) AS min, max_of(s) AS max
FROM (
	SELECT i, score_stats(x, w) AS s
	FROM (VALUES
		(1, 5::float8, 1::float8), (2, 5, 0), (3, 'NaN', 1), (4, 'Infinity', 1), (4, 3, 1),
		(5, '-Infinity', 1), (5, 'NaN', 1), (6, 'Infinity', 1), (6, '-Infinity', 1),
		(7, '-Infinity', 2), (8, 'Infinity', 0), (8, 2, 1), (9, '-0', 1), (9, '0', 1)
	) AS t (i, x, w)
	GROUP BY i
) AS t ORDER BY i;
SELECT mean(s), count_of(s), sum_of(s), weight_of(s), variance_of(s), stddev_of(s), min_of(s), max_of(s) FROM (VALUES (NULL::score_stats)) AS t (s);

SELECT sum_of(s) FROM (SELECT score_stats(x) AS s FROM (VALUES (1.7e308::float8), (1.7e308)) AS t (x)) AS t;
SELECT weight_of(s) FROM (SELECT score_stats(1, w) AS s FROM (VALUES (1.7e308::float8), (1.7e308)) AS t (w)) AS t;
SELECT variance_of(s) FROM (SELECT score_stats(x) AS s FROM (VALUES (1.7e308::float8), (1)) AS t (x)) AS t;
SELECT stddev_of(s) FROM (SELECT score_stats(x) AS s FROM (VALUES (1.7e308::float8), (-1.7e308)) AS t (x)) AS t;
SELECT mean(s) = 1.7e308 AS mean_in_range FROM (SELECT score_stats(x) AS s FROM (VALUES (1.7e308::float8), (1.7e308)) AS t (x)) AS t;
SELECT score_stats(x, w) FROM (VALUES (3.5::float8, NULL::float8)) AS t (x, w);
SELECT score_stats(x, w) FROM (VALUES (3.5::float8, '-2'::float8)) AS t (x, w);

SELECT error_of(query)
FROM (VALUES
	('SELECT score_stats_add(NULL, 1)'), ('SELECT score_stats_add(NULL, 1, 1)'),
	('SELECT score_stats_remove(NULL, 1)'), ('SELECT score_stats_remove(NULL, 1, 1)'),
	('SELECT score_stats_merge(NULL, NULL)'), ('SELECT score_stats_unmerge(NULL, NULL)')
) AS t (query);
SELECT score_stats_final(NULL) AS of_nothing, score_stats_final('v1 n=0 wx=0 wxx=0') AS of_no_row,
	score_stats_final('v1 n=1 w=0x1p0 ww=0x1p0 wx=0 wxx=0 min=0 max=-0') AS canonical;

-- Text and binary are exact: every stored state comes back with all its bits.
SELECT bool_and(state::text::score_stats = state
	AND score_stats_send(state::text::score_stats) = score_stats_send(state)
	AND state::text::score_stats::text = state::text) AS round_trip
FROM stored;
SET extra_float_digits = 0;
SELECT bool_and(state::text::score_stats = state) AS at_any_setting FROM stored;
RESET extra_float_digits;

SELECT bool_and(receive('score_stats', score_stats_send(state))::score_stats = state AND receive('score_stats', score_stats_send(state)) = state::text) AS binary_round_trip
FROM (
	SELECT state FROM stored WHERE unit = 0
	UNION ALL
	SELECT score_stats(x, w) FROM (VALUES (1e300::float8, 1e-300::float8), (5e-324, 1e308), ('NaN', 0), ('Infinity', 3)) AS t (x, w)
	UNION ALL
	SELECT score_stats(x) FROM (VALUES (1::float8), (-1)) AS t (x)
) AS t;

-- Equality, grouping, sorting, hashing, indexes
CREATE TABLE copies AS
SELECT unit, period, state FROM stored
UNION ALL
SELECT unit, period + 100, (SELECT score_stats(x, w ORDER BY x) FROM score AS s WHERE s.unit = t.unit AND s.period = t.period)
FROM stored AS t;
SELECT count(*), count(DISTINCT state) AS distinct_states, count(DISTINCT state::text) AS distinct_texts FROM copies;
SET enable_hashagg = off;
SELECT count(*) AS grouped_by_sort FROM (SELECT state FROM copies GROUP BY state HAVING count(*) = 2) AS t;
RESET enable_hashagg;
SET enable_sort = off;
SELECT count(*) AS grouped_by_hash FROM (SELECT state FROM copies GROUP BY state HAVING count(*) = 2) AS t;
RESET enable_sort;
SET enable_mergejoin = off;
SET enable_nestloop = off;
SELECT count(*) AS hash_joined FROM copies AS a JOIN copies AS b USING (state);
SET enable_mergejoin = on;
SET enable_hashjoin = off;
SELECT count(*) AS merge_joined FROM copies AS a JOIN copies AS b USING (state);
RESET enable_mergejoin;
RESET enable_nestloop;
RESET enable_hashjoin;

CREATE INDEX copies_state ON copies USING btree (state);
SET enable_seqscan = off;
SELECT count(*) AS by_index FROM copies WHERE state = (SELECT state FROM stored WHERE unit = 3 AND period = 5);
DROP INDEX copies_state;
CREATE INDEX copies_state ON copies USING hash (state);
SELECT count(*) AS by_hash_index FROM copies WHERE state = (SELECT state FROM stored WHERE unit = 3 AND period = 5);
RESET enable_seqscan;
CREATE UNIQUE INDEX ON stored (state);
CREATE TABLE by_hash (state score_stats) PARTITION BY HASH (state);
CREATE TABLE by_hash_0 PARTITION OF by_hash FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE by_hash_1 PARTITION OF by_hash FOR VALUES WITH (MODULUS 2, REMAINDER 1);
INSERT INTO by_hash SELECT state FROM copies;
SELECT count(*) = 2 AS equal_go_together
FROM by_hash WHERE state = (SELECT state FROM stored WHERE unit = 3 AND period = 5)
GROUP BY tableoid;

-- The operators agree with each other.
SELECT
	bool_and((a.state = b.state) = (score_stats_cmp(a.state, b.state) = 0)) AS eq,
	bool_and((a.state <> b.state) = (score_stats_cmp(a.state, b.state) <> 0)) AS ne,
	bool_and((a.state < b.state) = (score_stats_cmp(a.state, b.state) < 0)) AS lt,
	bool_and((a.state <= b.state) = (score_stats_cmp(a.state, b.state) <= 0)) AS le,
	bool_and((a.state > b.state) = (score_stats_cmp(a.state, b.state) > 0)) AS gt,
	bool_and((a.state >= b.state) = (score_stats_cmp(a.state, b.state) >= 0)) AS ge,
	bool_and(sign(score_stats_cmp(a.state, b.state)) = -sign(score_stats_cmp(b.state, a.state))) AS antisymmetric,
	bool_and(score_stats_hash(a.state) = score_stats_hash(b.state)) FILTER (WHERE a.state = b.state) AS hash,
	bool_and(score_stats_hash_extended(a.state, 7) = score_stats_hash_extended(b.state, 7)) FILTER (WHERE a.state = b.state) AS hash_extended,
	count(*) FILTER (WHERE a.state = b.state) AS equal_pairs
FROM copies AS a, copies AS b
WHERE a.unit < 2 AND b.unit < 2;

-- Impossible text
SELECT input, error_of(format('SELECT %L::score_stats', input)) AS error
FROM (VALUES
	('v1 n=1 wx=0x1p0 wxx=0x1p0'), ('v1 n=1 wx=0x1p0 wxx=0x1p0 min=1'), ('v1 n=1 wx=0x1p0 wxx=0x1p0 min=2 max=1'),
	('v1 n=1 wx=0x1p0 wxx=0x1p0 min=NaN max=NaN'), ('v1 n=1 wx=0x1p0 wxx=0x1p0 min=1 max=inf'),
	('v1 n=0 wx=0 wxx=0 min=0 max=0'), ('v1 n=1 wx=0 wxx=0 nan=1 +inf=0 -inf=0 min=0 max=0'),
	('v1 n=1 wx=0x1p0 wxx=0x1p0 min=1 max=1e400'), ('v1 n=1 wx=0x1p0 wxx=0x1p0 min=1x max=1')
) AS t (input);
