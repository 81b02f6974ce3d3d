/*
 * half_rank.h
 *	  Mean ranks, which are halves, as numeric.
 */
#ifndef PARINDEX_HALF_RANK_H
#define PARINDEX_HALF_RANK_H

#include "base/compat.h"
#include "utils/numeric.h"

/* twice / 2, with a decimal only where it has one. */
static inline Numeric
half_rank(int64 twice)
{
	return twice % 2 == 0 ? int64_to_numeric(twice / 2) : int64_div_fast_to_numeric(5 * twice, 1);
}

#endif							/* PARINDEX_HALF_RANK_H */
