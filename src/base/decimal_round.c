/*
 * decimal_round.c
 *	  Rounding a double in decimal, halves away from zero or to the even digit.
 *
 * A double stands here for its shortest round-trip decimal text, which is what
 * PostgreSQL prints: 93.655 rounds to 93.66 at two digits, although the binary
 * value lies a little below 93.655. The result is the double nearest to the
 * rounded decimal.
 */
#include "postgres.h"
#include "base/compat.h"

#include <math.h>

#include "common/shortest_dec.h"
#include "base/decimal_round.h"

/* Up to these bounds the arithmetic below needs no text. */
#define FAST_MAX_ABS	1e15
#define FAST_MAX_SCALED	1e14

static const double power_of_ten[] = {
	1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7,
	1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
};

/* Refuses a number of digits that decimal_round() does not take. */
void
check_round_digits(int digits)
{
	if (digits < MIN_ROUND_DIGITS || digits > MAX_ROUND_DIGITS)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("cannot round to %d digits", digits),
				 errhint("Give a number of digits from %d to %d, or NULL for no rounding.",
						 MIN_ROUND_DIGITS, MAX_ROUND_DIGITS)));
}

/*
 * Rounds the shortest decimal text of a finite x, digit by digit.
 */
static double
round_text(double x, int digits, bool half_even)
{
	char		text[DOUBLE_SHORTEST_DECIMAL_LEN];
	char		digit[DOUBLE_SHORTEST_DECIMAL_LEN + 1];
	char		rounded[DOUBLE_SHORTEST_DECIMAL_LEN + 16];
	int			ndigits = 0;
	int			point = 0;		/* digits before the decimal point */
	int			keep;
	int			beyond;
	bool		half;
	bool		seen_point = false;
	const char *c;

	/* A leading zero takes the carry of 99.9. */
	digit[ndigits++] = '0';
	point++;

	text[double_to_shortest_decimal_bufn(fabs(x), text)] = '\0';
	for (c = text; *c != '\0' && *c != 'e'; c++)
	{
		if (*c == '.')
		{
			seen_point = true;
			continue;
		}
		digit[ndigits++] = *c;
		point += !seen_point;
	}
	if (*c == 'e')
		point += atoi(c + 1);

	keep = point + digits;
	if (keep >= ndigits)
		return x;
	if (keep < 1)
		return 0.0;

	beyond = keep + 1;
	while (beyond < ndigits && digit[beyond] == '0')
		beyond++;
	half = digit[keep] == '5' && beyond == ndigits;
	if (half && half_even ? (digit[keep - 1] - '0') % 2 == 1 : digit[keep] >= '5')
	{
		int			i = keep - 1;

		while (digit[i] == '9')
			digit[i--] = '0';
		digit[i]++;
	}
	snprintf(rounded, sizeof(rounded), "0.%.*se%d", keep, digit, point);
	return copysign(strtod(rounded, NULL), x);
}

/*
 * Rounds x to digits decimal places, a half away from zero or to the even
 * digit; negative digits round before the decimal point. NaN and infinities stay. Never gives -0.
 *
 * Why the arithmetic is exact: let h be the decimal half-way between the two
 * candidates around x. Below the bounds above h has at most 15 significant
 * digits, and no two decimals of up to 15 digits share a double; so the text
 * of x is h if and only if x equals H, the double nearest to h, and otherwise
 * lies on the same side of h as x of H. H and the result are one correctly
 * rounded operation on two exact operands. Should the product put `whole` off
 * by one, when x is all but a candidate itself, the comparison with H repairs
 * it.
 */
static inline double
round_half(double x, int digits, bool half_even)
{
	double		size = fabs(x);
	double		power;
	double		scaled;
	double		whole;
	double		half_way;
	double		result;

	Assert(digits >= MIN_ROUND_DIGITS && digits <= MAX_ROUND_DIGITS);

	if (!(size < FAST_MAX_ABS))
		return isfinite(x) ? round_text(x, digits, half_even) : x;

	if (digits >= 0)
	{
		power = power_of_ten[digits];
		scaled = size * power;
		if (!(scaled < FAST_MAX_SCALED))
			return round_text(x, digits, half_even);
		whole = (double) (int64) scaled;
		half_way = (2 * whole + 1) / (2 * power);
		if (size >= half_way && !(half_even && size == half_way && fmod(whole, 2) == 0))
			whole += 1;
		result = whole / power;
	}
	else
	{
		power = power_of_ten[-digits];
		whole = (double) (int64) (size / power);
		half_way = (2 * whole + 1) * (power / 2);
		if (size >= half_way && !(half_even && size == half_way && fmod(whole, 2) == 0))
			whole += 1;
		result = whole * power;
	}
	return (x < 0 && result != 0) ? -result : result;
}

double
decimal_round(double x, int digits)
{
	return round_half(x, digits, false);
}

double
decimal_round_even(double x, int digits)
{
	return round_half(x, digits, true);
}
