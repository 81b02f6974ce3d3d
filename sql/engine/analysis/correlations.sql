-- How criteria go together.

CREATE FUNCTION parindex.correlations(matrix parindex.score_matrix, method text DEFAULT 'pearson')
	RETURNS TABLE(code_a text, code_b text, correlation float8, n int)
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100000
	AS 'MODULE_PATHNAME', 'parindex_correlations';

COMMENT ON FUNCTION parindex.correlations(matrix parindex.score_matrix, method text) IS
'Correlation, -1 to 1, of each two criteria (code_a before code_b in the order of the matrix) over the n rows, of all periods, in which both have values. Method pearson: of the values; spearman: of their ranks, ties sharing the mean of theirs; kendall: tau-b, which counts the pairs of units that both criteria put in the same order less those they put in opposite order (Knight 1966). NULL where n is below 2 or either criterion is constant in these rows. Sums are of integers (values to 47 bits of their range) and rounded once, so that the order of rows does not change a bit. For the correlation with an index add it as a column. Errors: an unknown method (22023). No rows for NULL.';

CREATE FUNCTION parindex.correlation_tests(matrix parindex.score_matrix, method text DEFAULT 'pearson')
	RETURNS TABLE(code_a text, code_b text, correlation float8, n int, p_value float8)
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100000
	AS 'MODULE_PATHNAME', 'parindex_correlation_tests';

COMMENT ON FUNCTION parindex.correlation_tests(matrix parindex.score_matrix, method text) IS
'correlations(matrix, method) with p_value, two-sided, for the hypothesis that there is none: of pearson and spearman by Student''s t with n - 2 degrees of freedom (of ranks an approximation, NULL where n is below 3); of kendall exact without ties and with n below 50, else by the normal distribution with the variance under ties (Kendall 1970), without a correction for continuity. Many pairs make chance findings: of independent criteria one pair in twenty is below 0.05. Errors: an unknown method (22023). No rows for NULL.';
