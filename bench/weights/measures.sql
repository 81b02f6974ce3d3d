-- Comparing units and criteria, and weighting them.
\set ON_ERROR_STOP on

-- Copeland's scores by core alone: pairs joined criterion by criterion.
CREATE FUNCTION bench.copeland_by_join(cells text) RETURNS text
LANGUAGE sql
RETURN format(
	'SELECT unit, sum(sign(lead)) AS score
	 FROM (
		SELECT a.unit, b.unit AS other, sum(sign(a.value - b.value)) AS lead
		FROM %1$s AS a JOIN %1$s AS b ON a.code = b.code AND a.unit <> b.unit
		GROUP BY a.unit, b.unit
	 ) AS pair
	 GROUP BY unit', cells);

-- All correlations by core, one aggregate a pair, in the order of correlations().
CREATE FUNCTION bench.corr_of_pairs() RETURNS text
LANGUAGE sql
RETURN (
	SELECT format('SELECT ARRAY[%s] AS r FROM bench.wide',
		string_agg(format('corr(c%s, c%s)', 100 + a, 100 + b), ', ' ORDER BY a, b))
	FROM generate_series(1, 50) AS a, generate_series(1, 50) AS b
	WHERE a < b);

INSERT INTO bench.measure (name, source, goal, ours) VALUES
('copeland_500x10', 'bench.field_500x10', 10,
	'SELECT scores.* FROM bench.field, parindex.copeland(matrix) AS scores WHERE name = ''500x10'''),

('copeland_5000x50', 'bench.field_5000x50', 2000,
	'SELECT scores.* FROM bench.field, parindex.copeland(matrix) AS scores WHERE name = ''5000x50'''),

('bod_scores', 'bench.field_1000x20', 2000,
	'SELECT scores.* FROM bench.field, parindex.bod_scores(matrix) AS scores WHERE name = ''1000x20'''),

('bod_scores_bounded', 'bench.field_1000x20', 2000,
	'SELECT scores.* FROM bench.field, parindex.bod_scores(matrix, 0.01, 0.2) AS scores WHERE name = ''1000x20'''),

('optimised_weights', 'bench.field_1000x20', NULL,
	'SELECT weights.* FROM bench.field, bench.flat_index, parindex.optimised_weights(matrix, framework) AS weights
	 WHERE name = ''1000x20''');

INSERT INTO bench.measure (name, source, goal, ours)
SELECT 'correlations_' || method, 'bench.field_20000x50', 300,
	format('SELECT pair.* FROM bench.field, parindex.correlations(matrix, %L) AS pair WHERE name = ''20000x50''', method)
FROM unnest('{pearson,spearman,kendall}'::text[]) AS method;

INSERT INTO bench.measure (name, source, goal, ours, peer, agreement) VALUES
('copeland_by_join', 'bench.field_500x10', 1,
	'SELECT scores.* FROM bench.field, parindex.copeland(matrix) AS scores WHERE name = ''500x10''',
	bench.copeland_by_join('bench.field_500x10'),
	format('SELECT count(*) = 500 AND bool_and(ours.score = peer.score)
		 FROM bench.field JOIN LATERAL parindex.copeland(matrix) AS ours ON true JOIN (%s) AS peer ON peer.unit = ours.unit::int
		 WHERE name = ''500x10''', bench.copeland_by_join('bench.field_500x10'))),

('correlations_by_corr', 'bench.field_20000x50', 1,
	'SELECT pair.* FROM bench.field, parindex.correlations(matrix) AS pair WHERE name = ''20000x50''',
	bench.corr_of_pairs(),
	format('SELECT count(*) = 1225 AND bool_and(abs(ours.correlation - peer.r) < 1e-12)
		 FROM (SELECT pair.*, row_number() OVER (ORDER BY code_a, code_b) AS place
			FROM bench.field, parindex.correlations(matrix) AS pair WHERE name = ''20000x50'') AS ours
		 JOIN (SELECT r.* FROM (%s) AS peer, unnest(peer.r) WITH ORDINALITY AS r(r, place)) AS peer USING (place)',
		bench.corr_of_pairs()));
