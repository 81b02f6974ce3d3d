\getenv abs_srcdir PG_ABS_SRCDIR
\set load :abs_srcdir '/data/survey/load.sql'
\set ECHO none
\i :load
\set ECHO all

CREATE TEMP TABLE design AS
SELECT parindex.survey_design_agg(stratum, psus, NULL) AS des,
	parindex.survey_design_agg(stratum, psus, fpc_psu) AS desf,
	(SELECT parindex.survey_design_agg(1::bigint, n, NULL)
		FROM (SELECT count(*) AS n FROM survey_respondent) AS all_rows) AS srs
FROM (
	SELECT stratum, count(DISTINCT psu) AS psus, min(fpc_psu) AS fpc_psu
	FROM survey_respondent
	GROUP BY stratum
) AS stratum;

CREATE TEMP TABLE minutes AS
SELECT 'des' AS name, parindex.survey_quantile_stats(minutes, weight, stratum, psu) AS state, min(des::text)::parindex.survey_design AS design
FROM survey_respondent, design
UNION ALL
SELECT 'desf', parindex.survey_quantile_stats(minutes, weight, stratum, psu), min(desf::text)::parindex.survey_design
FROM survey_respondent, design
UNION ALL
SELECT 'srs', parindex.survey_quantile_stats(minutes, weight, 1, respondent), min(srs::text)::parindex.survey_design
FROM survey_respondent, design;

CREATE TEMP TABLE quantile AS
SELECT name, p, rule, e.*
FROM minutes
CROSS JOIN unnest(ARRAY[0.25, 0.5, 0.9]) AS p
CROSS JOIN unnest(ARRAY['math', 'school', 'hf7']) AS rule
CROSS JOIN LATERAL parindex.svy_quantile(state, design, p, rule) AS e;

-- R's answers
SELECT rule, stat, count(*) AS facts,
	bool_and(abs(CASE stat
			WHEN 'estimate' THEN q.estimate
			WHEN 'se' THEN q.se
			WHEN 'ci_lower' THEN q.ci_low
			WHEN 'ci_upper' THEN q.ci_high
		END / value - 1) < 1e-8) AS as_in_r
FROM survey_answer
JOIN quantile AS q ON "case" = format('%s quantile %s %s', name, p, rule)
WHERE file = 'expected'
GROUP BY rule, stat
ORDER BY rule, stat;

SELECT count(*) AS facts,
	bool_and(abs(CASE stat
			WHEN 'median_minutes' THEN e.estimate
			WHEN 'median_lower' THEN e.ci_low
			WHEN 'median_upper' THEN e.ci_high
		END / value - 1) < 1e-8) AS as_in_r_by_domain
FROM design
CROSS JOIN (
	SELECT agency, parindex.survey_quantile_stats(minutes, weight, stratum, psu) AS state
	FROM survey_respondent
	GROUP BY agency
) AS domain
CROSS JOIN LATERAL parindex.svy_quantile(state, des) AS e
JOIN survey_answer ON "case" = 'des domain ' || agency AND stat ~ '^median';

-- With equal weights the rules are those of PostgreSQL: math is percentile_disc,
-- hf7 is percentile_cont. The sample has ties.
SELECT setseed(0.25);
CREATE TEMP TABLE answer AS
SELECT k, i, round((30 * random() ^ 2)::numeric, k % 3)::float8 AS y, 1 + i % 5 AS stratum, i % 40 AS psu
FROM generate_series(1, 40) AS k, generate_series(1, 5 * k + k % 7) AS i;
SELECT count(*), bool_and(m.estimate = disc) AS math, bool_and(abs(h.estimate - cont) < 1e-12 * (1 + abs(cont))) AS hf7
FROM unnest(ARRAY[0, 0.001, 0.1, 0.2, 0.25, 0.3, 0.5, 0.7, 0.75, 0.9, 0.99, 1]) AS p
CROSS JOIN LATERAL (
	SELECT parindex.survey_quantile_stats(y, 2.5, stratum, psu) AS state,
		percentile_disc(p) WITHIN GROUP (ORDER BY y) AS disc,
		percentile_cont(p) WITHIN GROUP (ORDER BY y) AS cont
	FROM answer
	GROUP BY k
) AS s
CROSS JOIN (SELECT parindex.survey_design_agg(stratum, 40::bigint, NULL) AS design FROM generate_series(1, 5) AS stratum) AS d
CROSS JOIN LATERAL parindex.svy_quantile(state, design, p) AS m
CROSS JOIN LATERAL parindex.svy_quantile(state, design, p, 'hf7') AS h;

