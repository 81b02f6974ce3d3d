/*
 * bod_robust.h
 *	  Robust benefit of the doubt: a unit against the best of m others drawn at
 *	  random, with replacement, rather than against the best of all (order-m
 *	  frontiers: Cazals, Florens and Simar 2002; as an index Vidoli and Mazziotta
 *	  2013, R's Compind).
 *
 * Of the unit i, another k reaches v_k = min_j(x_kj / x_ij), over the criteria in
 * which i has more than 0. The score is 1 over the expected greatest v of m drawn:
 *
 *	 expected = sum_k v_(k) ((k / n)^m - ((k - 1) / n)^m),	v_(k) ascending
 *
 * which needs no draws. With draws it is their mean, as other software has it.
 */
#ifndef PARINDEX_BOD_ROBUST_H
#define PARINDEX_BOD_ROBUST_H

#include <stdbool.h>

/* v_k of unit k for the unit i; own and other by criterion, own with some value above 0. */
extern double order_m_reach(const double *own, const double *other, int criteria);

/* (k / n)^m for k = 1 .. n, to some 100 bits and rounded; power[k - 1]. */
extern void order_m_powers(int n, int m, double *power);

/* The expected greatest of m of n values in ascending order; exact up to the powers' rounding. */
extern double order_m_expected(const double *sorted, const double *power, int n);

#endif							/* PARINDEX_BOD_ROBUST_H */
