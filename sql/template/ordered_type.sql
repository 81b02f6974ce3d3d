-- Equality and order of a type: for =, <, GROUP BY, DISTINCT, sorting, joins and
-- indexes. The order has no meaning in the data.
--   type     its name
--   symbol   what its C functions are called after
--   one      what a value is called, and many of them
--   equal    when two are equal
--   order    what orders them
--@ symbol: @type@

-- Equality and order; the order has no meaning in the data.

CREATE FUNCTION parindex.@type@_eq(a parindex.@type@, b parindex.@type@) RETURNS boolean
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_@symbol@_eq';

COMMENT ON FUNCTION parindex.@type@_eq(a parindex.@type@, b parindex.@type@) IS
'Whether two @many@ are equal: @equal@. NULL if either is NULL.';

CREATE FUNCTION parindex.@type@_ne(a parindex.@type@, b parindex.@type@) RETURNS boolean
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_@symbol@_ne';

COMMENT ON FUNCTION parindex.@type@_ne(a parindex.@type@, b parindex.@type@) IS
'Whether two @many@ differ. NULL if either is NULL.';

CREATE FUNCTION parindex.@type@_lt(a parindex.@type@, b parindex.@type@) RETURNS boolean
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_@symbol@_lt';

COMMENT ON FUNCTION parindex.@type@_lt(a parindex.@type@, b parindex.@type@) IS
'Whether the first @one@ stands before the second, in the order of @type@_cmp(). NULL if either is NULL.';

CREATE FUNCTION parindex.@type@_le(a parindex.@type@, b parindex.@type@) RETURNS boolean
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_@symbol@_le';

COMMENT ON FUNCTION parindex.@type@_le(a parindex.@type@, b parindex.@type@) IS
'Whether the first @one@ stands before the second or equals it, in the order of @type@_cmp(). NULL if either is NULL.';

CREATE FUNCTION parindex.@type@_gt(a parindex.@type@, b parindex.@type@) RETURNS boolean
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_@symbol@_gt';

COMMENT ON FUNCTION parindex.@type@_gt(a parindex.@type@, b parindex.@type@) IS
'Whether the first @one@ stands after the second, in the order of @type@_cmp(). NULL if either is NULL.';

CREATE FUNCTION parindex.@type@_ge(a parindex.@type@, b parindex.@type@) RETURNS boolean
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_@symbol@_ge';

COMMENT ON FUNCTION parindex.@type@_ge(a parindex.@type@, b parindex.@type@) IS
'Whether the first @one@ stands after the second or equals it, in the order of @type@_cmp(). NULL if either is NULL.';

CREATE FUNCTION parindex.@type@_cmp(a parindex.@type@, b parindex.@type@) RETURNS integer
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_@symbol@_cmp';

COMMENT ON FUNCTION parindex.@type@_cmp(a parindex.@type@, b parindex.@type@) IS
'-1, 0 or 1 as the first @one@ stands before the second, equals it or stands after it, @order@: an order for sorting and indexes, without meaning in the data. NULL if either is NULL.';

CREATE FUNCTION parindex.@type@_hash(value parindex.@type@) RETURNS integer
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_@symbol@_hash';

COMMENT ON FUNCTION parindex.@type@_hash(value parindex.@type@) IS
'Hash of a @one@, the same for equal @many@. NULL for NULL.';

CREATE FUNCTION parindex.@type@_hash_extended(value parindex.@type@, seed bigint) RETURNS bigint
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_@symbol@_hash_extended';

COMMENT ON FUNCTION parindex.@type@_hash_extended(value parindex.@type@, seed bigint) IS
'Hash of a @one@ in 64 bits with a seed, the same for equal @many@. NULL if either is NULL.';

-- In pg_catalog, so that values compare whatever the search path, as those of core's
-- types do. They are for this type alone, and no other expression finds them.

CREATE OPERATOR pg_catalog.= (
	LEFTARG = parindex.@type@,
	RIGHTARG = parindex.@type@,
	FUNCTION = parindex.@type@_eq,
	COMMUTATOR = OPERATOR(pg_catalog.=),
	NEGATOR = OPERATOR(pg_catalog.<>),
	RESTRICT = pg_catalog.eqsel,
	JOIN = pg_catalog.eqjoinsel,
	HASHES,
	MERGES
);

