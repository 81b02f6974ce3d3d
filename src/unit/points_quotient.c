/*
 * points_quotient.c
 *	  Arithmetic of points that may be a quotient: points_quotient.h.
 */
#include "postgres.h"
#include "unit/points_quotient.h"

#include <math.h>

#include "base/numeric_math.h"
#include "utils/builtins.h"

void
points_out_of_range(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("sum of points is out of range")));
}

static decimal_int
power_of_ten(int exponent)
{
	decimal_int	power = 1;

	while (exponent-- > 0)
		power *= 10;
	return power;
}

/* Half away from zero, d > 0; false where it overflows. */
static bool
divide_rounded(decimal_int n, decimal_int d, decimal_int *rounded)
{
	bool		negative = n < 0;

	if (__builtin_mul_overflow(n, (decimal_int) (negative ? -2 : 2), &n) ||
		__builtin_add_overflow(n, d, &n) || __builtin_add_overflow(d, d, &d))
		return false;
	*rounded = negative ? -(n / d) : n / d;
	return true;
}

static decimal_int
round_points(decimal_int points, int digits, bool half_even)
{
	decimal_int	unit = points_unit(digits);
	decimal_int	rounded;

	if (!divide_rounded(points, unit, &rounded))
		points_out_of_range();
	if (half_even && rounded % 2 != 0 && points % unit != 0 && points % unit * 2 % unit == 0)
		rounded -= points < 0 ? -1 : 1;
	if (__builtin_mul_overflow(rounded, unit, &rounded))
		points_out_of_range();
	return rounded;
}

static Numeric
call_numeric(PGFunction function, Numeric a, Numeric b)
{
	return DatumGetNumeric(DirectFunctionCall2(function, NumericGetDatum(a), NumericGetDatum(b)));
}

/*
 * n / d, rounded once: cut one digit later, which half away from zero does not
 * look beyond.
 */
static Numeric
round_quotient(Numeric n, Numeric d, int digits)
{
	Numeric		shifted = call_numeric(numeric_mul, n,
									   num_from_text(psprintf("1e%d", digits + 1)));
	Numeric		cut = call_numeric(numeric_div_trunc, shifted, d);

	cut = call_numeric(numeric_mul, cut, num_from_text(psprintf("1e%d", -digits - 1)));
	return DatumGetNumeric(DirectFunctionCall2(numeric_round, NumericGetDatum(cut),
											   Int32GetDatum(digits)));
}

static decimal_int
points_in_range(Numeric numeric)
{
	decimal_int	points;
	int			scale;

	if (!points_from_numeric(NumericGetDatum(numeric), &points, &scale))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("points %s are out of range", numeric_clipped(numeric))));
	return points;
}

/* Points as n / d: a plain number where it is a finite decimal. */
static void
set_quotient(points_quotient *result, Numeric n, Numeric d)
{
	Numeric		gcd = call_numeric(numeric_gcd, n, d);
	Numeric		rounded;

	n = call_numeric(numeric_div_trunc, n, gcd);
	d = call_numeric(numeric_div_trunc, d, gcd);
	rounded = round_quotient(n, d, POINTS_SCALE);
	result->denominator = NULL;
	if (DatumGetBool(DirectFunctionCall2(numeric_eq, NumericGetDatum(n),
										 NumericGetDatum(call_numeric(numeric_mul, rounded, d)))))
		result->points = points_in_range(rounded);
	else
	{
		result->numerator = n;
		result->denominator = d;
	}
}

static void
get_quotient(const points_quotient *result, Numeric *n, Numeric *d)
{
	bool		whole = result->denominator == NULL;

	*n = whole ? points_to_numeric(result->points, 0) : result->numerator;
	*d = whole ? num_from_text("1") : result->denominator;
}

