/*
 * survey_estimate.c
 *	  Estimates from survey states: Taylor linearisation with the variance of
 *	  kernel/survey/survey_variance.h, Student's t intervals, design effects.
 *
 * Where the sample cannot tell a variance - one respondent, a share of 0 or
 * 1, lonely strata only - there is no standard error and no interval rather
 * than one of width zero; the status says why.
 */
#include "postgres.h"
#include "survey/estimate/survey_estimate.h"

#include <math.h>

#include "kernel/exact/distributions.h"
#include "utils/float.h"

bool
survey_estimate_open(const survey_stats *stats, const survey_design *design, df_choice df,
					 design_sample *sample, survey_estimate *result)
{
	double		nan = get_float8_nan();

	*result = (survey_estimate) {ESTIMATE_NO_ANSWERS, nan, nan, nan, nan, nan, stats->n, 0, 0, 0};
	if (df.rule == DF_DESIGN)
		result->df = survey_design_df(design);
	result->t_df = df.rule == DF_GIVEN ? df.given : (double) result->df;
	if (stats->n == 0)
		return false;
	design_sample_open(sample, &stats, 1, design);
	result->n_psu = sample->sample.psus;
	if (df.rule == DF_DOMAIN)
	{
		result->df = design_sample_df(sample);
		result->t_df = (double) result->df;
	}
	return true;
}

double
survey_t_quantile(double level, double df)
{
	double		t = student_t_quantile(0.5 + level / 2, df);

	if (!isfinite(t))
		float_overflow_error();
	return t;
}

/* Whether each stratum with members had one PSU drawn: none tells a variance. */
static bool
all_lonely(const survey_sample *sample)
{
	for (int h = 0; h < sample->strata; h++)
		if (sample->stratum[h].sampled > 1)
			return false;
	return true;
}

static estimate_status
status_of(const design_sample *sample, const survey_estimate *result, bool has_se)
{
	return survey_is_census(&sample->sample) ? ESTIMATE_CENSUS :
		has_se && result->t_df > 0 ? ESTIMATE_OK :
		result->n == 1 ? ESTIMATE_ONE_RESPONDENT :
		result->n_psu == 1 ? ESTIMATE_ONE_PSU :
		has_se ? ESTIMATE_NO_DF :
		all_lonely(&sample->sample) ? ESTIMATE_LONELY_PSUS : ESTIMATE_NO_VARIATION;
}

void
survey_estimate_judge(const design_sample *sample, bool known, double variance,
					  survey_estimate *result)
{
	result->status = status_of(sample, result, known && variance > 0);
	if (result->status == ESTIMATE_CENSUS)
	{
		result->se = 0;
		result->ci_low = result->ci_high = result->estimate;
	}
}

void
survey_estimate_of(const survey_totals *totals, const survey_design *design,
				   const estimate_options *options, survey_estimate *result)
{
	design_sample sample;
	double	   *z;
	double		variance = 0;
	int			exponent;
	bool		known;
	double		margin;

	if (!survey_estimate_open(totals->stats, design, options->df, &sample, result))
		return;
	result->status = ESTIMATE_NO_DENOMINATOR;
	result->estimate = survey_point(totals);
	if (isnan(result->estimate))
		return;

	z = design_sample_values(&sample, 1);
	survey_linearise(totals, sample.unit[0], z, 1);
	known = design_sample_variance(&sample, options->lonely, z, 1, &variance, &exponent);
	pfree(z);
	survey_estimate_judge(&sample, known, variance, result);
	if (result->status == ESTIMATE_CENSUS)
		result->deff = 0;
	if (result->status == ESTIMATE_CENSUS || !known || !(variance > 0))
		return;

	result->se = survey_finite(ldexp(sqrt(variance), exponent));
	if (result->se == 0)
		float_underflow_error();
	result->deff = survey_design_effect(totals, variance, exponent);
	if (result->status != ESTIMATE_OK)
		return;
	margin = survey_t_quantile(options->level, result->t_df) * result->se;
	result->ci_low = survey_finite(result->estimate - margin);
	result->ci_high = survey_finite(result->estimate + margin);
}
