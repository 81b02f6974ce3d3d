-- How criteria go together.

CREATE FUNCTION parindex.correlations(matrix parindex.score_matrix, method text DEFAULT 'pearson')
	RETURNS TABLE(code_a text, code_b text, correlation float8, n int)
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100000
	AS 'MODULE_PATHNAME', 'parindex_correlations';

COMMENT ON FUNCTION parindex.correlations(matrix parindex.score_matrix, method text) IS
'Correlation, -1 to 1, of each two criteria (code_a before code_b in the order of the matrix) over the n rows, of all periods, in which both have values. Method pearson: of the values; spearman: of their ranks, ties sharing the mean of theirs; kendall: tau-b, which counts the pairs of units that both criteria put in the same order less those they put in opposite order (Knight 1966). NULL where n is below 2 or either criterion is constant in these rows. Sums are of integers (values to 47 bits of their range) and rounded once, so that the order of rows does not change a bit. For the correlation with an index add it as a column. Errors: an unknown method (22023). No rows for NULL.';
