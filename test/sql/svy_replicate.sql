-- Replicate weights and what is estimated by them.
CREATE SCHEMA test_svy_replicate;
SET search_path = test_svy_replicate, parindex;
\getenv abs_srcdir PG_ABS_SRCDIR
\set load :abs_srcdir '/data/survey/load.sql'
\set ECHO none
\i :load
\set ECHO all

-- Jackknives, against R's survey package.
CREATE TEMP TABLE replicated AS
SELECT *,
	svy_replicate_weights(weight, stratum, psu, 'JKn') OVER () AS jkn,
	svy_replicate_weights(weight, 1, psu, 'JK1') OVER () AS jk1
FROM survey_respondent;

CREATE TEMP VIEW stratum AS
SELECT stratum, count(DISTINCT psu) AS psus, min(fpc_psu) AS psus_population
FROM survey_respondent
GROUP BY stratum;

CREATE TEMP TABLE design AS
SELECT svy_replicate_design('JKn', array_agg(psus ORDER BY stratum)) AS jkn,
	svy_replicate_design('JKn', array_agg(psus ORDER BY stratum),
		psus_population => array_agg(psus_population ORDER BY stratum)) AS jkn_finite,
	svy_replicate_design('JK1', ARRAY[sum(psus)::bigint]) AS jk1
FROM stratum;

CREATE TEMP VIEW jackknife AS
SELECT 'JKn mean q1' AS "case", e.*
FROM design, (SELECT svy_replicate_stats(q1, weight, jkn) AS stats FROM replicated) AS s, svy_replicate_estimate(stats, jkn) AS e
UNION ALL
SELECT 'JKn mean minutes', e.*
FROM design, (SELECT svy_replicate_stats(minutes, weight, jkn) AS stats FROM replicated) AS s, svy_replicate_estimate(stats, jkn) AS e
UNION ALL
SELECT 'JK1 (no strata) mean q1', e.*
FROM design, (SELECT svy_replicate_stats(q1, weight, jk1) AS stats FROM replicated) AS s, svy_replicate_estimate(stats, jk1) AS e;

SELECT ours."case", stat, abs(ours.value / theirs.value - 1) < 1e-8 AS as_in_r
FROM (
	SELECT "case", stat, value
	FROM jackknife
	CROSS JOIN LATERAL (VALUES ('estimate', estimate), ('se', se)) AS s(stat, value)
	UNION ALL
	SELECT 'JKn degf', 'df', df FROM jackknife WHERE "case" = 'JKn mean q1'
) AS ours
JOIN (SELECT DISTINCT "case", stat, value FROM survey_answer) AS theirs USING ("case", stat)
ORDER BY 1, 2;

SELECT "case", n, df, replicates, abs((ci_high + ci_low) / 2 - estimate) < 1e-12 AS centred,
	abs((ci_high - ci_low) / 2 / se - t) < 1e-8 AS width
FROM jackknife
-- qt(0.975, 35) and qt(0.975, 42) of R
JOIN (VALUES (35, 2.0301079282503425), (42, 2.0180817028184439)) AS quantile(df, t) USING (df)
ORDER BY 1;

-- The definition: which PSU is left out, and that its stratum is made up.
SELECT bool_and(w = CASE
	WHEN r = psu_place THEN 0
	WHEN of_r.stratum = s.stratum THEN weight * (psus::float8 / (psus - 1))
	ELSE weight END) AS as_defined
FROM (SELECT *, dense_rank() OVER (ORDER BY stratum, psu) AS psu_place FROM replicated) AS s
JOIN stratum USING (stratum)
CROSS JOIN LATERAL unnest(jkn) WITH ORDINALITY AS weights(w, r)
JOIN (SELECT stratum, dense_rank() OVER (ORDER BY stratum, psu) AS r FROM (SELECT DISTINCT stratum, psu FROM survey_respondent) AS psus) AS of_r USING (r);

