-- calibrate() and its residual, against R's survey package.
CREATE SCHEMA test_calibrate;
SET search_path = test_calibrate, parindex;
\getenv abs_srcdir PG_ABS_SRCDIR
\set load :abs_srcdir '/data/survey/load.sql'
\set ECHO none
\i :load
\set ECHO all

CREATE TEMP VIEW respondent AS
SELECT *, ARRAY[1, (sex = 'm')::int, (age = '35-54')::int, (age = '55+')::int]::float8[] AS x
FROM survey_respondent;

CREATE TEMP VIEW calibrated AS
SELECT 'calibrate linear sex+age' AS "case", *, calibrate(weight, x, '{50000, 24000, 21500, 11000}') OVER () AS w
FROM respondent
UNION ALL
SELECT 'calibrate linear bounds 0.5,1.25', *, calibrate(weight, x, '{50000, 24000, 21500, 11000}', lower => 0.5, upper => 1.25) OVER ()
FROM respondent;

-- The recipe of the standard errors, as for raking: that of the total of what
-- calibration leaves of each value.
CREATE TEMP VIEW design AS
SELECT survey_design_agg(stratum, psus, NULL) AS design
FROM (SELECT stratum, count(DISTINCT psu) AS psus FROM survey_respondent GROUP BY stratum) AS s;

CREATE TEMP VIEW standard_error AS
SELECT "case", kind, svy_total_se(survey_stats(e, w, stratum, psu), (SELECT design FROM design)) AS se
FROM (
	SELECT *, calibrate_residual(q1, w, weight, x, kind) OVER (PARTITION BY "case", kind) AS e
	FROM calibrated, (VALUES ('mean'), ('total')) AS kind(kind)
) AS residual
GROUP BY "case", kind;

SELECT ours."case", ours.stat, abs(ours.value / theirs.value - 1) < 1e-8 AS as_in_r
FROM (
	SELECT "case", stat, value
	FROM (
		SELECT "case", sum(w * q1) / sum(w) FILTER (WHERE q1 IS NOT NULL) AS mean,
			sum(w * q1) AS total, min(w / weight) AS min_g, max(w / weight) AS max_g
		FROM calibrated
		GROUP BY "case"
	) AS c
	CROSS JOIN LATERAL (VALUES ('estimate', mean), ('total', total), ('min_g', min_g), ('max_g', max_g)) AS s(stat, value)
	UNION ALL
	SELECT "case", CASE kind WHEN 'mean' THEN 'se' ELSE 'total_se' END, se FROM standard_error
) AS ours
JOIN survey_answer AS theirs USING ("case", stat)
ORDER BY 1, 2;

-- Every distance meets the totals, and keeps to bounds that bind. R's survey
-- 4.1 gives g from 0.55 to 1.16 for linear and 0.5368674788 to 1.1565931265 for
-- logit, and does not converge for raking between bounds.
SELECT distance, lower,
	abs(sum(w) / 50000 - 1) < 1e-9 AND abs(sum(w * x[2]) / 24000 - 1) < 1e-9 AND
		abs(sum(w * x[3]) / 21500 - 1) < 1e-9 AND abs(sum(w * x[4]) / 11000 - 1) < 1e-9 AS totals_met,
	round(min(w / weight)::numeric, 10) AS least, round(max(w / weight)::numeric, 10) AS greatest
FROM (
	SELECT *, calibrate(weight, x, '{50000, 24000, 21500, 11000}', distance, lower, upper) OVER (PARTITION BY distance, lower) AS w
	FROM respondent,
		(VALUES ('linear', NULL, NULL), ('linear', 0.55, 1.16), ('raking', NULL, NULL),
			('raking', 0.55, 1.16), ('logit', 0.5, 1.2)) AS v(distance, lower, upper)
) AS calibrated
GROUP BY distance, lower
ORDER BY distance, lower;

-- Raking is rake() where x are the margins' categories.
SELECT max(abs(a / b - 1)) < 1e-9 AS same
FROM (
	SELECT calibrate(weight, x, '{50000, 24000, 21500, 11000}', 'raking') OVER () AS a,
		rake(weight, ARRAY[sex, age], '[{"f": 26000, "m": 24000}, {"18-34": 17500, "35-54": 21500, "55+": 11000}]') OVER () AS b
	FROM respondent
) AS both_ways;

