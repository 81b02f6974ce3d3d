CREATE FUNCTION parindex.grade(
	score float8,
	bands jsonb,
	digits int DEFAULT 2
) RETURNS text
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_grade_float8';

COMMENT ON FUNCTION parindex.grade(float8, jsonb, int) IS
'Label of the band that the score falls into. bands: jsonb object of each label and the lowest score of its band, which belongs to it, such as {"A": 90, "B": 80}. The score is first rounded to digits decimal places (-15 to 15), half away from zero, judged by its decimal text: 89.995 is an A; digits NULL: not rounded. The bounds are not rounded. NULL below the lowest band, and for a NULL or NaN score or NULL bands. Errors: 22023 bands that are no object, empty, with a bound that is no number or two that are equal; digits out of range.';

CREATE FUNCTION parindex.grade(
	score numeric,
	bands jsonb,
	digits int DEFAULT 2
) RETURNS text
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_grade_numeric';

COMMENT ON FUNCTION parindex.grade(numeric, jsonb, int) IS
'Label of the band that the numeric score falls into; bands, rounding, NULL and errors as for grade(float8, jsonb, int).';
