/*
 * weighted_variance.h
 *	  Variances of a state, as aggregates and accessors give them.
 */
#ifndef PARINDEX_WEIGHTED_VARIANCE_H
#define PARINDEX_WEIGHTED_VARIANCE_H

#include "statistics/moments_state.h"

extern variance_kind parse_variance_kind(const text *kind);
extern bool moment_state_variance(const moments *state, variance_kind kind,
								  bool root, double *result);

#endif							/* PARINDEX_WEIGHTED_VARIANCE_H */
