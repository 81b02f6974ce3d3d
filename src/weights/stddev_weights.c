/*
 * stddev_weights.c
 *	  stddev_weights(score_matrix): weights of the criteria by their standard
 *	  deviations, each criterion being brought to 0..1 first.
 */
#include "postgres.h"
#include "base/result_column.h"
#include "matrix/matrix_rows.h"

#include "analysis/column_correlations.h"
#include "funcapi.h"
#include "kernel/weights/weight_shares.h"

PARINDEX_FUNCTION(parindex_stddev_weights);
Datum
parindex_stddev_weights(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	enum {CODE, WEIGHT, STDDEV, COLUMNS};
	Datum		values[COLUMNS];
	bool		nulls[COLUMNS] = {false};
	matrix_view view;
	column_correlations prepared;
	double	   *stddev;
	double	   *weight;
	bool		weighted;

	InitMaterializedSRF(fcinfo, 0);
	matrix_open(PG_GETARG_SCORE_MATRIX_P(0), &view);
	prepare_correlations(&prepared, view.value, view.rows, view.columns, PEARSON);
	stddev = palloc_extended(sizeof(double) * view.columns, MCXT_ALLOC_HUGE);
	weight = palloc_extended(sizeof(double) * view.columns, MCXT_ALLOC_HUGE);
	for (int column = 0; column < view.columns; column++)
	{
		const prepared_column *own = &prepared.column[column];

		stddev[column] = integer_spread(&own->alone, view.rows, own->count);
		weight[column] = isnan(stddev[column]) ? 0 : stddev[column];
	}
	weighted = weight_shares(weight, view.columns, weight);
	for (int column = 0; column < view.columns; column++)
	{
		values[CODE] = matrix_name_datum(&view, view.code[column]);
		put_float8(weighted ? weight[column] : get_float8_nan(), &values[WEIGHT], &nulls[WEIGHT]);
		put_float8(stddev[column], &values[STDDEV], &nulls[STDDEV]);
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	return (Datum) 0;
}
