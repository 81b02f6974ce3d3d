/*
 * compare_scores.c
 *	  compare_scores(score_matrix, framework, framework, digits): the index
 *	  and ranks of the same field under two frameworks.
 *
 * A change of rank is positive where the unit climbs, as in the model.
 */
#include "postgres.h"
#include "base/result_column.h"
#include "framework/framework_argument.h"
#include "field/field_ranks.h"
#include "field/field_scores.h"

#include <math.h>

#include "funcapi.h"
#include "matrix/matrix_rows.h"

/* The index under one framework. */
typedef struct outcome
{
	double	   *score;
	int		   *rank;			/* 0: none */
} outcome;

static outcome
evaluate_outcome(const matrix_view *matrix, const framework *fw, const matrix_parts *periods, int digits)
{
	outcome		outcome;
	field_order order;

	matrix_check_columns(matrix, fw);
	outcome.score = matrix_index(matrix, fw);
	outcome.rank = palloc(sizeof(int) * Max(matrix->rows, 1));
	field_order_init(&order, matrix->rows);
	field_order_scores(&order, outcome.score, matrix->rows, digits);
	field_rank(&order, periods, matrix->rows, outcome.rank, NULL);
	pfree(order.ranked);
	return outcome;
}

PARINDEX_FUNCTION(parindex_compare_scores);
Datum
parindex_compare_scores(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	enum {UNIT, SCORE_A, SCORE_B, SCORE_CHANGE, RANK_A, RANK_B, RANK_CHANGE, PERIOD, COLUMNS};
	matrix_view matrix;
	matrix_parts periods;
	int			digits;
	outcome		a;
	outcome		b;

	InitMaterializedSRF(fcinfo, 0);
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(2))
		return (Datum) 0;
	digits = digits_argument(fcinfo, 3);
	matrix_open(PG_GETARG_SCORE_MATRIX_P(0), &matrix);
	periods = matrix_periods(&matrix);
	a = evaluate_outcome(&matrix, framework_of(framework_argument(fcinfo, 1)), &periods, digits);
	b = evaluate_outcome(&matrix, framework_of(framework_argument(fcinfo, 2)), &periods, digits);
	for (int row = 0; row < matrix.rows; row++)
	{
		Datum		value[COLUMNS];
		bool		null[COLUMNS] = {false};

		value[UNIT] = matrix_name_datum(&matrix, matrix.unit[row]);
		matrix_put_period(&matrix, row, &value[PERIOD], &null[PERIOD]);
		put_float8(a.score[row], &value[SCORE_A], &null[SCORE_A]);
		put_float8(b.score[row], &value[SCORE_B], &null[SCORE_B]);
		put_float8(check_finite_result(b.score[row] - a.score[row], "change of a score"),
				   &value[SCORE_CHANGE], &null[SCORE_CHANGE]);
		put_rank(a.rank[row], &value[RANK_A], &null[RANK_A]);
		put_rank(b.rank[row], &value[RANK_B], &null[RANK_B]);
		value[RANK_CHANGE] = Int32GetDatum(a.rank[row] - b.rank[row]);
		null[RANK_CHANGE] = null[RANK_A] || null[RANK_B];
		tuplestore_putvalues(result->setResult, result->setDesc, value, null);
		pfree(DatumGetPointer(value[UNIT]));
	}
	return (Datum) 0;
}
