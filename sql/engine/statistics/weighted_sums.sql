-- State of the weighted sums and means: row count, sum of weights, sum of
-- weighted values, each exact.

--@ type_io
--@ type: weighted_sums
--@ symbol: moments
--@ many: states
--@ storage: plain

COMMENT ON TYPE parindex.weighted_sums IS
'State of weighted_sum(), weighted_mean() and of the geometric, harmonic and power means: number of rows, sum of weights, sum of weighted values, each kept exactly. Made by these aggregates for parallel and distributed plans, and by svy_replicate_stats() as a list; alone not meant for columns.';

CREATE FUNCTION parindex.weighted_sums_add(state parindex.weighted_sums, value float8, weight float8) RETURNS parindex.weighted_sums
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_weighted_sums_add';

COMMENT ON FUNCTION parindex.weighted_sums_add(state parindex.weighted_sums, value float8, weight float8) IS
'Transition of weighted_sum() and weighted_mean(): adds a row.';

CREATE FUNCTION parindex.weighted_sums_remove(state parindex.weighted_sums, value float8, weight float8) RETURNS parindex.weighted_sums
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_weighted_sums_remove';

COMMENT ON FUNCTION parindex.weighted_sums_remove(state parindex.weighted_sums, value float8, weight float8) IS
'Inverse transition of weighted_sum() and weighted_mean(): takes a row out exactly.';

CREATE FUNCTION parindex.weighted_sums_merge(state parindex.weighted_sums, other parindex.weighted_sums) RETURNS parindex.weighted_sums
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_moments_merge';

COMMENT ON FUNCTION parindex.weighted_sums_merge(state parindex.weighted_sums, other parindex.weighted_sums) IS
'Combines two partial states; the second is only read.';
