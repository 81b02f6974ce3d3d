-- index_scores() and ranked_scores(): the composite example, the rules for
-- missing cells, rescaling, and the same bits whatever order or name.
CREATE SCHEMA test_index_scores;
SET search_path = test_index_scores, parindex;
\getenv abs_srcdir PG_ABS_SRCDIR
\set load :abs_srcdir '/data/composite/load.sql'
\set ECHO none
\i :load
\set ECHO all

CREATE TEMP VIEW composite_normalised AS
SELECT answer.key AS unit, cell.unit_group, answer.field AS code, answer.value::float8
FROM composite_answer AS answer
JOIN composite_cell AS cell ON cell.unit = answer.key AND cell.code = answer.field
WHERE answer.file = 'normalised_1_100';

CREATE TEMP TABLE example AS
SELECT
	(SELECT framework_agg(code, parent, weight, direction) FROM composite_framework) AS framework,
	(SELECT score_matrix_agg(unit, code, value, unit_group) FROM composite_normalised) AS matrix,
	-- Minmax to 1..100 of the input, missing cells left in.
	(SELECT score_matrix_agg(key, field, value::float8)
	FROM composite_answer
	WHERE file = 'aggregate_missing_renormalise' AND field IN (SELECT code FROM composite_cell)
	) AS with_missing;

-- Other software's answers: largest relative difference, and cells compared.
CREATE TEMP TABLE computed AS
SELECT 'aggregate_a_amean' AS file, scores.*
FROM example, index_scores(matrix, framework) AS scores
UNION ALL
SELECT 'aggregate_a_gmean', scores.*
FROM example, index_scores(matrix, with_method(framework, 'geometric')) AS scores
UNION ALL
SELECT 'aggregate_a_hmean', scores.*
FROM example, index_scores(matrix, with_method(framework, 'harmonic')) AS scores
UNION ALL
SELECT 'aggregate_missing_renormalise', scores.*
FROM example, index_scores(with_missing, framework) AS scores;

CREATE TEMP TABLE with_threshold AS
SELECT framework_agg(code, parent, weight, direction, NULL, NULL, NULL, NULL, 0.66, NULL, NULL, NULL, NULL, NULL)
	AS framework
FROM composite_framework;

INSERT INTO computed
SELECT 'aggregate_missing_threshold_0.66', scores.*
FROM example, with_threshold, index_scores(with_missing, with_threshold.framework) AS scores;

SELECT file, count(*) AS cells, count(score) AS scores,
	bool_and((score IS NULL) = (value IS NULL)) AS same_missing,
	max(abs(score / value::float8 - 1)) < 1e-9 AS same_scores
FROM computed
FULL JOIN composite_answer AS answer USING (file)
WHERE answer.key = unit AND answer.field = code
GROUP BY file
ORDER BY file;

-- Ranks, exactly.
CREATE TEMP TABLE ranked AS
SELECT ranked.* FROM example, ranked_scores(matrix, framework) AS ranked;

SELECT file, count(*) AS cells,
	bool_and(CASE file WHEN 'ranks' THEN rank ELSE group_rank END = value::int) AS same_ranks
FROM ranked
JOIN composite_answer AS answer ON answer.key = unit AND answer.field = code
WHERE file IN ('ranks', 'group_ranks')
GROUP BY file
ORDER BY file;

-- Both functions give the same rows.
SELECT count(*) AS differences
FROM (
	SELECT scores.* FROM example, index_scores(matrix, framework) AS scores
	EXCEPT ALL
	SELECT unit, code, parent, depth, score, children_scored, children_expected,
		leaves_observed, weight_coverage, period
	FROM ranked
) AS difference;

-- Ranks are score_rank's definition: 1 + the number of better units.
SELECT bool_and(rank = 1 + (
	SELECT count(*) FROM ranked AS other WHERE other.code = ranked.code AND other.score > ranked.score
)) AS counted
FROM ranked;

-- ---------- one small field, by hand ----------

CREATE TEMP TABLE small AS
SELECT
	'PAR { D1: 60 { a: 50, b: 10 }, D2: 40 { c: 10, d: 30 } }'::framework AS framework,
	score_matrix_agg(unit, code, value, NULL, NULL, status) AS matrix
FROM (VALUES
	-- The worked example of the two ways to leave out a criterion.
	('out', 'a', 100, NULL), ('out', 'b', 0, NULL), ('out', 'c', 100, NULL), ('out', 'd', NULL, 'not_applicable'),
	('gap', 'a', 100, NULL), ('gap', 'b', 0, NULL), ('gap', 'c', 100, NULL), ('gap', 'd', NULL, NULL),
	('full', 'a', 80, NULL), ('full', 'b', 60, NULL), ('full', 'c', 50, NULL), ('full', 'd', 70, NULL),
	('none', 'a', NULL, NULL)
) AS cell(unit, code, value, status);

SELECT scores.* FROM small, index_scores(matrix, framework) AS scores;