-- Whole weights are as many rows; shares that a decimal names are met.
SELECT p, math.estimate AS math, school.estimate AS school
FROM (
	SELECT parindex.survey_quantile_stats(y, w, 1, y::bigint) AS state
	FROM (VALUES (1, 3), (2, 1), (3, 2), (4, 0), (5, 4)) AS v (y, w)
) AS s
CROSS JOIN unnest(ARRAY[0, 0.29, 0.3, 0.31, 0.4, 0.5, 0.6, 0.61, 1]) AS p
CROSS JOIN LATERAL parindex.svy_quantile(state, 'v1 {1: 5}', p) AS math
CROSS JOIN LATERAL parindex.svy_quantile(state, 'v1 {1: 5}', p, 'school') AS school;

-- By plain SQL with any weights: the smallest value with enough weight at or
-- below it, and Woodruff's interval with the variance of that share.
CREATE TEMP TABLE recomputed AS
WITH answered AS (
	SELECT minutes AS y, weight AS w, stratum, psu FROM survey_respondent WHERE minutes IS NOT NULL
), share AS (
	SELECT DISTINCT y, sum(w) OVER (ORDER BY y) / (SELECT sum(w) FROM answered) AS share FROM answered
), estimate AS (
	SELECT p, min(y) AS q, min(share) AS share FROM unnest(ARRAY[0.15, 0.35, 0.55, 0.8]) AS p JOIN share ON share.share >= p GROUP BY p
), psu AS (
	SELECT p, stratum, psu, sum(w * ((y <= q)::int - share)) / (SELECT sum(w) FROM answered) AS z
	FROM estimate, answered GROUP BY p, stratum, psu
), variance AS (
	SELECT p, sum(v) AS v FROM (SELECT p, stratum, count(*) * var_samp(z) AS v FROM psu GROUP BY p, stratum) AS s GROUP BY p
)
SELECT p, q,
	(SELECT min(y) FROM share WHERE share.share >= e.share - 2.030107928250342 * sqrt(v)) AS low,
	(SELECT min(y) FROM share WHERE share.share >= e.share + 2.030107928250342 * sqrt(v)) AS high
FROM estimate AS e JOIN variance USING (p);
SELECT count(*), bool_and(e.estimate = q AND e.ci_low = low AND e.ci_high = high) AS estimate_and_interval,
	bool_and(abs(e.se - (high - low) / (2 * 2.030107928250342)) < 1e-9) AS se, bool_and(e.status = 'ok') AS ok
FROM recomputed
CROSS JOIN (SELECT * FROM minutes WHERE name = 'des') AS m
CROSS JOIN LATERAL parindex.svy_quantile(state, design, p) AS e;

-- Rules differ, quantiles rise, and a surer interval contains the less sure.
SELECT rule, bool_and(coalesce(e.estimate >= lag, true)) AS rises,
	bool_and(e.ci_low <= n.ci_low AND n.ci_low <= e.estimate AND e.estimate <= n.ci_high AND n.ci_high <= e.ci_high) AS nested
