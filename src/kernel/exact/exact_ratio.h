/*
 * exact_ratio.h
 *	  Ratios of exact integers, rounded once.
 */
#ifndef PARINDEX_EXACT_RATIO_H
#define PARINDEX_EXACT_RATIO_H

#include "kernel/exact/int128.h"

/* Holds any product of two moment sums, aligned to another (see moments.c). */
#define EXACT_INTEGER_LIMBS 288

/* (negative ? -1 : 1) * magnitude * 2^exponent; limbs 0 is zero. */
typedef struct exact_integer
{
	int			limbs;			/* significant ones: the top limb is not 0 */
	int			exponent;		/* of the lowest bit */
	bool		negative;
	uint64_t	limb[EXACT_INTEGER_LIMBS];	/* least significant first */
} exact_integer;

extern void exact_integer_set(exact_integer *x, uint64_t value);
extern void exact_integer_from_sum(exact_integer *x, const uint64_t *limb,
								   int limbs, int base);
extern int	exact_integer_to_sum(const exact_integer *x, uint64_t *limb,
								 int max_limbs, int *base);
extern int	exact_integer_bits(const exact_integer *x);
extern void exact_integer_make_odd(exact_integer *x);
extern void exact_integer_multiply(exact_integer *product,
								   const exact_integer *a,
								   const exact_integer *b);
extern void exact_integer_subtract(exact_integer *a, exact_integer *b);

extern double exact_integer_round(const exact_integer *x);
extern double exact_ratio_round(const exact_integer *numerator,
								const exact_integer *denominator);
extern double exact_ratio_round_sqrt(const exact_integer *numerator,
									 const exact_integer *denominator);
extern px_uint128 exact_ratio_quotient(const exact_integer *numerator,
									   const exact_integer *denominator,
									   int shift, bool *inexact);
extern double round_to_double(px_uint128 mantissa, bool sticky, int exponent,
							  bool negative);

#endif							/* PARINDEX_EXACT_RATIO_H */
