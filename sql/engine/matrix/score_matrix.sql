-- The type score_matrix: units by criteria, one value passed from step to step.

--@ type_io
--@ type: score_matrix
--@ many: matrices
--@ storage: external
--@ refused: It is a line "v1 rows=2 columns=3 groups periods", then CSV, in which an empty cell is missing and n/a is not applicable. Malformed text, a unit or code given twice, and a value that is not finite are errors (22P02, 22023).
--@ refused_binary: A malformed value is an error (22P03).

COMMENT ON TYPE parindex.score_matrix IS
'Values of units (rows) by criteria (columns). A row is a unit, or a unit in a period, and may belong to a group. A cell is observed, and then holds a finite number, or missing, or not applicable. Made by the aggregate score_matrix_agg(); every step of an index is a function from matrix to matrix; read by matrix_cells(). Rows stand in bytewise order of units, then by period, columns in natural order of codes (D2_9 before D2_10): matrices of the same cells are equal in every byte, whatever the order of the rows they came from. At most 1 GB (54000).';

CREATE FUNCTION parindex.matrix_cells(matrix parindex.score_matrix) RETURNS TABLE(unit text, code text, period int, value float8, status text, unit_group text)
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_matrix_cells';

COMMENT ON FUNCTION parindex.matrix_cells(matrix parindex.score_matrix) IS
'Every cell of a matrix, one row each, by unit, period and code. value is NULL unless status is ''observed''; else that is ''missing'' or ''not_applicable''. period and unit_group are NULL where there is none. No rows for NULL.';

CREATE FUNCTION parindex.matrix_units(matrix parindex.score_matrix) RETURNS TABLE(unit text, unit_group text, period int)
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_matrix_units';

COMMENT ON FUNCTION parindex.matrix_units(matrix parindex.score_matrix) IS
'The rows of a matrix, in their order: units, with their group and period where there are any. No rows for NULL.';

CREATE FUNCTION parindex.matrix_codes(matrix parindex.score_matrix) RETURNS text[]
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_matrix_codes';

COMMENT ON FUNCTION parindex.matrix_codes(matrix parindex.score_matrix) IS
'The codes of a matrix, in the order of its columns. NULL for NULL.';

--@ ordered_type
--@ type: score_matrix
--@ one: matrix
--@ many: matrices
--@ equal: they have the same rows, columns, groups, periods and cells, and equal text and bytes
--@ order: by their stored forms
