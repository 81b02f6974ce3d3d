/*
 * partition_scores.h
 *	  The scores of one window partition, sorted.
 */
#ifndef PARINDEX_PARTITION_SCORES_H
#define PARINDEX_PARTITION_SCORES_H

#include "miscadmin.h"
#include "ranking/ranked_row.h"
#include "windowapi.h"

typedef enum ScoreType
{
	SCORE_TYPE_FLOAT8,
	SCORE_TYPE_NUMERIC,
	SCORE_TYPE_NUMERIC_ARRAY
} ScoreType;

/* How scores compare. */
typedef struct ScoreOrder
{
	ScoreType	type;
	bool		descending;		/* the highest score first */
	bool		round;			/* compare as rounded to digits places */
	int			digits;
} ScoreOrder;

/* The rows that have a score, in the order asked for. */
typedef struct PartitionScores
{
	uint32		nrows;			/* rows of the partition */
	uint32		nranked;		/* those with a score */
	RankedRow  *ranked;
} PartitionScores;

/* Sees each ranked score, rounded, while the partition is read. */
typedef void (*ScoreVisitor) (Datum score, void *arg);

extern void read_partition_scores(WindowObject winobj, MemoryContext context,
								  const ScoreOrder *order,
								  ScoreVisitor visit, void *visit_arg,
								  PartitionScores *scores);
extern uint32 *alloc_row_results(const PartitionScores *scores,
								 MemoryContext context);
extern void free_partition_scores(PartitionScores *scores);

/* One past the last row that ties with the first-th. */
static inline uint32
ties_end(const PartitionScores *scores, uint32 first)
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
