/*
 * partition_scores.c
 *	  The scores of one window partition, read once and sorted.
 *
 * A ranking window function needs the whole partition, whatever the window's
 * ORDER BY. So the first row's call reads all scores, as pairs of an
 * order-preserving 64-bit key and the row's position, 16 bytes each; sorts the
 * pairs; and spreads its results over an array of 4 bytes a row, from which the
 * later calls are served. The pairs are freed by then.
 *
 * Where a key does not tell all of a score (long numerics, arrays), the score
 * itself is kept too, and runs of equal keys are sorted once more by it. After
 * that the keys are renumbered, so that to callers equal keys always mean a
 * tie.
 *
 * NULL and NaN scores are left out.
 */
#include "postgres.h"
#include "base/compat.h"

#include <math.h>

#include "base/decimal_round.h"
#include "ranking/lexicographic_score.h"
#include "miscadmin.h"
#include "ranking/partition_scores.h"
#include "ranking/ranked_row.h"
#include "ranking/score_key.h"
#include "utils/builtins.h"
#include "utils/datum.h"
#include "utils/fmgrprotos.h"
#include "utils/memutils.h"

/* Rows between two resets of the memory in which arguments are evaluated. */
#define ROWS_PER_RESET	64

/* The scores whose keys do not tell all. */
typedef struct full_scores
{
	const score_order *order;
	MemoryContext context;
	uint32		nrows;
	void	  **of_row;			/* NULL until there is one */
} full_scores;

static int
compare_full_scores(const ranked_row *a, const ranked_row *b,
					const full_scores *full)
{
	void	   *score_a = full->of_row[a->row];
	void	   *score_b = full->of_row[b->row];
	int			result;

	if (full->order->type == SCORE_TYPE_NUMERIC_ARRAY)
		return compare_lexicographic_scores(score_a, score_b,
											full->order->descending);

	result = DatumGetInt32(DirectFunctionCall2(numeric_cmp,
											   PointerGetDatum(score_a),
											   PointerGetDatum(score_b)));
	return full->order->descending ? -result : result;
}

#define ST_SORT sort_by_full_score
#define ST_ELEMENT_TYPE ranked_row
#define ST_COMPARE(a, b, full) compare_full_scores(a, b, full)
#define ST_COMPARE_ARG_TYPE const full_scores
#define ST_SCOPE static
#define ST_CHECK_FOR_INTERRUPTS
#define ST_DEFINE
#include "lib/sort_template.h"

