/*
 * expectation.h
 *	  Missing values by their expectation under a multivariate normal
 *	  distribution, whose moments the expectation-maximisation algorithm finds
 *	  (Dempster, Laird, Rubin 1977; Little, Rubin, Statistical Analysis with
 *	  Missing Data, section 11.2).
 *
 * Data are rows of k standardised values, NaN where missing; each row has at
 * least one. All is plain double arithmetic in the order given: the same data in
 * the same order give the same bits on every machine.
 */
#ifndef PARINDEX_EXPECTATION_H
#define PARINDEX_EXPECTATION_H

#include <stdbool.h>
#include <stddef.h>

typedef enum em_status
{
	EM_OK,
	EM_SINGULAR,				/* the covariances became so: too few rows, or dependent columns */
	EM_SLOW,					/* not at rest after EM_MOST_ROUNDS */
	EM_STOPPED
} em_status;

#define EM_MOST_ROUNDS 5000
#define EM_TOLERANCE 1e-10		/* largest change of a moment in a round */

/* Doubles of scratch, and ints. */
static inline size_t
em_doubles(int k)
{
	return 5 * (size_t) k * k + 2 * (size_t) k;
}

/*
 * Rows that miss the same values should stand together. Missing values of x,
 * n x k by rows, are written over; index holds 2 k ints, and k is at most 10,000.
 * stop is asked once in a while.
 */
extern em_status em_fill(double *x, int n, int k, double *scratch, int *index,
						 bool *missing, bool (*stop) (void *), void *stop_arg);

#endif							/* PARINDEX_EXPECTATION_H */
