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
typedef struct DecimalSum
{
	int64_t    *limb;
	int32_t		count;
	int32_t		low;
} DecimalSum;

#define DECIMAL_PENDING_MAX UINT32_MAX

/*
 * Limbs above the highest one in use into which a lazy sum may carry when it
 * is normalised.
 */
#define DECIMAL_CARRY_LIMBS 2

/* Narrow sums: an integer in units of 10000^-fraction. */
typedef px_int128 DecimalInt __attribute__((aligned(8)));

static inline bool
decimal_int_fits_int64(DecimalInt value)
{
	return value == (int64_t) value;
}

/* Limbs that hold any DecimalInt in any unit. */
#define DECIMAL_INT_LIMBS	6

/*
 * Called between the steps of long loops, so that the host can interrupt
 * them; may leave by longjmp.
 */
typedef void (*DecimalPoll) (void);

/* The position just above the highest limb. */
static inline int32_t
decimal_sum_top(const DecimalSum *sum)
{
	return sum->low + sum->count;
}

extern void decimal_sum_add(DecimalSum *sum, const DecimalSum *term, int sign);
extern void decimal_sum_normalise(DecimalSum *sum);
extern void decimal_sum_trim(DecimalSum *sum);
extern int	decimal_sum_sign(const DecimalSum *sum);
extern int32_t decimal_sum_low_limb(int scale);
extern bool decimal_sum_fits_scale(const DecimalSum *sum, int scale);
extern void decimal_sum_round(DecimalSum *sum, int scale);

extern void decimal_sum_multiply(DecimalSum *product, const DecimalSum *a,
								 const DecimalSum *b, DecimalPoll poll);
extern int32_t decimal_sum_quotient_limbs(const DecimalSum *numerator,
										  const DecimalSum *denominator,
										  int32_t low);
extern int32_t decimal_sum_divide_scratch(const DecimalSum *numerator,
										  const DecimalSum *denominator,
										  int32_t low);
extern void decimal_sum_divide(DecimalSum *quotient,
							   const DecimalSum *numerator,
							   const DecimalSum *denominator,
							   int64_t *scratch, DecimalPoll poll);

extern bool decimal_int_rescale(DecimalInt *value, int steps);
extern void decimal_sum_set_int(DecimalSum *sum, DecimalInt value,
								int fraction);
extern bool decimal_sum_get_int(const DecimalSum *sum, int fraction,
								DecimalInt *value);

#endif							/* PARINDEX_DECIMAL_SUM_H */
