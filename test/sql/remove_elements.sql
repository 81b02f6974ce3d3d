-- remove_elements(): against other software, and against frameworks written
-- without the element.
CREATE SCHEMA test_remove_elements;
SET search_path = test_remove_elements, parindex;
\getenv abs_srcdir PG_ABS_SRCDIR
\set load :abs_srcdir '/data/composite/load.sql'
\set ECHO none
\i :load
\set ECHO all

CREATE TEMP TABLE example AS
SELECT
	(SELECT framework_agg(code, parent, weight, direction) FROM composite_framework) AS framework,
	(SELECT score_matrix_agg(key, field, value::float8) FROM composite_answer WHERE file = 'normalised_1_100') AS matrix;

SELECT removed.code, depth, max_abs_rank_change, units_changed, units_compared,
	abs(mean_abs_rank_change / answer.value::float8 - 1) < 1e-12 AS same_mean
FROM example, remove_elements(matrix, framework, 2) AS removed
JOIN composite_answer AS answer ON answer.file = 'remove_elements' AND answer.key = removed.code;

-- Depth: 1 by default, NULL for all.
SELECT array_agg(code) FROM example, remove_elements(matrix, framework);
SELECT count(*), count(DISTINCT code) FROM example, remove_elements(matrix, framework, NULL);

-- Frameworks written without the element: an only child takes its parent with
-- it, as does one beside weightless siblings; min_children shrinks.
CREATE TEMP TABLE small AS
SELECT
	'I { A: 2 [min_children 2] { a: 1, b: 2 }, B: 3 { c }, C: 1 { d: 1, e: 0 } }'::framework AS framework,
	score_matrix_agg('u' || u, code, round(100 * abs(sin(u * 2.3 + ascii(code)))), NULL, 2024 + u % 2) AS matrix
FROM generate_series(1, 40) AS u, unnest(ARRAY['a', 'b', 'c', 'd', 'e']) AS code;

WITH without(removed, framework, leaves) AS (
	VALUES
		('A', 'I { B: 3 { c }, C: 1 { d: 1, e: 0 } }'::framework, 'c d e'),
		('B', 'I { A: 2 { a: 1, b: 2 }, C: 1 { d: 1, e: 0 } }', 'a b d e'),
		('C', 'I { A: 2 { a: 1, b: 2 }, B: 3 { c } }', 'a b c'),
		('a', 'I { A: 2 { b }, B: 3 { c }, C: 1 { d: 1, e: 0 } }', 'b c d e'),
		('b', 'I { A: 2 { a }, B: 3 { c }, C: 1 { d: 1, e: 0 } }', 'a c d e'),
		('c', 'I { A: 2 { a: 1, b: 2 }, C: 1 { d: 1, e: 0 } }', 'a b d e'),
		('d', 'I { A: 2 { a: 1, b: 2 }, B: 3 { c } }', 'a b c'),
		('e', 'I { A: 2 { a: 1, b: 2 }, B: 3 { c }, C: 1 { d } }', 'a b c d')
),
change AS (
	SELECT removed, after.rank - before.rank AS change
	FROM without
	CROSS JOIN small
	CROSS JOIN LATERAL (
		SELECT score_matrix_agg(unit, code, value, NULL, period) AS matrix
		FROM matrix_cells(small.matrix)
		WHERE code = ANY (string_to_array(leaves, ' '))
	) AS kept
	CROSS JOIN LATERAL ranked_scores(small.matrix, small.framework) AS before
	JOIN LATERAL ranked_scores(kept.matrix, without.framework) AS after USING (unit, depth)
	WHERE depth = 0
),
expected AS (
	SELECT removed AS code, avg(abs(change)) AS mean, max(abs(change)) AS largest,
		count(*) FILTER (WHERE change <> 0) AS changed, count(*) AS compared
	FROM change
	GROUP BY removed
)
SELECT code, max_abs_rank_change, units_changed, units_compared,
	abs(mean_abs_rank_change - mean) < 1e-12 AND max_abs_rank_change = largest
		AND units_changed = changed AND units_compared = compared AS as_expected
FROM small, remove_elements(matrix, framework, NULL)
FULL JOIN expected USING (code)
ORDER BY code COLLATE "C";

-- Where nothing is left there is nothing to compare.
SELECT * FROM remove_elements((SELECT score_matrix_agg(u, 'a', 1) FROM unnest(ARRAY['p', 'q']) AS u), 'I { A { a } }', NULL);
SELECT * FROM remove_elements((SELECT score_matrix_agg('u', 'I', 1)), 'I');

SELECT count(*) FROM small, remove_elements(matrix, framework, 0);
SELECT count(*) FROM small, remove_elements(matrix, 'I { a }');
SELECT count(*) FROM remove_elements(NULL, 'I { a }');

-- removed_ranks(): each unit's, which remove_elements() sums up; positive climbs.
SELECT code, count(*) FILTER (WHERE rank_change IS NOT NULL) = units_compared AS compared,
	count(*) FILTER (WHERE rank_change <> 0) = units_changed AS changed,
	coalesce(max(abs(rank_change)), 0) IS NOT DISTINCT FROM coalesce(max_abs_rank_change, 0) AS largest,
	abs(avg(abs(rank_change)) - mean_abs_rank_change) < 1e-12 AS mean,
	bool_and(rank_change IS NOT DISTINCT FROM rank - rank_without) AS positive_climbs
FROM small CROSS JOIN removed_ranks(matrix, framework, NULL) AS ranks
JOIN LATERAL remove_elements(matrix, framework, NULL) AS sums USING (code, depth)
GROUP BY code, units_compared, units_changed, max_abs_rank_change, mean_abs_rank_change
ORDER BY code COLLATE "C";
-- Without b, in which it is worst, x climbs from 2 to 1.
SELECT * FROM removed_ranks(E'v1 rows=3 columns=2\nunit,a,b\nx,9,1\ny,6,7\nz,,', 'I { a, b }');
SELECT * FROM removed_ranks((SELECT score_matrix_agg(u, 'a', 1) FROM unnest(ARRAY['p', 'q']) AS u), 'I { A { a } }', NULL);
SELECT count(*) FROM small, removed_ranks(matrix, framework, 0);
SELECT count(*) FROM removed_ranks(NULL, 'I { a }');
-- Children of weight 0 are not among those that min_children shrinks to.
SELECT unit, score, score_without FROM removed_ranks(E'v1 rows=2 columns=3\nunit,a,b,z\nx,9,1,\ny,6,7,', 'I [min_children 2] { a, b, z: 0 }') WHERE code = 'b';
