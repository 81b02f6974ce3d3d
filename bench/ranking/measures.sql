-- Rankings. Floors: row_number() does as good as nothing, so does regr_count(),
-- a transition of two float8 arguments; it counts.
\set ON_ERROR_STOP on

INSERT INTO bench.measure (name, source, settings, goal, ours, peer, floor) VALUES
('score_rank_100_partitions', 'bench.standing', '{}', 0.45,
	'SELECT parindex.score_rank(x) OVER (PARTITION BY p) FROM bench.standing',
	'SELECT rank() OVER (PARTITION BY p ORDER BY x DESC) FROM bench.standing',
	'SELECT row_number() OVER (PARTITION BY p) FROM bench.standing'),

('score_rank_three', 'bench.standing', '{}', 0.35,
	'SELECT
		parindex.score_rank(x) OVER field,
		parindex.score_rank(y) OVER field,
		parindex.score_rank(w) OVER field
	 FROM bench.standing
	 WINDOW field AS (PARTITION BY p)',
	'SELECT
		rank() OVER (PARTITION BY p ORDER BY x DESC),
		rank() OVER (PARTITION BY p ORDER BY y DESC),
		rank() OVER (PARTITION BY p ORDER BY w DESC)
	 FROM bench.standing',
	'SELECT row_number() OVER (PARTITION BY p) FROM bench.standing'),

('score_rank_1_partition_4MB', 'bench.one_field', '{work_mem=4MB}', 1.0,
	'SELECT parindex.score_rank(x) OVER () FROM bench.one_field',
	'SELECT rank() OVER (ORDER BY x DESC) FROM bench.one_field',
	'SELECT row_number() OVER () FROM bench.one_field'),

('top_scores_10', 'bench.standing', '{}', 0.25,
	'SELECT t.g, r.rank, r.unit, r.score
	 FROM (SELECT g, parindex.top_scores(10, unit, x) AS top FROM bench.standing GROUP BY g) AS t
	 CROSS JOIN LATERAL parindex.score_list_rows(t.top) AS r',
	'SELECT g, place, unit, x
	 FROM (SELECT g, unit, x, row_number() OVER (PARTITION BY g ORDER BY x DESC) AS place
		FROM bench.standing) AS q
	 WHERE place <= 10',
	'SELECT g, regr_count(x, unit) FROM bench.standing GROUP BY g'),

-- The published rank of each row: counted and looked up, against a sort. Both see each row once.
('rank_in_2_digits', 'bench.standing', '{}', 0.2,
	'SELECT sum(parindex.rank_in(c, x)) FROM bench.standing, (SELECT parindex.score_counts(x, 2) AS c FROM bench.standing) AS s',
	'SELECT sum(r) FROM (SELECT rank() OVER (ORDER BY round(x::numeric, 2) DESC) AS r FROM bench.standing) AS q',
	'SELECT sum(x), count(*) FROM bench.standing, (SELECT count(*) AS n FROM bench.standing) AS s'),

('rank_in_2_digits_numeric', 'bench.published', '{}', 0.2,
	'SELECT sum(parindex.rank_in(c, x)) FROM bench.published, (SELECT parindex.score_counts(x, 2) AS c FROM bench.published) AS s',
	'SELECT sum(r) FROM (SELECT rank() OVER (ORDER BY x DESC) AS r FROM bench.published) AS q',
	'SELECT sum(x), count(*) FROM bench.published, (SELECT count(*) AS n FROM bench.published) AS s');
