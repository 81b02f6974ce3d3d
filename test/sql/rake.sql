-- rake(), post_stratify() and their residuals, against R's survey package.
CREATE SCHEMA test_rake;
SET search_path = test_rake, parindex;
\getenv abs_srcdir PG_ABS_SRCDIR
\set load :abs_srcdir '/data/survey/load.sql'
\set ECHO none
\i :load
\set ECHO all

CREATE TEMP VIEW target AS
SELECT '[{"f": 26000, "m": 24000}, {"18-34": 17500, "35-54": 21500, "55+": 11000}]'::jsonb AS targets;

CREATE TEMP VIEW raked AS
SELECT *,
	rake(weight, ARRAY[sex, age], (SELECT targets FROM target)) OVER () AS w,
	post_stratify(weight, sex, '{"f": 26000, "m": 24000}') OVER () AS sex_w
FROM survey_respondent;

-- Weights as R has them; every margin met.
SELECT count(*) = 595 AND max(abs(ours.w / theirs.weight - 1)) < 1e-7 AS as_in_r
FROM raked AS ours
JOIN survey_raked AS theirs USING (respondent);

SELECT bool_and(abs(w / target.value::float8 - 1) < 1e-10) AS margins_met
FROM (
	SELECT coalesce(sex, age) AS category, sum(w) AS w
	FROM raked
	GROUP BY GROUPING SETS (sex, age)
) AS margin
JOIN target AS t ON true
CROSS JOIN jsonb_array_elements(t.targets) AS categories
JOIN LATERAL jsonb_each(categories) AS target ON target.key = margin.category;

-- A recipe: the standard error of an estimate by calibrated weights is that of
-- the total of what calibration leaves of each value.
CREATE TEMP VIEW design AS
SELECT survey_design_agg(stratum, psus, NULL) AS design
FROM (SELECT stratum, count(DISTINCT psu) AS psus FROM survey_respondent GROUP BY stratum) AS s;

CREATE TEMP VIEW residual AS
SELECT 'poststratify sex' AS "case", stratum, psu, sex_w AS w, q1 AS y,
	rake_residual(q1, sex_w, weight, ARRAY[sex]) OVER () AS e
FROM raked
UNION ALL
-- R's survey 4.1 averages without weights after raking.
SELECT 'rake sex age', stratum, psu, w, q1, rake_residual(q1, w, 1, ARRAY[sex, age]) OVER ()
FROM raked;

CREATE TEMP VIEW standard_error AS
SELECT "case", svy_total_se(survey_stats(e, w, stratum, psu), (SELECT design FROM design)) AS se
FROM residual
GROUP BY "case";

SELECT ours."case", ours.stat, abs(ours.value / theirs.value - 1) < 1e-8 AS as_in_r
FROM (
	SELECT "case", 'estimate' AS stat, sum(w * y) / sum(w) FILTER (WHERE y IS NOT NULL) AS value FROM residual GROUP BY 1
	UNION ALL
	SELECT "case", 'se', se FROM standard_error
	UNION ALL
	SELECT 'rake sex age', 'sum_w', sum(w) FROM raked
) AS ours
JOIN survey_answer AS theirs USING ("case", stat)
ORDER BY 1, 2;

-- With one margin the residual is the distance from the category's mean by
-- base weights; kind total leaves the units.
SELECT max(abs(ours.e - (coalesce(q1, 0) - mean))) < 1e-12 AS as_defined
FROM (
	SELECT sex, q1, rake_residual(q1, sex_w, weight, ARRAY[sex], 'total') OVER () AS e FROM raked
) AS ours
JOIN (
	SELECT sex, sum(weight * coalesce(q1, 0)) / sum(weight) AS mean FROM raked GROUP BY sex
) AS category USING (sex);

-- With more margins the residuals sum to zero in each category of each.
SELECT max(abs(mean)) < 1e-12 AS orthogonal
FROM (
	SELECT sum(weight * e) / sum(weight * abs(e)) AS mean
	FROM (SELECT *, rake_residual(minutes, w, weight, ARRAY[sex, age, agency]) OVER () AS e FROM raked) AS r
	GROUP BY GROUPING SETS (sex, age, agency)
) AS category;

-- The same bits whatever the order of rows.
SELECT count(DISTINCT sum) = 1 AS same_weights, count(DISTINCT residuals) = 1 AS same_residuals
FROM (
	SELECT seed,
		md5(string_agg(float8send(w)::text, '' ORDER BY respondent)) AS sum,
		md5(string_agg(float8send(e)::text, '' ORDER BY respondent)) AS residuals
	FROM (
		SELECT seed, respondent,
			rake(weight, ARRAY[agency, age, sex], targets) OVER (PARTITION BY seed) AS w,
			rake_residual(minutes, weight, weight, ARRAY[agency, age, sex]) OVER (PARTITION BY seed) AS e
		FROM (
			SELECT seed, survey_respondent.*
			FROM survey_respondent, generate_series(1, 5) AS seed
			ORDER BY seed, md5(respondent::text || seed)
		) AS shuffled,
		(SELECT jsonb_build_array('{"A01": 10000, "A02": 10000, "A03": 9000, "A04": 11000, "A05": 10000}'::jsonb,
				targets->1, targets->0) AS targets FROM target) AS t
	) AS permuted
	GROUP BY seed
) AS runs;

