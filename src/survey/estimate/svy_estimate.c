/*
 * svy_estimate.c
 *	  Estimates from survey states: Taylor linearisation with the variance of
 *	  kernel/survey_variance.h, Student's t intervals, design effects.
 *
 * Where the sample cannot tell a variance - one respondent, a share of 0 or
 * 1, lonely strata only - there is no standard error and no interval rather
 * than one of width zero; the status says why.
 */
#include "postgres.h"
#include "survey/estimate/svy_estimate.h"

#include <math.h>

#include "kernel/exact/distributions.h"
#include "funcapi.h"
#include "utils/builtins.h"
#include "utils/float.h"

const char *
svy_status_name(svy_status status)
{
	static const char *const names[] = {
		"ok", "census", "no_answers", "no_denominator", "one_respondent", "one_psu",
		"lonely_psus", "no_variation", "no_df"
	};

	return names[status];
}

/* ---------- arguments ---------- */

/* Position of a given name among two, or an error. */
static int
parse_choice(text *name, const char *what, const char *first, const char *second)
{
	char	   *given = text_to_cstring(name);

	if (strcmp(given, first) == 0)
		return 0;
	if (strcmp(given, second) == 0)
		return 1;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("unknown %s \"%s\"", what, given),
			 errhint("Use %s or %s.", first, second)));
	pg_unreachable();
}

bool
parse_is_total(text *kind)
{
	return parse_choice(kind, "kind of estimate", "mean", "total") == 1;
}

df_rule
parse_df_rule(text *name)
{
	return (df_rule) parse_choice(name, "rule for degrees of freedom", "domain", "design");
}

double
check_level(double level)
{
	if (!(level > 0 && level < 1))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("confidence level %s is not between 0 and 1", float8out_internal(level)),
				 errhint("Give 0.95 for 95 %%.")));
	return level;
}

/* ---------- figures ---------- */

static double
check_finite(double x)
{
	if (unlikely(isinf(x)))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("survey estimate is out of range for type double precision")));
	return x;
}

double
survey_point(const survey_stats *stats, int numerator, int denominator)
{
	exact_integer a;
	exact_integer b;

	survey_total_sum(stats, numerator, &a);
	if (denominator == SURVEY_TOTAL)
		return check_finite(exact_integer_round(&a));
	survey_total_sum(stats, denominator, &b);
	if (b.limbs == 0)
		return get_float8_nan();
	return check_finite(exact_ratio_round(&a, &b));
}

/* (ab * B - A * bb) / B / 2^exponent, exact and rounded once. */
static double
residual_sum(const exact_integer *ab, const exact_integer *bb,
			 const exact_integer *whole_a, const exact_integer *whole_b, int exponent)
{
	exact_integer first;
	exact_integer second;

	exact_integer_multiply(&first, ab, whole_b);
	exact_integer_multiply(&second, bb, whole_a);
	exact_integer_subtract(&first, &second);
	first.exponent -= exponent;
	return exact_ratio_round(&first, whole_b);
}

/*
 * sum w (a - R b)^2 / 2^exponent with R = A/B, as sum w a (a - R b) - R sum w b
 * (a - R b). For the mean, b = 1, the second sum is zero.
 */
static double
squared_residuals(const survey_stats *stats, int numerator, int denominator, int exponent)
{
	exact_integer whole_a;
	exact_integer whole_b;
	exact_integer aa;
	exact_integer ab;
	exact_integer bb;
	double		sum;

	survey_total_sum(stats, numerator, &whole_a);
	survey_total_sum(stats, denominator, &whole_b);
	survey_product_sum(stats, numerator, numerator, &aa);
	if (denominator == SURVEY_WEIGHT)
		return residual_sum(&aa, &whole_a, &whole_a, &whole_b, exponent);
	survey_product_sum(stats, numerator, denominator, &ab);
	survey_product_sum(stats, denominator, denominator, &bb);
	sum = residual_sum(&aa, &ab, &whole_a, &whole_b, exponent) -
		exact_ratio_round(&whole_a, &whole_b) *
		residual_sum(&ab, &bb, &whole_a, &whole_b, exponent);
	return Max(sum, 0.0);
}

double
survey_population_variance(const survey_stats *stats, int variable)
{
	double		n = (double) stats->n;

	if (stats->n < 2)
		return get_float8_nan();
	return check_finite(squared_residuals(stats, variable, SURVEY_WEIGHT, 0) /
						survey_point(stats, SURVEY_WEIGHT, SURVEY_TOTAL) * (n / (n - 1)));
}

/*
 * The variance, times 4^exponent, over that of a simple random sample of as
 * many respondents out of sum w, drawn without replacement; NaN where sum w is
 * not above n.
 */
