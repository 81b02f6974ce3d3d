-- Equality and order of frameworks; the order has no meaning in the data.

CREATE FUNCTION parindex.framework_eq(a parindex.framework, b parindex.framework) RETURNS boolean
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_framework_eq';

COMMENT ON FUNCTION parindex.framework_eq(a parindex.framework, b parindex.framework) IS
'Whether two frameworks are equal: they have the same criteria, said in the same way, and the same fingerprint. NULL if either is NULL.';

CREATE FUNCTION parindex.framework_ne(a parindex.framework, b parindex.framework) RETURNS boolean
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_framework_ne';

COMMENT ON FUNCTION parindex.framework_ne(a parindex.framework, b parindex.framework) IS
'Whether two frameworks differ. NULL if either is NULL.';

CREATE FUNCTION parindex.framework_lt(a parindex.framework, b parindex.framework) RETURNS boolean
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_framework_lt';

COMMENT ON FUNCTION parindex.framework_lt(a parindex.framework, b parindex.framework) IS
'Whether the first framework stands before the second, in the order of framework_cmp(). NULL if either is NULL.';

CREATE FUNCTION parindex.framework_le(a parindex.framework, b parindex.framework) RETURNS boolean
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_framework_le';

COMMENT ON FUNCTION parindex.framework_le(a parindex.framework, b parindex.framework) IS
'Whether the first framework stands before the second or equals it, in the order of framework_cmp(). NULL if either is NULL.';

CREATE FUNCTION parindex.framework_gt(a parindex.framework, b parindex.framework) RETURNS boolean
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_framework_gt';

COMMENT ON FUNCTION parindex.framework_gt(a parindex.framework, b parindex.framework) IS
'Whether the first framework stands after the second, in the order of framework_cmp(). NULL if either is NULL.';

CREATE FUNCTION parindex.framework_ge(a parindex.framework, b parindex.framework) RETURNS boolean
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_framework_ge';

COMMENT ON FUNCTION parindex.framework_ge(a parindex.framework, b parindex.framework) IS
'Whether the first framework stands after the second or equals it, in the order of framework_cmp(). NULL if either is NULL.';

CREATE FUNCTION parindex.framework_cmp(a parindex.framework, b parindex.framework) RETURNS integer
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_framework_cmp';

COMMENT ON FUNCTION parindex.framework_cmp(a parindex.framework, b parindex.framework) IS
'-1, 0 or 1 as the first framework stands before the second, equals it or stands after it, by their fingerprints: an order for sorting and indexes, without meaning in the data. NULL if either is NULL.';

CREATE FUNCTION parindex.framework_hash(value parindex.framework) RETURNS integer
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_framework_hash';

COMMENT ON FUNCTION parindex.framework_hash(value parindex.framework) IS
'Hash of a framework, the same for equal frameworks. NULL for NULL.';

CREATE FUNCTION parindex.framework_hash_extended(value parindex.framework, seed bigint) RETURNS bigint
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_framework_hash_extended';

COMMENT ON FUNCTION parindex.framework_hash_extended(value parindex.framework, seed bigint) IS
'Hash of a framework in 64 bits with a seed, the same for equal frameworks. NULL if either is NULL.';

CREATE OPERATOR parindex.= (
	LEFTARG = parindex.framework,
	RIGHTARG = parindex.framework,
	FUNCTION = parindex.framework_eq,
	COMMUTATOR = OPERATOR(parindex.=),
	NEGATOR = OPERATOR(parindex.<>),
	RESTRICT = pg_catalog.eqsel,
	JOIN = pg_catalog.eqjoinsel,
	HASHES,
	MERGES
);

COMMENT ON OPERATOR parindex.= (parindex.framework, parindex.framework) IS
'Equal: they have the same criteria, said in the same way, and the same fingerprint. NULL if either is NULL.';

CREATE OPERATOR parindex.<> (
	LEFTARG = parindex.framework,
	RIGHTARG = parindex.framework,
	FUNCTION = parindex.framework_ne,
	COMMUTATOR = OPERATOR(parindex.<>),
	NEGATOR = OPERATOR(parindex.=),
	RESTRICT = pg_catalog.neqsel,
	JOIN = pg_catalog.neqjoinsel
);

