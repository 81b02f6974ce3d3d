/*
 * impute.c
 *	  Imputation over a score matrix, and the report of what it filled.
 */
#include "postgres.h"
#include "base/arguments/choice.h"
#include "base/result_column.h"
#include "matrix/matrix_groups.h"
#include "matrix/matrix_rows.h"

#include "funcapi.h"
#include "kernel/field/impute.h"
#include "miscadmin.h"

typedef enum impute_method
{
	IMPUTE_MEAN,
	IMPUTE_MEDIAN,
	IMPUTE_GROUP_MEAN,
	IMPUTE_GROUP_MEDIAN,
	IMPUTE_CONSTANT,
	IMPUTE_LATEST,
	IMPUTE_LINEAR
} impute_method;

static const choice methods[] = {
	{"mean", IMPUTE_MEAN},
	{"median", IMPUTE_MEDIAN},
	{"group_mean", IMPUTE_GROUP_MEAN},
	{"group_median", IMPUTE_GROUP_MEDIAN},
	{"constant", IMPUTE_CONSTANT},
	{"latest", IMPUTE_LATEST},
	{"linear", IMPUTE_LINEAR},
	{NULL, 0}
};

/* Rows share a mean with those of their group, of their period, or of both. */
static void
impute_centers(const matrix_view *view, bool median, bool by_group, bool by_period)
{
	double	   *scratch = palloc_extended(3 * sizeof(double) * view->rows, MCXT_ALLOC_HUGE);
	matrix_parts parts = matrix_parts_by(view, by_group, by_period);
	part_rows	of = rows_of_parts(&parts, view->rows);

	for (int column = 0; column < view->columns; column++)
	{
		Size		first = (Size) column * view->rows;

		CHECK_FOR_INTERRUPTS();
		for (int part = 0; part < of.count; part++)
			impute_center(view->value + first, view->status + first,
						  of.row + of.start[part], of.start[part + 1] - of.start[part],
						  median, scratch);
	}
}

/* Rows of a unit stand together, by period. */
static void
impute_over_periods(const matrix_view *view, impute_method method)
{
	int			end;

	if (view->period == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("imputation by \"%s\" needs periods", choice_name(methods, method)),
				 errhint("Build the matrix with score_matrix_agg(unit, code, value, unit_group, period).")));
	for (int start = 0; start < view->rows; start = end)
	{
		const matrix_name unit = view->unit[start];

		/* Rows of equal units share the bytes of their name. */
		for (end = start + 1; end < view->rows && view->unit[end].offset == unit.offset &&
			 view->unit[end].length == unit.length; end++)
			;
		CHECK_FOR_INTERRUPTS();
		for (int column = 0; column < view->columns; column++)
		{
			Size		first = (Size) column * view->rows + start;

			if (method == IMPUTE_LATEST)
				impute_latest(view->value + first, view->status + first, end - start);
			else
				impute_linear(view->value + first, view->status + first,
							  view->period + start, end - start);
		}
	}
}

/* What the arguments (matrix, method, value, by_period) ask for. */
typedef struct impute_options
{
	impute_method method;
	double		value;
	bool		by_period;
} impute_options;

static void
read_impute_options(FunctionCallInfo fcinfo, impute_options *options)
{
	bool		has_value = !PG_ARGISNULL(2);

	if (PG_ARGISNULL(1) || PG_ARGISNULL(3))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("%s of an imputation is NULL", PG_ARGISNULL(1) ? "method" : "by_period")));
	options->method = choose(PG_GETARG_TEXT_PP(1), "method", methods);
	options->value = has_value ? PG_GETARG_FLOAT8(2) : 0;
	options->by_period = PG_GETARG_BOOL(3);
	if (has_value != (options->method == IMPUTE_CONSTANT))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("imputation by \"%s\" takes %s value", choice_name(methods, options->method),
						has_value ? "no" : "a"),
				 errhint("Only the method constant takes a value: impute(matrix, 'constant', value => 0).")));
	if (!isfinite(options->value))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("value of an imputation is not finite: %s",
						float8out_internal(options->value))));
}

/* Fill the cells of a matrix that is ours to change. */
static void
impute(const matrix_view *view, const impute_options *options)
{
	switch (options->method)
	{
		case IMPUTE_MEAN:
		case IMPUTE_MEDIAN:
			impute_centers(view, options->method == IMPUTE_MEDIAN, false, options->by_period);
			break;
		case IMPUTE_GROUP_MEAN:
		case IMPUTE_GROUP_MEDIAN:
			impute_centers(view, options->method == IMPUTE_GROUP_MEDIAN, true, options->by_period);
			break;
		case IMPUTE_CONSTANT:
			for (int column = 0; column < view->columns; column++)
			{
				Size		first = (Size) column * view->rows;

				CHECK_FOR_INTERRUPTS();
				impute_constant(view->value + first, view->status + first, view->rows,
								options->value);
			}
			break;
		default:
			impute_over_periods(view, options->method);
	}
}

PARINDEX_FUNCTION(parindex_impute);
Datum
parindex_impute(PG_FUNCTION_ARGS)
{
	impute_options options;
	matrix_view before;
	matrix_view after;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	read_impute_options(fcinfo, &options);
	matrix_open(PG_GETARG_SCORE_MATRIX_P(0), &before);
	matrix_open(matrix_copy(&before), &after);
	impute(&after, &options);
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
	impute_options options;
	matrix_view before;
	matrix_view after;
	Datum		source;

	InitMaterializedSRF(fcinfo, 0);
	if (PG_ARGISNULL(0))
		return (Datum) 0;
	read_impute_options(fcinfo, &options);
	matrix_open(PG_GETARG_SCORE_MATRIX_P(0), &before);
	matrix_open(matrix_copy(&before), &after);
	impute(&after, &options);
	source = CStringGetTextDatum(choice_name(methods, options.method));
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
