/*
 * matrix_stats.c
 *	  Statistics of the criteria of a score matrix: kernel/field/column_stats.h.
 */
#include "postgres.h"
#include "base/result_column.h"
#include "matrix/matrix_rows.h"

#include "funcapi.h"
#include "kernel/field/column_stats.h"
#include "miscadmin.h"

PARINDEX_FUNCTION(parindex_matrix_stats);
Datum
parindex_matrix_stats(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	enum
	{
		CODE, MIN, MAX, MEAN, MEDIAN, STDDEV, SKEWNESS, KURTOSIS,
		AVAILABLE, NONZERO, UNIQUE, SAME,
		SHARE_AVAILABLE, SHARE_NONZERO, SHARE_UNIQUE, SHARE_SAME,
		MISSING, NOT_APPLICABLE, COLUMNS
	};
	Datum		values[COLUMNS];
	bool		nulls[COLUMNS] = {false};
	matrix_view view;
	double	   *sorted;
	double	   *scratch;

	InitMaterializedSRF(fcinfo, 0);
	matrix_open(PG_GETARG_SCORE_MATRIX_P(0), &view);
	sorted = palloc_extended(sizeof(double) * view.rows, MCXT_ALLOC_HUGE);
	scratch = palloc_extended(sizeof(double) * view.rows, MCXT_ALLOC_HUGE);
	for (int column = 0; column < view.columns; column++)
	{
		const double *value = view.value + (Size) column * view.rows;
		const uint8 *status = view.status + (Size) column * view.rows;
		column_moments moments;
		int			nonzero = 0;
		int			not_applicable = 0;
		int			same;
		int			unique;
		double		count;
		double		applicable;

		CHECK_FOR_INTERRUPTS();
		column_get_moments(value, view.rows, &moments);
		column_sort(value, view.rows, sorted, scratch);
		unique = sorted_distinct(sorted, moments.count, &same);
		for (int i = 0; i < moments.count; i++)
			nonzero += sorted[i] != 0;
		for (int row = 0; row < view.rows; row++)
			not_applicable += status[row] == CELL_NOT_APPLICABLE;
		count = moments.count;
		applicable = view.rows - not_applicable;
		if (isinf(moments.sd))
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("standard deviation of criterion \"%s\" is out of range for type double precision",
							matrix_code_cstring(&view, column)),
					 errhint("Scale the values down.")));

		values[CODE] = matrix_name_datum(&view, view.code[column]);
#define PUT(which, x) put_float8((x), &values[which], &nulls[which])
		PUT(MIN, moments.min);
		PUT(MAX, moments.max);
		PUT(MEAN, moments.mean);
		PUT(MEDIAN, sorted_median(sorted, moments.count));
		PUT(STDDEV, moments.sd);
		PUT(SKEWNESS, moments.skewness);
		PUT(KURTOSIS, moments.kurtosis);
		/* Shares of nothing are 0 / 0: NaN, hence NULL. */
		PUT(SHARE_AVAILABLE, count / applicable);
		PUT(SHARE_NONZERO, nonzero / count);
		PUT(SHARE_UNIQUE, unique / count);
		PUT(SHARE_SAME, same / count);
#undef PUT
		values[AVAILABLE] = Int32GetDatum(moments.count);
		values[NONZERO] = Int32GetDatum(nonzero);
		values[UNIQUE] = Int32GetDatum(unique);
		values[SAME] = Int32GetDatum(same);
		values[MISSING] = Int32GetDatum(view.rows - not_applicable - moments.count);
		values[NOT_APPLICABLE] = Int32GetDatum(not_applicable);
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	return (Datum) 0;
}
