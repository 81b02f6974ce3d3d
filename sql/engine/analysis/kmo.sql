-- Whether criteria are fit for principal components.

CREATE FUNCTION parindex.kmo(matrix parindex.score_matrix)
	RETURNS TABLE(code text, msa float8, kmo float8, chi_square float8, df int, p_value float8, n int)
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100000
	AS 'MODULE_PATHNAME', 'parindex_kmo';

COMMENT ON FUNCTION parindex.kmo(matrix parindex.score_matrix) IS
'Whether the criteria correlate enough, and not only in pairs, for principal components to say something. One row per criterion; over the n rows, of all periods, in which all criteria have values. msa: the criterion''s measure of sampling adequacy (Kaiser and Rice 1974), the sum of its squared correlations with the others over that sum plus that of its squared partial correlations given all others, 0 to 1; by custom at least 0.5. The same in all rows: kmo, the measure of Kaiser, Meyer and Olkin, likewise over all criteria; chi_square, df and p_value of Bartlett''s test of sphericity (1951), which asks whether all correlations could be 0 in a normal population: -(n - 1 - (2 k + 5) / 6) * ln of the determinant of the correlations of k criteria, with k (k - 1) / 2 degrees of freedom; the last digits of p_value may differ between platforms. A criterion that does not vary in the n rows has msa NULL and counts in nothing; where fewer than two do, all are NULL, and so are msa and kmo where no correlation is other than 0. The order of rows does not change a bit. Errors: a singular correlation matrix, as n not above k or a criterion that is a linear combination of others makes it (22023); more than 1000 criteria (54000). No rows for NULL.';
