/*
 * ahp_weights.c
 *	  ahp_weights(judgements, method): kernel/weights/ahp_weights.h.
 */
#include "postgres.h"
#include "base/compat.h"
#include "fmgr.h"

#include <math.h>

#include "base/arguments/choice.h"
#include "funcapi.h"
#include "kernel/weights/ahp_weights.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/float.h"
#include "utils/tuplestore.h"

/* Far beyond Saaty's 9; products with weights stay far within the doubles. */
#define LARGEST_JUDGEMENT 1e9

/* Reciprocals may be written with three digits: 3 and 0.333, 7 and 0.143. */
#define RECIPROCAL_TOLERANCE 0.005

#define JUDGEMENTS_HINT \
	"Say in [i][j] how many times as important i is as j, and in [j][i] the reciprocal."

/* `detail` is a sentence that says what it must be. */
pg_noreturn static void
refuse_judgement(int i, int j, double judgement, const char *detail)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("judgement [%d][%d] cannot be %s", i + 1, j + 1, float8out_internal(judgement)),
			 errdetail_internal("%s", detail),
			 errhint(JUDGEMENTS_HINT)));
}

/* The order of the matrix; its elements, by row, are the array's. */
static int
check_judgements(ArrayType *array, const double **judgement)
{
	const double *a = (const double *) ARR_DATA_PTR(array);
	int			n;

	if (ARR_NDIM(array) != 2 || ARR_DIMS(array)[0] != ARR_DIMS(array)[1] ||
		ARR_DIMS(array)[0] > AHP_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("judgements must be a square array of 1 to %d rows", AHP_MAX),
				 ARR_NDIM(array) == 2 ?
				 errdetail("The array given has %d rows of %d.", ARR_DIMS(array)[0], ARR_DIMS(array)[1]) :
				 errdetail("The number of dimensions of the array given is %d.", ARR_NDIM(array))));
	if (array_contains_nulls(array))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("judgements must not be null"),
				 errhint(JUDGEMENTS_HINT)));
	n = ARR_DIMS(array)[0];
	for (int i = 0; i < n; i++)
		for (int j = 0; j < n; j++)
		{
			double		x = a[i * n + j];

			if (!(x >= 1 / LARGEST_JUDGEMENT && x <= LARGEST_JUDGEMENT))
				refuse_judgement(i, j, x, _("It must be from 1e-9 to 1e9."));
			if (i == j && x != 1)
				refuse_judgement(i, j, x, _("Each criterion is as important as itself: 1."));
			if (j < i && fabs(x * a[j * n + i] - 1) > RECIPROCAL_TOLERANCE)
				refuse_judgement(i, j, x,
								 psprintf(_("It must be the reciprocal of [%d][%d], which is %s."), j + 1, i + 1,
										  float8out_internal(a[j * n + i])));
		}
	*judgement = a;
	return n;
}

/* Whether by geometric means of rows. */
static const choice methods[] = {{"eigenvector", false}, {"geometric", true}, {NULL, 0}};

PARINDEX_FUNCTION(parindex_ahp_weights);
Datum
parindex_ahp_weights(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	enum {PLACE, WEIGHT, LAMBDA_MAX, CONSISTENCY_INDEX, CONSISTENCY_RATIO, COLUMNS};
	Datum		values[COLUMNS];
	bool		nulls[COLUMNS] = {false};
	bool		geometric = choose(PG_GETARG_TEXT_PP(1), "method", methods);
	const double *judgement;
	double		weight[AHP_MAX];
	double		lambda;
	double		consistency_index;
	int			n;

	InitMaterializedSRF(fcinfo, 0);
	n = check_judgements(PG_GETARG_ARRAYTYPE_P(0), &judgement);
	if (geometric)
		ahp_row_means(judgement, n, weight);
	else if (!ahp_eigenvector(judgement, n, weight))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("judgements contradict each other too much to have an eigenvector found"),
				 errhint("Revise the judgements, or use the method geometric to see their consistency.")));
	lambda = ahp_lambda(judgement, n, weight);
	consistency_index = ahp_consistency_index(lambda, n);
	values[LAMBDA_MAX] = Float8GetDatum(lambda);
	values[CONSISTENCY_INDEX] = Float8GetDatum(consistency_index);
	values[CONSISTENCY_RATIO] = Float8GetDatum(ahp_consistency_ratio(consistency_index, n));
	for (int i = 0; i < n; i++)
	{
		values[PLACE] = Int32GetDatum(i + 1);
		values[WEIGHT] = Float8GetDatum(weight[i]);
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	return (Datum) 0;
}
