/*
 * cholesky.h
 *	  Linear equations with a symmetric positive definite matrix of few rows.
 */
#ifndef PARINDEX_CHOLESKY_H
#define PARINDEX_CHOLESKY_H

#include <stdbool.h>

/*
 * Factors a, k x k by rows, in place: its lower triangle L becomes that of
 * a = L L'. False where a is not positive definite to 1e-12 of its diagonal.
 * k is at most 10,000.
 */
extern bool cholesky_factor(double *a, int k);

/* b[k] becomes the solution of L L' x = b. */
extern void cholesky_solve(const double *l, int k, double *b);

#endif							/* PARINDEX_CHOLESKY_H */