-- The index under each rule for missing children. Not applicable always
-- leaves every ancestor: 85.71; a missing child under renormalise: 90.00.
SELECT missing, unit, round(score::numeric, 2) AS score, round(weight_coverage::numeric, 4) AS weight_coverage
FROM small, unnest(ARRAY['renormalise', 'excuse', 'zero', 'propagate']) WITH ORDINALITY AS rule(missing, n),
	index_scores(matrix, with_missing(framework, missing)) AS scores
WHERE depth = 0
ORDER BY n, unit;

SELECT count(*) FROM small, index_scores(matrix, with_missing(framework, 'error'));

-- Scores outside a method's domain name unit and node.
SELECT count(*) FROM small, index_scores(matrix, with_method(framework, 'geometric'));
SELECT count(*) FROM small, index_scores(matrix, with_method(framework, 'harmonic', ARRAY['D1']));

-- A column that is no leaf; leaves without a column are missing.
SELECT count(*) FROM small, index_scores(matrix, 'PAR { a, b, c }');
SELECT count(*) FROM small, index_scores(matrix, 'PAR { a, b, c { e }, d }');
SELECT unit, code, score, children_scored, children_expected, round(weight_coverage::numeric, 4) AS weight_coverage
FROM small, index_scores(matrix, 'PAR { a, b, c, d, e }') AS scores
WHERE depth = 0;

-- Rounding: half-up in decimal, on the way up and at the top.
SELECT code, score
FROM index_scores(
	(SELECT score_matrix_agg('u', code, value) FROM (VALUES ('a', 93.655), ('b', 1.0)) AS cell(code, value)),
	'I [round 1] { a: 1 [round 2], b: 1 }');

-- Ranks at published precision, with ties and a unit without a score.
SELECT unit, score, rank
FROM ranked_scores(
	(SELECT score_matrix_agg(unit, 'a', value)
	FROM (VALUES ('p', 93.655), ('q', 93.66), ('r', 93.654), ('s', 12.0), ('t', NULL)) AS cell(unit, value)),
	'I { a }', 2)
WHERE depth = 0;
SELECT count(*) FROM small, ranked_scores(matrix, framework, 99);

-- Every argument NULL: no rows.
SELECT
	(SELECT count(*) FROM index_scores(NULL, 'I { a }')) AS no_matrix,
	(SELECT count(*) FROM ranked_scores(NULL, 'I { a }', 2)) AS ranked_no_matrix,
	(SELECT count(*) FROM small, ranked_scores(matrix, NULL)) AS no_framework;

-- A framework of one node: the index is its leaf.
SELECT scores.* FROM index_scores((SELECT score_matrix_agg('u', 'I', 5)), 'I') AS scores;

-- ---------- rescaling ----------

-- Two levels of rescaling: the mean of z-scores brought to 0..1, as
-- e-government indices do; recomputed in SQL.
CREATE TEMP TABLE rescaled AS
SELECT scores.*
FROM example, index_scores(matrix, 'IDX [rescale minmax] {
	D1 [rescale zscore] { D1_1, D1_2, D1_3, D1_4, D1_5 },
	D2 [rescale zscore] { D2_1, D2_2, D2_3, D2_4 },
	rest { D3 [rescale minmax_100] { D3_1, D3_2, D3_3, D3_4 }, D4 { D4_1, D4_2, D4_3 },
		D5 { D5_1, D5_2, D5_3, D5_4 }, D6 { D6_1, D6_2, D6_3, D6_4 } } }') AS scores;

WITH plain AS (
	SELECT unit, split_part(code, '_', 1) AS domain, avg(value) AS mean
	FROM composite_normalised
	GROUP BY unit, domain
),
domain AS (
	SELECT unit, domain,
		CASE
			WHEN domain IN ('D1', 'D2') THEN (mean - avg(mean) OVER field) / stddev_samp(mean) OVER field
			WHEN domain = 'D3' THEN 100 * (mean - min(mean) OVER field) / (max(mean) OVER field - min(mean) OVER field)
			ELSE mean
		END AS score
	FROM plain
	WINDOW field AS (PARTITION BY domain)
),
index AS (
	SELECT unit,
		(sum(score) FILTER (WHERE domain IN ('D1', 'D2'))
			+ avg(score) FILTER (WHERE domain NOT IN ('D1', 'D2'))) / 3 AS raw
	FROM domain
	GROUP BY unit
),
expected AS (
	SELECT unit, domain AS code, score FROM domain
	UNION ALL
	SELECT unit, 'IDX', (raw - min(raw) OVER ()) / (max(raw) OVER () - min(raw) OVER ()) FROM index
)
SELECT count(*) AS nodes, max(abs(rescaled.score - expected.score)) < 1e-12 AS same,
	max(rescaled.score) FILTER (WHERE code = 'IDX') AS top, min(rescaled.score) FILTER (WHERE code = 'IDX') AS bottom
FROM expected JOIN rescaled USING (unit, code);

-- Equal scores, and a single unit, cannot be rescaled: no score; the counts stay.
SELECT unit, code, score, children_scored, leaves_observed, weight_coverage
FROM index_scores(
	(SELECT score_matrix_agg(unit, code, value)
	FROM (VALUES ('u', 'a', 5), ('v', 'a', 5), ('u', 'b', 1), ('v', 'b', 2)) AS cell(unit, code, value)),
	'I { A [rescale zscore] { a }, B [rescale minmax_100, round 1] { b } }')
