/*
 * trim_weights.c
 *	  trim_weights(): weights cut at bounds, and what was cut off shared by
 *	  the others, so that their sum stays.
 *
 * Each weight within the bounds gets an equal part of what was cut off, as
 * trimWeights() of R's survey does. That may push some over a bound, on the one
 * side to which all of them moved: `strict` cuts those too and shares what was
 * cut off by those that have not reached that bound, until no weight is beyond.
 * A weight at the bound stays there, so that this ends after as many rounds as
 * there are weights at the latest; R's repetition comes near the same weights.
 */
#include "postgres.h"
#include "base/compat.h"

#include <math.h>

#include "fmgr.h"
#include "kernel/exact/exact_total.h"
#include "miscadmin.h"
#include "base/arguments/partition_arguments.h"
#include "utils/builtins.h"
#include "utils/float.h"
#include "utils/memutils.h"

/* Of a bound: what a mean may be beyond it by rounding, such as that of decimals. */
#define ROUNDING 1e-12

enum
{
	ARG_WEIGHT,
	ARG_LOWER,
	ARG_UPPER,
	ARG_STRICT
};

/* Zeroed at the start of a partition; in its memory. */
typedef struct trim_state
{
	partition_arguments arguments;
	double	   *weight;			/* by row, trimmed; NaN for NULL */
} trim_state;

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

/* An error where as many weights within the bounds cannot have the same sum. */
static void
check_bounds_can_be_met(const double *weight, uint32 nrows, double lower, double upper)
{
	double		bound[] = {lower, upper};
	uint32		count = 0;

	for (uint32 row = 0; row < nrows; row++)
		count += !isnan(weight[row]);
	for (int side = 0; side < 2; side++)
	{
		exact_total total;
		exact_integer beyond;
		double		excess;

		if (isinf(bound[side]))
			continue;
		exact_total_init(&total);
		exact_total_add_product(&total, bound[side], -(double) count);
		for (uint32 row = 0; row < nrows; row++)
		{
			CHECK_FOR_INTERRUPTS();
			if (!isnan(weight[row]))
				exact_total_add_product(&total, weight[row], 1);
		}
		exact_total_get(&total, &beyond);
		excess = exact_integer_round(&beyond) * (side == 0 ? -1 : 1);
		if (excess > ROUNDING * count * fabs(bound[side]))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("weights cannot keep their sum within the bounds %s and %s",
							float8out_internal(lower), float8out_internal(upper)),
					 errdetail("The mean of the %u weights is %s the bound.", count,
							   side == 0 ? "below" : "above")));
	}
}

/*
 * Cuts weights at the bounds and shares what is cut off by those within;
 * `moved`, the last round's share, leaves out those at the bound that all move
 * to. Returns the share of each; 0 where that was the last round.
 */
static double
trim_once(double *weight, uint32 nrows, double lower, double upper, double moved)
{
	exact_total cut_off;
	exact_integer sum;
	double		full = moved > 0 ? upper : moved < 0 ? lower : NAN;
	uint32		inside = 0;
	uint32		outside = 0;
	double		share = 0;

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
		else if (!isnan(w) && w != full)
			inside++;
	}
	if (outside == 0)
		return 0;
	if (inside == 0 && moved == 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("no weight lies within the bounds %s and %s",
						float8out_internal(lower), float8out_internal(upper)),
				 errdetail("What is cut off must be shared by weights within the bounds, so that the sum stays.")));
	/* With all weights at a bound that can be met, rounding alone is cut off. */
	if (inside > 0)
	{
		exact_total_get(&cut_off, &sum);
		share = exact_integer_round(&sum) / inside;
		if (isinf(share))
			float_overflow_error();
	}
	for (uint32 row = 0; row < nrows; row++)
	{
		double		w = weight[row];

		CHECK_FOR_INTERRUPTS();
		weight[row] = w < lower ? lower : w > upper ? upper : w == full ? w : w + share;
	}
	return share;
}

static void
trim_partition(FunctionCallInfo fcinfo, trim_state *state)
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
	double		moved;

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
	if (strict)
		check_bounds_can_be_met(state->weight, nrows, lower, upper);
	moved = trim_once(state->weight, nrows, lower, upper, 0);
	while (strict && moved != 0)
		moved = trim_once(state->weight, nrows, lower, upper, moved);
}

PARINDEX_FUNCTION(parindex_trim_weights);
Datum
parindex_trim_weights(PG_FUNCTION_ARGS)
{
	WindowObject winobj = PG_WINDOW_OBJECT();
	trim_state *state = WinGetPartitionLocalMemory(winobj, sizeof(trim_state));
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
