-- How much the ranks depend on who else is ranked.

CREATE FUNCTION parindex.remove_units(matrix parindex.score_matrix, framework parindex.framework, method text DEFAULT NULL, lower float8 DEFAULT 0, upper float8 DEFAULT 100)
	RETURNS TABLE(unit text, mean_abs_rank_change float8, max_abs_rank_change int, units_changed int, units_compared int)
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000000
	AS 'MODULE_PATHNAME', 'parindex_remove_units';

COMMENT ON FUNCTION parindex.remove_units(matrix parindex.score_matrix, framework parindex.framework, method text, lower float8, upper float8) IS
'Rank reversal: how the ranks of the other units, among themselves, change when a unit is left out (with all its periods). With a method the matrix holds values as measured, and is normalised anew without the unit, as by normalise(matrix, framework, method, lower, upper); NULL: it holds scores, which stay, so that only nodes rescaled over all units can change anything. mean_abs_rank_change and max_abs_rank_change are over the units_compared others (of all periods, each ranked within its own) that have a score with and without it, of which units_changed have another rank; NULL where there are none. One row a unit; the field is evaluated once for each. No rows where another argument is NULL. Errors: as normalise() and index_scores().';

CREATE FUNCTION parindex.removed_unit_ranks(matrix parindex.score_matrix, framework parindex.framework, method text DEFAULT NULL, lower float8 DEFAULT 0, upper float8 DEFAULT 100)
	RETURNS TABLE(removed text, unit text, period int, rank int, rank_without int, rank_change int)
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000000 ROWS 10000
	AS 'MODULE_PATHNAME', 'parindex_removed_unit_ranks';

COMMENT ON FUNCTION parindex.removed_unit_ranks(matrix parindex.score_matrix, framework parindex.framework, method text, lower float8, upper float8) IS
'The ranks of all other units, among themselves, without each unit, which remove_units() sums up: one row a unit left out (removed), other unit and period. rank: with the scores they have; rank_without: with those they get without it; 1 is the best of the period, ties share the best rank. rank_change: rank - rank_without, places gained: positive for a unit that the one left out holds down. NULL where there is no score. Rows in the square of the units. Arguments and errors: as remove_units().';
