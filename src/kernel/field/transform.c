/*
 * transform.c
 *	  Transforms of values: transform.h.
 */
#include "kernel/field/transform.h"

#include <math.h>

#include "kernel/exact/elementary.h"
#include "kernel/field/column_stats.h"

static double
from_fixed(px_int128 fixed)
{
	return ldexp((double) fixed, -LOG_FRACTION_BITS);
}

/* x^p of x > 0; 0 or infinity where it leaves the doubles. */
static double
power_of(double x, double p)
{
	wide_float	power;

	if (p == 0)
		return 1;
	if (!wide_pow(x, p, &power))
		return (x > 1) == (p > 0) ? INFINITY : 0;
	return wide_to_double(power);
}

static bool
power_at(double x, double p, double *result)
{
	bool		whole = p == rint(p);

	if (x > 0)
		*result = power_of(x, p);
	else if (x == 0)
		*result = p == 0 ? 1 : 0;
	else if (whole)
		*result = fmod(p, 2) == 0 ? power_of(-x, p) : -power_of(-x, p);
	return x > 0 || (x == 0 ? p >= 0 : whole);
}

/* (x^p - 1) / p: near 1 the power is taken as a fixed-point number, of which 1 leaves no gap. */
static double
boxcox_at(double x, double p)
{
	wide_float	power;
	px_uint128	mantissa;
	int			shift;

	if (fabs(p) < 0x1p-56)
	{
		double		log = from_fixed(fixed_log(x));

		return log * (1 + p * log / 2);
	}
	if (!wide_pow(x, p, &power))
		return (x > 1) == (p > 0) ? INFINITY : -1 / p;
	mantissa = make_uint128(power.hi, power.lo);
	shift = -LOG_FRACTION_BITS - power.exponent;
	if (shift > 2 && shift < 64)
		return from_fixed((px_int128) (mantissa >> shift) - ((px_int128) 1 << LOG_FRACTION_BITS)) / p;
	return (wide_to_double(power) - 1) / p;
}

/* ln(x + a), with what the sum's rounding left out; false where that is not above 0. */
static bool
log_of_sum(double x, double a, double *result)
{
	double		sum = x + a;
	double		part = sum - x;
	double		rest = (x - (sum - part)) + (a - part);

	if (!(sum > 0) || !double_is_finite(sum))
		return false;
	*result = from_fixed(fixed_log(sum)) + rest / sum;
	return true;
}

/*
 * Of small x by the first terms of the series, the next being below 2^-64 of x; up
 * to 1 as ln(1 + (x + x^2 / (1 + sqrt(1 + x^2)))), which does not cancel.
 */
static double
asinh_at(double x)
{
	double		size = fabs(x);
	double		square = x * x;
	double		result = size;

	if (size < 0x1p-6)
		return x - x * square * (1 / 6.0 - square * (3 / 40.0 - square * (15 / 336.0 - square * (105 / 3456.0))));
	if (size < 1)
		(void) log_of_sum(size + square / (1 + sqrt(1 + square)), 1, &result);
	else if (size > 0x1p100)
		result = from_fixed(fixed_log(size) + fixed_log(2));
	else
		result = from_fixed(fixed_log(size + sqrt(size * size + 1)));
	return x < 0 ? -result : result;
}

bool
transform_at(const transform *t, double x, double *result)
{
	switch (t->kind)
	{
		case TRANSFORM_LOG1P:
			return log_of_sum(x, t->a, result);
		case TRANSFORM_LOG:
			if (!(x > 0) || !double_is_finite(x))
				return false;
			*result = from_fixed(fixed_log(x));
			return true;
		case TRANSFORM_SQRT:
			*result = sqrt(x);
			return x >= 0;
		case TRANSFORM_CBRT:
			*result = x == 0 ? 0 : copysign(wide_to_double(wide_root(wide_from_double(fabs(x)), 3)), x);
			return true;
		case TRANSFORM_POWER:
			return power_at(x, t->a, result);
		case TRANSFORM_BOXCOX:
			if (!(x > 0))
				return false;
			*result = boxcox_at(x, t->a);
			return true;
		case TRANSFORM_LOGIT:
			if (!(x > 0) || !(x < t->a))
				return false;
			*result = from_fixed(fixed_log(x) - fixed_log(t->a - x));
			return true;
		case TRANSFORM_ASINH:
			*result = asinh_at(x);
			return true;
		case TRANSFORM_RECIPROCAL:
			*result = 1 / x;
			return x != 0;
		case TRANSFORM_CLIP:
			*result = x < t->a ? t->a : x > t->b ? t->b : x;
			return true;
	}
	return false;
}

/* ---------- Box-Cox by likelihood ---------- */

/*
 * -n/2 ln(variance) + (p - 1) sum(ln x), less what does not depend on p and over
 * n. Values are divided by their geometric mean, which leaves the greatest
 * where it is, takes away the second term, and keeps the result the same
 * whatever the unit of measurement.
 */
static double
likelihood(const double *x, int n, double p, double mean, double *scratch)
{
	column_moments moments;

	for (int i = 0; i < n; i++)
		scratch[i] = isnan(x[i]) ? NAN : boxcox_at(x[i] / mean, p);
	column_get_spread(scratch, n, &moments);
	if (!(moments.sd > 0) || !double_is_finite(moments.sd))
		return -INFINITY;
	return -from_fixed(fixed_log(moments.sd));
}

#define GOLDEN 0.6180339887498949
#define BOXCOX_MOST 5.0
#define BOXCOX_WIDTH 1e-8

double
boxcox_learn(const double *x, int n, double *scratch, bool (*stop) (void *), void *stop_arg)
{
	double		low = -BOXCOX_MOST;
	double		high = BOXCOX_MOST;
	double		inner[2];
	double		value[2];
	double		mean;
	column_moments moments;

	column_get_spread(x, n, &moments);
	if (moments.count < 2 || moments.min == moments.max)
		return NAN;
	for (int i = 0; i < n; i++)
		scratch[i] = isnan(x[i]) ? NAN : from_fixed(fixed_log(x[i]));
	mean = rounded_exp(column_mean(scratch, n));
	if (!(mean > 0) || !double_is_finite(mean))
		return NAN;
	inner[0] = high - GOLDEN * (high - low);
	inner[1] = low + GOLDEN * (high - low);
	for (int i = 0; i < 2; i++)
		value[i] = likelihood(x, n, inner[i], mean, scratch);
	while (high - low > BOXCOX_WIDTH)
	{
		int			better = value[0] >= value[1] ? 0 : 1;

		if (stop(stop_arg))
			return NAN;
		if (better == 0)
		{
			high = inner[1];
			inner[1] = inner[0];
			value[1] = value[0];
			inner[0] = high - GOLDEN * (high - low);
		}
		else
		{
			low = inner[0];
			inner[0] = inner[1];
			value[0] = value[1];
			inner[1] = low + GOLDEN * (high - low);
		}
		value[better] = likelihood(x, n, inner[better], mean, scratch);
	}
	return (low + high) / 2;
}
