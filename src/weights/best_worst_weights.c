/*
 * best_worst_weights.c
 *	  best_worst_weights(best_to_others, others_to_worst, …):
 *	  kernel/weights/best_worst_weights.h.
 */
#include "postgres.h"
#include "base/compat.h"
#include "fmgr.h"

#include "base/arguments/argument_checks.h"
#include "funcapi.h"
#include "kernel/weights/best_worst_weights.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/float.h"
#include "utils/tuplestore.h"

/* Far beyond the 9 of the usual scale; differences of products stay exact enough. */
#define LARGEST_JUDGEMENT 1e6

static const double *
judgements_argument(FunctionCallInfo fcinfo, int argument, const char *name, int *count)
{
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(argument);
	const double *judgement = (const double *) ARR_DATA_PTR(array);

	if (ARR_NDIM(array) != 1 || ARR_DIMS(array)[0] > BEST_WORST_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("%s must be an array of one dimension and 1 to %d judgements", name, BEST_WORST_MAX)));
	if (array_contains_nulls(array))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("judgements must not be null")));
	*count = ARR_DIMS(array)[0];
	for (int i = 0; i < *count; i++)
		if (!(judgement[i] >= 1 && judgement[i] <= LARGEST_JUDGEMENT))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("judgement %s[%d] cannot be %s", name, i + 1, float8out_internal(judgement[i])),
					 errdetail("It must be from 1 to 1e6."),
					 errhint("Say how many times as important the best is as each, and each as the worst; 1 to 9 is usual.")));
	return judgement;
}

/* The place, from 0, that is given or that alone has 1. */
static int
place_argument(FunctionCallInfo fcinfo, int argument, const char *what, const double *judgement, int count)
{
	int			place = -1;

	if (!PG_ARGISNULL(argument))
	{
		place = PG_GETARG_INT32(argument) - 1;
		if (place < 0 || place >= count || judgement[place] != 1)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("criterion %d cannot be the %s", place + 1, what),
					 place < 0 || place >= count ?
					 errdetail("There are %d criteria.", count) :
					 errdetail("Its own judgement is %s rather than 1.", float8out_internal(judgement[place]))));
		return place;
	}
	for (int i = 0; i < count; i++)
	{
		if (judgement[i] != 1)
			continue;
		if (place >= 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("criteria %d and %d may both be the %s", place + 1, i + 1, what),
					 errdetail("Both have the judgement 1."),
					 errhint("Say which by the argument \"%s\".", what)));
		place = i;
	}
	if (place < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("no criterion can be the %s", what),
				 errdetail("It is as important as itself: its judgement must be 1.")));
	return place;
}

/* Arguments: best_to_others, others_to_worst, best, worst; the last two may be NULL. */
PARINDEX_FUNCTION(parindex_best_worst_weights);
Datum
parindex_best_worst_weights(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	enum {PLACE, WEIGHT, XI, CONSISTENCY_RATIO, COLUMNS};
	Datum		values[COLUMNS];
	bool		nulls[COLUMNS] = {false};
	best_worst	judgements;
	double		weight[BEST_WORST_MAX];
	double		xi;
	int			others;
	best_worst_status status;

	InitMaterializedSRF(fcinfo, 0);
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		return (Datum) 0;
	judgements.to_others = judgements_argument(fcinfo, 0, "best_to_others", &judgements.criteria);
	judgements.to_worst = judgements_argument(fcinfo, 1, "others_to_worst", &others);
	if (others != judgements.criteria)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("best_to_others and others_to_worst must have a judgement for each criterion"),
				 errdetail("There are %d and %d.", judgements.criteria, others)));
	judgements.best = place_argument(fcinfo, 2, "best", judgements.to_others, others);
	judgements.worst = place_argument(fcinfo, 3, "worst", judgements.to_worst, others);
	if (judgements.to_others[judgements.worst] != judgements.to_worst[judgements.best])
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the best is said to be %s times and %s times as important as the worst",
						float8out_internal(judgements.to_others[judgements.worst]),
						float8out_internal(judgements.to_worst[judgements.best])),
				 errdetail("best_to_others[%d] and others_to_worst[%d] are the same judgement.",
						   judgements.worst + 1, judgements.best + 1)));
	status = best_worst_solve(&judgements, weight, &xi);
	if (status == BEST_WORST_NO_MEMORY)
		ereport(ERROR, (errcode(ERRCODE_OUT_OF_MEMORY), errmsg("out of memory")));
	if (status == BEST_WORST_INEXACT)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("weights could not be found to 9 digits"),
				 errdetail("The judgements lie too many orders of magnitude apart.")));
	values[XI] = Float8GetDatum(xi);
	values[CONSISTENCY_RATIO] = Float8GetDatum(best_worst_consistency_ratio(&judgements));
	for (int i = 0; i < judgements.criteria; i++)
	{
		values[PLACE] = Int32GetDatum(i + 1);
		values[WEIGHT] = Float8GetDatum(weight[i]);
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	return (Datum) 0;
}
