-- Other rankings of the same units by the same criteria.

CREATE FUNCTION parindex.mcda_scores(
	matrix parindex.score_matrix,
	framework parindex.framework,
	method text DEFAULT 'topsis',
	scaling text DEFAULT 'vector',
	majority float8 DEFAULT 0.5,
	preference text DEFAULT 'usual',
	q float8 DEFAULT 0,
	p float8 DEFAULT NULL,
	digits int DEFAULT NULL)
	RETURNS TABLE(unit text, period int, score float8, rank int, distance_to_best float8, distance_to_worst float8, group_utility float8, individual_regret float8, positive_flow float8, negative_flow float8)
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100000
	AS 'MODULE_PATHNAME', 'parindex_mcda_scores';

COMMENT ON FUNCTION parindex.mcda_scores(matrix parindex.score_matrix, framework parindex.framework, method text, scaling text, majority float8, preference text, q float8, p float8, digits int) IS
'Units ranked by a method of multi-criteria decision analysis that analysts compare an index with, by values as measured: a leaf''s effective weight and its direction in the framework count, the methods of its nodes do not. Greater scores are better; rank 1 is the best of the period, ties share the best rank, scores being compared as rounded half-up to digits (NULL: as they are). Method topsis (Hwang and Yoon 1981): values, by scaling vector x / sqrt(sum x^2), minmax to 0..1, or none, and weighted, have the Euclidean distances distance_to_best and distance_to_worst from the best and the worst values of all criteria; score is to_worst / (to_best + to_worst), 0 to 1. vikor (Opricovic and Tzeng 2004): group_utility S is the weighted sum of what a unit lacks of the best, in shares of each criterion''s range, individual_regret R the greatest of these; score is 1 - Q, where Q is majority * S + (1 - majority) * R with both brought to 0..1 over the units. promethee (Brans and Vincke 1985, PROMETHEE II): positive_flow and negative_flow are the weighted mean preferences over the others, and of the others over the unit, score their difference, -1 to 1; of two units d apart in a criterion, preference is usual: 1; u_shape: 1 above q; v_shape: d / p; level: 1/2 above q, 1 above p; linear: (d - q) / (p - q) above q; gaussian: 1 - exp(-d^2 / (2 p^2)); at most 1; q and p in the units of the criteria, one for all, or for each by promethee_scores(); p NULL: the range of each criterion, gaussian: its standard deviation. weighted_product (Bridgman 1922): the product of value ^ weight, of value ^ -weight where less is better, for values above 0. Units are compared within their period. A unit without a value in some leaf with a weight has no score and does not count for the others: impute() first. NULL too for all where topsis tells none apart, and for one unit alone under promethee. Columns that are not of the method are NULL. Neither the order of units nor that of criteria changes a bit; time in n log n, gaussian in n^2. Errors: an unknown word, majority not within 0 and 1, q below 0, p not above q, a value not above 0 under weighted_product, a column that is no leaf of the framework, a leaf with a weight that the matrix has no column of (22023); a NULL method, scaling, majority, preference or q (22004); values too far apart (22003). No rows where matrix or framework is NULL.';

CREATE FUNCTION parindex.promethee_scores(
	matrix parindex.score_matrix,
	framework parindex.framework,
	codes text[],
	preference text[],
	q float8[],
	p float8[],
	digits int DEFAULT NULL)
	RETURNS TABLE(unit text, period int, score float8, rank int, distance_to_best float8, distance_to_worst float8, group_utility float8, individual_regret float8, positive_flow float8, negative_flow float8)
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100000
	AS 'MODULE_PATHNAME', 'parindex_promethee_scores';

COMMENT ON FUNCTION parindex.promethee_scores(matrix parindex.score_matrix, framework parindex.framework, codes text[], preference text[], q float8[], p float8[], digits int) IS
'mcda_scores(matrix, framework, ''promethee'') with a preference function and thresholds q and p for each of the named criteria, in the order of codes, in its units of measure; the others have usual. What a function does not use (usual both, u_shape p, v_shape and gaussian q) is not looked at. Errors also: a code that is not in the matrix or is named twice (22023), more or fewer functions or thresholds than codes (2202E), a NULL among them (22004).';
