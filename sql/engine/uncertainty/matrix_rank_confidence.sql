-- Confidence sets for ranks in every column of a matrix.

CREATE FUNCTION parindex.matrix_rank_confidence(
	estimates parindex.score_matrix,
	errors parindex.score_matrix,
	level float8 DEFAULT 0.95,
	kind text DEFAULT 'marginal',
	side text DEFAULT 'two',
	stepdown bool DEFAULT true,
	draws int DEFAULT NULL,
	seed bigint DEFAULT 0
) RETURNS TABLE(code text, period int, unit text, estimate float8, se float8, rank int, rank_low int, rank_high int, steps int, critical_first float8, critical_value float8, critical_error float8, margin float8, draws int, errors text, status text)
	LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 10000
BEGIN ATOMIC
	SELECT col.code, col.period, r.unit, r.estimate, r.se, r.rank, r.rank_low, r.rank_high, r.steps, r.critical_first,
		r.critical_value, r.critical_error, r.margin, r.draws, r.errors, r.status
	FROM (
		SELECT e.code, e.period,
			parindex.rank_confidence_agg(e.unit, e.value, s.value, matrix_rank_confidence.level, matrix_rank_confidence.kind,
				matrix_rank_confidence.side, matrix_rank_confidence.stepdown, matrix_rank_confidence.draws, matrix_rank_confidence.seed) AS sets
		FROM parindex.matrix_cells(matrix_rank_confidence.estimates) AS e
		LEFT JOIN parindex.matrix_cells(matrix_rank_confidence.errors) AS s
			ON s.unit = e.unit AND s.code = e.code AND s.period IS NOT DISTINCT FROM e.period
		GROUP BY e.code, e.period
	) AS col, unnest(col.sets) AS r
	ORDER BY col.code COLLATE "C", col.period, r.unit COLLATE "C";
END;

COMMENT ON FUNCTION parindex.matrix_rank_confidence(parindex.score_matrix, parindex.score_matrix, float8, text, text, bool, int, bigint) IS
'Confidence sets for the ranks of all units in each criterion and period of a matrix: rank_confidence_agg() over its cells with their standard errors, those of the same unit, criterion and period in the other matrix; estimates of different units are independent. A cell without a value or an error is left out, with status no_estimate or no_error. Columns, settings and errors as in rank_confidence(). By code and unit in the order of their bytes, and period. No rows where estimates is NULL.';
