-- Tables of scores to be ranked; :rows is given on the command line.
\set ON_ERROR_STOP on

-- The same data each time.
SELECT setseed(0.5) \g /dev/null

-- Rows arrive in no order of group, unit or score.
CREATE UNLOGGED TABLE bench.standing AS
SELECT
	(i * 7919 % 1000)::int AS g,        -- 1,000 groups
	(i * 7919 % 100)::int AS p,         -- 100 partitions
	i * 7919 % 1000000 AS unit,         -- a million units
	100 * random() AS x,
	100 * random() AS y,
	1 + random() AS w
FROM generate_series(1, :rows::bigint) AS i;

CREATE UNLOGGED TABLE bench.one_field AS
SELECT 100 * random() AS x
FROM generate_series(1, 1000000) AS i;

-- Scores as published, at two digits.
CREATE UNLOGGED TABLE bench.published AS
SELECT round(x::numeric, 2) AS x FROM bench.standing;

VACUUM (ANALYZE, FREEZE) bench.standing;
VACUUM (ANALYZE, FREEZE) bench.published;
VACUUM (ANALYZE, FREEZE) bench.one_field;
