-- Weights by how unevenly the criteria are shared out among the units.

CREATE FUNCTION parindex.gini_weights(matrix parindex.score_matrix)
	RETURNS TABLE(code text, weight float8, gini float8)
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000
	AS 'MODULE_PATHNAME', 'parindex_gini_weights';

COMMENT ON FUNCTION parindex.gini_weights(matrix parindex.score_matrix) IS
'One row per criterion, weighted by its Gini coefficient. gini: the sum over all pairs of units, in either order, of |x - y|, over 2 n^2 mean, of the n observed values, zeros included (Gini 1912): from 0 (all have the same) to 1 - 1/n (one unit has all). weight: its share in the sum over the criteria, 0 to 1. Cells that are missing or not applicable are left out; of periods, all count. A criterion whose values are all equal, all 0 included, has weight 0; one with fewer than two values has gini NULL and weight 0. Where that is so of all criteria all weights are NULL; use equal_weights(). Weights do not change with the unit of measure, but do with its zero point; direction does not matter. Sums are exact and rounded once: the order of rows does not change a bit. A negative value is an error naming unit and criterion (22023). No rows for NULL.';
