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

CREATE TEMP TABLE share AS
SELECT name, method, e.*
FROM (
	SELECT 'des' AS name, parindex.survey_stats(q1 >= 4, weight, stratum, psu) AS state FROM survey_respondent
	UNION ALL
	SELECT 'desf', parindex.survey_stats(q1 >= 4, weight, stratum, psu) FROM survey_respondent
	UNION ALL
	SELECT 'srs', parindex.survey_stats(q1 >= 4, weight, 1, respondent) FROM survey_respondent
) AS sample
CROSS JOIN design
CROSS JOIN unnest(ARRAY['logit', 'xlogit', 'likelihood', 'asin', 'beta', 'wilson', 'mean']) AS method
CROSS JOIN LATERAL parindex.svy_share(state,
	CASE name WHEN 'des' THEN des WHEN 'desf' THEN desf ELSE srs END, method) AS e;

-- R's answers, to 1e-8; those of likelihood, which R reads from a table, to 1e-5.
SELECT split_part("case", ' ', 4) AS method, stat, count(*) AS facts,
	bool_and(abs(CASE stat
			WHEN 'estimate' THEN s.estimate
			WHEN 'se' THEN s.se
			WHEN 'ci95_lower' THEN s.ci_low
			WHEN 'ci95_upper' THEN s.ci_high
		END / value - 1) < CASE method WHEN 'likelihood' THEN 1e-5 ELSE 1e-8 END) AS as_in_r
FROM survey_answer
JOIN share AS s ON "case" IN (name || ' share q1>=4 ' || method, name || ' share q1>=4')
WHERE file = 'expected'
GROUP BY 1, stat
ORDER BY 1, stat;

-- Domains: PSUs without a member in one are known from the design.
WITH domain AS (
	SELECT agency, parindex.survey_stats(q1 >= 4, weight, stratum, psu) AS state
	FROM survey_respondent
	GROUP BY agency
)
SELECT count(*) AS facts,
	bool_and(abs(CASE stat
			WHEN 'share_q1_ge_4' THEN e.estimate
			WHEN 'share_logit_lower' THEN e.ci_low
			WHEN 'share_logit_upper' THEN e.ci_high
		END / value - 1) < 1e-8) AS as_in_r
FROM design
CROSS JOIN domain
CROSS JOIN LATERAL parindex.svy_share(state, des) AS e
JOIN survey_answer ON "case" = 'des domain ' || agency AND stat ~ '^share';

-- What defines them. The ends of wilson solve a quadratic equation, as in R's
-- survey 4.5; those of likelihood have a given divergence from the estimate.
WITH solved AS (
	SELECT *, estimate * (1 - estimate) / se ^ 2 AS m,
		CASE df WHEN 35 THEN 2.030107928250343 ELSE 1.963965718820849 END AS t
	FROM share
)
SELECT method, bool_and(CASE method
		WHEN 'wilson' THEN abs((estimate - q) ^ 2 / (t ^ 2 * q * (1 - q) / m) - 1) < 1e-9
		ELSE abs((estimate * ln(estimate / q) + (1 - estimate) * ln((1 - estimate) / (1 - q)))
			/ (t ^ 2 / (2 * m) * n / (n - 1)) - 1) < 1e-9
	END) AS by_definition
FROM solved
CROSS JOIN LATERAL unnest(ARRAY[ci_low, ci_high]) AS q
WHERE method IN ('wilson', 'likelihood')
GROUP BY method
ORDER BY method;

-- Each contains the estimate, and a surer one contains the less sure.
SELECT method, bool_and(wide.ci_low < narrow.ci_low AND narrow.ci_low < narrow.estimate
	AND narrow.estimate < narrow.ci_high AND narrow.ci_high < wide.ci_high) AS nested
FROM design
CROSS JOIN (
	SELECT agency, parindex.survey_stats(q1 = 1, weight, stratum, psu) AS state
	FROM survey_respondent
	GROUP BY agency
) AS domain
CROSS JOIN unnest(ARRAY['logit', 'xlogit', 'likelihood', 'asin', 'beta', 'wilson', 'mean']) AS method
CROSS JOIN LATERAL parindex.svy_share(state, des, method, 0.8) AS narrow
CROSS JOIN LATERAL parindex.svy_share(state, des, method, 0.95) AS wide
WHERE narrow.status = 'ok'
GROUP BY method
ORDER BY method;

-- A small share in a small sample: asin stops at 0, mean does not.
SELECT method, round(e.ci_low::numeric, 6) AS ci_low, round(e.ci_high::numeric, 6) AS ci_high
FROM (
	SELECT parindex.survey_stats(i = 1, 1, 1, i) AS state
	FROM generate_series(1, 20) AS i
) AS sample
CROSS JOIN parindex.survey_design_in('v1 {1: 20}') AS design
CROSS JOIN unnest(ARRAY['logit', 'likelihood', 'asin', 'beta', 'wilson', 'mean']) AS method
CROSS JOIN LATERAL parindex.svy_share(state, design, method) AS e;