static double
design_effect(const survey_stats *stats, int numerator, int denominator, double variance,
			  int exponent)
{
	double		n = (double) stats->n;
	double		weight = survey_point(stats, SURVEY_WEIGHT, SURVEY_TOTAL);
	bool		total = denominator == SURVEY_TOTAL;
	double		scale = total ? 1.0 : survey_point(stats, denominator, SURVEY_TOTAL);
	double		simple;
	int			scale_exponent;

	if (stats->n < 2 || !(weight > n))
		return get_float8_nan();
	/* Powers of two that cancel are left out where they would leave the range. */
	scale = frexp(scale, &scale_exponent);
	simple = squared_residuals(stats, numerator, total ? SURVEY_WEIGHT : denominator,
							   2 * (exponent + scale_exponent)) *
		((weight - n) / (n - 1)) / scale / scale;
	return simple > 0 ? variance / simple : get_float8_nan();
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

svy_status
svy_status_of(const design_sample *sample, const svy_estimate *result, bool known,
			  double variance)
{
	bool		has_se = known && variance > 0;

	return survey_is_census(&sample->sample) ? SVY_CENSUS :
		has_se && result->df > 0 ? SVY_OK :
		result->n == 1 ? SVY_ONE_RESPONDENT :
		result->n_psu == 1 ? SVY_ONE_PSU :
		has_se ? SVY_NO_DF :
		all_lonely(&sample->sample) ? SVY_LONELY_PSUS : SVY_NO_VARIATION;
}

void
svy_estimate_of(const survey_stats *stats, const survey_design *design, int numerator,
				int denominator, double level, lonely_rule lonely, df_rule rule,
				svy_estimate *result)
{
	double		nan = get_float8_nan();
	design_sample sample;
	double	   *z;
	double		variance = 0;
	int			exponent;
	bool		known;
	double		margin;

	*result = (svy_estimate) {SVY_NO_ANSWERS, nan, nan, nan, nan, nan, stats->n, 0, 0};
	if (rule == DF_DESIGN)
		result->df = survey_design_df(design);
	if (stats->n == 0)
		return;

	survey_sample_open(&sample, &stats, 1, design);
	result->n_psu = sample.sample.psus;
	if (rule == DF_DOMAIN)
		result->df = survey_sample_df(&sample);
	result->status = SVY_NO_DENOMINATOR;
	result->estimate = survey_point(stats, numerator, denominator);
	if (isnan(result->estimate))
		return;

	z = survey_sample_values(&sample, 1);
	survey_linearise(stats, numerator, denominator, sample.unit[0], z, 1);
	known = survey_sample_variance(&sample, lonely, z, 1, &variance, &exponent);
	pfree(z);
	result->status = svy_status_of(&sample, result, known, variance);
	if (result->status == SVY_CENSUS)
	{
		result->se = 0;
		result->ci_low = result->ci_high = result->estimate;
		result->deff = 0;
		return;
	}
	if (!known || !(variance > 0))
		return;

	result->se = check_finite(ldexp(sqrt(variance), exponent));
	if (result->se == 0)
		float_underflow_error();
	result->deff = design_effect(stats, numerator, denominator, variance, exponent);
	if (result->status != SVY_OK)
		return;
	margin = student_t_quantile(0.5 + level / 2, (double) result->df) * result->se;
	result->ci_low = check_finite(result->estimate - margin);
	result->ci_high = check_finite(result->estimate + margin);
}

/* ---------- SQL ---------- */

Datum
svy_float_or_null(double value, bool *is_null)
{
	*is_null = isnan(value);
	return *is_null ? (Datum) 0 : Float8GetDatum(value);
}

Datum
svy_estimate_row(FunctionCallInfo fcinfo, const svy_estimate *result)
{
	enum {ESTIMATE, SE, CI_LOW, CI_HIGH, N, N_PSU, DF, DEFF, STATUS, COLUMNS};
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
	value[DEFF] = svy_float_or_null(result->deff, &is_null[DEFF]);
	value[STATUS] = CStringGetTextDatum(svy_status_name(result->status));
	return HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(row), value, is_null));
}

/* (state, design, kind, level, lonely, df_rule) -> row */
PARINDEX_FUNCTION(parindex_svy_estimate);
Datum
parindex_svy_estimate(PG_FUNCTION_ARGS)
{
	const survey_stats *stats = survey_stats_argument(PG_GETARG_DATUM(0));
	bool		total = parse_is_total(PG_GETARG_TEXT_PP(2));
	svy_estimate result;

	svy_estimate_of(stats, survey_design_argument(PG_GETARG_DATUM(1)),
					0, total ? SURVEY_TOTAL : SURVEY_WEIGHT, check_level(PG_GETARG_FLOAT8(3)),
					parse_lonely_rule(PG_GETARG_TEXT_PP(4)), parse_df_rule(PG_GETARG_TEXT_PP(5)),
					&result);
	return svy_estimate_row(fcinfo, &result);
}

