/*
 * merec_weights.c
 *	  Performances and removal effects: merec_weights.h.
 */
#include "kernel/weights/merec_weights.h"

#include "kernel/exact/elementary.h"

#define SHIFT (LOG_FRACTION_BITS - MEREC_FRACTION_BITS)

px_int128
merec_log(double x)
{
	return fixed_log(x) >> SHIFT;
}

px_int128
merec_performance(px_int128 sum, int count)
{
	px_uint128	one = (px_uint128) 1 << MEREC_FRACTION_BITS;

	return wide_log(wide_from_integer(one + (px_uint128) (sum / count), -MEREC_FRACTION_BITS)) >> SHIFT;
}

double
merec_mean(px_int128 effect, int count)
{
	px_uint128	mean = (px_uint128) (effect / count);

	return mean == 0 ? 0 : wide_to_double(wide_from_integer(mean, -MEREC_FRACTION_BITS));
}
