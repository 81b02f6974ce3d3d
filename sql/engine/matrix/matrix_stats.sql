-- Statistics of the criteria of a score_matrix.

CREATE FUNCTION parindex.matrix_stats(matrix parindex.score_matrix)
	RETURNS TABLE(
		code text,
		min float8,
		max float8,
		mean float8,
		median float8,
		stddev float8,
		skewness float8,
		kurtosis float8,
		n_available int,
		n_nonzero int,
		n_unique int,
		n_same int,
		share_available float8,
		share_nonzero float8,
		share_unique float8,
		share_same float8,
		n_missing int,
		n_not_applicable int
	)
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_matrix_stats';

COMMENT ON FUNCTION parindex.matrix_stats(matrix parindex.score_matrix) IS
'One row per criterion, over its observed cells, in units of the criterion: smallest and largest value, mean and sample standard deviation (exact, rounded once), median; skewness and kurtosis of type 2 (G1 and G2 of Joanes and Gill 1998; the normal distribution has 0 and 0). n_available counts observed cells, n_nonzero those that are not 0, n_unique different values, n_same how often the most frequent value stands. share_available is n_available among applicable cells, the other shares are of n_available; 0 to 1. NULL where undefined: all of a criterion without values, stddev of one value, skewness of fewer than 3 or of equal values, kurtosis of fewer than 4 or of equal values. A stddev beyond double precision is an error (22003). The order of rows does not change a bit. No rows for NULL.';