COMMENT ON OPERATOR parindex.<> (parindex.framework, parindex.framework) IS
'Not equal. NULL if either is NULL.';

CREATE OPERATOR parindex.< (
	LEFTARG = parindex.framework,
	RIGHTARG = parindex.framework,
	FUNCTION = parindex.framework_lt,
	COMMUTATOR = OPERATOR(parindex.>),
	NEGATOR = OPERATOR(parindex.>=),
	RESTRICT = pg_catalog.scalarltsel,
	JOIN = pg_catalog.scalarltjoinsel
);

COMMENT ON OPERATOR parindex.< (parindex.framework, parindex.framework) IS
'Stands before, in the order of framework_cmp(). NULL if either is NULL.';

CREATE OPERATOR parindex.<= (
	LEFTARG = parindex.framework,
	RIGHTARG = parindex.framework,
	FUNCTION = parindex.framework_le,
	COMMUTATOR = OPERATOR(parindex.>=),
	NEGATOR = OPERATOR(parindex.>),
	RESTRICT = pg_catalog.scalarlesel,
	JOIN = pg_catalog.scalarlejoinsel
);

COMMENT ON OPERATOR parindex.<= (parindex.framework, parindex.framework) IS
'Stands before or is equal, in the order of framework_cmp(). NULL if either is NULL.';

CREATE OPERATOR parindex.> (
	LEFTARG = parindex.framework,
	RIGHTARG = parindex.framework,
	FUNCTION = parindex.framework_gt,
	COMMUTATOR = OPERATOR(parindex.<),
	NEGATOR = OPERATOR(parindex.<=),
	RESTRICT = pg_catalog.scalargtsel,
	JOIN = pg_catalog.scalargtjoinsel
);

COMMENT ON OPERATOR parindex.> (parindex.framework, parindex.framework) IS
'Stands after, in the order of framework_cmp(). NULL if either is NULL.';

CREATE OPERATOR parindex.>= (
	LEFTARG = parindex.framework,
	RIGHTARG = parindex.framework,
	FUNCTION = parindex.framework_ge,
	COMMUTATOR = OPERATOR(parindex.<=),
	NEGATOR = OPERATOR(parindex.<),
	RESTRICT = pg_catalog.scalargesel,
	JOIN = pg_catalog.scalargejoinsel
);

COMMENT ON OPERATOR parindex.>= (parindex.framework, parindex.framework) IS
'Stands after or is equal, in the order of framework_cmp(). NULL if either is NULL.';

CREATE OPERATOR FAMILY parindex.framework_ops USING btree;

COMMENT ON OPERATOR FAMILY parindex.framework_ops USING btree IS
'Order of framework.';

CREATE OPERATOR CLASS parindex.framework_ops
	DEFAULT FOR TYPE parindex.framework USING btree
	FAMILY parindex.framework_ops AS
	OPERATOR 1 parindex.<,
	OPERATOR 2 parindex.<=,
	OPERATOR 3 parindex.=,
	OPERATOR 4 parindex.>=,
	OPERATOR 5 parindex.>,
	FUNCTION 1 parindex.framework_cmp(parindex.framework, parindex.framework);

COMMENT ON OPERATOR CLASS parindex.framework_ops USING btree IS
'Order of framework, for DISTINCT, sorting, merge joins and indexes.';

CREATE OPERATOR FAMILY parindex.framework_ops USING hash;

COMMENT ON OPERATOR FAMILY parindex.framework_ops USING hash IS
'Hashing of framework.';

CREATE OPERATOR CLASS parindex.framework_ops
	DEFAULT FOR TYPE parindex.framework USING hash
	FAMILY parindex.framework_ops AS
	OPERATOR 1 parindex.=,
	FUNCTION 1 parindex.framework_hash(parindex.framework),
	FUNCTION 2 parindex.framework_hash_extended(parindex.framework, bigint);

COMMENT ON OPERATOR CLASS parindex.framework_ops USING hash IS
'Hashing of framework, for GROUP BY, hash joins and hash partitions.';
