-- Criteria chosen, left out and added.

CREATE FUNCTION parindex.select_criteria(matrix parindex.score_matrix, codes text[]) RETURNS parindex.score_matrix
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_select_criteria';

COMMENT ON FUNCTION parindex.select_criteria(matrix parindex.score_matrix, codes text[]) IS
'The matrix with these criteria alone; units, groups, periods and the marks of cells that are not applicable stay. Errors: 22023 for a code that the matrix lacks, or that is there twice; 22004 for a NULL among the codes. NULL for a NULL argument.';

CREATE FUNCTION parindex.drop_criteria(matrix parindex.score_matrix, codes text[]) RETURNS parindex.score_matrix
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_drop_criteria';

COMMENT ON FUNCTION parindex.drop_criteria(matrix parindex.score_matrix, codes text[]) IS
'The matrix without these criteria, such as denominators once they have done their work; else as select_criteria().';

CREATE FUNCTION parindex.join_matrix(matrix parindex.score_matrix, other parindex.score_matrix) RETURNS parindex.score_matrix
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_join_matrix';

COMMENT ON FUNCTION parindex.join_matrix(matrix parindex.score_matrix, other parindex.score_matrix) IS
'The units and criteria of both matrices in one: criteria of another source, or units of another place. A cell that neither has is missing; one that is missing in the one is taken from the other; of two matrices of which one has groups, these are the groups. Errors: 23505 for a cell that both have, naming it; 22023 for a unit with two groups, and where only one of the two has periods; 54000 for a result above 1 GB. NULL for a NULL argument.';
