-- A fitted pipeline from rows, without a matrix.

--@ each
--@ arguments: code text, value float8 | code text, value float8, unit_group text | code text, value float8, unit_group text, period int
--@ rows: of a long row | of a long row with a group | of a long row with a group and a period
CREATE FUNCTION parindex.fit_add(state internal, pipeline parindex.pipeline, framework parindex.framework, @arguments@) RETURNS internal
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_fit_add';

COMMENT ON FUNCTION parindex.fit_add(state internal, pipeline parindex.pipeline, framework parindex.framework, @arguments@) IS
'Support of fit_agg(): transition @rows@.';
--@ end

--@ each
--@ arguments: codes text[], "values" float8[] | codes text[], "values" float8[], unit_group text | codes text[], "values" float8[], unit_group text, period int
CREATE FUNCTION parindex.fit_add(state internal, pipeline parindex.pipeline, framework parindex.framework, @arguments@) RETURNS internal
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_fit_add_values';

COMMENT ON FUNCTION parindex.fit_add(state internal, pipeline parindex.pipeline, framework parindex.framework, @arguments@) IS
'Support of fit_agg(): transition of an array of values.';
--@ end

--@ each
--@ arguments: "row" record | "row" record, unit_group text | "row" record, unit_group text, period int
CREATE FUNCTION parindex.fit_add(state internal, pipeline parindex.pipeline, framework parindex.framework, @arguments@) RETURNS internal
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_fit_add_row';

COMMENT ON FUNCTION parindex.fit_add(state internal, pipeline parindex.pipeline, framework parindex.framework, @arguments@) IS
'Support of fit_agg(): transition of a row of a table.';
--@ end

CREATE FUNCTION parindex.fit_merge(state internal, other internal) RETURNS internal
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_fit_merge';

COMMENT ON FUNCTION parindex.fit_merge(state internal, other internal) IS
'Support of fit_agg(): combines two partial states.';

CREATE FUNCTION parindex.fit_serialize(state internal) RETURNS bytea
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_fit_serialize';

COMMENT ON FUNCTION parindex.fit_serialize(state internal) IS
'Support of fit_agg(): writes a state for the leader of a parallel query.';

CREATE FUNCTION parindex.fit_deserialize(flat bytea, state internal) RETURNS internal
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_fit_deserialize';

COMMENT ON FUNCTION parindex.fit_deserialize(flat bytea, state internal) IS
'Support of fit_agg(): reads a state of a parallel worker.';

CREATE FUNCTION parindex.fit_final(state internal) RETURNS parindex.fitted_pipeline
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_fit_final';

COMMENT ON FUNCTION parindex.fit_final(state internal) IS
'Support of fit_agg(): final function, in which the steps learn.';

--@ each
--@ arguments: code text, value float8 | code text, value float8, unit_group text | code text, value float8, unit_group text, period int | codes text[], "values" float8[] | codes text[], "values" float8[], unit_group text | codes text[], "values" float8[], unit_group text, period int | "row" record | "row" record, unit_group text | "row" record, unit_group text, period int
--@ form: Rows are long: each holds a value of a criterion, NULL where it is missing; codes of the result stand in natural order. | Rows are long, with the group of the unit. | Rows are long, with the group of the unit and the period. | Rows are wide: each holds the values of a unit in the order of codes, which every row repeats. | Rows are wide, with the group of the unit. | Rows are wide, with the group of the unit and the period. | Rows are those of a table, whose columns named like the leaves of the framework hold the values: fit_agg(pipeline, framework, t) FROM t. | Rows are those of a table, with the group of the unit. | Rows are those of a table, with the group of the unit and the period.
CREATE AGGREGATE parindex.fit_agg(pipeline parindex.pipeline, framework parindex.framework, @arguments@) (
	SFUNC = parindex.fit_add,
	STYPE = internal,
	SSPACE = 65536,
	FINALFUNC = parindex.fit_final,
	COMBINEFUNC = parindex.fit_merge,
	SERIALFUNC = parindex.fit_serialize,
	DESERIALFUNC = parindex.fit_deserialize,
	PARALLEL = safe
);

COMMENT ON AGGREGATE parindex.fit_agg(pipeline parindex.pipeline, framework parindex.framework, @arguments@) IS
'The pipeline with what its steps learn from rows, without a matrix: the same value as fit() of a matrix with the same cells. @form@ Extremes are all that is kept where the only step that learns is a normalisation by them, else the different values of each criterion and how many there are: some 16 bytes each; where they are too many for 1 GB between workers, take one criterion a group. The order of rows and the number of workers do not matter. NULL without rows. Errors: 22004 for a NULL pipeline, framework or code; 22023 for NaN, an infinity, different pipelines, frameworks or codes in one group; 0A000 for a step that rows cannot be learned by, and for a framework that rescales nodes; those of run_pipeline().';
--@ end
