/*
 * lexicographic_score.h
 *	  Scores of several criteria: the first decides, the next breaks its ties.
 */
#ifndef PARINDEX_LEXICOGRAPHIC_SCORE_H
#define PARINDEX_LEXICOGRAPHIC_SCORE_H

#include "utils/numeric.h"

typedef struct LexicographicScore
{
	int			length;			/* at least 1 */
	Numeric		criterion[FLEXIBLE_ARRAY_MEMBER];	/* NULL where missing */
} LexicographicScore;

extern LexicographicScore *lexicographic_score(Datum array,
											   MemoryContext context);
extern int	compare_lexicographic_scores(const LexicographicScore *a,
										 const LexicographicScore *b,
										 bool descending);

#endif							/* PARINDEX_LEXICOGRAPHIC_SCORE_H */
