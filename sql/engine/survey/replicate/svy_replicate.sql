-- Variances by replicate weights.

CREATE TYPE parindex.replicate_design AS (
	type text,
	replicates int,
	scale float8,
	rscales float8[],
	df int
);

COMMENT ON TYPE parindex.replicate_design IS
'How the variance of an estimate follows from its replicates: scale * sum of rscales * (replicate - mean of the replicates)^2. Made by svy_replicate_design(), or written down for weights that came with the data, such as ROW(''given'', 80, 0.05, NULL, NULL)::parindex.replicate_design. rscales: one of each replicate, NULL for 1; df: degrees of freedom, NULL for a normal interval.';

CREATE FUNCTION parindex.svy_replicate_design(
	type text,
	psus bigint[],
	replicates int DEFAULT NULL,
	fay_rho float8 DEFAULT 0,
	psus_population bigint[] DEFAULT NULL
) RETURNS parindex.replicate_design
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_svy_replicate_design';

COMMENT ON FUNCTION parindex.svy_replicate_design(text, bigint[], int, float8, bigint[]) IS
'The scales and degrees of freedom that belong to the weights of svy_replicate_weights(), as in R''s survey. type: JK1 (one stratum), JKn, BRR (two PSUs a stratum) or bootstrap. psus: PSUs in the sample, by stratum in the order of strata, such as array_agg(psus ORDER BY stratum) where they are bigint; texts are in the order of their bytes, ORDER BY stratum COLLATE "C", whatever the collation of the column: a survey_design instead of the list cannot be in a wrong order. psus_population: in the population, for the finite population correction of JK1 and JKn. replicates: for bootstrap, at least 2; the other types know theirs. fay_rho: Fay''s factor of BRR, from 0 to below 1. df: PSUs less strata for JK1 and JKn, without strata that were drawn whole; the number of strata for BRR; the smaller of replicates - 1 and PSUs less strata for bootstrap. Errors: 22023 a type that is unknown or does not fit the design, a stratum of fewer than two PSUs, settings out of range; 22004 type, psus or an element NULL; 2202E lists of different lengths.';

CREATE FUNCTION parindex.svy_replicate_design(
	type text,
	design parindex.survey_design,
	replicates int DEFAULT NULL,
	fay_rho float8 DEFAULT 0
) RETURNS parindex.replicate_design
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_svy_replicate_design_of';

COMMENT ON FUNCTION parindex.svy_replicate_design(text, parindex.survey_design, int, float8) IS
'The scales and degrees of freedom that belong to the weights of svy_replicate_weights(), from the design of the sample, whose strata find their replicates by their keys. The PSUs of its strata, drawn and in the population, count as psus and psus_population of the form with lists do; a second stage does not. Every PSU of the design must have a respondent with a weight. Errors: 22023 a type that is unknown or does not fit the design, a stratum of fewer than two PSUs, a population counted for BRR or bootstrap, settings out of range; 22004 type or design NULL.';

CREATE FUNCTION parindex.svy_replicate_weights(
	weight float8,
	stratum bigint,
	psu bigint,
	type text,
	replicates int DEFAULT NULL,
	seed bigint DEFAULT 0,
	fay_rho float8 DEFAULT 0
) RETURNS float8[]
	LANGUAGE C IMMUTABLE PARALLEL SAFE WINDOW
	AS 'MODULE_PATHNAME', 'parindex_svy_replicate_weights_int8';

