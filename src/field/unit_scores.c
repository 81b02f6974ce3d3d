/*
 * unit_scores.c
 *	  unit_scores(score_matrix, framework): the index alone, a row a unit, of
 *	  what index_scores() gives of every node.
 */
#include "postgres.h"
#include "base/result_column.h"
#include "field/field_scores.h"
#include "framework/framework_argument.h"

#include "funcapi.h"
#include "matrix/matrix_rows.h"

PARINDEX_FUNCTION(parindex_unit_scores);
Datum
parindex_unit_scores(PG_FUNCTION_ARGS)
{
	const framework *fw = framework_of(framework_argument(fcinfo, 1));
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	enum {UNIT, PERIOD, SCORE, COLUMNS};
	Datum		value[COLUMNS];
	bool		null[COLUMNS] = {false};
	matrix_scores scores;
	matrix_view matrix;

	InitMaterializedSRF(fcinfo, 0);
	matrix_open(PG_GETARG_SCORE_MATRIX_P(0), &matrix);
	matrix_check_columns(&matrix, fw);
	matrix_scores_open(&scores, &matrix, fw);
	for (int row = 0; row < matrix.rows; row++)
	{
		value[UNIT] = matrix_name_datum(&matrix, matrix.unit[row]);
		matrix_put_period(&matrix, row, &value[PERIOD], &null[PERIOD]);
		put_float8(matrix_scores_row(&scores, row)[0].score, &value[SCORE], &null[SCORE]);
		tuplestore_putvalues(result->setResult, result->setDesc, value, null);
		pfree(DatumGetPointer(value[UNIT]));
	}
	return (Datum) 0;
}
