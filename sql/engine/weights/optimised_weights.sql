-- Weights by what they are to bring about.

CREATE FUNCTION parindex.optimised_weights(
	matrix parindex.score_matrix,
	framework parindex.framework,
	node text DEFAULT NULL,
	codes text[] DEFAULT NULL,
	targets float8[] DEFAULT NULL)
	RETURNS TABLE(code text, weight float8, target float8, influence float8, correlation float8, residual float8, attained bool)
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000000 ROWS 10
	AS 'MODULE_PATHNAME', 'parindex_optimised_weights';

COMMENT ON FUNCTION parindex.optimised_weights(matrix parindex.score_matrix, framework parindex.framework, node text, codes text[], targets float8[]) IS
'Weights of the children of a node (NULL: the root) under which each has the influence on the node''s score that is asked for. One row per child. influence: the squared Pearson correlation of the child''s scores with the node''s, over the rows, of all periods, that have both, as a share of the sum over the children (the linear form of the importance of Becker, Saisana, Paruolo and Vandecasteele 2017); so with equal targets, the default, all correlations are the same. targets: one a child, above zero, in the order of codes; target shows their shares. weight: above 0, summing to 1, for with_weights(). The weights in the framework do not matter; its methods, and its rules for missing children, hold as in index_scores(), but for the rounding of the node itself. correlation: with the node under these weights. residual: the largest difference between influence and target, and attained: at most 1e-9; both the same in all rows. Where children contradict each other there may be no such weights: then attained is false and these are the nearest that were found from weights equal by standard deviation, in at most 100 steps of Levenberg and Marquardt. The order of units does not change a bit. Errors: a node that is a leaf or unknown, or whose method takes no weights, a child whose scores do not vary, a code that is no child of the node or is named twice, a child without target, a target that is not above zero and finite, a column that is no leaf of the framework (22023); codes without targets or the other way round, a NULL in them (22004); more or fewer targets than codes (2202E); more than 200 children (54000); else as index_scores(). No rows where matrix or framework is NULL.';