-- Where the sample does not tell how sure it is, there is no interval.
WITH sample (what, rows, design) AS (
	VALUES ('share of 0', ARRAY[0, 0, 0, 0], 'v1 {1: 4}'),
		('share of 1', ARRAY[1, 1, 1, 1], 'v1 {1: 4}'),
		('one respondent', ARRAY[1], 'v1 {1: 4}'),
		('nobody', ARRAY[]::int[], 'v1 {1: 4}'),
		('half of four, all asked', ARRAY[0, 0, 1, 1], 'v1 {1: 4 of 4}'),
		('half of four', ARRAY[0, 0, 1, 1], 'v1 {1: 4}')
), state AS (
	SELECT what, design::parindex.survey_design,
		(SELECT parindex.survey_stats(y = 1, 1, 1, i) FROM unnest(rows) WITH ORDINALITY AS r (y, i)) AS state
	FROM sample
)
SELECT what, count(DISTINCT method) AS methods, e.estimate, e.se IS NULL AS no_se,
	min(e.ci_low) IS NULL AND min(e.ci_high) IS NULL AS no_interval, e.n, e.n_psu, e.df, e.status
FROM state
CROSS JOIN unnest(ARRAY['logit', 'xlogit', 'likelihood', 'asin', 'beta', 'wilson', 'mean']) AS method
CROSS JOIN LATERAL parindex.svy_share(state, design, method) AS e
GROUP BY what, e.estimate, 4, e.n, e.n_psu, e.df, e.status
ORDER BY what;

-- Hardly any degrees of freedom, and levels close to 0 and 1, still give ends in order.
SELECT method, level, 0 <= e.ci_low AND e.ci_low < e.estimate AND e.estimate < e.ci_high AND e.ci_high <= 1 AS sound
FROM unnest(ARRAY['logit', 'likelihood', 'asin', 'beta', 'wilson']) AS method
CROSS JOIN unnest(ARRAY[1e-6, 0.5, 0.999999]) AS level
CROSS JOIN parindex.svy_share('v1 n=5 variables=1 yy=[0x2p0] {1/1: 0x2p0 0x1p0; 1/2: 0x3p0 0x1p0}', 'v1 {1: 2}', method, level) AS e
ORDER BY method, level;

SELECT parindex.svy_share(NULL, des) IS NULL AS null_for_null FROM design;
CREATE TEMP TABLE answer AS
SELECT parindex.survey_stats(q1 >= 4, weight, stratum, psu) AS share, parindex.survey_stats(q1, weight, stratum, psu) AS q1
FROM survey_respondent;
SELECT parindex.svy_share(share, des, 'wald') FROM answer, design;
SELECT parindex.svy_share(q1, des) FROM answer, design;
SELECT parindex.svy_share(share, des, level => 95) FROM answer, design;
SELECT parindex.svy_share(share, des, lonely => 'ignore') FROM answer, design;
SELECT parindex.svy_share(share, srs) FROM answer, design;

-- Levels near 0 and 1: the ends of likelihood stay on their sides of the share
-- and come near those of logit, which know no (n - 1)/n; beyond, an error.
SELECT bool_and(e.ci_low < e.estimate AND e.estimate < e.ci_high) AS on_their_sides,
	bool_and(abs((e.ci_high - e.ci_low) / (l.ci_high - l.ci_low) / sqrt(e.n / (e.n - 1.0)) - 1) < 1e-4) AS as_logit, count(*)
FROM answer, design, generate_series(-10, -2, 0.1) AS exponent,
	parindex.svy_share(share, des, 'likelihood', (10 ^ exponent)::float8) AS e, parindex.svy_share(share, des, 'logit', (10 ^ exponent)::float8) AS l;
SELECT method, (SELECT count(*) FROM parindex.svy_share(share, des, method, 0.99999) AS e WHERE e.ci_low <= e.estimate AND e.estimate <= e.ci_high) AS has_interval
FROM answer, design, unnest(ARRAY['logit', 'wilson', 'beta', 'asin', 'likelihood', 'mean']) AS method;
\set VERBOSITY sqlstate
SELECT parindex.svy_share(share, des, 'beta', 1e-300) FROM answer, design;
SELECT parindex.svy_share(share, des, 'logit', 0.9999999999999999) FROM answer, design;
SELECT e.status, e.ci_low IS NULL OR e.ci_high IS NULL AS no_interval
FROM answer, design, unnest(ARRAY['logit', 'wilson', 'asin', 'likelihood', 'mean']) AS method, unnest(ARRAY[5e-324, 1e-17]) AS level,
	parindex.svy_share(share, des, method, level) AS e
GROUP BY 1, 2;
\set VERBOSITY default
