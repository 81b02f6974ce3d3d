-- score_list: units with their scores, best first; made by top_scores and
-- league_table.

CREATE TYPE parindex.score_list;

CREATE FUNCTION parindex.score_list_in(cstring) RETURNS parindex.score_list
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_score_list_in';

COMMENT ON FUNCTION parindex.score_list_in(cstring) IS
'Input function of score_list. Units may stand in any order. Errors: 22P02 for text that is no list, such as more than k units that do not tie.';

CREATE FUNCTION parindex.score_list_out(parindex.score_list) RETURNS cstring
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_score_list_out';

COMMENT ON FUNCTION parindex.score_list_out(parindex.score_list) IS
'Output function of score_list: exact, the same for equal lists, independent of settings.';

CREATE FUNCTION parindex.score_list_recv(internal) RETURNS parindex.score_list
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_score_list_recv';

COMMENT ON FUNCTION parindex.score_list_recv(internal) IS
'Binary input function of score_list. Errors: 22P03 for a message that is no list.';

CREATE FUNCTION parindex.score_list_send(parindex.score_list) RETURNS bytea
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_score_list_send';

COMMENT ON FUNCTION parindex.score_list_send(parindex.score_list) IS
'Binary output function of score_list: version, kinds, k, number of units, then unit and score of each, in network byte order.';

CREATE TYPE parindex.score_list (
	INPUT = parindex.score_list_in,
	OUTPUT = parindex.score_list_out,
	RECEIVE = parindex.score_list_recv,
	SEND = parindex.score_list_send,
	INTERNALLENGTH = VARIABLE,
	ALIGNMENT = double,
	STORAGE = extended
);

COMMENT ON TYPE parindex.score_list IS
'Units with their scores, best first: the best k of them with all that tie with the k-th, or all. Units are text or bigint, scores float8 or numeric, kept exactly. Text form: v1 top 2 text float8 {"Quảng Ninh": 73.02, "Đồng Tháp": 70.53}, or v1 all bigint numeric {…}; in a quoted unit " and \ are written \" and \\. Made by top_scores and league_table; read by score_list_rows and score_list_decimal_rows; merged by rollup. A partial list on its way between servers may be marked overfull: more units tied than it may hold.';

-- Equality and order; the order has no meaning in the data.

CREATE FUNCTION parindex.score_list_eq(a parindex.score_list, b parindex.score_list) RETURNS boolean
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_score_list_eq';

COMMENT ON FUNCTION parindex.score_list_eq(a parindex.score_list, b parindex.score_list) IS
'Whether two lists are equal: they have the same types, k, units and scores; scores 1.0 and 1.00 of numeric lists differ. NULL if either is NULL.';

CREATE FUNCTION parindex.score_list_ne(a parindex.score_list, b parindex.score_list) RETURNS boolean
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_score_list_ne';

COMMENT ON FUNCTION parindex.score_list_ne(a parindex.score_list, b parindex.score_list) IS
'Whether two lists differ. NULL if either is NULL.';

CREATE FUNCTION parindex.score_list_lt(a parindex.score_list, b parindex.score_list) RETURNS boolean
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_score_list_lt';

COMMENT ON FUNCTION parindex.score_list_lt(a parindex.score_list, b parindex.score_list) IS
'Whether the first list stands before the second, in the order of score_list_cmp(). NULL if either is NULL.';

CREATE FUNCTION parindex.score_list_le(a parindex.score_list, b parindex.score_list) RETURNS boolean
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_score_list_le';

COMMENT ON FUNCTION parindex.score_list_le(a parindex.score_list, b parindex.score_list) IS
'Whether the first list stands before the second or equals it, in the order of score_list_cmp(). NULL if either is NULL.';

CREATE FUNCTION parindex.score_list_gt(a parindex.score_list, b parindex.score_list) RETURNS boolean
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_score_list_gt';

COMMENT ON FUNCTION parindex.score_list_gt(a parindex.score_list, b parindex.score_list) IS
'Whether the first list stands after the second, in the order of score_list_cmp(). NULL if either is NULL.';

CREATE FUNCTION parindex.score_list_ge(a parindex.score_list, b parindex.score_list) RETURNS boolean
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_score_list_ge';

COMMENT ON FUNCTION parindex.score_list_ge(a parindex.score_list, b parindex.score_list) IS
'Whether the first list stands after the second or equals it, in the order of score_list_cmp(). NULL if either is NULL.';

