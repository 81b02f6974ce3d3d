-- Exact decimal statistics: the state type decimal_stats, its aggregates and
-- accessors.

--@ type_io
--@ type: decimal_stats
--@ many: states
--@ storage: plain
--@ refused: Anything but a state that rows can have brought about is an error (22P02).
--@ refused_binary: Anything but a state that rows can have brought about is an error (22P03).

COMMENT ON TYPE parindex.decimal_stats IS
'What a set of weighted decimals comes to, exactly: number of rows, sum of weights, sum of weight times value, with the scales that core''s sum() would display. Made by decimal_stats(value, weight), merged by rollup, read by count_of, weight_of, sum_of and mean. The same rows give the same bytes, whatever their order, workers or partial results. Text form: n rows; w and wx the two sums, each with its scale; w_rows and wx_rows the rows that have that scale; nan, +inf and -inf the products that are not finite, which are counted and not summed. A state of more than some 7,000 digits does not fit a table row.';

--@ ordered_type
--@ type: decimal_stats
--@ one: state
--@ many: states
--@ equal: they say the same of their rows, and have equal text and bytes
--@ order: by their binary forms

CREATE FUNCTION parindex.count_of(state parindex.decimal_stats) RETURNS bigint
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_decimal_stats_count_of';

COMMENT ON FUNCTION parindex.count_of(parindex.decimal_stats) IS
'Number of rows: values that were not NULL, including NaN and infinities. NULL if the state is NULL.';

CREATE FUNCTION parindex.weight_of(state parindex.decimal_stats) RETURNS numeric
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_decimal_stats_weight_of';

COMMENT ON FUNCTION parindex.weight_of(parindex.decimal_stats) IS
'Exact sum of the weights, as core''s sum(weight) shows it. NULL for no rows.';

CREATE FUNCTION parindex.sum_of(state parindex.decimal_stats) RETURNS numeric
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_decimal_stats_sum_of';

COMMENT ON FUNCTION parindex.sum_of(parindex.decimal_stats) IS
'Exact sum of weight times value, equal digit for digit to core''s sum(value * weight). NaN if any product is (0 times infinity is) or infinities of both signs occur. NULL for no rows. An error (22003) where numeric cannot hold it; beyond 16383 decimals, rounded once to that many.';

CREATE FUNCTION parindex.mean(state parindex.decimal_stats) RETURNS numeric
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_decimal_stats_mean';

COMMENT ON FUNCTION parindex.mean(parindex.decimal_stats) IS
'Weighted mean: the quotient of the exact sums, equal digit for digit to core''s sum(value * weight) / sum(weight). NaN and infinities as there. NULL for no rows and where all weights are zero.';

CREATE FUNCTION parindex.mean(state parindex.decimal_stats, digits integer) RETURNS numeric
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_decimal_stats_mean_digits';

COMMENT ON FUNCTION parindex.mean(parindex.decimal_stats, integer) IS
'Weighted mean rounded once, half away from zero, from the exact quotient to that many decimals, all of which are shown: 93.655 gives 93.66 at 2. digits is 0 to 1000, else an error (22023). NaN and infinities as in mean(decimal_stats). NULL for no rows, where all weights are zero, and if digits is NULL.';

CREATE FUNCTION parindex.decimal_stats_add(state parindex.decimal_stats, value numeric, weight numeric) RETURNS parindex.decimal_stats
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_decimal_stats_add';

COMMENT ON FUNCTION parindex.decimal_stats_add(parindex.decimal_stats, numeric, numeric) IS
'Transition of the aggregates over (value, weight): adds a row. A NULL value leaves out the row; a NULL weight with a value is an error (22004), a negative, NaN or infinite weight another (22023). An error (0A000) outside an aggregate.';

CREATE FUNCTION parindex.decimal_stats_remove(state parindex.decimal_stats, value numeric, weight numeric) RETURNS parindex.decimal_stats
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_decimal_stats_remove';

COMMENT ON FUNCTION parindex.decimal_stats_remove(parindex.decimal_stats, numeric, numeric) IS
'Inverse transition of the aggregates over (value, weight): takes a row away. NULL if the largest scale of those left is not known. An error (0A000) outside an aggregate.';

CREATE FUNCTION parindex.decimal_stats_add(state parindex.decimal_stats, value numeric) RETURNS parindex.decimal_stats
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_decimal_stats_add';

