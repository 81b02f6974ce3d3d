-- Survey estimates against the answers of R's survey package: every fact of
-- means, totals, ratios, covariances, domains, lonely units and two stages.
SET client_min_messages = warning;
CREATE SCHEMA test_survey_facts;
SET search_path = test_survey_facts, parindex;
\getenv abs_srcdir PG_ABS_SRCDIR
\set load :abs_srcdir '/data/survey/load.sql'
\set ECHO none
\i :load
\set ECHO all

-- Designs as R has them: des (strata, PSUs), desf (with population counts),
-- srs (every respondent a PSU of one stratum).
CREATE TABLE design AS
SELECT 'des' AS name, survey_design_agg(stratum, psus, NULL) AS design
FROM (SELECT stratum, count(DISTINCT psu) AS psus FROM survey_respondent GROUP BY stratum) AS s
UNION ALL
SELECT 'desf', survey_design_agg(stratum, psus, fpc_psu)
FROM (SELECT stratum, fpc_psu, count(DISTINCT psu) AS psus FROM survey_respondent GROUP BY stratum, fpc_psu) AS s
UNION ALL
SELECT 'srs', survey_design_agg(0, psus, NULL)
FROM (SELECT count(*) AS psus FROM survey_respondent) AS s;

CREATE TABLE answer AS
SELECT d.name, d.design, r.agency, v.variable, v.y, r.q1, r.q2, r.minutes, r.weight,
	CASE d.name WHEN 'srs' THEN 0 ELSE r.stratum END AS stratum,
	CASE d.name WHEN 'srs' THEN r.respondent ELSE r.psu END AS psu
FROM design AS d
CROSS JOIN survey_respondent AS r
CROSS JOIN LATERAL (VALUES ('q1', q1), ('q3', q3), ('minutes', minutes)) AS v (variable, y);

CREATE TABLE ours ("case" text, stat text, value float8);

-- Means and totals; R took the degrees of freedom of the design, whoever answered
INSERT INTO ours
SELECT format('%s %s %s', name, kind, variable), stat, value
FROM (
	SELECT name, design, variable, survey_stats(y, weight, stratum, psu) AS state
	FROM answer
	GROUP BY name, design, variable
) AS s
CROSS JOIN unnest('{mean,total}'::text[]) AS kind
CROSS JOIN LATERAL svy_estimate(state, design, kind, df_rule => 'design') AS e
CROSS JOIN LATERAL (VALUES
	('estimate', estimate), ('se', se),
	('deff', deff), ('df', df), ('ci95_t_lower', ci_low), ('ci95_t_upper', ci_high)
) AS f (stat, value)
WHERE kind = 'mean' OR stat IN ('estimate', 'se');

-- Domains: one scan, the design tells of PSUs without members
INSERT INTO ours
SELECT format('%s %s %s agency %s', name, kind, variable, agency), stat, value
FROM (
	SELECT name, design, variable, agency, survey_stats(y, weight, stratum, psu) AS state
	FROM answer
	WHERE variable IN ('q1', 'minutes')
	GROUP BY name, design, variable, agency
) AS s
CROSS JOIN LATERAL (SELECT CASE variable WHEN 'q1' THEN 'mean' ELSE 'total' END AS kind) AS k
CROSS JOIN LATERAL svy_estimate(state, design, kind) AS e
CROSS JOIN LATERAL (VALUES ('estimate', estimate), ('se', se)) AS f (stat, value);

INSERT INTO ours
SELECT 'des domain ' || agency, stat, value
FROM (
	SELECT design, agency, survey_stats(q1, weight, stratum, psu) AS state, survey_stats(q1 >= 4, weight, stratum, psu) AS share
	FROM answer
	WHERE name = 'des' AND variable = 'q1'
	GROUP BY design, agency
) AS s
CROSS JOIN LATERAL svy_estimate(state, design) AS e
CROSS JOIN LATERAL (VALUES
	('df', svy_df(state)), ('mean_q1_ci95_t_lower', ci_low), ('mean_q1_ci95_t_upper', ci_high),
	('share_q1_ge_4', svy_mean(share))
) AS f (stat, value);

-- Shares, by a boolean answer
INSERT INTO ours
SELECT name || ' share q1>=4', stat, value
FROM (
	SELECT name, design, survey_stats(q1 >= 4, weight, stratum, psu) AS state
	FROM answer
	WHERE variable = 'q1'
	GROUP BY name, design
) AS s
CROSS JOIN LATERAL (VALUES ('estimate', svy_mean(state)), ('se', svy_mean_se(state, design))) AS f (stat, value);

-- R's svyvar takes n / (n - 1) of all rows, those without an answer too.
INSERT INTO ours
SELECT name || ' variance minutes', 'estimate',
	svy_variance(state) * (svy_n(state) - 1) / svy_n(state) * respondents / (respondents - 1)