CREATE FUNCTION parindex.score_list_cmp(a parindex.score_list, b parindex.score_list) RETURNS integer
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_score_list_cmp';

COMMENT ON FUNCTION parindex.score_list_cmp(a parindex.score_list, b parindex.score_list) IS
'-1, 0 or 1 as the first list stands before the second, equals it or stands after it, by types, then k, then unit by unit: an order for sorting and indexes, without meaning in the data. NULL if either is NULL.';

CREATE FUNCTION parindex.score_list_hash(value parindex.score_list) RETURNS integer
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_score_list_hash';

COMMENT ON FUNCTION parindex.score_list_hash(value parindex.score_list) IS
'Hash of a list, the same for equal lists. NULL for NULL.';

CREATE FUNCTION parindex.score_list_hash_extended(value parindex.score_list, seed bigint) RETURNS bigint
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_score_list_hash_extended';

COMMENT ON FUNCTION parindex.score_list_hash_extended(value parindex.score_list, seed bigint) IS
'Hash of a list in 64 bits with a seed, the same for equal lists. NULL if either is NULL.';

CREATE OPERATOR parindex.= (
	LEFTARG = parindex.score_list,
	RIGHTARG = parindex.score_list,
	FUNCTION = parindex.score_list_eq,
	COMMUTATOR = OPERATOR(parindex.=),
	NEGATOR = OPERATOR(parindex.<>),
	RESTRICT = pg_catalog.eqsel,
	JOIN = pg_catalog.eqjoinsel,
	HASHES,
	MERGES
);

COMMENT ON OPERATOR parindex.= (parindex.score_list, parindex.score_list) IS
'Equal: they have the same types, k, units and scores; scores 1.0 and 1.00 of numeric lists differ. NULL if either is NULL.';

CREATE OPERATOR parindex.<> (
	LEFTARG = parindex.score_list,
	RIGHTARG = parindex.score_list,
	FUNCTION = parindex.score_list_ne,
	COMMUTATOR = OPERATOR(parindex.<>),
	NEGATOR = OPERATOR(parindex.=),
	RESTRICT = pg_catalog.neqsel,
	JOIN = pg_catalog.neqjoinsel
);

COMMENT ON OPERATOR parindex.<> (parindex.score_list, parindex.score_list) IS
'Not equal. NULL if either is NULL.';

CREATE OPERATOR parindex.< (
	LEFTARG = parindex.score_list,
	RIGHTARG = parindex.score_list,
	FUNCTION = parindex.score_list_lt,
	COMMUTATOR = OPERATOR(parindex.>),
	NEGATOR = OPERATOR(parindex.>=),
	RESTRICT = pg_catalog.scalarltsel,
	JOIN = pg_catalog.scalarltjoinsel
);

COMMENT ON OPERATOR parindex.< (parindex.score_list, parindex.score_list) IS
'Stands before, in the order of score_list_cmp(). NULL if either is NULL.';

CREATE OPERATOR parindex.<= (
	LEFTARG = parindex.score_list,
	RIGHTARG = parindex.score_list,
	FUNCTION = parindex.score_list_le,
	COMMUTATOR = OPERATOR(parindex.>=),
	NEGATOR = OPERATOR(parindex.>),
	RESTRICT = pg_catalog.scalarlesel,
	JOIN = pg_catalog.scalarlejoinsel
);

COMMENT ON OPERATOR parindex.<= (parindex.score_list, parindex.score_list) IS
'Stands before or is equal, in the order of score_list_cmp(). NULL if either is NULL.';

CREATE OPERATOR parindex.> (
	LEFTARG = parindex.score_list,
	RIGHTARG = parindex.score_list,
	FUNCTION = parindex.score_list_gt,
	COMMUTATOR = OPERATOR(parindex.<),
	NEGATOR = OPERATOR(parindex.<=),
	RESTRICT = pg_catalog.scalargtsel,
	JOIN = pg_catalog.scalargtjoinsel
);

COMMENT ON OPERATOR parindex.> (parindex.score_list, parindex.score_list) IS
'Stands after, in the order of score_list_cmp(). NULL if either is NULL.';

CREATE OPERATOR parindex.>= (
	LEFTARG = parindex.score_list,
	RIGHTARG = parindex.score_list,
	FUNCTION = parindex.score_list_ge,
	COMMUTATOR = OPERATOR(parindex.<=),
	NEGATOR = OPERATOR(parindex.<),
	RESTRICT = pg_catalog.scalargesel,
	JOIN = pg_catalog.scalargejoinsel
);