-- For totals the jackknife is the textbook's formula, in finite populations too.
SELECT abs(e.se / textbook.se - 1) < 1e-10 AS infinite, abs(f.se / textbook.finite_se - 1) < 1e-10 AS finite
FROM design,
	(SELECT svy_replicate_stats(minutes, weight, jkn) AS stats FROM replicated) AS s,
	svy_replicate_estimate(stats, jkn, 'total') AS e,
	svy_replicate_estimate(stats, jkn_finite, 'total') AS f,
	(
		SELECT sqrt(sum(psus * variance)) AS se, sqrt(sum((1 - psus::float8 / psus_population) * psus * variance)) AS finite_se
		FROM (
			SELECT stratum, var_samp(total) AS variance
			FROM (SELECT stratum, psu, sum(weight * minutes) AS total FROM survey_respondent GROUP BY 1, 2) AS psu
			GROUP BY 1
		) AS v
		JOIN stratum USING (stratum)
	) AS textbook;

-- From a survey_design, strata find their replicates whatever their order:
-- the order of the weights, by bytes, has B before a.
CREATE TEMP TABLE mixed_case AS
SELECT stratum COLLATE "en-x-icu" AS stratum, psus, psus_population, psu::text AS psu, psu * psu * psus::float8 AS y
FROM (VALUES ('a', 2, 9), ('B', 4, 40), ('c', 3, NULL), ('D', 5, 30), ('é', 3, 70)) AS s(stratum, psus, psus_population), generate_series(1, psus) AS psu;
SELECT array_agg(DISTINCT stratum) <> array_agg(DISTINCT stratum COLLATE "C") AS orders_differ FROM mixed_case;

SELECT abs(e.se / textbook.se - 1) < 1e-12 AS as_textbook, e.df = 17 - 5 AS df, replicate_design = by_list AS as_by_list
FROM (
	SELECT svy_replicate_stats(y, 1, w) AS stats
	FROM (SELECT y, svy_replicate_weights(1, stratum, psu, 'JKn') OVER () AS w FROM mixed_case) AS m
) AS s, (
	SELECT svy_replicate_design('JKn', survey_design_agg(stratum, psus, psus_population)) AS replicate_design,
		svy_replicate_design('JKn', array_agg(psus::bigint ORDER BY stratum COLLATE "C"),
			psus_population => array_agg(coalesce(psus_population, 1e18)::bigint ORDER BY stratum COLLATE "C")) AS by_list
	FROM (SELECT DISTINCT stratum, psus, psus_population FROM mixed_case) AS stratum
) AS d, svy_replicate_estimate(stats, replicate_design, 'total') AS e, (
	SELECT sqrt(sum((1 - coalesce(psus::float8 / psus_population, 0)) * psus * variance)) AS se
	FROM (SELECT psus, psus_population, var_samp(y) AS variance FROM mixed_case GROUP BY stratum, 1, 2) AS v
) AS textbook;

-- Bigint keys by value, negative ones first; two stages as their first; the
-- other types as by lists.
SELECT svy_replicate_design('JKn', one_stage) = svy_replicate_design('JKn', '{3,4,2}'::bigint[]) AS by_value,
	svy_replicate_design('JKn', two_stages) = svy_replicate_design('JKn', '{3,2}'::bigint[], psus_population => '{20,10}') AS two_stages,
	svy_replicate_design('BRR', pairs, fay_rho => 0.3) = svy_replicate_design('BRR', '{2,2,2}'::bigint[], fay_rho => 0.3) AS brr,
	svy_replicate_design('bootstrap', one_stage, 50) = svy_replicate_design('bootstrap', '{3,4,2}'::bigint[], 50) AS bootstrap
FROM (SELECT survey_design_agg(stratum, psus, NULL) AS one_stage FROM (VALUES (10::bigint, 2), (-5, 3), (9, 4)) AS v(stratum, psus)) AS one,
	(SELECT survey_design_agg(stratum, 5 - stratum, 40 - 10 * stratum, psu, 2, 8) AS two_stages FROM (VALUES (2::bigint, 1::bigint), (3, 2), (3, 1), (2, 2), (2, 3)) AS v(stratum, psu)) AS two,
	(SELECT survey_design_agg(stratum, 2, NULL) AS pairs FROM generate_series(1::bigint, 3) AS stratum) AS half;
SELECT svy_replicate_design('BRR', survey_design_agg(1::bigint, 2, 9));

