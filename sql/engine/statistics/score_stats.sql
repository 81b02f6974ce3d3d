-- The typed, mergeable state of the float8 statistics.

--@ type_io
--@ type: score_stats
--@ symbol: moments
--@ many: states
--@ storage: plain

COMMENT ON TYPE parindex.score_stats IS
'Exact statistics of a set of scores, with or without weights: number of rows, sums of w, w^2, w*x and w*x^2, smallest and largest value. Made by the aggregate score_stats(), merged by rollup(), read by count_of(), weight_of(), sum_of(), mean(), variance_of(), stddev_of(), min_of() and max_of(). May be stored and shipped: text and binary forms are exact, and states of the same rows are equal in every byte.';

CREATE FUNCTION parindex.score_stats_add(state parindex.score_stats, value float8) RETURNS parindex.score_stats
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_score_stats_add';

COMMENT ON FUNCTION parindex.score_stats_add(state parindex.score_stats, value float8) IS
'Transition of score_stats(value): adds a row of weight 1.';

CREATE FUNCTION parindex.score_stats_remove(state parindex.score_stats, value float8) RETURNS parindex.score_stats
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_score_stats_remove';

COMMENT ON FUNCTION parindex.score_stats_remove(state parindex.score_stats, value float8) IS
'Inverse transition of score_stats(value): takes a row out exactly; asks for a restart (NULL) where an extreme leaves.';

CREATE FUNCTION parindex.score_stats_add(state parindex.score_stats, value float8, weight float8) RETURNS parindex.score_stats
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_score_stats_add_weighted';

COMMENT ON FUNCTION parindex.score_stats_add(state parindex.score_stats, value float8, weight float8) IS
'Transition of score_stats(value, weight): adds a row.';

CREATE FUNCTION parindex.score_stats_remove(state parindex.score_stats, value float8, weight float8) RETURNS parindex.score_stats
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_score_stats_remove_weighted';

COMMENT ON FUNCTION parindex.score_stats_remove(state parindex.score_stats, value float8, weight float8) IS
'Inverse transition of score_stats(value, weight): takes a row out exactly; asks for a restart (NULL) where an extreme leaves.';

CREATE FUNCTION parindex.score_stats_merge(state parindex.score_stats, other parindex.score_stats) RETURNS parindex.score_stats
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_moments_merge';

COMMENT ON FUNCTION parindex.score_stats_merge(state parindex.score_stats, other parindex.score_stats) IS
'Combines two partial states; the second is only read.';

CREATE FUNCTION parindex.score_stats_unmerge(state parindex.score_stats, other parindex.score_stats) RETURNS parindex.score_stats
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_moments_unmerge';

COMMENT ON FUNCTION parindex.score_stats_unmerge(state parindex.score_stats, other parindex.score_stats) IS
'Inverse of score_stats_merge(); asks for a restart (NULL) where an extreme leaves.';

CREATE FUNCTION parindex.score_stats_final(state parindex.score_stats) RETURNS parindex.score_stats
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_moments_final';

COMMENT ON FUNCTION parindex.score_stats_final(state parindex.score_stats) IS
'Final function of score_stats() and rollup(): the canonical form.';

CREATE AGGREGATE parindex.score_stats(value float8) (
	SFUNC = parindex.score_stats_add,
	STYPE = parindex.score_stats,
	SSPACE = 128,
	FINALFUNC = parindex.score_stats_final,
	COMBINEFUNC = parindex.score_stats_merge,
	MSFUNC = parindex.score_stats_add,
	MINVFUNC = parindex.score_stats_remove,
	MSTYPE = parindex.score_stats,
	MSSPACE = 128,
	MFINALFUNC = parindex.score_stats_final,
	PARALLEL = safe
);

COMMENT ON AGGREGATE parindex.score_stats(value float8) IS
'Statistics of the values, each of weight 1, as a state to be read by accessors, stored, or merged. NULL values are skipped; NaN and infinities are counted apart. NULL without rows.';

CREATE AGGREGATE parindex.score_stats(value float8, weight float8) (
	SFUNC = parindex.score_stats_add,
	STYPE = parindex.score_stats,
	SSPACE = 256,
	FINALFUNC = parindex.score_stats_final,
	COMBINEFUNC = parindex.score_stats_merge,
	MSFUNC = parindex.score_stats_add,
	MINVFUNC = parindex.score_stats_remove,
	MSTYPE = parindex.score_stats,
	MSSPACE = 256,
	MFINALFUNC = parindex.score_stats_final,
	PARALLEL = safe
);

COMMENT ON AGGREGATE parindex.score_stats(value float8, weight float8) IS
'Weighted statistics of the values, as a state to be read by accessors, stored, or merged. NULL values are skipped with their weights; a NULL weight with a value is an error (22004), a negative or non-finite weight too (22023). NaN and infinities as in core''s sum(value * weight). NULL without rows.';

