-- The typed, mergeable state of survey quantiles: exact weights by sampling unit
-- and value.

--@ type_io
--@ type: survey_quantile_stats
--@ many: states
--@ refused_binary: An impossible or malformed value is an error (22P03, 22023).

COMMENT ON TYPE parindex.survey_quantile_stats IS
'Values of one survey question with their weights: number of rows, and by sampling unit and distinct value the exact sums of w and w^2. Made by the aggregate survey_quantile_stats(), merged by rollup(), read with a survey_design by svy_quantile(). May be stored and shipped: text and binary forms are exact, and states of the same rows are equal in every byte, whatever the order, plan or partition.';

CREATE FUNCTION parindex.survey_quantile_stats_merge(state parindex.survey_quantile_stats, other parindex.survey_quantile_stats) RETURNS parindex.survey_quantile_stats
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_survey_stats_merge';

COMMENT ON FUNCTION parindex.survey_quantile_stats_merge(state parindex.survey_quantile_stats, other parindex.survey_quantile_stats) IS
'Combines two partial states; the second is only read. Errors: keys of different types (22023).';

CREATE FUNCTION parindex.survey_quantile_stats_final(state parindex.survey_quantile_stats) RETURNS parindex.survey_quantile_stats
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_survey_stats_final';

COMMENT ON FUNCTION parindex.survey_quantile_stats_final(state parindex.survey_quantile_stats) IS
'Final function of survey_quantile_stats() and rollup(): the canonical form; for NULL the state without values.';

--@ each
--@ key: bigint | text
--@ text:  | _text
CREATE FUNCTION parindex.survey_quantile_stats_add(state parindex.survey_quantile_stats, y float8, weight float8, stratum @key@, psu @key@) RETURNS parindex.survey_quantile_stats
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_survey_quantile_stats_add@text@';

COMMENT ON FUNCTION parindex.survey_quantile_stats_add(state parindex.survey_quantile_stats, y float8, weight float8, stratum @key@, psu @key@) IS
'Transition of survey_quantile_stats(y, weight, stratum, psu): adds a row.';

CREATE AGGREGATE parindex.survey_quantile_stats(y float8, weight float8, stratum @key@, psu @key@) (
	SFUNC = parindex.survey_quantile_stats_add,
	STYPE = parindex.survey_quantile_stats,
	SSPACE = 1024,
	FINALFUNC = parindex.survey_quantile_stats_final,
	COMBINEFUNC = parindex.survey_quantile_stats_merge,
	PARALLEL = safe
);

COMMENT ON AGGREGATE parindex.survey_quantile_stats(y float8, weight float8, stratum @key@, psu @key@) IS
'Values of one survey question, as a state to be read by svy_quantile(), stored, or merged. A row is left out where y is NULL, or its weight is zero. A primary sampling unit (PSU) is named by its stratum and psu together. Holds one cell for each distinct (stratum, psu, y): 80 to 160 bytes each while rows are added, some 48 when stored, before compression. Errors: a NULL weight or key of a value (22004), a weight below zero or not finite, a value that is not finite (22023), more than 1 GB of cells (54000). A state without values where there are none.';
--@ end

CREATE AGGREGATE parindex.rollup(state parindex.survey_quantile_stats) (
	SFUNC = parindex.survey_quantile_stats_merge,
	STYPE = parindex.survey_quantile_stats,
	SSPACE = 1024,
	FINALFUNC = parindex.survey_quantile_stats_final,
	COMBINEFUNC = parindex.survey_quantile_stats_merge,
	PARALLEL = safe
);

COMMENT ON AGGREGATE parindex.rollup(state parindex.survey_quantile_stats) IS
'Merges stored states, such as those of shards or days: equal in every bit to the state of all their rows. NULL states are skipped. Errors: keys of different types (22023). A state without values where there are none.';

--@ ordered_type
--@ type: survey_quantile_stats
--@ one: state
--@ many: states
--@ equal: they have the same sampling units with the same values and sums, and equal text and bytes
--@ order: by their binary forms
