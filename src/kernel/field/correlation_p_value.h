/*
 * correlation_p_value.h
 *	  Two-sided p-values of correlations, for the hypothesis that there is none.
 *
 * By functions of the C library, as distributions.h: two machines may differ in
 * the last bits.
 */
#ifndef PARINDEX_CORRELATION_P_VALUE_H
#define PARINDEX_CORRELATION_P_VALUE_H

#include "kernel/field/correlation.h"

/* Without ties, below this many rows, Kendall's distribution is counted out. */
#define KENDALL_EXACT 50

/*
 * Of Pearson's or Spearman's r of n rows, by Student's t of n - 2 degrees of
 * freedom: exact where values are normal, of ranks an approximation. NaN where
 * r is, and where n is below 3.
 */
extern double correlation_p_value(double r, int n);

/*
 * Of Kendall's tau-b: exact without ties and with n below KENDALL_EXACT; else by
 * the normal distribution with the variance under ties (Kendall, Rank
 * Correlation Methods, 4th ed. 1970, chapter 4), without a correction for
 * continuity. NaN where either column is constant.
 */
extern double kendall_p_value(const kendall_counts *counts);

#endif							/* PARINDEX_CORRELATION_P_VALUE_H */
