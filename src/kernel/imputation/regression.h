/*
 * regression.h
 *	  Missing values by linear regression on other columns (least squares).
 */
#ifndef PARINDEX_REGRESSION_H
#define PARINDEX_REGRESSION_H

#include <stdbool.h>

/*
 * y[n] on p columns z[p][n], standardised, NaN where missing, over the rows that
 * have all: coefficient[0] + sum of coefficient[1 + i] * z_i. False where these
 * rows do not determine them, or stop said so, which is asked once in a while.
 * scratch holds p * p + 2 * p doubles; p is at most 10,000.
 */
extern bool regression_fit(const double *y, const double *const *z, int n, int p,
						   double *coefficient, double *scratch,
						   bool (*stop) (void *), void *stop_arg);

#endif							/* PARINDEX_REGRESSION_H */
