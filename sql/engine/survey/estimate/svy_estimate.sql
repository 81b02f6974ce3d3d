-- Estimates with design-based standard errors.

CREATE FUNCTION parindex.svy_estimate(
	state parindex.survey_stats,
	design parindex.survey_design,
	kind text DEFAULT 'mean',
	level float8 DEFAULT 0.95,
	lonely text DEFAULT 'fail',
	df_rule text DEFAULT 'domain',
	OUT estimate float8,
	OUT se float8,
	OUT ci_low float8,
	OUT ci_high float8,
	OUT n bigint,
	OUT n_psu bigint,
	OUT df bigint,
	OUT deff float8,
	OUT status text) RETURNS record
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000
	AS 'MODULE_PATHNAME', 'parindex_svy_estimate';

COMMENT ON FUNCTION parindex.svy_estimate(state parindex.survey_stats, design parindex.survey_design, kind text, level float8, lonely text, df_rule text) IS
'Estimate of the mean (kind ''mean'') of the answers, in their units, or of their total in the population (''total''), with its standard error by Taylor linearisation, the two-sided interval of Student''s t at that level, the number n of rows, that of PSUs with members, degrees of freedom, design effect against a simple random sample without replacement, and status. The state may be of a domain (GROUP BY): PSUs without members count by the design. lonely says what a stratum counts for of which one primary sampling unit (PSU) of several was drawn, as in R''s survey: ''fail'' error (22023), ''remove'' and ''certainty'' nothing, ''adjust'' its square about zero, ''average'' as much as the other strata on average; ''average'' at the second stage takes the other PSUs of the stratum. df_rule: ''domain'' PSUs less strata with members, as R does; ''design'' those of the design; ''normal'' infinitely many, the normal quantile that R''s confint() takes unless told; or a number of one''s own from 0.1 on, such as ''25'' or ''25.5''. df: those the interval takes, NULL where they are infinite or not a whole number. status: ''ok''; ''census'' where every unit was drawn, with an se of 0; and where the sample does not tell, with NULL for what is not known: ''no_answers'', ''one_respondent'', ''one_psu'', ''lonely_psus'' (no stratum tells a variance), ''no_variation'' (such as a share of 0 or 1), ''no_df'' (an se, but no degrees of freedom for an interval). deff is NULL where the weights do not sum to more than n. Errors (22023): a stratum or PSU that is not in the design, more of them than it says were drawn, keys of another type, an unknown kind or rule; the message names them. A figure beyond double precision is an error too (22003). NULL for NULL. Call it in FROM, by LATERAL: (svy_estimate(...)).* computes it once a column. Formula: Särndal, Swensson and Wretman (1992), 4.3 and 5.5; Lumley, Complex Surveys (2010).';

CREATE FUNCTION parindex.svy_ratio(
	state parindex.survey_cov_stats,
	design parindex.survey_design,
	level float8 DEFAULT 0.95,
	lonely text DEFAULT 'fail',
	df_rule text DEFAULT 'domain',
	OUT estimate float8,
	OUT se float8,
	OUT ci_low float8,
	OUT ci_high float8,
	OUT n bigint,
	OUT n_psu bigint,
	OUT df bigint,
	OUT deff float8,
	OUT status text) RETURNS record
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000
	AS 'MODULE_PATHNAME', 'parindex_svy_ratio';

COMMENT ON FUNCTION parindex.svy_ratio(state parindex.survey_cov_stats, design parindex.survey_design, level float8, lonely text, df_rule text) IS
'Estimate of the ratio of two totals, the first answer''s to the second''s, of a state of survey_cov_stats(ARRAY[numerator, denominator], ...), with the columns, rules and errors of svy_estimate(); status also ''no_denominator'', where the second total is zero. A state of another number of answers is an error (22023). NULL for NULL.';

CREATE FUNCTION parindex.svy_mean(state parindex.survey_stats) RETURNS float8
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100
	AS 'MODULE_PATHNAME', 'parindex_svy_mean';

COMMENT ON FUNCTION parindex.svy_mean(state parindex.survey_stats) IS
'Weighted mean of the answers, in their units, the exact quotient rounded once. NULL without answers, and for NULL.';

CREATE FUNCTION parindex.svy_mean_se(state parindex.survey_stats, design parindex.survey_design, lonely text DEFAULT 'fail') RETURNS float8
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000
	AS 'MODULE_PATHNAME', 'parindex_svy_mean_se';

COMMENT ON FUNCTION parindex.svy_mean_se(state parindex.survey_stats, design parindex.survey_design, lonely text) IS
'Standard error of the mean, as svy_estimate() gives it: NULL where it is not known. Errors (22023): a stratum or PSU that is not in the design, more of them than it says were drawn, keys of another type; the message names them.';

CREATE FUNCTION parindex.svy_total(state parindex.survey_stats) RETURNS float8
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100
	AS 'MODULE_PATHNAME', 'parindex_svy_total';

COMMENT ON FUNCTION parindex.svy_total(state parindex.survey_stats) IS
'Estimated total of the answers in the population, the exact sum of weight * answer rounded once. NULL without answers, and for NULL.';

CREATE FUNCTION parindex.svy_total_se(state parindex.survey_stats, design parindex.survey_design, lonely text DEFAULT 'fail') RETURNS float8
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000
	AS 'MODULE_PATHNAME', 'parindex_svy_total_se';

