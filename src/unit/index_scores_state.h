/*
 * index_scores_state.h
 *	  The type index_scores: the scores of one unit, by leaf of a framework.
 *
 * A cell is a word: the bits of an observed score, which is finite, or one of
 * the marks below.
 */
#ifndef PARINDEX_INDEX_SCORES_STATE_H
#define PARINDEX_INDEX_SCORES_STATE_H

#include "unit/unit_cells.h"

/* Words that no finite double has. */
#define SCORE_ABSENT	UINT64CONST(0x7ff8000000000000) /* no row: missing */
#define SCORE_MISSING	UINT64CONST(0x7ff8000000000001)
#define SCORE_NOT_APPLICABLE UINT64CONST(0x7ff8000000000002)

typedef struct index_scores
{
	unit_cells	head;
	uint64		cell[FLEXIBLE_ARRAY_MEMBER];
} index_scores;

static inline bool
score_is_observed(uint64 word)
{
	return double_is_finite(double_from_bits(word));
}

#define DatumGetIndexScoresP(datum) ((index_scores *) PG_DETOAST_DATUM(datum))

#endif							/* PARINDEX_INDEX_SCORES_STATE_H */
