-- How much the ranks depend on single criteria.

CREATE FUNCTION parindex.remove_elements(matrix parindex.score_matrix, framework parindex.framework, depth int DEFAULT 1)
	RETURNS TABLE(code text, depth int, mean_abs_rank_change float8, max_abs_rank_change int, units_changed int, units_compared int)
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100000 ROWS 10
	AS 'MODULE_PATHNAME', 'parindex_remove_elements';

COMMENT ON FUNCTION parindex.remove_elements(matrix parindex.score_matrix, framework parindex.framework, depth int) IS
'How the ranks of the index change without each criterion of that depth (1: the children of the root; NULL: all below the root). The criterion goes with all below it, its siblings share its weight, and its parent keeps its own; a parent whose other children weigh nothing goes too, and min_children shrinks to the children left. mean_abs_rank_change and max_abs_rank_change are over the units_compared units (of all periods, each ranked within its own) that have a score with and without it, of which units_changed have another rank; NULL where there are none. A mean of 0 says that the criterion decides no rank. Errors: a depth below 1, a column that is no leaf of the framework (22023); else as index_scores().';

CREATE FUNCTION parindex.removed_ranks(matrix parindex.score_matrix, framework parindex.framework, depth int DEFAULT 1)
	RETURNS TABLE(code text, depth int, unit text, period int, score float8, score_without float8, rank int, rank_without int, rank_change int)
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100000 ROWS 10000
	AS 'MODULE_PATHNAME', 'parindex_removed_ranks';

COMMENT ON FUNCTION parindex.removed_ranks(matrix parindex.score_matrix, framework parindex.framework, depth int) IS
'Each unit''s score and rank with and without each criterion of that depth, whose ranks remove_elements() sums up: one row a criterion (code), unit and period. rank: with all criteria; rank_without: without this one; both among the units of the period, 1 is the best, ties share the best rank. rank_change: rank - rank_without, places gained without the criterion: positive for a unit that it holds down. NULL where there is no score, or no criterion is left. What removal means, and errors: as remove_elements().';
