-- Quantiles with Woodruff's intervals.

CREATE FUNCTION parindex.svy_quantile(
	state parindex.survey_quantile_stats,
	design parindex.survey_design,
	p float8 DEFAULT 0.5,
	rule text DEFAULT 'math',
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
	OUT status text
) RETURNS record
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000
	AS 'MODULE_PATHNAME', 'parindex_svy_quantile';

COMMENT ON FUNCTION parindex.svy_quantile(state parindex.survey_quantile_stats, design parindex.survey_design, p float8, rule text, level float8, lonely text, df_rule text) IS
'Estimate of the quantile p, 0 to 1, the median unless said, in the unit of the values, with Woodruff''s interval (1952): that of the share of the population at or below the estimate, share -+ t se, taken back through the quantile function. rule: ''math'', the smallest value with a share of the weight of at least p at or below it; ''school'', the same, but midway to the next value where that share is p; ''hf7'', type 7 of Hyndman and Fan with weights, linear between rows. Shares are exact and rounded once, so that 0.1 is the share of one of ten equal weights. An end of the interval is NULL where share -+ t se leaves 0 to 1: the sample does not reach so far. se: the width of the interval over 2t; NULL where an end is, and where both are one value. n, n_psu, df, lonely, df_rule, status and errors as for svy_estimate(); ''no_variation'' where the share is 1, as at the largest value. Also 22023: p out of range, an unknown rule, a design of two stages; 22003: a standard error beyond double precision. As svyquantile() of R''s survey 4.1 with interval.type "mean"; but its math rule gives the second value where p is below the first''s share, which later versions do not; and of equal values with hf7 the last counts in the order of stratum and PSU, with the mean weight of such rows of its PSU. NULL for NULL.';
