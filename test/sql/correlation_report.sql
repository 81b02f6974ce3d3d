-- correlation_tests() and correlation_report(): against correlations(), core's
-- corr() of index_scores(), and p-values worked out elsewhere.
CREATE SCHEMA test_correlation_report;
SET search_path = test_correlation_report, parindex;

-- The same correlations; p of nine pairs with r 0.571181557564 is 0.10817305435.
SELECT code_a, code_b, round(correlation::numeric, 12) AS correlation, n, round(p_value::numeric, 10) AS p_value
FROM (SELECT score_matrix_agg('u' || i, c, v) AS m FROM (
	SELECT i, unnest(ARRAY['a', 'b']) AS c, unnest(ARRAY[x, y]) AS v
	FROM unnest('{44.4,45.9,41.9,53.3,44.7,44.1,50.7,45.2,60.1}'::float8[], '{2.6,3.1,2.5,5.0,3.6,4.0,5.2,2.8,3.8}'::float8[]) WITH ORDINALITY AS t (x, y, i)) AS t) AS t,
	correlation_tests(m);

CREATE TABLE field AS
SELECT score_matrix_agg('u' || u, c, v) AS m, 'I {A: 60 {a1: 2, a2: 1, a3: 0}, B: 40 {b1, b2}}'::framework AS fw
FROM (SELECT u, c, CASE c
		WHEN 'a1' THEN 50 + 40 * sin(u * 1.1)
		WHEN 'a2' THEN 50 - 30 * sin(u * 1.1) + 20 * cos(u * 2.7)
		WHEN 'a3' THEN 7
		WHEN 'b1' THEN CASE WHEN u % 8 > 0 THEN 50 + 40 * cos(u * 1.9) END
		ELSE 51 + 39 * cos(u * 1.9) + sin(u * u) END AS v
	FROM generate_series(1, 40) AS u, unnest(ARRAY['a1', 'a2', 'a3', 'b1', 'b2']) AS c) AS cell;

SELECT method, count(*) AS pairs, count(*) FILTER (WHERE (x.correlation, x.n) IS DISTINCT FROM (y.correlation, y.n)) AS differ,
	bool_and((p_value IS NULL) = (x.correlation IS NULL) AND coalesce(p_value BETWEEN 0 AND 1, true)) AS p_in_range
FROM field CROSS JOIN unnest(ARRAY['pearson', 'spearman', 'kendall']) AS method
CROSS JOIN correlations(m, method) AS x JOIN LATERAL correlation_tests(m, method) AS y USING (code_a, code_b)
GROUP BY method ORDER BY method;

-- a3, of weight 0, is not there.
SELECT relation, parent, code_a, code_b, round(correlation::numeric, 4) AS correlation, n, round(p_value::numeric, 4) AS p_value, significant, flag
FROM field, correlation_report(m, fw);
WITH score AS (
	SELECT unit, code, score FROM field, index_scores(m, fw)
), corr AS (
	SELECT a.code AS code_a, b.code AS code_b, corr(a.score, b.score), count(*) FILTER (WHERE a.score IS NOT NULL AND b.score IS NOT NULL)
	FROM score AS a JOIN score AS b USING (unit) GROUP BY a.code, b.code
)
SELECT count(*), max(abs(correlation - corr.corr)) < 1e-12 AS same, bool_and(n = corr.count) AS same_n
FROM field, correlation_report(m, fw) JOIN corr USING (code_a, code_b);
SELECT flag, count(*) FROM field, correlation_report(m, fw, 'kendall', -0.1, 0.1, 0.2, 0.01) GROUP BY flag ORDER BY flag;
SELECT count(*) FROM field, correlation_report(NULL, fw);

SELECT correlation_report(m, fw, 'tau') FROM field;
SELECT correlation_report(m, fw, 'pearson', 0.5, 0.3) FROM field;
SELECT correlation_report(m, fw, level => 1) FROM field;
SELECT correlation_report(m, fw, weak => NULL) FROM field;
SELECT correlation_report(m, 'I {a1, a2}') FROM field;
