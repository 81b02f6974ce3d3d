-- How the parts of an index go together.

CREATE FUNCTION parindex.correlation_report(
	matrix parindex.score_matrix,
	framework parindex.framework,
	method text DEFAULT 'pearson',
	negative float8 DEFAULT -0.4,
	weak float8 DEFAULT 0.3,
	collinear float8 DEFAULT 0.92,
	level float8 DEFAULT 0.05)
	RETURNS TABLE(relation text, parent text, code_a text, code_b text, correlation float8, n int, p_value float8, significant bool, flag text)
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100000
	AS 'MODULE_PATHNAME', 'parindex_correlation_report';

COMMENT ON FUNCTION parindex.correlation_report(matrix parindex.score_matrix, framework parindex.framework, method text, negative float8, weak float8, collinear float8, level float8) IS
'Correlations of the criteria of a framework, of all depths, by their scores as in index_scores(): relation siblings: each two with the same parent; parent: each with its parent, where that is not the index; index: each with the index. parent: that of code_a. correlation, n and p_value: as correlation_tests(); significant: whether p_value is below level. flag: negative for a correlation at or below negative, weak for one below weak, collinear for one above collinear, else ok; the limits by default are those that the JRC''s audits and COINr use. The matrix holds scores, as normalise() makes them, so that all point in one direction. Criteria of weight 0 are left out; a parent and its only child always have the correlation 1. Correlation, p_value, significant and flag NULL where either does not vary. Errors: an unknown method, limits not ascending within -1 and 1, a level not between 0 and 1, a column that is no leaf of the framework (22023); a NULL among them (22004); more than 1 GB of scores (54000); else as index_scores(). No rows where matrix or framework is NULL.';
