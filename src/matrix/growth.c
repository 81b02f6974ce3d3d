/*
 * growth.c
 *	  growth(): how values change over the periods of a matrix.
 */
#include "postgres.h"
#include "base/arguments/choice.h"
#include "base/result_column.h"
#include "matrix/matrix_rows.h"

#include <math.h>

#include "funcapi.h"
#include "kernel/exact/exact_quotient.h"
#include "kernel/field/transform.h"
#include "miscadmin.h"

typedef enum growth_kind
{
	GROWTH_COMPOUND,			/* (last / first) ^ (1 / periods) - 1 */
	GROWTH_RELATIVE,			/* last / first - 1 */
	GROWTH_CHANGE,				/* last - first */
	GROWTH_SLOPE				/* of least squares on the period */
} growth_kind;

static const choice growth_kinds[] = {
	{"compound", GROWTH_COMPOUND},
	{"relative", GROWTH_RELATIVE},
	{"change", GROWTH_CHANGE},
	{"slope", GROWTH_SLOPE},
	{NULL, 0}
};

/* The observed values of a unit and a criterion, by period: n >= 2 of them. */
typedef struct series
{
	int			n;
	double	   *value;
	int32	   *period;
} series;

/*
 * Exact, rounded once: with d = n t - sum of t, a whole number, the slope is
 * n sum(d y) / sum(d^2). NaN where these are too large to be exact.
 */
static double
slope(const series *s)
{
	exact_quotient result;
	double		sum = 0;

	exact_quotient_init(&result);
	for (int i = 0; i < s->n; i++)
		sum += s->period[i];
	for (int i = 0; i < s->n; i++)
	{
		double		d = (double) s->n * s->period[i] - sum;

		exact_quotient_add(&result, s->value[i], s->n * d, d * d);
	}
	return exact_quotient_get(&result);
}

/* NaN where the first value, or both, must be above 0 and are not. */
static double
growth_of(const series *s, growth_kind kind)
{
	double		first = s->value[0];
	double		last = s->value[s->n - 1];
	transform	root = {TRANSFORM_POWER, 1.0 / ((double) s->period[s->n - 1] - s->period[0]), 0};
	double		result;

	switch (kind)
	{
		case GROWTH_COMPOUND:
			if (!(first > 0) || !(last > 0) || !transform_at(&root, last / first, &result))
				return get_float8_nan();
			return result - 1;
		case GROWTH_RELATIVE:
			return first > 0 ? last / first - 1 : get_float8_nan();
		case GROWTH_CHANGE:
			return last - first;
		case GROWTH_SLOPE:
			break;
	}
	return slope(s);
}

/* What a unit has of a criterion in rows start .. end - 1, from `from` to `to`. */
static void
read_series(const matrix_view *view, int column, int start, int end, int32 from, int32 to, series *s)
{
	s->n = 0;
	for (int row = start; row < end; row++)
	{
		Size		cell = (Size) column * view->rows + row;

		if (view->status[cell] != CELL_OBSERVED || view->period[row] < from || view->period[row] > to)
			continue;
		s->value[s->n] = view->value[cell];
		s->period[s->n++] = view->period[row];
	}
}

/* (matrix, kind, from_period, to_period) */
PARINDEX_FUNCTION(parindex_growth);
Datum
parindex_growth(PG_FUNCTION_ARGS)
{
	enum {UNIT, CODE, FIRST_PERIOD, LAST_PERIOD, PERIODS, FIRST_VALUE, LAST_VALUE, GROWTH, COLUMNS};
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	Datum		value[COLUMNS];
	bool		null[COLUMNS] = {false};
	matrix_view view;
	growth_kind kind;
	int32		from = PG_ARGISNULL(2) ? PG_INT32_MIN : PG_GETARG_INT32(2);
	int32		to = PG_ARGISNULL(3) ? PG_INT32_MAX : PG_GETARG_INT32(3);
	series		s;
	int			end;

	InitMaterializedSRF(fcinfo, 0);
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		return (Datum) 0;
	kind = (growth_kind) choose(PG_GETARG_TEXT_PP(1), "kind of growth", growth_kinds);
	matrix_open(PG_GETARG_SCORE_MATRIX_P(0), &view);
	if (view.period == NULL && view.rows > 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("growth needs periods"),
				 errhint("Build the matrix with score_matrix_agg(unit, code, value, unit_group, period).")));
	s.value = palloc_extended(sizeof(double) * Max(view.rows, 1), MCXT_ALLOC_HUGE);
	s.period = palloc_extended(sizeof(int32) * Max(view.rows, 1), MCXT_ALLOC_HUGE);
	for (int start = 0; start < view.rows; start = end)
	{
		end = matrix_unit_end(&view, start);
		value[UNIT] = matrix_name_datum(&view, view.unit[start]);
		for (int column = 0; column < view.columns; column++)
		{
			double		growth;

			CHECK_FOR_INTERRUPTS();
			read_series(&view, column, start, end, from, to, &s);
			if (s.n == 0)
				continue;
			growth = s.n < 2 ? get_float8_nan() : growth_of(&s, kind);
			value[CODE] = matrix_name_datum(&view, view.code[column]);
			value[FIRST_PERIOD] = Int32GetDatum(s.period[0]);
			value[LAST_PERIOD] = Int32GetDatum(s.period[s.n - 1]);
			value[PERIODS] = Int32GetDatum(s.n);
			value[FIRST_VALUE] = Float8GetDatum(s.value[0]);
			value[LAST_VALUE] = Float8GetDatum(s.value[s.n - 1]);
			if (isinf(growth))
				ereport(ERROR,
						(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
						 errmsg("growth of criterion \"%s\" of unit \"%s\" is out of range for type double precision",
								matrix_code_cstring(&view, column), matrix_unit_cstring(&view, start))));
			put_float8(growth, &value[GROWTH], &null[GROWTH]);
			tuplestore_putvalues(result->setResult, result->setDesc, value, null);
			pfree(DatumGetPointer(value[CODE]));
		}
		pfree(DatumGetPointer(value[UNIT]));
	}
	return (Datum) 0;
}
