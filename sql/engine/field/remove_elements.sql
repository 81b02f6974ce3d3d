-- How much the ranks depend on single criteria.

CREATE FUNCTION parindex.remove_elements(matrix parindex.score_matrix, framework parindex.framework, depth int DEFAULT 1)
	RETURNS TABLE(code text, depth int, mean_abs_rank_change float8, max_abs_rank_change int, units_changed int, units_compared int)
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100000 ROWS 10
	AS 'MODULE_PATHNAME', 'parindex_remove_elements';

COMMENT ON FUNCTION parindex.remove_elements(matrix parindex.score_matrix, framework parindex.framework, depth int) IS
'How the ranks of the index change without each criterion of that depth (1: the children of the root; NULL: all below the root). The criterion goes with all below it, its siblings share its weight, and its parent keeps its own; a parent whose other children weigh nothing goes too, and min_children shrinks to the children left. mean_abs_rank_change and max_abs_rank_change are over the units_compared units (of all periods, each ranked within its own) that have a score with and without it, of which units_changed have another rank; NULL where there are none. A mean of 0 says that the criterion decides no rank. Errors: a depth below 1, a column that is no leaf of the framework (22023); else as index_scores().';
