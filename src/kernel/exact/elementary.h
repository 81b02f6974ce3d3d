/*
 * elementary.h
 *	  Logarithm, exponential, power and reciprocal in integer arithmetic.
 *
 * Geometric, harmonic and power means need these functions with the same bits
 * on every machine, which libm does not promise. No floating-point operation
 * rounds here: doubles enter and leave by their bits.
 *
 * Error bounds are derived in elementary.c and watched by
 * test/kernel/elementary_test.c against MPFR.
 */
#ifndef PARINDEX_ELEMENTARY_H
#define PARINDEX_ELEMENTARY_H

#include "kernel/exact/int128.h"

/* A logarithm as a signed fixed-point number: value * 2^LOG_FRACTION_BITS. */
#define LOG_FRACTION_BITS 112

/*
 * A non-negative number of 128 significant bits and a wide range:
 * (hi * 2^64 + lo) * 2^exponent, where the top bit of hi is set; zero is all
 * zero.
 */
typedef struct wide_float
{
	uint64_t	hi;
	uint64_t	lo;
	int32_t		exponent;
} wide_float;

/* ln x, x positive and finite; absolute error below 2^-112. */
extern px_int128 fixed_log(double x);

/* ln x, 2^-5900 < x < 2^5900; absolute error below 2^-112. */
extern px_int128 wide_log(wide_float x);

/* e^y, |y| < 2^12 as fixed point; relative error below 2^-116. */
extern wide_float wide_exp(px_int128 y);

/* e^x, correctly rounded but for the rarest cases, the same on every machine. */
extern double rounded_exp(double x);

/*
 * x^p, x positive and finite, p finite and not zero; relative error below
 * 2^-100, and below 2^-120 where |p ln x| < 2^-8. Exact for p = 1. False,
 * with *result untouched, when |p ln x| >= 2700: inside, the result is within
 * 2^-3896 .. 2^3896, and sums of weighted powers stay in the range of
 * wide_log.
 */
extern bool wide_pow(double x, double p, wide_float *result);

/*
 * m^(1/p), 2^-5900 < m < 2^5900, p finite and not zero; error as in wide_pow,
 * exact for p = 1. A result below e^-2700 becomes zero, one above e^2700
 * becomes 2^4096, so that wide_to_double gives zero or infinity for them.
 */
extern wide_float wide_root(wide_float m, double p);

/* 1/|x| cut after 128 significant bits, x finite and not zero. */
extern wide_float wide_reciprocal(double x);

/* m * 2^exponent, exactly. */
extern wide_float wide_from_integer(px_uint128 m, int exponent);

/* x itself, x positive and finite. */
extern wide_float wide_from_double(double x);

/*
 * The double nearest to x, ties to even, subnormals included; infinity from
 * 2^1024 - 2^970 on, as IEEE 754 rounds.
 */
extern double wide_to_double(wide_float x);

#endif							/* PARINDEX_ELEMENTARY_H */
