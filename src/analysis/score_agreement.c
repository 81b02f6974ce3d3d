/*
 * score_agreement.c
 *	  score_agreement(x, y): how far two sets of scores put the same units in the
 *	  same order, by column_correlations.h.
 */
#include "postgres.h"
#include "base/result_column.h"

#include "analysis/column_correlations.h"
#include "funcapi.h"
#include "utils/array.h"
#include "utils/float.h"
#include "utils/tuplestore.h"

static int
check_scores(ArrayType *array, const char *name)
{
	if (ARR_NDIM(array) > 1)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("scores %s must be an array of one dimension", name)));
	return ARR_NDIM(array) == 0 ? 0 : ARR_DIMS(array)[0];
}

/* NaN where an element is NULL. */
static void
read_scores(ArrayType *array, int count, double *score)
{
	const double *element = (const double *) ARR_DATA_PTR(array);
	const bits8 *bitmap = ARR_NULLBITMAP(array);

	for (int i = 0; i < count; i++)
		score[i] = bitmap != NULL && (bitmap[i / 8] >> i % 8 & 1) == 0 ? get_float8_nan() : *element++;
}

PARINDEX_FUNCTION(parindex_score_agreement);
Datum
parindex_score_agreement(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	enum {N, SPEARMAN_RHO, SPEARMAN_P, KENDALL_TAU, KENDALL_P, COLUMNS};
	Datum		value[COLUMNS];
	bool		null[COLUMNS] = {false};
	ArrayType  *x = PG_GETARG_ARRAYTYPE_P(0);
	ArrayType  *y = PG_GETARG_ARRAYTYPE_P(1);
	int			count = check_scores(x, "x");
	column_correlations prepared;
	double	   *score;
	double		correlation;
	double		p_value;
	int			n;

	InitMaterializedSRF(fcinfo, 0);
	if (check_scores(y, "y") != count)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("scores x and y must be of the same units, in the same order"),
				 errdetail("There are %d and %d.", count, check_scores(y, "y"))));
	score = palloc_extended(sizeof(double) * 2 * (Size) count + 1, MCXT_ALLOC_HUGE);
	read_scores(x, count, score);
	read_scores(y, count, score + count);

	prepare_correlations(&prepared, score, count, 2, SPEARMAN);
	correlation = test_column_correlation(&prepared, 0, 1, &n, &p_value);
	put_float8(correlation, &value[SPEARMAN_RHO], &null[SPEARMAN_RHO]);
	put_float8(p_value, &value[SPEARMAN_P], &null[SPEARMAN_P]);
	prepared.method = KENDALL;
	correlation = test_column_correlation(&prepared, 0, 1, &n, &p_value);
	put_float8(correlation, &value[KENDALL_TAU], &null[KENDALL_TAU]);
	put_float8(p_value, &value[KENDALL_P], &null[KENDALL_P]);
	value[N] = Int32GetDatum(n);
	tuplestore_putvalues(result->setResult, result->setDesc, value, null);
	return (Datum) 0;
}