COMMENT ON OPERATOR pg_catalog.= (parindex.@type@, parindex.@type@) IS
'Equal: @equal@. NULL if either is NULL.';

CREATE OPERATOR pg_catalog.<> (
	LEFTARG = parindex.@type@,
	RIGHTARG = parindex.@type@,
	FUNCTION = parindex.@type@_ne,
	COMMUTATOR = OPERATOR(pg_catalog.<>),
	NEGATOR = OPERATOR(pg_catalog.=),
	RESTRICT = pg_catalog.neqsel,
	JOIN = pg_catalog.neqjoinsel
);

COMMENT ON OPERATOR pg_catalog.<> (parindex.@type@, parindex.@type@) IS
'Not equal. NULL if either is NULL.';

CREATE OPERATOR pg_catalog.< (
	LEFTARG = parindex.@type@,
	RIGHTARG = parindex.@type@,
	FUNCTION = parindex.@type@_lt,
	COMMUTATOR = OPERATOR(pg_catalog.>),
	NEGATOR = OPERATOR(pg_catalog.>=),
	RESTRICT = pg_catalog.scalarltsel,
	JOIN = pg_catalog.scalarltjoinsel
);

COMMENT ON OPERATOR pg_catalog.< (parindex.@type@, parindex.@type@) IS
'Stands before, in the order of @type@_cmp(). NULL if either is NULL.';

CREATE OPERATOR pg_catalog.<= (
	LEFTARG = parindex.@type@,
	RIGHTARG = parindex.@type@,
	FUNCTION = parindex.@type@_le,
	COMMUTATOR = OPERATOR(pg_catalog.>=),
	NEGATOR = OPERATOR(pg_catalog.>),
	RESTRICT = pg_catalog.scalarlesel,
	JOIN = pg_catalog.scalarlejoinsel
);

COMMENT ON OPERATOR pg_catalog.<= (parindex.@type@, parindex.@type@) IS
'Stands before or is equal, in the order of @type@_cmp(). NULL if either is NULL.';

CREATE OPERATOR pg_catalog.> (
	LEFTARG = parindex.@type@,
	RIGHTARG = parindex.@type@,
	FUNCTION = parindex.@type@_gt,
	COMMUTATOR = OPERATOR(pg_catalog.<),
	NEGATOR = OPERATOR(pg_catalog.<=),
	RESTRICT = pg_catalog.scalargtsel,
	JOIN = pg_catalog.scalargtjoinsel
);

COMMENT ON OPERATOR pg_catalog.> (parindex.@type@, parindex.@type@) IS
'Stands after, in the order of @type@_cmp(). NULL if either is NULL.';

CREATE OPERATOR pg_catalog.>= (
	LEFTARG = parindex.@type@,
	RIGHTARG = parindex.@type@,
	FUNCTION = parindex.@type@_ge,
	COMMUTATOR = OPERATOR(pg_catalog.<=),
	NEGATOR = OPERATOR(pg_catalog.<),
	RESTRICT = pg_catalog.scalargesel,
	JOIN = pg_catalog.scalargejoinsel
);

COMMENT ON OPERATOR pg_catalog.>= (parindex.@type@, parindex.@type@) IS
'Stands after or is equal, in the order of @type@_cmp(). NULL if either is NULL.';

CREATE OPERATOR FAMILY parindex.@type@_ops USING btree;

COMMENT ON OPERATOR FAMILY parindex.@type@_ops USING btree IS
'Order of @type@.';

CREATE OPERATOR CLASS parindex.@type@_ops
	DEFAULT FOR TYPE parindex.@type@ USING btree
	FAMILY parindex.@type@_ops AS
	OPERATOR 1 pg_catalog.<,
	OPERATOR 2 pg_catalog.<=,
	OPERATOR 3 pg_catalog.=,
	OPERATOR 4 pg_catalog.>=,
	OPERATOR 5 pg_catalog.>,
	FUNCTION 1 parindex.@type@_cmp(parindex.@type@, parindex.@type@);

