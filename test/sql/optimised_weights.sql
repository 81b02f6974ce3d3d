-- optimised_weights(): the correlations that they were made for, computed anew
-- by core's corr() from scores under these weights, and the equations that
-- weights of complete scores solve.
CREATE SCHEMA test_optimised_weights;
SET search_path = test_optimised_weights, parindex;
SET extra_float_digits = -3;
\getenv abs_srcdir PG_ABS_SRCDIR
\set load :abs_srcdir '/data/composite/load.sql'
\set ECHO none
\i :load
\set ECHO all

-- 24 leaves in six domains, with and without missing values.
CREATE TEMP TABLE input AS
SELECT
	(SELECT score_matrix_agg(key, field, value::float8)
	FROM composite_answer WHERE file = 'normalised_1_100') AS complete,
	(SELECT score_matrix_agg(key, field, value::float8)
	FROM composite_answer
	WHERE file = 'aggregate_missing_renormalise' AND field IN (SELECT code FROM composite_cell)) AS gaps,
	(SELECT framework_agg(code, CASE WHEN parent ~ 'S' THEN 'IDX' ELSE parent END, weight, direction)
	FROM composite_framework WHERE code !~ 'S') AS framework;

CREATE TEMP TABLE task AS
SELECT task.*
FROM input, LATERAL (VALUES
	('domains', complete, framework, NULL, NULL::text[], NULL::float8[]),
	('targets', complete, framework, NULL, '{D6,D5,D4,D3,D2,D1}', '{3,2,2,2,2,2}'),
	('gaps', gaps, framework, 'IDX', NULL, NULL),
	('zeros', gaps, with_missing(framework, 'zero'), NULL, NULL, NULL),
	('geometric', complete, with_method(framework, 'geometric'), NULL, NULL, NULL),
	('leaves', gaps, framework, 'D2', NULL, NULL)
) AS task(name, matrix, framework, node, codes, targets);

CREATE TEMP TABLE ours AS
SELECT name, weights.* FROM task, optimised_weights(matrix, framework, node, codes, targets) AS weights;

-- Scores under equal and under these weights, and correlations of them.
CREATE TEMP TABLE corr_of AS
WITH weighted AS (
	SELECT name, matrix, coalesce(node, 'IDX') AS of_node, with_weights(framework, codes, equal) AS equal,
		with_weights(framework, codes, weights) AS optimised
	FROM (SELECT name, array_agg(code) AS codes, array_agg(weight) AS weights, array_agg(1.0::float8) AS equal
		FROM ours GROUP BY name) AS weights
	JOIN (SELECT name, matrix, framework, node FROM task) AS task USING (name)
)
SELECT name, weights, ours.code, ours.target, ours.correlation AS said, corr(part.score, node.score)
FROM weighted CROSS JOIN LATERAL (VALUES ('equal', equal), ('optimised', optimised)) AS w(weights, framework)
CROSS JOIN LATERAL index_scores(matrix, w.framework) AS node
JOIN LATERAL index_scores(matrix, w.framework) AS part ON part.unit = node.unit
JOIN ours USING (name)
WHERE node.code = of_node AND part.code = ours.code
GROUP BY name, weights, ours.code, ours.target, ours.correlation;

SELECT name, count(DISTINCT code) AS parts,
	round((max(corr) FILTER (WHERE weights = 'equal') - min(corr) FILTER (WHERE weights = 'equal'))::numeric, 3) AS apart_with_equal,
	max(corr) FILTER (WHERE weights = 'optimised') - min(corr) FILTER (WHERE weights = 'optimised') < 1e-9 AS together,
	bool_and(abs(corr - said) < 1e-12) FILTER (WHERE weights = 'optimised') AS as_said
FROM corr_of GROUP BY name ORDER BY name;

SELECT name, max(abs(corr ^ 2 / sum - target)) < 1e-9 AS influences_are_targets
FROM (SELECT *, sum(corr ^ 2) OVER (PARTITION BY name) FROM corr_of WHERE weights = 'optimised') AS share
GROUP BY name ORDER BY name;

SELECT name, bool_and(attained) AS attained, max(residual) < 1e-12 AS exact, abs(sum(weight) - 1) < 1e-15 AS sum_is_1,
	min(weight) > 0.001 AS positive, abs(sum(target) - 1) < 1e-15 AS shares
FROM ours GROUP BY name ORDER BY name;

-- Of complete scores and arithmetic means, the covariance of a part with the
-- index is sum(w cov(part, other)): over the part's standard deviation it must
-- go as the root of the target.
WITH score AS (
	SELECT unit, code, score FROM input, index_scores(complete, framework) WHERE depth = 1
), covariance AS (
	SELECT a.code, b.code AS other, covar_pop(a.score, b.score) AS c
	FROM score AS a JOIN score AS b USING (unit) GROUP BY a.code, b.code
), side AS (
	SELECT name, covariance.code, sum(other.weight * c) / sqrt(sum(c) FILTER (WHERE other = covariance.code)) / sqrt(ours.target) AS side
	FROM covariance
	JOIN ours USING (code)
	JOIN ours AS other USING (name)
	WHERE other.code = covariance.other AND name IN ('domains', 'targets')
	GROUP BY name, covariance.code, ours.target
)
SELECT name, max(side) / min(side) - 1 < 1e-12 AS solved FROM side GROUP BY name ORDER BY name;