COMMENT ON FUNCTION parindex.svy_replicate_weights(float8, bigint, bigint, text, int, bigint, float8) IS
'Window function: the weights of each respondent in all replicates of the sample that its partition is. A PSU is stratum and psu together; strata, and PSUs within them, count in the order of their keys. type: JK1 or JKn, replicate r leaves the r-th PSU out and makes its stratum (JK1: the only one) up by n / (n - 1); BRR, where each takes one of the two PSUs of every stratum twice by a Hadamard matrix of the smallest order known above the number of strata, or by fay_rho both, 2 - fay_rho and fay_rho times; bootstrap, where each draws n - 1 of the n PSUs of every stratum with replacement and weights them by n / (n - 1) (Rao and Wu 1988). Draws depend on seed, replicate, stratum and draw alone (Philox4x32-10): the same bits on every machine and for every order of rows. Give it all respondents; svy_replicate_design() with the same type has the scales. A weight NULL: no respondent, gets NULL. Needs no ORDER BY in the window and ignores one. Errors: 22023 a weight that is negative or not finite, a type that is unknown or does not fit the design, a stratum of one PSU, an argument that varies; 22004 a stratum, psu or setting NULL.';

CREATE FUNCTION parindex.svy_replicate_weights(
	weight float8,
	stratum text,
	psu text,
	type text,
	replicates int DEFAULT NULL,
	seed bigint DEFAULT 0,
	fay_rho float8 DEFAULT 0
) RETURNS float8[]
	LANGUAGE C IMMUTABLE PARALLEL SAFE WINDOW
	AS 'MODULE_PATHNAME', 'parindex_svy_replicate_weights_text';

COMMENT ON FUNCTION parindex.svy_replicate_weights(float8, text, text, text, int, bigint, float8) IS
'Window function: the weights of each respondent in all replicates, for keys that are text, in the order of their bytes; all else as for keys that are bigint.';

CREATE FUNCTION parindex.svy_replicate_stats_add(state internal, y float8, weight float8, replicate_weights float8[]) RETURNS internal
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_svy_replicate_stats_add';

COMMENT ON FUNCTION parindex.svy_replicate_stats_add(internal, float8, float8, float8[]) IS
'Transition of svy_replicate_stats(): adds a row.';

CREATE FUNCTION parindex.svy_replicate_stats_rollup_add(state internal, stats parindex.weighted_sums[]) RETURNS internal
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_svy_replicate_stats_rollup_add';

COMMENT ON FUNCTION parindex.svy_replicate_stats_rollup_add(internal, parindex.weighted_sums[]) IS
'Transition of rollup() of replicate statistics: merges a partial result.';

CREATE FUNCTION parindex.svy_replicate_stats_final(state internal) RETURNS parindex.weighted_sums[]
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_svy_replicate_stats_final';

COMMENT ON FUNCTION parindex.svy_replicate_stats_final(internal) IS
'Final function of svy_replicate_stats(): the canonical form.';

CREATE AGGREGATE parindex.svy_replicate_stats(y float8, weight float8, replicate_weights float8[]) (
	SFUNC = parindex.svy_replicate_stats_add,
	STYPE = internal,
	COMBINEFUNC = parindex.moment_array_merge,
	SERIALFUNC = parindex.moment_array_serialize,
	DESERIALFUNC = parindex.moment_array_deserialize,
	FINALFUNC = parindex.svy_replicate_stats_final,
	PARALLEL = safe
);

COMMENT ON AGGREGATE parindex.svy_replicate_stats(y float8, weight float8, replicate_weights float8[]) IS
'Exact sums of y by the weights of the sample (first) and of each replicate, for svy_replicate_estimate(). Any weights that came with the data will do, or those of svy_replicate_weights(). y NULL: no answer, left out; so a domain is a GROUP BY or FILTER. Text and binary forms are exact, rollup() merges stored ones, and neither the order of rows nor the number of workers changes a bit. Errors: 22023 an answer that is not finite, a weight that is negative or not finite; 22004 a weight or the replicate weights NULL where y is not; 2202E lists of different lengths.';

CREATE AGGREGATE parindex.rollup(stats parindex.weighted_sums[]) (
	SFUNC = parindex.svy_replicate_stats_rollup_add,
	STYPE = internal,
	COMBINEFUNC = parindex.moment_array_merge,
	SERIALFUNC = parindex.moment_array_serialize,
	DESERIALFUNC = parindex.moment_array_deserialize,
	FINALFUNC = parindex.svy_replicate_stats_final,
	PARALLEL = safe
);