void
points_quotient_add(points_quotient *result, const points_quotient *child)
{
	Numeric		n1;
	Numeric		d1;
	Numeric		n2;
	Numeric		d2;

	if (likely(result->denominator == NULL && child->denominator == NULL))
	{
		result->points = points_add(result->points, child->points);
		return;
	}
	get_quotient(result, &n1, &d1);
	get_quotient(child, &n2, &d2);
	set_quotient(result,
				 call_numeric(numeric_add, call_numeric(numeric_mul, n1, d2),
							  call_numeric(numeric_mul, n2, d1)),
				 call_numeric(numeric_mul, d1, d2));
}

/* Doubles tell most apart; only what they do not needs numerics. */
int
points_quotient_compare(const points_quotient *a, decimal_int a_max, const points_quotient *b,
						decimal_int b_max)
{
	Numeric		n1;
	Numeric		d1;
	Numeric		n2;
	Numeric		d2;

	if (a->denominator == NULL && b->denominator == NULL)
	{
		double		x = (double) a->points * (b_max > 0 ? (double) b_max : 1);
		double		y = (double) b->points * (a_max > 0 ? (double) a_max : 1);

		if (a_max == b_max || a_max == 0 || b_max == 0)
			return (a->points > b->points) - (a->points < b->points);
		if (fabs(x - y) > 1e-12 * (fabs(x) + fabs(y)))
			return x > y ? 1 : -1;
	}
	get_quotient(a, &n1, &d1);
	get_quotient(b, &n2, &d2);
	if (a_max > 0 && b_max > 0)
	{
		d1 = call_numeric(numeric_mul, d1, points_to_numeric(a_max, 0));
		d2 = call_numeric(numeric_mul, d2, points_to_numeric(b_max, 0));
	}
	return DatumGetInt32(DirectFunctionCall2(numeric_cmp,
											 NumericGetDatum(call_numeric(numeric_mul, n1, d2)),
											 NumericGetDatum(call_numeric(numeric_mul, n2, d1))));
}

void
points_quotient_scale(points_quotient *result, decimal_int max, decimal_int part)
{
	decimal_int	product;
	Numeric		n;
	Numeric		d;

	if (max == part)
		return;
	if (result->denominator == NULL &&
		!__builtin_mul_overflow(result->points, max, &product) && product % part == 0)
	{
		result->points = product / part;
		return;
	}
	get_quotient(result, &n, &d);
	set_quotient(result, call_numeric(numeric_mul, n, points_to_numeric(max, 0)),
				 call_numeric(numeric_mul, d, points_to_numeric(part, 0)));
}

/* A quotient is no finite decimal, and so never a half. */
void
points_quotient_round(points_quotient *result, int digits, bool half_even)
{
	if (result->denominator != NULL)
		result->points = points_in_range(round_quotient(result->numerator, result->denominator,
														digits));
	else
		result->points = round_points(result->points, digits, half_even);
	result->denominator = NULL;
}

Numeric
points_quotient_numeric(const points_quotient *result, int scale)
{
	return result->denominator == NULL ? points_to_numeric(result->points, scale) :
		round_quotient(result->numerator, result->denominator, POINTS_SCALE);
}

Numeric
points_quotient_percent(const points_quotient *result, decimal_int max, int digits)
{
	decimal_int	n;
	decimal_int	percent;
	Numeric		numerator;
	Numeric		denominator;

	if (result->denominator == NULL &&
		!__builtin_mul_overflow(result->points, power_of_ten(digits + 2), &n) &&
		divide_rounded(n, max, &percent))
	{
		if (percent >= PG_INT64_MIN && percent <= PG_INT64_MAX)
			return int64_div_fast_to_numeric((int64) percent, digits);
		if (!__builtin_mul_overflow(percent, points_unit(digits), &percent))
			return points_to_numeric(percent, digits);
	}
	get_quotient(result, &numerator, &denominator);
	return round_quotient(call_numeric(numeric_mul, numerator, num_from_text("100")),
						  call_numeric(numeric_mul, denominator,
									   points_to_numeric(max, 0)),
						  digits);
}
