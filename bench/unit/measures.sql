-- Indices of units too many for a matrix: a group a unit. The framework is
-- joined to every row, or a subquery's; the accessors make the root's score.
\set ON_ERROR_STOP on

INSERT INTO bench.measure (name, source, goal, ours, peer, floor) VALUES
('index_scores_agg', 'bench.cell', 1.5,
	'SELECT unit, parindex.index_scores_agg((SELECT framework FROM bench.tree_of_cells), code, value)
	 FROM bench.cell
	 GROUP BY unit',
	'SELECT unit, sum(value * weight) FROM bench.cell GROUP BY unit',
	'SELECT unit, count(code), count(value) FROM bench.cell GROUP BY unit'),

('index_scores_agg_joined', 'bench.cell', 1.5,
	'SELECT unit, parindex.index_scores_agg(framework, code, value)
	 FROM bench.cell, bench.tree_of_cells
	 GROUP BY unit',
	'SELECT unit, sum(value * weight) FROM bench.cell GROUP BY unit',
	'SELECT unit, count(code), count(value) FROM bench.cell, bench.tree_of_cells GROUP BY unit'),

('index_score_of_agg', 'bench.cell', 1.5,
	'SELECT unit, parindex.index_score(
		parindex.index_scores_agg((SELECT framework FROM bench.tree_of_cells), code, value),
		(SELECT framework FROM bench.tree_of_cells))
	 FROM bench.cell
	 GROUP BY unit',
	'SELECT unit, sum(value * weight) FROM bench.cell GROUP BY unit',
	'SELECT unit, count(code), count(value) FROM bench.cell GROUP BY unit'),

('index_points_agg', 'bench.cell', 1.0,
	'SELECT unit, parindex.index_points_agg((SELECT framework FROM bench.tree_of_cells), code, points)
	 FROM bench.cell
	 GROUP BY unit',
	'SELECT unit, sum(points * max_points) FROM bench.cell GROUP BY unit',
	'SELECT unit, count(code), count(points) FROM bench.cell GROUP BY unit'),

('index_percent_of_agg', 'bench.cell', 1.0,
	'SELECT unit, parindex.index_percent(
		parindex.index_points_agg((SELECT framework FROM bench.tree_of_cells), code, points),
		(SELECT framework FROM bench.tree_of_cells))
	 FROM bench.cell
	 GROUP BY unit',
	'SELECT unit, sum(points * max_points) FROM bench.cell GROUP BY unit',
	'SELECT unit, count(code), count(points) FROM bench.cell GROUP BY unit');
