-- Calibration of a million respondents.
INSERT INTO bench.measure (name, source, quantity, settings, goal, ours, peer, floor, agreement) VALUES
(
	'rake_3_margins', 'bench.respondent', 'ms', '{}', 5000,
	'SELECT parindex.rake(weight, ARRAY[a, b, c], (SELECT targets FROM bench.target), 1e-8) OVER () FROM bench.respondent',
	NULL,
	'SELECT weight + count(ARRAY[a, b, c]) OVER () FROM bench.respondent',
	'SELECT bool_and(abs(w / (target.value::float8) - 1) <= 1e-8)
	FROM (
		SELECT GROUPING(a, b, c) AS margin, coalesce(a, b, c) AS category, sum(w) AS w
		FROM (
			SELECT a, b, c, parindex.rake(weight, ARRAY[a, b, c], (SELECT targets FROM bench.target), 1e-8) OVER () AS w
			FROM bench.respondent
		) AS raked
		GROUP BY GROUPING SETS (a, b, c)
	) AS ours,
	bench.target AS t, jsonb_each(t.targets->(CASE margin WHEN 3 THEN 0 WHEN 5 THEN 1 ELSE 2 END)) AS target
	WHERE target.key = category'
),
(
	'calibrate_cell_a_row', 'bench.respondent', 'ms', '{}', NULL,
	'SELECT parindex.calibrate(weight, ARRAY[1, x, y], ''{2600000,96000000,131000000}'') OVER () FROM bench.respondent',
	NULL,
	'SELECT weight + count(ARRAY[1, x, y]) OVER () FROM bench.respondent',
	NULL
),
(
	'rake_residual', 'bench.respondent', 'ms', '{}', NULL,
	'SELECT parindex.rake_residual(y, weight, weight, ARRAY[a, b, c]) OVER () FROM bench.respondent',
	NULL,
	'SELECT y + count(ARRAY[a, b, c]) OVER () FROM bench.respondent',
	NULL
);
