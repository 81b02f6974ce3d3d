/*
 * nearest.h
 *	  Missing values by the mean of the nearest units.
 *
 * Distance of two rows: the mean squared difference, in standard deviations,
 * over the columns that both have.
 */
#ifndef PARINDEX_NEAREST_H
#define PARINDEX_NEAREST_H

/*
 * Distances of row `row` from the n rows of z (n x k by rows, standardised, NaN
 * where missing); NaN from itself and from rows with which it shares no column.
 */
extern void nearest_distances(const double *z, int n, int k, int row, double *distance);

/*
 * The mean of x[n] over the `wanted` nearest rows that have it, and over all
 * that are as near as the last of them; NaN where none has. scratch holds 3 * n
 * doubles.
 */
extern double nearest_mean(const double *distance, const double *x, int n, int wanted,
						   double *scratch);

#endif							/* PARINDEX_NEAREST_H */
