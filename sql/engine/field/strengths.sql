-- Where each unit stands best and worst in the field.

CREATE FUNCTION parindex.strengths(matrix parindex.score_matrix, framework parindex.framework, k int DEFAULT 5)
	RETURNS TABLE(unit text, code text, score float8, rank int, "position" text, place int, percentile float8, ranked_units int, period int)
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000
	AS 'MODULE_PATHNAME', 'parindex_strengths';

COMMENT ON FUNCTION parindex.strengths(matrix parindex.score_matrix, framework parindex.framework, k int) IS
'The k leaves in which each unit stands best ("position" strength) and worst (weakness) among the units of its period, place 1 the most so. Standing is percentile: the share in per cent of the other units with a score in that leaf that are below, those that tie counting half; NULL, and taken as 50, where there are no others. Equal standings: first the leaf that more units are scored in, then the framework''s order, read from its end for weaknesses. rank: 1 is the best, ties share the best rank; ranked_units: units with a score in that leaf. A leaf is never both: at most half of a unit''s leaves with a score are strengths and half weaknesses, and one in the middle is a strength from 50 on. A unit without scores has no rows. Weights do not matter. Errors: k below 1, a column that is no leaf of the framework (22023).';