COMMENT ON OPERATOR parindex.>= (parindex.score_list, parindex.score_list) IS
'Stands after or is equal, in the order of score_list_cmp(). NULL if either is NULL.';

CREATE OPERATOR FAMILY parindex.score_list_ops USING btree;

COMMENT ON OPERATOR FAMILY parindex.score_list_ops USING btree IS
'Order of score_list.';

CREATE OPERATOR CLASS parindex.score_list_ops
	DEFAULT FOR TYPE parindex.score_list USING btree
	FAMILY parindex.score_list_ops AS
	OPERATOR 1 parindex.<,
	OPERATOR 2 parindex.<=,
	OPERATOR 3 parindex.=,
	OPERATOR 4 parindex.>=,
	OPERATOR 5 parindex.>,
	FUNCTION 1 parindex.score_list_cmp(parindex.score_list, parindex.score_list);

COMMENT ON OPERATOR CLASS parindex.score_list_ops USING btree IS
'Order of score_list, for DISTINCT, sorting, merge joins and indexes.';

CREATE OPERATOR FAMILY parindex.score_list_ops USING hash;

COMMENT ON OPERATOR FAMILY parindex.score_list_ops USING hash IS
'Hashing of score_list.';

CREATE OPERATOR CLASS parindex.score_list_ops
	DEFAULT FOR TYPE parindex.score_list USING hash
	FAMILY parindex.score_list_ops AS
	OPERATOR 1 parindex.=,
	FUNCTION 1 parindex.score_list_hash(parindex.score_list),
	FUNCTION 2 parindex.score_list_hash_extended(parindex.score_list, bigint);

COMMENT ON OPERATOR CLASS parindex.score_list_ops USING hash IS
'Hashing of score_list, for GROUP BY, hash joins and hash partitions.';

-- What a list holds.

CREATE FUNCTION parindex.score_list_rows(list parindex.score_list)
	RETURNS TABLE (rank int, unit text, score float8)
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 10
	AS 'MODULE_PATHNAME', 'parindex_score_list_rows';

COMMENT ON FUNCTION parindex.score_list_rows(parindex.score_list) IS
'The units of a list, best first, with competition ranks (1 2 2 4); tied units follow each other bytewise, or by number. Bigint units come as text; numeric scores as the nearest float8. No rows for NULL. Errors: 22003 for a numeric score beyond float8, 54000 for a partial list that is overfull.';

CREATE FUNCTION parindex.score_list_decimal_rows(list parindex.score_list)
	RETURNS TABLE (rank int, unit text, score numeric)
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 10
	AS 'MODULE_PATHNAME', 'parindex_score_list_decimal_rows';

COMMENT ON FUNCTION parindex.score_list_decimal_rows(parindex.score_list) IS
'As score_list_rows, with scores as numeric: numeric scores exactly as given, with their scale; float8 scores as the shortest decimal that reads back as the same float8. No rows for NULL. Errors: 54000 for a partial list that is overfull.';

-- Merging: also the second half of the aggregates that make lists.

CREATE FUNCTION parindex.score_list_merge(parindex.score_list, parindex.score_list)
	RETURNS parindex.score_list
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_score_list_merge';

COMMENT ON FUNCTION parindex.score_list_merge(parindex.score_list, parindex.score_list) IS
'Combine function of top_scores and league_table, transition function of rollup; for aggregates only. NULL is skipped. Errors: 22023 where k differs, 42804 where the types of units or scores differ.';

CREATE FUNCTION parindex.score_list_final(parindex.score_list)
	RETURNS parindex.score_list
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_score_list_final';

COMMENT ON FUNCTION parindex.score_list_final(parindex.score_list) IS
'Final function of top_scores, league_table and rollup; for aggregates only. NULL where no unit is listed. Errors: 54000 where too many units tie.';

CREATE AGGREGATE parindex.rollup(list parindex.score_list) (
	SFUNC = parindex.score_list_merge,
	STYPE = parindex.score_list,
	SSPACE = 1024,
	FINALFUNC = parindex.score_list_final,
	COMBINEFUNC = parindex.score_list_merge,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE parindex.rollup(parindex.score_list) IS
'Merges lists, for instance of parts of a table: exactly the list that top_scores or league_table gives for all their rows together. NULL lists are skipped; NULL without any. Errors: 22023 for lists of different k, 42804 of different types, 54000 where more than 10,000 units tie with the k-th or the list grows beyond 1 GB.';
