/*
 * exact_ratio.c
 *	  Multi-limb integers: product, difference, quotient and square root of a
 *	  quotient, each rounded once to the nearest double, ties to even.
 *
 * The quotient is schoolbook division (Knuth, The Art of Computer
 * Programming 2, 4.3.1, algorithm D), taken only as far as rounding needs:
 * two limbs, and whether anything remains. Numbers have at most
 * EXACT_INTEGER_LIMBS limbs, so every loop here is short.
 */
#include "kernel/exact/exact_ratio.h"
#include "kernel/exact/exact_sum.h"

static void
trim(exact_integer *x)
{
	while (x->limbs > 0 && x->limb[x->limbs - 1] == 0)
		x->limbs--;
	if (x->limbs == 0)
		x->negative = false;
}

/* Copies only the limbs in use. */
static inline void
copy(exact_integer *to, const exact_integer *from)
{
	to->limbs = from->limbs;
	to->exponent = from->exponent;
	to->negative = from->negative;
	memcpy(to->limb, from->limb, sizeof(uint64_t) * from->limbs);
}

/* Significant bits of the magnitude; 0 for zero. */
int
exact_integer_bits(const exact_integer *x)
{
	return x->limbs == 0 ? 0 :
		64 * (x->limbs - 1) + bit_length(x->limb[x->limbs - 1]);
}

void
exact_integer_set(exact_integer *x, uint64_t value)
{
	x->limb[0] = value;
	x->limbs = value != 0;
	x->exponent = 0;
	x->negative = false;
}

/* The value of an exact_sum window. */
void
exact_integer_from_sum(exact_integer *x, const uint64_t *limb, int limbs,
					   int base)
{
	uint64_t	flip;
	uint64_t	carry;

	x->negative = limbs > 0 && (int64_t) limb[limbs - 1] < 0;
	x->exponent = base * EXACT_BASE_BITS;
	x->limbs = limbs;
	flip = x->negative ? ~UINT64_C(0) : 0;
	carry = flip & 1;
	for (int i = 0; i < limbs; i++)
	{
		x->limb[i] = (limb[i] ^ flip) + carry;
		carry &= x->limb[i] == 0;
	}
	trim(x);
}

void
exact_integer_multiply(exact_integer *product, const exact_integer *a,
					   const exact_integer *b)
{
	product->limbs = a->limbs == 0 || b->limbs == 0 ? 0 : a->limbs + b->limbs;
	product->exponent = a->exponent + b->exponent;
	product->negative = a->negative != b->negative;
	memset(product->limb, 0, sizeof(uint64_t) * product->limbs);
	for (int i = 0; i < a->limbs; i++)
	{
		uint64_t	carry = 0;

		for (int j = 0; j < b->limbs; j++)
		{
			px_uint128	t = (px_uint128) a->limb[i] * b->limb[j] +
				product->limb[i + j] + carry;

			product->limb[i + j] = (uint64_t) t;
			carry = (uint64_t) (t >> 64);
		}
		product->limb[i + b->limbs] = carry;
	}
	trim(product);
}

/* Multiply by 2^shift, keeping the exponent. */
static void
shift_left(exact_integer *x, int shift)
{
	int			words = shift / 64;
	int			s = shift % 64;

	if (x->limbs == 0)
		return;
	x->limb[x->limbs] = 0;
	for (int i = x->limbs + words; i >= 0; i--)
	{
		int			k = i - words;
		uint64_t	here = k >= 0 ? x->limb[k] : 0;
		uint64_t	below = k >= 1 ? x->limb[k - 1] : 0;

		x->limb[i] = s == 0 ? here : here << s | below >> (64 - s);
	}
	x->limbs += words + 1;
	trim(x);
}

/* Divide by 2^shift, rounding towards zero; says whether bits were lost. */
static bool
shift_right(exact_integer *x, int shift)
{
	int			words = shift / 64;
	int			s = shift % 64;
	bool		lost = false;

	if (words >= x->limbs)
	{
		lost = x->limbs > 0;
		x->limbs = 0;
		return lost;
	}
	for (int i = 0; i < words; i++)
		lost |= x->limb[i] != 0;
	if (s != 0)
		lost |= x->limb[words] << (64 - s) != 0;
	for (int i = 0; i < x->limbs - words; i++)
	{
		uint64_t	here = x->limb[i + words];
		uint64_t	above = i + words + 1 < x->limbs ? x->limb[i + words + 1] : 0;

		x->limb[i] = s == 0 ? here : here >> s | above << (64 - s);
	}
	x->limbs -= words;
	trim(x);
	return lost;
}

static int
compare_magnitude(const exact_integer *a, const exact_integer *b)
{
	if (a->limbs != b->limbs)
		return a->limbs < b->limbs ? -1 : 1;
	for (int i = a->limbs - 1; i >= 0; i--)
		if (a->limb[i] != b->limb[i])
			return a->limb[i] < b->limb[i] ? -1 : 1;
	return 0;
}

