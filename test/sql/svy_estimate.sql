-- Survey estimates where the sample tells little or nothing, lonely units,
-- designs that do not fit, and the same bits for any order. Parity with R is
-- tested in survey_facts.
SET client_min_messages = warning;
CREATE SCHEMA test_svy_estimate;
SET search_path = test_svy_estimate, parindex;
\getenv abs_srcdir PG_ABS_SRCDIR
\set helpers :abs_srcdir '/helpers.sql'
\i :helpers

/*
 * The textbook formula in plain SQL: linearised totals of PSUs, those without
 * members zero, squared about their stratum's mean.
 */
CREATE TABLE answer AS
SELECT i, 1 + i % 3 AS stratum, 10 * (1 + i % 3) + i / 3 % 4 AS psu, i % 5 AS domain,
	(i * 7919 % 101) / 10.0::float8 AS y, 1 + (i * 104729 % 17) / 4.0::float8 AS w
FROM generate_series(1, 120) AS i
WHERE NOT (i % 5 = 1 AND i / 3 % 4 = 2);
CREATE TABLE design AS
SELECT survey_design_agg(s, 4, 20 * s) AS fpc, survey_design_agg(s, 4, NULL) AS plain FROM generate_series(1, 3) AS s;

CREATE FUNCTION by_hand(domain_ int, fpc boolean, total boolean) RETURNS float8 LANGUAGE sql AS $$
	WITH whole AS (
		SELECT sum(w * y) / sum(w) AS mean, sum(w) AS w FROM answer WHERE domain = domain_
	), z AS (
		SELECT s AS stratum, p AS psu,
			coalesce(sum(CASE WHEN total THEN a.w * y ELSE a.w * (y - mean) / whole.w END), 0) AS z
		FROM whole CROSS JOIN generate_series(1, 3) AS s CROSS JOIN generate_series(0, 3) AS p
		LEFT JOIN answer AS a ON a.psu = 10 * s + p AND domain = domain_
		GROUP BY s, p
	)
	SELECT sqrt(sum(v * CASE WHEN fpc THEN 1 - 4 / (20.0 * stratum) ELSE 1 END))
	FROM (SELECT stratum, 4 * var_samp(z) AS v FROM z GROUP BY stratum) AS s
$$;
SELECT domain, n = rows AS n, n_psu = psus AS n_psu, df = psus - 3 AS df, status,
	abs(estimate - mean) < 1e-13 * mean AS mean,
	abs(se - by_hand(domain, true, false)) < 1e-12 * se AS fpc,
	abs(svy_mean_se(state, plain) - by_hand(domain, false, false)) < 1e-12 * se AS plain,
	abs(svy_total_se(state, fpc) / by_hand(domain, true, true) - 1) < 1e-12 AS total,
	ci_low < estimate AND estimate < ci_high AND abs((ci_low + ci_high) / 2 - estimate) < 1e-12 AS interval,
	deff = svy_deff(state, fpc) AS deff
FROM (
	SELECT domain, survey_stats(y, w, stratum, psu) AS state, count(*) AS rows, count(DISTINCT psu) AS psus, sum(w * y) / sum(w) AS mean
	FROM answer GROUP BY domain
) AS s, design, LATERAL svy_estimate(state, fpc)
ORDER BY domain;

-- The interval is Student's: 0.975 quantile of 9 degrees of freedom from a table
SELECT (e.ci_high - e.estimate) / e.se BETWEEN 2.26215 AND 2.26217 AS domain_df, (d.ci_high - d.estimate) / d.se BETWEEN 2.26215 AND 2.26217 AS design_df, e.df, d.df AS of_design
FROM (SELECT survey_stats(y, w, stratum, psu) AS state FROM answer) AS s, design,
	LATERAL svy_estimate(state, plain) AS e, LATERAL svy_estimate(state, plain, df_rule => 'design') AS d;
SELECT df, (ci_high - estimate) / se BETWEEN 2.5758 AND 10 AS wider, of_design
FROM (SELECT survey_stats(y, w, stratum, psu) AS state FROM answer WHERE psu <> 12) AS s, design,
	LATERAL svy_estimate(state, plain, level => 0.99) AS e,
	LATERAL (SELECT df AS of_design FROM svy_estimate(state, plain, df_rule => 'design')) AS d;
-- A number of one's own, or the normal distribution's infinite one, stands for both
SELECT df_rule, df, round(((ci_high - estimate) / se)::numeric, 6) AS t
FROM (SELECT survey_stats(y, w, stratum, psu) AS state FROM answer) AS s, design,
	unnest(ARRAY['domain', 'design', '9', '1', '2.5', '1e6', '9223372036854775807', 'normal', 'Infinity']) AS df_rule,
	LATERAL svy_estimate(state, plain, df_rule => df_rule) AS e;

