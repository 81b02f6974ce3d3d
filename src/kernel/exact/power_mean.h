/*
 * power_mean.h
 *	  Weighted power means M_p = (sum(w * x^p) / sum(w))^(1/p), the geometric
 *	  mean being that of p = 0 and the harmonic that of p = -1: what becomes of
 *	  each value before it is summed, and of the sums in the end.
 *
 * For p = 0 a value becomes its logarithm to 112 bits after the point; else
 * its power, to 100 or more significant bits, by integer arithmetic that is
 * the same on every machine (elementary.h). Sums between the two steps are
 * exact, so the result does not depend on the order of values. For p = 1, 2
 * and -1 no logarithm is taken: the result is rounded once, from an exact
 * ratio (p = 1, 2) or from reciprocals of 128 bits.
 *
 * Formulas: Hardy, Littlewood, Polya, Inequalities, chapter 2; OECD/JRC,
 * Handbook on Constructing Composite Indicators (2008), step 6.
 */
#ifndef PARINDEX_POWER_MEAN_H
#define PARINDEX_POWER_MEAN_H

#include "kernel/exact/exact_ratio.h"
#include "kernel/exact/moments.h"			/* moments_factor */

/* Powers closer to zero are the geometric mean for all that doubles can tell. */
#define POWER_MEAN_SMALLEST 1e-9

/* Powers of values reach from 2^-2700 to 2^2700: weights and sums need room. */
#define POWER_MEAN_EXPONENT 2700

typedef enum power_mean_error
{
	POWER_MEAN_OK,
	POWER_MEAN_NOT_POSITIVE,	/* p = 0 and a value not above zero */
	POWER_MEAN_ZERO,			/* p < 0 and a value, or the whole sum, of zero */
	POWER_MEAN_NEGATIVE,		/* a value below zero, p neither 1, -1 nor even */
	POWER_MEAN_RANGE			/* x^p, or the mean, is out of range */
} power_mean_error;

/* Whether values below zero have a power, of the same sign for x and -x. */
extern bool power_mean_is_even(double power);

/* value^power, or its logarithm where power is 0; value is finite. */
extern power_mean_error power_mean_factor(double value, double power,
										  moments_factor *factor);

/* The mean from sum(w * factor) and sum(w), which is not zero. */
extern power_mean_error power_mean_root(const exact_integer *sum,
										const exact_integer *weight,
										double power, double *mean);

#endif							/* PARINDEX_POWER_MEAN_H */
