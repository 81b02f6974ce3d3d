-- decompose(): the leaves add up to the index, whatever is missing or rounded.
CREATE SCHEMA test_decompose;
SET search_path = test_decompose, parindex;

-- By hand: 0.6 * (50/60 a + 10/60 b) + 0.4 * (10/40 c + 30/40 d).
CREATE TABLE small AS
SELECT
	'PAR { D1: 60 { a: 50, b: 10 }, D2: 40 { c: 10, d: 30 } }'::framework AS framework,
	score_matrix_agg(unit, code, value, NULL, NULL, status) AS matrix
FROM (VALUES
	('full', 'a', 80, NULL), ('full', 'b', 60, NULL), ('full', 'c', 50, NULL), ('full', 'd', 70, NULL),
	('gap', 'a', 100, NULL), ('gap', 'b', 0, NULL), ('gap', 'c', 100, NULL), ('gap', 'd', NULL, NULL),
	('none', 'a', NULL, NULL)
) AS cell(unit, code, value, status);

SELECT unit, code, score, round(effective_weight::numeric, 6) AS effective_weight,
	round(contribution::numeric, 6) AS contribution, round(mean_contribution::numeric, 6) AS mean_contribution,
	round(gain::numeric, 6) AS gain, period
FROM small, decompose(matrix, framework);

-- Where a missing child counts as zero, it keeps its weight.
SELECT unit, code, score, effective_weight, contribution
FROM small, decompose(matrix, with_missing(framework, 'zero'))
WHERE unit = 'gap';

-- So does an inner one that has too few scores: what is below it brings nothing.
SELECT code, score, effective_weight, contribution
FROM small, decompose(matrix, 'PAR [missing zero] { D1: 60 { a: 50, b: 10 }, D2: 40 [min_share 0.6] { c: 10, d: 30 } }')
WHERE unit = 'gap';

-- Not applicable leaves every ancestor; sums; floors under leaves; rounding.
CREATE TABLE shape AS
SELECT * FROM (VALUES
	('excuse', 'I [missing excuse] { A: 0.3 [missing excuse] { a: 1, b: 2.7, c: 0.1 }, B: 0.7 { d, e, f }, g: 0.21 }'::framework),
	('zero', 'I [missing zero] { A: 0.3 [missing zero] { a: 1, b: 2.7, c: 0.1 }, B: 0.7 { d, e, f }, g: 0.21 }'),
	('propagate', 'I { A: 0.3 [missing propagate] { a: 1, b: 2.7, c: 0.1 }, B: 0.7 { d, e, f }, g: 0.21 }'),
	('sum', 'I [method sum] { A: 0.3 { a: 1, b: 2.7, c: 0.1 }, B: 0.7 [method sum] { d, e, f }, g: 0.21 }'),
	('floor', 'I { A: 0.3 [floor 20] { a: 1, b: 2.7, c: 0.1 }, B: 0.7 { d, e, f }, g: 0.21 }'),
	('round', 'I [round 2] { A: 0.3 [round 1] { a: 1, b: 2.7, c: 0.1 }, B: 0.7 { d, e, f }, g: 0.21 [round 0] }'),
	('flat', 'I { a, b, c, d, e, f, g }')
) AS shape(name, framework);

CREATE TABLE field AS
SELECT score_matrix_agg('u' || u, code, value, NULL, 2020 + u % 3, status) AS matrix
FROM (
	SELECT u, code,
		CASE WHEN hash % 11 > 1 THEN 100 * abs(sin(u * 12.9898 + ascii(code) * 78.233)) END AS value,
		CASE WHEN hash % 11 = 0 THEN 'not_applicable' END AS status
	FROM generate_series(1, 500) AS u, unnest(ARRAY['a', 'b', 'c', 'd', 'e', 'f', 'g']) AS code,
		abs(hashtext(u || code)) AS hash
) AS cell;

CREATE TABLE decomposed AS
SELECT name, part.* FROM field, shape, decompose(matrix, framework) AS part;

