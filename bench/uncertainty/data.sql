-- Estimates with errors, as a survey of each unit gives them: some units close to each
-- other, errors up to nine times as large as others.
\set ON_ERROR_STOP on

SELECT setseed(0.5) \g /dev/null

CREATE TABLE bench.estimate_5000 AS
SELECT format('U%s', 10000 + u) AS unit, 50 + 15 * (random() + random() + random() - 1.5) AS estimate, 0.2 + 1.6 * random() AS se
FROM generate_series(1, 5000) AS u;
CREATE TABLE bench.estimate_100 AS SELECT * FROM bench.estimate_5000 ORDER BY unit LIMIT 100;

-- The same with a covariance: an error that all share, and 0.3 between neighbours.
CREATE TABLE bench.correlated_100 AS
SELECT array_agg(unit ORDER BY i) AS units, array_agg(estimate ORDER BY i) AS estimates,
	(SELECT array_agg(line ORDER BY i)
	 FROM (SELECT a.i, array_agg(0.1 + CASE abs(a.i - b.i) WHEN 0 THEN 1 WHEN 1 THEN 0.3 ELSE 0 END * a.se * b.se ORDER BY b.i) AS line
		FROM (SELECT row_number() OVER (ORDER BY unit) AS i, se FROM bench.estimate_100) AS a,
			(SELECT row_number() OVER (ORDER BY unit) AS i, se FROM bench.estimate_100) AS b
		GROUP BY a.i) AS lines) AS covariance
FROM (SELECT row_number() OVER (ORDER BY unit) AS i, unit, estimate FROM bench.estimate_100) AS e;

VACUUM (ANALYZE, FREEZE);