-- Continuous and redundant variables: the regression of the residuals is
-- orthogonal to x, and dropping the redundant changes nothing.
CREATE TEMP TABLE continuous AS
SELECT respondent, weight,
	calibrate(weight, x, totals) OVER () AS w,
	calibrate(weight, x || x[1] + x[2], totals || totals[1] + totals[2]) OVER () AS redundant_w,
	calibrate_residual(q1, weight, weight, x, 'total') OVER () AS e,
	calibrate_residual(q1, weight, weight, x || x[1] + x[2], 'total') OVER () AS redundant_e,
	x
FROM (
	SELECT *, ARRAY[1, coalesce(minutes, 20), 1e6 * coalesce(minutes, 20) ^ 2]::float8[] AS x, ARRAY[60000, 1450000, 5e13]::float8[] AS totals
	FROM survey_respondent
) AS r;
SELECT abs(sum(w * x[2]) / 1450000 - 1) < 1e-9 AND abs(sum(w * x[3]) / 5e13 - 1) < 1e-9 AS totals_met,
	max(abs(w / redundant_w - 1)) < 1e-8 AS redundant_dropped,
	abs(sum(weight * e * x[2])) < 1e-8 * sum(weight * abs(e * x[2])) AS orthogonal,
	max(abs(e - redundant_e)) < 1e-9 AS redundant_residual
FROM continuous;

-- The same bits whatever the order of rows.
SELECT count(DISTINCT bits) = 1 AS same_bits
FROM (
	SELECT seed, md5(string_agg(float8send(w)::text || float8send(e)::text, '' ORDER BY respondent)) AS bits
	FROM (
		SELECT seed, respondent,
			calibrate(weight, ARRAY[1, q3, (sex = 'm')::int], '{57000, 210000, 29000}', 'logit', 0.3, 3) OVER (PARTITION BY seed) AS w,
			calibrate_residual(minutes, weight, weight, ARRAY[1, q3, (sex = 'm')::int]) OVER (PARTITION BY seed) AS e
		FROM (
			SELECT seed, r.*
			FROM survey_respondent AS r, generate_series(1, 5) AS seed
			WHERE q3 IS NOT NULL
			ORDER BY seed, md5(respondent::text || seed)
		) AS shuffled
	) AS permuted
	GROUP BY seed
) AS runs;

-- NULL weight: no respondent; weight 0 stays; nobody.
SELECT weight, calibrate(weight, ARRAY[1], ARRAY[6]) OVER ()
FROM (VALUES (1), (2), (NULL), (0)) AS v(weight)
ORDER BY weight;
SELECT calibrate(NULL, ARRAY[1], ARRAY[6]) OVER (), calibrate_residual(1, NULL, 1, ARRAY[1]) OVER ();

-- What cannot be.
SELECT calibrate(1, ARRAY[1], ARRAY[2], lower => 0.9, upper => 1.1) OVER ();
SELECT calibrate(1, ARRAY[1, 1], ARRAY[2, 3]) OVER ();
SELECT calibrate(1, ARRAY[1], ARRAY[1e300], 'raking') OVER ();
SELECT calibrate(1e300, ARRAY[x], ARRAY[1e300], 'raking') OVER () FROM (VALUES (1e5), (1)) AS v(x);
SELECT calibrate(1, ARRAY[1, 0], ARRAY[2, 3]) OVER ();
SELECT calibrate(1, ARRAY[1, NULL], ARRAY[2, 3]) OVER ();
SELECT calibrate(1, ARRAY[1, 'Infinity'::float8], ARRAY[2, 3]) OVER ();
SELECT calibrate(1, ARRAY[1], ARRAY[2, 3]) OVER ();
SELECT calibrate(1, ARRAY[1], '{}') OVER ();
SELECT calibrate(1, ARRAY[1], NULL) OVER ();
SELECT calibrate(1, NULL, ARRAY[1]) OVER ();
SELECT calibrate(-1, ARRAY[1], ARRAY[2]) OVER ();
SELECT calibrate(1, ARRAY[1], ARRAY[2], 'chi') OVER ();
SELECT calibrate(1, ARRAY[1], ARRAY[2], 'linear', 1, 2) OVER ();
SELECT calibrate(1, ARRAY[1], ARRAY[2], 'logit', 0.5) OVER ();
SELECT calibrate(1, ARRAY[1], ARRAY[2], epsilon => 0) OVER ();
SELECT calibrate(1, ARRAY[1], ARRAY[2], max_iterations => 0) OVER ();
SELECT calibrate_residual(1, 1, 1, ARRAY[1, 2], 'median') OVER ();
SELECT calibrate_residual(1, 1, 1, NULL) OVER ();
SELECT calibrate_residual(1, 1, 1, array_fill(1::float8, '{101}')) OVER ();
