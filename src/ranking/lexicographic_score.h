/*
 * lexicographic_score.h
 *	  Scores of several criteria: the first decides, the next breaks its ties.
 */
#ifndef PARINDEX_LEXICOGRAPHIC_SCORE_H
#define PARINDEX_LEXICOGRAPHIC_SCORE_H

#include "utils/numeric.h"

typedef struct lexicographic_score
{
	int			length;			/* at least 1 */
	Numeric		criterion[FLEXIBLE_ARRAY_MEMBER];	/* NULL where missing */
} lexicographic_score;

extern lexicographic_score *read_lexicographic_score(Datum array,
												MemoryContext context);
extern int	compare_lexicographic_scores(const lexicographic_score *a,
										 const lexicographic_score *b,
										 bool descending);

#endif							/* PARINDEX_LEXICOGRAPHIC_SCORE_H */
