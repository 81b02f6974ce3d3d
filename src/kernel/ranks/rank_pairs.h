/*
 * rank_pairs.h
 *	  Estimates of units in pairs, and the confidence sets for their ranks that
 *	  follow (Mogstad, Romano, Shaikh and Wilhelm, Inference for ranks with
 *	  applications to mobility across neighbourhoods and academic achievement
 *	  across countries, Review of Economic Studies 91, 2024).
 *
 * A unit's rank is 1 + the number of units above it. Its set goes from 1 + the
 * number of units that are surely above it to the number of units, less those that are
 * surely not above it. One unit is surely above another where the difference of
 * their estimates over its standard error exceeds a critical value: a quantile
 * of the greatest such difference by error alone. Stepping down, those found are
 * left out of the next, smaller critical value, until nothing more is found;
 * each step leaves out the direction that was found, so that a pair's other
 * direction stays.
 *
 * A pair whose difference has no error is certain: in its order, or tied; it
 * has no part in critical values.
 */
#ifndef PARINDEX_RANK_PAIRS_H
#define PARINDEX_RANK_PAIRS_H

#include <math.h>
#include <stdbool.h>

typedef enum rank_side
{
	RANK_TWO_SIDED,
	RANK_LOWER,					/* lower bounds alone: upper ones are the number of units */
	RANK_UPPER
} rank_side;

typedef struct rank_pairs
{
	int			n;
	const double *estimate;
	const double *error;		/* standard errors */
	const double *covariance;	/* n * n; NULL: independent */
} rank_pairs;

typedef struct rank_set
{
	int			rank;			/* 1 + estimates above; ties share the best */
	int			low;
	int			high;
	int			steps;			/* 0: no pair, or all certain */
	double		critical_first; /* NAN without steps, as are the next three */
	double		critical_last;
	double		critical_error; /* Monte Carlo standard error of the last; 0: none */
	double		margin;			/* least distance of a statistic from a critical value */
} rank_set;

/* sqrt(a^2 + b^2) without overflow */
static inline double
rank_pair_hypotenuse(double a, double b)
{
	double		long_side = a > b ? a : b;
	double		ratio = a > b ? b / a : a / b;

	return long_side == 0 ? 0 : long_side * sqrt(1 + ratio * ratio);
}

/* The standard error of a difference; what rounding leaves of 0 is 0. */
static inline double
rank_pair_error(const rank_pairs *pairs, int j, int k)
{
	double		a;
	double		b;
	double		variance;

	if (pairs->covariance == 0)
		return rank_pair_hypotenuse(pairs->error[j], pairs->error[k]);
	a = pairs->covariance[(long) j * pairs->n + j];
	b = pairs->covariance[(long) k * pairs->n + k];
	variance = (a - pairs->covariance[(long) j * pairs->n + k]) +
		(b - pairs->covariance[(long) j * pairs->n + k]);
	return variance > 1e-13 * (a + b) ? sqrt(variance) : 0;
}

/*
 * How far k is above j, in standard errors: infinite or, tied, NAN where the
 * pair is certain.
 */
static inline double
rank_pair_lead(const rank_pairs *pairs, int j, int k)
{
	return (pairs->estimate[k] - pairs->estimate[j]) / rank_pair_error(pairs, j, k);
}

#endif							/* PARINDEX_RANK_PAIRS_H */