COMMENT ON OPERATOR CLASS parindex.@type@_ops USING btree IS
'Order of @type@, for DISTINCT, sorting, merge joins and indexes.';

CREATE OPERATOR FAMILY parindex.@type@_ops USING hash;

COMMENT ON OPERATOR FAMILY parindex.@type@_ops USING hash IS
'Hashing of @type@.';

CREATE OPERATOR CLASS parindex.@type@_ops
	DEFAULT FOR TYPE parindex.@type@ USING hash
	FAMILY parindex.@type@_ops AS
	OPERATOR 1 pg_catalog.=,
	FUNCTION 1 parindex.@type@_hash(parindex.@type@),
	FUNCTION 2 parindex.@type@_hash_extended(parindex.@type@, bigint);

COMMENT ON OPERATOR CLASS parindex.@type@_ops USING hash IS
'Hashing of @type@, for GROUP BY, hash joins and hash partitions.';

-- The same by the name of our schema: OPERATOR(parindex.=).

CREATE OPERATOR parindex.= (
	LEFTARG = parindex.@type@,
	RIGHTARG = parindex.@type@,
	FUNCTION = parindex.@type@_eq,
	COMMUTATOR = OPERATOR(parindex.=),
	NEGATOR = OPERATOR(parindex.<>)
);

COMMENT ON OPERATOR parindex.= (parindex.@type@, parindex.@type@) IS
'The operator = of pg_catalog, which indexes and joins are made by. NULL if either is NULL.';

CREATE OPERATOR parindex.<> (
	LEFTARG = parindex.@type@,
	RIGHTARG = parindex.@type@,
	FUNCTION = parindex.@type@_ne,
	COMMUTATOR = OPERATOR(parindex.<>),
	NEGATOR = OPERATOR(parindex.=)
);

COMMENT ON OPERATOR parindex.<> (parindex.@type@, parindex.@type@) IS
'The operator <> of pg_catalog, which indexes and joins are made by. NULL if either is NULL.';

CREATE OPERATOR parindex.< (
	LEFTARG = parindex.@type@,
	RIGHTARG = parindex.@type@,
	FUNCTION = parindex.@type@_lt,
	COMMUTATOR = OPERATOR(parindex.>),
	NEGATOR = OPERATOR(parindex.>=)
);

COMMENT ON OPERATOR parindex.< (parindex.@type@, parindex.@type@) IS
'The operator < of pg_catalog, which indexes and joins are made by. NULL if either is NULL.';

CREATE OPERATOR parindex.<= (
	LEFTARG = parindex.@type@,
	RIGHTARG = parindex.@type@,
	FUNCTION = parindex.@type@_le,
	COMMUTATOR = OPERATOR(parindex.>=),
	NEGATOR = OPERATOR(parindex.>)
);

COMMENT ON OPERATOR parindex.<= (parindex.@type@, parindex.@type@) IS
'The operator <= of pg_catalog, which indexes and joins are made by. NULL if either is NULL.';

CREATE OPERATOR parindex.> (
	LEFTARG = parindex.@type@,
	RIGHTARG = parindex.@type@,
	FUNCTION = parindex.@type@_gt,
	COMMUTATOR = OPERATOR(parindex.<),
	NEGATOR = OPERATOR(parindex.<=)
);

COMMENT ON OPERATOR parindex.> (parindex.@type@, parindex.@type@) IS
'The operator > of pg_catalog, which indexes and joins are made by. NULL if either is NULL.';

CREATE OPERATOR parindex.>= (
	LEFTARG = parindex.@type@,
	RIGHTARG = parindex.@type@,
	FUNCTION = parindex.@type@_ge,
	COMMUTATOR = OPERATOR(parindex.<=),
	NEGATOR = OPERATOR(parindex.<)
);

COMMENT ON OPERATOR parindex.>= (parindex.@type@, parindex.@type@) IS
'The operator >= of pg_catalog, which indexes and joins are made by. NULL if either is NULL.';
