-- What aggregates over arrays of values share: one state a place.

CREATE FUNCTION parindex.moment_array_merge(state internal, other internal) RETURNS internal
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_moment_array_merge';

COMMENT ON FUNCTION parindex.moment_array_merge(internal, internal) IS
'Combines two partial states of svy_replicate_stats() or svy_cronbach_alpha(); the second is only read.';

CREATE FUNCTION parindex.moment_array_serialize(state internal) RETURNS bytea
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_moment_array_serialize';

COMMENT ON FUNCTION parindex.moment_array_serialize(internal) IS
'Sends a partial state from a parallel worker.';

CREATE FUNCTION parindex.moment_array_deserialize(serial bytea, internal) RETURNS internal
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_moment_array_deserialize';

COMMENT ON FUNCTION parindex.moment_array_deserialize(bytea, internal) IS
'Receives a partial state from a parallel worker.';
