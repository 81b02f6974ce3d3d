-- What another framework would change.

CREATE FUNCTION parindex.compare_scores(matrix parindex.score_matrix, framework_a parindex.framework, framework_b parindex.framework, digits int DEFAULT NULL)
	RETURNS TABLE(unit text, score_a float8, score_b float8, score_change float8, rank_a int, rank_b int, rank_change int, period int)
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000
	AS 'MODULE_PATHNAME', 'parindex_compare_scores';

COMMENT ON FUNCTION parindex.compare_scores(matrix parindex.score_matrix, framework_a parindex.framework, framework_b parindex.framework, digits int) IS
'The index of every unit under two frameworks, as for a what-if with with_weights() or with_method(). score_change is score_b - score_a; rank_change is rank_a - rank_b, places gained: positive for a unit that climbs, as in the model. Ranks: 1 is the best of the period, ties share the best rank, scores are compared as rounded half-up to digits decimal places (NULL: as they are) and given unrounded. NULL where there is no score. One row a unit, and period where there are periods. A column of the matrix has to be a leaf of both frameworks (22023): give weight 0 to what one leaves out. A change beyond double precision is an error (22003). Other errors: as index_scores().';
