/*
 * exact_test.h
 *	  What the tests of the exact kernel share besides: numbers that are hard on
 *	  purpose, exact references in GMP, correct rounding by MPFR.
 */
#ifndef PARINDEX_EXACT_TEST_H
#define PARINDEX_EXACT_TEST_H

#include <gmp.h>

#include "kernel_test.h"

#include "kernel/exact/exact_ratio.h"
#include "kernel/exact/exact_sum.h"

/* Words on which carries run far and quotient digits are guessed wrongly. */
static inline uint64_t
random_word(void)
{
	switch (random_below(8))
	{
		case 0:
			return 0;
		case 1:
			return ~UINT64_C(0);
		case 2:
			return UINT64_C(1) << random_below(64);
		case 3:
			return ~UINT64_C(0) << random_below(64);
		case 4:
			return ~UINT64_C(0) >> random_below(64);
		case 5:
			return UINT64_C(1) << 63;
		default:
			return random_bits();
	}
}

/* Less than 2^52, any number of bits */
static inline uint64_t
random_mantissa(void)
{
	int			bits = 1 + random_below(52);

	return random_bits() >> (64 - bits);
}

/* Finite doubles over the whole range, edges as frequent as the rest. */
static inline double
random_double(void)
{
	const uint64_t infinity = UINT64_C(0x7FF) << 52;
	uint64_t	bits;

	switch (random_below(8))
	{
		case 0:
			bits = random_mantissa();	/* subnormal */
			break;
		case 1:
			bits = infinity - 1 - random_mantissa();
			break;
		case 2:
			bits = (uint64_t) random_below(2047) << 52; /* a power of two, or 0 */
			break;
		case 3:
			bits = double_bits((double) random_below(10001) / 100);
			break;
		case 4:
			bits = double_bits((double) random_below(1000));
			break;
		default:
			bits = random_bits() % infinity;
	}
	return double_from_bits(bits | random_bits() << 63);
}

/* Bits, not values: -0 differs from 0, and NaN equals itself. */
static inline void
check_double(double got, double expected, const char *what)
{
	check(double_bits(got) == double_bits(expected), "%s: %a, expected %a",
		  what, got, expected);
}

/* A two's-complement window times 2^(32 * base - lowest), as an integer. */
static inline void
mpz_from_window(mpz_t z, const uint64_t *limb, int limbs, int base, int lowest)
{
	int			shift = base * EXACT_BASE_BITS - lowest;

	mpz_import(z, (size_t) limbs, -1, 8, 0, 0, limb);
	if (limbs > 0 && limb[limbs - 1] >> 63 != 0)
	{
		mpz_t		top;

		mpz_init_set_ui(top, 1);
		mpz_mul_2exp(top, top, (mp_bitcnt_t) (64 * limbs));
		mpz_sub(z, z, top);
		mpz_clear(top);
	}
	if (shift >= 0)
		mpz_mul_2exp(z, z, (mp_bitcnt_t) shift);
	else
		mpz_fdiv_q_2exp(z, z, (mp_bitcnt_t) -shift);
}

/* magnitude and sign, without the exponent */
static inline void
mpz_from_integer(mpz_t z, const exact_integer *x)
{
	mpz_import(z, (size_t) x->limbs, -1, 8, 0, 0, x->limb);
	if (x->negative)
		mpz_neg(z, z);
}

static inline void
integer_from_mpz(exact_integer *x, const mpz_t z, int exponent)
{
	size_t		count = 0;

	mpz_export(x->limb, &count, -1, 8, 0, 0, z);
	x->limbs = (int) count;
	x->exponent = exponent;
	x->negative = mpz_sgn(z) < 0;
}

/* q *= 2^exponent */
static inline void
mpq_scale(mpq_t q, int exponent)
{
	if (exponent >= 0)
		mpq_mul_2exp(q, q, (mp_bitcnt_t) exponent);
	else
		mpq_div_2exp(q, q, (mp_bitcnt_t) -exponent);
}

static inline void
mpq_from_integer(mpq_t q, const exact_integer *x)
{
	mpz_from_integer(mpq_numref(q), x);
	mpz_set_ui(mpq_denref(q), 1);
	if (x->limbs > 0)
		mpq_scale(q, x->exponent);
}

/* q rounded once to the nearest double, by MPFR in the range of doubles. */
static inline double
mpq_round(const mpq_t q)
{
	mpfr_exp_t	emin = mpfr_get_emin();
	mpfr_exp_t	emax = mpfr_get_emax();
	mpfr_t		x;
	double		result;
	int			ternary;

	mpfr_set_emin(-1073);
	mpfr_set_emax(1024);
	mpfr_init2(x, 53);
	ternary = mpfr_set_q(x, q, MPFR_RNDN);
	mpfr_subnormalize(x, ternary, MPFR_RNDN);
	result = mpfr_get_d(x, MPFR_RNDN);
	mpfr_clear(x);
	mpfr_set_emin(emin);
	mpfr_set_emax(emax);
	return result;
}

/* The next double above x >= 0; infinity after the largest. */
static inline double
next_above(double x)
{
	return double_from_bits(double_bits(x) + 1);
}

/* Half-way between two adjacent doubles, of which `above` may be infinite. */
static inline void
mpq_midpoint(mpq_t mid, double below, double above)
{
	mpq_t		other;

	mpq_init(other);
	mpq_set_d(mid, below);
	if (double_is_finite(above))
		mpq_set_d(other, above);
	else
	{
		mpq_set_ui(other, 1, 1);
		mpq_mul_2exp(other, other, 1024);
	}
	mpq_add(mid, mid, other);
	mpq_div_2exp(mid, mid, 1);
	mpq_clear(other);
}

/*
 * Whether root is sqrt(q) correctly rounded, q >= 0: q must lie between the
 * squares of the midpoints to root's neighbours, on one only if root is even.
 * Exact, where no precision of MPFR could exclude a tie.
 */
static inline bool
is_rounded_sqrt(double root, const mpq_t q)
{
	bool		even = (double_bits(root) & 1) == 0;
	bool		ok = true;
	int			order;
	mpq_t		mid;

	mpq_init(mid);
	if (root > 0)
	{
		mpq_midpoint(mid, double_from_bits(double_bits(root) - 1), root);
		mpq_mul(mid, mid, mid);
		order = mpq_cmp(mid, q);
		ok &= order < 0 || (order == 0 && even);
	}
	if (double_is_finite(root))
	{
		mpq_midpoint(mid, root, next_above(root));
		mpq_mul(mid, mid, mid);
		order = mpq_cmp(q, mid);
		ok &= order < 0 || (order == 0 && even);
	}
	mpq_clear(mid);
	return ok;
}

#endif							/* PARINDEX_EXACT_TEST_H */
