-- A sample of 20,000 with 80 replicate weights.
\set ON_ERROR_STOP on

SELECT setseed(0.5) \g /dev/null

CREATE UNLOGGED TABLE bench.replicated AS
SELECT respondent, y, weight,
	parindex.svy_replicate_weights(weight, respondent % 40, respondent % 80, 'JKn') OVER () AS replicate
FROM (SELECT i AS respondent, 1 + 3 * random() AS weight, 100 * random() AS y FROM generate_series(1, 20000) AS i) AS r;
