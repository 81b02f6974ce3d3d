/*
 * exact_total.h
 *	  An exact sum that is made and read within one computation: exact_sum.h
 *	  with its window in place, which widens itself.
 *
 * Meant for the stack. The window starts with four limbs around the first
 * addend, which holds products of ordinary doubles; what its limbs beyond
 * `limbs` hold is never read.
 */
#ifndef PARINDEX_EXACT_TOTAL_H
#define PARINDEX_EXACT_TOTAL_H

#include "kernel/exact/exact_ratio.h"
#include "kernel/exact/exact_sum.h"

#define EXACT_TOTAL_LIMBS 4

typedef struct exact_total
{
	int			limbs;
	int			base;			/* in units of 32 bits */
	uint64_t	limb[EXACT_MAX_LIMBS];
} exact_total;

static inline void
exact_total_init(exact_total *total)
{
	total->limbs = EXACT_TOTAL_LIMBS;
	total->base = EXACT_MAX_BASE;	/* above any addend: the first finds its place */
	memset(total->limb, 0, sizeof(uint64_t) * EXACT_TOTAL_LIMBS);
}

extern void exact_total_add(exact_total *total, const exact_addend *addend);
extern void exact_total_add_sum(exact_total *total, const uint64_t *limb, int limbs, int base);

/* Add a * b, both finite. */
static inline void
exact_total_add_product(exact_total *total, double a, double b)
{
	double_parts pa = split_double(a);
	double_parts pb = split_double(b);
	px_uint128	p = (px_uint128) pa.mantissa * pb.mantissa;
	exact_addend addend;
	int			shift;

	addend.word[0] = (uint64_t) p;
	addend.word[1] = (uint64_t) (p >> 64);
	addend.words = 2;
	addend.bits = 2 * DOUBLE_MANTISSA_BITS;
	addend.exponent = pa.exponent + pb.exponent;
	addend.sign = pa.negative != pb.negative ? ~UINT64_C(0) : 0;
	if (p == 0)
		return;
	shift = addend.exponent - total->base * EXACT_BASE_BITS;
	if (total->limbs == EXACT_TOTAL_LIMBS &&
		exact_sum_fits(total->limb, EXACT_TOTAL_LIMBS, shift, addend.bits))
		exact_sum_add_fast(total->limb, EXACT_TOTAL_LIMBS, shift,
						   addend.word, 2, addend.sign);
	else
		exact_total_add(total, &addend);
}

static inline void
exact_total_get(const exact_total *total, exact_integer *sum)
{
	exact_integer_from_sum(sum, total->limb, total->limbs, total->base);
}

#endif							/* PARINDEX_EXACT_TOTAL_H */