-- Half-samples: two PSUs in each of 1 to 40 strata. For totals the standard
-- error is the textbook's, sqrt(sum of (difference of the PSUs)^2), for Fay's
-- factor too, and the mean of the replicates the total: the matrix is balanced.
SELECT setseed(0.6) \g /dev/null
CREATE TEMP TABLE half AS
SELECT strata, fay_rho, h AS stratum, psu, 10 * random() AS weight, random() AS y
FROM unnest(ARRAY[1, 2, 3, 4, 7, 8, 11, 12, 19, 25, 40]) AS strata,
	(VALUES (0), (0.3)) AS fay(fay_rho), generate_series(1, strata) AS h, generate_series(1, 2) AS psu, generate_series(1, 3);

SELECT fay_rho, max(abs(e.se / textbook.se - 1)) < 1e-10 AS as_textbook,
	max(abs(m.se / textbook.se - 1)) < 1e-10 AS balanced, array_agg(e.replicates ORDER BY strata) AS replicates, bool_and(e.df = strata) AS df
FROM (
	SELECT strata, fay_rho, svy_replicate_stats(y, weight, w) AS stats
	FROM (SELECT *, svy_replicate_weights(weight, stratum, psu, 'BRR', fay_rho => fay_rho) OVER (PARTITION BY strata, fay_rho) AS w FROM half) AS h
	GROUP BY 1, 2
) AS s
CROSS JOIN LATERAL svy_replicate_design('BRR', array_fill(2, ARRAY[strata])::bigint[], fay_rho => fay_rho) AS design
CROSS JOIN LATERAL svy_replicate_estimate(stats, design, 'total') AS e
CROSS JOIN LATERAL (SELECT se FROM svy_replicate_estimate(stats, design, 'total', mse => true)) AS m
JOIN (
	SELECT strata, fay_rho, sqrt(sum(difference ^ 2)) AS se
	FROM (SELECT strata, fay_rho, sum(weight * y * (3 - 2 * psu)) AS difference FROM half GROUP BY strata, fay_rho, stratum) AS d
	GROUP BY 1, 2
) AS textbook USING (strata, fay_rho)
GROUP BY fay_rho
ORDER BY fay_rho;

-- Bootstrap: n - 1 draws of n PSUs, weighted by n / (n - 1); the draws of a
-- seed are the same whatever the order of rows and the type of keys, another
-- seed has others; the standard error is near the textbook's.
CREATE TEMP TABLE bootstrap AS
SELECT *,
	svy_replicate_weights(weight, stratum, psu, 'bootstrap', 2000, 42) OVER () AS w,
	svy_replicate_weights(weight, stratum::text, psu::text, 'bootstrap', 2000, 42) OVER (ORDER BY md5(respondent::text)) AS by_text,
	svy_replicate_weights(weight, stratum, psu, 'bootstrap', 2000, 43) OVER () AS other
FROM survey_respondent;

SELECT bool_and(w = by_text) AS same, bool_or(w = other) AS other_same FROM bootstrap;

SELECT bool_and(abs(draws - round(draws)) < 1e-9) AS whole, bool_and(abs(of_stratum - (psus - 1)) < 1e-9) AS as_many
FROM (
	SELECT draws, psus, sum(draws) OVER (PARTITION BY stratum, r) AS of_stratum
	FROM (
		SELECT DISTINCT ON (stratum, psu, r) stratum, psu, r, psus, of_replicate / weight * (psus - 1) / psus AS draws
		FROM bootstrap
		JOIN stratum USING (stratum)
		CROSS JOIN LATERAL unnest(w[:100]) WITH ORDINALITY AS weights(of_replicate, r)
	) AS psu
) AS drawn;

SELECT e.se / 0.0658391530455107 BETWEEN 0.95 AND 1.05 AS near, e.df, e.replicates
FROM (SELECT svy_replicate_stats(q1, weight, w) AS stats FROM bootstrap) AS s,
	(SELECT svy_replicate_design('bootstrap', array_agg(psus ORDER BY stratum), 2000) AS design FROM stratum) AS d,
	svy_replicate_estimate(stats, design) AS e;

-- The first draws of seed 42, so that they never change.
SELECT array_agg(DISTINCT psu || ':' || round(w[1] / weight * 5 / 6) || round(w[2] / weight * 5 / 6) || round(w[3] / weight * 5 / 6)) AS draws
FROM bootstrap
WHERE stratum = 1;

