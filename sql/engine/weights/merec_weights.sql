-- Weights by what the removal of a criterion changes.

CREATE FUNCTION parindex.merec_weights(matrix parindex.score_matrix)
	RETURNS TABLE(code text, weight float8, removal_effect float8)
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000
	AS 'MODULE_PATHNAME', 'parindex_merec_weights';

COMMENT ON FUNCTION parindex.merec_weights(matrix parindex.score_matrix) IS
'One row per criterion, weighted by MEREC, the method based on the removal effects of criteria (Keshavarz-Ghorabaee, Amiri, Zavadskas, Turskis and Antucheviciene 2021). Each value x is measured by |ln(least value of the criterion / x)|; a unit''s performance is ln(1 + the mean of these over the criteria in which it has values), and without a criterion the same with 0 in its place. removal_effect: the mean, over the units that have the criterion, of how much their performance falls without it (the paper has the sum, in which weights are the same where no cell is missing). weight: its share in the sum over the criteria, 0 to 1. More is better in all criteria; merec_weights(matrix, framework) takes their directions. Values must be above 0. Cells that are missing or not applicable are left out; of periods, all count. A criterion whose values are all equal has weight 0; one without values has removal_effect NULL and weight 0. Where no criterion varies all weights are NULL; use equal_weights(). Sums are of integers of 88 bits after the point: the order of rows and criteria does not change a bit. A value of 0 or below is an error naming unit and criterion (22023). No rows for NULL.';

CREATE FUNCTION parindex.merec_weights(matrix parindex.score_matrix, framework parindex.framework)
	RETURNS TABLE(code text, weight float8, removal_effect float8)
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000
	AS 'MODULE_PATHNAME', 'parindex_merec_weights';

COMMENT ON FUNCTION parindex.merec_weights(matrix parindex.score_matrix, framework parindex.framework) IS
'merec_weights(matrix) of a matrix as measured, with the directions of the framework''s leaves: where less is better a value x is measured by |ln(x / greatest value of the criterion)|. The weights of the framework do not matter. Errors also: a column that is no leaf of the framework (22023).';
