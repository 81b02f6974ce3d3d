-- Weights by contrast within a criterion.

CREATE FUNCTION parindex.stddev_weights(matrix parindex.score_matrix)
	RETURNS TABLE(code text, weight float8, stddev float8)
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000
	AS 'MODULE_PATHNAME', 'parindex_stddev_weights';

COMMENT ON FUNCTION parindex.stddev_weights(matrix parindex.score_matrix) IS
'One row per criterion, weighted by its standard deviation (Diakoulaki, Mavrotas and Papayannakis 1995, beside CRITIC). stddev: sample standard deviation of the criterion brought to 0..1 by its own least and greatest value, so that its unit of measure does not matter, nor its direction. weight: its share in the sum over the criteria, 0 to 1. Cells that are missing or not applicable are left out; of periods, all count. A criterion whose values are all equal has weight 0; one with fewer than two values has stddev NULL and weight 0. Where that is so of all criteria all weights are NULL; use equal_weights(). The order of rows does not change a bit. No rows for NULL.';
