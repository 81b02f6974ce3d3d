-- Our figures for the samples of answers.R against those of R's survey package:
-- psql -v directory=... ; fails unless all agree to 1e-8, relative.
\set ON_ERROR_STOP on
\set QUIET on
\pset footer off
SET client_min_messages = warning;
CREATE EXTENSION parindex;
SET search_path = parindex, public;

CREATE TEMP TABLE respondent (
	sample text, respondent int, stratum bigint, psu bigint, ssu bigint,
	psus_population bigint, ssus_population bigint, weight float8,
	g text, a text, b text, y float8, x float8, z float8, q1 float8, q2 float8, q3 float8,
	brr float8[], bootstrap float8[]
);
CREATE TEMP TABLE target (sample text, margin text, category text, total float8);
CREATE TEMP TABLE theirs (sample text, "case" text, stat text, value float8);
\set file :directory '/respondent.csv'
COPY respondent FROM :'file' WITH (FORMAT csv, HEADER);
\set file :directory '/target.csv'
COPY target FROM :'file' WITH (FORMAT csv, HEADER);
\set file :directory '/answer.csv'
COPY theirs FROM :'file' WITH (FORMAT csv, HEADER);

-- ---------------------------------------------------------------- designs --

CREATE TEMP VIEW stratum AS
SELECT sample, stratum, count(DISTINCT psu) AS psus, min(psus_population) AS psus_population
FROM respondent
GROUP BY sample, stratum;

CREATE TEMP VIEW one_stage AS
SELECT sample, survey_design_agg(stratum, psus, psus_population) AS design,
	svy_replicate_design(CASE count(*) WHEN 1 THEN 'JK1' ELSE 'JKn' END, array_agg(psus ORDER BY stratum),
		psus_population => CASE WHEN bool_and(psus_population IS NOT NULL) THEN array_agg(psus_population ORDER BY stratum) END) AS jackknife,
	count(*) AS strata
FROM stratum
GROUP BY sample;

CREATE TEMP VIEW two_stages AS
SELECT sample, survey_design_agg(stratum, psus, psus_population, psu, ssus, ssus_population) AS design
FROM (
	SELECT sample, stratum, psu, count(DISTINCT ssu) AS ssus, min(ssus_population) AS ssus_population
	FROM respondent
	WHERE ssu IS NOT NULL
	GROUP BY sample, stratum, psu
) AS psu
JOIN stratum USING (sample, stratum)
GROUP BY sample;

-- -------------------------------------------------------------- estimates --

CREATE TEMP VIEW state AS
SELECT sample, g, design,
	survey_stats(y, weight, stratum, psu) AS stats,
	survey_stats(y > x, weight, stratum, psu) AS share,
	survey_cov_stats(ARRAY[y, x], weight, stratum, psu) AS pair
FROM respondent
JOIN one_stage USING (sample)
WHERE ssu IS NULL AND brr IS NULL
GROUP BY sample, design, GROUPING SETS ((), g)
UNION ALL
SELECT sample, g, design,
	survey_stats(y, weight, stratum, psu, ssu),
	survey_stats(y > x, weight, stratum, psu, ssu),
	survey_cov_stats(ARRAY[y, x], weight, stratum, psu, ssu)
FROM respondent
JOIN two_stages USING (sample)
GROUP BY sample, design, GROUPING SETS ((), g);

