-- Tables of survey answers; :rows is given on the command line.
\set ON_ERROR_STOP on

-- The same data each time.
SELECT setseed(0.5) \g /dev/null

-- 100 strata of 50 PSUs; rows arrive in no order of them.
CREATE UNLOGGED TABLE bench.answer WITH (parallel_workers = 2) AS
SELECT
	1 + floor(100 * random())::bigint AS stratum,
	1 + floor(50 * random())::bigint AS psu,
	1 + random() AS w,
	100 * random() AS y
FROM generate_series(1, :rows::bigint);

-- The same, for one process whatever the settings.
CREATE UNLOGGED TABLE bench.answer_serial WITH (parallel_workers = 0) AS
TABLE bench.answer;

-- 50,000 rows of 1,000 PSUs and 1,000 domains.
CREATE UNLOGGED TABLE bench.domain_answer AS
SELECT
	1 + i % 50 AS stratum,
	1 + i / 50 % 20 AS psu,
	1 + floor(1000 * random())::int AS domain,
	1 + random() AS w,
	100 * random() AS y
FROM generate_series(1, 50000::bigint) AS i;

-- Responses on 5 factors by users of 40 agencies, 6 PSUs each.
CREATE UNLOGGED TABLE bench.response AS
SELECT
	agency,
	1 + floor(5 * random())::int AS factor,
	agency % 8::bigint AS stratum,
	agency * 6 + floor(6 * random())::bigint AS psu,
	1 + random() AS w,
	1 + floor(5 * random())::int AS score
FROM (SELECT 1 + floor(40 * random())::int AS agency FROM generate_series(1, 2 * :rows::bigint)) AS a;

CREATE TABLE bench.design AS
SELECT
	(SELECT parindex.survey_design_agg(s, 50, 2000) FROM generate_series(1, 100) AS s) AS of_answer,
	(SELECT parindex.survey_design_agg(s, 20, NULL) FROM generate_series(1, 50) AS s) AS of_domains,
	(SELECT parindex.survey_design_agg(s, 30, NULL) FROM generate_series(0, 7) AS s) AS of_response;

VACUUM (ANALYZE, FREEZE) bench.answer;
VACUUM (ANALYZE, FREEZE) bench.answer_serial;
VACUUM (ANALYZE, FREEZE) bench.domain_answer;
VACUUM (ANALYZE, FREEZE) bench.response;