CREATE AGGREGATE parindex.rollup(state parindex.score_stats) (
	SFUNC = parindex.score_stats_merge,
	STYPE = parindex.score_stats,
	SSPACE = 256,
	FINALFUNC = parindex.score_stats_final,
	COMBINEFUNC = parindex.score_stats_merge,
	MSFUNC = parindex.score_stats_merge,
	MINVFUNC = parindex.score_stats_unmerge,
	MSTYPE = parindex.score_stats,
	MSSPACE = 256,
	MFINALFUNC = parindex.score_stats_final,
	PARALLEL = safe
);

COMMENT ON AGGREGATE parindex.rollup(state parindex.score_stats) IS
'Merges stored states, such as those of months, shards or regions: equal in every bit to the state of all their rows. NULL states are skipped. NULL without rows.';

-- Accessors

CREATE FUNCTION parindex.count_of(state parindex.score_stats) RETURNS bigint
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_score_stats_count_of';

COMMENT ON FUNCTION parindex.count_of(state parindex.score_stats) IS
'Number of rows with a value, NaN and infinities included. NULL for NULL.';

CREATE FUNCTION parindex.weight_of(state parindex.score_stats) RETURNS float8
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_score_stats_weight_of';

COMMENT ON FUNCTION parindex.weight_of(state parindex.score_stats) IS
'Sum of the weights of all rows with a value (their number where all weights are 1), rounded once. NULL for NULL. Beyond double precision an error (22003).';

CREATE FUNCTION parindex.sum_of(state parindex.score_stats) RETURNS float8
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_weighted_sum_final';

COMMENT ON FUNCTION parindex.sum_of(state parindex.score_stats) IS
'Sum of weight * value, the exact value rounded once; NaN and infinities as in core''s sum. NULL for NULL. Beyond double precision an error (22003).';

CREATE FUNCTION parindex.mean(state parindex.score_stats) RETURNS float8
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_weighted_mean_final';

COMMENT ON FUNCTION parindex.mean(state parindex.score_stats) IS
'Weighted arithmetic mean, in units of the value, the exact quotient rounded once; NaN and infinities as in core''s avg. NULL for NULL, and where all weights are zero.';

CREATE FUNCTION parindex.variance_of(state parindex.score_stats) RETURNS float8
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_score_stats_variance_of';

COMMENT ON FUNCTION parindex.variance_of(state parindex.score_stats) IS
'Sample variance, in squared units of the value, with the weights read as reliability weights; as variance_of(state, ''reliability'').';

CREATE FUNCTION parindex.variance_of(state parindex.score_stats, kind text) RETURNS float8
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_score_stats_variance_of';

COMMENT ON FUNCTION parindex.variance_of(state parindex.score_stats, kind text) IS
'Variance, in squared units of the value, exact and rounded once. With W = sum(w), the numerator is W*sum(w*x^2) - sum(w*x)^2 and the denominator, by kind: ''reliability'' W^2 - sum(w^2), weights of importance; ''frequency'' W^2 - W, weights that count equal rows; ''population'' W^2. Another kind is an error (22023). NULL for NULL, and where the denominator is not positive (one row; frequency weights that sum to 1 or less); NaN where a value is not finite. Formula: Kish, Survey Sampling (1965).';

CREATE FUNCTION parindex.stddev_of(state parindex.score_stats) RETURNS float8
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_score_stats_stddev_of';

COMMENT ON FUNCTION parindex.stddev_of(state parindex.score_stats) IS
'Sample standard deviation, in units of the value, with the weights read as reliability weights; as stddev_of(state, ''reliability'').';

CREATE FUNCTION parindex.stddev_of(state parindex.score_stats, kind text) RETURNS float8
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_score_stats_stddev_of';

COMMENT ON FUNCTION parindex.stddev_of(state parindex.score_stats, kind text) IS
'Standard deviation, in units of the value: the square root of the exact ratio of variance_of(state, kind), rounded once. Kinds, errors, NULL and NaN as there.';

CREATE FUNCTION parindex.min_of(state parindex.score_stats) RETURNS float8
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_score_stats_min_of';

COMMENT ON FUNCTION parindex.min_of(state parindex.score_stats) IS
'Smallest value, whatever its weight; NaN counts as the largest, as in core''s min. An infinity of weight 0 counts as NaN, since its product is. NULL for NULL.';

CREATE FUNCTION parindex.max_of(state parindex.score_stats) RETURNS float8
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_score_stats_max_of';

COMMENT ON FUNCTION parindex.max_of(state parindex.score_stats) IS
'Largest value, whatever its weight; NaN counts as the largest, as in core''s max. An infinity of weight 0 counts as NaN, since its product is. NULL for NULL.';

--@ ordered_type
--@ type: score_stats
--@ one: state
--@ many: states
--@ equal: they came of equal counts, sums and extremes, and have equal text and bytes
--@ order: by their binary forms
