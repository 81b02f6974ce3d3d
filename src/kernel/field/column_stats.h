/*
 * column_stats.h
 *	  Statistics of one criterion over all units, whatever their order.
 *
 * A column is n doubles, finite where observed and NaN where not; n >= 0.
 * Sums are exact, or of integers, and rounded once: no result depends on the
 * order of the rows. Results that are undefined are NaN.
 */
#ifndef PARINDEX_COLUMN_STATS_H
#define PARINDEX_COLUMN_STATS_H

#include "kernel/exact/int128.h"

typedef struct column_moments
{
	int			count;			/* observed values */
	double		min;
	double		max;
	double		mean;			/* exact, rounded once */
	double		sd;				/* sample (n - 1), exact, rounded once; from 2 values on; may overflow to infinity */
	double		skewness;		/* type 2; from 3 values on, not all equal */
	double		kurtosis;		/* type 2, of the normal distribution 0; from 4 values on, not all equal */
} column_moments;

extern void column_get_moments(const double *x, int n, column_moments *result);

/* The same, sooner: without skewness and kurtosis, or without sd. */
extern void column_get_spread(const double *x, int n, column_moments *result);
extern void column_get_shape(const double *x, int n, column_moments *result);

extern double column_mean(const double *x, int n);

/* Exact, rounded once; 0 of no values. */
extern double column_sum(const double *x, int n);

/*
 * Writes the observed values in ascending order and returns their number;
 * `sorted` and `scratch` hold n doubles each. -0 becomes 0.
 */
extern int	column_sort(const double *x, int n, double *sorted, double *scratch);

/*
 * Of n sorted values: the quantile of type 7 (Hyndman and Fan 1996), p in
 * 0 .. 1, and the median, the mean of the two in the middle.
 */
extern double sorted_quantile(const double *sorted, int n, double p);
extern double sorted_median(const double *sorted, int n);

/* a + share * (b - a) for a share of 0 .. 1; never outside a .. b. */
extern double interpolate(double a, double b, double share);

/* How many different values there are, and how often the most frequent stands. */
extern int	sorted_distinct(const double *sorted, int n, int *most_frequent);

#endif							/* PARINDEX_COLUMN_STATS_H */