-- Statistics: by their definition; parts merged; the same bits from parallel
-- workers, through text, binary and storage.
CREATE TABLE stored AS SELECT agency, svy_replicate_stats(q1, weight, jkn) AS stats FROM replicated GROUP BY agency;
CREATE TABLE respondent AS SELECT * FROM replicated;
SELECT svy_replicate_stats(q1, weight, jkn)::text AS serial FROM respondent \gset

SELECT bool_and(abs(ours / (theirs.total / theirs.weight) - 1) < 1e-12) AS as_defined, count(*)
FROM unnest(svy_replicate_estimates(:'serial')) WITH ORDINALITY AS o(ours, r)
JOIN (
	SELECT r, sum(w * q1) AS total, sum(w) FILTER (WHERE q1 IS NOT NULL) AS weight
	FROM respondent, unnest(jkn) WITH ORDINALITY AS weights(w, r)
	GROUP BY r
) AS theirs USING (r);
SELECT rollup(stats)::text = :'serial' AS merged FROM stored;
SELECT rollup(stats::text::weighted_sums[])::text = :'serial' AS through_text FROM stored;
SELECT array_send(stats) = array_send(stats::text::weighted_sums[]) AS binary_alike FROM stored LIMIT 1;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
EXPLAIN (COSTS OFF) SELECT svy_replicate_stats(q1, weight, jkn) FROM respondent;
SELECT svy_replicate_stats(q1, weight, jkn)::text = :'serial' AS parallel FROM respondent;
RESET ALL;
SET search_path = test_svy_replicate, parindex;

-- Anything else from its replicates: a ratio of means, as R's JKn gives it.
SELECT abs(svy_replicate_se(ratios, jkn) / 0.0081761377880817561 - 1) < 1e-8 AS as_in_r,
	abs(svy_replicate_se(ratios, jkn, ratio) / 0.0081761393185747506 - 1) < 1e-8 AS mse_as_in_r
FROM design, (
	SELECT array_agg(q2 / q1 ORDER BY r) AS ratios, min(ratio) AS ratio
	FROM (
		SELECT svy_replicate_estimates(svy_replicate_stats(q2, weight, jkn), 'total') AS q2s,
			svy_replicate_estimates(svy_replicate_stats(q1, weight, jkn), 'total') AS q1s,
			sum(weight * q2) / sum(weight * q1) AS ratio
		FROM replicated
		WHERE q1 + q2 IS NOT NULL
	) AS s, unnest(q1s, q2s) WITH ORDINALITY AS u(q1, q2, r)
) AS ratio;

-- A recipe: calibrated replicates carry the calibration into the standard
-- error. As R's rake() of the JKn design gives it.
SELECT abs(e.estimate / 4.0059647548396331 - 1) < 1e-8 AND abs(e.se / 0.06562396637304517 - 1) < 1e-8 AS as_in_r
FROM design, (
	SELECT svy_replicate_stats(q1, raked, replicates) AS stats
	FROM (
		SELECT respondent, q1, raked, array_agg(w ORDER BY r) AS replicates
		FROM (
			SELECT respondent, q1, raked, r, rake(w, ARRAY[sex, age], targets) OVER (PARTITION BY r) AS w
			FROM (
				SELECT *, rake(weight, ARRAY[sex, age], targets) OVER () AS raked
				FROM replicated,
					(SELECT '[{"f": 26000, "m": 24000}, {"18-34": 17500, "35-54": 21500, "55+": 11000}]'::jsonb AS targets) AS t
			) AS respondent,
			unnest(jkn) WITH ORDINALITY AS replicate(w, r)
		) AS long
		GROUP BY respondent, q1, raked
	) AS wide
) AS s, svy_replicate_estimate(stats, jkn) AS e;

