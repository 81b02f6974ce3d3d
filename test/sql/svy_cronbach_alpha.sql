-- svy_cronbach_alpha(): against R's survey package, by hand, in parallel.
CREATE SCHEMA test_svy_cronbach_alpha;
SET search_path = test_svy_cronbach_alpha, parindex;
\getenv abs_srcdir PG_ABS_SRCDIR
\set load :abs_srcdir '/data/survey/load.sql'
\set ECHO none
\i :load
\set ECHO all

SELECT abs(alpha / value - 1) < 1e-8 AS as_in_r
FROM survey_answer, (SELECT svy_cronbach_alpha(ARRAY[q1, q2], weight) AS alpha FROM survey_respondent) AS ours
WHERE "case" = 'cronbach alpha q1 q2 (weighted)';

-- From weighted variances; three items, of which some are missing.
SELECT abs(alpha - 1.5 * (1 - (q1 + q2 + q3) / total)) < 1e-12 AS as_defined, left_out > 0 AS some_missing
FROM (
	SELECT svy_cronbach_alpha(ARRAY[q1, q2, q3], weight) AS alpha,
		count(*) FILTER (WHERE q1 + q2 + q3 IS NULL) AS left_out
	FROM survey_respondent
) AS ours, (
	SELECT sum(w * q1 * q1) / sum(w) - (sum(w * q1) / sum(w)) ^ 2 AS q1,
		sum(w * q2 * q2) / sum(w) - (sum(w * q2) / sum(w)) ^ 2 AS q2,
		sum(w * q3 * q3) / sum(w) - (sum(w * q3) / sum(w)) ^ 2 AS q3,
		sum(w * (q1 + q2 + q3) ^ 2) / sum(w) - (sum(w * (q1 + q2 + q3)) / sum(w)) ^ 2 AS total
	FROM (
		SELECT weight::numeric AS w, q1::numeric, q2::numeric, q3::numeric
		FROM survey_respondent
		WHERE q1 + q2 + q3 IS NOT NULL
	) AS complete
) AS variance;

-- The same bits from parallel workers and in any order.
CREATE TABLE many AS
SELECT weight, ARRAY[q1 + 0.1 * i, q2, q3 / 3] AS items, md5(respondent::text || i) AS shuffle
FROM survey_respondent, generate_series(1, 40) AS i;
SELECT svy_cronbach_alpha(items, weight) AS serial FROM many \gset
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
EXPLAIN (COSTS OFF) SELECT svy_cronbach_alpha(items, weight) FROM many;
SELECT svy_cronbach_alpha(items, weight) = :'serial'::float8 AS same_bits FROM many;
RESET ALL;
SET search_path = test_svy_cronbach_alpha, parindex;
SELECT svy_cronbach_alpha(items, weight ORDER BY shuffle) = :'serial'::float8 AS same_bits FROM many;

-- Identical items; one item; nobody complete; no weight; constant sum; NaN.
SELECT name, svy_cronbach_alpha(items, weight)
FROM (VALUES
	(1, 'identical', '{1,1}'::float8[], 1), (1, 'identical', '{2,2}', 3), (1, 'identical', NULL, NULL),
	(2, 'one item', '{1}', 1), (2, 'one item', '{2}', 1),
	(3, 'nobody complete', '{1,NULL}', NULL),
	(4, 'no weight', '{1,2}', 0), (4, 'no weight', '{3,2}', 0),
	(5, 'constant sum', '{1,2}', 1), (5, 'constant sum', '{2,1}', 1),
	(6, 'not finite', '{1,2}', 1), (6, 'not finite', '{NaN,1}', 1),
	(7, 'infinite', '{1,2}', 1), (7, 'infinite', '{Infinity,1}', 1)
) AS example(place, name, items, weight)
GROUP BY place, name
ORDER BY place;

SELECT svy_cronbach_alpha('{1,2}', -1);
SELECT svy_cronbach_alpha('{1,2}', NULL);
SELECT svy_cronbach_alpha('{}', 1);
SELECT svy_cronbach_alpha(items, 1) FROM (VALUES ('{1,2}'::float8[]), ('{1,2,3}')) AS v(items);
SELECT svy_cronbach_alpha('{1.7e308,1.7e308}', 1);
