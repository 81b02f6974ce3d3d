/*
 * entropy_weights.h
 *	  How unevenly a criterion is spread over the units: 1 - E, where
 *	  E = -sum(p ln p) / ln n is the entropy of the shares p = x / sum(x), of
 *	  which there are n, and 0 ln 0 = 0.
 *
 * Shannon, A mathematical theory of communication, Bell System Technical
 * Journal 27 (1948); as weights of criteria Hwang and Yoon, Multiple Attribute
 * Decision Making (1981), section 3.2.
 *
 * E is near 1 for all but very uneven criteria, and 1 - E would be what is
 * left after cancellation. So it is computed as it stands,
 *
 *	  1 - E = sum(x ln(x / mean)) / (sum(x) ln n),
 *
 * from exact sums of x and of x ln x, whatever the order of the values. Only
 * the logarithms are inexact: below 2^-109, and one rounding to double.
 */
#ifndef PARINDEX_ENTROPY_WEIGHTS_H
#define PARINDEX_ENTROPY_WEIGHTS_H

#include "kernel/exact/exact_total.h"

typedef struct entropy_sums
{
	int			count;			/* observed values, zeros included */
	double		min;
	double		max;
	exact_total x;
	exact_total x_log;			/* of x * (ln x + 1024), which is not negative */
} entropy_sums;

extern void entropy_init(entropy_sums *sums);

/* Adds n values, NaN where not observed, the others finite and not negative. */
extern void entropy_add(entropy_sums *sums, const double *x, int n);

/*
 * 1 - E, in 0 .. 1; 0 where all values are equal, zero included; NaN where
 * fewer than two are observed.
 */
extern double entropy_diversification(const entropy_sums *sums);

#endif							/* PARINDEX_ENTROPY_WEIGHTS_H */
