-- Weighted variance and standard deviation of float8.

--@ type_io
--@ type: weighted_moments
--@ symbol: moments
--@ many: states
--@ storage: plain

COMMENT ON TYPE parindex.weighted_moments IS
'State of weighted_variance() and weighted_stddev(): number of rows and the sums of w, w^2, w*x and w*x^2, each kept exactly. Made by these aggregates for parallel and distributed plans; not meant for columns.';

CREATE FUNCTION parindex.weighted_moments_add(state parindex.weighted_moments, value float8, weight float8) RETURNS parindex.weighted_moments
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_weighted_moments_add';

COMMENT ON FUNCTION parindex.weighted_moments_add(state parindex.weighted_moments, value float8, weight float8) IS
'Transition of weighted_variance() and weighted_stddev(): adds a row.';

CREATE FUNCTION parindex.weighted_moments_remove(state parindex.weighted_moments, value float8, weight float8) RETURNS parindex.weighted_moments
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_weighted_moments_remove';

COMMENT ON FUNCTION parindex.weighted_moments_remove(state parindex.weighted_moments, value float8, weight float8) IS
'Inverse transition of weighted_variance() and weighted_stddev(): takes a row out exactly.';

CREATE FUNCTION parindex.weighted_moments_merge(state parindex.weighted_moments, other parindex.weighted_moments) RETURNS parindex.weighted_moments
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_moments_merge';

COMMENT ON FUNCTION parindex.weighted_moments_merge(state parindex.weighted_moments, other parindex.weighted_moments) IS
'Combines two partial states; the second is only read.';

CREATE FUNCTION parindex.weighted_variance_final(state parindex.weighted_moments) RETURNS float8
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_weighted_variance_final';

COMMENT ON FUNCTION parindex.weighted_variance_final(state parindex.weighted_moments) IS
'Final function of weighted_variance().';

CREATE AGGREGATE parindex.weighted_variance(value float8, weight float8) (
	SFUNC = parindex.weighted_moments_add,
	STYPE = parindex.weighted_moments,
	SSPACE = 128,
	FINALFUNC = parindex.weighted_variance_final,
	COMBINEFUNC = parindex.weighted_moments_merge,
	MSFUNC = parindex.weighted_moments_add,
	MINVFUNC = parindex.weighted_moments_remove,
	MSTYPE = parindex.weighted_moments,
	MSSPACE = 128,
	MFINALFUNC = parindex.weighted_variance_final,
	PARALLEL = safe
);

COMMENT ON AGGREGATE parindex.weighted_variance(value float8, weight float8) IS
'Unbiased weighted sample variance, in squared units of the value, computed exactly and rounded once. Weights are reliability weights (importance, as in a composite index): sum(w)*sum(w*x^2) - sum(w*x)^2 over sum(w)^2 - sum(w^2), which does not change when all weights are scaled. For frequency weights use variance_of(score_stats(value, weight), ''frequency''). With all weights 1 it is core''s var_samp. NULL values are skipped with their weights; a NULL weight with a value is an error (22004), a negative or non-finite weight too (22023). NaN and infinities as in core''s sum(value * weight). NULL without rows, for one row, and where all weights but one are zero; NaN where a value is not finite. A result beyond double precision is an error (22003). Formula: Kish, Survey Sampling (1965).';

CREATE FUNCTION parindex.weighted_stddev_final(state parindex.weighted_moments) RETURNS float8
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_weighted_stddev_final';

COMMENT ON FUNCTION parindex.weighted_stddev_final(state parindex.weighted_moments) IS
'Final function of weighted_stddev().';

CREATE AGGREGATE parindex.weighted_stddev(value float8, weight float8) (
	SFUNC = parindex.weighted_moments_add,
	STYPE = parindex.weighted_moments,
	SSPACE = 128,
	FINALFUNC = parindex.weighted_stddev_final,
	COMBINEFUNC = parindex.weighted_moments_merge,
	MSFUNC = parindex.weighted_moments_add,
	MINVFUNC = parindex.weighted_moments_remove,
	MSTYPE = parindex.weighted_moments,
	MSSPACE = 128,
	MFINALFUNC = parindex.weighted_stddev_final,
	PARALLEL = safe
);

COMMENT ON AGGREGATE parindex.weighted_stddev(value float8, weight float8) IS
'Weighted sample standard deviation, in units of the value: the square root of the exact weighted_variance() ratio, rounded once. Weights are reliability weights (importance, as in a composite index): sum(w)*sum(w*x^2) - sum(w*x)^2 over sum(w)^2 - sum(w^2), which does not change when all weights are scaled. For frequency weights use stddev_of(score_stats(value, weight), ''frequency''). NULL values are skipped with their weights; a NULL weight with a value is an error (22004), a negative or non-finite weight too (22023). NaN and infinities as in core''s sum(value * weight). NULL and NaN as weighted_variance().';
