/*
 * lanes.h
 *	  A few doubles worked on at once, by the vector extension that GCC and
 *	  Clang have on every machine. Each lane has the bits of a single double.
 */
#ifndef PARINDEX_LANES_H
#define PARINDEX_LANES_H

#include <stdint.h>
#include <string.h>

#define LANES 2

typedef double lanes __attribute__((vector_size(LANES * sizeof(double))));
typedef int64_t lane_mask __attribute__((vector_size(LANES * sizeof(int64_t))));

static inline lanes
lanes_of(double x)
{
	return (lanes) {x, x};
}

/* Where the mask is set, a; elsewhere b. */
static inline lanes
lanes_choose(lane_mask mask, lanes a, lanes b)
{
	return (lanes) ((mask & (lane_mask) a) | (~mask & (lane_mask) b));
}

static inline lanes
lanes_size(lanes x)
{
	return (lanes) ((lane_mask) x & INT64_MAX);
}

#endif							/* PARINDEX_LANES_H */