COMMENT ON AGGREGATE parindex.rollup(stats parindex.weighted_sums[]) IS
'Merges results of svy_replicate_stats() over parts of the sample, exactly. NULL is skipped. Error: lists of different lengths (2202E).';

CREATE FUNCTION parindex.svy_replicate_estimates(
	stats parindex.weighted_sums[],
	kind text DEFAULT 'mean'
) RETURNS float8[]
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_svy_replicate_estimates';

COMMENT ON FUNCTION parindex.svy_replicate_estimates(stats parindex.weighted_sums[], kind text) IS
'The mean or total by the weights of each replicate, to compute something else from (ratios, differences, an index) and have its standard error from svy_replicate_se(). NULL where a mean has no weight. Errors: an unknown kind (22023), a list that svy_replicate_stats() cannot have made (2202E). NULL for NULL.';

CREATE FUNCTION parindex.svy_replicate_estimate(
	stats parindex.weighted_sums[],
	design parindex.replicate_design,
	kind text DEFAULT 'mean',
	level float8 DEFAULT 0.95,
	mse bool DEFAULT false,
	OUT estimate float8,
	OUT se float8,
	OUT ci_low float8,
	OUT ci_high float8,
	OUT n bigint,
	OUT df bigint,
	OUT replicates int,
	OUT status text
)
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_svy_replicate_estimate';

COMMENT ON FUNCTION parindex.svy_replicate_estimate(parindex.weighted_sums[], parindex.replicate_design, text, float8, bool) IS
'The mean or total (kind) with its standard error by replicates, as R''s survey gives it. mse: deviations from the estimate rather than from the mean of the replicates. ci_low, ci_high: by Student''s t with the design''s df at the level, from 0 to 1. n: rows with a value. replicates: those that have a value; the others are left out. status: ok; census where the design''s scales are all 0, with an se of 0; and where the sample does not tell, with NULL for what is not known rather than an interval without width: no_answers, few_replicates (fewer than two), no_variation, no_df (no interval). Errors: 22023 an unknown kind, a level, a scale or df out of range; 2202E statistics and design of different numbers of replicates; 22004 a part of the design NULL. NULL for NULL.';

CREATE FUNCTION parindex.svy_replicate_estimate(
	stats parindex.weighted_sums[],
	design parindex.replicate_design,
	kind text,
	level float8,
	mse bool,
	df_rule text,
	OUT estimate float8,
	OUT se float8,
	OUT ci_low float8,
	OUT ci_high float8,
	OUT n bigint,
	OUT df bigint,
	OUT replicates int,
	OUT status text
)
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_svy_replicate_estimate_with_df';

COMMENT ON FUNCTION parindex.svy_replicate_estimate(parindex.weighted_sums[], parindex.replicate_design, text, float8, bool, text) IS
'The mean or total with its standard error by replicates, as without df_rule, and degrees of freedom by a rule. df_rule: ''design'', those of the design; ''normal'', infinitely many; or a number of one''s own from 0.1 on, such as ''25'' or ''25.5''. df: those the interval takes, NULL where they are infinite or not a whole number. Errors: as without the rule; 22023 an unknown rule, as ''domain'' is here. NULL for NULL.';

CREATE FUNCTION parindex.svy_replicate_se(
	estimates float8[],
	design parindex.replicate_design,
	estimate float8 DEFAULT NULL
) RETURNS float8
	LANGUAGE C IMMUTABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'parindex_svy_replicate_se';

COMMENT ON FUNCTION parindex.svy_replicate_se(float8[], parindex.replicate_design, float8) IS
'The standard error of anything, from its estimates by the weights of each replicate: deviations from their mean or, where it is given, from the estimate by the weights of the sample. NULL elements are left out; NULL for fewer than two, or where estimates or design are NULL. Errors: 2202E not one estimate of each replicate; 22023 an estimate that is not finite, a scale or df out of range; 22004 a part of the design NULL.';
