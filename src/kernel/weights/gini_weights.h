/*
 * gini_weights.h
 *	  How unevenly a criterion is spread over the units, by Gini's coefficient:
 *
 *	  G = sum_i sum_k |x_i - x_k| / (2 n^2 mean) = sum_i (2 i - n - 1) x_i / (n sum(x))
 *
 * with x_i in ascending order, i from 1 (Gini 1912; Sen, On Economic Inequality,
 * 1973). Both sums are exact and their quotient is rounded once.
 */
#ifndef PARINDEX_GINI_WEIGHTS_H
#define PARINDEX_GINI_WEIGHTS_H

/*
 * Of n values in ascending order, finite and not negative: 0 where all are
 * equal, zero included, to 1 - 1 / n where one has all; NaN where n is below 2.
 */
extern double gini_coefficient(const double *sorted, int n);

#endif							/* PARINDEX_GINI_WEIGHTS_H */
