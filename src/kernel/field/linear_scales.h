/*
 * linear_scales.h
 *	  Many values on linear scales at once, each with the bits of a single one.
 *
 * A value becomes lower + share * (upper - lower), where share is
 * (direction * x - from) / length held within least .. most, without crossing
 * an end that it should not (share_between() of normalise.h). Bare numbers go
 * from 0 to 1, and are held by nothing.
 */
#ifndef PARINDEX_LINEAR_SCALES_H
#define PARINDEX_LINEAR_SCALES_H

#include "kernel/exact/lanes.h"

/* Of LANES values. */
typedef struct linear_scales
{
	lanes		direction;
	lanes		from;
	lanes		length;
	lanes		least;
	lanes		most;
	lanes		lower;
	lanes		upper;
} linear_scales;

static inline lanes
linear_scales_at(const linear_scales *s, lanes x)
{
	lanes		share = (s->direction * x - s->from) / s->length;
	lanes		result;
	lane_mask	astray;

	share = lanes_choose(share < s->least, s->least, share);
	share = lanes_choose(share > s->most, s->most, share);
	result = s->lower + share * (s->upper - s->lower);
	astray = (share >= lanes_of(1)) ^ (result >= s->upper);
	return lanes_choose(astray, s->upper, result) + lanes_of(0);
}

#endif							/* PARINDEX_LINEAR_SCALES_H */
