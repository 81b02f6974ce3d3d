/*
 * impute.c
 *	  Imputation over a score matrix, and the report of what it filled.
 */
#include "postgres.h"
#include "base/result_column.h"
#include "matrix/matrix_rows.h"
#include "steps/column_step.h"

#include "funcapi.h"
#include "kernel/field/column_stats.h"
#include "kernel/field/impute.h"
#include "miscadmin.h"

const choice impute_methods[] = {
	{"mean", IMPUTE_MEAN},
	{"median", IMPUTE_MEDIAN},
	{"group_mean", IMPUTE_GROUP_MEAN},
	{"group_median", IMPUTE_GROUP_MEDIAN},
	{"constant", IMPUTE_CONSTANT},
	{"latest", IMPUTE_LATEST},
	{"linear", IMPUTE_LINEAR},
	{"linear_carried", IMPUTE_LINEAR_CARRIED},
	{"knn", IMPUTE_NEAREST},
	{"regression", IMPUTE_REGRESSION},
	{"em", IMPUTE_EXPECTATION},
	{NULL, 0}
};

void
check_impute_options(impute_options *options, bool has_value)
{
	impute_method method = options->method;
	const char *name = choice_name(impute_methods, method);
	bool		counts = method == IMPUTE_LATEST || method == IMPUTE_NEAREST;

	if (has_value ? !counts && method != IMPUTE_CONSTANT : method == IMPUTE_CONSTANT)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("imputation by \"%s\" takes %s value", name, has_value ? "no" : "a"),
				 errhint("The method constant takes a value: impute(matrix, 'constant', value => 0); latest may take how old a value may be, and knn how many units it looks at.")));
	if (!has_value)
		options->value = method == IMPUTE_NEAREST ? 5 : 0;
	if (!isfinite(options->value))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("value of an imputation is not finite: %s",
						float8out_internal(options->value))));
	if (has_value && counts && !(options->value >= 1 && options->value <= PG_INT32_MAX &&
								 options->value == floor(options->value)))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("imputation by \"%s\" takes a whole number from 1 on, not %s", name,
						float8out_internal(options->value))));
	if (method == IMPUTE_REGRESSION && options->predictors == 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("imputation by regression does not say from which criteria"),
				 errhint("It is a step of a pipeline: impute regression from (a, b) on (c).")));
}

/* A mean or median of what is observed; NaN where nothing is. */
static double
center(const double *x, int n, bool median, double *scratch)
{
	int			count;

	if (!median)
		return column_mean(x, n);
	count = column_sort(x, n, scratch, scratch + n);
	return count == 0 ? get_float8_nan() : sorted_median(scratch, count);
}

void
learn_imputation(const impute_options *options, const double *x, int n, double *scratch,
				 cell_step *learned)
{
	learned->kind = CELL_FILL;
	switch (options->method)
	{
		case IMPUTE_MEAN:
		case IMPUTE_GROUP_MEAN:
			learned->as.value = center(x, n, false, scratch) + 0.0;
			break;
		case IMPUTE_MEDIAN:
		case IMPUTE_GROUP_MEDIAN:
			learned->as.value = center(x, n, true, scratch) + 0.0;
			break;
		case IMPUTE_CONSTANT:
			learned->as.value = options->value + 0.0;
			break;
		default:
			elog(ERROR, "imputation over periods, or from other criteria, learns nothing");
	}
}

/* Rows of a unit stand together, by period. */
void
impute_from_periods(const impute_options *options, const matrix_view *view, const bool *wanted)
{
	int			end;

	if (view->period == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("imputation by \"%s\" needs periods",
						choice_name(impute_methods, options->method)),
				 errhint("Build the matrix with score_matrix_agg(unit, code, value, unit_group, period).")));
	for (int start = 0; start < view->rows; start = end)
	{
		end = matrix_unit_end(view, start);
		CHECK_FOR_INTERRUPTS();
		for (int column = 0; column < view->columns; column++)
		{
			Size		first = (Size) column * view->rows + start;

			if (wanted != NULL && !wanted[column])
				continue;
			if (options->method == IMPUTE_LATEST)
				impute_latest(view->value + first, view->status + first, view->period + start,
							  end - start, (int) options->value);
			else
				impute_linear(view->value + first, view->status + first, view->period + start,
							  end - start, options->method == IMPUTE_LINEAR_CARRIED);
		}
	}
}

/* What the arguments (matrix, method, value, by_period) ask for. */
static column_step
read_impute_step(FunctionCallInfo fcinfo)
{
	column_step step = {.verb = STEP_IMPUTE};
	impute_options *options = &step.as.impute;

	if (PG_ARGISNULL(1) || PG_ARGISNULL(3))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("%s of an imputation is NULL", PG_ARGISNULL(1) ? "method" : "by_period")));
	options->method = choose(PG_GETARG_TEXT_PP(1), "method", impute_methods);
	options->value = PG_ARGISNULL(2) ? 0 : PG_GETARG_FLOAT8(2);
	check_impute_options(options, !PG_ARGISNULL(2));
	step.parts.by_group = impute_by_group(options->method);
	step.parts.by_period = PG_GETARG_BOOL(3);
	step.parts.ungrouped = impute_across(options->method);
	return step;
}

PARINDEX_FUNCTION(parindex_impute);
Datum
parindex_impute(PG_FUNCTION_ARGS)
{
	column_step step;
	matrix_view before;
	matrix_view after;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	step = read_impute_step(fcinfo);
	matrix_open(PG_GETARG_SCORE_MATRIX_P(0), &before);
	matrix_open(matrix_copy(&before), &after);
	run_column_step(&step, NULL, &after, &after, NULL, NULL);
	PG_RETURN_POINTER(after.matrix);
}

/* Every missing cell, with what was put in its place. */
PARINDEX_FUNCTION(parindex_impute_report);
Datum
parindex_impute_report(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	enum {UNIT, CODE, PERIOD, VALUE, SOURCE, COLUMNS};
	Datum		values[COLUMNS];
	bool		nulls[COLUMNS] = {false};
	column_step step;
	matrix_view before;
	matrix_view after;
	Datum		source;

	InitMaterializedSRF(fcinfo, 0);
	if (PG_ARGISNULL(0))
		return (Datum) 0;
	step = read_impute_step(fcinfo);
	matrix_open(PG_GETARG_SCORE_MATRIX_P(0), &before);
	matrix_open(matrix_copy(&before), &after);
	run_column_step(&step, NULL, &after, &after, NULL, NULL);
	source = CStringGetTextDatum(choice_name(impute_methods, step.as.impute.method));
	for (int row = 0; row < before.rows; row++)
	{
		CHECK_FOR_INTERRUPTS();
		for (int column = 0; column < before.columns; column++)
		{
			Size		cell = (Size) column * before.rows + row;

			if (before.status[cell] != CELL_MISSING)
				continue;
			values[UNIT] = matrix_name_datum(&before, before.unit[row]);
			values[CODE] = matrix_name_datum(&before, before.code[column]);
			matrix_put_period(&before, row, &values[PERIOD], &nulls[PERIOD]);
			put_float8(after.value[cell], &values[VALUE], &nulls[VALUE]);
			nulls[SOURCE] = nulls[VALUE];
			values[SOURCE] = source;
			tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
			pfree(DatumGetPointer(values[UNIT]));
			pfree(DatumGetPointer(values[CODE]));
		}
	}
	return (Datum) 0;
}
