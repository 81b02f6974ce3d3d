/*
 * treat_outliers.c
 *	  Outliers of a score matrix: treatment by criterion, and a report of it.
 *
 * The rule is that of kernel/field/treat.c. Statistics span all rows of a criterion,
 * of all groups and periods.
 */
#include "postgres.h"
#include "base/result_column.h"
#include "matrix/matrix_rows.h"
#include "steps/column_step.h"

#include "funcapi.h"
#include "miscadmin.h"

static const char *const treat_status_name[] = {
	[TREAT_PASSED] = "passed",
	[TREAT_WINSORISED] = "winsorised",
	[TREAT_LOGGED] = "logged",
	[TREAT_STILL_FAILS] = "still_fails"
};

static void
check_limit(double limit, const char *name)
{
	if (isnan(limit) || limit < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must not be negative or NaN, but is %g", name, limit),
				 errhint("A criterion passes whose skewness or kurtosis is below its limit.")));
}

void
check_treat_options(const treat_options *options)
{
	if (options->limits.winsorise_max < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("winsorise_max must not be negative, but is %d",
						options->limits.winsorise_max),
				 errhint("Pass 0 to winsorise no value.")));
	if (options->form == TREAT_PERCENTILES && !(options->low >= 0 && options->low < options->high &&
												options->high <= 100))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("percentiles %g and %g are not possible", options->low, options->high),
				 errdetail("Values are held within two percentiles from 0 to 100, the lower first, as in treat percentiles 5 95.")));
	if (options->form == TREAT_FENCES && !(options->fences >= 0))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("fences must not be negative, but are %g", options->fences),
				 errhint("They stand so many interquartile ranges beyond the quartiles, such as 1.5.")));
	check_limit(options->limits.skewness, "skew_limit");
	check_limit(options->limits.kurtosis, "kurtosis_limit");
}

/* Arguments 1 to 3 of both functions. */
static column_step
read_treat_step(FunctionCallInfo fcinfo)
{
	column_step step = {.verb = STEP_TREAT};
	treat_limits *limits = &step.as.treat.limits;

	limits->winsorise_max = PG_GETARG_INT32(1);
	limits->skewness = PG_GETARG_FLOAT8(2);
	limits->kurtosis = PG_GETARG_FLOAT8(3);
	check_treat_options(&step.as.treat);
	return step;
}

static void
treat(treatment *t, const treat_options *options, const double *x, int n, double *treated)
{
	CHECK_FOR_INTERRUPTS();
	treat_start(t, x, n, &options->limits, treated);
	while (treat_step(t))
		CHECK_FOR_INTERRUPTS();
}

/* Type-7 quantiles of what is observed; false where nothing is. */
static bool
two_quantiles(const double *x, int n, double low, double high, double *scratch, double *quantile)
{
	int			count = column_sort(x, n, scratch, scratch + n);

	if (count == 0)
		return false;
	quantile[0] = sorted_quantile(scratch, count, low);
	quantile[1] = sorted_quantile(scratch, count, high);
	return true;
}

void
learn_treatment(const treat_options *options, const double *x, int n, double *scratch,
				cell_step *learned)
{
	treatment	t;
	double		quantile[2];

	learned->kind = CELL_AS_IS;
	switch (options->form)
	{
		case TREAT_BY_SHAPE:
			treat(&t, options, x, n, scratch);
			if (t.status == TREAT_PASSED || (t.status == TREAT_STILL_FAILS && !t.logged))
				return;
			learned->as.cut = treatment_cut(&t);
			break;
		case TREAT_BY_LOG:
			treat_start(&t, x, n, &options->limits, scratch);
			treat_by_log(&t);
			if (!t.logged)
				return;
			learned->as.cut = treatment_cut(&t);
			break;
		case TREAT_PERCENTILES:
			if (!two_quantiles(x, n, options->low / 100, options->high / 100, scratch, quantile))
				return;
			learned->as.cut = (outlier_cut) {.lower = quantile[0], .upper = quantile[1]};
			break;
		case TREAT_FENCES:
			if (!two_quantiles(x, n, 0.25, 0.75, scratch, quantile))
				return;
			learned->as.cut = (outlier_cut) {
				.lower = quantile[0] - options->fences * (quantile[1] - quantile[0]),
				.upper = quantile[1] + options->fences * (quantile[1] - quantile[0])
			};
			if (!isfinite(learned->as.cut.lower))
				learned->as.cut.lower = get_float8_nan();
			if (!isfinite(learned->as.cut.upper))
				learned->as.cut.upper = get_float8_nan();
			break;
	}
	learned->kind = CELL_CUT;
}

PARINDEX_FUNCTION(parindex_treat_outliers);
Datum
parindex_treat_outliers(PG_FUNCTION_ARGS)
{
	column_step step = read_treat_step(fcinfo);
	matrix_view view;
	matrix_view result;

	matrix_open(PG_GETARG_SCORE_MATRIX_P(0), &view);
	matrix_open(matrix_copy(&view), &result);
	run_column_step(&step, NULL, &view, &result, NULL, NULL);
	PG_RETURN_POINTER(result.matrix);
}

PARINDEX_FUNCTION(parindex_treat_report);
Datum
parindex_treat_report(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	enum {CODE, SKEWNESS_BEFORE, KURTOSIS_BEFORE, WINSORISED, WINSORISED_LOW, WINSORISED_HIGH,
		LOWER_LIMIT, UPPER_LIMIT, LOG_APPLIED, SKEWNESS_AFTER, KURTOSIS_AFTER, STATUS, COLUMNS};
	Datum		values[COLUMNS];
	bool		nulls[COLUMNS] = {false};
	column_step step = read_treat_step(fcinfo);
	matrix_view view;
	double	   *treated;

	InitMaterializedSRF(fcinfo, 0);
	matrix_open(PG_GETARG_SCORE_MATRIX_P(0), &view);
	treated = palloc_extended(sizeof(double) * view.rows, MCXT_ALLOC_HUGE);
	for (int column = 0; column < view.columns; column++)
	{
		treatment	t;

		treat(&t, &step.as.treat, view.value + (Size) column * view.rows, view.rows, treated);
		values[CODE] = matrix_name_datum(&view, view.code[column]);
		put_float8(t.before.skewness, &values[SKEWNESS_BEFORE], &nulls[SKEWNESS_BEFORE]);
		put_float8(t.before.kurtosis, &values[KURTOSIS_BEFORE], &nulls[KURTOSIS_BEFORE]);
		values[WINSORISED] = Int32GetDatum(t.low + t.high);
		values[WINSORISED_LOW] = Int32GetDatum(t.low);
		values[WINSORISED_HIGH] = Int32GetDatum(t.high);
		put_float8(t.low > 0 ? t.lower : NAN, &values[LOWER_LIMIT], &nulls[LOWER_LIMIT]);
		put_float8(t.high > 0 ? t.upper : NAN, &values[UPPER_LIMIT], &nulls[UPPER_LIMIT]);
		values[LOG_APPLIED] = BoolGetDatum(t.logged);
		put_float8(t.after.skewness, &values[SKEWNESS_AFTER], &nulls[SKEWNESS_AFTER]);
		put_float8(t.after.kurtosis, &values[KURTOSIS_AFTER], &nulls[KURTOSIS_AFTER]);
		values[STATUS] = CStringGetTextDatum(treat_status_name[t.status]);
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	return (Datum) 0;
}
