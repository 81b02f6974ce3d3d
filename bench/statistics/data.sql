-- Tables of scores; :rows is given on the command line.
\set ON_ERROR_STOP on

-- The same data each time.
SELECT setseed(0.5) \g /dev/null

-- Rows arrive in no order of group or unit.
CREATE UNLOGGED TABLE bench.score AS
SELECT
	(i * 7919 % 1000)::int AS g,        -- 1,000 groups
	i * 7919 % 1000000 AS unit,         -- a million units
	100 * random() AS x,
	1 + random() AS w
FROM generate_series(1, :rows::bigint) AS i;

CREATE UNLOGGED TABLE bench.points AS
SELECT
	(i * 7919 % 1000)::int AS g,
	(100 * random())::numeric(6,2) AS n,
	(1 + 10 * random())::numeric(6,2) AS m
FROM generate_series(1, :rows::bigint) AS i;

CREATE UNLOGGED TABLE bench.series AS
SELECT i, 100 * random() AS x, 1 + random() AS w
FROM generate_series(1, 100000) AS i;

VACUUM (ANALYZE, FREEZE) bench.score;
VACUUM (ANALYZE, FREEZE) bench.points;
VACUUM (ANALYZE, FREEZE) bench.series;
