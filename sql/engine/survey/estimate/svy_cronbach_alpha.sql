-- How consistently the items of a survey measure one thing.

CREATE FUNCTION parindex.svy_cronbach_alpha_add(state internal, items float8[], weight float8) RETURNS internal
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_svy_cronbach_alpha_add';

COMMENT ON FUNCTION parindex.svy_cronbach_alpha_add(internal, float8[], float8) IS
'Transition of svy_cronbach_alpha(): adds a respondent.';

CREATE FUNCTION parindex.svy_cronbach_alpha_final(state internal) RETURNS float8
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_svy_cronbach_alpha_final';

COMMENT ON FUNCTION parindex.svy_cronbach_alpha_final(internal) IS
'Final function of svy_cronbach_alpha().';

CREATE AGGREGATE parindex.svy_cronbach_alpha(items float8[], weight float8) (
	SFUNC = parindex.svy_cronbach_alpha_add,
	STYPE = internal,
	COMBINEFUNC = parindex.moment_array_merge,
	SERIALFUNC = parindex.moment_array_serialize,
	DESERIALFUNC = parindex.moment_array_deserialize,
	FINALFUNC = parindex.svy_cronbach_alpha_final,
	PARALLEL = safe
);

COMMENT ON AGGREGATE parindex.svy_cronbach_alpha(items float8[], weight float8) IS
'Cronbach''s alpha (1951) of the items by weighted variances: k / (k - 1) * (1 - sum of the variances of the k items / variance of their sum), at most 1, as svycralpha() of R''s survey. items: the answers of a respondent, such as ARRAY[q1, q2, q3], on one scale and pointing in one direction; a respondent who leaves one out (NULL) is left out. Neither the order of rows nor the number of workers changes a bit. NULL for fewer than two items, no weight, or where the sum does not vary or an answer is not finite. Errors: 22023 a weight that is negative or not finite; 22004 a weight NULL; 2202E lists of different lengths, none or more than 1000; 22003 a sum or variance beyond double precision.';
