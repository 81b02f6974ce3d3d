-- Weights by how unevenly the criteria are spread over the units.

CREATE FUNCTION parindex.entropy_weights(matrix parindex.score_matrix)
	RETURNS TABLE(code text, weight float8, entropy float8, diversification float8)
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000
	AS 'MODULE_PATHNAME', 'parindex_entropy_weights';

COMMENT ON FUNCTION parindex.entropy_weights(matrix parindex.score_matrix) IS
'One row per criterion. entropy: that of the n observed units'' shares p in the criterion''s sum, -sum(p ln p) / ln n, from 0 (one unit has all) to 1 (all have the same); 0 ln 0 is 0, so a value of 0 counts as a share (Shannon 1948). diversification: 1 - entropy without the cancellation: off by one rounding to double and at most 1e-32. weight: the criterion''s share in the sum of diversifications, from 0 to 1 (Hwang and Yoon 1981, 3.2). Cells that are missing or not applicable are left out; of periods, all count. A criterion whose values are all equal, all 0 included, has entropy 1 and weight 0; one with fewer than two values has entropy and diversification NULL and weight 0. Where that is so of all criteria, none tells units apart: all weights are NULL; use equal_weights(). Weights do not change with the unit of measure, but do with its zero point; direction does not matter. A negative value is an error naming unit and criterion (22023). The order of rows does not change a bit. No rows for NULL.';
