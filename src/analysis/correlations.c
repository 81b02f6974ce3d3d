/*
 * correlations.c
 *	  correlations(score_matrix, method): correlations of the criteria, by
 *	  column_correlations.h.
 */
#include "postgres.h"
#include "base/result_column.h"
#include "matrix/matrix_rows.h"

#include "analysis/column_correlations.h"
#include "funcapi.h"

static correlation_method
parse_method(text *name)
{
	static const char *const names[] = {"pearson", "spearman", "kendall"};
	char	   *given = text_to_cstring(name);

	for (int i = 0; i < (int) lengthof(names); i++)
		if (strcmp(given, names[i]) == 0)
			return (correlation_method) i;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("unknown correlation \"%s\"", given),
			 errhint("Use pearson, spearman or kendall.")));
	pg_unreachable();
}

PARINDEX_FUNCTION(parindex_correlations);
Datum
parindex_correlations(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	enum {CODE_A, CODE_B, CORRELATION, N, COLUMNS};
	correlation_method method = parse_method(PG_GETARG_TEXT_PP(1));
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
			double		correlation = correlate(&prepared, i, j, &n);
			Datum		value[COLUMNS];
			bool		null[COLUMNS] = {false};

			value[CODE_A] = code[i];
			value[CODE_B] = code[j];
			put_float8(correlation, &value[CORRELATION], &null[CORRELATION]);
			value[N] = Int32GetDatum(n);
			tuplestore_putvalues(result->setResult, result->setDesc, value, null);
		}
	}
	return (Datum) 0;
}
