-- How consistently criteria measure one thing.

CREATE FUNCTION parindex.cronbach_alpha(matrix parindex.score_matrix) RETURNS float8
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000
	AS 'MODULE_PATHNAME', 'parindex_cronbach_alpha';

COMMENT ON FUNCTION parindex.cronbach_alpha(matrix parindex.score_matrix) IS
'Cronbach''s alpha (1951) of the criteria of the matrix: k / (k - 1) * (1 - sum of the variances of the k criteria / variance of their sum), at most 1, over the rows, of all periods, in which all criteria have values; impute first to keep the others. Criteria must point in one direction and have one scale, as normalise() leaves them. The order of rows does not change a bit. NULL for fewer than two criteria or rows, and where the sum does not vary. Error: a sum or standard deviation beyond double precision (22003). NULL for NULL.';

CREATE FUNCTION parindex.cronbach_alpha(matrix parindex.score_matrix, use text) RETURNS float8
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000
	AS 'MODULE_PATHNAME', 'parindex_cronbach_alpha';

COMMENT ON FUNCTION parindex.cronbach_alpha(matrix parindex.score_matrix, use text) IS
'Cronbach''s alpha (1951) of the criteria of the matrix, over the rows that use says: complete, those in which all criteria have values, as cronbach_alpha(matrix); pairwise, as COINr does by default: k / (k - 1) * the sum of the covariances of each two criteria / the sum of these and of the variances, each over the rows that have values of it; a pair with fewer than two such rows counts 0, and where all are such alpha is NULL. Pairwise values may leave the range of alpha where much is missing; cronbach_report() says of how many rows. The order of rows does not change a bit. NULL as for complete rows. Errors: an unknown use (22023); a sum, variance or covariance beyond double precision (22003). NULL for NULL.';

CREATE FUNCTION parindex.cronbach_report(matrix parindex.score_matrix, use text DEFAULT 'complete')
	RETURNS TABLE(alpha float8, criteria int, n int, least_n int)
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000 ROWS 1
	AS 'MODULE_PATHNAME', 'parindex_cronbach_report';

COMMENT ON FUNCTION parindex.cronbach_report(matrix parindex.score_matrix, use text) IS
'cronbach_alpha(matrix, use) with the number of criteria and the rows it is of: n complete rows, least_n being the same; pairwise, n of the pair of criteria with most rows in common and least_n of that with fewest. An alpha from 34 of 180 units is of those 34. One row; alpha NULL where there is none. Errors: as cronbach_alpha(matrix, use). No rows for NULL.';

CREATE FUNCTION parindex.complete_rows(matrix parindex.score_matrix) RETURNS int
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000
	AS 'MODULE_PATHNAME', 'parindex_complete_rows';

COMMENT ON FUNCTION parindex.complete_rows(matrix parindex.score_matrix) IS
'How many rows of the matrix, of all periods, have values of all criteria: those that pca(), pca_weights(), component_scores(), kmo() and cronbach_alpha() take. All rows where the matrix has no criteria. NULL for NULL.';
