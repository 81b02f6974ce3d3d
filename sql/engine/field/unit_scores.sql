-- The index alone.

CREATE FUNCTION parindex.unit_scores(matrix parindex.score_matrix, framework parindex.framework)
	RETURNS TABLE(unit text, period int, score float8)
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000
	AS 'MODULE_PATHNAME', 'parindex_unit_scores';

COMMENT ON FUNCTION parindex.unit_scores(matrix parindex.score_matrix, framework parindex.framework) IS
'The index, that is the root''s score in index_scores(), with the same bits: one row a unit and period, by unit, then period. score: NULL where there is none. period: NULL where the matrix has none. Errors: as index_scores(). No rows for NULL.';
