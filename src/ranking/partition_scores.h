/*
 * partition_scores.h
 *	  The scores of one window partition, sorted.
 */
#ifndef PARINDEX_PARTITION_SCORES_H
#define PARINDEX_PARTITION_SCORES_H

#include "miscadmin.h"
#include "ranking/ranked_row.h"
#include "windowapi.h"

typedef enum score_type
{
	SCORE_TYPE_FLOAT8,
	SCORE_TYPE_NUMERIC,
	SCORE_TYPE_NUMERIC_ARRAY
} score_type;

/* How scores compare. */
typedef struct score_order
{
	score_type	type;
	bool		descending;		/* the highest score first */
	bool		round;			/* compare as rounded to digits places */
	int			digits;
} score_order;

/* The rows that have a score, in the order asked for. */
typedef struct partition_scores
{
	uint32		nrows;			/* rows of the partition */
	uint32		nranked;		/* those with a score */
	ranked_row *ranked;
} partition_scores;

/* Sees each ranked score, rounded, while the partition is read. */
typedef void (*score_visitor) (Datum score, void *arg);

extern void read_partition_scores(WindowObject winobj, MemoryContext context,
								  const score_order *order,
								  score_visitor visit, void *visit_arg,
								  partition_scores *scores);
extern uint32 *alloc_row_results(const partition_scores *scores,
								 MemoryContext context);
extern void free_partition_scores(partition_scores *scores);

/* One past the last row that ties with the first-th. */
static inline uint32
ties_end(const partition_scores *scores, uint32 first)
{
	uint32		end = first + 1;

	while (end < scores->nranked &&
		   scores->ranked[end].key == scores->ranked[first].key)
	{
		CHECK_FOR_INTERRUPTS();
		end++;
	}
	return end;
}

#endif							/* PARINDEX_PARTITION_SCORES_H */