-- Neither the order of units nor the weights that were there change a bit.
WITH other AS (
	SELECT name, score_matrix_agg(md5(unit), code, value, NULL::text, NULL::int, status) AS matrix
	FROM task, matrix_cells(matrix) GROUP BY name
), theirs AS (
	SELECT name, weights.*
	FROM other JOIN (SELECT name, framework, node, codes, targets FROM task) AS task USING (name),
		optimised_weights(matrix, with_weights(framework, '{D1,D2}', '{7,0}'), node, codes, targets) AS weights
)
SELECT count(*), bool_and(float8send(ours.weight) = float8send(theirs.weight)
	AND float8send(ours.correlation) = float8send(theirs.correlation)) AS same_bits
FROM ours JOIN theirs USING (name, code);

-- Two parts: as their standard deviations, 1 and 3 here, whatever their correlation.
SELECT code, round(weight::numeric, 12) AS weight, influence, attained
FROM optimised_weights(E'v1 rows=4 columns=2\nunit,a,b\np,1,3\nq,2,12\nr,3,6\ns,4,9', 'I { a, b }');
SELECT code, weight, target, influence, correlation, attained
FROM optimised_weights(E'v1 rows=3 columns=1\nunit,a\np,1\nq,2\nr,4', 'I { a }');

-- Where the first part is to matter least and goes with all others, even next
-- to no weight is too much: nearer than equal weights is the best there is.
CREATE TEMP TABLE bound AS
SELECT score_matrix_agg('u' || u, code, value) AS m
FROM generate_series(1, 40) AS u, LATERAL (VALUES
	('a', sin(u) + cos(3 * u)), ('b', sin(u) + 0.1 * sin(7 * u)), ('c', cos(3 * u) + 0.1 * sin(5 * u))) AS cell(code, value);
SELECT code, round(weight::numeric, 6) AS weight, round(influence::numeric, 3) AS influence, attained,
	residual = max(abs(influence - target)) OVER () AS residual
FROM bound, optimised_weights(m, 'I { a, b, c }', NULL, '{a,b,c}', '{1,5,5}');
-- No weights of a grid of twentieths come nearer.
WITH cell AS (
	SELECT unit, sum(value) FILTER (WHERE code = 'a') AS a, sum(value) FILTER (WHERE code = 'b') AS b, sum(value) FILTER (WHERE code = 'c') AS c
	FROM bound, matrix_cells(m) GROUP BY unit
), trial AS (
	SELECT corr(a, i) AS ra, corr(b, i) AS rb, corr(c, i) AS rc
	FROM generate_series(0, 20) AS x, generate_series(0, 20) AS y, cell, LATERAL (VALUES (x * a + y * b + (20 - x - y) * c)) AS index(i)
	WHERE x + y <= 20
	GROUP BY x, y
), ours AS (
	SELECT sum((sqrt(influence) - sqrt(target)) ^ 2) AS cost
	FROM bound, optimised_weights(m, 'I { a, b, c }', NULL, '{a,b,c}', '{1,5,5}')
)
SELECT count(*) AS trials, min((ra / s - sqrt(1 / 11.0)) ^ 2 + (rb / s - sqrt(5 / 11.0)) ^ 2 + (rc / s - sqrt(5 / 11.0)) ^ 2) > min(cost) - 1e-12 AS none_nearer
FROM trial, ours, LATERAL (VALUES (sqrt(ra * ra + rb * rb + rc * rc))) AS length(s);

-- Errors, and nothing for nothing.
CREATE TEMP TABLE small AS
SELECT E'v1 rows=4 columns=3\nunit,a,b,c\np,1,3,5\nq,2,12,5\nr,3,6,5\ns,4,9,5'::score_matrix AS m;
SELECT optimised_weights(m, 'I { a, b, c }') FROM small;
SELECT optimised_weights(m, 'I { a, b }') FROM small;
SELECT optimised_weights(m, 'I { a, b, c }', 'a') FROM small;
SELECT optimised_weights(m, 'I { a, b, c }', 'x') FROM small;
SELECT optimised_weights(m, 'I [method max] { a, b, c }') FROM small;
SELECT optimised_weights(m, 'I { J { a, b }, c }', 'J', '{a,b}', '{1,2,3}') FROM small;
SELECT optimised_weights(m, 'I { J { a, b }, c }', 'J', '{a,c}', '{1,2}') FROM small;
SELECT optimised_weights(m, 'I { J { a, b }, c }', 'J', '{a,a}', '{1,2}') FROM small;
SELECT optimised_weights(m, 'I { J { a, b }, c }', 'J', '{a}', '{1}') FROM small;
SELECT optimised_weights(m, 'I { J { a, b }, c }', 'J', '{a,b}', '{1,0}') FROM small;
SELECT optimised_weights(m, 'I { J { a, b }, c }', 'J', '{a,b}', '{1,NULL}') FROM small;
SELECT optimised_weights(m, 'I { J { a, b }, c }', 'J', '{a,b}') FROM small;
SELECT optimised_weights(E'v1 rows=3 columns=2\nunit,a,b\np,1,3\nq,2,2\nr,3,1', 'I { a, b }');
SELECT count(*) FROM small, optimised_weights(NULL, 'I { a, b, c }');
SELECT count(*) FROM small, optimised_weights(m, NULL);
