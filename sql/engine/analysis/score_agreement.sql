-- How far two rankings agree.

CREATE FUNCTION parindex.score_agreement(x float8[], y float8[])
	RETURNS TABLE(n int, spearman float8, spearman_p float8, kendall float8, kendall_p float8)
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000 ROWS 1
	AS 'MODULE_PATHNAME', 'parindex_score_agreement';

COMMENT ON FUNCTION parindex.score_agreement(x float8[], y float8[]) IS
'How far two sets of scores, x and y of the same units in the same order, put these into one order; array_agg() of both over one query makes the arrays. n: units with both scores, others, NULL or NaN, being skipped. spearman: the correlation of their ranks, ties sharing the mean of theirs, -1 to 1; kendall: tau-b, of pairs of units in the same order less those in opposite order (Kendall 1945, Knight 1966). spearman_p, kendall_p: two-sided p-values, as correlation_tests() has them. Only the order of scores matters, not their scale; where less is better in one of the sets, agreement is negative. Counts are whole numbers: the order of units does not change a bit. One row. NULL where n is below 2 or either set is constant. Errors: arrays of different lengths or of more than one dimension (2202E). No row for NULL.';
