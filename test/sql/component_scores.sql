-- component_scores(): against power iteration and standardised values computed
-- elsewhere, and what its sign, mean and deviation are.
CREATE SCHEMA test_component_scores;
SET search_path = test_component_scores, parindex;

-- Two criteria that go against each other: (z_bad - z_good) / sqrt(2), mean 1000, sd 100.
CREATE TABLE two AS
SELECT score_matrix_agg(u, c, v) AS m FROM (VALUES
	('1', 'bad', 9::float8), ('2', 'bad', 7), ('3', 'bad', 4), ('4', 'bad', 1),
	('1', 'good', 1.5), ('2', 'good', 2.9), ('3', 'good', 6.2), ('4', 'good', 9)) AS t (u, c, v);
SELECT unit, period, round(score::numeric, 9) AS score, score_expected
FROM two, component_scores(m, 1, 1000, 100)
JOIN (VALUES ('1', 1104.082900459), ('2', 1054.70897149), ('3', 962.83112272), ('4', 878.377005331)) AS e (unit, score_expected) USING (unit);
-- Turned, so that it rises with what is good.
SELECT unit, round(score::numeric, 9) AS score FROM two, component_scores(m, 1, 1000, 100, positive => 'good');
SELECT bool_and(a.score + b.score = 0) AS turned
FROM two, component_scores(m) AS a JOIN LATERAL component_scores(m, positive => 'good') AS b USING (unit);

-- Three criteria of twelve units, mean 100, sd 20.
CREATE TABLE twelve AS
SELECT score_matrix_agg('u' || u, c, v) AS m FROM (
	SELECT ordinality AS u, row FROM unnest(ARRAY[
		'78.9,62.7,6.0', '65.5,36.1,6.1', '29.4,15.2,18.0', '23.5,30.7,5.8', '56.5,59.8,6.2', '80.0,60.0,18.0',
		'59.6,30.8,5.7', '25.2,15.1,6.3', '27.1,35.9,18.0', '62.6,62.6,5.6', '79.6,56.3,6.4', '53.2,26.0,18.0']) WITH ORDINALITY AS r (row)
) AS r, LATERAL (SELECT 'c' || i AS c, x::float8 AS v FROM unnest(string_to_array(row, ',')) WITH ORDINALITY AS v (x, i)) AS v;
SELECT count(*), max(abs(score - expected)) < 1e-8 AS same
FROM twelve, component_scores(m, 1, 100, 20)
JOIN (SELECT 'u' || ordinality AS unit, expected FROM unnest(ARRAY[
	126.087894263, 106.052671944, 69.006329536, 85.175827134, 114.632897245, 114.797644673,
	101.017387262, 77.203421724, 78.994429346, 119.289344531, 122.650438851, 85.091713493]) WITH ORDINALITY AS e (expected)) AS e USING (unit);

-- Of every component the mean and deviation asked for, and no correlation with the others.
SELECT component, abs(avg(score) - 5) < 1e-12 AS mean, abs(stddev_samp(score) - 2) < 1e-12 AS sd
FROM twelve, generate_series(1, 3) AS component, component_scores(m, component, 5, 2)
GROUP BY component ORDER BY component;
SELECT max(abs(corr)) < 1e-12 AS uncorrelated FROM (
	SELECT corr(a.score, b.score) AS corr
	FROM twelve, generate_series(1, 3) AS i, generate_series(1, 3) AS k,
		component_scores(m, i) AS a JOIN LATERAL component_scores(m, k) AS b USING (unit)
	WHERE i < k GROUP BY i, k) AS pair;

-- Covariances: coefficient * (value - mean), unscaled values.
SELECT max(abs(score - (raw - mean) / sd)) < 1e-12 AS same
FROM (SELECT unit, raw, avg(raw) OVER () AS mean, stddev_samp(raw) OVER () AS sd
	FROM (SELECT unit, sum(coefficient * value) AS raw
		FROM twelve CROSS JOIN matrix_cells(m) AS cell JOIN LATERAL pca(m, 'covariance') AS p USING (code)
		WHERE component = 1 GROUP BY unit) AS x) AS x
JOIN (SELECT scores.* FROM twelve, component_scores(m, method => 'covariance') AS scores) AS ours USING (unit);

-- Missing values as in pca(); periods together; a criterion that does not vary; nothing that varies.
SELECT * FROM component_scores(E'v1 rows=5 columns=3\nunit,a,b,c\np,1,2,7\nq,2,4,7\nr,3,6,7\ns,4,,7\nt,,1,7', 1, 10, 2);
SELECT * FROM component_scores((SELECT score_matrix_agg(u, c, v, NULL, p) FROM (VALUES
	('x', 'a', 1::float8, 1), ('x', 'b', 1, 1), ('x', 'a', 3, 2), ('x', 'b', 3, 2)) AS t (u, c, v, p)));
SELECT * FROM component_scores(E'v1 rows=2 columns=2\nunit,a,b\np,1,2\nq,1,2');
SELECT count(*) FROM component_scores(E'v1 rows=0 columns=2\nunit,a,b');
SELECT count(*) FROM component_scores(NULL);
-- A second component of two columns in step has no variance.
SELECT * FROM component_scores(E'v1 rows=3 columns=2\nunit,a,b\np,1,2\nq,2,4\nr,3,6', 2);

-- What units are called, hence their order, does not change a bit.
SELECT bool_and(float8send(a.score) = float8send(b.score)) AS same_bits
FROM twelve CROSS JOIN component_scores(m, 1, 100, 20) AS a
CROSS JOIN (SELECT score_matrix_agg(md5(unit), code, value) AS n FROM twelve, matrix_cells(m) AS cell) AS other
JOIN LATERAL component_scores(n, 1, 100, 20) AS b ON b.unit = md5(a.unit);

SELECT component_scores(m, 4) FROM twelve;
SELECT component_scores(m, 0) FROM twelve;
SELECT component_scores(m, 1, 0, 0) FROM twelve;
SELECT component_scores(m, 1, 'NaN', 1) FROM twelve;
SELECT component_scores(m, 1, NULL) FROM twelve;
SELECT component_scores(m, method => 'robust') FROM twelve;
SELECT component_scores(m, positive => 'c4') FROM twelve;
SELECT component_scores(E'v1 rows=3 columns=3\nunit,a,b,c\np,1,2,7\nq,2,4,7\nr,3,5,7', positive => 'c');
