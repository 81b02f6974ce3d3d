/*
 * weight_shares.h
 *	  Weights that sum to 1, in proportion to importances.
 */
#ifndef PARINDEX_WEIGHT_SHARES_H
#define PARINDEX_WEIGHT_SHARES_H

#include <stdbool.h>

/*
 * Each of n importances, finite and not negative, over their exact sum,
 * rounded once: whatever their order. False, and nothing written, where all
 * are 0 or n is. `share` may be `importance`.
 */
extern bool weight_shares(const double *importance, int n, double *share);

#endif							/* PARINDEX_WEIGHT_SHARES_H */