-- Columns are named for what they hold in R's answers.
CREATE TEMP TABLE ours AS
SELECT sample, "case", estimate, se, df, ci_low, deff, ci_high
FROM state
CROSS JOIN LATERAL (
	SELECT coalesce('mean of ' || g, 'mean') AS "case", m.estimate, m.se,
		CASE WHEN g IS NOT NULL THEN m.df END AS df,
		CASE WHEN g IS NOT NULL THEN m.ci_low END AS ci_low,
		CASE WHEN g IS NULL THEN m.deff END AS deff, NULL::float8 AS ci_high
	FROM svy_estimate(stats, design) AS m
	UNION ALL
	SELECT 'total', t.estimate, t.se, NULL, NULL, NULL, NULL FROM svy_estimate(stats, design, 'total') AS t WHERE g IS NULL
	UNION ALL
	SELECT 'ratio', r.estimate, r.se, NULL, NULL, NULL, NULL FROM svy_ratio(pair, design) AS r WHERE g IS NULL
	UNION ALL
	SELECT 'share by ' || method, CASE method WHEN 'logit' THEN s.estimate END, CASE method WHEN 'logit' THEN s.se END,
		NULL, s.ci_low, NULL, s.ci_high
	FROM unnest(ARRAY['logit', 'xlogit', 'asin', 'beta', 'mean']) AS method, svy_share(share, design, method) AS s
	WHERE g IS NULL
) AS estimates
UNION ALL
SELECT sample, 'alpha', svy_cronbach_alpha(ARRAY[q1, q2, q3], weight), NULL, NULL, NULL, NULL, NULL
FROM respondent
WHERE brr IS NULL
GROUP BY sample
UNION ALL
SELECT sample, format('quantile %s %s %s', variable, p, rule), q.estimate, q.se, NULL, q.ci_low, NULL, q.ci_high
FROM (
	SELECT sample, design,
		survey_quantile_stats(y, weight, stratum, psu) AS y,
		survey_quantile_stats(z, weight, stratum, psu) AS z
	FROM respondent
	JOIN one_stage USING (sample)
	WHERE ssu IS NULL AND brr IS NULL
	GROUP BY sample, design
) AS s
CROSS JOIN LATERAL (VALUES ('y', 'math', y), ('y', 'school', y), ('z', 'hf7', z)) AS v(variable, rule, state)
CROSS JOIN unnest(ARRAY[0.25, 0.5, 0.75]) AS p
CROSS JOIN LATERAL svy_quantile(state, design, p, rule) AS q
WHERE q.status <> 'no_answers';

-- ------------------------------------------------------------ calibration --

CREATE TEMP VIEW numbered_target AS
SELECT *, row_number() OVER (PARTITION BY sample, margin ORDER BY category) AS place
FROM target;

CREATE TEMP VIEW sample_target AS
SELECT sample, of_a, of_both, totals
FROM (
	SELECT sample,
		min(population) || (array_agg(total ORDER BY margin, category) FILTER (WHERE place > 1)) AS totals
	FROM numbered_target
	JOIN (SELECT sample, sum(total) AS population FROM target WHERE margin = 'a' GROUP BY sample) AS p USING (sample)
	GROUP BY sample
) AS vector
JOIN (
	SELECT sample, jsonb_agg(totals ORDER BY margin) AS of_both, jsonb_agg(totals ORDER BY margin)->0 AS of_a
	FROM (SELECT sample, margin, jsonb_object_agg(category, total) AS totals FROM target GROUP BY sample, margin) AS m
	GROUP BY sample
) AS margins USING (sample);

-- A constant and dummies, in the order of totals.
CREATE TEMP TABLE auxiliary AS
SELECT respondent.*, of_a, of_both, totals, aux
FROM respondent
JOIN sample_target USING (sample)
JOIN LATERAL (
	SELECT 1 || array_agg((category = CASE margin WHEN 'a' THEN a ELSE b END)::int::float8 ORDER BY margin, category) AS aux
	FROM numbered_target AS t
	WHERE t.sample = respondent.sample AND place > 1
) AS dummies ON true;

CREATE TEMP TABLE calibrated AS
SELECT *,
	post_stratify(weight, a, of_a) OVER w AS post_stratified,
	rake(weight, ARRAY[a, b], of_both, 1e-14) OVER w AS raked,
	calibrate(weight, aux, totals) OVER w AS linear,
	calibrate(weight, aux, totals, 'logit', 0.4, 2.5) OVER w AS logit
