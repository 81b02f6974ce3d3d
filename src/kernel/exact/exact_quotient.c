/*
 * exact_quotient.c
 *	  Quotients of sums, in 128 bits where they fit: exact_quotient.h.
 */
#include "kernel/exact/exact_quotient.h"

#include <limits.h>
#include <math.h>

/* Bits that adding EXACT_QUOTIENT_TERMS terms can carry, and a sign. */
#define CARRY_BITS 6

/* Move the terms into the totals. */
void
exact_quotient_widen(exact_quotient *quotient)
{
	if (!quotient->wide)
	{
		exact_total_init(&quotient->numerator);
		exact_total_init(&quotient->denominator);
		quotient->wide = true;
	}
	for (int i = 0; i < quotient->terms; i++)
	{
		exact_total_add_product(&quotient->numerator, quotient->term[i].a, quotient->term[i].b);
		exact_total_add_product(&quotient->denominator, quotient->term[i].c, 1);
	}
	quotient->terms = 0;
}

/* A double with an odd mantissa: weights then take few bits. */
static inline double_parts
split_odd(double x)
{
	double_parts parts = split_double(x);
	int			zeros = parts.mantissa == 0 ? 0 : __builtin_ctzll(parts.mantissa);

	parts.mantissa >>= zeros;
	parts.exponent += zeros;
	return parts;
}

/* An integer sum under way: where its addends lie. */
typedef struct span
{
	int			low;
	int			high;
} span;

static inline void
cover(span *span, int exponent, int bits)
{
	if (exponent < span->low)
		span->low = exponent;
	if (exponent + bits > span->high)
		span->high = exponent + bits;
}

/* The quotient in 128-bit integers; false where the terms do not fit. */
static bool
narrow_quotient(const exact_quotient *quotient, double *result)
{
	span		numerator = {INT_MAX, INT_MIN};
	span		denominator = {INT_MAX, INT_MIN};
	px_uint128	product[EXACT_QUOTIENT_TERMS];
	int			exponent[EXACT_QUOTIENT_TERMS];
	double_parts c[EXACT_QUOTIENT_TERMS];
	px_int128	sum = 0;
	px_uint128	magnitude;
	uint64_t	divisor = 0;
	int			shift;

	for (int i = 0; i < quotient->terms; i++)
	{
		double_parts a = split_odd(quotient->term[i].a);
		double_parts b = split_odd(quotient->term[i].b);

		c[i] = split_odd(quotient->term[i].c);
		product[i] = (px_uint128) a.mantissa * b.mantissa;
		exponent[i] = a.exponent + b.exponent;
		if (product[i] != 0)
			cover(&numerator, exponent[i], bit_length128(product[i]));
		if (c[i].mantissa != 0)
			cover(&denominator, c[i].exponent, bit_length(c[i].mantissa));
		if (a.negative != b.negative)
			product[i] = -product[i];
	}
	if (denominator.low == INT_MAX)
	{
		*result = NAN;
		return true;
	}
	if (numerator.low == INT_MAX)
	{
		*result = 0;
		return true;
	}
	if (numerator.high - numerator.low > 128 - CARRY_BITS ||
		denominator.high - denominator.low > 64 - CARRY_BITS)
		return false;
	for (int i = 0; i < quotient->terms; i++)
	{
		if (product[i] != 0)
			sum += (px_int128) (product[i] << (exponent[i] - numerator.low));
		if (c[i].mantissa != 0)
			divisor += c[i].mantissa << (c[i].exponent - denominator.low);
	}
	magnitude = sum < 0 ? -(px_uint128) sum : (px_uint128) sum;

	/* A numerator of 128 bits by a divisor of 64: 64 bits or more, and a rest. */
	shift = 128 - bit_length128(magnitude);
	if (sum != 0)
		magnitude <<= shift;
	*result = sum == 0 ? 0 :
		round_to_double(magnitude / divisor, magnitude % divisor != 0,
						numerator.low - shift - denominator.low, sum < 0);
	return true;
}

double
exact_quotient_get(exact_quotient *quotient)
{
	exact_integer numerator;
	exact_integer denominator;
	double		result;

	if (!quotient->wide && narrow_quotient(quotient, &result))
		return result;
	exact_quotient_widen(quotient);
	exact_total_get(&quotient->denominator, &denominator);
	if (denominator.limbs == 0)
		return NAN;
	exact_total_get(&quotient->numerator, &numerator);
	return exact_ratio_round(&numerator, &denominator);
}
