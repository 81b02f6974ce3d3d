/*
 * decimal_sum.c
 *	  Exact decimal sums, products and quotients.
 *
 * A sum is an array of signed limbs in base 10^8, on a grid that is fixed for
 * all sums: limb position p stands for 10^(8p).  So decimals of any two scales
 * are added without multiplying or dividing either, the way to and from
 * decimal digits takes linear time however long the number, and a limb of 64
 * bits takes 2^32 terms before a carry has to be made.
 *
 * Sums that fit 128 bits are kept as one integer instead, in units of
 * 10000^-fraction; the last functions lead from one form to the other.
 *
 * Invariant: no operation rounds, except those whose name says so.
 *
 * Long division is algorithm D of D. E. Knuth, The Art of Computer
 * Programming, volume 2, section 4.3.1.
 */
#include "kernel/exact/decimal_sum.h"

#include <assert.h>
#include <string.h>

#define HALF_BASE INT64_C(10000)	/* the square root of DECIMAL_BASE */

__extension__ typedef unsigned __int128 unsigned_int;

#define DECIMAL_INT_MAX ((decimal_int) (~(unsigned_int) 0 >> 1))

/* Ceiling of a / b for a >= 0, b > 0. */
static inline int32_t
ceil_div(int32_t a, int32_t b)
{
	return (a + b - 1) / b;
}

/*
 * Make all limbs smaller than DECIMAL_BASE, each with its own sign; the carry
 * out of the last limb is returned.
 */
static int64_t
carry_up(int64_t *limb, int32_t count)
{
	int64_t		carry = 0;

	for (int32_t i = 0; i < count; i++)
	{
		int64_t		value = limb[i] + carry;

		carry = value / DECIMAL_BASE;
		limb[i] = value - carry * DECIMAL_BASE;
	}
	return carry;
}

/*
 * sum += sign * term, without carries; sign is 1 or -1.  The sum's limbs must
 * cover those of the term.
 */
void
decimal_sum_add(decimal_sum *sum, const decimal_sum *term, int sign)
{
	int64_t    *limb = sum->limb + (term->low - sum->low);

	assert(term->count == 0 || (term->low >= sum->low &&
								decimal_sum_top(term) <= decimal_sum_top(sum)));

	if (sign > 0)
		for (int32_t i = 0; i < term->count; i++)
			limb[i] += term->limb[i];
	else
		for (int32_t i = 0; i < term->count; i++)
			limb[i] -= term->limb[i];
}

/*
 * Make the carries.  The value must fit the limbs: DECIMAL_CARRY_LIMBS zero
 * limbs on top suffice for DECIMAL_PENDING_MAX added terms.
 */
void
decimal_sum_normalise(decimal_sum *sum)
{
	int64_t    *limb = sum->limb;
	int64_t		carry = carry_up(limb, sum->count);
	int			sign = decimal_sum_sign(sum);

	assert(carry == 0);
	(void) carry;

	/* Each limb is right up to a borrow: give all the sign of the highest. */
	for (int32_t i = 0; i < sum->count; i++)
	{
		if (limb[i] * sign < 0)
		{
			limb[i] += sign * DECIMAL_BASE;
			limb[i + 1] -= sign;
		}
	}
}

/*
 * Leave out zero limbs at both ends; a zero keeps none, and low 0.  So equal
 * normalised sums get equal limbs.
 */
void
decimal_sum_trim(decimal_sum *sum)
{
	while (sum->count > 0 && sum->limb[sum->count - 1] == 0)
		sum->count--;
	while (sum->count > 0 && sum->limb[0] == 0)
	{
		sum->limb++;
		sum->low++;
		sum->count--;
	}
	if (sum->count == 0)
		sum->low = 0;
}

/* Sign of a sum whose limbs are smaller than DECIMAL_BASE: -1, 0 or 1. */
int
decimal_sum_sign(const decimal_sum *sum)
{
	for (int32_t i = sum->count - 1; i >= 0; i--)
	{
		if (sum->limb[i] != 0)
			return sum->limb[i] > 0 ? 1 : -1;
	}
	return 0;
}

/* The limb position that holds the last of scale decimals, scale >= 0. */
int32_t
decimal_sum_low_limb(int scale)
{
	return -ceil_div(scale, DECIMAL_BASE_DIGITS);
}

/* What one unit of the last of scale decimals counts in its limb. */
static int64_t
unit_in_limb(int scale)
{
	int			below = -scale & (DECIMAL_BASE_DIGITS - 1);
	int64_t		unit = 1;

	while (below-- > 0)
		unit *= 10;
	return unit;
}