FROM auxiliary
WINDOW w AS (PARTITION BY sample);

INSERT INTO ours
SELECT sample, "case", CASE "case" WHEN 'linear total' THEN sum(w * y) ELSE sum(w * y) / sum(w) FILTER (WHERE y IS NOT NULL) END,
	svy_total_se(survey_stats(e, w, stratum, psu), design)
FROM (
	SELECT sample, stratum, psu, y, residual.*
	FROM (
		SELECT *,
			rake_residual(y, post_stratified, weight, ARRAY[a]) OVER w AS post_stratified_e,
			-- R averages without weights after raking.
			rake_residual(y, raked, 1, ARRAY[a, b]) OVER w AS raked_e,
			calibrate_residual(y, linear, weight, aux) OVER w AS linear_e,
			calibrate_residual(y, linear, weight, aux, 'total') OVER w AS linear_total_e,
			calibrate_residual(y, logit, weight, aux) OVER w AS logit_e
		FROM calibrated
		WINDOW w AS (PARTITION BY sample)
	) AS r
	CROSS JOIN LATERAL (VALUES
		('post_stratify', post_stratified, post_stratified_e), ('rake', raked, raked_e),
		('linear', linear, linear_e), ('linear total', linear, linear_total_e), ('logit', logit, logit_e)
	) AS residual("case", w, e)
) AS r
JOIN one_stage USING (sample)
GROUP BY sample, "case", design;

INSERT INTO ours
SELECT sample, 'trim', sum(trimmed ^ 2)
FROM (
	SELECT sample, trim_weights(weight, upper => upper) OVER (PARTITION BY sample) AS trimmed
	FROM auxiliary
	JOIN (SELECT sample, percentile_cont(0.9) WITHIN GROUP (ORDER BY weight) AS upper FROM auxiliary GROUP BY sample) AS q USING (sample)
) AS t
GROUP BY sample;

-- ------------------------------------------------------------- replicates --

INSERT INTO ours
SELECT sample, coalesce('jackknife of ' || g, r."case"), e.estimate, e.se, e.df
FROM (
	SELECT sample, g, jackknife, svy_replicate_stats(y, weight, w) AS stats
	FROM (
		SELECT *, svy_replicate_weights(weight, stratum, psu, CASE strata WHEN 1 THEN 'JK1' ELSE 'JKn' END) OVER (PARTITION BY sample) AS w
		FROM auxiliary
		JOIN one_stage USING (sample)
	) AS w
	GROUP BY sample, jackknife, GROUPING SETS ((), g)
) AS s
JOIN (VALUES ('jackknife', 'mean', false), ('jackknife total', 'total', false), ('jackknife mse', 'mean', true)) AS r("case", kind, mse)
	ON g IS NULL OR "case" = 'jackknife'
CROSS JOIN LATERAL (
	SELECT estimate, se, CASE WHEN "case" = 'jackknife' AND g IS NULL THEN df END AS df
	FROM svy_replicate_estimate(stats, jackknife, kind, mse => mse)
) AS e;

-- Each replicate raked.
INSERT INTO ours
SELECT sample, 'jackknife, raked', e.estimate, e.se
FROM (
	SELECT sample, jackknife, svy_replicate_stats(y, raked, w) AS stats
	FROM (
		SELECT sample, respondent, y, raked, array_agg(w ORDER BY r) AS w
		FROM (
			SELECT sample, respondent, y, raked, r, rake(w, ARRAY[a, b], of_both, 1e-14) OVER (PARTITION BY sample, r) AS w
			FROM (
				SELECT *, svy_replicate_weights(weight, stratum, psu, CASE strata WHEN 1 THEN 'JK1' ELSE 'JKn' END) OVER (PARTITION BY sample) AS replicate
				FROM calibrated
				JOIN one_stage USING (sample)
				WHERE (jackknife).replicates < 100
			) AS replicated,
			unnest(replicate) WITH ORDINALITY AS weights(w, r)
		) AS long
		GROUP BY sample, respondent, y, raked
	) AS wide
	JOIN one_stage USING (sample)
	GROUP BY sample, jackknife
) AS s
CROSS JOIN LATERAL svy_replicate_estimate(stats, jackknife) AS e;

