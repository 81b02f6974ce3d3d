-- Confidence sets for ranks of counts.

CREATE FUNCTION parindex.rank_confidence_counts(
	unit text[],
	count bigint[],
	level float8 DEFAULT 0.95,
	kind text DEFAULT 'marginal',
	side text DEFAULT 'two',
	correction text DEFAULT 'holm'
) RETURNS TABLE(unit text, count bigint, rank int, rank_low int, rank_high int, steps int, p_first float8, p_limit float8, status text)
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100000 ROWS 100
	AS 'MODULE_PATHNAME', 'parindex_rank_confidence_counts';

COMMENT ON FUNCTION parindex.rank_confidence_counts(text[], bigint[], float8, text, text, text) IS
'Confidence sets for the ranks of categories by how often each was met in one sample, such as first choices or complaints: ranks rank_low to rank_high, 1 the likeliest category, which the true rank is among with at least the probability level, whatever the size of the sample (Bazylik, Mogstad, Romano, Shaikh and Wilhelm 2021). Two categories are compared by the exact binomial test of their counts. kind marginal: the set of each category by itself has the level, over its n - 1 pairs, in both directions for side two; simultaneous: all sets together, over n (n - 1) directions for each side. side two, lower or upper as in rank_confidence(). correction: holm, which steps down, or bonferroni, each as asked. Arrays have an element a category, in one order; a row each, in that order. rank: 1 + the number of greater counts; ties share the best. steps: limits of p-values needed; p_first, p_limit: the first and the last, NULL for a single category. status ok, or no_count where a category is left out since its count is NULL: the others are ranked without it. Errors: 22023 for a level outside 0 to 1, an unknown kind, side or correction, a count that is negative or above 2^53, a unit that stands twice; 2202E for arrays of different lengths; 22004 for a NULL unit. No rows for NULL.';