FROM (
	SELECT rule, p, state, design, lag((parindex.svy_quantile(state, design, p, rule)).estimate) OVER (PARTITION BY rule ORDER BY p) AS lag
	FROM minutes, generate_series(0.05, 0.95, 0.05) AS p, unnest(ARRAY['math', 'school', 'hf7']) AS rule
	WHERE name = 'desf'
) AS q
CROSS JOIN LATERAL parindex.svy_quantile(state, design, p, rule) AS e
CROSS JOIN LATERAL parindex.svy_quantile(state, design, p, rule, 0.5) AS n
GROUP BY rule
ORDER BY rule;

-- Where the sample does not tell, there is no interval, or one end of it.
WITH sample (what, rows, p, design) AS (
	VALUES ('nobody', ARRAY[]::float8[], 0.5, 'v1 {1: 4}'),
		('one respondent', ARRAY[7], 0.5, 'v1 {1: 4}'),
		('all alike', ARRAY[7, 7, 7, 7], 0.5, 'v1 {1: 4}'),
		('largest', ARRAY[1, 2, 3, 4], 1, 'v1 {1: 4}'),
		('smallest', ARRAY[1, 2, 3, 4], 0, 'v1 {1: 4}'),
		('all asked', ARRAY[1, 2, 3, 4], 0.5, 'v1 {1: 4 of 4}'),
		('coarse', array_fill(2, ARRAY[10]) || array_fill(3, ARRAY[60]) || array_fill(4, ARRAY[30])::float8[], 0.5, 'v1 {1: 100}'),
		('four', ARRAY[1, 2, 3, 4], 0.5, 'v1 {1: 4}')
)
SELECT what, e.*
FROM sample
CROSS JOIN LATERAL (
	SELECT parindex.survey_quantile_stats(y, 1, 1, i) AS state FROM unnest(rows) WITH ORDINALITY AS r (y, i)
) AS s
CROSS JOIN LATERAL parindex.svy_quantile(state, design::parindex.survey_design, p) AS e
ORDER BY what;

-- Extreme values are neither lost nor overflow.
SELECT rule, e.estimate, e.ci_low, e.ci_high
FROM (
	SELECT parindex.survey_quantile_stats(y, 1, 1, i) AS state
	FROM unnest(ARRAY[-1.7976931348623157e308, -1e308, -5e-324, 0, 1, 1e308, 1.7e308, 1.7976931348623157e308]::float8[]) WITH ORDINALITY AS r (y, i)
) AS s
CROSS JOIN unnest(ARRAY['math', 'school', 'hf7']) AS rule
CROSS JOIN LATERAL parindex.svy_quantile(state, 'v1 {1: 8}', 0.5, rule, 0.6) AS e;
SELECT parindex.svy_quantile('v1 n=2 {1/1 -1.7e308: 0x1p0 0x1p0; 1/2 1.7e308: 0x1p0 0x1p0}', 'v1 {1: 2}', level => 0.01);

SELECT parindex.svy_quantile(NULL, design) IS NULL AS null_for_null FROM minutes WHERE name = 'des';
SELECT parindex.svy_quantile(state, design, 1.5) FROM minutes WHERE name = 'des';
SELECT parindex.svy_quantile(state, design, 'NaN') FROM minutes WHERE name = 'des';
SELECT parindex.svy_quantile(state, design, rule => 'hf8') FROM minutes WHERE name = 'des';
SELECT parindex.svy_quantile(state, design, level => 0) FROM minutes WHERE name = 'des';
SELECT parindex.svy_quantile(state, 'v1 {1: 9}') FROM minutes WHERE name = 'des';
SELECT parindex.svy_quantile('v1 n=1 {1/1 5: 0x1p0 0x1p0}', 'v1 {1: 1}');
SELECT parindex.svy_quantile('v1 n=1 {1/1 5: 0x1p0 0x1p0}', (SELECT parindex.survey_design_agg(1::bigint, 2, 8, 1::bigint, 3, 9)));
SELECT parindex.svy_quantile(state, design, level => 0.9999999999999999) FROM minutes WHERE name = 'des';
