-- The state of several survey answers of the same rows, with their products.

--@ type_io
--@ type: survey_cov_stats
--@ symbol: survey_stats
--@ many: states
--@ refused_binary: An impossible or malformed value is an error (22P03, 22023).

COMMENT ON TYPE parindex.survey_cov_stats IS
'Answers to several survey questions by the same respondents: number of rows, by sampling unit the exact sums of w and of each w*y, and over all those of the products w*y*y'' of any two. Made by the aggregate survey_cov_stats(), merged by rollup(), read with a survey_design by svy_ratio() and svy_vcov(). May be stored and shipped, as survey_stats may.';

CREATE FUNCTION parindex.survey_cov_stats_merge(state parindex.survey_cov_stats, other parindex.survey_cov_stats) RETURNS parindex.survey_cov_stats
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_survey_stats_merge';

COMMENT ON FUNCTION parindex.survey_cov_stats_merge(state parindex.survey_cov_stats, other parindex.survey_cov_stats) IS
'Combines two partial states; the second is only read. Errors: different numbers of answers, keys of different types or stages (22023).';

CREATE FUNCTION parindex.survey_cov_stats_final(state parindex.survey_cov_stats) RETURNS parindex.survey_cov_stats
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_survey_stats_final';

COMMENT ON FUNCTION parindex.survey_cov_stats_final(state parindex.survey_cov_stats) IS
'Final function of survey_cov_stats() and rollup(): the canonical form; for NULL the state without answers.';

--@ survey_answers
--@ type: survey_cov_stats
--@ answer: float8[]
--@ add: survey_cov_stats_add
--@ space: 1024
--@ about: Answers to several questions by the same respondents, as a state to be read by svy_ratio() and svy_vcov(), stored, or merged. All arrays must have the same length, 1 to 100 (2202E). A row is left out where y or an element of it is NULL, or its weight is zero.

CREATE AGGREGATE parindex.rollup(state parindex.survey_cov_stats) (
	SFUNC = parindex.survey_cov_stats_merge,
	STYPE = parindex.survey_cov_stats,
	SSPACE = 1024,
	FINALFUNC = parindex.survey_cov_stats_final,
	COMBINEFUNC = parindex.survey_cov_stats_merge,
	PARALLEL = safe
);

COMMENT ON AGGREGATE parindex.rollup(state parindex.survey_cov_stats) IS
'Merges stored states: equal in every bit to the state of all their rows. NULL states are skipped. Errors: different numbers of answers, keys of different types or stages (22023). A state without answers where there are none.';

--@ ordered_type
--@ type: survey_cov_stats
--@ symbol: survey_stats
--@ one: state
--@ many: states
--@ equal: they have the same sampling units with the same sums, and equal text and bytes
--@ order: by their binary forms
