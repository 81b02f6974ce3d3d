-- The type pipeline: the steps that a score matrix is taken through, as one value.

--@ type_io
--@ type: pipeline
--@ many: pipelines
--@ alignment: int4
--@ refused: Steps stand in their order with ";" between them: docs/pipelines.md. Malformed text is an error (22P02) that names the place, as are settings that contradict each other (22023), more than 1000 steps and more than 1 MB (54000).
--@ refused_binary: It is a version byte, then the text, which must be canonical (22P03).

COMMENT ON TYPE parindex.pipeline IS
'The steps that a score matrix is taken through, from raw values to values that a framework combines: ''impute group_mean; treat winsorise 5 then log; normalise minmax 1 100''. Text is checked when the value is made, and canonical. Steps: impute, transform, treat, normalise, denominate, screen, select, drop. A step over columns may end in on (code, ...), or on all; without, it is for all criteria that no other step of the same verb names. Run by run_pipeline(), index_scores(); learned once and kept by fit(). docs/pipelines.md says what each step takes.';

--@ ordered_type
--@ type: pipeline
--@ one: pipeline
--@ many: pipelines
--@ equal: their canonical texts are
--@ order: by their canonical texts

CREATE FUNCTION parindex.pipeline_steps(pipeline parindex.pipeline)
	RETURNS TABLE(step int, verb text, settings text, codes text[])
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 5
	AS 'MODULE_PATHNAME', 'parindex_pipeline_steps';

COMMENT ON FUNCTION parindex.pipeline_steps(pipeline parindex.pipeline) IS
'The steps of a pipeline, one row each, from 1: verb, canonical settings, and the criteria it names, NULL where it names none. No rows for NULL.';

CREATE FUNCTION parindex.run_pipeline(matrix parindex.score_matrix, framework parindex.framework, pipeline parindex.pipeline)
	RETURNS parindex.score_matrix
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000
	AS 'MODULE_PATHNAME', 'parindex_run_pipeline';

COMMENT ON FUNCTION parindex.run_pipeline(matrix parindex.score_matrix, framework parindex.framework, pipeline parindex.pipeline) IS
'The matrix after all steps of the pipeline, with the same bits as the functions of the steps called one in another. NULL for NULL. Errors: those of the steps'' functions, with the number and text of the step; 22023 for a step that names a criterion which is not there.';

CREATE FUNCTION parindex.index_scores(matrix parindex.score_matrix, framework parindex.framework, pipeline parindex.pipeline)
	RETURNS TABLE(unit text, code text, parent text, depth int, score float8, children_scored int, children_expected int, leaves_observed int, weight_coverage float8, period int)
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20000 ROWS 10000
	AS 'MODULE_PATHNAME', 'parindex_index_scores_pipeline';

COMMENT ON FUNCTION parindex.index_scores(matrix parindex.score_matrix, framework parindex.framework, pipeline parindex.pipeline) IS
'Score of every criterion for every row of the matrix after the pipeline: index_scores(run_pipeline(matrix, framework, pipeline), framework). No rows for NULL. Errors: those of both.';

CREATE FUNCTION parindex.pipeline_report(matrix parindex.score_matrix, framework parindex.framework, pipeline parindex.pipeline)
	RETURNS TABLE(step int, action text, unit text, period int, code text, value_before float8, value_after float8, status_before text, status_after text)
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20000 ROWS 10000
	AS 'MODULE_PATHNAME', 'parindex_pipeline_report';

COMMENT ON FUNCTION parindex.pipeline_report(matrix parindex.score_matrix, framework parindex.framework, pipeline parindex.pipeline) IS
'What each step of a pipeline did to which cells: one row a cell whose value or status it changed, by step, unit, period and code; action is the step''s text. Units or criteria that a step left out have one row each, with status_after left_out and without code, or without unit. Values are NULL where the cell is not observed, period where there is none. No rows for NULL. Errors: those of run_pipeline().';
