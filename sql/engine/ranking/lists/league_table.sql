-- league_table(unit, score): all units of each group, best first.

--@ each
--@ score: float8 | numeric
--@ scores: -0 counts as 0 | scores are compared as numeric and kept exactly, with their scale
--@ each
--@ unit: text | bigint
--@ ties: bytewise, in any locale | by number
CREATE FUNCTION parindex.league_table_add(parindex.score_list, @unit@, @score@)
	RETURNS parindex.score_list
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_league_table_add_@unit@_@score@';

COMMENT ON FUNCTION parindex.league_table_add(parindex.score_list, @unit@, @score@) IS
'Transition function of league_table(@unit@, @score@); for aggregates only.';

CREATE AGGREGATE parindex.league_table(unit @unit@, score @score@) (
	SFUNC = parindex.league_table_add,
	STYPE = parindex.score_list,
	SSPACE = 4096,
	FINALFUNC = parindex.score_list_final,
	COMBINEFUNC = parindex.score_list_merge,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE parindex.league_table(@unit@, @score@) IS
'All units by score, highest first. Ranks are competition ranks; tied units follow each other @ties@. NULL and NaN scores are never listed, infinities as in core; @scores@. A unit met twice is listed twice. The same rows give the same bits in any order, split or number of workers; NULL without a listed unit. Errors: 22004 for a score without a unit; 54000 for a list beyond 1 GB.';
--@ end
--@ end