/* Move trailing zero bits into the exponent: a number then has one form. */
void
exact_integer_make_odd(exact_integer *x)
{
	int			zeros = 0;

	if (x->limbs == 0)
	{
		x->exponent = 0;
		return;
	}
	while (x->limb[zeros] == 0)
		zeros++;
	zeros = 64 * zeros + __builtin_ctzll(x->limb[zeros]);
	shift_right(x, zeros);
	x->exponent += zeros;
}

/*
 * Write x as an exact_sum window of at most max_limbs limbs. Returns their
 * number, or -1 where x does not fit.
 */
int
exact_integer_to_sum(const exact_integer *x, uint64_t *limb, int max_limbs,
					 int *base)
{
	exact_integer shifted;
	int			limbs;
	int			unit = x->exponent >> 5;	/* floor */
	uint64_t	flip = x->negative ? ~UINT64_C(0) : 0;
	uint64_t	carry = flip & 1;

	*base = 0;
	if (x->limbs == 0)
		return 0;
	if (x->limbs >= max_limbs || unit < EXACT_MIN_BASE || unit > EXACT_MAX_BASE)
		return -1;
	copy(&shifted, x);
	shift_left(&shifted, x->exponent - unit * EXACT_BASE_BITS);
	limbs = exact_integer_bits(&shifted) / 64 + 1; /* with a sign bit on top */
	if (limbs > max_limbs)
		return -1;
	for (int i = 0; i < limbs; i++)
	{
		uint64_t	magnitude = i < shifted.limbs ? shifted.limb[i] : 0;

		limb[i] = (magnitude ^ flip) + carry;
		carry &= limb[i] == 0;
	}
	*base = unit;
	return limbs;
}

/* a -= b for two numbers that are not negative; b is used as scratch. */
void
exact_integer_subtract(exact_integer *a, exact_integer *b)
{
	exact_integer *larger = a;
	exact_integer *smaller = b;
	uint64_t	borrow = 0;
	int			order;

	if (b->limbs == 0)
		return;
	if (a->limbs == 0)
		a->exponent = b->exponent;
	if (a->exponent > b->exponent)
	{
		shift_left(a, a->exponent - b->exponent);
		a->exponent = b->exponent;
	}
	else
		shift_left(b, b->exponent - a->exponent);
	order = compare_magnitude(a, b);
	if (order < 0)
	{
		larger = b;
		smaller = a;
	}
	for (int i = 0; i < larger->limbs; i++)
	{
		px_uint128	t = (px_uint128) larger->limb[i] -
			(i < smaller->limbs ? smaller->limb[i] : 0) - borrow;

		a->limb[i] = (uint64_t) t;
		borrow = (uint64_t) (t >> 64) & 1;
	}
	a->limbs = larger->limbs;
	a->negative = order < 0;
	trim(a);
}

/*
 * mantissa * 2^exponent to the nearest double, ties to even; sticky says that
 * the exact value lies strictly between mantissa and mantissa + 1. Overflow
 * gives infinity. A sticky mantissa must have at least 55 bits.
 */
double
round_to_double(px_uint128 mantissa, bool sticky, int exponent, bool negative)
{
	uint64_t	sign = (uint64_t) negative << 63;
	int			length = bit_length128(mantissa);
	int			top = exponent + length;	/* value < 2^top */
	int			last;			/* exponent of the result's last bit */
	int			drop;
	uint64_t	kept;

	if (length == 0)
		return double_from_bits(sign);
	if (top > 1024)
		return double_from_bits(sign | UINT64_C(0x7ff) << 52);
	last = top - DOUBLE_MANTISSA_BITS;
	if (last < DOUBLE_LOWEST_EXPONENT)
		last = DOUBLE_LOWEST_EXPONENT;
	drop = last - exponent;
	if (drop <= 0)
		kept = (uint64_t) mantissa << -drop;
	else if (drop > length)
		kept = 0;				/* less than half of the least subnormal */
	else
	{
		px_uint128	half = (px_uint128) 1 << (drop - 1);
		px_uint128	rest = mantissa & (half + (half - 1));

		kept = drop == 128 ? 0 : (uint64_t) (mantissa >> drop);
		if (rest > half || (rest == half && (sticky || (kept & 1))))
			kept++;
	}
	if (kept == 0)
		return double_from_bits(sign);

	/* An increment to 2^53 carries into the exponent field, as it should. */
	if (kept >> 52 == 0)
		return double_from_bits(sign | kept);	/* subnormal */
	return double_from_bits(sign | (((uint64_t) (last + 1074) << 52) + kept));
}

/* The exact value rounded to double; overflow gives infinity. */
double
exact_integer_round(const exact_integer *x)
{
	exact_integer one;

	exact_integer_set(&one, 1);
	return exact_ratio_round(x, &one);
}