/* Is this normalised sum a multiple of 10^-scale, scale >= 0? */
bool
decimal_sum_fits_scale(const decimal_sum *sum, int scale)
{
	int32_t		last = decimal_sum_low_limb(scale) - sum->low;

	for (int32_t i = 0; i < last && i < sum->count; i++)
	{
		if (sum->limb[i] != 0)
			return false;
	}
	return last < 0 || last >= sum->count ||
		sum->limb[last] % unit_in_limb(scale) == 0;
}

/*
 * Round a normalised sum to scale >= 0 decimals, half away from zero.  The
 * limb that holds the last decimal and one zero limb on top must be there.
 */
void
decimal_sum_round(decimal_sum *sum, int scale)
{
	int32_t		last = decimal_sum_low_limb(scale) - sum->low;
	int64_t		unit = unit_in_limb(scale);
	int			sign = decimal_sum_sign(sum);
	int64_t		rest;
	bool		away;

	if (last < 0)
		return;
	assert(last < sum->count);

	/* What follows the first dropped digit cannot change the decision. */
	rest = sum->limb[last] % unit;
	if (unit > 1)
		away = rest * sign * 2 >= unit;
	else
		away = last > 0 && sum->limb[last - 1] * sign * 2 >= DECIMAL_BASE;

	memset(sum->limb, 0, last * sizeof(int64_t));
	sum->limb[last] += (away ? sign * unit : 0) - rest;
	carry_up(sum->limb + last, sum->count - last);
}

/*
 * product = a * b, normalised.  a and b are normalised; the product's limbs,
 * at least a->count + b->count, overlap neither.  Sets count and low.
 */
bool
decimal_sum_multiply(decimal_sum *product, const decimal_sum *a,
					 const decimal_sum *b, bool (*stop) (void *), void *stop_arg)
{
	/*
	 * A column takes one product below 10^16 per step and at most 10^8 from
	 * the carry before: 900 of them stay below 2^63.
	 */
	const int32_t steps_per_carry = 900;

	if (a->count > b->count)
	{
		const decimal_sum *swap = a;

		a = b;
		b = swap;
	}

	product->low = a->low + b->low;
	product->count = a->count + b->count;
	memset(product->limb, 0, product->count * sizeof(int64_t));

	for (int32_t i = 0; i < a->count; i++)
	{
		int64_t		factor = a->limb[i];
		int64_t    *column = product->limb + i;

		for (int32_t j = 0; j < b->count; j++)
			column[j] += factor * b->limb[j];

		if (i % steps_per_carry == steps_per_carry - 1)
			carry_up(product->limb, product->count);
		if (b->count > 256 && stop != NULL && stop(stop_arg))
			return false;
	}
	carry_up(product->limb, product->count);
	return true;
}

/*
 * Limbs of the quotient of two normalised, trimmed sums when it is cut off
 * below limb position low.
 */
int32_t
decimal_sum_quotient_limbs(const decimal_sum *numerator,
						   const decimal_sum *denominator, int32_t low)
{
	int32_t		limbs = decimal_sum_top(numerator) -
		decimal_sum_top(denominator) - low + 1;

	return limbs > 0 ? limbs : 0;
}

/* Limbs of scratch memory that decimal_sum_divide() needs. */
int32_t
decimal_sum_divide_scratch(const decimal_sum *numerator,
						   const decimal_sum *denominator, int32_t low)
{
	return decimal_sum_quotient_limbs(numerator, denominator, low) +
		2 * denominator->count + 4;
}

/*
 * quotient = numerator / denominator, cut off (toward zero) below limb
 * position quotient->low.  Both are normalised and trimmed, the numerator is
 * not negative, the denominator positive.  quotient->limb has room for
 * decimal_sum_quotient_limbs(); sets its count.
 */