COMMENT ON FUNCTION parindex.decimal_stats_add(parindex.decimal_stats, numeric) IS
'Transition of the aggregates over values of weight 1: adds a row. A NULL value leaves out the row. An error (0A000) outside an aggregate.';

CREATE FUNCTION parindex.decimal_stats_remove(state parindex.decimal_stats, value numeric) RETURNS parindex.decimal_stats
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_decimal_stats_remove';

COMMENT ON FUNCTION parindex.decimal_stats_remove(parindex.decimal_stats, numeric) IS
'Inverse transition of the aggregates over values of weight 1: takes a row away. NULL if the largest scale of those left is not known. An error (0A000) outside an aggregate.';

CREATE FUNCTION parindex.decimal_stats_merge(state parindex.decimal_stats, other parindex.decimal_stats) RETURNS parindex.decimal_stats
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_decimal_stats_merge';

COMMENT ON FUNCTION parindex.decimal_stats_merge(parindex.decimal_stats, parindex.decimal_stats) IS
'Combine function of the aggregates and transition of rollup: the rows of both states. NULL counts as no rows. An error (0A000) outside an aggregate.';

CREATE FUNCTION parindex.decimal_stats_unmerge(state parindex.decimal_stats, other parindex.decimal_stats) RETURNS parindex.decimal_stats
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_decimal_stats_unmerge';

COMMENT ON FUNCTION parindex.decimal_stats_unmerge(parindex.decimal_stats, parindex.decimal_stats) IS
'Inverse transition of rollup: takes the rows of the second state away. NULL if the largest scale of those left is not known. An error (0A000) outside an aggregate.';

CREATE FUNCTION parindex.decimal_stats_final(state parindex.decimal_stats) RETURNS parindex.decimal_stats
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_decimal_stats_final';

COMMENT ON FUNCTION parindex.decimal_stats_final(parindex.decimal_stats) IS
'Final function of decimal_stats and rollup: the canonical form, NULL for no rows.';

-- States start at 64 bytes; the allocator's header makes that 80 on 15.

CREATE AGGREGATE parindex.decimal_stats(value numeric, weight numeric) (
	SFUNC = parindex.decimal_stats_add,
	STYPE = parindex.decimal_stats,
	SSPACE = 80,
	FINALFUNC = parindex.decimal_stats_final,
	COMBINEFUNC = parindex.decimal_stats_merge,
	MSFUNC = parindex.decimal_stats_add,
	MINVFUNC = parindex.decimal_stats_remove,
	MSTYPE = parindex.decimal_stats,
	MSSPACE = 80,
	MFINALFUNC = parindex.decimal_stats_final,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE parindex.decimal_stats(numeric, numeric) IS
'Exact decimal statistics of weighted values, for storing and merging: read by count_of, weight_of, sum_of and mean. A NULL value leaves out the row; a NULL weight with a value is an error (22004), a negative, NaN or infinite weight another (22023). NULL for no rows. A product that numeric cannot hold is an error (22003), as in core.';

CREATE AGGREGATE parindex.decimal_stats(value numeric) (
	SFUNC = parindex.decimal_stats_add,
	STYPE = parindex.decimal_stats,
	SSPACE = 80,
	FINALFUNC = parindex.decimal_stats_final,
	COMBINEFUNC = parindex.decimal_stats_merge,
	MSFUNC = parindex.decimal_stats_add,
	MINVFUNC = parindex.decimal_stats_remove,
	MSTYPE = parindex.decimal_stats,
	MSSPACE = 80,
	MFINALFUNC = parindex.decimal_stats_final,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE parindex.decimal_stats(numeric) IS
'Exact decimal statistics of values, each of weight 1, for storing and merging: read by count_of, weight_of, sum_of and mean. A NULL value leaves out the row. NULL for no rows.';

CREATE AGGREGATE parindex.rollup(state parindex.decimal_stats) (
	SFUNC = parindex.decimal_stats_merge,
	STYPE = parindex.decimal_stats,
	SSPACE = 80,
	FINALFUNC = parindex.decimal_stats_final,
	COMBINEFUNC = parindex.decimal_stats_merge,
	MSFUNC = parindex.decimal_stats_merge,
	MINVFUNC = parindex.decimal_stats_unmerge,
	MSTYPE = parindex.decimal_stats,
	MSSPACE = 80,
	MFINALFUNC = parindex.decimal_stats_final,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE parindex.rollup(parindex.decimal_stats) IS
'Merges exact decimal statistics: the rollup of any split of the rows equals decimal_stats of the whole. NULL states are left out; NULL if there is none other.';
