-- remove_units(): rank reversal, against the pipeline without each unit.
CREATE SCHEMA test_remove_units;
SET search_path = test_remove_units, parindex;

-- Three criteria; the far end of the scale of c is held by one unit.
CREATE TABLE cell AS
SELECT 'u' || u AS unit, code, period,
	round(CASE WHEN u = 1 AND code = 'c' THEN 900 ELSE 100 * abs(sin(u * 2.3 + ascii(code) + period)) END) AS value
FROM generate_series(1, 12) AS u, unnest(ARRAY['a', 'b', 'c']) AS code, generate_series(2024, 2025) AS period
WHERE u <> 7 OR period = 2024;

CREATE TABLE field AS
SELECT 'I { A: 2 { a, b: 2 }, c }'::framework AS framework,
	score_matrix_agg(unit, code, value, NULL, period) AS matrix
FROM cell;

CREATE TABLE by_hand AS
WITH before AS (
	SELECT unit, period, score
	FROM field, ranked_scores(normalise(matrix, framework, 'minmax', 1, 10), framework)
	WHERE depth = 0
),
after AS (
	SELECT removed, scores.unit, scores.period, scores.rank
	FROM (
		SELECT removed, framework,
			(SELECT score_matrix_agg(unit, code, value, NULL, period) FROM cell WHERE unit <> removed) AS matrix
		FROM (SELECT DISTINCT unit AS removed FROM cell) AS unit, field
	) AS without,
	ranked_scores(normalise(without.matrix, framework, 'minmax', 1, 10), framework) AS scores
	WHERE depth = 0
),
ranks AS (
	SELECT removed, after.unit, after.rank - score_rank(before.score) OVER (PARTITION BY removed, before.period) AS change
	FROM before JOIN after USING (unit, period)
)
SELECT removed AS unit, avg(abs(change)) AS mean, max(abs(change)) AS largest,
	count(*) FILTER (WHERE change <> 0) AS changed, count(*) AS compared
FROM ranks
GROUP BY removed;

SELECT unit, max_abs_rank_change, units_changed, units_compared,
	abs(mean_abs_rank_change - mean) < 1e-12 AND max_abs_rank_change = largest
		AND units_changed = changed AND units_compared = compared AS as_expected
FROM field, remove_units(matrix, framework, 'minmax', 1, 10)
FULL JOIN by_hand USING (unit)
ORDER BY unit COLLATE "C";

-- Scores as they are depend on nobody; rescaled nodes do.
SELECT sum(units_changed) AS changed, min(units_compared), max(units_compared)
FROM field, remove_units(matrix, framework);
SELECT sum(units_changed) > 0 AS reversals
FROM field, remove_units(matrix, 'I { A: 2 [rescale minmax] { a, b: 2 }, C [rescale minmax] { c } }');

-- Without anyone else there is nothing to compare.
SELECT * FROM remove_units((SELECT score_matrix_agg('alone', 'a', 5)), 'I { a }', 'minmax');

SELECT count(*) FROM field, remove_units(matrix, framework, 'none');
SELECT count(*) FROM field, remove_units(matrix, framework, 'minmax', 1, 0);
SELECT count(*) FROM field, remove_units(matrix, 'I { a }');
SELECT count(*) FROM field, remove_units(matrix, NULL);

-- removed_unit_ranks(): each unit's, which remove_units() sums up; positive climbs.
SELECT count(*) AS units, bool_and(compared = units_compared AND changed = units_changed AND largest = max_abs_rank_change
	AND abs(mean - mean_abs_rank_change) < 1e-12) AS sums_up, bool_and(climbs) AS positive_climbs
FROM field, LATERAL (
	SELECT removed AS unit, count(rank_change) AS compared, count(*) FILTER (WHERE rank_change <> 0) AS changed,
		max(abs(rank_change)) AS largest, avg(abs(rank_change)) AS mean, bool_and(rank_change IS NOT DISTINCT FROM rank - rank_without) AS climbs
	FROM removed_unit_ranks(matrix, framework, 'minmax', 1, 10)
	GROUP BY removed
) AS ranks
JOIN LATERAL remove_units(matrix, framework, 'minmax', 1, 10) AS sums USING (unit);
SELECT count(*) > 0 AS rows, sum(abs(rank_change)) AS nothing_moves FROM field, removed_unit_ranks(matrix, framework);
-- z stretches the scale of b: without it y, better there, passes x.
SELECT * FROM removed_unit_ranks(E'v1 rows=3 columns=2\nunit,a,b\nx,10,5\ny,5,10\nz,0,100', 'I { a: 2, b: 3 }', 'minmax') WHERE removed = 'z';
SELECT count(*) FROM removed_unit_ranks((SELECT score_matrix_agg('alone', 'a', 5)), 'I { a }', 'minmax');
SELECT count(*) FROM field, removed_unit_ranks(matrix, NULL);
SELECT count(*) FROM field, removed_unit_ranks(matrix, framework, 'none');
