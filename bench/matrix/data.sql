-- Indicators of units, and the score matrix after each step to an index. In a
-- table of their own, one row each, as the matrix of a user who looks at it:
-- fetching it from there is part of what a step costs.
\set ON_ERROR_STOP on

SELECT setseed(0.5) \g /dev/null

-- Eight domains in two sub-indices. A quarter of the indicators are skewed
-- enough for the logarithm, another quarter hold four outliers each that
-- winsorising takes away; 3 per cent of the cells are missing. Unit by unit, as
-- sheets are loaded.
CREATE FUNCTION bench.code(indicator int) RETURNS text
LANGUAGE sql IMMUTABLE
RETURN format('D%s.%s', 1 + indicator % 8, 1 + indicator / 8);

CREATE FUNCTION bench.indicator(units int, indicators int)
RETURNS TABLE (unit text, code text, value float8, unit_group text)
LANGUAGE sql AS $$
	SELECT
		format('U%s', lpad(u::text, 7, '0')),
		bench.code(i),
		CASE
			WHEN random() < 0.03 THEN NULL
			WHEN i % 4 = 0 THEN exp(8 * random())
			WHEN i % 4 = 1 AND u % (units / 4) = i THEN 1000 * (1 + random())
			ELSE 100 * random()
		END,
		format('G%s', u % 20)
	FROM generate_series(0, units - 1) AS u, generate_series(0, indicators - 1) AS i
	ORDER BY u, i
$$;

CREATE FUNCTION bench.framework(indicators int) RETURNS parindex.framework
LANGUAGE sql AS $$
	SELECT parindex.framework_agg(code, parent, weight, direction)
	FROM (
		SELECT bench.code(i), format('D%s', 1 + i % 8), 1 + i % 3, CASE i % 5 WHEN 0 THEN -1 ELSE 1 END
		FROM generate_series(0, indicators - 1) AS i
		UNION ALL
		SELECT format('D%s', d), format('S%s', 1 + d % 2), d, NULL
		FROM generate_series(1, 8) AS d
		UNION ALL
		VALUES ('S1', 'INDEX', 1, NULL::int), ('S2', 'INDEX', 2, NULL), ('INDEX', NULL, 1, NULL)
	) AS node (code, parent, weight, direction)
$$;

CREATE UNLOGGED TABLE bench.indicator AS SELECT * FROM bench.indicator(20000, 50);
CREATE UNLOGGED TABLE bench.indicator_in_no_order AS SELECT * FROM bench.indicator ORDER BY random();
CREATE UNLOGGED TABLE bench.indicator_10x_units AS SELECT * FROM bench.indicator(200000, 50);
CREATE UNLOGGED TABLE bench.indicator_10x_criteria AS SELECT * FROM bench.indicator(20000, 500);

CREATE TABLE bench.index AS
SELECT name, bench.framework(indicators) AS framework
FROM (VALUES ('50', 50), ('500', 500)) AS index (name, indicators);

CREATE TABLE bench.step (name text PRIMARY KEY, matrix parindex.score_matrix);
INSERT INTO bench.step
SELECT 'matrix', parindex.score_matrix_agg(unit, code, value, unit_group) FROM bench.indicator;
INSERT INTO bench.step
SELECT 'imputed', parindex.impute(matrix, 'group_mean') FROM bench.step WHERE name = 'matrix';
INSERT INTO bench.step
SELECT 'treated', parindex.treat_outliers(matrix) FROM bench.step WHERE name = 'imputed';
INSERT INTO bench.step
SELECT 'normalised', parindex.normalise(matrix, framework, 'minmax', 1, 100)
FROM bench.step AS step, bench.index AS index
WHERE step.name = 'treated' AND index.name = '50';

-- A tree for plain SQL to climb: all leaves at depth 3, 3 per cent of the cells
-- missing, so that siblings share their weight and each level needs its turn.
CREATE TABLE bench.criterion AS
SELECT code, parent, weight::float8
FROM (
	SELECT format('C%s', i), format('D%s', 1 + i / 4), 1 + i
	FROM generate_series(0, 19) AS i
	UNION ALL
	SELECT format('D%s', d), format('S%s', 1 + d % 2), d
	FROM generate_series(1, 5) AS d
	UNION ALL
	VALUES ('S1', 'INDEX', 1), ('S2', 'INDEX', 2), ('INDEX', NULL, 1)
) AS node (code, parent, weight);

CREATE TABLE bench.tree AS
SELECT parindex.framework_agg(code, parent, weight, NULL) AS framework FROM bench.criterion;

-- One leaf of all units after the other, as a table grows when sheets come in.
CREATE UNLOGGED TABLE bench.leaf AS
SELECT (u * 7919 % 200000)::int AS unit, format('C%s', i) AS code, 100 * random() AS value
FROM generate_series(0, 19) AS i, generate_series(1, 200000::bigint) AS u
WHERE random() > 0.03;

CREATE VIEW bench.root_score AS
SELECT
	unit,
	parindex.index_score(
		parindex.index_scores_agg((SELECT framework FROM bench.tree), code, value),
		(SELECT framework FROM bench.tree)) AS score
FROM bench.leaf
GROUP BY unit;

-- A recursive term may not aggregate, but its windows may.
CREATE VIEW bench.root_score_recursive AS
WITH RECURSIVE node (unit, code, score) AS (
	SELECT unit, code, value FROM bench.leaf
	UNION ALL
	SELECT DISTINCT
		n.unit,
		c.parent,
		sum(c.weight * n.score) OVER family / sum(c.weight) OVER family
	FROM node AS n
	JOIN bench.criterion AS c USING (code)
	WHERE c.parent IS NOT NULL
	WINDOW family AS (PARTITION BY n.unit, c.parent)
)
SELECT unit, score FROM node WHERE code = 'INDEX';

-- As many levels as this tree has, written out.
CREATE VIEW bench.root_score_by_level AS
WITH
	domain AS (
		SELECT l.unit, c.parent AS code, sum(c.weight * l.value) / sum(c.weight) AS score
		FROM bench.leaf AS l
		JOIN bench.criterion AS c USING (code)
		GROUP BY l.unit, c.parent
	),
	subindex AS (
		SELECT d.unit, c.parent AS code, sum(c.weight * d.score) / sum(c.weight) AS score
		FROM domain AS d
		JOIN bench.criterion AS c USING (code)
		GROUP BY d.unit, c.parent
	)
SELECT s.unit, sum(c.weight * s.score) / sum(c.weight) AS score
FROM subindex AS s
JOIN bench.criterion AS c USING (code)
GROUP BY s.unit;

CREATE FUNCTION bench.agrees(with_scores regclass) RETURNS bool
LANGUAGE plpgsql AS $$
DECLARE
	same bool;
BEGIN
	EXECUTE format(
		'SELECT bool_and(abs(a.score - b.score) IS NOT NULL AND abs(a.score - b.score) < 1e-9)
		 FROM bench.root_score AS a FULL JOIN %s AS b USING (unit)', with_scores) INTO same;
	RETURN same;
END
$$;

VACUUM (ANALYZE, FREEZE);
