-- Transforms of criteria, before they are put on a scale.

CREATE FUNCTION parindex.transform(matrix parindex.score_matrix, kind text, a float8 DEFAULT NULL, b float8 DEFAULT NULL, codes text[] DEFAULT NULL)
	RETURNS parindex.score_matrix
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_transform';

COMMENT ON FUNCTION parindex.transform(matrix parindex.score_matrix, kind text, a float8, b float8, codes text[]) IS
'The matrix with the observed values of its criteria, or of codes, transformed. Kinds: log, the natural logarithm of x; log1p, of x + a, 1 if not given; sqrt; cbrt; power, x to the a; boxcox, (x^a - 1) / a, the logarithm where a is 0, a being that of greatest likelihood of the criterion''s values (Box and Cox 1964) within -5 .. 5 where it is not given; logit, ln(x / (a - x)), a being the greatest share, 1 if not given; asinh; reciprocal, 1 / x, which turns the order round; clip, x held within a .. b. Results have the same bits on every machine. NULL for a NULL matrix or kind. Errors: 22023 for an unknown kind, numbers that it does not take, an unknown code, or a value that it is not defined for, naming unit, criterion and value; 22003 for a result beyond double precision.';
