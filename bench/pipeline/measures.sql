-- A pipeline learned from wide rows and applied to each, against the same index
-- by hand; and as a value against the nested calls.
\set ON_ERROR_STOP on

-- Limits, then scores: missing children share their weight.
CREATE FUNCTION bench.by_hand() RETURNS text LANGUAGE sql
BEGIN ATOMIC
	SELECT format('WITH least AS MATERIALIZED (SELECT %s FROM bench.wide) SELECT sum((%s) / nullif(%s, 0)) FROM (SELECT %s FROM bench.wide, least OFFSET 0) AS d',
		(SELECT string_agg(format('min(c%s) AS n%s, max(c%s) AS x%s', i, i, i, i), ', ' ORDER BY i) FROM generate_series(1, 40) AS i),
		(SELECT string_agg(format('coalesce(%s * d%s, 0)', d, d), ' + ' ORDER BY d) FROM generate_series(1, 5) AS d),
		(SELECT string_agg(format('CASE WHEN d%s IS NULL THEN 0 ELSE %s END', d, d), ' + ' ORDER BY d) FROM generate_series(1, 5) AS d),
		(SELECT string_agg(format('(%s) / nullif(%s, 0) AS d%s', top, bottom, d), ', ' ORDER BY d)
		FROM generate_series(1, 5) AS d, LATERAL (
			SELECT string_agg(format('coalesce(%s * (c%s - n%s) / (x%s - n%s) * 100, 0)', 1 + i % 3, i, i, i, i), ' + ' ORDER BY i) AS top,
				string_agg(format('CASE WHEN c%s IS NULL THEN 0 ELSE %s END', i, 1 + i % 3), ' + ' ORDER BY i) AS bottom
			FROM generate_series(8 * d - 7, 8 * d) AS i) AS domain));
END;

INSERT INTO bench.measure (name, source, settings, goal, ours, peer, floor, agreement)
SELECT name, 'bench.wide', settings, 0.8,
	'SELECT sum(parindex.index_score(
		(SELECT parindex.fit_agg((SELECT pipeline FROM bench.scheme), (SELECT framework FROM bench.scheme), w) FROM bench.wide AS w),
		(SELECT framework FROM bench.scheme), w)) FROM bench.wide AS w',
	bench.by_hand(),
	'SELECT count(w) FROM bench.wide AS w',
	format('SELECT abs(ours / peer - 1) < 1e-9 FROM (SELECT sum(parindex.index_score(
		(SELECT parindex.fit_agg((SELECT pipeline FROM bench.scheme), (SELECT framework FROM bench.scheme), w) FROM bench.wide AS w),
		(SELECT framework FROM bench.scheme), w)) FROM bench.wide AS w) AS o (ours), (%s) AS p (peer)', bench.by_hand())
FROM (VALUES ('fit_and_score', '{}'::text[]), ('fit_and_score_2_workers', '{max_parallel_workers_per_gather=2}')) AS run (name, settings);

INSERT INTO bench.measure (name, source, quantity, ours, floor) VALUES
('index_score_of_row', 'bench.wide', 'ns/row',
	'SELECT sum(parindex.index_score((SELECT fitted FROM bench.fit WHERE name = ''minmax''), (SELECT framework FROM bench.scheme), w)) FROM bench.wide AS w',
	'SELECT count(w) FROM bench.wide AS w'),
('index_score_of_row_by_places', 'bench.wide', 'ns/row',
	'SELECT sum(parindex.index_score((SELECT fitted FROM bench.fit WHERE name = ''places''), (SELECT framework FROM bench.scheme), w)) FROM bench.wide AS w',
	'SELECT count(w) FROM bench.wide AS w'),
('fit_places', 'bench.wide', 'ns/row',
	'SELECT parindex.fit_agg(''treat winsorise 5 then log; normalise percentile_rank''::parindex.pipeline, (SELECT framework FROM bench.scheme), w) FROM bench.wide AS w',
	'SELECT count(w) FROM bench.wide AS w');

INSERT INTO bench.measure (name, source, goal, ours, peer, agreement) VALUES
('run_pipeline', 'bench.raw', 1.05,
	'SELECT parindex.run_pipeline(matrix, framework, ''impute group_mean; treat winsorise 5 then log; normalise minmax 1 100'') FROM bench.raw',
	'SELECT parindex.normalise(parindex.treat_outliers(parindex.impute(matrix, ''group_mean'')), framework, ''minmax'', 1, 100) FROM bench.raw',
	'SELECT parindex.run_pipeline(matrix, framework, ''impute group_mean; treat winsorise 5 then log; normalise minmax 1 100'')
		= parindex.normalise(parindex.treat_outliers(parindex.impute(matrix, ''group_mean'')), framework, ''minmax'', 1, 100) FROM bench.raw');
