-- A pipeline that has learned from data, applied to matrices, rows and values.

--@ type_io
--@ type: fitted_pipeline
--@ many: fitted pipelines
--@ alignment: int4
--@ storage: external
--@ refused: Such values come from fit(); write them down only as the output function does. Malformed text is an error (22P02).
--@ refused_binary: A malformed value is an error (22P03).

COMMENT ON TYPE parindex.fitted_pipeline IS
'A pipeline with all that it has learned from data: values that fill missing cells, limits of outliers, least and greatest values, means and deviations, sorted values where places are asked for; by group and period where steps go by them. So a scale is a value: it can be stored, published, compared, sent to other servers, and used for other years. Made by fit() and fit_agg(); applied by run_fitted(), fitted_scores(), index_score(), fitted_score(); its text shows what was learned, a line each. Exact in text and binary form.';

--@ ordered_type
--@ type: fitted_pipeline
--@ one: fitted pipeline
--@ many: fitted pipelines
--@ equal: they hold the same pipeline, for the same framework and criteria, with the same of all that was learned
--@ order: by fingerprints

CREATE FUNCTION parindex.fit(matrix parindex.score_matrix, framework parindex.framework, pipeline parindex.pipeline)
	RETURNS parindex.fitted_pipeline
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20000
	AS 'MODULE_PATHNAME', 'parindex_fit';

COMMENT ON FUNCTION parindex.fit(matrix parindex.score_matrix, framework parindex.framework, pipeline parindex.pipeline) IS
'The pipeline with what its steps learn from the matrix. Applied to the same matrix it gives the bits of run_pipeline(matrix, framework, pipeline). NULL for NULL. Errors: those of run_pipeline(); 0A000 for imputation over periods, which fills a cell from the same unit''s others.';

CREATE FUNCTION parindex.run_fitted(matrix parindex.score_matrix, framework parindex.framework, fitted parindex.fitted_pipeline)
	RETURNS parindex.score_matrix
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000
	AS 'MODULE_PATHNAME', 'parindex_run_fitted';

COMMENT ON FUNCTION parindex.run_fitted(matrix parindex.score_matrix, framework parindex.framework, fitted parindex.fitted_pipeline) IS
'The matrix after a fitted pipeline: nothing is learned from the matrix, so that a year stands on another''s scale. A group or period that was not there when it was fitted has no scale: its cells become missing where a step normalises by it, and are left as they are by other steps. NULL for NULL. Errors (22023): a criterion that was not there when it was fitted; another framework; a value that a step is not defined for, naming unit and criterion.';

CREATE FUNCTION parindex.fitted_scores(matrix parindex.score_matrix, framework parindex.framework, fitted parindex.fitted_pipeline)
	RETURNS TABLE(unit text, code text, parent text, depth int, score float8, children_scored int, children_expected int, leaves_observed int, weight_coverage float8, period int)
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20000 ROWS 10000
	AS 'MODULE_PATHNAME', 'parindex_fitted_scores';

COMMENT ON FUNCTION parindex.fitted_scores(matrix parindex.score_matrix, framework parindex.framework, fitted parindex.fitted_pipeline) IS
'Score of every criterion for every row of the matrix after a fitted pipeline. No rows for NULL. Errors: those of run_fitted() and index_scores().';

--@ each
--@ type: float8[] | record
--@ order: of each criterion one, NULL where it is missing, in the order of fitted_codes(fitted) | in the columns of a row that are named like the criteria: index_score(fitted, framework, t) FROM t
--@ errors: 2202E for more or fewer values than criteria | 42703 for a criterion without column, 42804 for a column that holds no numbers
CREATE FUNCTION parindex.index_score(fitted parindex.fitted_pipeline, framework parindex.framework, "values" @type@, unit_group text DEFAULT NULL, period int DEFAULT NULL)
	RETURNS float8
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100
	AS 'MODULE_PATHNAME', 'parindex_fitted_index_score';

COMMENT ON FUNCTION parindex.index_score(fitted parindex.fitted_pipeline, framework parindex.framework, "values" @type@, unit_group text, period int) IS
'Index of one unit from its values, @order@. The bits are those of index_scores() on a matrix with the same values. unit_group and period count where steps go by them. NULL where the unit has no index, or a step leaves it out; and where fitted, framework or values are NULL. Errors: @errors@; 22023 for NaN, an infinity, another framework, or a value that a step is not defined for, naming the criterion; 0A000 for a framework that rescales nodes over all units; those of index_scores().';

CREATE FUNCTION parindex.index_score_rows(fitted parindex.fitted_pipeline, framework parindex.framework, "values" @type@, unit_group text DEFAULT NULL, period int DEFAULT NULL)
	RETURNS TABLE(code text, parent text, depth int, score float8, children_scored int, children_expected int, leaves_observed int, weight_coverage float8)
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 50
	AS 'MODULE_PATHNAME', 'parindex_fitted_score_rows';

COMMENT ON FUNCTION parindex.index_score_rows(fitted parindex.fitted_pipeline, framework parindex.framework, "values" @type@, unit_group text, period int) IS
'Every node of one unit, from its values as index_score() takes them; columns as those of score_rows(). No rows where a step leaves the unit out, or for NULL. Errors: those of index_score().';
--@ end

CREATE FUNCTION parindex.fitted_score(fitted parindex.fitted_pipeline, code text, value float8, unit_group text DEFAULT NULL, period int DEFAULT NULL)
	RETURNS float8
	LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10
	AS 'MODULE_PATHNAME', 'parindex_fitted_score';

COMMENT ON FUNCTION parindex.fitted_score(fitted parindex.fitted_pipeline, code text, value float8, unit_group text, period int) IS
'What a value of a criterion becomes under a fitted pipeline; a NULL value is missing, and may be imputed. NULL where the cell is missing after all, and where fitted or code is NULL. Errors: 22023 for an unknown criterion, NaN, an infinity, or a value that a step is not defined for; 0A000 where a step looks at several criteria of a unit.';

CREATE FUNCTION parindex.fitted_rows(fitted parindex.fitted_pipeline)
	RETURNS TABLE (step int, what text, code text, unit_group text, period int, learned text)
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_fitted_rows';

COMMENT ON FUNCTION parindex.fitted_rows(parindex.fitted_pipeline) IS
'What each step of a fitted pipeline has learned of each criterion, one row a part: step from 1 on, the step as text, the group and the period of the part (NULL where the step does not go by them), and what was learned: fill and set, a value for missing or for observed cells; transform with its numbers; cut, the lower and upper limit of values (absent: none), or log; scale, its kind and numbers (linear: where it begins and its length; place and share: the different values with how many there are), direction 1 or -1, share where results lie from 0 to 1, and what these become; points, a scoring rule; as_is, nothing is done. A criterion that a step leaves out has one row, left out. No rows for NULL.';

CREATE FUNCTION parindex.fitted_codes(fitted parindex.fitted_pipeline) RETURNS text[]
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_fitted_codes';

COMMENT ON FUNCTION parindex.fitted_codes(fitted parindex.fitted_pipeline) IS
'The criteria of a fitted pipeline, in the order in which index_score() takes their values. NULL for NULL.';

CREATE FUNCTION parindex.pipeline_of(fitted parindex.fitted_pipeline) RETURNS parindex.pipeline
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_fitted_pipeline_of';

COMMENT ON FUNCTION parindex.pipeline_of(fitted parindex.fitted_pipeline) IS
'The pipeline that was fitted. NULL for NULL.';
