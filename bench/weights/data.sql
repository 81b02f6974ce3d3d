-- Fields to be compared and weighted, as cells and as the matrix of a user who
-- has made it before.
\set ON_ERROR_STOP on

SELECT setseed(0.5) \g /dev/null

-- Criteria that go together, as those of an index do; none missing.
CREATE FUNCTION bench.field_cells(units int, criteria int)
RETURNS TABLE (unit int, code text, value float8)
LANGUAGE sql AS $$
	SELECT u, format('C%s', 100 + c), 1 + 99 * (merit + random()) / 2
	FROM (SELECT u, random() AS merit FROM generate_series(1, units) AS u) AS unit,
		generate_series(1, criteria) AS c
$$;

CREATE TABLE bench.field_500x10 AS SELECT * FROM bench.field_cells(500, 10);
CREATE TABLE bench.field_5000x50 AS SELECT * FROM bench.field_cells(5000, 50);
CREATE TABLE bench.field_1000x20 AS SELECT * FROM bench.field_cells(1000, 20);
CREATE TABLE bench.field_20000x50 AS SELECT * FROM bench.field_cells(20000, 50);

CREATE TABLE bench.field (name text PRIMARY KEY, matrix parindex.score_matrix);
INSERT INTO bench.field SELECT '500x10', parindex.score_matrix_agg(unit::text, code, value) FROM bench.field_500x10;
INSERT INTO bench.field SELECT '5000x50', parindex.score_matrix_agg(unit::text, code, value) FROM bench.field_5000x50;
INSERT INTO bench.field SELECT '1000x20', parindex.score_matrix_agg(unit::text, code, value) FROM bench.field_1000x20;
INSERT INTO bench.field SELECT '20000x50', parindex.score_matrix_agg(unit::text, code, value) FROM bench.field_20000x50;

-- The same for core's corr(): a row a unit, a column a criterion.
SELECT format('CREATE TABLE bench.wide AS SELECT unit, %s FROM bench.field_20000x50 GROUP BY unit',
	string_agg(format('max(value) FILTER (WHERE code = %L) AS c%s', 'C' || 100 + c, 100 + c), ', '))
FROM generate_series(1, 50) AS c \gexec

-- One flat index, to be weighted.
CREATE TABLE bench.flat_index AS
SELECT parindex.framework_agg(code, parent, 1, NULL) AS framework
FROM (SELECT DISTINCT code, 'INDEX' FROM bench.field_1000x20 UNION ALL VALUES ('INDEX', NULL)) AS node(code, parent);

VACUUM (ANALYZE, FREEZE);