-- What the sample does not tell is NULL, and the status says why
CREATE TABLE little (what text, y float8, w float8, stratum int, psu int);
INSERT INTO little VALUES
	('no answer', NULL, 1, 1, 1), ('no answer', NULL, 1, 2, 1),
	('weight zero', 3, 0, 1, 1), ('weight zero', 5, 0, 2, 1),
	('one respondent', 3, 1.5, 1, 1),
	('one PSU', 3, 1.5, 1, 1), ('one PSU', 4, 1, 1, 1),
	('one PSU a stratum', 3, 1.5, 1, 1), ('one PSU a stratum', 4, 1, 2, 1),
	('share 0', 0, 1, 1, 1), ('share 0', 0, 2, 1, 2), ('share 0', 0, 2, 2, 1), ('share 0', 0, 2, 2, 3),
	('share 1', 1, 1, 1, 1), ('share 1', 1, 0.1, 1, 2), ('share 1', 1, 0.7, 2, 1), ('share 1', 1, 2, 2, 3),
	('census', 1, 1, 3, 1), ('census', 2, 1, 3, 2),
	('two PSUs', 1, 1, 1, 1), ('two PSUs', 2, 5, 1, 2);
SELECT what, kind, estimate, se IS NULL AS no_se, ci_low IS NULL AND ci_high IS NULL AS no_interval, se, n, n_psu, df, deff IS NULL AS no_deff, status
FROM (SELECT what, survey_stats(y, w, stratum, psu) AS state FROM little GROUP BY what) AS s
CROSS JOIN (SELECT survey_design_agg(s, 3 - s / 3, CASE s WHEN 3 THEN 2 END) AS design FROM generate_series(1, 3) AS s) AS d
CROSS JOIN unnest('{mean,total}'::text[]) AS kind
CROSS JOIN LATERAL svy_estimate(state, design, kind)
ORDER BY what, kind;
SELECT what, svy_mean_se(state, design), svy_total_se(state, design), svy_deff(state, design)
FROM (SELECT what, survey_stats(y, w, stratum, psu) AS state FROM little GROUP BY what) AS s
CROSS JOIN (SELECT survey_design_agg(s, 3 - s / 3, CASE s WHEN 3 THEN 2 END) AS design FROM generate_series(1, 3) AS s) AS d
WHERE what <> 'two PSUs'
ORDER BY what;
SELECT count(*) AS never_a_width_of_zero
FROM (SELECT what, survey_stats(y, w, stratum, psu) AS state FROM little GROUP BY what) AS s
CROSS JOIN (SELECT survey_design_agg(s, 3 - s / 3, CASE s WHEN 3 THEN 2 END) AS design FROM generate_series(1, 3) AS s) AS d
CROSS JOIN unnest('{mean,total}'::text[]) AS kind
CROSS JOIN LATERAL svy_estimate(state, design, kind)
WHERE ci_low >= ci_high AND status <> 'census' OR se = 0 AND status <> 'census';
SELECT (svy_estimate(NULL::survey_stats, plain)).status IS NULL AS null_state, (svy_estimate(survey_stats(y, w, stratum, psu), NULL)).status IS NULL AS null_design
FROM answer, design GROUP BY design.plain;

-- Ratios: no denominator; a ratio to ones is the mean
SELECT estimate, se, status FROM (SELECT survey_cov_stats(ARRAY[y, 0], w, stratum, psu) AS state FROM answer) AS s, design, LATERAL svy_ratio(state, plain);
SELECT m = r AS as_mean
FROM (SELECT survey_cov_stats(ARRAY[y, 1], w, stratum, psu) AS pair, survey_stats(y, w, stratum, psu) AS state FROM answer) AS s, design,
	LATERAL svy_ratio(pair, fpc) AS r, LATERAL svy_estimate(state, fpc) AS m;
\pset format unaligned
SELECT error_of('SELECT svy_ratio(survey_cov_stats(ARRAY[y], w, stratum, psu), (SELECT plain FROM design)) FROM answer');
\pset format aligned
SELECT (svy_ratio('v1 n=0 variables=0 yy=[] {}', plain)).* FROM design;

-- Covariances: the diagonal is the squared standard error; of one answer the same
-- whether by a state of several or by several states; NULL where not known
SELECT abs(v[1][1] / svy_mean_se(state, fpc) ^ 2 - 1) < 1e-12 AS diagonal, v[1][2] = v[2][1] AS symmetric,
	v = svy_vcov(ARRAY[state, other], fpc) AS by_states,
	(svy_vcov(several, fpc, 'total'))[1:1][1:1] = svy_vcov(ARRAY[state], fpc, 'total') AS total
