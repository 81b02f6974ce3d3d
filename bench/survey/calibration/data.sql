-- A million respondents of 3 margins (660 cells) who answered unlike the
-- population.
\set ON_ERROR_STOP on

SELECT setseed(0.5) \g /dev/null

CREATE UNLOGGED TABLE bench.respondent AS
SELECT
	i AS respondent,
	1 + 3 * random() AS weight,
	format('C%s', floor(3 * random() ^ 1.5)) AS a,
	format('C%s', floor(11 * random() ^ 0.7)) AS b,
	format('C%s', floor(20 * random())) AS c,
	round((20 + 30 * random() + 10 * random() ^ 4)::numeric, 2)::float8 AS x,
	100 * random() AS y
FROM generate_series(1, 1000000) AS i;

-- The population's categories, equally large.
CREATE TABLE bench.target AS
SELECT jsonb_agg(margin ORDER BY categories) AS targets
FROM (
	SELECT categories, jsonb_object_agg(format('C%s', i), 6600000.0 / categories) AS margin
	FROM unnest('{3,11,20}'::int[]) AS categories, generate_series(0, categories - 1) AS i
	GROUP BY categories
) AS margin;