COMMENT ON FUNCTION parindex.svy_total_se(state parindex.survey_stats, design parindex.survey_design, lonely text) IS
'Standard error of the total, as svy_estimate(..., ''total'') gives it: NULL where it is not known. Errors (22023): a stratum or PSU that is not in the design, more of them than it says were drawn, keys of another type; the message names them.';

CREATE FUNCTION parindex.svy_variance(state parindex.survey_stats) RETURNS float8
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100
	AS 'MODULE_PATHNAME', 'parindex_svy_variance';

COMMENT ON FUNCTION parindex.svy_variance(state parindex.survey_stats) IS
'Estimated variance of the answers in the population, in squared units: sum w (y - mean)^2 / sum w * n / (n - 1), as R''s svyvar. NULL for fewer than two rows, and for NULL.';

CREATE FUNCTION parindex.svy_n(state parindex.survey_stats) RETURNS bigint
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_svy_n';

COMMENT ON FUNCTION parindex.svy_n(state parindex.survey_stats) IS
'Number of rows with an answer and a weight above zero. NULL for NULL.';

CREATE FUNCTION parindex.svy_n(state parindex.survey_cov_stats) RETURNS bigint
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_svy_n';

COMMENT ON FUNCTION parindex.svy_n(state parindex.survey_cov_stats) IS
'Number of rows with all answers and a weight above zero. NULL for NULL.';

CREATE FUNCTION parindex.svy_df(state parindex.survey_stats) RETURNS bigint
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100
	AS 'MODULE_PATHNAME', 'parindex_svy_df';

COMMENT ON FUNCTION parindex.svy_df(state parindex.survey_stats) IS
'Degrees of freedom of a domain: primary sampling units less strata with members, as R''s degf. NULL for NULL.';

CREATE FUNCTION parindex.svy_df(state parindex.survey_cov_stats) RETURNS bigint
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100
	AS 'MODULE_PATHNAME', 'parindex_svy_df';

COMMENT ON FUNCTION parindex.svy_df(state parindex.survey_cov_stats) IS
'Degrees of freedom of a domain: primary sampling units less strata with members, as R''s degf. NULL for NULL.';

CREATE FUNCTION parindex.svy_df(design parindex.survey_design) RETURNS bigint
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100
	AS 'MODULE_PATHNAME', 'parindex_svy_design_df';

COMMENT ON FUNCTION parindex.svy_df(design parindex.survey_design) IS
'Degrees of freedom of a whole design: primary sampling units drawn less strata. Error: beyond bigint (22003). NULL for NULL.';

CREATE FUNCTION parindex.svy_deff(state parindex.survey_stats, design parindex.survey_design, kind text DEFAULT 'mean', lonely text DEFAULT 'fail') RETURNS float8
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000
	AS 'MODULE_PATHNAME', 'parindex_svy_deff';

COMMENT ON FUNCTION parindex.svy_deff(state parindex.survey_stats, design parindex.survey_design, kind text, lonely text) IS
'Design effect of the mean or total: its variance over that of a simple random sample of n rows drawn without replacement from as many as the weights sum to. NULL where the standard error is, and where the weights do not sum to more than n. Errors (22023): a stratum or PSU that is not in the design, more of them than it says were drawn, keys of another type; the message names them.';

CREATE FUNCTION parindex.svy_mean(state parindex.survey_cov_stats) RETURNS float8[]
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100
	AS 'MODULE_PATHNAME', 'parindex_svy_means';

COMMENT ON FUNCTION parindex.svy_mean(state parindex.survey_cov_stats) IS
'Weighted mean of each answer over the rows that have them all, in its units, rounded once. NULL without answers, and for NULL.';

CREATE FUNCTION parindex.svy_total(state parindex.survey_cov_stats) RETURNS float8[]
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100
	AS 'MODULE_PATHNAME', 'parindex_svy_totals';

COMMENT ON FUNCTION parindex.svy_total(state parindex.survey_cov_stats) IS
'Estimated total of each answer over the rows that have them all, rounded once. NULL without answers, and for NULL.';

CREATE FUNCTION parindex.svy_vcov(state parindex.survey_cov_stats, design parindex.survey_design, kind text DEFAULT 'mean', lonely text DEFAULT 'fail') RETURNS float8[]
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000
	AS 'MODULE_PATHNAME', 'parindex_svy_vcov';

COMMENT ON FUNCTION parindex.svy_vcov(state parindex.survey_cov_stats, design parindex.survey_design, kind text, lonely text) IS
'Design-based covariances of the estimates of the answers, over the rows that have them all: a square matrix in the order of the answers, whose diagonal holds the squared standard errors. kind ''mean'' or ''total''; lonely and errors as in svy_estimate(). The row and column of an answer without a known variance are NULL. NULL without answers, and for NULL.';

CREATE FUNCTION parindex.svy_vcov(states parindex.survey_stats[], design parindex.survey_design, kind text DEFAULT 'mean', lonely text DEFAULT 'fail') RETURNS float8[]
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000
	AS 'MODULE_PATHNAME', 'parindex_svy_vcov_of_states';

COMMENT ON FUNCTION parindex.svy_vcov(states parindex.survey_stats[], design parindex.survey_design, kind text, lonely text) IS
'Design-based covariances of the estimates of several states of one sample, such as domains, svy_vcov(array_agg(state ORDER BY agency), design), or questions each over its own answers: a square matrix in the order of the states, at most 1000 (54000), whose diagonal holds the squared standard errors of svy_estimate(). kind ''mean'' or ''total''; lonely and errors as in svy_estimate(). The row and column of a state that is NULL, has no answers or no known variance are NULL. NULL where all are, and for NULL.';
