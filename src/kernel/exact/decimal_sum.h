/*
 * decimal_sum.h
 *	  Exact decimal sums: see decimal_sum.c.
 */
#ifndef PARINDEX_DECIMAL_SUM_H
#define PARINDEX_DECIMAL_SUM_H

#include <stdbool.h>
#include <stdint.h>

#include "kernel/exact/int128.h"

#define DECIMAL_BASE		INT64_C(100000000)
#define DECIMAL_BASE_DIGITS 8

/*
 * A sum of limb[i] * DECIMAL_BASE^(low + i), least significant limb first.
 * The limbs are the caller's memory.
 *
 * Two shapes: "normalised" - every limb has the sign of the value and is
 * smaller than DECIMAL_BASE - and "lazy" - any int64 limbs.  Adding a
 * normalised term moves a limb by less than DECIMAL_BASE, so that
 * DECIMAL_PENDING_MAX terms may be added before carries must be made.
 */
typedef struct decimal_sum
{
	int64_t    *limb;
	int32_t		count;
	int32_t		low;
} decimal_sum;

#define DECIMAL_PENDING_MAX UINT32_MAX

/*
 * Limbs above the highest one in use into which a lazy sum may carry when it
 * is normalised.
 */
#define DECIMAL_CARRY_LIMBS 2

/* Narrow sums: an integer in units of 10000^-fraction. */
typedef px_int128 decimal_int __attribute__((aligned(8)));

static inline bool
decimal_int_fits_int64(decimal_int value)
{
	return value == (int64_t) value;
}

/* Limbs that hold any decimal_int in any unit. */
#define DECIMAL_INT_LIMBS	6

/* The position just above the highest limb. */
static inline int32_t
decimal_sum_top(const decimal_sum *sum)
{
	return sum->low + sum->count;
}

extern void decimal_sum_add(decimal_sum *sum, const decimal_sum *term, int sign);
extern void decimal_sum_normalise(decimal_sum *sum);
extern void decimal_sum_trim(decimal_sum *sum);
extern int	decimal_sum_sign(const decimal_sum *sum);
extern int32_t decimal_sum_low_limb(int scale);
extern bool decimal_sum_fits_scale(const decimal_sum *sum, int scale);
extern void decimal_sum_round(decimal_sum *sum, int scale);

/*
 * Long loops ask `stop`, where it is not NULL, between their steps; it may also
 * leave by longjmp. False where it said so: the result is unfinished.
 */
extern bool decimal_sum_multiply(decimal_sum *product, const decimal_sum *a,
								 const decimal_sum *b, bool (*stop) (void *), void *stop_arg);
extern int32_t decimal_sum_quotient_limbs(const decimal_sum *numerator,
										  const decimal_sum *denominator,
										  int32_t low);
extern int32_t decimal_sum_divide_scratch(const decimal_sum *numerator,
										  const decimal_sum *denominator,
										  int32_t low);
extern bool decimal_sum_divide(decimal_sum *quotient,
							   const decimal_sum *numerator,
							   const decimal_sum *denominator,
							   int64_t *scratch, bool (*stop) (void *), void *stop_arg);

extern bool decimal_int_rescale(decimal_int *value, int steps);
extern void decimal_sum_set_int(decimal_sum *sum, decimal_int value,
								int fraction);
extern bool decimal_sum_get_int(const decimal_sum *sum, int fraction,
								decimal_int *value);

#endif							/* PARINDEX_DECIMAL_SUM_H */