-- Partitions are raked apart. NULL weight: no respondent. Weight 0 stays.
SELECT region, category, weight, post_stratify(weight, category, '{"a": 6, "b": 1}') OVER (PARTITION BY region)
FROM (VALUES (1, 'a', 1), (1, 'a', 2), (1, 'b', 5), (2, 'a', 1), (2, 'b', 1), (2, 'b', NULL), (2, 'b', 0)) AS v(region, category, weight)
ORDER BY region, category, weight;

-- Rounds: one for a single margin, none where the weights fit.
SELECT rake_iterations(2, ARRAY[c], '[{"a": 3, "b": 4}]') OVER () AS one,
	rake_iterations(2, ARRAY[c, c], '[{"a": 2, "b": 2}, {"a": 2, "b": 2}]') OVER () AS none
FROM (VALUES ('a'), ('b')) AS v(c)
LIMIT 1;
SELECT rake(NULL, ARRAY['a'], '[{"a": 1}]') OVER () AS nobody;

-- What cannot be.
SELECT rake(1, ARRAY['a', 'x'], '[{"a": 1}, {"y": 1}]') OVER ();
SELECT rake(1, ARRAY['a'], '[{"a": 1, "b": 1}]') OVER ();
SELECT rake(1, ARRAY['a'], '[{"a": 0}]') OVER ();
SELECT rake(1, ARRAY['a', 'x'], '[{"a": 1}, {"x": 1.1}]') OVER ();
SELECT rake(1, ARRAY[a, b], '[{"p": 2, "q": 1}, {"p": 1, "q": 2}]') OVER () FROM (VALUES ('p', 'p'), ('q', 'q')) AS v(a, b);
SELECT rake(1, ARRAY[NULL], '[{"a": 1}]') OVER ();
SELECT rake(1, NULL, '[{"a": 1}]') OVER ();
SELECT rake(1, ARRAY['a', 'b'], '[{"a": 1}]') OVER ();
SELECT rake(-1, ARRAY['a'], '[{"a": 1}]') OVER ();
SELECT rake('NaN', ARRAY['a'], '[{"a": 1}]') OVER ();
SELECT rake(1, ARRAY['a'], '{"a": 1}') OVER ();
SELECT rake(1, ARRAY['a'], '[]') OVER ();
SELECT rake(1, ARRAY['a'], '[1]') OVER ();
SELECT rake(1, ARRAY['a'], '[{"a": "1"}]') OVER ();
SELECT rake(1, ARRAY['a'], '[{"a": -1}]') OVER ();
SELECT rake(1, ARRAY['a'], NULL) OVER ();
SELECT rake(1, ARRAY['a'], '[{"a": 1}]', 1) OVER ();
SELECT rake(1, ARRAY['a'], '[{"a": 1}]', 1e-9, 0) OVER ();
SELECT rake(1, ARRAY['a'], t) OVER () FROM (VALUES ('[{"a": 1}]'::jsonb), ('[{"a": 2}]')) AS v(t);
SELECT post_stratify(1, 'a', '[{"a": 1}]') OVER ();
SELECT rake_residual('NaN', 1, 1, ARRAY['a']) OVER ();
SELECT rake_residual(1, 1, -1, ARRAY['a']) OVER ();
SELECT rake_residual(1, 1, NULL, ARRAY['a']) OVER ();
SELECT rake_residual(1, 1, 1, '{}') OVER ();
SELECT rake_residual(1, 1, 1, ARRAY['a'], 'median') OVER ();

-- Targets out of line are fetched once for the partition, not for each row.
CREATE TABLE stored_targets (targets jsonb);
ALTER TABLE stored_targets ALTER targets SET STORAGE EXTERNAL;
INSERT INTO stored_targets SELECT jsonb_object_agg('category ' || i, 10) FROM generate_series(1, 500) AS i;
SELECT sum(w) AS total
FROM (SELECT post_stratify(1, 'category ' || i % 500 + 1, targets) OVER () AS w FROM stored_targets, generate_series(1, 1000) AS i) AS weighted;
SELECT pg_stat_force_next_flush() \g /dev/null
SELECT toast_blks_hit + toast_blks_read < 100 AS fetched_once FROM pg_statio_user_tables WHERE relname = 'stored_targets';
INSERT INTO stored_targets SELECT targets FROM stored_targets;
SELECT sum(w) AS total
FROM (SELECT post_stratify(1, 'category ' || i % 500 + 1, targets) OVER () AS w FROM stored_targets, generate_series(1, 500) AS i) AS weighted;
UPDATE stored_targets SET targets = targets || '{"category 1": 11}' WHERE ctid = '(0,1)';
SELECT post_stratify(1, 'category ' || i, targets) OVER () AS w FROM stored_targets, generate_series(1, 500) AS i;
