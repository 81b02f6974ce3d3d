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

#include <math.h>

#include "funcapi.h"
#include "kernel/field/treat.h"
#include "miscadmin.h"

static const char *const treat_status_name[] = {
	[TREAT_PASSED] = "passed",
	[TREAT_WINSORISED] = "winsorised",
	[TREAT_LOGGED] = "logged",
	[TREAT_STILL_FAILS] = "still_fails"
};

static double
check_limit(double limit, const char *name)
{
	if (isnan(limit) || limit < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must not be negative or NaN, but is %g", name, limit),
				 errhint("A criterion passes whose skewness or kurtosis is below its limit.")));
	return limit;
}

/* Arguments 1 to 3 of both functions. */
static treat_limits
read_limits(FunctionCallInfo fcinfo)
{
	treat_limits limits;

	limits.winsorise_max = PG_GETARG_INT32(1);
	if (limits.winsorise_max < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("winsorise_max must not be negative, but is %d", limits.winsorise_max),
				 errhint("Pass 0 to winsorise no value.")));
	limits.skewness = check_limit(PG_GETARG_FLOAT8(2), "skew_limit");
	limits.kurtosis = check_limit(PG_GETARG_FLOAT8(3), "kurtosis_limit");
	return limits;
}

static void
treat_column(treatment *t, const matrix_view *view, int column,
			 const treat_limits *limits, double *treated)
{
	CHECK_FOR_INTERRUPTS();
	treat_start(t, view->value + (Size) column * view->rows, view->rows, limits, treated);
	while (treat_step(t))
		CHECK_FOR_INTERRUPTS();
}

static double *
new_column(const matrix_view *view)
{
	return palloc_extended(sizeof(double) * view->rows, MCXT_ALLOC_HUGE);
}

PARINDEX_FUNCTION(parindex_treat_outliers);
Datum
parindex_treat_outliers(PG_FUNCTION_ARGS)
{
	treat_limits limits = read_limits(fcinfo);
	matrix_view view;
	matrix_view result;
	double	   *treated;

	matrix_open(PG_GETARG_SCORE_MATRIX_P(0), &view);
	matrix_open(matrix_copy(&view), &result);
	treated = new_column(&view);
	for (int column = 0; column < view.columns; column++)
	{
		treatment	t;

		treat_column(&t, &view, column, &limits, treated);
		if (t.status == TREAT_PASSED)
			continue;
		for (int row = 0; row < view.rows; row++)
			matrix_set(&result, column, row, treated[row],
					   (cell_status) view.status[(Size) column * view.rows + row]);
	}
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
	treat_limits limits = read_limits(fcinfo);
	matrix_view view;
	double	   *treated;

	InitMaterializedSRF(fcinfo, 0);
	matrix_open(PG_GETARG_SCORE_MATRIX_P(0), &view);
	treated = new_column(&view);
	for (int column = 0; column < view.columns; column++)
	{
		treatment	t;

		treat_column(&t, &view, column, &limits, treated);
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