SELECT name, count(*) AS units, count(index.score) AS scored,
	count(*) FILTER (WHERE index.score IS DISTINCT FROM part.sum) AS differences,
	max(abs(index.score - index.mean - part.gain)) < 1e-12 AS gains_add_up,
	count(*) FILTER (WHERE part.missing_adds > 0) AS missing_adds
FROM (
	SELECT name, scores.unit, scores.period, scores.score,
		avg(scores.score) OVER (PARTITION BY name, scores.period) AS mean
	FROM field, shape, index_scores(matrix, framework) AS scores
	WHERE depth = 0
) AS index
JOIN (
	SELECT name, unit, period, weighted_sum(contribution, 1) AS sum, weighted_sum(gain, 1) AS gain,
		count(*) FILTER (WHERE score IS NULL AND contribution <> 0) AS missing_adds
	FROM decomposed
	GROUP BY name, unit, period
) AS part USING (name, unit, period)
GROUP BY name
ORDER BY name;

-- Without rounding, contributions are weight times score but for the last digits.
SELECT name,
	max(abs(contribution - effective_weight * CASE name WHEN 'floor' THEN
		CASE WHEN code < 'd' THEN greatest(score, 20) ELSE score END ELSE score END)) < 1e-13 AS products,
	bool_or(contribution <> effective_weight * score) AS settled
FROM decomposed
WHERE name <> 'round'
GROUP BY name
ORDER BY name;

-- Scores of both signs: where they cancel to finer digits than any contribution
-- has, the sum is off by half the last digit of the smallest at most.
CREATE TABLE standardised AS
SELECT 'I { A { c1, c2: 2 }, B { c3, c4: 0.3, c5 }, c6 }'::framework AS framework,
	score_matrix_agg('u' || u, 'c' || c, 3 * cos(u * 1.7 + c * 2.3)) AS matrix
FROM generate_series(1, 300) AS u, generate_series(1, 6) AS c;

SELECT count(*) AS units, count(*) FILTER (WHERE sum = score) > 280 AS most_are_exact,
	bool_and(abs(sum - score) <= 2.0 ^ -53 * smallest) AS others_all_but,
	bool_and(sum = score OR smallest > abs(score)) AS where_they_cancel
FROM (
	SELECT unit, weighted_sum(contribution, 1) AS sum, min(abs(contribution)) AS smallest
	FROM standardised, decompose(matrix, framework)
	GROUP BY unit
) AS part
JOIN (
	SELECT unit, score FROM standardised, index_scores(matrix, framework) WHERE depth = 0
) AS index USING (unit);

-- The order of rows and siblings changes no bit.
SELECT setseed(0.7) IS NOT NULL AS seeded;
SELECT count(*) AS cells,
	bool_and(float8send(a.contribution) = float8send(b.contribution)
		AND float8send(a.mean_contribution) = float8send(b.mean_contribution)) AS same_bits
FROM field
CROSS JOIN LATERAL (
	SELECT score_matrix_agg(unit, code, value, NULL, period, status ORDER BY random()) AS matrix
	FROM matrix_cells(field.matrix)
) AS shuffled
CROSS JOIN LATERAL decompose(field.matrix, 'I { A: 3 { a, b: 2 }, B: 2 { c, d, e: 0.3 }, f, g: 7 }') AS a
JOIN LATERAL decompose(shuffled.matrix, 'I { g: 7, f, B: 2 { e: 0.3, d, c }, A: 3 { b: 2, a } }') AS b
	ON (b.unit, b.period, b.code) = (a.unit, a.period, a.code)
WHERE a.contribution IS NOT NULL;

-- What is no sum over its criteria.
SELECT count(*) FROM small, decompose(matrix, with_method(framework, 'geometric', ARRAY['D2']));
SELECT count(*) FROM small, decompose(matrix, 'PAR { D1 [rescale zscore] { a, b }, D2 { c, d } }');
SELECT count(*) FROM small, decompose(matrix, 'PAR [floor 1] { D1 { a, b }, D2 { c, d } }');
SELECT count(*) FROM small, decompose(matrix, 'PAR { a, b }');
