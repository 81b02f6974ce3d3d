-- Shares, with intervals made for them.

CREATE FUNCTION parindex.svy_share(
	state parindex.survey_stats,
	design parindex.survey_design,
	method text DEFAULT 'logit',
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
	OUT status text
) RETURNS record
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000
	AS 'MODULE_PATHNAME', 'parindex_svy_share';

COMMENT ON FUNCTION parindex.svy_share(state parindex.survey_stats, design parindex.survey_design, method text, level float8, lonely text, df_rule text) IS
'Estimate of a share, 0 to 1, from the state of a condition, such as survey_stats(q1 >= 4, ...), with the columns, arguments, statuses and errors of svy_estimate(), but an interval made for shares. With p the share, V its variance under the design, t the quantile of Student''s t, m = p(1 - p)/V the effective sample size, method is: ''logit'' and ''xlogit'', which are the same: log(p/(1 - p)) -+ t times its standard error, taken back; ''wilson'': the shares q with (p - q)^2 <= t^2 q(1 - q)/m (Wilson 1927); ''beta'': Clopper and Pearson for m respondents, times (t with n - 1 over t with df degrees of freedom)^2 (Korn and Graubard 1998), wide on purpose (df those of df_rule, where R takes the design''s in any case); ''asin'': asin(sqrt(p)) -+ t times its standard error, cut at the ends of the scale and taken back; ''likelihood'': shares that the scaled likelihood ratio does not refute (Rao and Scott 1984); ''mean'': p -+ t sqrt(V), which may reach below 0 or above 1. As svyciprop() of R''s survey 4.1 has them, wilson as in version 4.5. R''s likelihood takes its ends from a table and is off by some 1e-5; this solves for them. All are poor close to 0 and 1, mean and asin the most. Of everyone in a register, share_interval() has the published interval from the counts. A share of exactly 0 or 1 shows no variation: status ''no_variation'', and no standard error or interval with any method. Errors besides those of svy_estimate() (22023): answers other than 0 and 1, an unknown method. NULL for NULL.';
