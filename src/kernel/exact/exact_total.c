/*
 * exact_total.c
 *	  Placing and widening the window of exact_total.h.
 */
#include "kernel/exact/exact_total.h"

/* Bits left free around the data when a window is widened. */
#define SLACK_BELOW 64
#define SLACK_ABOVE 64

/* Room for another span besides what the window holds, a carry and the guard bit. */
static void
make_total_room(exact_total *total, exact_span more)
{
	uint64_t	limb[EXACT_MAX_LIMBS];
	exact_span	span = exact_sum_span(total->limb, total->limbs, total->base);
	int			limbs = total->limbs;
	int			base;

	span = exact_span_union(span, more);
	span.high += 2;
	if (span.low >= total->base * EXACT_BASE_BITS &&
		span.high <= total->base * EXACT_BASE_BITS + 64 * limbs)
		return;
	if (exact_span_limbs(span) > limbs)
	{
		exact_span	wide = {span.low - SLACK_BELOW, span.high + SLACK_ABOVE};

		if (wide.low < EXACT_MIN_BIT)
			wide.low = EXACT_MIN_BIT;
		limbs = exact_span_limbs(wide);
	}
	base = exact_span_base(span, limbs);
	exact_sum_move(limb, limbs, base, total->limb, total->limbs, total->base);
	memcpy(total->limb, limb, sizeof(uint64_t) * limbs);
	total->limbs = limbs;
	total->base = base;
}

/* Add any addend; its bits lie within 2^-4064 .. 2^4000. */
void
exact_total_add(exact_total *total, const exact_addend *addend)
{
	int			shift = addend->exponent - total->base * EXACT_BASE_BITS;

	if (!exact_sum_fits(total->limb, total->limbs, shift, addend->bits))
	{
		exact_span	span = {addend->exponent, addend->exponent + addend->bits + 1};

		make_total_room(total, span);
		shift = addend->exponent - total->base * EXACT_BASE_BITS;
	}
	exact_sum_add(total->limb, total->limbs, shift,
				  addend->word, addend->words, addend->sign);
}

/* Add another window's sum. */
void
exact_total_add_sum(exact_total *total, const uint64_t *limb, int limbs, int base)
{
	int			shift = (base - total->base) * EXACT_BASE_BITS;

	/* The whole window fits, or just what its sum occupies does. */
	if (!exact_sum_fits(total->limb, total->limbs, shift, 64 * limbs))
	{
		exact_span	more = exact_sum_span(limb, limbs, base);

		if (more.low >= more.high)
			return;
		make_total_room(total, more);
	}
	exact_sum_merge(total->limb, total->limbs, total->base, limb, limbs, base, false);
}
