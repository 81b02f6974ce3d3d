-- AHP weights: against Saaty's example, the definition of an eigenvector in plain
-- SQL, consistent judgements, and the same bits in whatever order criteria stand.
CREATE SCHEMA test_ahp_weights;
SET search_path = test_ahp_weights, parindex;

CREATE TEMP TABLE example (name text, a float8[]);

-- Saaty, How to make a decision: the Analytic Hierarchy Process, European Journal
-- of Operational Research 48 (1990), buying a house. Published: weights .173 .054
-- .188 .018 .031 .036 .167 .333, lambda 9.669, C.I. .238, C.R. .169.
INSERT INTO example VALUES ('house', ARRAY[
	[1,     5,     3,     7, 6,     6,     1/3.0, 1/4.0],
	[1/5.0, 1,     1/3.0, 5, 3,     3,     1/5.0, 1/7.0],
	[1/3.0, 3,     1,     6, 3,     4,     6,     1/5.0],
	[1/7.0, 1/5.0, 1/6.0, 1, 1/3.0, 1/4.0, 1/7.0, 1/8.0],
	[1/6.0, 1/3.0, 1/3.0, 3, 1,     1/2.0, 1/5.0, 1/6.0],
	[1/6.0, 1/3.0, 1/4.0, 4, 2,     1,     1/5.0, 1/6.0],
	[3,     5,     1/6.0, 7, 5,     5,     1,     1/2.0],
	[4,     7,     5,     8, 6,     6,     2,     1]]::float8[]);
SELECT place, round(weight::numeric, 3) AS weight, round(lambda_max::numeric, 3) AS lambda_max,
	round(consistency_index::numeric, 3) AS consistency_index, round(consistency_ratio::numeric, 3) AS consistency_ratio
FROM example, ahp_weights(a);

-- Judgements of all sizes: consistent ones of weights k * k, and any at all.
INSERT INTO example
SELECT 'consistent', array_agg(line ORDER BY i) FROM (
	SELECT i, array_agg((i * i)::float8 / (j * j) ORDER BY j) AS line
	FROM generate_series(1, 6) AS i, generate_series(1, 6) AS j GROUP BY i) AS lines;
INSERT INTO example
SELECT 'any of ' || n, array_agg(line ORDER BY i) FROM (
	SELECT n, i, array_agg(CASE WHEN i = j THEN 1 WHEN i < j THEN judgement ELSE 1 / judgement END ORDER BY j) AS line
	FROM generate_series(1, 15) AS n, generate_series(1, n) AS i, generate_series(1, n) AS j,
	LATERAL (SELECT (1 + (7 * least(i, j) * n + 11 * greatest(i, j)) % 17) / 9.0::float8 AS judgement) AS choice
	GROUP BY n, i) AS lines
GROUP BY n;

-- What an eigenvector is: A w = lambda w, all of it positive, summing to 1. A
-- positive matrix has one such vector only.
WITH weighted AS (
	SELECT name, cardinality(a[1:1]) AS n, a, place, weight, lambda_max, consistency_index, consistency_ratio
	FROM example, ahp_weights(a)
), product AS (
	SELECT x.name, x.n, x.place, x.weight, x.lambda_max, x.consistency_index, x.consistency_ratio,
		sum(x.a[x.place][y.place] * y.weight) AS aw
	FROM weighted AS x JOIN weighted AS y USING (name)
	GROUP BY x.name, x.n, x.place, x.weight, x.lambda_max, x.consistency_index, x.consistency_ratio
)
SELECT count(*) AS weights, count(DISTINCT name) AS matrices,
	max(abs(aw / (lambda_max * weight) - 1)) < 1e-14 AS is_eigenvector,
	bool_and(weight > 0) AS positive,
	max(abs(consistency_index * (n - 1) - (lambda_max - n))) < 1e-14 AS consistency_index,
	(SELECT max(abs(total - 1)) < 1e-15 FROM (SELECT sum(weight) AS total FROM weighted GROUP BY name) AS totals) AS sum_is_1
FROM product;

