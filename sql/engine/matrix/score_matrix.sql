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

-- Equality and order; the order has no meaning in the data.

CREATE FUNCTION parindex.score_matrix_eq(a parindex.score_matrix, b parindex.score_matrix) RETURNS boolean
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_score_matrix_eq';

COMMENT ON FUNCTION parindex.score_matrix_eq(a parindex.score_matrix, b parindex.score_matrix) IS
'Whether two matrices are equal: they have the same rows, columns, groups, periods and cells, and equal text and bytes. NULL if either is NULL.';

CREATE FUNCTION parindex.score_matrix_ne(a parindex.score_matrix, b parindex.score_matrix) RETURNS boolean
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_score_matrix_ne';

COMMENT ON FUNCTION parindex.score_matrix_ne(a parindex.score_matrix, b parindex.score_matrix) IS
'Whether two matrices differ. NULL if either is NULL.';

CREATE FUNCTION parindex.score_matrix_lt(a parindex.score_matrix, b parindex.score_matrix) RETURNS boolean
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_score_matrix_lt';

COMMENT ON FUNCTION parindex.score_matrix_lt(a parindex.score_matrix, b parindex.score_matrix) IS
'Whether the first matrix stands before the second, in the order of score_matrix_cmp(). NULL if either is NULL.';

CREATE FUNCTION parindex.score_matrix_le(a parindex.score_matrix, b parindex.score_matrix) RETURNS boolean
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_score_matrix_le';

COMMENT ON FUNCTION parindex.score_matrix_le(a parindex.score_matrix, b parindex.score_matrix) IS
'Whether the first matrix stands before the second or equals it, in the order of score_matrix_cmp(). NULL if either is NULL.';

CREATE FUNCTION parindex.score_matrix_gt(a parindex.score_matrix, b parindex.score_matrix) RETURNS boolean
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_score_matrix_gt';

COMMENT ON FUNCTION parindex.score_matrix_gt(a parindex.score_matrix, b parindex.score_matrix) IS
'Whether the first matrix stands after the second, in the order of score_matrix_cmp(). NULL if either is NULL.';

CREATE FUNCTION parindex.score_matrix_ge(a parindex.score_matrix, b parindex.score_matrix) RETURNS boolean
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_score_matrix_ge';

COMMENT ON FUNCTION parindex.score_matrix_ge(a parindex.score_matrix, b parindex.score_matrix) IS
'Whether the first matrix stands after the second or equals it, in the order of score_matrix_cmp(). NULL if either is NULL.';

CREATE FUNCTION parindex.score_matrix_cmp(a parindex.score_matrix, b parindex.score_matrix) RETURNS integer
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_score_matrix_cmp';

COMMENT ON FUNCTION parindex.score_matrix_cmp(a parindex.score_matrix, b parindex.score_matrix) IS
'-1, 0 or 1 as the first matrix stands before the second, equals it or stands after it, by their stored forms: an order for sorting and indexes, without meaning in the data. NULL if either is NULL.';

CREATE FUNCTION parindex.score_matrix_hash(value parindex.score_matrix) RETURNS integer
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_score_matrix_hash';

COMMENT ON FUNCTION parindex.score_matrix_hash(value parindex.score_matrix) IS
'Hash of a matrix, the same for equal matrices. NULL for NULL.';

CREATE FUNCTION parindex.score_matrix_hash_extended(value parindex.score_matrix, seed bigint) RETURNS bigint
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_score_matrix_hash_extended';

COMMENT ON FUNCTION parindex.score_matrix_hash_extended(value parindex.score_matrix, seed bigint) IS
'Hash of a matrix in 64 bits with a seed, the same for equal matrices. NULL if either is NULL.';

CREATE OPERATOR parindex.= (
	LEFTARG = parindex.score_matrix,
	RIGHTARG = parindex.score_matrix,
	FUNCTION = parindex.score_matrix_eq,
	COMMUTATOR = OPERATOR(parindex.=),
	NEGATOR = OPERATOR(parindex.<>),
	RESTRICT = pg_catalog.eqsel,
	JOIN = pg_catalog.eqjoinsel,
	HASHES,
	MERGES
);

COMMENT ON OPERATOR parindex.= (parindex.score_matrix, parindex.score_matrix) IS
'Equal: they have the same rows, columns, groups, periods and cells, and equal text and bytes. NULL if either is NULL.';

CREATE OPERATOR parindex.<> (
	LEFTARG = parindex.score_matrix,
	RIGHTARG = parindex.score_matrix,
	FUNCTION = parindex.score_matrix_ne,
	COMMUTATOR = OPERATOR(parindex.<>),
	NEGATOR = OPERATOR(parindex.=),
	RESTRICT = pg_catalog.neqsel,
	JOIN = pg_catalog.neqjoinsel
);