FROM (
	SELECT name, survey_stats(minutes, weight, stratum, psu) AS state, count(*) AS respondents
	FROM answer
	WHERE variable = 'q1'
	GROUP BY name
) AS s;

-- Ratios
INSERT INTO ours
SELECT concat_ws(' agency ', name || ' ratio q2/q1', agency), stat, value
FROM (
	SELECT name, design, agency, survey_cov_stats(ARRAY[q2, q1], weight, stratum, psu) AS state
	FROM answer
	WHERE variable = 'q1'
	GROUP BY GROUPING SETS ((name, design), (name, design, agency))
) AS s
CROSS JOIN LATERAL svy_ratio(state, design) AS e
CROSS JOIN LATERAL (VALUES ('estimate', estimate), ('se', se)) AS f (stat, value)
WHERE name = 'des' OR agency IS NULL;

-- Covariances: of questions, and of a question's domains
INSERT INTO ours
SELECT 'des vcov q1,q2,minutes (rows with any missing left out)', format('%s %s', names[a], names[b]), v[a][b]
FROM (
	SELECT svy_vcov(survey_cov_stats(ARRAY[q1, q2, minutes], weight, stratum, psu), design) AS v, '{q1,q2,minutes}'::text[] AS names
	FROM answer
	WHERE name = 'des' AND variable = 'q1'
	GROUP BY design
) AS s
CROSS JOIN generate_series(1, 3) AS a
CROSS JOIN generate_series(a, 3) AS b;

INSERT INTO ours
SELECT 'des vcov of agency means of q1', format('%s %s', names[a], names[b]), v[a][b]
FROM (
	SELECT svy_vcov(array_agg(state ORDER BY agency), design) AS v, array_agg(agency ORDER BY agency) AS names
	FROM (
		SELECT design, agency, survey_stats(q1, weight, stratum, psu) AS state
		FROM answer
		WHERE name = 'des' AND variable = 'q1'
		GROUP BY design, agency
	) AS s
	GROUP BY design
) AS s
CROSS JOIN generate_series(1, 5) AS a
CROSS JOIN generate_series(a, 5) AS b;

-- Only one PSU of stratum 7: R took it for the sample's only one
INSERT INTO ours
SELECT 'lonely ' || rule, stat, value
FROM (
	SELECT survey_stats(q1, weight, stratum, psu) AS state
	FROM survey_respondent
	WHERE stratum <> 7 OR psu = 701
) AS s
CROSS JOIN (
	SELECT survey_design_agg(stratum, psus, NULL) AS design
	FROM (SELECT stratum, count(DISTINCT psu) AS psus FROM survey_respondent WHERE stratum <> 7 OR psu = 701 GROUP BY stratum) AS s
) AS d
CROSS JOIN unnest('{remove,certainty,adjust,average}'::text[]) AS rule
CROSS JOIN LATERAL (VALUES ('estimate', svy_mean(state)), ('se', svy_mean_se(state, design, rule))) AS f (stat, value);

-- Two stages, and the first of them alone
CREATE TABLE two_stage_design AS
SELECT 'two stages, fpc at both' AS name,
	survey_design_agg(stratum, psus, fpc_psu, psu, ssus, fpc_ssu) AS design
FROM (
	SELECT stratum, fpc_psu, psu, fpc_ssu, count(*) AS ssus
	FROM survey_two_stage
	GROUP BY stratum, fpc_psu, psu, fpc_ssu
) AS s
JOIN (SELECT stratum, count(DISTINCT psu) AS psus FROM survey_two_stage GROUP BY stratum) AS p USING (stratum)
UNION ALL
SELECT 'one stage, fpc', survey_design_agg(stratum, psus, fpc_psu)
FROM (SELECT stratum, fpc_psu, count(DISTINCT psu) AS psus FROM survey_two_stage GROUP BY stratum, fpc_psu) AS s;

INSERT INTO ours
SELECT concat_ws(' agency ', format('%s %s %s', name, kind, variable), agency), stat, value
FROM (
	SELECT variable, agency, survey_stats(y, weight, stratum, psu, ssu) AS state
	FROM survey_two_stage
	CROSS JOIN LATERAL (VALUES ('q1', q1), ('minutes', minutes)) AS v (variable, y)
	GROUP BY GROUPING SETS ((variable), (variable, agency))
) AS s
CROSS JOIN two_stage_design
CROSS JOIN unnest('{mean,total}'::text[]) AS kind
CROSS JOIN LATERAL svy_estimate(state, design, kind) AS e
CROSS JOIN LATERAL (VALUES ('estimate', estimate), ('se', se)) AS f (stat, value)
WHERE agency IS NULL OR (kind = 'mean' AND variable = 'q1');

