/*
 * copeland.h
 *	  Units compared two by two, criterion by criterion: dominance (the
 *	  outranking matrix) and the score of Copeland (1951).
 *
 * x holds `columns` stretches of `units` doubles, more is better; NaN is
 * missing. A criterion in which either of two units is missing counts for
 * neither. Weights are integers, so that sums are exact and depend on no
 * order: dominance_weights() makes them.
 */
#ifndef PARINDEX_COPELAND_H
#define PARINDEX_COPELAND_H

#include <stddef.h>
#include <stdint.h>

/*
 * Turns weights (finite, not negative) into integers in the same proportion,
 * up to rounding, whose sum is at most 2^52. Returns the tolerance: sums that
 * differ by that much or less differ by rounding only. -1: there are weights, all 0.
 */
extern int64_t dominance_weights(const double *weight, int columns, int64_t *integer);

/*
 * Compares a unit with the units from .. from + count - 1: lead gets the
 * weight of the criteria in which it is better, less that of those in which
 * it is worse; compared the weight of those in which both have values.
 */
extern void dominance_row(const double *x, int units, int columns, const int64_t *weight,
						  int unit, int from, int count, int64_t *lead, int64_t *compared);

/* How a unit fares against others. */
typedef struct copeland_tally
{
	int			wins;
	int			losses;
	int			compared;		/* wins, losses and ties */
} copeland_tally;

/*
 * Adds what dominance_row() found to the unit's tally and, reversed, to those
 * of the others, `count` of them from `other` on.
 */
extern void copeland_add(const int64_t *lead, const int64_t *compared, int count,
						 int64_t tolerance, copeland_tally *unit, copeland_tally *other);

#endif							/* PARINDEX_COPELAND_H */
