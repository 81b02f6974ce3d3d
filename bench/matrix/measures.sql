-- The way from a table of indicators to an index.
\set ON_ERROR_STOP on

-- Scores of all criteria of all units, in one expression.
CREATE FUNCTION bench.pipeline(source text, index text) RETURNS text
LANGUAGE sql
RETURN format(
	'SELECT *
	 FROM parindex.index_scores(
		parindex.normalise(
			parindex.treat_outliers(
				parindex.impute(
					(SELECT parindex.score_matrix_agg(unit, code, value, unit_group) FROM %1$s),
					''group_mean'')),
			(SELECT framework FROM bench.index WHERE name = %2$L),
			''minmax'', 1, 100),
		(SELECT framework FROM bench.index WHERE name = %2$L))', source, index);

INSERT INTO bench.measure (name, source, ours) VALUES
('score_matrix_agg', 'bench.indicator',
	'SELECT parindex.score_matrix_agg(unit, code, value, unit_group) FROM bench.indicator'),

('score_matrix_agg_no_order', 'bench.indicator_in_no_order',
	'SELECT parindex.score_matrix_agg(unit, code, value, unit_group) FROM bench.indicator_in_no_order'),

('impute', 'bench.indicator',
	'SELECT parindex.impute(matrix, ''group_mean'') FROM bench.step WHERE name = ''matrix'''),

('treat_outliers', 'bench.indicator',
	'SELECT parindex.treat_outliers(matrix) FROM bench.step WHERE name = ''imputed'''),

('normalise', 'bench.indicator',
	'SELECT parindex.normalise(matrix, framework, ''minmax'', 1, 100)
	 FROM bench.step AS step, bench.index AS index
	 WHERE step.name = ''treated'' AND index.name = ''50'''),

('index_scores', 'bench.indicator',
	'SELECT *
	 FROM parindex.index_scores(
		(SELECT matrix FROM bench.step WHERE name = ''normalised''),
		(SELECT framework FROM bench.index WHERE name = ''50''))');

INSERT INTO bench.measure (name, source, goal, ours, floor) VALUES
('steps_to_index', 'bench.indicator', 500, bench.pipeline('bench.indicator', '50'),
	'SELECT count(unit), count(code), count(value), count(unit_group) FROM bench.indicator');

-- Growth: time and memory by cell should stay the same. Scores are written to
-- a file beyond work_mem; the small field's would else stay in memory.
INSERT INTO bench.measure (name, quantity, settings, goal, source, ours, peer_source, peer) VALUES
('pipeline_10x_units', 'ns/row', '{work_mem=4MB}', 1.2,
	'bench.indicator_10x_units', bench.pipeline('bench.indicator_10x_units', '50'),
	'bench.indicator', bench.pipeline('bench.indicator', '50')),

('pipeline_10x_criteria', 'ns/row', '{work_mem=4MB}', 1.2,
	'bench.indicator_10x_criteria', bench.pipeline('bench.indicator_10x_criteria', '500'),
	'bench.indicator', bench.pipeline('bench.indicator', '50')),

('memory_10x_units', 'B/row', '{work_mem=4MB}', 1.2,
	'bench.indicator_10x_units', bench.pipeline('bench.indicator_10x_units', '50'),
	'bench.indicator', bench.pipeline('bench.indicator', '50')),

('memory_10x_criteria', 'B/row', '{work_mem=4MB}', 1.2,
	'bench.indicator_10x_criteria', bench.pipeline('bench.indicator_10x_criteria', '500'),
	'bench.indicator', bench.pipeline('bench.indicator', '50'));

-- The root's score of each unit; plain SQL for any depth, then, without a goal,
-- plain SQL for a tree of known depth.
INSERT INTO bench.measure (name, source, goal, ours, peer, agreement) VALUES
('tree_recursive_sql', 'bench.leaf', 0.1,
	'SELECT * FROM bench.root_score',
	'SELECT * FROM bench.root_score_recursive',
	'SELECT bench.agrees(''bench.root_score_recursive'')'),

('tree_sql_by_level', 'bench.leaf', NULL,
	'SELECT * FROM bench.root_score',
	'SELECT * FROM bench.root_score_by_level',
	'SELECT bench.agrees(''bench.root_score_by_level'')');
