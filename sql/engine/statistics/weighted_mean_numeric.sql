-- Weighted mean and sum of numeric, exact. The float8 overloads take calls
-- that mix numeric and float8.

CREATE AGGREGATE parindex.weighted_mean(value numeric, weight numeric) (
	SFUNC = parindex.decimal_stats_add,
	STYPE = parindex.decimal_stats,
	SSPACE = 80,
	FINALFUNC = parindex.mean,
	COMBINEFUNC = parindex.decimal_stats_merge,
	MSFUNC = parindex.decimal_stats_add,
	MINVFUNC = parindex.decimal_stats_remove,
	MSTYPE = parindex.decimal_stats,
	MSSPACE = 80,
	MFINALFUNC = parindex.mean,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE parindex.weighted_mean(numeric, numeric) IS
'Weighted mean of decimals: sum of weight times value over sum of weights, both exact, equal digit for digit to core''s sum(value * weight) / sum(weight) over rows with a value. A NULL value leaves out the row; a NULL weight with a value is an error (22004), a negative, NaN or infinite weight another (22023). NaN and infinite values as in core. NULL for no rows and where all weights are zero. A call that mixes numeric and float8 is one of float8.';

CREATE AGGREGATE parindex.weighted_sum(value numeric, weight numeric) (
	SFUNC = parindex.decimal_stats_add,
	STYPE = parindex.decimal_stats,
	SSPACE = 80,
	FINALFUNC = parindex.sum_of,
	COMBINEFUNC = parindex.decimal_stats_merge,
	MSFUNC = parindex.decimal_stats_add,
	MINVFUNC = parindex.decimal_stats_remove,
	MSTYPE = parindex.decimal_stats,
	MSSPACE = 80,
	MFINALFUNC = parindex.sum_of,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE parindex.weighted_sum(numeric, numeric) IS
'Weighted sum of decimals: exact sum of weight times value, equal digit for digit to core''s sum(value * weight) over rows with a value. A NULL value leaves out the row; a NULL weight with a value is an error (22004), a negative, NaN or infinite weight another (22023). NaN and infinite values as in core. NULL for no rows; 0 where all weights are zero. A call that mixes numeric and float8 is one of float8.';