FROM (
	SELECT survey_cov_stats(ARRAY[y, i], w, stratum, psu) AS several, survey_stats(y, w, stratum, psu) AS state, survey_stats(i::float8, w, stratum, psu) AS other
	FROM answer
) AS s, design, LATERAL (SELECT svy_vcov(several, fpc) AS v) AS m;
SELECT abs(v[1][1] / svy_mean_se(state, plain) ^ 2 - 1) < 1e-12 AS variance, v[1][4] AS with_constant, v[4][4] AS of_constant,
	v[1][2] AS with_null, v[1][3] AS with_none,
	array_positions(ARRAY(SELECT unnest(svy_vcov(ARRAY[NULL, state, none, constant, state], plain)) IS NOT NULL), true) AS known,
	svy_vcov(ARRAY[NULL, none]::survey_stats[], plain) AS nothing, svy_vcov('v1 n=0 variables=0 yy=[] {}'::survey_cov_stats, plain) AS no_answers
FROM (
	SELECT survey_stats(y, w, stratum, psu) AS state, survey_stats(NULL::float8, w, stratum, psu) AS none, survey_stats(1::float8, w, stratum, psu) AS constant
	FROM answer
) AS s, design, LATERAL (SELECT svy_vcov(ARRAY[state, NULL, none, constant], plain) AS v) AS m;
-- Domains named by text, in different PSUs: as by number
SELECT svy_vcov(array_agg(state ORDER BY domain), plain) = svy_vcov(array_agg(by_text ORDER BY domain), plain_text) AS by_text
FROM (
	SELECT domain, survey_stats(y, w, stratum, psu) AS state, survey_stats(y, w, stratum::text, psu::text) AS by_text FROM answer GROUP BY domain
) AS s, design, (SELECT survey_design_agg(s::text, 4, NULL) AS plain_text FROM generate_series(1, 3) AS s) AS t
GROUP BY plain, plain_text;

-- Lonely units at both stages. By hand: the others' variance is known from
-- rows without them; adjust adds a square about zero.
CREATE TABLE lonely AS
SELECT survey_design_agg(s, CASE s WHEN 3 THEN 1 ELSE 4 END, NULL) AS design,
	(SELECT survey_stats(y, w, stratum, psu) FROM answer WHERE stratum < 3 OR psu = 30) AS state,
	(SELECT survey_stats(y, w, stratum, psu) FROM answer WHERE psu = 30) AS alone,
	(SELECT sum(w * y) FROM answer WHERE psu = 30) AS total_30
FROM generate_series(1, 3) AS s;
SELECT rule, abs(svy_total_se(state, l.design, rule) ^ 2 / CASE rule
		WHEN 'adjust' THEN others + total_30 ^ 2
		WHEN 'average' THEN others * 3 / 2
		ELSE others
	END - 1) < 1e-12 AS as_by_hand
FROM lonely AS l, design,
	LATERAL (SELECT svy_total_se(survey_stats(y, w, stratum, psu), plain) ^ 2 AS others FROM answer WHERE stratum < 3) AS o,
	unnest('{remove,certainty,adjust,average}'::text[]) AS rule;
\pset format unaligned
SELECT rule, error_of(format('SELECT (svy_estimate(alone, design, ''total'', lonely => %L)).status FROM lonely', rule)) AS alone
FROM unnest('{fail,remove,certainty,adjust,average,other}'::text[]) AS rule;
\pset format aligned
-- Of lonely strata only: no rule but adjust gives a variance.
SELECT rule, estimate = 3.5 AS estimate, abs(se - 0.5 / sqrt(2)) < 1e-15 AS se, df, status
FROM (SELECT survey_stats(y, 1, h, h) AS state FROM (VALUES (1, 3::float8), (2, 4)) AS v (h, y)) AS s,
	unnest('{remove,certainty,adjust,average}'::text[]) AS rule,
	LATERAL svy_estimate(state, 'v1 {1: 1; 2: 1}', lonely => rule);
-- A lonely PSU that is its stratum's whole population is none, and adds nothing.
SELECT abs(svy_total_se(state, d.design) ^ 2 / ((1 - 4 / 50.0) * others) - 1) < 1e-12 AS census_of_one
FROM lonely AS l, design,
	LATERAL (SELECT svy_total_se(survey_stats(y, w, stratum, psu), plain) ^ 2 AS others FROM answer WHERE stratum < 3) AS o, (SELECT survey_design_agg(s, CASE s WHEN 3 THEN 1 ELSE 4 END, CASE s WHEN 3 THEN 1 ELSE 50 END) AS design FROM generate_series(1, 3) AS s) AS d;

