/*
 * correlations.c
 *	  correlations(score_matrix, method), and correlation_tests() with p-values:
 *	  correlations of the criteria, by column_correlations.h.
 */
#include "postgres.h"
#include "base/arguments/choice.h"
#include "base/result_column.h"
#include "matrix/matrix_rows.h"

#include "analysis/column_correlations.h"
#include "funcapi.h"

static const choice methods[] = {
	{"pearson", PEARSON}, {"spearman", SPEARMAN}, {"kendall", KENDALL}, {NULL, 0}
};

static void
put_correlations(FunctionCallInfo fcinfo, bool tested)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	enum {CODE_A, CODE_B, CORRELATION, N, P_VALUE, COLUMNS};
	correlation_method method = choose(PG_GETARG_TEXT_PP(1), "method", methods);
	matrix_view matrix;
	column_correlations prepared;
	Datum	   *code;

	InitMaterializedSRF(fcinfo, 0);
	matrix_open(PG_GETARG_SCORE_MATRIX_P(0), &matrix);
	prepare_correlations(&prepared, matrix.value, matrix.rows, matrix.columns, method);
	code = palloc_extended(sizeof(Datum) * Max(matrix.columns, 1), MCXT_ALLOC_HUGE);
	for (int i = 0; i < matrix.columns; i++)
		code[i] = matrix_name_datum(&matrix, matrix.code[i]);
	for (int i = 0; i < matrix.columns; i++)
	{
		for (int j = i + 1; j < matrix.columns; j++)
		{
			int			n;
			double		p_value = get_float8_nan();
			double		correlation = tested ? test_column_correlation(&prepared, i, j, &n, &p_value) :
				column_correlation(&prepared, i, j, &n);
			Datum		value[COLUMNS];
			bool		null[COLUMNS] = {false};

			value[CODE_A] = code[i];
			value[CODE_B] = code[j];
			put_float8(correlation, &value[CORRELATION], &null[CORRELATION]);
			value[N] = Int32GetDatum(n);
			/* Where there is no such column nobody looks at it. */
			put_float8(p_value, &value[P_VALUE], &null[P_VALUE]);
			tuplestore_putvalues(result->setResult, result->setDesc, value, null);
		}
	}
}

PARINDEX_FUNCTION(parindex_correlations);
Datum
parindex_correlations(PG_FUNCTION_ARGS)
{
	put_correlations(fcinfo, false);
	return (Datum) 0;
}

PARINDEX_FUNCTION(parindex_correlation_tests);
Datum
parindex_correlation_tests(PG_FUNCTION_ARGS)
{
	put_correlations(fcinfo, true);
	return (Datum) 0;
}
