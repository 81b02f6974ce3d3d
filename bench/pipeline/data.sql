-- Wide rows: :units units with 40 criteria in five domains, 3 per cent of the cells
-- missing, values of three decimals; and the same index written out by hand.
\set ON_ERROR_STOP on

SELECT setseed(0.5) \g /dev/null

SELECT format('CREATE UNLOGGED TABLE bench.wide AS SELECT u AS id, %s FROM generate_series(1, %s) AS u',
	string_agg(format('CASE WHEN random() >= 0.03 THEN round((100 * random())::numeric, 3)::float8 END AS c%s', i), ', ' ORDER BY i),
	:units)
FROM generate_series(1, 40) AS i \gexec

CREATE TABLE bench.scheme AS
SELECT parindex.framework_agg(code, parent, weight, NULL) AS framework, 'normalise minmax'::parindex.pipeline AS pipeline
FROM (
	SELECT 'c' || i, 'd' || 1 + (i - 1) / 8, (1 + i % 3)::float8 FROM generate_series(1, 40) AS i
	UNION ALL
	SELECT 'd' || d, 'index', d FROM generate_series(1, 5) AS d
	UNION ALL
	VALUES ('index', NULL, 1)
) AS node (code, parent, weight);

CREATE TABLE bench.fit AS
SELECT name, (SELECT parindex.fit_agg(p::parindex.pipeline, (SELECT framework FROM bench.scheme), w) FROM bench.wide AS w) AS fitted
FROM (VALUES ('minmax', 'normalise minmax'), ('places', 'treat winsorise 5 then log; normalise percentile_rank')) AS asked (name, p);

-- A matrix, for the value against the nested calls.
CREATE TABLE bench.raw AS
SELECT parindex.score_matrix_agg('U' || u, 'c' || i, CASE WHEN random() >= 0.03 THEN CASE WHEN i % 4 = 0 THEN exp(8 * random()) ELSE 100 * random() END END, 'G' || u % 20) AS matrix,
	(SELECT parindex.framework_agg(code, parent, 1, NULL) FROM (SELECT 'c' || i AS code, 'index' AS parent FROM generate_series(1, 50) AS i UNION ALL SELECT 'index', NULL) AS node) AS framework
FROM generate_series(1, 20000) AS u, generate_series(1, 50) AS i;