bool
decimal_sum_divide(decimal_sum *quotient, const decimal_sum *numerator,
				   const decimal_sum *denominator, int64_t *scratch,
				   bool (*stop) (void *), void *stop_arg)
{
	int32_t		quotients = decimal_sum_quotient_limbs(numerator, denominator,
													   quotient->low);
	int32_t		pad = denominator->count == 1;	/* D wants two limbs */
	int32_t		n = denominator->count + pad;
	int32_t		u_count = quotients + n;
	int32_t		u_low = quotient->low + denominator->low - pad;
	int64_t    *v = scratch;
	int64_t    *u = scratch + n;
	int64_t		factor = DECIMAL_BASE /
		(denominator->limb[denominator->count - 1] + 1);
	int64_t		carry = 0;

	quotient->count = quotients;
	if (quotients == 0)
		return true;

	/*
	 * D1: scale both so that the highest limb of v is at least half the base.
	 * Limbs of the numerator below u_low cannot change a quotient that is cut
	 * off.
	 */
	v[0] = 0;
	for (int32_t i = 0; i < denominator->count; i++)
	{
		int64_t		value = denominator->limb[i] * factor + carry;

		carry = value / DECIMAL_BASE;
		v[i + pad] = value % DECIMAL_BASE;
	}
	carry = 0;
	for (int32_t i = 0; i < u_count; i++)
	{
		int32_t		from = u_low + i - numerator->low;
		int64_t		value = carry;

		if (from >= 0 && from < numerator->count)
			value += numerator->limb[from] * factor;
		carry = value / DECIMAL_BASE;
		u[i] = value % DECIMAL_BASE;
	}

	for (int32_t j = quotients - 1; j >= 0; j--)
	{
		int64_t		head = u[j + n] * DECIMAL_BASE + u[j + n - 1];
		int64_t		guess = head / v[n - 1];
		int64_t		rest = head % v[n - 1];
		int64_t		borrow = 0;

		/* D3: after this, guess is right or one too large. */
		while (guess >= DECIMAL_BASE ||
			   guess * v[n - 2] > rest * DECIMAL_BASE + u[j + n - 2])
		{
			guess--;
			rest += v[n - 1];
			if (rest >= DECIMAL_BASE)
				break;
		}

		/* D4: u -= guess * v */
		for (int32_t i = 0; i < n; i++)
		{
			int64_t		value = u[i + j] - guess * v[i] + borrow;

			borrow = value / DECIMAL_BASE;
			value -= borrow * DECIMAL_BASE;
			if (value < 0)
			{
				value += DECIMAL_BASE;
				borrow--;
			}
			u[i + j] = value;
		}
		u[j + n] += borrow;

		/* D6: one too large, add back. */
		if (u[j + n] < 0)
		{
			guess--;
			carry = 0;
			for (int32_t i = 0; i < n; i++)
			{
				int64_t		value = u[i + j] + v[i] + carry;

				carry = value >= DECIMAL_BASE;
				u[i + j] = value - carry * DECIMAL_BASE;
			}
			u[j + n] += carry;
		}
		quotient->limb[j] = guess;

		if (n > 256 && stop != NULL && stop(stop_arg))
			return false;
	}
	return true;
}

/* value *= 10000^steps; false, and value unusable, where that overflows. */
bool
decimal_int_rescale(decimal_int *value, int steps)
{
	const decimal_int limit = DECIMAL_INT_MAX / HALF_BASE;

	if (*value == 0)
		return true;
	while (steps-- > 0)
	{
		if (*value > limit || *value < -limit)
			return false;
		*value *= HALF_BASE;
	}
	return true;
}

/*
 * sum = value * 10000^-fraction, normalised, fraction >= 0.  Sets count (up to
 * DECIMAL_INT_LIMBS, trimmed) and low.
 */
void
decimal_sum_set_int(decimal_sum *sum, decimal_int value, int fraction)
{
	sum->low = -ceil_div(fraction, 2);
	sum->count = 0;

	/* An odd fraction ends in the middle of the lowest limb. */
	if (fraction % 2 != 0)
	{
		sum->limb[sum->count++] = (int64_t) (value % HALF_BASE) * HALF_BASE;
		value /= HALF_BASE;
	}
	while (value != 0)
	{
		sum->limb[sum->count++] = (int64_t) (value % DECIMAL_BASE);
		value /= DECIMAL_BASE;
	}
	decimal_sum_trim(sum);
}

/*
 * value = sum * 10000^fraction for a normalised sum that is a multiple of
 * 10000^-fraction, fraction >= 0; false where that overflows.
 */
bool
decimal_sum_get_int(const decimal_sum *sum, int fraction, decimal_int *value)
{
	int32_t		low = -ceil_div(fraction, 2);
	decimal_int result = 0;

	for (int32_t at = decimal_sum_top(sum) - 1; at >= low; at--)
	{
		int64_t		limb = at >= sum->low ? sum->limb[at - sum->low] : 0;
		int			steps = 2;

		/* An odd fraction ends in the middle of its last limb. */
		if (at == low && fraction % 2 != 0)
		{
			limb /= HALF_BASE;
			steps = 1;
		}
		if (!decimal_int_rescale(&result, steps) ||
			__builtin_add_overflow(result, limb, &result))
			return false;
	}
	*value = result;
	return true;
}
