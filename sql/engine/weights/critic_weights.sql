-- Weights by contrast within a criterion and conflict with the others.

CREATE FUNCTION parindex.critic_weights(matrix parindex.score_matrix)
	RETURNS TABLE(code text, weight float8, stddev float8, conflict float8)
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000
	AS 'MODULE_PATHNAME', 'parindex_critic_weights';

COMMENT ON FUNCTION parindex.critic_weights(matrix parindex.score_matrix) IS
'One row per criterion, weighted by the CRITIC method (Diakoulaki, Mavrotas and Papayannakis 1995). stddev: sample standard deviation of the criterion brought to 0..1 by its own least and greatest value. conflict: sum over the other criteria of 1 - r, r being Pearson''s correlation over the units that have both. weight: the share of stddev * conflict in its sum over the criteria, 0 to 1. Greater values count as better: where less is better, normalise() first, which turns them. Cells that are missing or not applicable are left out; of periods, all count. A pair in which one criterion does not vary over the units that have both has no correlation and adds nothing. So a criterion whose values are all equal has weight 0; one with fewer than two values has stddev NULL and weight 0. Where no criterion is both varied and in conflict with another (a single one never is), all weights are NULL; use equal_weights(). The order of rows does not change a bit. No rows for NULL.';
