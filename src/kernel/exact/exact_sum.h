/*
 * exact_sum.h
 *	  A sum kept without any rounding: one two's-complement integer times a
 *	  power of two, in a window that follows the data.
 *
 * The sum is V * 2^(32 * base), V an integer of `limbs` 64-bit words, least
 * significant first, held by the caller. Ordinary data need two or three
 * limbs; the full range of doubles, and of their products, is reached by
 * widening the window (exact_sum.c).
 *
 * Invariant: an addition is made only where exact_sum_fits() says so. It
 * leaves one guard bit, so that V cannot overflow, and the next call sees a
 * window that has become tight. So addition is exact, hence associative and
 * commutative, and subtraction is its exact inverse: states form a group.
 *
 * The idea of a superaccumulator is Kulisch's (Computer Arithmetic and
 * Validity, 2nd ed., 2013); the floating window is ours.
 */
#ifndef PARINDEX_EXACT_SUM_H
#define PARINDEX_EXACT_SUM_H

#include "kernel/exact/int128.h"

#define EXACT_BASE_BITS 32
#define EXACT_MIN_BASE (-127)	/* bases fit an int8: 2^-4064 .. 2^4064 */
#define EXACT_MAX_BASE 127
#define EXACT_MAX_LIMBS 127
#define EXACT_MIN_BIT (EXACT_MIN_BASE * EXACT_BASE_BITS)

/* An addend sign * word * 2^exponent, its magnitude less than 2^bits. */
typedef struct exact_addend
{
	uint64_t	word[3];		/* least significant first */
	int			words;			/* 1 .. 3 */
	int			bits;			/* upper bound of the bit length */
	int			exponent;		/* of the lowest bit */
	uint64_t	sign;			/* all ones to subtract, 0 to add */
} exact_addend;

/* Where a window must lie: bits low .. high - 1, sign and guard included. */
typedef struct exact_span
{
	int			low;
	int			high;			/* low >= high: nothing to hold */
} exact_span;

/*
 * Whether an addend of `bits` bits at `shift` above the window's lowest bit
 * can be added: it lies inside, and the last sum left the guard bit free.
 */
static inline bool
exact_sum_fits(const uint64_t *limb, int limbs, int shift, int bits)
{
	return shift >= 0 && shift + bits <= 64 * limbs - 2 &&
		(int64_t) (limb[limbs - 1] ^ limb[limbs - 1] << 1) >= 0;
}

/* The addend's words shifted left by less than 64 bits, one more than before. */
static inline uint64_t
exact_shifted_word(const uint64_t *word, int words, int k, int s)
{
	uint64_t	here = k < words ? word[k] : 0;
	uint64_t	below = k > 0 ? word[k - 1] : 0;

	return here << s | (below >> 1) >> (63 - s);
}

/* Add with a carry in and out. */
static inline uint64_t
exact_add_carry(uint64_t a, uint64_t b, uint64_t *carry)
{
	px_uint128	sum = (px_uint128) a + b + *carry;

	*carry = (uint64_t) (sum >> 64);
	return (uint64_t) sum;
}

/* Add to a window of any width, in which the addend fits. */
static inline void
exact_sum_add(uint64_t *limb, int limbs, int shift,
			  const uint64_t *word, int words, uint64_t sign)
{
	int			i = shift >> 6;
	uint64_t	carry = sign & 1;

	for (int k = 0; k <= words && i < limbs; k++, i++)
		limb[i] = exact_add_carry(limb[i], exact_shifted_word(word, words, k, shift & 63) ^ sign,
								  &carry);
	/* Above the addend stands its sign: nothing changes once the carry equals it. */
	for (; i < limbs && carry != (sign & 1); i++)
		limb[i] = exact_add_carry(limb[i], sign, &carry);
}

/*
 * The same where both widths are constants: no branch depends on the data,
 * since where an addend falls cannot be predicted.
 */
static inline __attribute__((always_inline)) void
exact_sum_add_fast(uint64_t *limb, const int limbs, int shift,
				   const uint64_t *word, const int words, uint64_t sign)
{
	int			i = shift >> 6;
	int			s = shift & 63;
	uint64_t	part[4];
	uint64_t	carry = sign & 1;

	for (int k = 0; k <= words; k++)
		part[k] = exact_shifted_word(word, words, k, s);
	for (int k = 0; k < limbs; k++)
	{
		uint64_t	addend = 0;

		for (int j = 0; j <= words && j <= k; j++)
			addend = k - j == i ? part[j] : addend;
		limb[k] = exact_add_carry(limb[k], addend ^ sign, &carry);
	}
}

extern void exact_sum_merge(uint64_t *limb, int limbs, int base,
							const uint64_t *other, int other_limbs,
							int other_base, bool subtract);
extern exact_span exact_sum_span(const uint64_t *limb, int limbs, int base);
extern exact_span exact_span_union(exact_span a, exact_span b);
extern int	exact_span_limbs(exact_span span);
extern int	exact_span_base(exact_span span, int limbs);
extern void exact_sum_move(uint64_t *to, int to_limbs, int to_base,
						   const uint64_t *from, int from_limbs, int from_base);
extern int	exact_sum_trim(const uint64_t *limb, int limbs, int base,
						   uint64_t *trimmed, int *trimmed_base);

#endif							/* PARINDEX_EXACT_SUM_H */