-- Each fact once, each of ours among them, all as R has them
SELECT count(*) AS ours, count(a.value) AS facts, count(DISTINCT (o."case", o.stat)) AS distinct_facts,
	bool_and(abs(o.value - a.value) <= 1e-8 * abs(a.value)) AS agree
FROM ours AS o
LEFT JOIN survey_answer AS a USING ("case", stat);
SELECT o."case", o.stat, o.value, a.value AS expected
FROM ours AS o
LEFT JOIN survey_answer AS a USING ("case", stat)
WHERE (abs(o.value - a.value) <= 1e-8 * abs(a.value)) IS NOT TRUE
ORDER BY 1, 2;

-- What is left to other functions
SELECT DISTINCT regexp_replace("case", '^(des|desf|srs) | A0.| (0.\d+) (math|school|hf7)$', '', 'g') AS others
FROM survey_answer
LEFT JOIN ours AS o USING ("case", stat)
WHERE o.stat IS NULL
ORDER BY 1;

-- Degrees of freedom of one's own, and the normal quantile, which R's confint()
-- takes unless told; df is NULL where bigint cannot show it
CREATE TABLE in_r (what text, df_rule text, low float8, high float8);
INSERT INTO in_r VALUES
	('mean q1', 'normal', 3.88036019148965, 4.1384449289733),
	('mean q1', '25', 3.87380428625362, 4.14500083420933),
	('mean q1', '25.5', 3.87393897462212, 4.14486614584083),
	('mean q1', '35', 3.8757419736445, 4.14306314681845),
	('total minutes', 'normal', 1200055.50334289, 1507634.44681711),
	('ratio q1/q2', 'normal', 1.02197256358078, 1.05648545162994),
	('share logit', 'normal', 0.662443104129639, 0.782212441230099),
	('share logit', '25.5', 0.659072303204228, 0.784763344630295),
	('share asin', 'normal', 0.664462487173809, 0.78422249494876),
	('share asin', '25.5', 0.661293344705556, 0.786973839446792),
	('share mean', 'normal', 0.666332464567197, 0.786455530304514),
	('share mean', '25.5', 0.663343770762934, 0.789444224108777),
	('median minutes', 'normal', 19.1, 22.9),
	('median minutes', '25.5', 18.8, 22.9);
WITH state AS (
	SELECT survey_stats(q1, weight, stratum, psu) AS q1, survey_stats(minutes, weight, stratum, psu) AS minutes,
		survey_stats(q1 >= 4, weight, stratum, psu) AS share, survey_cov_stats(ARRAY[q1, q2], weight, stratum, psu) AS both_q,
		survey_quantile_stats(minutes, weight, stratum, psu) AS waits
	FROM survey_respondent
)
SELECT what, df_rule, abs(e.ci_low / low - 1) < 1e-8 AND abs(e.ci_high / high - 1) < 1e-8 AS as_in_r, e.df, e.status
FROM state, design, in_r, LATERAL (
	SELECT ci_low, ci_high, df, status FROM svy_estimate(q1, design, df_rule => in_r.df_rule) WHERE what = 'mean q1'
	UNION ALL
	SELECT ci_low, ci_high, df, status FROM svy_estimate(minutes, design, 'total', df_rule => in_r.df_rule) WHERE what = 'total minutes'
	UNION ALL
	SELECT ci_low, ci_high, df, status FROM svy_ratio(both_q, design, df_rule => in_r.df_rule) WHERE what = 'ratio q1/q2'
	UNION ALL
	SELECT ci_low, ci_high, df, status FROM svy_share(share, design, substr(what, 7), df_rule => in_r.df_rule) WHERE what ~ '^share'
	UNION ALL
	SELECT ci_low, ci_high, df, status FROM svy_quantile(waits, design, df_rule => in_r.df_rule) WHERE what = 'median minutes'
) AS e
WHERE name = 'des'
ORDER BY what, df_rule;

-- Woodruff's standard error takes the same quantile as his interval
SELECT rule, abs(e.se / in_r - 1) < 1e-8 AS as_in_r
FROM design, (SELECT survey_quantile_stats(minutes, weight, stratum, psu) AS state FROM survey_respondent) AS s,
	(VALUES ('normal', 0.969405568156842), ('25.5', 0.99635826953909)) AS r (rule, in_r),
	svy_quantile(state, design, df_rule => rule) AS e
WHERE name = 'des'
ORDER BY rule;

-- By the normal quantile, Wilson's interval of a simple random sample is that of
-- the counts but for n - 1
SELECT abs(s.ci_low - c.ci_low) < 1e-4 AND abs(s.ci_high - c.ci_high) < 1e-3 AS nearly
FROM (SELECT survey_stats(i <= 1, 1, 's', i::text) AS state FROM generate_series(1, 100) AS i) AS r,
	svy_share(state, 'v1 {"s": 100}', 'wilson', df_rule => 'normal') AS s, share_interval(1, 100) AS c;
