/*
 * trim_weights.c
 *	  trim_weights(): weights cut at bounds, and what was cut off shared by
 *	  the others, so that their sum stays.
 *
 * Each weight within the bounds gets an equal part of what was cut off, as
 * trimWeights() of R's survey does. That may push some over a bound: `strict`
 * repeats until it does not.
 */
#include "postgres.h"
#include "compat.h"

#include <math.h>

#include "fmgr.h"
#include "kernel/exact_total.h"
#include "miscadmin.h"
#include "partition_arguments.h"
#include "utils/builtins.h"
#include "utils/float.h"
#include "utils/memutils.h"

#define ROWS_PER_RESET	64

PARINDEX_FUNCTION(parindex_trim_weights);

enum
{
	ARG_WEIGHT,
	ARG_LOWER,
	ARG_UPPER,
	ARG_STRICT
};

/* Zeroed at the start of a partition; in its memory. */
typedef struct TrimState
{
	PartitionArguments arguments;
	double	   *weight;			/* by row, trimmed; NaN for NULL */
} TrimState;

static double *
read_weights(WindowObject winobj, uint32 nrows, MemoryContext context)
{
	double	   *weight = MemoryContextAllocHuge(context, sizeof(double) * (Size) nrows);

	for (uint32 row = 0; row < nrows; row++)
	{
		bool		isnull;
		Datum		w = WinGetFuncArgInPartition(winobj, ARG_WEIGHT, row, WINDOW_SEEK_HEAD,
												 false, &isnull, NULL);

		CHECK_FOR_INTERRUPTS();
		weight[row] = isnull ? get_float8_nan() : DatumGetFloat8(w);
		if (!isnull && !isfinite(weight[row]))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("weight %s of a respondent is not valid", float8out_internal(weight[row])),
					 errdetail("It must be a finite number.")));
	}
	return weight;
}

/* Trims once; false where all weights lie within the bounds. */
static bool
trim_once(double *weight, uint32 nrows, double lower, double upper)
{
	exact_total cut_off;
	exact_integer sum;
	uint32		inside = 0;
	uint32		outside = 0;
	double		share;

	exact_total_init(&cut_off);
	for (uint32 row = 0; row < nrows; row++)
	{
		double		w = weight[row];

		CHECK_FOR_INTERRUPTS();
		if (w < lower || w > upper)
		{
			outside++;
			exact_total_add_product(&cut_off, w, 1);
			exact_total_add_product(&cut_off, w < lower ? lower : upper, -1);
		}
		else if (!isnan(w))
			inside++;
	}
	if (outside == 0)
		return false;
	if (inside == 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("no weight lies within the bounds %s and %s",
						float8out_internal(lower), float8out_internal(upper)),
				 errdetail("What is cut off must be shared by weights within the bounds, so that the sum stays.")));
	exact_total_get(&cut_off, &sum);
	share = exact_integer_round(&sum) / inside;
	for (uint32 row = 0; row < nrows; row++)
	{
		double		w = weight[row];

		weight[row] = w < lower ? lower : w > upper ? upper : w + share;
	}
	return true;
}

static void
trim_partition(FunctionCallInfo fcinfo, TrimState *state)
{
	static const char *const names[] = {"weight", "lower", "upper", "strict"};
	WindowObject winobj = PG_WINDOW_OBJECT();
	MemoryContext context = GetMemoryChunkContext(state);
	int64		nrows = WinGetPartitionRowCount(winobj);
	bool		no_lower;
	bool		no_upper;
	double		lower;
	double		upper;
	bool		strict;

	keep_partition_arguments(fcinfo, names, ARG_LOWER, context, &state->arguments);
	lower = DatumGetFloat8(WinGetFuncArgCurrent(winobj, ARG_LOWER, &no_lower));
	upper = DatumGetFloat8(WinGetFuncArgCurrent(winobj, ARG_UPPER, &no_upper));
	strict = DatumGetBool(required_partition_argument(winobj, ARG_STRICT, "strict"));
	lower = no_lower ? -INFINITY : lower;
	upper = no_upper ? INFINITY : upper;
	if (!(lower < upper))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("bounds %s and %s enclose no weight",
						float8out_internal(lower), float8out_internal(upper))));
	if (nrows > PG_INT32_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("cannot trim a partition of %lld rows", (long long) nrows)));
	state->weight = read_weights(winobj, nrows, context);
	while (trim_once(state->weight, nrows, lower, upper) && strict)
		;
}

Datum
parindex_trim_weights(PG_FUNCTION_ARGS)
{
	WindowObject winobj = PG_WINDOW_OBJECT();
	TrimState  *state = WinGetPartitionLocalMemory(winobj, sizeof(TrimState));
	double		weight;

	if (state->weight == NULL)
		trim_partition(fcinfo, state);
	else
		check_partition_arguments(winobj, &state->arguments);
	weight = state->weight[WinGetCurrentPosition(winobj)];
	if (isnan(weight))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(weight);
}