INSERT INTO ours
SELECT sample, "case", e.estimate, e.se, CASE "case" WHEN 'BRR, given' THEN e.df END
FROM (
	SELECT sample, strata,
		svy_replicate_stats(y, weight, brr) AS brr,
		svy_replicate_stats(y, weight, bootstrap) AS bootstrap,
		svy_replicate_stats(y, weight, half) AS half,
		svy_replicate_stats(y, weight, fay) AS fay
	FROM (
		SELECT *, svy_replicate_weights(weight, stratum, psu, 'BRR') OVER w AS half,
			svy_replicate_weights(weight, stratum, psu, 'BRR', fay_rho => 0.3) OVER w AS fay
		FROM respondent
		JOIN one_stage USING (sample)
		WHERE brr IS NOT NULL
		WINDOW w AS (PARTITION BY sample)
	) AS w
	GROUP BY sample, strata
) AS s
CROSS JOIN LATERAL (
	SELECT svy_replicate_design('BRR', pairs) AS half, svy_replicate_design('BRR', pairs, fay_rho => 0.3) AS fay,
		ROW('given', given, 1.0 / given, NULL, strata)::replicate_design AS brr,
		ROW('given', 50, 1.0 / 49, NULL, NULL)::replicate_design AS bootstrap
	FROM (SELECT array_fill(2::bigint, ARRAY[strata::int]) AS pairs, array_length(brr, 1) - 1 AS given) AS p
) AS design
CROSS JOIN LATERAL (
	SELECT 'BRR, given' AS "case", * FROM svy_replicate_estimate(s.brr, design.brr)
	UNION ALL
	SELECT 'BRR total', * FROM svy_replicate_estimate(s.half, design.half, 'total')
	UNION ALL
	SELECT 'Fay total', * FROM svy_replicate_estimate(s.fay, design.fay, 'total')
	UNION ALL
	SELECT 'bootstrap, given', * FROM svy_replicate_estimate(s.bootstrap, design.bootstrap)
) AS e;

-- ---------------------------------------------------------------- verdict --

CREATE TEMP VIEW compared AS
SELECT sample, "case", stat, ours.value AS ours, theirs.value AS theirs,
	coalesce(abs(ours.value - theirs.value) <= 1e-8 * abs(theirs.value), false) AS agree
FROM (
	SELECT sample, "case", stat, value
	FROM ours
	CROSS JOIN LATERAL (VALUES ('estimate', estimate), ('se', se), ('df', df), ('ci_low', ci_low), ('ci_high', ci_high), ('deff', deff)) AS s(stat, value)
	WHERE value IS NOT NULL
) AS ours
FULL JOIN theirs USING (sample, "case", stat);

SELECT regexp_replace("case", '^(mean|jackknife) of .*', '\1 of a domain') AS "case", stat, count(*) AS figures,
	count(*) FILTER (WHERE NOT agree) AS differ,
	to_char(max(abs(ours / nullif(theirs, 0) - 1)), '9.9EEEE') AS largest_difference
FROM compared
GROUP BY 1, 2
ORDER BY 1, 2;

SELECT sample, "case", stat, ours, theirs FROM compared WHERE NOT agree ORDER BY 1, 2, 3 LIMIT 50;

DO $$
BEGIN
	IF EXISTS (SELECT FROM compared WHERE NOT agree) OR (SELECT count(*) FROM compared) < 100 THEN
		RAISE EXCEPTION 'not all figures are those of R';
	END IF;
END
$$;
