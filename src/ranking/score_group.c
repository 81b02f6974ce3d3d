/*
 * score_group.c
 *	  score_group(): rows cut into groups at the quantiles of their scores.
 *
 * The group of a score is 1 + the number of inner quantiles q_1 .. q_(G-1)
 * below it, of type 7 (Hyndman, Fan, Sample Quantiles in Statistical Packages,
 * 1996): with scores x_0 <= .. <= x_(N-1), q_k lies between x_j and x_(j+1) at
 * j = floor(k (N - 1) / G), short of x_(j+1) unless the two are equal.
 *
 * No quantile need be computed. Let b scores be below s, so that s = x_b. If
 * b > j, then q_k < s: either x_j < x_(j+1) <= s and q_k falls short of
 * x_(j+1), or x_j = x_(j+1) = q_k, which is below s since s is not among the
 * first b. If b <= j, then s <= x_j <= q_k. So q_k < s exactly if
 * k (N - 1) < b G, and the group is the rounded-up b G / (N - 1), at least 1.
 */
#include "postgres.h"
#include "base/compat.h"

#include "miscadmin.h"
#include "base/arguments/partition_arguments.h"
#include "base/decimal_round.h"
#include "ranking/partition_scores.h"
#include "utils/memutils.h"

/* Zeroed at the start of a partition; in its memory. */
typedef struct group_state
{
	partition_arguments arguments;
	uint32	   *group;			/* by row, 0 where not ranked */
} group_state;

static uint32 *
group_scores(const partition_scores *scores, int32 ngroups,
			 MemoryContext context)
{
	uint32	   *group = alloc_row_results(scores, context);
	uint32		first;
	uint32		end;

	for (first = 0; first < scores->nranked; first = end)
	{
		uint32		shared = 1;
		uint32		i;

		end = ties_end(scores, first);
		if (first > 0)
		{
			uint64		gaps = scores->nranked - 1;

			shared = ((uint64) first * ngroups + gaps - 1) / gaps;
		}
		for (i = first; i < end; i++)
		{
			CHECK_FOR_INTERRUPTS();
			group[scores->ranked[i].row] = shared;
		}
	}
	return group;
}

static void
group_partition(FunctionCallInfo fcinfo, group_state *state, score_type type)
{
	static const char *const names[] = {"score", "groups", "digits"};
	MemoryContext context = GetMemoryChunkContext(state);
	partition_scores scores;
	score_order order = {.type = type};
	int32		ngroups;

	keep_partition_arguments(fcinfo, names, 1, context, &state->arguments);
	ngroups = DatumGetInt32(required_partition_argument(PG_WINDOW_OBJECT(), 1,
														"groups"));
	if (ngroups < 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("cannot cut scores into %d groups", ngroups),
				 errhint("Give a number of groups of 1 or more.")));

	if (PG_NARGS() > 2)
	{
		bool		isnull;

		order.digits = DatumGetInt32(WinGetFuncArgCurrent(PG_WINDOW_OBJECT(), 2, &isnull));
		order.round = !isnull;
		if (order.round)
			check_round_digits(order.digits);
	}
	read_partition_scores(PG_WINDOW_OBJECT(), context, &order, NULL, NULL,
						  &scores);
	state->group = group_scores(&scores, ngroups, context);
	free_partition_scores(&scores);
}

static Datum
score_group(FunctionCallInfo fcinfo, score_type type)
{
	WindowObject winobj = PG_WINDOW_OBJECT();
	group_state *state = WinGetPartitionLocalMemory(winobj, sizeof(group_state));
	uint32		group;

	if (state->group == NULL)
		group_partition(fcinfo, state, type);
	else
		check_partition_arguments(winobj, &state->arguments);

	group = state->group[WinGetCurrentPosition(winobj)];
	if (group == 0)
		PG_RETURN_NULL();
	PG_RETURN_INT32(group);
}

PARINDEX_FUNCTION(parindex_score_group_float8);
Datum
parindex_score_group_float8(PG_FUNCTION_ARGS)
{
	return score_group(fcinfo, SCORE_TYPE_FLOAT8);
}

PARINDEX_FUNCTION(parindex_score_group_numeric);
Datum
parindex_score_group_numeric(PG_FUNCTION_ARGS)
{
	return score_group(fcinfo, SCORE_TYPE_NUMERIC);
}
