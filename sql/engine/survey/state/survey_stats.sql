-- The typed, mergeable state of survey estimates: exact sums by sampling unit.

--@ type_io
--@ type: survey_stats
--@ many: states
--@ refused_binary: An impossible or malformed value is an error (22P03, 22023).

COMMENT ON TYPE parindex.survey_stats IS
'Answers to one survey question: number of rows, and by sampling unit the exact sums of w and w*y, besides that of w*y^2 over all. Made by the aggregate survey_stats(), merged by rollup(), read with a survey_design by svy_estimate() and its kin. May be stored and shipped: text and binary forms are exact, and states of the same rows are equal in every byte, whatever the order, plan or partition.';

CREATE FUNCTION parindex.survey_stats_merge(state parindex.survey_stats, other parindex.survey_stats) RETURNS parindex.survey_stats
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_survey_stats_merge';

COMMENT ON FUNCTION parindex.survey_stats_merge(state parindex.survey_stats, other parindex.survey_stats) IS
'Combines two partial states; the second is only read. Errors: keys of different types or stages (22023).';

CREATE FUNCTION parindex.survey_stats_final(state parindex.survey_stats) RETURNS parindex.survey_stats
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_survey_stats_final';

COMMENT ON FUNCTION parindex.survey_stats_final(state parindex.survey_stats) IS
'Final function of survey_stats() and rollup(): the canonical form; for NULL the state without answers.';

--@ survey_answers
--@ type: survey_stats
--@ answer: float8
--@ add: survey_stats_add
--@ space: 512
--@ about: Answers to one question, as a state to be read by svy_estimate() and its kin, stored, or merged. A row is left out where y is NULL, or its weight is zero.

--@ survey_answers
--@ type: survey_stats
--@ answer: boolean
--@ add: survey_stats_add_boolean
--@ space: 512
--@ about: Answers to one question, or whether they are of a kind: true counts as 1, false as 0, so that the mean is a share, as a state to be read by svy_estimate() and its kin, stored, or merged. A row is left out where y is NULL, or its weight is zero.

CREATE AGGREGATE parindex.rollup(state parindex.survey_stats) (
	SFUNC = parindex.survey_stats_merge,
	STYPE = parindex.survey_stats,
	SSPACE = 512,
	FINALFUNC = parindex.survey_stats_final,
	COMBINEFUNC = parindex.survey_stats_merge,
	PARALLEL = safe
);

COMMENT ON AGGREGATE parindex.rollup(state parindex.survey_stats) IS
'Merges stored states, such as those of shards or days: equal in every bit to the state of all their rows. NULL states are skipped. Errors: keys of different types or stages (22023). A state without answers where there are none.';

--@ ordered_type
--@ type: survey_stats
--@ one: state
--@ many: states
--@ equal: they have the same sampling units with the same sums, and equal text and bytes
--@ order: by their binary forms
