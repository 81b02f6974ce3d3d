-- strengths(): where units stand best and worst.
CREATE SCHEMA test_strengths;
SET search_path = test_strengths, parindex;

CREATE TABLE field AS
SELECT 'I { A { a, b, c }, B { d, e } }'::framework AS framework,
	score_matrix_agg(unit, code, value) AS matrix
FROM (VALUES
	('p', 'a', 90), ('p', 'b', 10), ('p', 'c', 50), ('p', 'd', 7), ('p', 'e', NULL),
	('q', 'a', 80), ('q', 'b', 20), ('q', 'c', 50), ('q', 'd', 9), ('q', 'e', 1),
	('r', 'a', 70), ('r', 'b', 20), ('r', 'c', 50), ('r', 'd', 8), ('r', 'e', 2),
	('s', 'a', NULL), ('t', 'd', 1)
) AS cell(unit, code, value);

-- c, where all are equal, stands in the middle; e has a field of two; s has
-- nothing, and the only leaf of t is its weakness.
SELECT strengths.* FROM field, strengths(matrix, framework, 2);

-- Against the definition, with many units, ties and periods.
CREATE TABLE large AS
SELECT 'I { c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12 }'::framework AS framework,
	score_matrix_agg('u' || u, 'c' || c, CASE WHEN abs(hashtext(u || '/' || c)) % 8 > 0 THEN round(30 * abs(sin(u * 3.7 + c * 1.9))) END,
		NULL, 2020 + u % 2) AS matrix
FROM generate_series(1, 120) AS u, generate_series(1, 12) AS c;

WITH cell AS (
	SELECT cells.* FROM large, matrix_cells(matrix) AS cells WHERE value IS NOT NULL
),
standing AS (
	SELECT cell.unit, cell.period, cell.code, cell.value,
		1 + count(*) FILTER (WHERE other.value > cell.value) AS rank,
		count(*) AS ranked_units,
		100 * (count(*) FILTER (WHERE other.value < cell.value)
			+ (count(*) FILTER (WHERE other.value = cell.value) - 1) / 2.0) / (count(*) - 1) AS percentile
	FROM cell JOIN cell AS other USING (period, code)
	GROUP BY cell.unit, cell.period, cell.code, cell.value
),
placed AS (
	SELECT *,
		row_number() OVER best AS place,
		count(*) OVER (PARTITION BY unit, period) AS leaves
	FROM standing
	WINDOW best AS (PARTITION BY unit, period
		ORDER BY percentile DESC, ranked_units DESC, substr(code, 2)::int)
),
sided AS (
	SELECT *, 2 * place < leaves + 1 OR 2 * place = leaves + 1 AND percentile >= 50 AS strong
	FROM placed
),
expected AS (
	SELECT *, 'strength' AS position, place AS place_there FROM sided WHERE place <= 6 AND strong
	UNION ALL
	SELECT *, 'weakness', leaves - place + 1 FROM sided WHERE leaves - place < 6 AND NOT strong
)
SELECT count(*) AS rows,
	count(*) FILTER (WHERE (ours.score, ours.rank, ours.place, ours.ranked_units)
		IS DISTINCT FROM (expected.value, expected.rank, expected.place_there, expected.ranked_units)
		OR abs(ours.percentile - expected.percentile) > 1e-12 OR ours.unit IS NULL OR expected.unit IS NULL) AS differences
FROM (SELECT strengths.* FROM large, strengths(matrix, framework, 6)) AS ours
FULL JOIN expected USING (unit, period, code, position);

SELECT * FROM strengths((SELECT score_matrix_agg('alone', 'a', 5)), 'I { a }');
SELECT count(*) FROM field, strengths(matrix, framework, 0);
SELECT count(*) FROM field, strengths(matrix, 'I { a }');
SELECT count(*) FROM field, strengths(matrix, framework, NULL);