WHERE depth < 2;

SELECT * FROM index_scores(
	(SELECT score_matrix_agg(unit, 'a', value) FROM (VALUES ('u', 1e308), ('v', -1e308)) AS cell(unit, value)),
	'I [rescale minmax] { a }');

-- Periods are ranked apart, and rescaled together: one scale over the years.
SELECT unit, period, score, rank, unit_group, group_rank
FROM ranked_scores(
	(SELECT score_matrix_agg(unit, 'a', value, unit_group, period)
	FROM (VALUES ('u', 'g', 2024, 10), ('v', 'g', 2024, 30), ('w', NULL, 2024, 20),
		('u', 'h', 2025, 50), ('v', 'g', 2025, 20), ('w', 'h', 2025, 50)) AS cell(unit, unit_group, period, value)),
	'I [rescale minmax] { a }')
WHERE depth = 0;

-- ---------- the same bits ----------

SELECT setseed(0.42) IS NOT NULL AS seeded;

CREATE TEMP TABLE shuffled_framework AS
SELECT framework_agg(code, parent, weight, direction ORDER BY random()) AS framework
FROM composite_framework;

CREATE TEMP TABLE renamed AS
SELECT unit, md5(unit) AS name FROM composite_normalised GROUP BY unit;

CREATE TEMP TABLE shuffled AS
SELECT score_matrix_agg(name, code, value, unit_group ORDER BY random()) AS matrix
FROM composite_normalised JOIN renamed USING (unit);

SELECT count(*) AS nodes,
	bool_and(float8send(ours.score) = float8send(theirs.score)
		AND float8send(ours.weight_coverage) = float8send(theirs.weight_coverage)
		AND ours.rank = theirs.rank AND ours.group_rank = theirs.group_rank) AS same_bits
FROM ranked AS ours
JOIN renamed USING (unit)
JOIN shuffled ON true
JOIN shuffled_framework AS fw ON true
JOIN LATERAL (SELECT * FROM ranked_scores(shuffled.matrix, fw.framework)) AS theirs
	ON theirs.unit = renamed.name AND theirs.code = ours.code;

-- A unit at a time in an aggregate: index_scores_agg().
CREATE TEMP TABLE fields AS
SELECT 'composite' AS name, with_missing AS matrix, framework FROM example
UNION ALL
SELECT 'geometric', matrix, with_method(framework, 'geometric') FROM example
UNION ALL
SELECT 'thresholds', with_missing, with_threshold.framework FROM example, with_threshold
UNION ALL
SELECT 'status ' || missing, matrix, with_missing(framework, missing)
FROM small, unnest(ARRAY['renormalise', 'excuse', 'zero', 'propagate']) AS missing
UNION ALL
SELECT 'rounded', matrix, 'PAR [round 1] { D1: 0.6 [round 2] { a: 5, b: 1 }, D2: 0.4 [method median] { c: 1, d: 3 } }'
FROM small;

WITH collected AS (
	SELECT name, framework, unit, index_scores_agg(framework, code, value, status) AS scores
	FROM fields, matrix_cells(matrix)
	GROUP BY name, framework, unit
),
aggregated AS (
	SELECT name, unit, score_rows.* FROM collected, score_rows(scores, framework)
)
SELECT name, count(*) AS nodes,
	bool_and(float8send(ours.score) IS NOT DISTINCT FROM float8send(aggregated.score)
		AND float8send(ours.weight_coverage) IS NOT DISTINCT FROM float8send(aggregated.weight_coverage)
		AND (ours.parent, ours.depth, ours.children_scored, ours.children_expected, ours.leaves_observed)
			IS NOT DISTINCT FROM (aggregated.parent, aggregated.depth, aggregated.children_scored,
				aggregated.children_expected, aggregated.leaves_observed)) AS same_bits
FROM fields
CROSS JOIN LATERAL index_scores(matrix, framework) AS ours
FULL JOIN aggregated USING (name, unit, code)
GROUP BY name
ORDER BY name;

-- A field without units.
SELECT
	(SELECT count(*) FROM index_scores(E'v1 rows=0 columns=1\nunit,a', 'I { a }')) AS scores,
	(SELECT count(*) FROM ranked_scores(E'v1 rows=0 columns=1\nunit,a', 'I { a }')) AS ranked,
	(SELECT count(*) FROM compare_scores(E'v1 rows=0 columns=1\nunit,a', 'I { a }', 'a')) AS compared,
	(SELECT count(*) FROM decompose(E'v1 rows=0 columns=1\nunit,a', 'I { a }')) AS decomposed,
	(SELECT count(*) FROM strengths(E'v1 rows=0 columns=1\nunit,a', 'I { a }')) AS strengths,
	(SELECT sum(units_compared) FROM remove_elements(E'v1 rows=0 columns=2\nunit,a,b', 'I { a, b }')) AS compared_elements,
	(SELECT count(*) FROM remove_units(E'v1 rows=0 columns=1\nunit,a', 'I { a }', 'minmax')) AS removed_units;
