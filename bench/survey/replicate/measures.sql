-- Estimates by replicate weights.
INSERT INTO bench.measure (name, source, quantity, settings, goal, ours, peer, floor, agreement) VALUES
(
	'svy_replicate_stats', 'bench.replicated', 'ms', '{}', NULL,
	'SELECT parindex.svy_replicate_stats(y, weight, replicate) FROM bench.replicated',
	'SELECT r, sum(w * y) / sum(w) FROM bench.replicated, unnest(replicate) WITH ORDINALITY AS u(w, r) GROUP BY r',
	'SELECT count(replicate) FROM bench.replicated',
	'SELECT bool_and(abs(ours / theirs - 1) < 1e-12)
	FROM (
		SELECT ours, r
		FROM (SELECT parindex.svy_replicate_estimates(parindex.svy_replicate_stats(y, weight, replicate)) AS e FROM bench.replicated) AS s,
			unnest(e) WITH ORDINALITY AS o(ours, r)
	) AS o
	JOIN (
		SELECT r, sum(w * y) / sum(w) AS theirs FROM bench.replicated, unnest(replicate) WITH ORDINALITY AS u(w, r) GROUP BY r
	) AS t USING (r)'
);
