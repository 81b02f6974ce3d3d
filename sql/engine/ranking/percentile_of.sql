-- percentile_of(value, reference, ties): where a value would stand among others.

CREATE FUNCTION parindex.percentile_of(value float8, reference float8[], ties text DEFAULT 'max')
	RETURNS float8
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_percentile_of_float8';

COMMENT ON FUNCTION parindex.percentile_of(float8, float8[], text) IS
'Percentile, 0 to 100, of a value among N reference values it need not be one of, such as the end of an interval. ties: max = 100 max(count(x <= value) - 1, 0) / (N - 1); min = 100 min(count(x < value), N - 1) / (N - 1); mid = the mean of both. For a value of the set it is score_percentile. NULL and NaN elements are skipped; NULL for a value NULL or NaN, a NULL argument, or N < 2. Errors: 22023 for another ties.';

CREATE FUNCTION parindex.percentile_of(value numeric, reference numeric[], ties text DEFAULT 'max')
	RETURNS float8
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_percentile_of_numeric';

COMMENT ON FUNCTION parindex.percentile_of(numeric, numeric[], text) IS
'As percentile_of for float8, with values compared exactly as numeric.';
