/*
 * greatest_difference.h
 *	  The distribution of the greatest of one unit's studentised differences
 *	  from other units, all errors being independent and normal.
 *
 * With errors s_j Z_j of the unit and s_k Z_k of the others, and
 * s_jk = sqrt(s_j^2 + s_k^2), these are
 *
 *	 (s_k Z_k - s_j Z_j) / s_jk		that k is above,
 *	 (s_j Z_j - s_k Z_k) / s_jk		that k is below,
 *
 * of each k one of them, both or neither. Given Z_j they are independent, so the
 * probability that none exceeds c is one integral over Z_j, of a product of
 * normal probabilities:
 *
 *	 integral of phi(z) prod_k P(k | z, c)
 *
 * The rule of trapezoids finds it where no other error is much smaller than the
 * unit's; else Gauss and Legendre's on panels that shrink towards -c and c,
 * where the probabilities of units with a small error rise steeply.
 */
#ifndef PARINDEX_GREATEST_DIFFERENCE_H
#define PARINDEX_GREATEST_DIFFERENCE_H

#include <stdbool.h>

#include "kernel/ranks/error_points.h"
#include "kernel/ranks/normal.h"

typedef struct greatest_difference
{
	const normal_table *normal;
	const error_points *points;
	double		error;			/* the unit's */
	double	   *above;			/* caller's, by point: how many may be above, and only so */
	double	   *below;
	double	   *both;
	/* Units without an error, of a unit that has one. */
	bool		exact_above;
	bool		exact_below;
	/* Scratch, by point. */
	double	   *slope;			/* s_j / s_k */
	double	   *width;			/* s_jk / s_k */
	double		step;			/* of trapezoids; 0: panels */
	bool		two_sided;
	bool		even;
} greatest_difference;

/* Nothing is compared yet; above, below and both become 0. */
extern void greatest_difference_start(greatest_difference *greatest, double error);

/* The probability that none exceeds c >= 0; good to some 1e-10. */
extern double greatest_difference_cdf(greatest_difference *greatest, double c);

/*
 * The c that has a probability, 0 where that is too much, sought from one that
 * is near.
 */
extern double greatest_difference_quantile(greatest_difference *greatest, double probability,
										   double start);

/* That of as many differences if they were independent: not far off, and to be sought from. */
extern double independent_differences_quantile(double probability, double count);

#endif							/* PARINDEX_GREATEST_DIFFERENCE_H */
