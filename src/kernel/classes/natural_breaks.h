/*
 * natural_breaks.h
 *	  Values cut into the classes that vary least within themselves: Fisher's
 *	  exact optimum (On Grouping for Maximum Homogeneity, 1958), which Jenks made
 *	  known as natural breaks (1967), and k-means in one dimension is.
 *
 * Values are distinct integers, each with the number of rows that have it, so
 * that all sums are exact. Of classes c with W rows and the sum S, the squared
 * deviations within are sum(x^2) - sum_c S^2 / W: least where sum_c S^2 / W is
 * greatest.
 */
#ifndef PARINDEX_NATURAL_BREAKS_H
#define PARINDEX_NATURAL_BREAKS_H

#include "kernel/exact/int128.h"

#define NATURAL_BREAKS_MAX_CLASSES	100

/* Distinct values in ascending order, and rows with a lower value than each. */
typedef struct counted_values
{
	const int64_t *value;
	const int64_t *below;
	int			n;				/* values */
	int64_t		total;			/* rows */
} counted_values;

/* Whether sums of squares stay within 128 bits. */
extern bool natural_breaks_fit_in(const counted_values *values);

/* Bytes of work memory; classes are 1 to n, and no more than the most. */
extern size_t natural_breaks_memory(int n, int classes);

/*
 * first[c] is to be the index of the lowest value of class c, from 0. All classes
 * have a value. Of several best classifications it is the one whose last class
 * begins lowest, then that whose class before begins lowest, and so on. False
 * where stop said so.
 */
extern bool natural_breaks(const counted_values *values, int classes, int *first, void *memory,
						   bool (*stop) (void *), void *stop_arg);

/*
 * Goodness of variance fit, 1 - squared deviations within the classes / squared
 * deviations from the mean: 1 where each value is a class; NaN for one value.
 */
extern double natural_breaks_goodness(const counted_values *values, int classes, const int *first);

#endif							/* PARINDEX_NATURAL_BREAKS_H */
