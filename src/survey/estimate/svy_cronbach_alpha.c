/*
 * svy_cronbach_alpha.c
 *	  svy_cronbach_alpha(): how consistently items measure one thing, from
 *	  weighted answers.
 *
 * Cronbach's (1951) k / (k - 1) * (1 - sum of the variances of the k items /
 * variance of their sum), with variances by weights, as svycralpha() of R's
 * survey. The state holds exact moments of each item and of the sum.
 */
#include "postgres.h"
#include "statistics/moments_array.h"

#include <math.h>

#include "statistics/weighted_variance.h"
#include "utils/array.h"
#include "utils/float.h"

#define MOST_ITEMS 1000
#define FIRST_SIZE 128

static double
check_weight(FunctionCallInfo fcinfo)
{
	double		weight;

	if (PG_ARGISNULL(2))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("weight of a respondent is NULL"),
				 errhint("Leave the row out with FILTER (WHERE weight IS NOT NULL).")));
	weight = PG_GETARG_FLOAT8(2);
	if (!(weight >= 0) || isinf(weight))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("weight %s of a respondent is not valid", float8out_internal(weight)),
				 errdetail("A weight must be a finite number, not below zero.")));
	return weight;
}

/* Arguments: state, items, weight. */
PARINDEX_FUNCTION(parindex_svy_cronbach_alpha_add);
Datum
parindex_svy_cronbach_alpha_add(PG_FUNCTION_ARGS)
{
	MemoryContext context;
	moment_array *array = PG_ARGISNULL(0) ? NULL : (moment_array *) PG_GETARG_POINTER(0);
	ArrayType  *items;
	const double *item;
	double		weight;
	double		sum = 0;
	bool		finite = true;
	int			count;

	if (!AggCheckCallContext(fcinfo, &context))
		outside_aggregate();
	if (PG_ARGISNULL(1))
		return moment_array_as_it_was(fcinfo);
	items = PG_GETARG_ARRAYTYPE_P(1);
	count = ARR_NDIM(items) == 1 ? ARR_DIMS(items)[0] : 0;
	if (count < 1 || count > MOST_ITEMS || (array != NULL && count != array->length - 1))
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("items of a respondent must be a list of 1 to %d, of one length for all", MOST_ITEMS)));
	if (array_contains_nulls(items))
		return moment_array_as_it_was(fcinfo);
	weight = check_weight(fcinfo);
	if (array == NULL)
		array = moment_array_new(context, count + 1, MOMENTS_SQUARES, FIRST_SIZE);
	item = (const double *) ARR_DATA_PTR(items);
	for (int i = 0; i < count; i++)
	{
		moment_array_add(array, i, MOMENTS_SQUARES, item[i], weight);
		sum += item[i];
		finite &= isfinite(item[i]) != 0;
	}
	if (finite && isinf(sum))
		float_overflow_error();
	moment_array_add(array, count, MOMENTS_SQUARES, sum, weight);
	PG_RETURN_POINTER(array);
}

PARINDEX_FUNCTION(parindex_svy_cronbach_alpha_final);
Datum
parindex_svy_cronbach_alpha_final(PG_FUNCTION_ARGS)
{
	const moment_array *array;
	int			items;
	double		total;
	double		variance;
	double		shares = 0;		/* of the items' variances in that of the sum */
	double		alpha;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	array = (const moment_array *) PG_GETARG_POINTER(0);
	items = array->length - 1;
	if (items < 2 ||
		!moment_state_variance(array->state[items], VARIANCE_POPULATION, false, &total) ||
		!(total > 0))
		PG_RETURN_NULL();
	for (int i = 0; i < items; i++)
	{
		if (!moment_state_variance(array->state[i], VARIANCE_POPULATION, false, &variance))
			PG_RETURN_NULL();
		shares += variance / total;
	}
	alpha = items / (items - 1.0) * (1 - shares);
	if (isnan(alpha))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(alpha);
}
