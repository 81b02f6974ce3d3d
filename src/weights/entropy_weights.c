/*
 * entropy_weights.c
 *	  Weights of the criteria of a score matrix by their entropy:
 *	  kernel/weights/entropy_weights.h.
 */
#include "postgres.h"
#include "base/result_column.h"
#include "matrix/matrix_rows.h"

#include "funcapi.h"
#include "kernel/weights/entropy_weights.h"
#include "kernel/weights/weight_shares.h"
#include "miscadmin.h"
#include "weights/share_checks.h"

/* Cells between two looks for an interrupt; a logarithm takes some 100 ns. */
#define STRETCH 65536

static double
diversification_of(const matrix_view *view, int column)
{
	const double *value = view->value + (Size) column * view->rows;
	entropy_sums sums;

	check_not_negative(view, column, "Entropy is that of each unit's share in the sum of a criterion.");
	entropy_init(&sums);
	for (int row = 0; row < view->rows; row += Min(STRETCH, view->rows - row))
	{
		CHECK_FOR_INTERRUPTS();
		entropy_add(&sums, value + row, Min(STRETCH, view->rows - row));
	}
	return entropy_diversification(&sums);
}

PARINDEX_FUNCTION(parindex_entropy_weights);
Datum
parindex_entropy_weights(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	enum {CODE, WEIGHT, ENTROPY, DIVERSIFICATION, COLUMNS};
	Datum		values[COLUMNS];
	bool		nulls[COLUMNS] = {false};
	matrix_view view;
	double	   *diversification;
	double	   *weight;
	bool		weighted;

	InitMaterializedSRF(fcinfo, 0);
	matrix_open(PG_GETARG_SCORE_MATRIX_P(0), &view);
	diversification = palloc_extended(sizeof(double) * view.columns, MCXT_ALLOC_HUGE);
	weight = palloc_extended(sizeof(double) * view.columns, MCXT_ALLOC_HUGE);
	for (int column = 0; column < view.columns; column++)
	{
		diversification[column] = diversification_of(&view, column);
		weight[column] = isnan(diversification[column]) ? 0 : diversification[column];
	}
	weighted = weight_shares(weight, view.columns, weight);
	for (int column = 0; column < view.columns; column++)
	{
		values[CODE] = matrix_name_datum(&view, view.code[column]);
		put_float8(weighted ? weight[column] : get_float8_nan(), &values[WEIGHT], &nulls[WEIGHT]);
		put_float8(1 - diversification[column], &values[ENTROPY], &nulls[ENTROPY]);
		put_float8(diversification[column], &values[DIVERSIFICATION], &nulls[DIVERSIFICATION]);
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	return (Datum) 0;
}
