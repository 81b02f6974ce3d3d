-- How values change over the periods of a matrix.

CREATE FUNCTION parindex.growth(matrix parindex.score_matrix, kind text DEFAULT 'compound', from_period int DEFAULT NULL, to_period int DEFAULT NULL)
	RETURNS TABLE (unit text, code text, first_period int, last_period int, periods int, first_value float8, last_value float8, growth float8)
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_growth';

COMMENT ON FUNCTION parindex.growth(parindex.score_matrix, text, int, int) IS
'How each criterion of each unit changed from its first observed period to its last, within from_period and to_period where these are given. growth by kind: compound, (last / first) ^ (1 / (last period - first period)) - 1 a period (CAGR); relative, last / first - 1; change, last - first; slope, that of least squares on the period over all observed periods, exact and rounded once. periods: observed ones. NULL growth with fewer than two, for compound where a value is not above 0, for relative where the first is not. One row a unit and criterion with an observed value; score_matrix_agg(unit, code, growth) makes criteria of them. No rows for a NULL matrix or kind. Errors: 22023 for an unknown kind and for a matrix without periods; 22003 for a result beyond double precision.';
