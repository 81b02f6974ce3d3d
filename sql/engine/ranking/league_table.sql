-- league_table(unit, score): all units of each group, best first.

CREATE FUNCTION parindex.league_table_add(parindex.score_list, text, float8)
	RETURNS parindex.score_list
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_league_table_add_text_float8';

COMMENT ON FUNCTION parindex.league_table_add(parindex.score_list, text, float8) IS
'Transition function of league_table(text, float8); for aggregates only.';

CREATE AGGREGATE parindex.league_table(unit text, score float8) (
	SFUNC = parindex.league_table_add,
	STYPE = parindex.score_list,
	SSPACE = 4096,
	FINALFUNC = parindex.score_list_final,
	COMBINEFUNC = parindex.score_list_merge,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE parindex.league_table(text, float8) IS
'All units by score, highest first. Ranks are competition ranks; tied units follow each other bytewise, in any locale. NULL and NaN scores are never listed, infinities as in core; -0 counts as 0. A unit met twice is listed twice. The same rows give the same bits in any order, split or number of workers; NULL without a listed unit. Errors: 22004 for a score without a unit; 54000 for a list beyond 1 GB.';

CREATE FUNCTION parindex.league_table_add(parindex.score_list, bigint, float8)
	RETURNS parindex.score_list
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_league_table_add_bigint_float8';

COMMENT ON FUNCTION parindex.league_table_add(parindex.score_list, bigint, float8) IS
'Transition function of league_table(bigint, float8); for aggregates only.';

CREATE AGGREGATE parindex.league_table(unit bigint, score float8) (
	SFUNC = parindex.league_table_add,
	STYPE = parindex.score_list,
	SSPACE = 4096,
	FINALFUNC = parindex.score_list_final,
	COMBINEFUNC = parindex.score_list_merge,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE parindex.league_table(bigint, float8) IS
'All units by score, highest first. Ranks are competition ranks; tied units follow each other by number. NULL and NaN scores are never listed, infinities as in core; -0 counts as 0. A unit met twice is listed twice. The same rows give the same bits in any order, split or number of workers; NULL without a listed unit. Errors: 22004 for a score without a unit; 54000 for a list beyond 1 GB.';

CREATE FUNCTION parindex.league_table_add(parindex.score_list, text, numeric)
	RETURNS parindex.score_list
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_league_table_add_text_numeric';

COMMENT ON FUNCTION parindex.league_table_add(parindex.score_list, text, numeric) IS
'Transition function of league_table(text, numeric); for aggregates only.';

CREATE AGGREGATE parindex.league_table(unit text, score numeric) (
	SFUNC = parindex.league_table_add,
	STYPE = parindex.score_list,
	SSPACE = 4096,
	FINALFUNC = parindex.score_list_final,
	COMBINEFUNC = parindex.score_list_merge,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE parindex.league_table(text, numeric) IS
'All units by score, highest first. Ranks are competition ranks; tied units follow each other bytewise, in any locale. NULL and NaN scores are never listed, infinities as in core; scores are compared as numeric and kept exactly, with their scale. A unit met twice is listed twice. The same rows give the same bits in any order, split or number of workers; NULL without a listed unit. Errors: 22004 for a score without a unit; 54000 for a list beyond 1 GB.';

CREATE FUNCTION parindex.league_table_add(parindex.score_list, bigint, numeric)
	RETURNS parindex.score_list
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_league_table_add_bigint_numeric';

COMMENT ON FUNCTION parindex.league_table_add(parindex.score_list, bigint, numeric) IS
'Transition function of league_table(bigint, numeric); for aggregates only.';

CREATE AGGREGATE parindex.league_table(unit bigint, score numeric) (
	SFUNC = parindex.league_table_add,
	STYPE = parindex.score_list,
	SSPACE = 4096,
	FINALFUNC = parindex.score_list_final,
	COMBINEFUNC = parindex.score_list_merge,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE parindex.league_table(bigint, numeric) IS
'All units by score, highest first. Ranks are competition ranks; tied units follow each other by number. NULL and NaN scores are never listed, infinities as in core; scores are compared as numeric and kept exactly, with their scale. A unit met twice is listed twice. The same rows give the same bits in any order, split or number of workers; NULL without a listed unit. Errors: 22004 for a score without a unit; 54000 for a list beyond 1 GB.';
