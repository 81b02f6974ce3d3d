/*
 * decimal_totals.h
 *	  What a state of exact decimal statistics says: see decimal_totals.c.
 */
#ifndef PARINDEX_DECIMAL_TOTALS_H
#define PARINDEX_DECIMAL_TOTALS_H

#include "statistics/decimal_state.h"

/* Largest scale of a product; the display is cut at the stored scale. */
#define DECIMAL_STATS_SCALE_MAX (2 * NUMERIC_STORED_SCALE_MAX)

/* Highest limb of a sum of 2^63 of the largest products. */
#define DECIMAL_STATS_TOP_MAX (NUMERIC_STORED_WEIGHT_MAX / 2 + 1 + 3)

/* What a state says, apart from its form; the sums normalised and trimmed. */
typedef struct decimal_total
{
	int			scale;
	int64		rows;
	decimal_sum sum;
} decimal_total;

typedef struct decimal_totals
{
	int64		n;
	int64		nan;
	int64		plus_infinity;
	int64		minus_infinity;
	decimal_total w;
	decimal_total wx;
} decimal_totals;

extern void decimal_stats_totals(const decimal_stats *state,
								 decimal_totals *totals);
extern const char *decimal_totals_fault(const decimal_totals *totals);
extern decimal_stats *decimal_totals_canonical(const decimal_totals *totals);

#ifdef USE_ASSERT_CHECKING
extern void AssertCheckDecimalStats(const decimal_stats *state);
#else
#define AssertCheckDecimalStats(state) ((void) 0)
#endif

#endif							/* PARINDEX_DECIMAL_TOTALS_H */
