/*
 * power_mean.c
 *	  Values to factors, and sums to means: power_mean.h.
 */
#include "kernel/exact/power_mean.h"

#include <math.h>
#include <stdlib.h>

#include "kernel/exact/elementary.h"

bool
power_mean_is_even(double power)
{
	return fmod(power, 2) == 0;
}

static void
factor_from_wide(moments_factor *factor, wide_float f, bool negative)
{
	factor->magnitude = make_uint128(f.hi, f.lo);
	factor->exponent = f.exponent;
	factor->negative = negative;
}

static power_mean_error
log_factor(double value, moments_factor *factor)
{
	px_int128	log;

	if (value <= 0)
		return POWER_MEAN_NOT_POSITIVE;
	log = fixed_log(value);
	factor->negative = log < 0;
	factor->magnitude = log < 0 ? -(px_uint128) log : (px_uint128) log;
	factor->exponent = -LOG_FRACTION_BITS;
	return POWER_MEAN_OK;
}

power_mean_error
power_mean_factor(double value, double power, moments_factor *factor)
{
	double_parts parts = split_double(value);
	wide_float	wide;

	if (power == 0)
		return log_factor(value, factor);
	if (value == 0)
	{
		memset(factor, 0, sizeof(*factor));
		return power < 0 ? POWER_MEAN_ZERO : POWER_MEAN_OK;
	}
	if (power == 1)
	{
		factor->magnitude = parts.mantissa;
		factor->exponent = parts.exponent;
		factor->negative = parts.negative;
	}
	else if (power == 2)
	{
		factor->magnitude = (px_uint128) parts.mantissa * parts.mantissa;
		factor->exponent = 2 * parts.exponent;
		factor->negative = false;
	}
	else if (power == -1)
		factor_from_wide(factor, wide_reciprocal(value), parts.negative);
	else
	{
		if (value < 0 && !power_mean_is_even(power))
			return POWER_MEAN_NEGATIVE;
		if (!wide_pow(fabs(value), power, &wide) ||
			abs(wide.exponent + 128) > POWER_MEAN_EXPONENT)
			return POWER_MEAN_RANGE;
		factor_from_wide(factor, wide, false);
	}
	return POWER_MEAN_OK;
}

/* e to the power of sum / weight. */
static double
geometric_root(const exact_integer *sum, const exact_integer *weight)
{
	px_int128	log = 0;
	bool		inexact;

	if (sum->limbs > 0)
		log = (px_int128) exact_ratio_quotient(sum, weight,
											   sum->exponent - weight->exponent + LOG_FRACTION_BITS,
											   &inexact);
	return wide_to_double(wide_exp(sum->negative ? -log : log));
}

power_mean_error
power_mean_root(const exact_integer *sum, const exact_integer *weight,
				double power, double *mean)
{
	px_uint128	quotient;
	bool		inexact;
	int			shift;

	if (power == 0)
		*mean = geometric_root(sum, weight);
	else if (power == 1)
		*mean = exact_ratio_round(sum, weight);
	else if (power == 2)
		*mean = exact_ratio_round_sqrt(sum, weight);
	else if (sum->limbs == 0)
	{
		*mean = 0;
		if (power < 0)
			return POWER_MEAN_ZERO;
	}
	else if (power == -1)
		*mean = exact_ratio_round(weight, sum);
	else
	{
		shift = exact_integer_bits(weight) - exact_integer_bits(sum) + 126;
		quotient = exact_ratio_quotient(sum, weight, shift, &inexact);
		*mean = wide_to_double(wide_root(wide_from_integer(quotient,
														   sum->exponent - weight->exponent - shift),
										 power));
	}
	return double_is_finite(*mean) ? POWER_MEAN_OK : POWER_MEAN_RANGE;
}