/*
 * floor(|numerator| * 2^shift / |denominator|) of the magnitudes without
 * their exponents; it must be less than 2^128. *inexact says whether
 * anything remains.
 */
px_uint128
exact_ratio_quotient(const exact_integer *numerator,
					 const exact_integer *denominator,
					 int shift, bool *inexact)
{
	exact_integer n;
	exact_integer d;
	int			normalise;
	uint64_t	top;
	uint64_t	second;
	px_uint128	quotient = 0;

	copy(&n, numerator);
	copy(&d, denominator);
	normalise = __builtin_clzll(d.limb[d.limbs - 1]);
	*inexact = false;
	shift_left(&d, normalise);
	shift += normalise;
	if (shift >= 0)
		shift_left(&n, shift);
	else
		*inexact = shift_right(&n, -shift);

	/* Now the quotient has at most two limbs: n < d * 2^128. */
	while (n.limbs < d.limbs + 2)
		n.limb[n.limbs++] = 0;
	n.limb[n.limbs] = 0;
	top = d.limb[d.limbs - 1];
	second = d.limbs > 1 ? d.limb[d.limbs - 2] : 0;

	for (int j = n.limbs - d.limbs; j >= 0; j--)
	{
		uint64_t   *u = n.limb + j;
		px_uint128	head = (px_uint128) u[d.limbs] << 64 | u[d.limbs - 1];
		px_uint128	digit = u[d.limbs] >= top ? ~UINT64_C(0) : head / top;
		px_uint128	rest = head - digit * top;
		uint64_t	third = d.limbs > 1 ? u[d.limbs - 2] : 0;
		uint64_t	carry = 0;
		uint64_t	borrow = 0;
		px_uint128	t;

		while (rest >> 64 == 0 && digit * second > (rest << 64 | third))
		{
			digit--;
			rest += top;
		}
		for (int i = 0; i < d.limbs; i++)
		{
			px_uint128	p = digit * d.limb[i] + carry;

			carry = (uint64_t) (p >> 64);
			t = (px_uint128) u[i] - (uint64_t) p - borrow;
			u[i] = (uint64_t) t;
			borrow = (uint64_t) (t >> 64) & 1;
		}
		t = (px_uint128) u[d.limbs] - carry - borrow;
		u[d.limbs] = (uint64_t) t;
		if ((uint64_t) (t >> 64) & 1)
		{
			/* One too many, which is rare: add the divisor back. */
			digit--;
			carry = 0;
			for (int i = 0; i < d.limbs; i++)
			{
				t = (px_uint128) u[i] + d.limb[i] + carry;
				u[i] = (uint64_t) t;
				carry = (uint64_t) (t >> 64);
			}
			u[d.limbs] += carry;
		}
		quotient = quotient << 64 | (uint64_t) digit;
	}
	for (int i = 0; i < d.limbs && !*inexact; i++)
		*inexact = n.limb[i] != 0;
	return quotient;
}

/* numerator / denominator (not zero), rounded once. */
double
exact_ratio_round(const exact_integer *numerator,
				  const exact_integer *denominator)
{
	bool		negative = numerator->negative != denominator->negative;
	bool		sticky;
	int			shift;
	px_uint128	quotient;

	if (numerator->limbs == 0)
		return 0;
	shift = exact_integer_bits(denominator) - exact_integer_bits(numerator) + 100;
	quotient = exact_ratio_quotient(numerator, denominator, shift, &sticky);
	return round_to_double(quotient, sticky,
						   numerator->exponent - denominator->exponent - shift,
						   negative);
}

/* floor(sqrt(x)) for x >= 2^124. */
static uint64_t
root128(px_uint128 x)
{
	px_uint128	root = ~UINT64_C(0);	/* not below the root */

	for (;;)
	{
		px_uint128	next = (root + x / root) / 2;

		if (next >= root)
			return (uint64_t) root;
		root = next;
	}
}

/*
 * sqrt(numerator / denominator), both not negative and the denominator not
 * zero, rounded once: the root of a 127-bit quotient has 63 bits, and what
 * the two floors left out only makes it sticky.
 */
double
exact_ratio_round_sqrt(const exact_integer *numerator,
					   const exact_integer *denominator)
{
	int			exponent = numerator->exponent - denominator->exponent;
	bool		sticky;
	int			shift;
	px_uint128	quotient;
	uint64_t	root;

	if (numerator->limbs == 0)
		return 0;
	shift = exact_integer_bits(denominator) - exact_integer_bits(numerator) + 126;
	if ((exponent - shift) % 2 != 0)
		shift--;
	quotient = exact_ratio_quotient(numerator, denominator, shift, &sticky);
	root = root128(quotient);
	sticky |= (px_uint128) root * root != quotient;
	return round_to_double(root, sticky, (exponent - shift) / 2, false);
}
