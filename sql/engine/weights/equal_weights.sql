-- The same weight for every criterion.

CREATE FUNCTION parindex.equal_weights(matrix parindex.score_matrix)
	RETURNS TABLE(code text, weight float8)
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_equal_weights';

COMMENT ON FUNCTION parindex.equal_weights(matrix parindex.score_matrix) IS
'One row per criterion of the matrix, each with the weight 1 / number of criteria, those without values included. with_weights() puts weights into a framework. No rows for NULL.';