COMMENT ON OPERATOR parindex.<> (parindex.score_matrix, parindex.score_matrix) IS
'Not equal. NULL if either is NULL.';

CREATE OPERATOR parindex.< (
	LEFTARG = parindex.score_matrix,
	RIGHTARG = parindex.score_matrix,
	FUNCTION = parindex.score_matrix_lt,
	COMMUTATOR = OPERATOR(parindex.>),
	NEGATOR = OPERATOR(parindex.>=),
	RESTRICT = pg_catalog.scalarltsel,
	JOIN = pg_catalog.scalarltjoinsel
);

COMMENT ON OPERATOR parindex.< (parindex.score_matrix, parindex.score_matrix) IS
'Stands before, in the order of score_matrix_cmp(). NULL if either is NULL.';

CREATE OPERATOR parindex.<= (
	LEFTARG = parindex.score_matrix,
	RIGHTARG = parindex.score_matrix,
	FUNCTION = parindex.score_matrix_le,
	COMMUTATOR = OPERATOR(parindex.>=),
	NEGATOR = OPERATOR(parindex.>),
	RESTRICT = pg_catalog.scalarlesel,
	JOIN = pg_catalog.scalarlejoinsel
);

COMMENT ON OPERATOR parindex.<= (parindex.score_matrix, parindex.score_matrix) IS
'Stands before or is equal, in the order of score_matrix_cmp(). NULL if either is NULL.';

CREATE OPERATOR parindex.> (
	LEFTARG = parindex.score_matrix,
	RIGHTARG = parindex.score_matrix,
	FUNCTION = parindex.score_matrix_gt,
	COMMUTATOR = OPERATOR(parindex.<),
	NEGATOR = OPERATOR(parindex.<=),
	RESTRICT = pg_catalog.scalargtsel,
	JOIN = pg_catalog.scalargtjoinsel
);

COMMENT ON OPERATOR parindex.> (parindex.score_matrix, parindex.score_matrix) IS
'Stands after, in the order of score_matrix_cmp(). NULL if either is NULL.';

CREATE OPERATOR parindex.>= (
	LEFTARG = parindex.score_matrix,
	RIGHTARG = parindex.score_matrix,
	FUNCTION = parindex.score_matrix_ge,
	COMMUTATOR = OPERATOR(parindex.<=),
	NEGATOR = OPERATOR(parindex.<),
	RESTRICT = pg_catalog.scalargesel,
	JOIN = pg_catalog.scalargejoinsel
);

COMMENT ON OPERATOR parindex.>= (parindex.score_matrix, parindex.score_matrix) IS
'Stands after or is equal, in the order of score_matrix_cmp(). NULL if either is NULL.';

CREATE OPERATOR FAMILY parindex.score_matrix_ops USING btree;

COMMENT ON OPERATOR FAMILY parindex.score_matrix_ops USING btree IS
'Order of score_matrix.';

CREATE OPERATOR CLASS parindex.score_matrix_ops
	DEFAULT FOR TYPE parindex.score_matrix USING btree
	FAMILY parindex.score_matrix_ops AS
	OPERATOR 1 parindex.<,
	OPERATOR 2 parindex.<=,
	OPERATOR 3 parindex.=,
	OPERATOR 4 parindex.>=,
	OPERATOR 5 parindex.>,
	FUNCTION 1 parindex.score_matrix_cmp(parindex.score_matrix, parindex.score_matrix);

COMMENT ON OPERATOR CLASS parindex.score_matrix_ops USING btree IS
'Order of score_matrix, for DISTINCT, sorting, merge joins and indexes.';

CREATE OPERATOR FAMILY parindex.score_matrix_ops USING hash;

COMMENT ON OPERATOR FAMILY parindex.score_matrix_ops USING hash IS
'Hashing of score_matrix.';

CREATE OPERATOR CLASS parindex.score_matrix_ops
	DEFAULT FOR TYPE parindex.score_matrix USING hash
	FAMILY parindex.score_matrix_ops AS
	OPERATOR 1 parindex.=,
	FUNCTION 1 parindex.score_matrix_hash(parindex.score_matrix),
	FUNCTION 2 parindex.score_matrix_hash_extended(parindex.score_matrix, bigint);

COMMENT ON OPERATOR CLASS parindex.score_matrix_ops USING hash IS
'Hashing of score_matrix, for GROUP BY, hash joins and hash partitions.';
