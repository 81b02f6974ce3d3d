/*
 * ahp_weights.h
 *	  Weights from judgements in pairs: the Analytic Hierarchy Process.
 *
 * Saaty, A scaling method for priorities in hierarchical structures, Journal
 * of Mathematical Psychology 15 (1977); The Analytic Hierarchy Process (1980).
 *
 * a[i * n + j], positive and finite, says how many times as important i is as
 * j; 1 <= n <= AHP_MAX. Sums are exact and rounded once, so that the order in
 * which criteria stand does not change a bit.
 */
#ifndef PARINDEX_AHP_WEIGHTS_H
#define PARINDEX_AHP_WEIGHTS_H

#include <stdbool.h>

#define AHP_MAX 15

/*
 * The principal eigenvector, summing to 1, by power iteration until a step
 * changes no weight by more than 2^-50 of it. False where that does not come,
 * as of judgements that contradict each other wildly.
 */
extern bool ahp_eigenvector(const double *a, int n, double *weight);

/* The geometric mean of each row, summing to 1. */
extern void ahp_row_means(const double *a, int n, double *weight);

/*
 * The mean over the rows of (A w)_i / w_i: the principal eigenvalue, or what
 * stands for it with other weights. At least n of reciprocal judgements.
 */
extern double ahp_lambda(const double *a, int n, const double *weight);

/* (lambda - n) / (n - 1), at least 0; 0 for n < 3, where nothing can contradict. */
extern double ahp_consistency_index(double lambda, int n);

/* Over that of random judgements; 0 for n < 3. */
extern double ahp_consistency_ratio(double consistency_index, int n);

#endif							/* PARINDEX_AHP_WEIGHTS_H */
