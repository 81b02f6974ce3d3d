-- Outliers: winsorise, then logarithm, by the test of skewness and kurtosis.

CREATE FUNCTION parindex.treat_outliers(matrix parindex.score_matrix, winsorise_max int DEFAULT 5, skew_limit float8 DEFAULT 2, kurtosis_limit float8 DEFAULT 3.5) RETURNS parindex.score_matrix
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_treat_outliers';

COMMENT ON FUNCTION parindex.treat_outliers(matrix parindex.score_matrix, winsorise_max int, skew_limit float8, kurtosis_limit float8) IS
'The matrix with outliers treated, each criterion by itself over all its rows (of all groups and periods). A criterion passes whose skewness is below skew_limit in size, or whose kurtosis is below kurtosis_limit (both of type 2, kurtosis 0 for the normal distribution), or for which they are undefined: fewer than 4 observed values, or all equal. One that fails is winsorised: the most extreme values at the end that the skewness points to, tied ones together, take the next most extreme value, until the criterion passes or more than winsorise_max values in all would move; a step after which all values were equal is not taken. If it fails even so, its untreated values are replaced by their logarithm, ln(x - min + (max - min)/100), for a negative skewness mirrored, -ln(max - x + (max - min)/100): order is kept. The rule is that of COINr 1.1.14, but for the mirror. Missing and not applicable cells stay. NULL for NULL. Errors: 22023 for a limit that is negative or NaN.';

CREATE FUNCTION parindex.treat_report(matrix parindex.score_matrix, winsorise_max int DEFAULT 5, skew_limit float8 DEFAULT 2, kurtosis_limit float8 DEFAULT 3.5) RETURNS TABLE(code text, skewness_before float8, kurtosis_before float8, winsorised int, winsorised_low int, winsorised_high int, lower_limit float8, upper_limit float8, log_applied bool, skewness_after float8, kurtosis_after float8, status text)
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_treat_report';

COMMENT ON FUNCTION parindex.treat_report(matrix parindex.score_matrix, winsorise_max int, skew_limit float8, kurtosis_limit float8) IS
'What treat_outliers() does with the same arguments, one row a criterion, in the order of the matrix. Status: passed (left as it was), winsorised or logged (passes since then), still_fails (even after the logarithm, which stays). winsorised counts values, also where winsorising was not enough and the logarithm took the untreated ones; lower_limit and upper_limit are what they were set to, NULL where none was. log_applied is false of still_fails only where the range of the values leaves the float8. Skewness and kurtosis of type 2, NULL where undefined. No rows for NULL. Errors as treat_outliers().';
