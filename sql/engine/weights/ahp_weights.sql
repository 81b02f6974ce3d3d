-- Weights from judgements in pairs.

CREATE FUNCTION parindex.ahp_weights(judgements float8[], method text DEFAULT 'eigenvector')
	RETURNS TABLE(place int, weight float8, lambda_max float8, consistency_index float8, consistency_ratio float8)
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000
	AS 'MODULE_PATHNAME', 'parindex_ahp_weights';

COMMENT ON FUNCTION parindex.ahp_weights(judgements float8[], method text) IS
'Weights of n criteria, 1 to 15, by the Analytic Hierarchy Process (Saaty 1977, 1980): judgements[i][j] says how many times as important criterion i is as j, on Saaty''s scale 1/9 to 9 or any from 1e-9 to 1e9, 1 on the diagonal. One row per criterion: place i, and weight, 0 to 1, summing to 1. method eigenvector: the principal eigenvector; geometric: the geometric means of the rows. The same in all rows: lambda_max, the mean of (A w)_i / w_i, with eigenvector the principal eigenvalue; consistency_index (lambda_max - n) / (n - 1), at least 0; consistency_ratio, that over the random index of Saaty (1980), by custom acceptable below 0.1. Both are 0 for n below 3, where nothing can contradict. Errors: an array that is not square of 1 to 15 rows (2202E), a null element (22004), and 22023 for a judgement out of range, a diagonal other than 1, [j][i] off the reciprocal of [i][j] by more than 0.5 % (3 and 0.333 will do), an unknown method, and judgements that contradict each other so much that the eigenvector is not found in 10000 steps. The order of criteria does not change a bit of a weight. No rows for NULL.';