-- Two stages by hand: S1 with 1 - n/N, plus n/N of S2 with 1 - m/M
CREATE TABLE two AS
SELECT p AS psu, u AS ssu, 1 + (p * 3 + u * u) % 7 AS y, p + 1.5 AS w FROM generate_series(1, 3) AS p, generate_series(1, 2 + p % 2) AS u;
SELECT abs(svy_total_se(state, design) ^ 2 / (
		(1 - 3 / 10.0) * 3 * (SELECT var_samp(t) FROM (SELECT sum(w * y) AS t FROM two GROUP BY psu) AS p) +
		3 / 10.0 * (SELECT sum((1 - m / 8.0) * m * v) FROM (SELECT count(*) AS m, var_samp(w * y) AS v FROM two GROUP BY psu) AS p)
	) - 1) < 1e-12 AS by_hand
FROM (SELECT survey_stats(y, w, 1, psu, ssu) AS state FROM two) AS s,
	(SELECT survey_design_agg(1, 3, 10, psu, m, 8) AS design FROM (SELECT psu, count(*) AS m FROM two GROUP BY psu) AS p) AS d;
SELECT rule, error_of(format('SELECT svy_total_se(survey_stats(y, w, 1, psu, ssu), ''v1 {1/1: 3 of 10, 3 of 8; 1/2: 3 of 10, 1 of 8; 1/3: 3 of 10, 3 of 8}'', %L)::numeric(10,6) FROM two WHERE NOT (psu = 2 AND ssu = 2)', rule)) AS lonely_second_stage
FROM unnest('{fail,remove,certainty,adjust,average}'::text[]) AS rule;
-- With all second-stage units drawn it adds nothing; with PSUs not counted neither.
SELECT svy_mean_se(state, 'v1 {1/1: 3 of 10, 3 of 3; 1/2: 3 of 10, 2 of 2; 1/3: 3 of 10, 3 of 3}') = svy_mean_se(state, 'v1 {1: 3 of 10}') AS all_drawn,
	svy_mean_se(state, 'v1 {1/1: 3, 3 of 30; 1/2: 3, 2 of 20; 1/3: 3, 3 of 30}') = svy_mean_se(state, 'v1 {1: 3}') AS not_counted,
	(svy_estimate(state, 'v1 {1/1: 3 of 3, 3 of 30; 1/2: 3 of 3, 2 of 20; 1/3: 3 of 3, 3 of 30}')).status AS second_stage_alone,
	(svy_estimate(state, 'v1 {1/1: 3 of 3, 3 of 3; 1/2: 3 of 3, 2 of 2; 1/3: 3 of 3, 3 of 3}')).status AS census
FROM (SELECT survey_stats(y, w, 1, psu, ssu) AS state FROM two) AS s;

