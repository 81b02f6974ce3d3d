-- Units compared two by two.

CREATE FUNCTION parindex.copeland(matrix parindex.score_matrix, codes text[], weights float8[])
	RETURNS TABLE(unit text, score int, rank int, wins int, losses int, ties int, period int)
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100000
	AS 'MODULE_PATHNAME', 'parindex_copeland';

COMMENT ON FUNCTION parindex.copeland(matrix parindex.score_matrix, codes text[], weights float8[]) IS
'Copeland''s score (1951) of each unit: the number of other units of its period that it beats, less the number of those that beat it; so only the order within each criterion matters, not its scale. A unit beats another where the criteria in which it has the higher value weigh more than those in which it has the lower, as dominance() above 0.5 says; sums of weights that differ by rounding only tie. More is better in all criteria, as normalise() leaves them. A criterion in which either unit has no value counts for neither; two units without a common criterion are not compared. rank: 1 is the highest score, ties share the best rank; score and rank are NULL for a unit compared with none. wins + losses + ties is the number of units compared with. Each criterion of the matrix needs a weight, 0 leaves it out. Errors (22023): a code that is not in the matrix or is named twice, a criterion without a weight, a negative or non-finite weight, all weights zero; more or fewer weights than codes (2202E); a NULL code or weight (22004). No rows for NULL.';

CREATE FUNCTION parindex.copeland(matrix parindex.score_matrix, framework parindex.framework)
	RETURNS TABLE(unit text, score int, rank int, wins int, losses int, ties int, period int)
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100000
	AS 'MODULE_PATHNAME', 'parindex_copeland';

COMMENT ON FUNCTION parindex.copeland(matrix parindex.score_matrix, framework parindex.framework) IS
'copeland(matrix, codes, weights) with the effective weights of the framework''s leaves (see effective_weights); its methods do not matter. Errors (22023): a column that is no leaf of the framework, all weights of the columns zero.';

CREATE FUNCTION parindex.copeland(matrix parindex.score_matrix)
	RETURNS TABLE(unit text, score int, rank int, wins int, losses int, ties int, period int)
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100000
	AS 'MODULE_PATHNAME', 'parindex_copeland';

COMMENT ON FUNCTION parindex.copeland(matrix parindex.score_matrix) IS
'copeland(matrix, codes, weights) with equal weights.';

CREATE FUNCTION parindex.dominance(matrix parindex.score_matrix, codes text[], weights float8[])
	RETURNS TABLE(unit_a text, unit_b text, share float8, period int)
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100000 ROWS 10000
	AS 'MODULE_PATHNAME', 'parindex_dominance';

COMMENT ON FUNCTION parindex.dominance(matrix parindex.score_matrix, codes text[], weights float8[]) IS
'The outranking matrix: for each two different units of a period, in both orders, the share of weight, 0 to 1, of the criteria in which unit_a has the higher value, half of that in which they are equal, among the criteria in which both have values; a missing comparison counts for neither side, so that the shares of (a, b) and (b, a) add up to 1. NULL where the two have no criterion of positive weight in common. More is better in all criteria, as normalise() leaves them. Shares are good to about 12 digits, and do not depend on the order of criteria. Weights and errors as in copeland(matrix, codes, weights). One row a pair: n * (n - 1) rows. No rows for NULL.';

CREATE FUNCTION parindex.dominance(matrix parindex.score_matrix, framework parindex.framework)
	RETURNS TABLE(unit_a text, unit_b text, share float8, period int)
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100000 ROWS 10000
	AS 'MODULE_PATHNAME', 'parindex_dominance';

COMMENT ON FUNCTION parindex.dominance(matrix parindex.score_matrix, framework parindex.framework) IS
'dominance(matrix, codes, weights) with the effective weights of the framework''s leaves (see effective_weights). Errors as in copeland(matrix, framework).';

CREATE FUNCTION parindex.dominance(matrix parindex.score_matrix)
	RETURNS TABLE(unit_a text, unit_b text, share float8, period int)
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100000 ROWS 10000
	AS 'MODULE_PATHNAME', 'parindex_dominance';

COMMENT ON FUNCTION parindex.dominance(matrix parindex.score_matrix) IS
'dominance(matrix, codes, weights) with equal weights.';
