/*
 * index_scores.c
 *	  index_scores(score_matrix, framework): every node's score of every unit.
 */
#include "postgres.h"
#include "field/field_scores.h"
#include "framework/framework_argument.h"
#include "framework/node_rows.h"

#include <math.h>

#include "funcapi.h"
#include "matrix/matrix_rows.h"

void
put_index_scores(ReturnSetInfo *result, const matrix_view *matrix, const framework *fw)
{
	Datum		value[SCORE_ROW_COLUMNS];
	bool		null[SCORE_ROW_COLUMNS] = {false};
	Datum	   *code = framework_code_datums(fw);
	matrix_scores scores;

	matrix_check_columns(matrix, fw);
	matrix_scores_open(&scores, matrix, fw);
	for (int row = 0; row < matrix->rows; row++)
	{
		const tree_result *node = matrix_scores_row(&scores, row);

		value[SCORE_ROW_UNIT] = matrix_name_datum(matrix, matrix->unit[row]);
		matrix_put_period(matrix, row, &value[SCORE_ROW_PERIOD], &null[SCORE_ROW_PERIOD]);
		for (int i = 0; i < fw->nodes; i++)
		{
			put_node_result(fw, i, &node[i], code, value, null);
			tuplestore_putvalues(result->setResult, result->setDesc, value, null);
		}
		pfree(DatumGetPointer(value[SCORE_ROW_UNIT]));
	}
}

PARINDEX_FUNCTION(parindex_index_scores);
Datum
parindex_index_scores(PG_FUNCTION_ARGS)
{
	const framework *fw = framework_of(framework_argument(fcinfo, 1));
	matrix_view matrix;

	InitMaterializedSRF(fcinfo, 0);
	matrix_open(PG_GETARG_SCORE_MATRIX_P(0), &matrix);
	put_index_scores((ReturnSetInfo *) fcinfo->resultinfo, &matrix, fw);
	return (Datum) 0;
}
