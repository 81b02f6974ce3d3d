/*
 * equal_weights.c
 *	  The same weight for every criterion of a score matrix.
 */
#include "postgres.h"
#include "matrix/matrix_rows.h"

#include "funcapi.h"

PARINDEX_FUNCTION(parindex_equal_weights);
Datum
parindex_equal_weights(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	enum {CODE, WEIGHT, COLUMNS};
	Datum		values[COLUMNS];
	bool		nulls[COLUMNS] = {false};
	matrix_view view;

	InitMaterializedSRF(fcinfo, 0);
	matrix_open(PG_GETARG_SCORE_MATRIX_P(0), &view);
	for (int column = 0; column < view.columns; column++)
	{
		values[CODE] = matrix_name_datum(&view, view.code[column]);
		values[WEIGHT] = Float8GetDatum(1.0 / view.columns);
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	return (Datum) 0;
}
