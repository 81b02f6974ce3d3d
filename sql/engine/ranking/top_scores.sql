-- top_scores(k, unit, score): the best k units of each group.

CREATE FUNCTION parindex.top_scores_add(parindex.score_list, int, text, float8)
	RETURNS parindex.score_list
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_top_scores_add_text_float8';

COMMENT ON FUNCTION parindex.top_scores_add(parindex.score_list, int, text, float8) IS
'Transition function of top_scores(int, text, float8); for aggregates only.';

CREATE AGGREGATE parindex.top_scores(k int, unit text, score float8) (
	SFUNC = parindex.top_scores_add,
	STYPE = parindex.score_list,
	SSPACE = 512,
	FINALFUNC = parindex.score_list_final,
	COMBINEFUNC = parindex.score_list_merge,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE parindex.top_scores(int, text, float8) IS
'The k units with the highest scores, and all that tie with the k-th, up to 10,000 more. Ranks are competition ranks; tied units follow each other bytewise, in any locale. NULL and NaN scores are never listed, infinities as in core; -0 counts as 0. A unit met twice is listed twice. The same rows give the same bits in any order, split or number of workers; NULL without a listed unit. Errors: 22023 for k not in 1 to 1,000,000 or changing within a group; 22004 for k NULL or a score without a unit; 54000 where more units tie with the k-th, or the list grows beyond 1 GB.';

CREATE FUNCTION parindex.top_scores_add(parindex.score_list, int, bigint, float8)
	RETURNS parindex.score_list
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_top_scores_add_bigint_float8';

COMMENT ON FUNCTION parindex.top_scores_add(parindex.score_list, int, bigint, float8) IS
'Transition function of top_scores(int, bigint, float8); for aggregates only.';

CREATE AGGREGATE parindex.top_scores(k int, unit bigint, score float8) (
	SFUNC = parindex.top_scores_add,
	STYPE = parindex.score_list,
	SSPACE = 512,
	FINALFUNC = parindex.score_list_final,
	COMBINEFUNC = parindex.score_list_merge,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE parindex.top_scores(int, bigint, float8) IS
'The k units with the highest scores, and all that tie with the k-th, up to 10,000 more. Ranks are competition ranks; tied units follow each other by number. NULL and NaN scores are never listed, infinities as in core; -0 counts as 0. A unit met twice is listed twice. The same rows give the same bits in any order, split or number of workers; NULL without a listed unit. Errors: 22023 for k not in 1 to 1,000,000 or changing within a group; 22004 for k NULL or a score without a unit; 54000 where more units tie with the k-th, or the list grows beyond 1 GB.';

CREATE FUNCTION parindex.top_scores_add(parindex.score_list, int, text, numeric)
	RETURNS parindex.score_list
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_top_scores_add_text_numeric';

COMMENT ON FUNCTION parindex.top_scores_add(parindex.score_list, int, text, numeric) IS
'Transition function of top_scores(int, text, numeric); for aggregates only.';

CREATE AGGREGATE parindex.top_scores(k int, unit text, score numeric) (
	SFUNC = parindex.top_scores_add,
	STYPE = parindex.score_list,
	SSPACE = 512,
	FINALFUNC = parindex.score_list_final,
	COMBINEFUNC = parindex.score_list_merge,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE parindex.top_scores(int, text, numeric) IS
'The k units with the highest scores, and all that tie with the k-th, up to 10,000 more. Ranks are competition ranks; tied units follow each other bytewise, in any locale. NULL and NaN scores are never listed, infinities as in core; scores are compared as numeric and kept exactly, with their scale. A unit met twice is listed twice. The same rows give the same bits in any order, split or number of workers; NULL without a listed unit. Errors: 22023 for k not in 1 to 1,000,000 or changing within a group; 22004 for k NULL or a score without a unit; 54000 where more units tie with the k-th, or the list grows beyond 1 GB.';

CREATE FUNCTION parindex.top_scores_add(parindex.score_list, int, bigint, numeric)
	RETURNS parindex.score_list
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_top_scores_add_bigint_numeric';

COMMENT ON FUNCTION parindex.top_scores_add(parindex.score_list, int, bigint, numeric) IS
'Transition function of top_scores(int, bigint, numeric); for aggregates only.';

CREATE AGGREGATE parindex.top_scores(k int, unit bigint, score numeric) (
	SFUNC = parindex.top_scores_add,
	STYPE = parindex.score_list,
	SSPACE = 512,
	FINALFUNC = parindex.score_list_final,
	COMBINEFUNC = parindex.score_list_merge,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE parindex.top_scores(int, bigint, numeric) IS
'The k units with the highest scores, and all that tie with the k-th, up to 10,000 more. Ranks are competition ranks; tied units follow each other by number. NULL and NaN scores are never listed, infinities as in core; scores are compared as numeric and kept exactly, with their scale. A unit met twice is listed twice. The same rows give the same bits in any order, split or number of workers; NULL without a listed unit. Errors: 22023 for k not in 1 to 1,000,000 or changing within a group; 22004 for k NULL or a score without a unit; 54000 where more units tie with the k-th, or the list grows beyond 1 GB.';
