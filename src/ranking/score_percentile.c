/*
 * score_percentile.c
 *	  score_percentile(): the share of the other rows at or below each score.
 *
 * Of N ranked rows, let b be below a score s and t share it, itself included.
 * The percentile of s is 100 p / (N - 1) with p = b (min), b + t - 1 (max), or
 * the mean of both (mid). So the only best is at 100 and the only worst at 0.
 * As a share of all it is 100 (b + t) / N (cume_dist), or half-way between that
 * and 100 b / N (hazen).
 */
#include "postgres.h"
#include "base/compat.h"

#include "miscadmin.h"
#include "base/arguments/partition_arguments.h"
#include "base/decimal_round.h"
#include "ranking/partition_scores.h"
#include "ranking/place_rules.h"
#include "ranking/ties_rule.h"
#include "utils/memutils.h"

/* Zeroed at the start of a partition; in its memory. */
typedef struct percentile_state
{
	partition_arguments arguments;
	uint32		all;			/* what places are shares of */
	uint32	   *place;			/* by row, 2p + 1; 0 where not ranked */
} percentile_state;

static uint32 *
place_scores(const partition_scores *scores, ties_rule ties,
			 MemoryContext context)
{
	uint32	   *place = alloc_row_results(scores, context);
	uint32		first;
	uint32		end;

	for (first = 0; first < scores->nranked; first = end)
	{
		uint32		twice;
		uint32		i;

		end = ties_end(scores, first);
		twice = (uint32) place_twice_not_above(first, end - first, scores->nranked, ties);
		for (i = first; i < end; i++)
		{
			CHECK_FOR_INTERRUPTS();
			place[scores->ranked[i].row] = twice + 1;
		}
	}
	return place;
}

static void
place_partition(FunctionCallInfo fcinfo, percentile_state *state, score_type type,
				bool by_digits)
{
	static const char *const names[] = {"score", "ties", "digits"};
	static const char *const digits_names[] = {"score", "digits"};
	MemoryContext context = GetMemoryChunkContext(state);
	partition_scores scores;
	score_order order = {.type = type};
	ties_rule	ties;

	ties = TIES_MAX;
	if (by_digits)
		keep_partition_arguments(fcinfo, digits_names, 1, context, &state->arguments);
	else
	{
		keep_partition_arguments(fcinfo, names, 1, context, &state->arguments);
		ties = percentile_ties_rule(DatumGetTextPP(required_partition_argument(PG_WINDOW_OBJECT(),
																			   1, "ties")));
	}
	if (by_digits || PG_NARGS() > 2)
	{
		bool		isnull;

		order.digits = DatumGetInt32(WinGetFuncArgCurrent(PG_WINDOW_OBJECT(), by_digits ? 1 : 2,
														  &isnull));
		order.round = !isnull;
		if (order.round)
			check_round_digits(order.digits);
	}

	read_partition_scores(PG_WINDOW_OBJECT(), context, &order, NULL, NULL,
						  &scores);
	state->all = (uint32) place_whole(scores.nranked, ties);
	state->place = place_scores(&scores, ties, context);
	free_partition_scores(&scores);
}

static Datum
score_percentile(FunctionCallInfo fcinfo, score_type type, bool by_digits)
{
	WindowObject winobj = PG_WINDOW_OBJECT();
	percentile_state *state =
		WinGetPartitionLocalMemory(winobj, sizeof(percentile_state));
	uint32		place;

	if (state->place == NULL)
		place_partition(fcinfo, state, type, by_digits);
	else
		check_partition_arguments(winobj, &state->arguments);

	place = state->place[WinGetCurrentPosition(winobj)];
	if (place == 0 || state->all == 0)
		PG_RETURN_NULL();

	PG_RETURN_FLOAT8(place_percentile(place - 1, state->all));
}

PARINDEX_FUNCTION(parindex_score_percentile_float8);
Datum
parindex_score_percentile_float8(PG_FUNCTION_ARGS)
{
	return score_percentile(fcinfo, SCORE_TYPE_FLOAT8, false);
}

PARINDEX_FUNCTION(parindex_score_percentile_numeric);
Datum
parindex_score_percentile_numeric(PG_FUNCTION_ARGS)
{
	return score_percentile(fcinfo, SCORE_TYPE_NUMERIC, false);
}

/* (score, digits): ties max */
PARINDEX_FUNCTION(parindex_score_percentile_digits_float8);
Datum
parindex_score_percentile_digits_float8(PG_FUNCTION_ARGS)
{
	return score_percentile(fcinfo, SCORE_TYPE_FLOAT8, true);
}

PARINDEX_FUNCTION(parindex_score_percentile_digits_numeric);
Datum
parindex_score_percentile_digits_numeric(PG_FUNCTION_ARGS)
{
	return score_percentile(fcinfo, SCORE_TYPE_NUMERIC, true);
}