-- Geometric means of rows, and lambda as the mean of (A w) / w.
WITH weighted AS (
	SELECT name, a, place, weight, lambda_max FROM example, ahp_weights(a, 'geometric')
), mean AS (
	SELECT name, place, exp(avg(ln(x))) AS mean
	FROM weighted, unnest(a[place:place]) AS x GROUP BY name, place
), product AS (
	SELECT x.name, x.place, x.lambda_max, sum(x.a[x.place][y.place] * y.weight) / x.weight AS ratio
	FROM weighted AS x JOIN weighted AS y USING (name) GROUP BY x.name, x.place, x.lambda_max, x.weight
)
SELECT
	(SELECT max(abs(weight / share - 1)) < 1e-14 FROM weighted
		JOIN (SELECT name, place, mean / sum(mean) OVER (PARTITION BY name) AS share FROM mean) AS share USING (name, place)) AS weight,
	(SELECT max(abs(lambda_max / ratio - 1)) < 1e-14 FROM (
		SELECT name, lambda_max, avg(ratio) AS ratio FROM product GROUP BY name, lambda_max) AS ratios) AS lambda_max;

-- Consistent judgements: both methods give k * k / 91, and nothing contradicts.
SELECT method, bool_and(abs(weight - place * place / 91.0) < 1e-15) AS weights,
	bool_and(abs(lambda_max - 6) < 1e-14) AS lambda_max, bool_and(consistency_ratio < 1e-14) AS consistent
FROM example, unnest(ARRAY['eigenvector', 'geometric']) AS method, ahp_weights(a, method)
WHERE name = 'consistent' GROUP BY method ORDER BY method;

-- One and two criteria; reciprocals of three digits.
SELECT * FROM ahp_weights(ARRAY[[1]]);
SELECT place, weight, consistency_ratio FROM ahp_weights('{{1,3},{0.333333333333,1}}') WHERE abs(weight - 0.75) < 1e-12;
SELECT round(weight::numeric, 3) AS weight, round(consistency_ratio::numeric, 3) AS consistency_ratio
FROM ahp_weights('{{1,3,7},{0.333,1,3},{0.143,0.333,1}}');
SELECT count(*) FROM ahp_weights(NULL);

-- Criteria in another order have the same weights, to the bit.
WITH reversed AS (
	SELECT name, array_agg(line ORDER BY i) AS a FROM (
		SELECT name, i, array_agg(a[n + 1 - i][n + 1 - j] ORDER BY j) AS line
		FROM (SELECT name, a, array_length(a, 1) AS n FROM example) AS example,
			generate_series(1, n) AS i, generate_series(1, n) AS j
		GROUP BY name, i) AS lines
	GROUP BY name
)
SELECT method, count(*), bool_and(float8send(ours.weight) = float8send(theirs.weight)
	AND float8send(ours.lambda_max) = float8send(theirs.lambda_max)) AS same_bits
FROM unnest(ARRAY['eigenvector', 'geometric']) AS method, example JOIN reversed USING (name),
	ahp_weights(example.a, method) AS ours,
	ahp_weights(reversed.a, method) AS theirs
WHERE theirs.place = array_length(example.a, 1) + 1 - ours.place
GROUP BY method ORDER BY method;

-- What is refused.
SELECT * FROM ahp_weights('{}');
SELECT * FROM ahp_weights('{1,2}');
SELECT * FROM ahp_weights('{{1,2,3},{0.5,1,4}}');
SELECT * FROM ahp_weights(array_fill(1::float8, ARRAY[16, 16]));
SELECT * FROM ahp_weights('{{1,2},{NULL,1}}');
SELECT * FROM ahp_weights('{{1,-2},{-0.5,1}}');
SELECT * FROM ahp_weights('{{1,Infinity},{0,1}}');
SELECT * FROM ahp_weights('{{1,NaN},{NaN,1}}');
SELECT * FROM ahp_weights('{{2,1},{1,2}}');
SELECT * FROM ahp_weights('{{1,3},{0.33,1}}');
SELECT * FROM ahp_weights('{{1,1},{1,1}}', 'arithmetic');
-- A circle of judgements, each ten million times the next, in which one is off.
SELECT * FROM ahp_weights('{{1,2e7,1e-7},{5e-8,1,1e7},{1e7,1e-7,1}}');
SELECT DISTINCT consistency_ratio > 1e5 AS inconsistent
FROM ahp_weights('{{1,2e7,1e-7},{5e-8,1,1e7},{1e7,1e-7,1}}', 'geometric');
