/*
 * score_group.c
 *	  Rows cut into groups: score_group(), at the quantiles of their scores, and
 *	  rank_group(), by their ranks.
 *
 * The quantile group of a score is 1 + the number of inner quantiles q_1 .. q_(G-1)
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
#include "ranking/group_rule.h"
#include "ranking/partition_scores.h"
#include "utils/memutils.h"

/* Zeroed at the start of a partition; in its memory. */
typedef struct group_state
{
	partition_arguments arguments;
	uint32	   *group;			/* by row, 0 where not ranked */
} group_state;

static uint32 *
group_scores(const partition_scores *scores, int32 ngroups, const group_rule *rule,
			 MemoryContext context)
{
	uint32	   *group = alloc_row_results(scores, context);
	uint32		first;
	uint32		end;

	for (first = 0; first < scores->nranked; first = end)
	{
		uint32		shared;
		uint32		i;

		end = ties_end(scores, first);
		shared = (uint32) (rule == NULL ? place_quantile_group(first, scores->nranked, ngroups) :
						   place_rank_group(first, scores->nranked, ngroups, *rule));
		for (i = first; i < end; i++)
		{
			CHECK_FOR_INTERRUPTS();
			group[scores->ranked[i].row] = shared;
		}
	}
	return group;
}

/* rank_group() has a rule, and a direction. */
static void
group_partition(FunctionCallInfo fcinfo, group_state *state, score_type type, bool by_rank)
{
	static const char *const names[] = {"score", "groups", "digits"};
	static const char *const rank_names[] = {"score", "groups", "rule", "digits", "descending"};
	int			digits = by_rank ? 3 : 2;	/* argument */
	group_rule	rule = GROUP_FROM_LAST;
	MemoryContext context = GetMemoryChunkContext(state);
	partition_scores scores;
	score_order order = {.type = type};
	int32		ngroups;

	keep_partition_arguments(fcinfo, by_rank ? rank_names : names, 1, context, &state->arguments);
	ngroups = DatumGetInt32(required_partition_argument(PG_WINDOW_OBJECT(), 1,
														"groups"));
	check_groups(ngroups);
	if (by_rank)
	{
		rule = parse_group_rule(DatumGetTextPP(required_partition_argument(PG_WINDOW_OBJECT(), 2,
																		   "rule")));
		order.descending = DatumGetBool(required_partition_argument(PG_WINDOW_OBJECT(), 4,
																	"descending"));
	}
	if (PG_NARGS() > digits)
	{
		bool		isnull;

		order.digits = DatumGetInt32(WinGetFuncArgCurrent(PG_WINDOW_OBJECT(), digits, &isnull));
		order.round = !isnull;
		if (order.round)
			check_round_digits(order.digits);
	}
	read_partition_scores(PG_WINDOW_OBJECT(), context, &order, NULL, NULL,
						  &scores);
	state->group = group_scores(&scores, ngroups, by_rank ? &rule : NULL, context);
	free_partition_scores(&scores);
}

static Datum
score_group(FunctionCallInfo fcinfo, score_type type, bool by_rank)
{
	WindowObject winobj = PG_WINDOW_OBJECT();
	group_state *state = WinGetPartitionLocalMemory(winobj, sizeof(group_state));
	uint32		group;

	if (state->group == NULL)
		group_partition(fcinfo, state, type, by_rank);
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
	return score_group(fcinfo, SCORE_TYPE_FLOAT8, false);
}

PARINDEX_FUNCTION(parindex_score_group_numeric);
Datum
parindex_score_group_numeric(PG_FUNCTION_ARGS)
{
	return score_group(fcinfo, SCORE_TYPE_NUMERIC, false);
}

PARINDEX_FUNCTION(parindex_rank_group_float8);
Datum
parindex_rank_group_float8(PG_FUNCTION_ARGS)
{
	return score_group(fcinfo, SCORE_TYPE_FLOAT8, true);
}

PARINDEX_FUNCTION(parindex_rank_group_numeric);
Datum
parindex_rank_group_numeric(PG_FUNCTION_ARGS)
{
	return score_group(fcinfo, SCORE_TYPE_NUMERIC, true);
}
