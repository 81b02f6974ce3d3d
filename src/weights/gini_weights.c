/*
 * gini_weights.c
 *	  Weights of the criteria of a score matrix by Gini's coefficient:
 *	  kernel/weights/gini_weights.h.
 */
#include "postgres.h"
#include "base/result_column.h"
#include "matrix/matrix_rows.h"

#include "funcapi.h"
#include "kernel/field/column_stats.h"
#include "kernel/weights/gini_weights.h"
#include "kernel/weights/weight_shares.h"
#include "miscadmin.h"
#include "weights/share_checks.h"

PARINDEX_FUNCTION(parindex_gini_weights);
Datum
parindex_gini_weights(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	enum {CODE, WEIGHT, GINI, COLUMNS};
	Datum		values[COLUMNS];
	bool		nulls[COLUMNS] = {false};
	matrix_view view;
	double	   *gini;
	double	   *weight;
	double	   *sorted;
	double	   *scratch;
	bool		weighted;

	InitMaterializedSRF(fcinfo, 0);
	matrix_open(PG_GETARG_SCORE_MATRIX_P(0), &view);
	gini = palloc_extended(sizeof(double) * view.columns, MCXT_ALLOC_HUGE);
	weight = palloc_extended(sizeof(double) * view.columns, MCXT_ALLOC_HUGE);
	sorted = palloc_extended(sizeof(double) * view.rows + 1, MCXT_ALLOC_HUGE);
	scratch = palloc_extended(sizeof(double) * view.rows + 1, MCXT_ALLOC_HUGE);
	for (int column = 0; column < view.columns; column++)
	{
		CHECK_FOR_INTERRUPTS();
		check_not_negative(&view, column, "Gini's coefficient is of shares in the sum of a criterion.");
		gini[column] = gini_coefficient(sorted, column_sort(view.value + (Size) column * view.rows,
															 view.rows, sorted, scratch));
		weight[column] = isnan(gini[column]) ? 0 : gini[column];
	}
	weighted = weight_shares(weight, view.columns, weight);
	for (int column = 0; column < view.columns; column++)
	{
		values[CODE] = matrix_name_datum(&view, view.code[column]);
		put_float8(weighted ? weight[column] : get_float8_nan(), &values[WEIGHT], &nulls[WEIGHT]);
		put_float8(gini[column], &values[GINI], &nulls[GINI]);
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	return (Datum) 0;
}
