/*
 * quick_mean.h
 *	  A weighted mean of a few scores in vectors, where the pairs of doubles of
 *	  quick_quotient.h suffice to know the exact one.
 */
#ifndef PARINDEX_QUICK_MEAN_H
#define PARINDEX_QUICK_MEAN_H

#include <stdbool.h>

#include "kernel/exact/lanes.h"

/*
 * Whether weights are fit: each of at most 26 bits, 0 or within 2^-100 ..
 * 2^100, and every sum of some of them exact.
 */
extern bool quick_mean_takes(const double *weight, int n);

/* Vectors of weights, filled up with 0, and of all of them their sum and 1 / sum. */
typedef struct quick_weights
{
	const lanes *weight;
	int			vectors;
	double		sum;
	double		reciprocal;
} quick_weights;

/*
 * Of as many vectors of scores; NaN is passed over, what fills up is 0. NaN
 * where no weight is left. False where it is not known.
 */
extern bool quick_mean(const quick_weights *weights, const lanes *score, double *result);

#endif							/* PARINDEX_QUICK_MEAN_H */
