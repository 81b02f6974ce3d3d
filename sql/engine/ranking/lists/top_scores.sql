-- top_scores(k, unit, score): the best k units of each group.

--@ each
--@ score: float8 | numeric
--@ scores: -0 counts as 0 | scores are compared as numeric and kept exactly, with their scale
--@ each
--@ unit: text | bigint
--@ ties: bytewise, in any locale | by number
CREATE FUNCTION parindex.top_scores_add(parindex.score_list, int, @unit@, @score@)
	RETURNS parindex.score_list
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_top_scores_add_@unit@_@score@';

COMMENT ON FUNCTION parindex.top_scores_add(parindex.score_list, int, @unit@, @score@) IS
'Transition function of top_scores(int, @unit@, @score@); for aggregates only.';

CREATE AGGREGATE parindex.top_scores(k int, unit @unit@, score @score@) (
	SFUNC = parindex.top_scores_add,
	STYPE = parindex.score_list,
	SSPACE = 512,
	FINALFUNC = parindex.score_list_final,
	COMBINEFUNC = parindex.score_list_merge,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE parindex.top_scores(int, @unit@, @score@) IS
'The k units with the highest scores, and all that tie with the k-th, up to 10,000 more. Ranks are competition ranks; tied units follow each other @ties@. NULL and NaN scores are never listed, infinities as in core; @scores@. A unit met twice is listed twice. The same rows give the same bits in any order, split or number of workers; NULL without a listed unit. Errors: 22023 for k not in 1 to 1,000,000 or changing within a group; 22004 for k NULL or a score without a unit; 54000 where more units tie with the k-th, or the list grows beyond 1 GB.';
--@ end
--@ end
