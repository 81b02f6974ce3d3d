-- Who gains where.

CREATE FUNCTION parindex.decompose(matrix parindex.score_matrix, framework parindex.framework)
	RETURNS TABLE(unit text, code text, score float8, effective_weight float8, contribution float8, mean_contribution float8, gain float8, period int)
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000 ROWS 10000
	AS 'MODULE_PATHNAME', 'parindex_decompose';

COMMENT ON FUNCTION parindex.decompose(matrix parindex.score_matrix, framework parindex.framework) IS
'What each leaf brings to the index of each unit, and more than it brings to the field on average. effective_weight: the leaf''s share in the index of this unit, after what missing children do to their siblings; contribution: effective weight times score. The contributions of a unit add up to its index: weighted_sum(contribution, 1), which sums exactly and rounds once, equals the score that index_scores() gives; what rounding leaves over, of the contributions themselves and of nodes that round, goes to the largest contribution (where contributions of both signs cancel it may remain, below the precision of the smallest). A leaf without a score contributes 0, with effective weight 0 unless it counts as zero; score is then NULL. mean_contribution: mean over the units of the period that have an index; gain: contribution - mean_contribution, so that the gains of a unit add up to its distance from the mean index. NULL for a unit without an index. Errors: a node that is neither arithmetic mean nor sum, or is rescaled, or a floor above the leaves'' parents (0A000); else as index_scores().';
