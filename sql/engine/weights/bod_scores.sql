-- Units under the weights that suit each best.

CREATE FUNCTION parindex.bod_scores(matrix parindex.score_matrix, lower float8 DEFAULT 0, upper float8 DEFAULT 1)
	RETURNS TABLE(unit text, score float8, code text, weight float8, share float8, period int)
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000000 ROWS 10000
	AS 'MODULE_PATHNAME', 'parindex_bod_scores';

COMMENT ON FUNCTION parindex.bod_scores(matrix parindex.score_matrix, lower float8, upper float8) IS
'Benefit of the doubt (Melyn and Moesen 1991; Cherchye, Moesen, Rogge and Van Puyenbroeck 2007; OECD/JRC Handbook 2008, 6.1): the score of each unit, 0 to 1, under the weights, not negative, that suit it best while no unit of its period exceeds 1 under them; so 1 is a unit that no other outdoes under these weights. One row per unit and criterion. share: the criterion''s part weight * value in the score, 0 to 1; each share is held within lower and upper ("pie shares", Wong and Beasley 1990), without bounds by default, which lets a unit live on its best criterion alone. More is better in all criteria, as normalise() leaves them; a criterion''s unit of measure does not matter, its zero point does. Where several sets of weights reach the score, as they do for most units with score 1, one of them is given. Scores are rounded to 10 decimals and proved to 9 digits by the dual program; weights fit that score to the same accuracy. What units are called does not change a bit. A missing or not applicable cell counts as 0 (Kuosmanen 2009): it neither lifts the unit nor holds others down, has weight and share NULL, and its bounds do not count. A unit with zeros alone scores 0, weights 0, shares NULL; one without values scores NULL. A criterion in which a unit has 0 can make up no part of a score above 0: where it has a lower bound above 0, or the upper bounds of the others sum to less than 1, the unit scores 0, as by the linear program (Cherchye and others 2007; R''s Compind); it still holds others down. Normalise to a scale above 0, such as 1 to 100, where that is too hard. Errors: a negative value, bounds outside 0 to 1 or crossed, bounds that no shares of the criteria in which a unit has values can meet (22023): lower bounds that sum to more than 1, upper bounds that sum to less; values too many orders of magnitude apart to prove the score (22003). No rows for NULL.';

CREATE FUNCTION parindex.bod_scores(matrix parindex.score_matrix, codes text[], lower float8[], upper float8[])
	RETURNS TABLE(unit text, score float8, code text, weight float8, share float8, period int)
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000000 ROWS 10000
	AS 'MODULE_PATHNAME', 'parindex_bod_scores';

COMMENT ON FUNCTION parindex.bod_scores(matrix parindex.score_matrix, codes text[], lower float8[], upper float8[]) IS
'bod_scores(matrix, lower, upper) with bounds of the shares of the named criteria; the others are free, 0 to 1. Errors also: a code that is not in the matrix or is named twice (22023), more or fewer bounds than codes (2202E), a NULL among them (22004).';

CREATE FUNCTION parindex.bod_mean_bounds(matrix parindex.score_matrix, lower float8, upper float8)
	RETURNS TABLE(unit text, score float8, code text, weight float8, share float8, period int)
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000000 ROWS 10000
	AS 'MODULE_PATHNAME', 'parindex_bod_mean_bounds';

COMMENT ON FUNCTION parindex.bod_mean_bounds(matrix parindex.score_matrix, lower float8, upper float8) IS
'bod_scores() with bounds of the criteria''s shares in the score of the mean unit of the period rather than in each unit''s own (Zanella, Camanho and Dias 2015): lower <= weight * mean / sum over the criteria of weight * mean <= upper, means being over the cells that have values. Such bounds say how much criteria may count for everybody, leave all units weights, and hold where values reach 0: a unit with 0 in a criterion has weight there that brings it nothing. share: the criterion''s part in the unit''s own score, which need not be within the bounds. A missing or not applicable cell counts as 0, with weight and share NULL. Errors: a negative value, bounds outside 0 to 1 or crossed, lower bounds that sum to more than 1, upper bounds of criteria with a value above 0 that sum to less, a lower bound where no unit has a value above 0 (22023); else as bod_scores(). No rows for NULL.';

CREATE FUNCTION parindex.bod_mean_bounds(matrix parindex.score_matrix, codes text[], lower float8[], upper float8[])
	RETURNS TABLE(unit text, score float8, code text, weight float8, share float8, period int)
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000000 ROWS 10000
	AS 'MODULE_PATHNAME', 'parindex_bod_mean_bounds';

COMMENT ON FUNCTION parindex.bod_mean_bounds(matrix parindex.score_matrix, codes text[], lower float8[], upper float8[]) IS
'bod_mean_bounds(matrix, lower, upper) with bounds of the shares of the named criteria; the others are free, 0 to 1. Errors also: a code that is not in the matrix or is named twice (22023), more or fewer bounds than codes (2202E), a NULL among them (22004).';
