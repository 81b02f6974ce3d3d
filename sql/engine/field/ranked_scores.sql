-- The same scores with their ranks.

CREATE FUNCTION parindex.ranked_scores(matrix parindex.score_matrix, framework parindex.framework, digits int DEFAULT NULL)
	RETURNS TABLE(unit text, code text, parent text, depth int, score float8, children_scored int, children_expected int, leaves_observed int, weight_coverage float8, period int, unit_group text, rank int, group_rank int)
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000 ROWS 10000
	AS 'MODULE_PATHNAME', 'parindex_ranked_scores';

COMMENT ON FUNCTION parindex.ranked_scores(matrix parindex.score_matrix, framework parindex.framework, digits int) IS
'As index_scores(), with ranks of every criterion. rank: among all units of the period, 1 is the highest score, units that tie share the best rank of theirs; group_rank: likewise among the units of its group and period, NULL without group. Scores are compared as rounded half-up to digits decimal places (-15 to 15; NULL: as they are), and given unrounded. A unit without a score has no rank (NULL) and takes none. No rows where matrix or framework is NULL. Errors: as index_scores(); another number of digits (22023); more than 1 GB of scores (54000).';
