-- What the weights as they are bring about.

CREATE FUNCTION parindex.weight_influence(matrix parindex.score_matrix, framework parindex.framework)
	RETURNS TABLE(code text, parent text, weight float8, influence float8, correlation float8, n int, effective_weight float8, index_correlation float8)
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100000
	AS 'MODULE_PATHNAME', 'parindex_weight_influence';

COMMENT ON FUNCTION parindex.weight_influence(matrix parindex.score_matrix, framework parindex.framework) IS
'How much each criterion, of all depths, moves its parent under the framework''s weights as they are: one row a criterion with a weight. weight: its share in the weights of its siblings and its own. correlation: Pearson''s of its scores with its parent''s, as index_scores() has both, over the n rows, of all periods, in which both have one. influence: the square of that as a share of the sum over the siblings (the linear form of the importance of Becker, Saisana, Paruolo and Vandecasteele 2017), 0 to 1; where it is far from weight, the weight does not say what the criterion counts: optimised_weights() finds weights under which it does. effective_weight: the share in the whole; index_correlation: with the index. A criterion whose scores do not vary has correlation NULL and influence 0; where that is so of all siblings influence is NULL. The order of units does not change a bit. Errors: a column that is no leaf of the framework (22023); more than 1 GB of scores (54000); else as index_scores(). No rows for NULL.';