static void
keep_full_score(full_scores *full, uint32 row, void *score)
{
	if (full->of_row == NULL)
		full->of_row = MemoryContextAllocExtended(full->context,
												  sizeof(void *) * (Size) full->nrows,
												  MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	full->of_row[row] = score;
}

/*
 * Gives the key of the score of a row, keeping the score where the key does
 * not tell all. Returns false where the score is not ranked. Rounding replaces
 * *score.
 */
static inline bool
key_of_score(Datum *score, uint32 row, full_scores *full, uint64 *key)
{
	const score_order *order = full->order;
	bool		exact = true;

	switch (order->type)
	{
		case SCORE_TYPE_FLOAT8:
			{
				double		value = DatumGetFloat8(*score);

				if (isnan(value))
					return false;
				if (order->round)
				{
					value = decimal_round(value, order->digits);
					*score = Float8GetDatum(value);
				}
				*key = float8_score_key(value);
				break;
			}

		case SCORE_TYPE_NUMERIC:
			if (order->round)
				*score = numeric_score_round(*score, order->digits);
			if (!numeric_score_key(*score, key, &exact))
				return false;
			if (!exact)
			{
				MemoryContext caller = MemoryContextSwitchTo(full->context);

				keep_full_score(full, row, DatumGetNumericCopy(*score));
				MemoryContextSwitchTo(caller);
			}
			break;

		case SCORE_TYPE_NUMERIC_ARRAY:
			{
				lexicographic_score *criteria;

				criteria = read_lexicographic_score(*score, full->context);
				if (criteria == NULL)
					return false;
				numeric_score_key(NumericGetDatum(criteria->criterion[0]),
								  key, &exact);
				keep_full_score(full, row, criteria);
				break;
			}
	}
	if (order->descending)
		*key = ~*key;
	return true;
}

/*
 * Sorts the runs of equal keys by their full scores, and numbers the keys anew.
 *
 * An exact numeric never shares its key with an inexact one, so a run has full
 * scores for all of its rows or for none.
 */
static void
sort_ties_by_full_score(partition_scores *scores, const full_scores *full)
{
	ranked_row *ranked = scores->ranked;
	uint64		new_key = 0;
	uint32		first;
	uint32		end;

	for (first = 0; first < scores->nranked; first = end)
	{
		CHECK_FOR_INTERRUPTS();
		end = ties_end(scores, first);
		if (full->of_row[ranked[first].row] == NULL)
		{
			for (; first < end; first++)
				ranked[first].key = new_key;
		}
		else
		{
			sort_by_full_score(&ranked[first], end - first, full);
			for (; first < end; first++)
			{
				bool		last = first + 1 == end;
				bool		ties = !last &&
					compare_full_scores(&ranked[first], &ranked[first + 1],
										full) == 0;

				CHECK_FOR_INTERRUPTS();
				ranked[first].key = new_key;
				if (!last && !ties)
					new_key++;
			}
		}
		new_key++;
	}
}

/*
 * Reads and sorts the scores of the current partition, which are argument 0 of
 * the window function. Allocates in the given context, which is to be the
 * partition's. visit, unless NULL, is shown each ranked score.
 */
void
read_partition_scores(WindowObject winobj, MemoryContext context,
					  const score_order *order,
					  score_visitor visit, void *visit_arg,
					  partition_scores *scores)
{
	int64		nrows = WinGetPartitionRowCount(winobj);
	MemoryContext row_context;
	MemoryContext caller;
	full_scores full;
	uint32		row;

	if (nrows > PG_INT32_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("cannot rank a partition of %lld rows",
						(long long) nrows),
				 errdetail("A rank is an integer of at most %d.", PG_INT32_MAX)));

	scores->nrows = nrows;
	scores->nranked = 0;
	scores->ranked = MemoryContextAllocHuge(context,
											sizeof(ranked_row) * (Size) nrows);

	row_context = AllocSetContextCreate(context, "parindex row",
										ALLOCSET_SMALL_SIZES);
	full.order = order;
	full.context = order->type == SCORE_TYPE_FLOAT8 ? NULL :
		AllocSetContextCreate(context, "parindex full scores",
							  ALLOCSET_DEFAULT_SIZES);
	full.nrows = nrows;
	full.of_row = NULL;

	caller = MemoryContextSwitchTo(row_context);
	for (row = 0; row < nrows; row++)
	{
		ranked_row *next = &scores->ranked[scores->nranked];
		Datum		score;
		bool		isnull;

		CHECK_FOR_INTERRUPTS();
		score = WinGetFuncArgInPartition(winobj, 0, row, WINDOW_SEEK_HEAD,
										 false, &isnull, NULL);
		if (!isnull && key_of_score(&score, row, &full, &next->key))
		{
			next->row = row;
			scores->nranked++;
			if (visit != NULL)
				visit(score, visit_arg);
		}
		if (row % ROWS_PER_RESET == ROWS_PER_RESET - 1)
			MemoryContextReset(row_context);
	}
	MemoryContextSwitchTo(caller);
	MemoryContextDelete(row_context);

	sort_ranked_rows(scores->ranked, scores->nranked);
	if (full.of_row != NULL)
		sort_ties_by_full_score(scores, &full);
	if (full.context != NULL)
		MemoryContextDelete(full.context);
}

/*
 * One result per row of the partition, all 0 at first: what a row without a
 * score keeps.
 */
uint32 *
alloc_row_results(const partition_scores *scores, MemoryContext context)
{
	return MemoryContextAllocExtended(context,
									  sizeof(uint32) * (Size) scores->nrows,
									  MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
}

void
free_partition_scores(partition_scores *scores)
{
	pfree(scores->ranked);
	scores->ranked = NULL;
}
