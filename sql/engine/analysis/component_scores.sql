-- Where units stand on a principal component.

CREATE FUNCTION parindex.component_scores(
	matrix parindex.score_matrix,
	component int DEFAULT 1,
	mean float8 DEFAULT 0,
	sd float8 DEFAULT 1,
	method text DEFAULT 'correlation',
	positive text DEFAULT NULL)
	RETURNS TABLE(unit text, period int, score float8)
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100000
	AS 'MODULE_PATHNAME', 'parindex_component_scores';

COMMENT ON FUNCTION parindex.component_scores(matrix parindex.score_matrix, component int, mean float8, sd float8, method text, positive text) IS
'Each unit''s score on a principal component as an index, as the indices of deprivation of Australia (SEIFA: mean 1000, sd 100), New Zealand and others are made: the sum over the criteria of coefficient * standardised value (with method covariance: * value less its mean), with the coefficients of pca(matrix, method), which may be negative; then brought to mean and sd. Both hold over the rows, of all periods, in which all criteria have values, sd as that of a sample (n - 1); the other rows have score NULL: impute() first to keep them. positive: the criterion whose coefficient is made positive, so that the score rises with it; NULL: the sign of pca(), the coefficient largest in size, of several equal ones the first, being positive. Where no criterion varies, or the component has no variance, all scores are NULL. One row a unit and period. The order of rows does not change a bit. Errors: component not between 1 and the number of criteria that vary, sd not above 0, mean or sd not finite, an unknown method, a criterion positive that is not in the matrix or whose coefficient is 0 (22023); a NULL component, mean, sd or method (22004); more than 1000 criteria (54000); beyond double precision (22003). No rows for a NULL matrix.';
