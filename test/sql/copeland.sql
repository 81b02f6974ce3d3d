-- copeland() and dominance(): against other software, and against their
-- definitions written in SQL.
CREATE SCHEMA test_copeland;
SET search_path = test_copeland, parindex;
\getenv abs_srcdir PG_ABS_SRCDIR
\set load :abs_srcdir '/data/composite/load.sql'
\set ECHO none
\i :load
\set ECHO all

CREATE TEMP TABLE domains AS
SELECT score_matrix_agg(key, field, value::float8) AS matrix
FROM composite_answer WHERE file = 'copeland' AND field <> 'copeland';

WITH ours AS (
	SELECT 'framework' AS weights, scores.*
	FROM domains, copeland(matrix, 'IDX { D1: 1, D2: 1.5, D3: 2, D4: 1, D5: 1, D6: 0.5 }'::framework) AS scores
	UNION ALL
	SELECT 'codes', scores.*
	FROM domains, (
		SELECT array_agg(code ORDER BY weight) AS codes, array_agg(weight ORDER BY weight) AS weights
		FROM composite_framework WHERE code ~ '^D.$'
	) AS domain, copeland(matrix, codes, weights) AS scores
)
SELECT weights, count(*), bool_and(score = value::float8) AS as_coinr, bool_and(wins + losses + ties = 19) AS all_compared,
	bool_and(rank = expected_rank) AS as_ranked
FROM ours
JOIN (
	SELECT key AS unit, value, rank() OVER (ORDER BY value::float8 DESC) AS expected_rank
	FROM composite_answer WHERE file = 'copeland' AND field = 'copeland'
) AS answer USING (unit)
GROUP BY weights ORDER BY weights;

-- Missing values, ties and periods, against the definition. In tenths, weights
-- add up as whole numbers do: 1 + 2 = 3, though 0.1 + 0.2 is not 0.3.
CREATE TEMP TABLE weight AS
SELECT * FROM (VALUES ('a', 1), ('b', 2), ('c', 3), ('d', 0), ('e', 3)) AS weight(code, tenths);

CREATE TEMP TABLE field AS
SELECT score_matrix_agg('u' || u, code,
		CASE WHEN abs(hashtext(u || code)) % 3 > 0 THEN round(5 * abs(sin(u * 3.7 + ascii(code)))) END,
		NULL, 2020 + u % 2) AS matrix,
	(SELECT array_agg(code) FROM weight) AS codes,
	(SELECT array_agg(tenths / 10.0::float8) FROM weight) AS weights
FROM generate_series(1, 60) AS u, unnest(ARRAY['a', 'b', 'c', 'd', 'e']) AS code;

CREATE TEMP TABLE expected AS
WITH cell AS (
	SELECT cells.*, tenths FROM field, matrix_cells(matrix) AS cells JOIN weight USING (code)
)
SELECT a.unit AS unit_a, b.unit AS unit_b, a.period,
	sum(a.tenths) FILTER (WHERE a.value > b.value) AS better,
	sum(a.tenths) FILTER (WHERE a.value < b.value) AS worse,
	coalesce(sum(a.tenths) FILTER (WHERE a.value - b.value IS NOT NULL), 0) AS compared
FROM cell AS a JOIN cell AS b ON a.period = b.period AND a.code = b.code AND a.unit <> b.unit
GROUP BY a.unit, b.unit, a.period;
UPDATE expected SET better = coalesce(better, 0), worse = coalesce(worse, 0);

SELECT count(*) AS pairs, count(*) FILTER (WHERE share IS NULL) AS not_compared,
	count(*) FILTER (WHERE share = 0.5) AS even,
	count(*) FILTER (WHERE abs(share - (compared + better - worse) / (2.0 * nullif(compared, 0))) > 1e-12
		OR (share IS NULL) <> (compared = 0) OR unit_a IS NULL) AS differences
FROM (SELECT pairs.* FROM field, dominance(matrix, codes, weights) AS pairs) AS ours
FULL JOIN expected USING (unit_a, unit_b, period);

SELECT count(*) AS units, count(*) FILTER (WHERE score IS NULL) AS without, max(ties) > 0 AS some_tie,
	count(*) FILTER (WHERE wins <> won OR losses <> lost OR ties <> tied
		OR score IS DISTINCT FROM (CASE WHEN met > 0 THEN won - lost END)
		OR rank IS DISTINCT FROM (CASE WHEN met > 0 THEN expected_rank END)) AS differences
FROM (SELECT scores.* FROM field, copeland(matrix, codes, weights) AS scores) AS ours
FULL JOIN (
	SELECT unit_a AS unit, period,
		count(*) FILTER (WHERE better > worse) AS won,
		count(*) FILTER (WHERE better < worse) AS lost,
		count(*) FILTER (WHERE better = worse AND compared > 0) AS tied,
		count(*) FILTER (WHERE compared > 0) AS met,
		rank() OVER (PARTITION BY period ORDER BY CASE WHEN sum(compared) > 0
			THEN count(*) FILTER (WHERE better > worse) - count(*) FILTER (WHERE better < worse) END DESC NULLS LAST) AS expected_rank
	FROM expected GROUP BY unit_a, period
) AS definition USING (unit, period);

-- More units than are compared at a time, equal weights: positions in a
-- permutation are scores.
SELECT count(*), bool_and(score = 2 * substr(unit, 2)::int - 1301 AND rank = 1301 - substr(unit, 2)::int) AS as_expected
FROM copeland((SELECT score_matrix_agg('u' || u, 'c' || c, u * c) FROM generate_series(1, 1300) AS u, generate_series(1, 3) AS c));

-- A cycle; equal weights are those of a flat framework; small cases.
CREATE TEMP TABLE cycle AS
SELECT E'v1 rows=4 columns=3\nunit,a,b,c\np,1,2,3\nq,2,3,1\nr,3,1,2\ns,,,'::score_matrix AS matrix;
SELECT scores.* FROM cycle, copeland(matrix) AS scores;
SELECT pairs.* FROM cycle, dominance(matrix) AS pairs WHERE unit_a < unit_b;
SELECT count(*) FROM cycle, dominance(matrix) AS x
JOIN LATERAL dominance(matrix, 'I { a, b, c }'::framework) AS y USING (unit_a, unit_b)
WHERE x.share IS NOT DISTINCT FROM y.share;
SELECT * FROM copeland(E'v1 rows=1 columns=1\nunit,a\nalone,1');
SELECT * FROM copeland(E'v1 rows=2 columns=0\nunit\np\nq');
SELECT count(*) FROM copeland(E'v1 rows=0 columns=1\nunit,a');
SELECT count(*) FROM cycle, copeland(matrix, NULL::framework);

-- Errors.
SELECT copeland(matrix, '{a,b}', '{1,2}') FROM cycle;
SELECT copeland(matrix, '{a,b,c,x}', '{1,2,3,4}') FROM cycle;
SELECT copeland(matrix, '{a,b,b}', '{1,2,3}') FROM cycle;
SELECT copeland(matrix, '{a,b,c}', '{1,2}') FROM cycle;
SELECT copeland(matrix, '{a,b,c}', '{1,2,-1}') FROM cycle;
SELECT copeland(matrix, '{a,b,c}', '{1,NaN,1}') FROM cycle;
SELECT copeland(matrix, '{a,b,c}', '{1,NULL,1}') FROM cycle;
SELECT copeland(matrix, '{a,NULL,c}', '{1,1,1}') FROM cycle;
SELECT dominance(matrix, '{a,b,c}', '{0,0,0}') FROM cycle;
SELECT dominance(matrix, 'I { a, b }'::framework) FROM cycle;
