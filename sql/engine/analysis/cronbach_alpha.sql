-- How consistently criteria measure one thing.

CREATE FUNCTION parindex.cronbach_alpha(matrix parindex.score_matrix) RETURNS float8
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000
	AS 'MODULE_PATHNAME', 'parindex_cronbach_alpha';

COMMENT ON FUNCTION parindex.cronbach_alpha(matrix parindex.score_matrix) IS
'Cronbach''s alpha (1951) of the criteria of the matrix: k / (k - 1) * (1 - sum of the variances of the k criteria / variance of their sum), at most 1, over the rows, of all periods, in which all criteria have values; impute first to keep the others. Criteria must point in one direction and have one scale, as normalise() leaves them. The order of rows does not change a bit. NULL for fewer than two criteria or rows, and where the sum does not vary. Error: a sum or standard deviation beyond double precision (22003). NULL for NULL.';