-- Given weights; replicates without a value; no interval without width.
SELECT name, e.*
FROM (
	SELECT name, svy_replicate_stats(y, CASE name WHEN 'no weight' THEN 0 ELSE 1 END, w) AS stats
	FROM (VALUES
		('given', 10, '{2,0,1}'::float8[]), ('given', 20, '{0,2,1}'), ('given', NULL, NULL),
		('no value in one', 10, '{0,1,1}'), ('no value in one', 20, '{0,2,1}'),
		('a value in one', 10, '{0,0,1}'), ('a value in one', 20, '{0,0,1}'),
		('constant', 10, '{2,0,1}'), ('constant', 10, '{0,2,1}'),
		('no weight', 10, '{0,0,0}')
	) AS v(name, y, w)
	GROUP BY name
) AS s
CROSS JOIN LATERAL svy_replicate_estimate(stats, ROW('given', 3, 0.5, '{1,1,1}', NULL)::replicate_design) AS e
ORDER BY name;
SELECT name, e.*
FROM (VALUES ('census', 0, 2), ('no df', 0.5, 0)) AS d(name, scale, df)
CROSS JOIN LATERAL (SELECT svy_replicate_stats(y, 1, w) AS stats FROM (VALUES (10, '{2,0}'::float8[]), (20, '{0,2}')) AS v(y, w)) AS s
CROSS JOIN LATERAL svy_replicate_estimate(stats, ROW('given', 2, scale, NULL, df)::replicate_design) AS e;
SELECT svy_replicate_se('{1,2,NULL}', ROW('given', 3, 0.5, NULL, NULL)::replicate_design) ^ 2 AS two,
	svy_replicate_se('{1,NULL,NULL}', ROW('given', 3, 0.5, NULL, NULL)::replicate_design) AS one,
	svy_replicate_se(NULL, ROW('given', 3, 0.5, NULL, NULL)::replicate_design) AS none;

-- Degrees of freedom by a rule, against R's confint(): the normal quantile, a
-- number of one's own, and those of the design, as without a rule.
SELECT df_rule, e.df, abs(e.ci_low / low - 1) < 1e-8 AND abs(e.ci_high / high - 1) < 1e-8 AS as_in_r, e.status
FROM design, (SELECT svy_replicate_stats(q1, weight, jkn) AS stats FROM replicated) AS s,
	(VALUES ('normal', 3.8796540518384, 4.13915106862455), ('25.5', 3.87319769708643, 4.14560742337652)) AS r (df_rule, low, high),
	svy_replicate_estimate(stats, jkn, 'mean', 0.95, false, df_rule) AS e
ORDER BY df_rule;
SELECT e = svy_replicate_estimate(stats, jkn, 'mean', 0.95, false, 'design') AS design_is_default,
	e = svy_replicate_estimate(stats, jkn, 'mean', 0.95, false, e.df::text) AS the_same_number
FROM design, (SELECT svy_replicate_stats(q1, weight, jkn) AS stats FROM replicated) AS s, svy_replicate_estimate(stats, jkn) AS e;