/* (state of numerator and denominator, design, level, lonely, df_rule) -> row */
PARINDEX_FUNCTION(parindex_svy_ratio);
Datum
parindex_svy_ratio(PG_FUNCTION_ARGS)
{
	const survey_stats *stats = survey_stats_argument(PG_GETARG_DATUM(0));
	svy_estimate result;

	if (stats->n > 0 && stats->variables != 2)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("survey state has %d variables, a ratio two", stats->variables),
				 errhint("Make it by survey_cov_stats(ARRAY[numerator, denominator], ...).")));
	svy_estimate_of(stats, survey_design_argument(PG_GETARG_DATUM(1)), 0, 1,
					check_level(PG_GETARG_FLOAT8(2)), parse_lonely_rule(PG_GETARG_TEXT_PP(3)),
					parse_df_rule(PG_GETARG_TEXT_PP(4)), &result);
	return svy_estimate_row(fcinfo, &result);
}

/* One of the estimate's figures: (state, design, lonely). */
static Datum
standard_error(FunctionCallInfo fcinfo, int denominator)
{
	svy_estimate result;

	svy_estimate_of(survey_stats_argument(PG_GETARG_DATUM(0)),
					survey_design_argument(PG_GETARG_DATUM(1)), 0, denominator, 0.95,
					parse_lonely_rule(PG_GETARG_TEXT_PP(2)), DF_DOMAIN, &result);
	return svy_float_or_null(result.se, &fcinfo->isnull);
}

PARINDEX_FUNCTION(parindex_svy_mean_se);
Datum
parindex_svy_mean_se(PG_FUNCTION_ARGS)
{
	return standard_error(fcinfo, SURVEY_WEIGHT);
}

PARINDEX_FUNCTION(parindex_svy_total_se);
Datum
parindex_svy_total_se(PG_FUNCTION_ARGS)
{
	return standard_error(fcinfo, SURVEY_TOTAL);
}

/* (state, design, kind, lonely) */
PARINDEX_FUNCTION(parindex_svy_deff);
Datum
parindex_svy_deff(PG_FUNCTION_ARGS)
{
	bool		total = parse_is_total(PG_GETARG_TEXT_PP(2));
	svy_estimate result;

	svy_estimate_of(survey_stats_argument(PG_GETARG_DATUM(0)),
					survey_design_argument(PG_GETARG_DATUM(1)), 0,
					total ? SURVEY_TOTAL : SURVEY_WEIGHT, 0.95,
					parse_lonely_rule(PG_GETARG_TEXT_PP(3)), DF_DOMAIN, &result);
	return svy_float_or_null(result.deff, &fcinfo->isnull);
}

/* ---------- figures that need no design ---------- */

static Datum
point(FunctionCallInfo fcinfo, int denominator)
{
	const survey_stats *stats = survey_stats_argument(PG_GETARG_DATUM(0));

	return svy_float_or_null(stats->n == 0 ? get_float8_nan() : survey_point(stats, 0, denominator),
						 &fcinfo->isnull);
}

PARINDEX_FUNCTION(parindex_svy_mean);
Datum
parindex_svy_mean(PG_FUNCTION_ARGS)
{
	return point(fcinfo, SURVEY_WEIGHT);
}

PARINDEX_FUNCTION(parindex_svy_total);
Datum
parindex_svy_total(PG_FUNCTION_ARGS)
{
	return point(fcinfo, SURVEY_TOTAL);
}

PARINDEX_FUNCTION(parindex_svy_variance);
Datum
parindex_svy_variance(PG_FUNCTION_ARGS)
{
	return svy_float_or_null(survey_population_variance(survey_stats_argument(PG_GETARG_DATUM(0)), 0),
						 &fcinfo->isnull);
}

PARINDEX_FUNCTION(parindex_svy_n);
Datum
parindex_svy_n(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(survey_stats_argument(PG_GETARG_DATUM(0))->n);
}

/* PSUs less strata with members. */
PARINDEX_FUNCTION(parindex_svy_df);
Datum
parindex_svy_df(PG_FUNCTION_ARGS)
{
	const survey_stats *stats = survey_stats_argument(PG_GETARG_DATUM(0));
	int64		df = 0;

	for (int32 cell = 0; cell < survey_cell_count(stats); cell++)
	{
		const survey_key *key = survey_cell_key(stats, cell);
		const survey_key *before = cell > 0 ? survey_cell_key(stats, cell - 1) : key;
		bool		same_stratum = cell > 0 && key->part[SURVEY_STRATUM] == before->part[SURVEY_STRATUM];

		/* The first PSU of a stratum adds none. */
		df += same_stratum && key->part[SURVEY_PSU] != before->part[SURVEY_PSU];
	}
	PG_RETURN_INT64(df);
}

PARINDEX_FUNCTION(parindex_svy_design_df);
Datum
parindex_svy_design_df(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(survey_design_df(survey_design_argument(PG_GETARG_DATUM(0))));
}
