-- The composite example: input, framework, and the answers that other
-- software (COINr 1.1.14; for bod_scores simplex() of R's boot 1.3-28.1) gave.
-- Regression tests include it by
--
--	 \getenv abs_srcdir PG_ABS_SRCDIR
--	 \set load :abs_srcdir '/data/composite/load.sql'
--	 \set ECHO none
--	 \i :load
--	 \set ECHO all
--
-- It makes temporary tables:
--	 composite_cell(unit, unit_group, code, value)	long input; NULL is missing
--	 composite_wide(unit, unit_group, "values")		the same, an object a unit
--	 composite_framework(code, parent, level, direction, weight)	as the CSV has it
--	 composite_answer(file, key, field, value)		all other files, cell by cell: file
--		without .csv, key the row's first field, field the column's title, value
--		as text, NULL where it is empty
\set composite_lines `cd "$PG_ABS_SRCDIR/data/composite" && grep '' *.csv`

CREATE TEMP TABLE composite_line AS
SELECT
	split_part(line, '.csv:', 1) AS file,
	row_number() OVER (PARTITION BY split_part(line, '.csv:', 1) ORDER BY n) AS number,
	string_to_array(replace(substr(line, strpos(line, '.csv:') + 5), '"', ''), ',') AS field
FROM string_to_table(:'composite_lines', E'\n') WITH ORDINALITY AS lines(line, n);

CREATE TEMP TABLE composite_value AS
SELECT line.file, line.number AS row, title.position, title.title AS field,
	line.field[1] AS key, nullif(line.field[title.position], '') AS value
FROM composite_line AS line
JOIN composite_line AS header ON header.file = line.file AND header.number = 1
CROSS JOIN unnest(header.field) WITH ORDINALITY AS title(title, position)
WHERE line.number > 1;

CREATE TEMP TABLE composite_cell AS
SELECT unit.field[2] AS unit, unit.field[3] AS unit_group,
	cell.field AS code, cell.value::float8 AS value
FROM composite_value AS cell
JOIN composite_line AS unit ON unit.file = cell.file AND unit.number = cell.row
WHERE cell.file = 'input' AND cell.position > 3;

CREATE TEMP TABLE composite_wide AS
SELECT unit, unit_group, jsonb_object_agg(code, value) AS "values"
FROM composite_cell
GROUP BY unit, unit_group;

CREATE TEMP TABLE composite_framework AS
SELECT field[2] AS code, nullif(nullif(field[6], ''), 'NA') AS parent, field[1]::int AS level,
	field[4]::int AS direction, field[5]::float8 AS weight
FROM composite_line
WHERE file = 'framework' AND number > 1;

CREATE TEMP TABLE composite_answer AS
SELECT file, key, field, value
FROM composite_value
WHERE file NOT IN ('input', 'framework') AND position > 1;
