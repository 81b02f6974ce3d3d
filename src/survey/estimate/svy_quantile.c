/*
 * svy_quantile.c
 *	  svy_quantile(): a quantile with its interval by Woodruff (JASA 47, 1952).
 *
 * The interval of the share of the population at or below the estimated
 * quantile, p -+ t se, is taken back through the quantile function. The
 * standard error is that of a normal estimate with an interval as wide.
 */
#include "postgres.h"
#include "survey/estimate/estimate_row.h"

#include <math.h>

#include "miscadmin.h"
#include "survey/estimate/survey_quantile.h"
#include "utils/float.h"

/* Linearised totals of the share at or below a value, by unit. */
static void
linearise_share(const quantile_sample *quantiles, double value, double share, const int32 *unit,
				double *z)
{
	for (int32 i = 0; i < quantiles->cells; i++)
	{
		const quantile_cell *cell = &quantiles->cell[i];

		CHECK_FOR_INTERRUPTS();
		z[unit[cell->cell]] += ((cell->value <= value) - share) *
			(cell->weight / quantiles->rounded_weight);
	}
}

/* The ends, and the standard error from both; an end beyond all shares is not known. */
static void
take_back(const quantile_sample *quantiles, quantile_rule rule, double share, double se, double t,
		  survey_estimate *result)
{
	double		low = share - t * se;
	double		high = share + t * se;

	result->status = ESTIMATE_OK;
	if (low >= 0)
		result->ci_low = quantile_at(quantiles, rule, low);
	if (high <= 1)
		result->ci_high = quantile_at(quantiles, rule, high);
	/* Ends that coincide tell how coarse the values are, not how sure. */
	if (result->ci_low < result->ci_high)
		result->se = result->ci_high / (2 * t) - result->ci_low / (2 * t);
	if (isinf(result->se))
		float_overflow_error();
}

static void
estimate_quantile(const survey_stats *stats, const survey_design *design, double p,
				  quantile_rule rule, const estimate_options *options, survey_estimate *result)
{
	quantile_sample quantiles;
	design_sample sample;
	double		share;
	double		variance = 0;
	double	   *z;
	int			exponent;
	bool		known;

	if (!survey_estimate_open(stats, design, options->df, &sample, result))
		return;
	quantile_sample_open(&quantiles, stats);
	result->estimate = quantile_at(&quantiles, rule, p);

	share = quantile_share(&quantiles, result->estimate);
	z = design_sample_values(&sample, 1);
	linearise_share(&quantiles, result->estimate, share, sample.unit[0], z);
	known = design_sample_variance(&sample, options->lonely, z, 1, &variance, &exponent);
	survey_estimate_judge(&sample, known, variance, result);
	if (result->status == ESTIMATE_OK)
		take_back(&quantiles, rule, share, ldexp(sqrt(variance), exponent),
				  survey_t_quantile(options->level, result->t_df), result);
}

/* (state, design, p, rule, level, lonely, df_rule) -> row */
PARINDEX_FUNCTION(parindex_svy_quantile);
Datum
parindex_svy_quantile(PG_FUNCTION_ARGS)
{
	double		p = PG_GETARG_FLOAT8(2);
	quantile_rule rule;
	estimate_options options;
	survey_estimate result;

	if (!(p >= 0 && p <= 1))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("quantile %s is not between 0 and 1", float8out_internal(p)),
				 errhint("Give 0.5 for the median.")));
	rule = parse_quantile_rule(PG_GETARG_TEXT_PP(3));
	options = estimate_options_arguments(fcinfo, 4);
	estimate_quantile(survey_stats_argument(PG_GETARG_DATUM(0)),
					  survey_design_argument(PG_GETARG_DATUM(1)), p, rule, &options, &result);
	return estimate_row(fcinfo, &result, false);
}