-- What cannot be.
SELECT svy_replicate_estimate(stats, jkn, 'mean', 0.95, false, 'domain') FROM design, (SELECT svy_replicate_stats(q1, weight, jkn) AS stats FROM replicated) AS s;
SELECT svy_replicate_estimate(stats, jkn, 'mean', 0.95, false, '0') FROM design, (SELECT svy_replicate_stats(q1, weight, jkn) AS stats FROM replicated) AS s;
SELECT svy_replicate_design('JK2', '{2}'::bigint[]);
SELECT svy_replicate_design('JK1', '{2,2}'::bigint[]);
SELECT svy_replicate_design('JKn', '{2,1}'::bigint[]);
SELECT svy_replicate_design('JKn', '{2,NULL}'::bigint[]);
SELECT svy_replicate_design('JKn', '{}'::bigint[]);
SELECT svy_replicate_design('JKn', NULL::bigint[]);
SELECT svy_replicate_design('JKn', NULL::survey_design);
SELECT svy_replicate_design('JKn', '{2,2}'::bigint[], 5);
SELECT svy_replicate_design('JKn', '{2,2}'::bigint[], psus_population => '{2}');
SELECT svy_replicate_design('JKn', '{2,2}'::bigint[], psus_population => '{2,1}');
SELECT svy_replicate_design('BRR', '{2,3}'::bigint[]);
SELECT svy_replicate_design('BRR', array_fill(2::bigint, '{8192}'));
SELECT (svy_replicate_design('BRR', array_fill(2::bigint, '{8191}'))).replicates;
SELECT svy_replicate_design('BRR', '{2,2}'::bigint[], fay_rho => 1);
SELECT svy_replicate_design('JKn', '{2,2}'::bigint[], fay_rho => 0.5);
SELECT svy_replicate_design('BRR', '{2,2}'::bigint[], psus_population => '{9,9}');
SELECT svy_replicate_design('bootstrap', '{2,2}'::bigint[]);
SELECT svy_replicate_design('bootstrap', '{2,2}'::bigint[], 1000000);
SELECT svy_replicate_weights(1, 1, 1, 'JK1') OVER ();
SELECT svy_replicate_weights(1, NULL, 1, 'JK1') OVER ();
SELECT svy_replicate_weights(w, 1, w, 'JK1') OVER () FROM (VALUES (1), (-1)) AS v(w);
SELECT svy_replicate_weights(NULL, NULL, NULL::bigint, 'JK1') OVER ();
SELECT svy_replicate_stats(1, 1, NULL);
SELECT svy_replicate_stats(1, NULL, '{1}');
SELECT svy_replicate_stats(1, 1, '{1,NULL}');
SELECT svy_replicate_stats(1, 1, '{1,-1}');
SELECT svy_replicate_stats(1, 1, w) FROM (VALUES ('{1}'::float8[]), ('{1,1}')) AS v(w);
SELECT svy_replicate_stats(NULL, 1, '{1}');
SELECT svy_replicate_estimates('{}');
SELECT svy_replicate_estimates('{"v1 n=1 w=0x1p0 wx=0x5p1","v1 n=1 w=0x1p0 wx=0x5p1 power=2"}');
SELECT svy_replicate_estimates('{"v1 n=1 w=0x1p0 wx=0x5p1","v1 n=1 w=0x1p0 wx=0x5p1"}', 'median');
SELECT rollup(s) FROM (VALUES ('{"v1 n=1 w=0x1p0 wx=0x5p1","v1 n=1 w=0x1p0 wx=0x5p1"}'::weighted_sums[]),
	('{"v1 n=1 w=0x1p0 wx=0x5p1","v1 n=1 w=0x1p0 wx=0x5p1","v1 n=1 w=0x1p0 wx=0x5p1"}')) AS v(s);
SELECT * FROM svy_replicate_estimate('{"v1 n=1 w=0x1p0 wx=0x5p1","v1 n=1 w=0x1p0 wx=0x5p1"}', svy_replicate_design('JK1', ARRAY[2::bigint]));
SELECT * FROM svy_replicate_estimate('{"v1 n=1 w=0x1p0 wx=0x5p1","v1 n=1 w=0x1p0 wx=0x5p1"}', ROW('x', 1, 1, NULL, NULL)::replicate_design);
SELECT svy_replicate_se('{1,2}', ROW('x', 3, 1, NULL, NULL)::replicate_design);
SELECT svy_replicate_se('{1,2}', ROW('x', 2, -1, NULL, NULL)::replicate_design);
SELECT svy_replicate_se('{1,2}', ROW('x', 2, NULL, NULL, NULL)::replicate_design);
SELECT svy_replicate_se('{1,2}', ROW('x', 2, 1, '{1}', NULL)::replicate_design);
SELECT svy_replicate_se('{1,inf,3}', ROW('x', 3, 1, NULL, NULL)::replicate_design);
SELECT svy_replicate_se('{1,2,NaN}', ROW('x', 3, 1, NULL, NULL)::replicate_design);
SELECT svy_replicate_se('{1,2,3}', ROW('x', 3, 1, NULL, NULL)::replicate_design, 'NaN');
SELECT svy_replicate_se('{1,2,3}', '(JKn,3,0,"{1,1,1}",-2)');
SELECT svy_replicate_stats('NaN'::float8, 1, '{1,1}');
SELECT svy_replicate_stats('-inf'::float8, 1, '{1,1}');
SELECT svy_replicate_estimates('{"v1 n=1 w=0x1p0 wx=0x5p1","v1 n=1 w=0x1p0 wx=0 nan=0 +inf=0 -inf=1"}');
SELECT svy_replicate_estimate('{"v1 n=1 w=0x1p0 wx=0x5p1","v1 n=1 w=0x1p0 wx=0x5p1","v1 n=1 w=0x1p0 wx=0x7p1"}', ROW('x', 2, 1, NULL, 5)::replicate_design, level => 0.9999999999999999);
