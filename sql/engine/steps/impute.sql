-- Values in place of missing ones.

CREATE FUNCTION parindex.impute(
		matrix parindex.score_matrix,
		method text,
		value float8 DEFAULT NULL,
		by_period boolean DEFAULT true
	) RETURNS parindex.score_matrix
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_impute';

COMMENT ON FUNCTION parindex.impute(matrix parindex.score_matrix, method text, value float8, by_period boolean) IS
'The matrix with its missing cells filled, criterion by criterion. Methods: mean and median of the observed cells; group_mean and group_median, of those of the unit''s group; constant, the value given; latest, the value the unit had in the latest period before, where value says so at most so many periods ago; linear, the value on the straight line between the unit''s nearest observed periods before and after; linear_carried, the same, and before the first and after the last observed period the value of that one; knn, the mean of the nearest units that have a value (5, or as many as value says, with those that are as near as the last of them), nearness being the mean squared difference, in standard deviations, over the criteria that both units have; em, the expectation from the unit''s other criteria under a normal distribution, whose moments expectation-maximisation finds (Dempster, Laird, Rubin 1977). regression, from criteria that are named, is a step of a pipeline: impute regression from (a, b) on (c). Where the matrix has periods, means and medians are those of the cell''s period, or with by_period => false of all periods. A cell stays missing where its criterion (group, period) has no observed cell, by group where the unit has none, by latest before the first observed period, by linear before the first and after the last. Cells that are not applicable are neither filled nor used. Means are exact, rounded once. Errors (22023): an unknown method, a value that the method does not take, constant without a finite value, a group method without groups, latest or linear without periods, em where criteria depend on each other or are too many for the units; em of more than 1,000 criteria (54000); NULL for method or by_period (22004). NULL for a NULL matrix.';

CREATE FUNCTION parindex.impute_report(
		matrix parindex.score_matrix,
		method text,
		value float8 DEFAULT NULL,
		by_period boolean DEFAULT true
	) RETURNS TABLE(unit text, code text, period int, value float8, source text)
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_impute_report';

COMMENT ON FUNCTION parindex.impute_report(matrix parindex.score_matrix, method text, value float8, by_period boolean) IS
'Every missing cell of the matrix, with the value impute() with the same arguments puts in its place and, as source, the method; both NULL where the cell stays missing. period is NULL where there is none. No rows for NULL.';
