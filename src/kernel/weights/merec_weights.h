/*
 * merec_weights.h
 *	  What a criterion's removal does to the units' performance: MEREC, the
 *	  method based on the removal effects of criteria (Keshavarz-Ghorabaee,
 *	  Amiri, Zavadskas, Turskis and Antucheviciene, Symmetry 13, 2021).
 *
 * With d_ij = |ln x_ij - ln limit_j|, the limit being the least value of a
 * criterion in which more is better and the greatest of one in which less is,
 *
 *	  performance		S_i = ln(1 + sum_j(d_ij) / m)
 *	  without j		S_ij = ln(1 + (sum_k(d_ik) - d_ij) / m)
 *	  removal effect	E_j = sum_i |S_ij - S_i|,
 *
 * m being how many values the unit has. All are integers in units of
 * 2^-MEREC_FRACTION_BITS, so that neither the order of units nor that of
 * criteria matters.
 */
#ifndef PARINDEX_MEREC_WEIGHTS_H
#define PARINDEX_MEREC_WEIGHTS_H

#include "kernel/exact/int128.h"

/* Room for a logarithm (11 bits) of 2^27 criteria, and of as many units. */
#define MEREC_FRACTION_BITS 88

/* ln x, x positive and finite. */
extern px_int128 merec_log(double x);

/* S of a sum of `count` distances, above 0. */
extern px_int128 merec_performance(px_int128 sum, int count);

/* effect / count as a double; count above 0. */
extern double merec_mean(px_int128 effect, int count);

#endif							/* PARINDEX_MEREC_WEIGHTS_H */
