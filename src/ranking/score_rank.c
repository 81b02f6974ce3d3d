/*
 * score_rank.c
 *	  score_rank(): the rank of each row's score in its partition.
 *
 * A score's rank under the rules of ties, where b rows are better and t share
 * the score: b + 1 (min), b + t (max), 1 + distinct better scores (dense).
 */
#include "postgres.h"
#include "base/compat.h"

#include "base/decimal_round.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "base/arguments/partition_arguments.h"
#include "ranking/partition_scores.h"
#include "ranking/ties_rule.h"
#include "utils/memutils.h"

/* Zeroed at the start of a partition; in its memory. */
typedef struct rank_state
{
	partition_arguments arguments;
	uint32	   *rank;			/* by row, 0 where not ranked */
} rank_state;

/*
 * The ranks of all rows of a partition.
 */
static uint32 *
rank_scores(const partition_scores *scores, ties_rule ties,
			MemoryContext context)
{
	uint32	   *rank = alloc_row_results(scores, context);
	uint32		distinct = 0;
	uint32		first;
	uint32		end;

	for (first = 0; first < scores->nranked; first = end)
	{
		uint32		shared;
		uint32		i;

		end = ties_end(scores, first);
		distinct++;
		shared = ties == TIES_MIN ? first + 1 :
			ties == TIES_MAX ? end : distinct;
		for (i = first; i < end; i++)
		{
			CHECK_FOR_INTERRUPTS();
			rank[scores->ranked[i].row] = shared;
		}
	}
	return rank;
}

/*
 * Ranks the partition at its first row. The function of arrays takes no digits.
 */
static void
rank_partition(FunctionCallInfo fcinfo, rank_state *state, score_type type)
{
	static const char *const names[] = {"score", "ties", "digits", "descending"};
	static const char *const array_names[] = {"score", "ties", "descending"};
	WindowObject winobj = PG_WINDOW_OBJECT();
	MemoryContext context = GetMemoryChunkContext(state);
	bool		is_array = type == SCORE_TYPE_NUMERIC_ARRAY;
	partition_scores scores;
	score_order order;
	ties_rule	ties;
	bool		isnull = true;

	keep_partition_arguments(fcinfo, is_array ? array_names : names, 1, context,
							 &state->arguments);

	ties = rank_ties_rule(DatumGetTextPP(required_partition_argument(winobj, 1,
																	 "ties")));
	order.type = type;
	order.digits = is_array ? 0 :
		DatumGetInt32(WinGetFuncArgCurrent(winobj, 2, &isnull));
	order.round = !isnull;
	if (order.round)
		check_round_digits(order.digits);
	order.descending =
		DatumGetBool(required_partition_argument(winobj, is_array ? 2 : 3,
												 "descending"));

	read_partition_scores(winobj, context, &order, NULL, NULL, &scores);
	state->rank = rank_scores(&scores, ties, context);
	free_partition_scores(&scores);
}

static Datum
score_rank(FunctionCallInfo fcinfo, score_type type)
{
	WindowObject winobj = PG_WINDOW_OBJECT();
	rank_state *state = WinGetPartitionLocalMemory(winobj, sizeof(rank_state));
	uint32		rank;

	if (state->rank == NULL)
		rank_partition(fcinfo, state, type);
	else
		check_partition_arguments(winobj, &state->arguments);

	rank = state->rank[WinGetCurrentPosition(winobj)];
	if (rank == 0)
		PG_RETURN_NULL();
	PG_RETURN_INT32(rank);
}

PARINDEX_FUNCTION(parindex_score_rank_float8);
Datum
parindex_score_rank_float8(PG_FUNCTION_ARGS)
{
	return score_rank(fcinfo, SCORE_TYPE_FLOAT8);
}

PARINDEX_FUNCTION(parindex_score_rank_numeric);
Datum
parindex_score_rank_numeric(PG_FUNCTION_ARGS)
{
	return score_rank(fcinfo, SCORE_TYPE_NUMERIC);
}

PARINDEX_FUNCTION(parindex_score_rank_numeric_array);
Datum
parindex_score_rank_numeric_array(PG_FUNCTION_ARGS)
{
	return score_rank(fcinfo, SCORE_TYPE_NUMERIC_ARRAY);
}
