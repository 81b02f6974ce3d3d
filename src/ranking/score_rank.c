/*
 * score_rank.c
 *	  score_rank() and average_rank(): the rank of each row's score in its
 *	  partition.
 *
 * A score's rank under the rules of ties, where b rows are better and t share
 * the score: b + 1 (min), b + t (max), 1 + distinct better scores (dense),
 * b + (t + 1) / 2 (the average).
 */
#include "postgres.h"
#include "base/compat.h"

#include "base/decimal_round.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "base/arguments/partition_arguments.h"
#include "ranking/half_rank.h"
#include "ranking/partition_scores.h"
#include "ranking/place_rules.h"
#include "ranking/ties_rule.h"
#include "utils/memutils.h"

/* Zeroed at the start of a partition; in its memory. */
typedef struct rank_state
{
	partition_arguments arguments;
	uint32	   *rank;			/* by row, of averages twice it; 0 where not ranked */
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
		shared = ties == TIES_MID ? (uint32) place_twice_average(first, end - first) :
			(uint32) place_rank(first, end - first, distinct++, ties);
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
rank_partition(FunctionCallInfo fcinfo, rank_state *state, score_type type, bool average)
{
	static const char *const names[] = {"score", "ties", "digits", "descending"};
	static const char *const array_names[] = {"score", "ties", "descending"};
	static const char *const average_names[] = {"score", "digits", "descending"};
	static const char *const average_array_names[] = {"score", "descending"};
	WindowObject winobj = PG_WINDOW_OBJECT();
	MemoryContext context = GetMemoryChunkContext(state);
	bool		is_array = type == SCORE_TYPE_NUMERIC_ARRAY;
	partition_scores scores;
	score_order order;
	ties_rule	ties = TIES_MID;
	bool		isnull = true;
	int			next = 1;		/* argument */

	keep_partition_arguments(fcinfo, average ? (is_array ? average_array_names : average_names) :
							 is_array ? array_names : names, 1, context, &state->arguments);

	if (!average)
		ties = rank_ties_rule(DatumGetTextPP(required_partition_argument(winobj, next++,
																		 "ties")));
	order.type = type;
	order.digits = is_array ? 0 :
		DatumGetInt32(WinGetFuncArgCurrent(winobj, next++, &isnull));
	order.round = !isnull;
	if (order.round)
		check_round_digits(order.digits);
	order.descending =
		DatumGetBool(required_partition_argument(winobj, next, "descending"));

	read_partition_scores(winobj, context, &order, NULL, NULL, &scores);
	state->rank = rank_scores(&scores, ties, context);
	free_partition_scores(&scores);
}

/* The rank of the current row, of averages twice it; 0: none. */
static uint32
current_rank(FunctionCallInfo fcinfo, score_type type, bool average)
{
	WindowObject winobj = PG_WINDOW_OBJECT();
	rank_state *state = WinGetPartitionLocalMemory(winobj, sizeof(rank_state));

	if (state->rank == NULL)
		rank_partition(fcinfo, state, type, average);
	else
		check_partition_arguments(winobj, &state->arguments);
	return state->rank[WinGetCurrentPosition(winobj)];
}

static Datum
score_rank(FunctionCallInfo fcinfo, score_type type)
{
	uint32		rank = current_rank(fcinfo, type, false);

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

static Datum
average_rank(FunctionCallInfo fcinfo, score_type type)
{
	uint32		twice = current_rank(fcinfo, type, true);

	if (twice == 0)
		PG_RETURN_NULL();
	PG_RETURN_NUMERIC(half_rank(twice));
}

PARINDEX_FUNCTION(parindex_average_rank_float8);
Datum
parindex_average_rank_float8(PG_FUNCTION_ARGS)
{
	return average_rank(fcinfo, SCORE_TYPE_FLOAT8);
}

PARINDEX_FUNCTION(parindex_average_rank_numeric);
Datum
parindex_average_rank_numeric(PG_FUNCTION_ARGS)
{
	return average_rank(fcinfo, SCORE_TYPE_NUMERIC);
}

PARINDEX_FUNCTION(parindex_average_rank_numeric_array);
Datum
parindex_average_rank_numeric_array(PG_FUNCTION_ARGS)
{
	return average_rank(fcinfo, SCORE_TYPE_NUMERIC_ARRAY);
}
