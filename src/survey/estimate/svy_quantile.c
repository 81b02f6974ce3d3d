/*
 * svy_quantile.c
 *	  svy_quantile(): a quantile with its interval by Woodruff (JASA 47, 1952).
 *
 * The interval of the share of the population at or below the estimated
 * quantile, p -+ t se, is taken back through the quantile function. The
 * standard error is that of a normal estimate with an interval as wide.
 */
#include "postgres.h"
#include "survey/estimate/survey_quantile.h"
#include "survey/estimate/svy_estimate.h"

#include <math.h>

#include "kernel/exact/distributions.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
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
		  svy_estimate *result)
{
	double		low = share - t * se;
	double		high = share + t * se;

	if (isinf(t))
		float_overflow_error();
	result->status = SVY_OK;
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
				  quantile_rule rule, double level, lonely_rule lonely, df_rule df,
				  svy_estimate *result)
{
	double		nan = get_float8_nan();
	quantile_sample quantiles;
	design_sample sample;
	double		share;
	double		variance = 0;
	double	   *z;
	int			exponent;
	bool		known;

	*result = (svy_estimate) {SVY_NO_ANSWERS, nan, nan, nan, nan, nan, stats->n, 0, 0};
	if (df == DF_DESIGN)
		result->df = survey_design_df(design);
	if (stats->n == 0)
		return;

	survey_sample_open(&sample, &stats, 1, design);
	result->n_psu = sample.sample.psus;
	if (df == DF_DOMAIN)
		result->df = survey_sample_df(&sample);
	quantile_sample_open(&quantiles, stats);
	result->estimate = quantile_at(&quantiles, rule, p);

	share = quantile_share(&quantiles, result->estimate);
	z = survey_sample_values(&sample, 1);
	linearise_share(&quantiles, result->estimate, share, sample.unit[0], z);
	known = survey_sample_variance(&sample, lonely, z, 1, &variance, &exponent);
	result->status = svy_status_of(&sample, result, known, variance);
	if (result->status == SVY_CENSUS)
	{
		result->se = 0;
		result->ci_low = result->ci_high = result->estimate;
	}
	else if (result->status == SVY_OK)
		take_back(&quantiles, rule, share, ldexp(sqrt(variance), exponent),
				  student_t_quantile(0.5 + level / 2, (double) result->df), result);
}

/* A row of estimate, se, ci_low, ci_high, n, n_psu, df, status. */
static Datum
quantile_row(FunctionCallInfo fcinfo, const svy_estimate *result)
{
	enum {ESTIMATE, SE, CI_LOW, CI_HIGH, N, N_PSU, DF, STATUS, COLUMNS};
	Datum		value[COLUMNS];
	bool		is_null[COLUMNS] = {false};
	TupleDesc	row;

	if (get_call_result_type(fcinfo, NULL, &row) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	value[ESTIMATE] = svy_float_or_null(result->estimate, &is_null[ESTIMATE]);
	value[SE] = svy_float_or_null(result->se, &is_null[SE]);
	value[CI_LOW] = svy_float_or_null(result->ci_low, &is_null[CI_LOW]);
	value[CI_HIGH] = svy_float_or_null(result->ci_high, &is_null[CI_HIGH]);
	value[N] = Int64GetDatum(result->n);
	value[N_PSU] = Int64GetDatum(result->n_psu);
	value[DF] = Int64GetDatum(result->df);
	value[STATUS] = CStringGetTextDatum(svy_status_name(result->status));
	return HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(row), value, is_null));
}

/* (state, design, p, rule, level, lonely, df_rule) -> row */
PARINDEX_FUNCTION(parindex_svy_quantile);
Datum
parindex_svy_quantile(PG_FUNCTION_ARGS)
{
	double		p = PG_GETARG_FLOAT8(2);
	svy_estimate result;

	if (!(p >= 0 && p <= 1))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("quantile %s is not between 0 and 1", float8out_internal(p)),
				 errhint("Give 0.5 for the median.")));
	estimate_quantile(survey_stats_argument(PG_GETARG_DATUM(0)),
					  survey_design_argument(PG_GETARG_DATUM(1)), p,
					  parse_quantile_rule(PG_GETARG_TEXT_PP(3)),
					  check_level(PG_GETARG_FLOAT8(4)), parse_lonely_rule(PG_GETARG_TEXT_PP(5)),
					  parse_df_rule(PG_GETARG_TEXT_PP(6)), &result);
	return quantile_row(fcinfo, &result);
}