-- Designs that do not fit
SELECT what, error_of(format('SELECT svy_mean_se(%s, %L) FROM answer', state, design)) AS error
FROM (VALUES
	('a stratum is missing', 'survey_stats(y, w, stratum, psu)', 'v1 {1: 4; 3: 4}'),
	('a stratum is missing', 'survey_stats(y, w, ''Tỉnh '' || stratum, psu::text)', 'v1 {"Tỉnh 1": 4; "Tỉnh 3": 4}'),
	('too few PSUs', 'survey_stats(y, w, stratum, psu)', 'v1 {1: 4; 2: 3; 3: 4}'),
	('keys of another type', 'survey_stats(y, w, stratum, psu)', 'v1 {"1": 4; "2": 4; "3": 4}'),
	('no second stage', 'survey_stats(y, w, stratum, psu)', 'v1 {1/10: 4, 3}'),
	('a PSU is missing', 'survey_stats(y, w, 1, 1, psu)', 'v1 {1/2: 4, 3}'),
	('too few second-stage units', 'survey_stats(y, w, 1, 1, psu)', 'v1 {1/1: 4, 3}')
) AS v (what, state, design);
\pset format unaligned
SELECT call, error_of(format('SELECT %s FROM (SELECT survey_stats(y, w, stratum, psu) AS s FROM answer) AS s, design', call)) AS error
FROM (VALUES
	('svy_estimate(s, plain, ''median'')'), ('svy_estimate(s, plain, level => 95)'), ('svy_estimate(s, plain, level => ''NaN'')'), ('svy_estimate(s, plain, level => 0)'),
	('svy_estimate(s, plain, df_rule => ''R'')'), ('svy_estimate(s, plain, df_rule => ''0'')'), ('svy_estimate(s, plain, df_rule => ''-3'')'), ('svy_estimate(s, plain, df_rule => ''NaN'')'),
	('svy_estimate(s, plain, df_rule => '''')'), ('svy_estimate(s, plain, df_rule => ''25 '')'), ('svy_estimate(s, plain, df_rule => ''2,5'')'), ('svy_estimate(s, plain, df_rule => ''1e-300'')'), ('svy_estimate(s, plain, df_rule => ''Normal'')'),
	('svy_mean_se(s, plain, ''none'')'), ('svy_deff(s, plain, ''x'')'), ('svy_vcov(ARRAY[s], plain, ''x'')'),
	('svy_vcov(array_fill(s, ARRAY[1001]), plain)'),
	('svy_total(survey_stats(y, 1e10, 1, 1)) FROM (VALUES (1.7e308::float8)) AS v (y) UNION ALL SELECT 0')
) AS v (call);
\pset format aligned

-- Standard errors are the same to the bit in any order
CREATE TABLE result (se bytea, total bytea, v bytea);
DO $$
BEGIN
	FOR seed IN 1..20 LOOP
		PERFORM setseed(seed / 20.0);
		INSERT INTO result
		SELECT float8send(svy_mean_se(state, fpc)), float8send(svy_total_se(state, fpc)), array_send(svy_vcov(several, fpc))
		FROM (
			SELECT survey_stats(y, w, stratum, psu) AS state, survey_cov_stats(ARRAY[y, i, w], w, stratum, psu) AS several
			FROM (SELECT * FROM answer ORDER BY random()) AS a
		) AS s, design;
	END LOOP;
END $$;
SELECT count(DISTINCT result) AS results FROM result;

-- Whatever the units: with powers of two for units, standard errors differ by
-- these alone, to the bit, where squares leave the range of doubles too.
CREATE TABLE scaled AS
SELECT y_exponent, w_exponent,
	survey_stats(y * 2.0::float8 ^ y_exponent, 1e9 * w * 2.0::float8 ^ w_exponent, stratum, psu) AS s,
	survey_cov_stats(ARRAY[y * 2.0::float8 ^ y_exponent, i], 1e9 * w * 2.0::float8 ^ w_exponent, stratum, psu) AS two
FROM answer, (VALUES (0, 0), (-530, 0), (-660, 0), (900, 0), (0, 660), (-300, 660), (600, 300), (-800, 200), (0, -660)) AS v(y_exponent, w_exponent)
GROUP BY 1, 2;
SELECT y_exponent, w_exponent, m.se = of_one.m_se * 2.0::float8 ^ y_exponent AS mean_se,
	t.se = of_one.t_se * 2.0::float8 ^ y_exponent * 2.0::float8 ^ w_exponent AS total_se,
	r.se = of_one.r_se * 2.0::float8 ^ y_exponent AS ratio_se,
	abs(m.deff / of_one.m_deff - 1) < 1e-8 AS deff, abs(t.deff / of_one.t_deff - 1) < 1e-8 AS total_deff,
	abs(r.deff / of_one.r_deff - 1) < 1e-8 AS ratio_deff, m.status, t.status
FROM design, scaled, svy_estimate(s, fpc) AS m, svy_estimate(s, fpc, 'total') AS t, svy_ratio(two, fpc) AS r, (
	SELECT m.se AS m_se, m.deff AS m_deff, t.se AS t_se, t.deff AS t_deff, r.se AS r_se, r.deff AS r_deff
	FROM design, scaled, svy_estimate(s, fpc) AS m, svy_estimate(s, fpc, 'total') AS t, svy_ratio(two, fpc) AS r
	WHERE y_exponent = 0 AND w_exponent = 0
) AS of_one
ORDER BY 1, 2;
-- The square alone leaves the range: a covariance is an error, or would be zero.
\pset format unaligned
SELECT y_exponent, w_exponent, error_of(format('SELECT svy_vcov(two, fpc) FROM design, scaled WHERE y_exponent = %s AND w_exponent = %s', y_exponent, w_exponent)) AS error
FROM scaled
WHERE y_exponent IN (-660, 900)
ORDER BY 1, 2;
SELECT y, error_of(format('SELECT svy_estimate(survey_stats(y * %s, w, stratum, psu), (SELECT fpc FROM design)) FROM answer', y)) AS error
FROM unnest(ARRAY['5e-324', '1e307']) AS y;
\pset format aligned
