-- correlations(): against other software, against core's aggregates and the
-- definitions, and the same bits whatever the order of rows.
CREATE SCHEMA test_correlations;
SET search_path = test_correlations, parindex;
\getenv abs_srcdir PG_ABS_SRCDIR
\set load :abs_srcdir '/data/composite/load.sql'
\set ECHO none
\i :load
\set ECHO all

SELECT count(*), bool_and(abs(correlation - answer.value::float8) < 1e-13 AND n = 60) AS as_coinr
FROM (
	SELECT score_matrix_agg(key, field, value::float8) AS matrix
	FROM composite_answer WHERE file = 'aggregate_a_amean' AND (field = 'IDX' OR field ~ '^D.$')
) AS scores, correlations(matrix)
JOIN composite_line AS line ON file = 'correlation_index_domains'
	AND ARRAY[code_a, code_b] <@ line.field[1:2]
CROSS JOIN LATERAL (SELECT line.field[3] AS value) AS answer;

-- With missing cells: core's corr() of the values, and of mid-ranks within the
-- common rows; Kendall's tau-b by counting pairs. Values are coarse, so they tie.
CREATE TEMP TABLE cell AS
SELECT unit, code, CASE WHEN code LIKE 'D1%' THEN round(value) ELSE value END AS value
FROM composite_cell WHERE code < 'D3';
CREATE TEMP TABLE example AS SELECT score_matrix_agg(unit, code, value) AS matrix FROM cell;

CREATE TEMP TABLE pair AS
SELECT a.code AS code_a, b.code AS code_b, a.unit, a.value AS x, b.value AS y
FROM cell AS a JOIN cell AS b ON a.unit = b.unit AND a.code < b.code
WHERE a.value IS NOT NULL AND b.value IS NOT NULL;

CREATE TEMP TABLE expected AS
WITH ranked AS (
	SELECT *,
		2 * rank() OVER (PARTITION BY code_a, code_b ORDER BY x) + count(*) OVER (PARTITION BY code_a, code_b, x) AS x_rank,
		2 * rank() OVER (PARTITION BY code_a, code_b ORDER BY y) + count(*) OVER (PARTITION BY code_a, code_b, y) AS y_rank
	FROM pair
)
SELECT 'pearson' AS method, code_a, code_b, corr(x, y) AS correlation, count(*) AS n FROM pair GROUP BY code_a, code_b
UNION ALL
SELECT 'spearman', code_a, code_b, corr(x_rank, y_rank), count(*) FROM ranked GROUP BY code_a, code_b
UNION ALL
SELECT 'kendall', code_a, code_b,
	sum(sign(p.x - q.x) * sign(p.y - q.y)) / sqrt(sum(abs(sign(p.x - q.x))) * sum(abs(sign(p.y - q.y)))),
	count(DISTINCT p.unit)
FROM pair AS p JOIN pair AS q USING (code_a, code_b)
GROUP BY code_a, code_b;

SELECT expected.method, count(*) AS pairs, min(expected.n) < 60 AS some_missing,
	count(*) FILTER (WHERE ours.n IS DISTINCT FROM expected.n
		OR NOT coalesce(abs(ours.correlation - expected.correlation) < 1e-12, false)) AS differences
FROM expected
FULL JOIN (
	SELECT method, found.* FROM example, unnest(ARRAY['pearson', 'spearman', 'kendall']) AS method, correlations(matrix, method) AS found
) AS ours USING (method, code_a, code_b)
GROUP BY expected.method ORDER BY expected.method;

-- The order of units changes no bit.
SELECT method, bool_and(float8send(x.correlation) = float8send(y.correlation)) AS same_bits, count(*)
FROM example
CROSS JOIN (SELECT score_matrix_agg(md5(unit), code, value) AS matrix FROM cell) AS renamed
CROSS JOIN unnest(ARRAY['pearson', 'spearman', 'kendall']) AS method
CROSS JOIN LATERAL correlations(example.matrix, method) AS x
JOIN LATERAL correlations(renamed.matrix, method) AS y USING (code_a, code_b)
GROUP BY method ORDER BY method;

-- What is not common must not matter: the outlier of a has no partner in b; a
-- large offset; the ends of range; constant columns; too few rows.
CREATE TEMP TABLE hard AS
SELECT E'v1 rows=5 columns=8\nunit,a,b,far,huge,tiny,equal,one,opposite
p,1,1,1e15,1.7e308,5e-324,3,,4
q,2,2,1000000000000001,0,1e-323,3,,3
r,3,3,1000000000000002,-1.7e308,1.5e-323,3,7,2
s,4,4,1000000000000003,,2e-323,3,,1
t,1e300,,,,,3,,'::score_matrix AS matrix;
SELECT method, code_a, code_b, correlation, n
FROM hard, unnest(ARRAY['pearson', 'spearman', 'kendall']) WITH ORDINALITY AS method(method, number), correlations(matrix, method)
WHERE 'b' IN (code_a, code_b)
ORDER BY number, code_a COLLATE "C", code_b COLLATE "C";
SELECT * FROM correlations(E'v1 rows=0 columns=2\nunit,a,b');
SELECT count(*) FROM hard, correlations(matrix, NULL);
SELECT correlations(matrix, 'Pearson') FROM hard;
