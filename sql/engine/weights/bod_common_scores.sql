-- Units under the weights that suit their mean best.

CREATE FUNCTION parindex.bod_common_scores(matrix parindex.score_matrix, lower float8 DEFAULT 0, upper float8 DEFAULT 1)
	RETURNS TABLE(unit text, score float8, code text, weight float8, share float8, period int)
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100000 ROWS 10000
	AS 'MODULE_PATHNAME', 'parindex_bod_common_scores';

COMMENT ON FUNCTION parindex.bod_common_scores(matrix parindex.score_matrix, lower float8, upper float8) IS
'Benefit of the doubt with common weights: those, not negative and the same for all units of a period, under which the mean unit scores most while no unit exceeds 1. With all values there this is the compromise that is nearest to the bod_scores() of all in sum (Kao and Hung 2005, p = 1). The mean is over the cells that have values; shares of the criteria in its score are held within lower and upper. One row per unit and criterion, as bod_scores(): score, 0 to 1, rounded to 10 decimals; share: the criterion''s part in the unit''s own score, which the bounds are not of. Without bounds one criterion may have all the weight. Where several sets of weights do it, one of them is given. A missing or not applicable cell counts as 0, with weight and share NULL. What units are called does not change a bit. Errors: a negative value, bounds outside 0 to 1 or crossed, lower bounds that sum to more than 1, upper bounds of criteria with a value above 0 that sum to less, a lower bound where no unit has a value above 0 (22023); values too many orders of magnitude apart (22003). No rows for NULL.';

CREATE FUNCTION parindex.bod_common_scores(matrix parindex.score_matrix, codes text[], lower float8[], upper float8[])
	RETURNS TABLE(unit text, score float8, code text, weight float8, share float8, period int)
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100000 ROWS 10000
	AS 'MODULE_PATHNAME', 'parindex_bod_common_scores';

COMMENT ON FUNCTION parindex.bod_common_scores(matrix parindex.score_matrix, codes text[], lower float8[], upper float8[]) IS
'bod_common_scores(matrix, lower, upper) with bounds of the shares of the named criteria; the others are free, 0 to 1. Errors also: a code that is not in the matrix or is named twice (22023), more or fewer bounds than codes (2202E), a NULL among them (22004).';
