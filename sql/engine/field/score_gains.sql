-- Who gains where, under any method.

CREATE FUNCTION parindex.score_gains(matrix parindex.score_matrix, framework parindex.framework)
	RETURNS TABLE(unit text, code text, parent text, depth int, score float8, average float8, gain float8, period int)
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000 ROWS 10000
	AS 'MODULE_PATHNAME', 'parindex_score_gains';

COMMENT ON FUNCTION parindex.score_gains(matrix parindex.score_matrix, framework parindex.framework) IS
'What each criterion adds to the index of each unit, compared with a unit that is average in all criteria: decompose() for any method of aggregation, geometric means included. average: the score of a unit that has, wherever this one has a score, the mean of the period; gain of the root: score - average; gains of the children of a node add up to its own, up to rounding. A child''s gain is its Shapley value (1953): what changing its score from average to the unit''s does to its parent, as a mean over all orders of changing the children; of an arithmetic mean its weight times the difference. Deeper criteria share their parent''s gain in proportion, and have gain 0 where what they do cancels out. One row a unit and criterion, parents before their children; NULL for what has no score. Errors: 0A000 for a node rescaled over all units; 54000 for a node of more than 14 criteria that is no arithmetic mean or sum; else as index_scores().';
