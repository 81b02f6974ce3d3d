-- Weighted mean and sum of float8, the exact values rounded once.

CREATE FUNCTION parindex.weighted_mean_final(state parindex.weighted_sums) RETURNS float8
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_weighted_mean_final';

COMMENT ON FUNCTION parindex.weighted_mean_final(state parindex.weighted_sums) IS
'Final function of weighted_mean().';

CREATE AGGREGATE parindex.weighted_mean(value float8, weight float8) (
	SFUNC = parindex.weighted_sums_add,
	STYPE = parindex.weighted_sums,
	SSPACE = 64,
	FINALFUNC = parindex.weighted_mean_final,
	COMBINEFUNC = parindex.weighted_sums_merge,
	MSFUNC = parindex.weighted_sums_add,
	MINVFUNC = parindex.weighted_sums_remove,
	MSTYPE = parindex.weighted_sums,
	MSSPACE = 64,
	MFINALFUNC = parindex.weighted_mean_final,
	PARALLEL = safe
);

COMMENT ON AGGREGATE parindex.weighted_mean(value float8, weight float8) IS
'Weighted arithmetic mean sum(weight * value) / sum(weight), in units of the value: the exact quotient rounded once, the same bits for any row order, plan or frame. NULL values are skipped with their weights; a NULL weight with a value is an error (22004), a negative or non-finite weight too (22023). NaN and infinities as in core''s sum(value * weight). NULL without rows, and where all weights are zero. Arguments that mix numeric and float8 are taken as float8.';

CREATE FUNCTION parindex.weighted_sum_final(state parindex.weighted_sums) RETURNS float8
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_weighted_sum_final';

COMMENT ON FUNCTION parindex.weighted_sum_final(state parindex.weighted_sums) IS
'Final function of weighted_sum().';

CREATE AGGREGATE parindex.weighted_sum(value float8, weight float8) (
	SFUNC = parindex.weighted_sums_add,
	STYPE = parindex.weighted_sums,
	SSPACE = 64,
	FINALFUNC = parindex.weighted_sum_final,
	COMBINEFUNC = parindex.weighted_sums_merge,
	MSFUNC = parindex.weighted_sums_add,
	MINVFUNC = parindex.weighted_sums_remove,
	MSTYPE = parindex.weighted_sums,
	MSSPACE = 64,
	MFINALFUNC = parindex.weighted_sum_final,
	PARALLEL = safe
);

COMMENT ON AGGREGATE parindex.weighted_sum(value float8, weight float8) IS
'Weighted sum of weight * value: the exact value rounded once, the same bits for any row order, plan or frame. NULL values are skipped with their weights; a NULL weight with a value is an error (22004), a negative or non-finite weight too (22023). NaN and infinities as in core''s sum(value * weight). NULL without rows. A result beyond double precision is an error (22003); partial sums cannot overflow.';
