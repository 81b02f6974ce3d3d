-- The aggregates that make a score_matrix of a table's rows.

--@ each
--@ unit: text | bigint
--@ symbol: score_matrix_add | score_matrix_add_numbered
--@ each
--@ arguments: code text, value float8 | code text, value float8, unit_group text | code text, value float8, unit_group text, period int | code text, value float8, unit_group text, period int, status text
--@ rows: of a long row | of a long row with a group | of a long row with a group and a period | of a long row with a group, a period and a cell status
CREATE FUNCTION parindex.score_matrix_add(state internal, unit @unit@, @arguments@) RETURNS internal
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_@symbol@';

COMMENT ON FUNCTION parindex.score_matrix_add(state internal, unit @unit@, @arguments@) IS
'Transition of score_matrix_agg() @rows@.';
--@ end
--@ end

--@ each
--@ unit: text | bigint
--@ symbol: score_matrix_add_wide | score_matrix_add_wide_numbered
--@ each
--@ arguments: "values" jsonb | "values" jsonb, unit_group text | "values" jsonb, unit_group text, period int
--@ rows: of a wide row | of a wide row with a group | of a wide row with a group and a period
CREATE FUNCTION parindex.score_matrix_add(state internal, unit @unit@, @arguments@) RETURNS internal
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_@symbol@';

COMMENT ON FUNCTION parindex.score_matrix_add(state internal, unit @unit@, @arguments@) IS
'Transition of score_matrix_agg() @rows@.';
--@ end
--@ end

CREATE FUNCTION parindex.score_matrix_merge(state internal, other internal) RETURNS internal
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_score_matrix_merge';

COMMENT ON FUNCTION parindex.score_matrix_merge(state internal, other internal) IS
'Combines two partial states; the second is only read.';

CREATE FUNCTION parindex.score_matrix_serialize(state internal) RETURNS bytea
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_score_matrix_serialize';

COMMENT ON FUNCTION parindex.score_matrix_serialize(state internal) IS
'Writes a state for the leader of a parallel query.';

CREATE FUNCTION parindex.score_matrix_deserialize(flat bytea, state internal) RETURNS internal
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_score_matrix_deserialize';

COMMENT ON FUNCTION parindex.score_matrix_deserialize(flat bytea, state internal) IS
'Reads a state of a parallel worker.';

CREATE FUNCTION parindex.score_matrix_final(state internal) RETURNS parindex.score_matrix
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_score_matrix_final';

COMMENT ON FUNCTION parindex.score_matrix_final(state internal) IS
'Final function of score_matrix_agg(): sorts rows and columns, and refuses a cell given twice.';

--@ each
--@ unit: text | bigint
--@ number: | A whole number as unit becomes its digits.
--@ each
--@ arguments: code text, value float8 | code text, value float8, unit_group text | code text, value float8, unit_group text, period int | code text, value float8, unit_group text, period int, status text
--@ says: Score matrix of rows that each hold a cell. A NULL value is a missing cell, as is one that no row gives. Errors: NULL unit or code (22004); NaN or an infinity (22023); two rows of one cell (23505); a result above 1 GB (54000). Each names unit and criterion. NULL without rows. The order of rows, and the number of workers, do not matter. | As score_matrix_agg(unit, code, value), with the group of the unit, for steps that work by group. NULL is no group; a unit with two groups is an error (22023). | As score_matrix_agg(unit, code, value, unit_group), with a period such as a year: each unit has a row a period, and may change its group between them. Where period is NULL in all rows the matrix has none; NULL in some only is an error (22004). | As score_matrix_agg(unit, code, value, unit_group, period), with a status: ''observed'', ''missing'' or ''not_applicable''; NULL means observed where there is a value, else missing. Give NULL for a group or period that you do not have. Another status, an observed cell without a value, and another cell with one are errors (22023).
CREATE AGGREGATE parindex.score_matrix_agg(unit @unit@, @arguments@) (
	SFUNC = parindex.score_matrix_add,
	STYPE = internal,
	SSPACE = 16384,
	FINALFUNC = parindex.score_matrix_final,
	COMBINEFUNC = parindex.score_matrix_merge,
	SERIALFUNC = parindex.score_matrix_serialize,
	DESERIALFUNC = parindex.score_matrix_deserialize,
	PARALLEL = safe
);

COMMENT ON AGGREGATE parindex.score_matrix_agg(unit @unit@, @arguments@) IS
'@says@@number@';
--@ end
--@ end

--@ each
--@ unit: text | bigint
--@ number: | A whole number as unit becomes its digits.
--@ each
--@ arguments: "values" jsonb | "values" jsonb, unit_group text | "values" jsonb, unit_group text, period int
--@ says: Score matrix of rows that each hold a unit, as an object from codes to numbers: score_matrix_agg(unit, to_jsonb(t) - ''unit''). null is a missing cell, as is a code that is absent; NULL for the object makes all cells of the unit missing. A value that is neither number nor null is an error (22023) naming unit and criterion. Else as score_matrix_agg(unit, code, value). | As score_matrix_agg(unit, "values"), with the group of the unit; NULL is no group, two groups of a unit are an error (22023). | As score_matrix_agg(unit, "values", unit_group), with a period: NULL in all rows, or in none (22004).
CREATE AGGREGATE parindex.score_matrix_agg(unit @unit@, @arguments@) (
	SFUNC = parindex.score_matrix_add,
	STYPE = internal,
	SSPACE = 16384,
	FINALFUNC = parindex.score_matrix_final,
	COMBINEFUNC = parindex.score_matrix_merge,
	SERIALFUNC = parindex.score_matrix_serialize,
	DESERIALFUNC = parindex.score_matrix_deserialize,
	PARALLEL = safe
);

COMMENT ON AGGREGATE parindex.score_matrix_agg(unit @unit@, @arguments@) IS
'@says@@number@';
--@ end
--@ end
