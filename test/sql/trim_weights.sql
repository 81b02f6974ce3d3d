-- trim_weights(), by hand and against R's survey package.
CREATE SCHEMA test_trim_weights;
SET search_path = test_trim_weights, parindex;
\getenv abs_srcdir PG_ABS_SRCDIR
\set load :abs_srcdir '/data/survey/load.sql'
\set ECHO none
\i :load
\set ECHO all

-- 8 and 1 lose 2 and gain 1 against the bounds 2 and 6: 1 for three others.
SELECT weight, trim_weights(weight, 2, 6) OVER () AS once, trim_weights(weight, 2, 6, true) OVER () AS strict,
	trim_weights(weight, upper => 6) OVER () AS upper, trim_weights(weight) OVER () AS unbound
FROM unnest(ARRAY[8, 1, 3, 3, 5.8, NULL]) AS weight
ORDER BY weight;

-- trimWeights(design, upper = 120, lower = 60), with strict = TRUE: least and
-- greatest weights of R's survey 4.1.
SELECT abs(sum(once) / sum(weight) - 1) < 1e-14 AND abs(sum(strict) / sum(weight) - 1) < 1e-14 AS sum_stays,
	abs(max(once) / 128.495165034965027 - 1) < 1e-12 AS once, abs(min(strict) / 61.402751660104563 - 1) < 1e-12 AS strict, max(strict)
FROM (
	SELECT weight, trim_weights(weight, 60, 120) OVER () AS once, trim_weights(weight, 60, 120, true) OVER () AS strict
	FROM survey_respondent
) AS trimmed;

-- Bounds that are just met hold all weights; one round more than R's last
-- would pass the bound by rounding alone. Strict trimming ends at the latest after
-- as many rounds as there are weights; that it ends at all is all the timeout asks.
SET statement_timeout = '10min';
SELECT array_agg(upper) AS upper, array_agg(lower) AS lower
FROM (
	SELECT trim_weights(i, NULL, 3, true) OVER () AS upper, trim_weights(i, 3, NULL, true) OVER () AS lower
	FROM generate_series(1, 5) AS i
) AS trimmed;
SELECT bool_and(abs(w - 0.7) < 1e-15 AND w <= 0.7) AS all_at_bound
FROM (SELECT trim_weights(i * 0.1, NULL, 0.7, true) OVER () AS w FROM generate_series(1, 13) AS i) AS trimmed;

-- Strict: weights below the bound that all move to are what they were after
-- the first round, and one shift.
SELECT max(w) <= 1000 AS within, abs(sum(w) / sum(i ^ 2) - 1) < 1e-14 AS sum_stays,
	max(w - i ^ 2) FILTER (WHERE i ^ 2 >= 5 AND w < 1000) - min(w - i ^ 2) FILTER (WHERE i ^ 2 >= 5 AND w < 1000) < 1e-11 AS one_shift,
	count(*) FILTER (WHERE w = 1000) > 19 AS cut
FROM (SELECT i, trim_weights(i ^ 2, 5, 1000, true) OVER () AS w FROM generate_series(1, 50) AS i) AS trimmed;
RESET statement_timeout;

SELECT count(DISTINCT bits) = 1 AS same_bits
FROM (
	SELECT seed, md5(string_agg(float8send(w)::text, '' ORDER BY respondent)) AS bits
	FROM (
		SELECT seed, respondent, trim_weights(weight, 60, 120, true) OVER (PARTITION BY seed) AS w
		FROM (
			SELECT seed, r.*
			FROM survey_respondent AS r, generate_series(1, 5) AS seed
			ORDER BY seed, md5(respondent::text || seed)
		) AS shuffled
	) AS permuted
	GROUP BY seed
) AS runs;

SELECT trim_weights(1, 2, 2) OVER ();
SELECT trim_weights(1, 2, 3) OVER ();
SELECT trim_weights('Infinity', 2, 3) OVER ();
SELECT trim_weights(1, 2, 3, NULL) OVER ();
SELECT trim_weights(w, w - 1) OVER () FROM (VALUES (1), (2)) AS v(w);
SET statement_timeout = '10min';
SELECT trim_weights(w, upper => 2, strict => true) OVER () FROM (VALUES (1), (2), (6)) AS v(w);
SELECT trim_weights(w, lower => 4, strict => true) OVER () FROM (VALUES (1), (4), (6)) AS v(w);
