-- The type score_matrix: units by criteria, one value passed from step to step.

CREATE TYPE parindex.score_matrix;

CREATE FUNCTION parindex.score_matrix_in(cstring) RETURNS parindex.score_matrix
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_score_matrix_in';

COMMENT ON FUNCTION parindex.score_matrix_in(cstring) IS
'Reads the text form: a line "v1 rows=2 columns=3 groups periods", then CSV. Malformed text, a unit or code given twice, and a value that is not finite are errors (22P02, 22023).';

CREATE FUNCTION parindex.score_matrix_out(parindex.score_matrix) RETURNS cstring
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_score_matrix_out';

COMMENT ON FUNCTION parindex.score_matrix_out(parindex.score_matrix) IS
'Writes the canonical text form: exact, equal for equal matrices. An empty cell is missing, n/a is not applicable.';

CREATE FUNCTION parindex.score_matrix_recv(internal) RETURNS parindex.score_matrix
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_score_matrix_recv';

COMMENT ON FUNCTION parindex.score_matrix_recv(internal) IS
'Reads the binary form; a malformed value is an error (22P03).';

CREATE FUNCTION parindex.score_matrix_send(parindex.score_matrix) RETURNS bytea
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_score_matrix_send';

COMMENT ON FUNCTION parindex.score_matrix_send(parindex.score_matrix) IS
'Writes the binary form in network byte order: equal bytes for equal matrices.';

CREATE TYPE parindex.score_matrix (
	INPUT = parindex.score_matrix_in,
	OUTPUT = parindex.score_matrix_out,
	RECEIVE = parindex.score_matrix_recv,
	SEND = parindex.score_matrix_send,
	INTERNALLENGTH = VARIABLE,
	ALIGNMENT = double,
	STORAGE = external
);

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
