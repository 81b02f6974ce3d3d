-- State of the weighted sums and means: row count, sum of weights, sum of
-- weighted values, each exact.

CREATE TYPE parindex.weighted_sums;

CREATE FUNCTION parindex.weighted_sums_in(cstring) RETURNS parindex.weighted_sums
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_weighted_sums_in';

COMMENT ON FUNCTION parindex.weighted_sums_in(cstring) IS
'Reads the text form; an impossible or malformed value is an error (22P02).';

CREATE FUNCTION parindex.weighted_sums_out(parindex.weighted_sums) RETURNS cstring
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_moments_out';

COMMENT ON FUNCTION parindex.weighted_sums_out(parindex.weighted_sums) IS
'Writes the canonical text form: exact, equal for equal states.';

CREATE FUNCTION parindex.weighted_sums_recv(internal) RETURNS parindex.weighted_sums
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_weighted_sums_recv';

COMMENT ON FUNCTION parindex.weighted_sums_recv(internal) IS
'Reads the binary form; an impossible or malformed value is an error (22P03).';

CREATE FUNCTION parindex.weighted_sums_send(parindex.weighted_sums) RETURNS bytea
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_moments_send';

COMMENT ON FUNCTION parindex.weighted_sums_send(parindex.weighted_sums) IS
'Writes the canonical binary form in network byte order: equal bytes for equal states.';

CREATE TYPE parindex.weighted_sums (
	INPUT = parindex.weighted_sums_in,
	OUTPUT = parindex.weighted_sums_out,
	RECEIVE = parindex.weighted_sums_recv,
	SEND = parindex.weighted_sums_send,
	INTERNALLENGTH = VARIABLE,
	ALIGNMENT = double,
	STORAGE = plain
);

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
