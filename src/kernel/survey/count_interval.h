/*
 * count_interval.h
 *	  Confidence intervals from counts: of a share k of n, of a rate.
 */
#ifndef PARINDEX_COUNT_INTERVAL_H
#define PARINDEX_COUNT_INTERVAL_H

#include <stdbool.h>
#include <stdint.h>

typedef enum count_method
{
	COUNT_WILSON,
	COUNT_WILSON_CORRECTED,		/* for continuity */
	COUNT_CLOPPER_PEARSON,
	COUNT_JEFFREYS,
	COUNT_AGRESTI_COULL,
	COUNT_ARCSINE,
	COUNT_NORMAL
} count_method;

typedef enum rate_method
{
	RATE_EXACT,
	RATE_BYAR
} rate_method;

/*
 * Ends of a share k of n, 0 <= k <= n, n > 0. NaN where there is none: that of
 * the normal distribution for 0 or n of n, which would have no width, and those
 * by quantiles of the beta distribution for n above 10^11.
 */
extern void count_interval(int64_t k, int64_t n, count_method method, double level,
						   double *low, double *high);

/* Ends of the number of events expected where k >= 0 were counted. */
extern void event_interval(int64_t k, rate_method method, double level, double *low, double *high);

#endif							/* PARINDEX_COUNT_INTERVAL_H */
