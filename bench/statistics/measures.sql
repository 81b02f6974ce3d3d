-- Statistics. Floors: regr_count() is a transition of two float8
-- arguments that does as good as nothing; it counts.
\set ON_ERROR_STOP on

INSERT INTO bench.measure (name, source, settings, goal, ours, peer, floor) VALUES
('weighted_mean', 'bench.score', '{}', 1.0,
	'SELECT parindex.weighted_mean(x, w) FROM bench.score',
	'SELECT sum(x * w) / sum(w) FROM bench.score',
	'SELECT regr_count(x, w) FROM bench.score'),

('weighted_mean_grouped', 'bench.score', '{}', 1.0,
	'SELECT g, parindex.weighted_mean(x, w) FROM bench.score GROUP BY g',
	'SELECT g, sum(x * w) / sum(w) FROM bench.score GROUP BY g',
	'SELECT g, regr_count(x, w) FROM bench.score GROUP BY g'),

('weighted_mean_2_workers', 'bench.score', '{max_parallel_workers_per_gather=2,parallel_setup_cost=0}', 1.0,
	'SELECT g, parindex.weighted_mean(x, w) FROM bench.score GROUP BY g',
	'SELECT g, sum(x * w) / sum(w) FROM bench.score GROUP BY g',
	'SELECT g, regr_count(x, w) FROM bench.score GROUP BY g'),

('score_stats', 'bench.score', '{}', 1.2,
	'SELECT g, parindex.score_stats(x) FROM bench.score GROUP BY g',
	'SELECT g, avg(x), var_samp(x) FROM bench.score GROUP BY g',
	'SELECT g, count(x) FROM bench.score GROUP BY g');

-- trim_scale(), on both sides, takes numeric only: it refuses a float8 mean.
INSERT INTO bench.measure (name, source, goal, ours, peer, floor) VALUES
('weighted_mean_numeric', 'bench.points', 0.5,
	'SELECT g, trim_scale(parindex.weighted_mean(n, m)) FROM bench.points GROUP BY g',
	'SELECT g, trim_scale(sum(n * m) / sum(m)) FROM bench.points GROUP BY g',
	'SELECT g, count(n), count(m) FROM bench.points GROUP BY g');

INSERT INTO bench.measure (name, source, goal, ours, peer, floor) VALUES
('sliding_frame_1000', 'bench.series', 0.03,
	'SELECT parindex.weighted_mean(x, w) OVER (ORDER BY i ROWS 999 PRECEDING) FROM bench.series',
	'SELECT avg(x) OVER (ORDER BY i ROWS 999 PRECEDING) FROM bench.series',
	'SELECT regr_count(x, w) OVER (ORDER BY i) FROM bench.series');

INSERT INTO bench.measure (name, source, quantity, settings, goal, ours, peer) VALUES
('memory_1_million_groups', 'bench.score', 'kB', '{work_mem=2GB,enable_sort=off,max_parallel_workers_per_gather=0}', 1.5,
	'SELECT unit, parindex.weighted_mean(x, w) FROM bench.score GROUP BY unit',
	'SELECT unit, sum(x * w), sum(w) FROM bench.score GROUP BY unit');
