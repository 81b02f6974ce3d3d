/*
 * elementary_test.c
 *	  elementary.h against MPFR: every stated error bound, correct rounding of
 *	  the means built from these functions, and a hash of the result bits that
 *	  must not change with machine, compiler or optimisation.
 *
 * Usage: elementary_test [seed [iterations]]
 */

#include "kernel/exact/elementary.h"

#include <gmp.h>

#include "kernel_test.h"

#define PRECISION 400

/* The hash of golden_hash(), the same everywhere. */
#define GOLDEN_HASH UINT64_C(0x6afd40b3d9791d18)

/* Largest errors seen, as their binary logarithm. */
typedef struct worst_error
{
	const char *what;
	double		bound;			/* fails at or above */
	double		worst;
} worst_error;

static worst_error fixed_log_error = {"fixed_log absolute", -112, -INFINITY};
static worst_error wide_log_error = {"wide_log absolute", -112, -INFINITY};
static worst_error exp_error = {"wide_exp relative", -116, -INFINITY};
static worst_error pow_error = {"wide_pow relative", -100, -INFINITY};
static worst_error small_pow_error = {"wide_pow relative, |p ln x| < 2^-8", -120, -INFINITY};
static worst_error root_error = {"wide_root relative", -100, -INFINITY};

/*
 * Largest distance of a double from the exact result it stands for, in ulp:
 * 0.5 at most if every one is correctly rounded.
 */
static double worst_ulp = 0;


/*
 * Random arguments. An expression calls the generator once: the order of two
 * calls would be the compiler's choice, and the golden hash with it.
 */

static uint64_t
random_under(uint64_t n)
{
	return random_bits() % n;
}

static int
random_sign(void)
{
	return random_bits() & 1 ? 1 : -1;
}

/* 1 .. 2^bits - 1 with a random number of significant bits */
static uint64_t
random_magnitude(int bits)
{
	int			significant = 1 + (int) random_under((uint64_t) bits);

	return (random_bits() | UINT64_C(1) << 63) >> (64 - significant);
}

/* Positive finite doubles, where the hard cases are frequent. */
static double
random_double(void)
{
	const uint64_t infinity = UINT64_C(0x7FF) << 52;
	const uint64_t one = UINT64_C(0x3FF) << 52;
	uint64_t	bits;

	switch (random_under(8))
	{
		case 0:					/* near 1 */
			bits = random_magnitude(52);
			return double_from_bits(random_sign() > 0 ? one + bits : one - bits);
		case 1:					/* subnormal */
			return double_from_bits(random_magnitude(52));
		case 2:					/* a power of two or next to it */
			bits = (1 + random_under(2045)) << 52;
			return double_from_bits(bits + random_under(3) - 1);
		case 3:					/* the edge of a step of the tables */
			bits = (4096 + random_under(UINT64_C(2045) << 12)) << 40;
			return double_from_bits(bits + random_under(3) - 1);
		case 4:					/* two decimals, as scores are */
			return (double) (1 + random_under(10000)) / 100;
		case 5:					/* the largest */
			return double_from_bits(infinity - random_magnitude(52));
		default:
			return double_from_bits(1 + random_under(infinity - 1));
	}
}

/* A double of moderate size: 2^-30 .. 2^30. */
static double
random_moderate(void)
{
	uint64_t	exponent = 1023 - 30 + random_under(60);

	return double_from_bits(exponent << 52 | random_bits() >> 12);
}

/* 128 random bits, or next to a power of two. */
static wide_float
random_wide(int min_exponent, int max_exponent)
{
	wide_float	x;

	x.hi = random_bits() | UINT64_C(1) << 63;
	x.lo = random_bits();
	switch (random_under(4))
	{
		case 0:
			x.hi = UINT64_C(1) << 63;
			x.lo = random_magnitude(64);
			break;
		case 1:
			x.hi = ~UINT64_C(0);
			x.lo = ~random_magnitude(64);
			break;
	}
	x.exponent = min_exponent + (int) random_under((uint64_t) (max_exponent - min_exponent));
	return x;
}

/* |y| < 2^12: of any size, or where the reduction changes its step. */
static px_int128
random_log(void)
{
	const px_int128 ln2 = fixed_log(2);
	uint64_t	hi = random_bits();
	uint64_t	lo = random_bits();
	px_int128	y = (px_int128) make_uint128(hi, lo);

	switch (random_under(4))
	{
		case 0:
			y = (px_int128) random_under(5908) * ln2 + (px_int128) random_under(4001) - 2000;
			break;
		case 1:
			y = (px_int128) random_under(4095 * 64) << (LOG_FRACTION_BITS - 6);
			y += (px_int128) random_under(3) - 1;
			break;
		default:
			return y >> (3 + random_under(124));
	}
	return y * random_sign();
}

/* On, just below or just above a tie, a double or the end of the range. */
static wide_float
random_tie(void)
{
	wide_float	x = random_wide(-1230, 900);
	int			e = x.exponent + 127;
	int			keep = e >= -1022 ? 53 : 53 + 1022 + e;
	px_uint128	m = make_uint128(x.hi, x.lo);

	if (keep < 0)
		return x;
	m = m >> (127 - keep) << (127 - keep);	/* one bit more than is kept */
	m += random_under(3);
	m -= 1;
	if (m >> 127 == 0)
		return x;
	x.hi = (uint64_t) (m >> 64);
	x.lo = (uint64_t) m;
	return x;
}


/* Comparison */

static void
check_at(bool ok, const char *what, double x, double p)
{
	check(ok, "%s at x = %a, p = %a", what, x, p);
}

static void
set_int128(mpfr_t result, px_int128 value, int fraction_bits)
{
	px_uint128	magnitude = value < 0 ? -(px_uint128) value : (px_uint128) value;

	mpfr_set_ui(result, (uint64_t) (magnitude >> 64), MPFR_RNDN);
	mpfr_mul_2si(result, result, 64, MPFR_RNDN);
	mpfr_add_ui(result, result, (uint64_t) magnitude, MPFR_RNDN);
	mpfr_mul_2si(result, result, -fraction_bits, MPFR_RNDN);
	if (value < 0)
		mpfr_neg(result, result, MPFR_RNDN);
}

static void
set_wide(mpfr_t result, wide_float x)
{
	mpfr_set_ui(result, x.hi, MPFR_RNDN);
	mpfr_mul_2si(result, result, 64, MPFR_RNDN);
	mpfr_add_ui(result, result, x.lo, MPFR_RNDN);
	mpfr_mul_2si(result, result, x.exponent, MPFR_RNDN);
}

/* A truncated number with 128 significant bits, as wide_float. */
static wide_float
get_wide(mpfr_t x)
{
	wide_float	result;
	mpz_t		integer;
	mpfr_t		scaled;

	mpz_init(integer);
	mpfr_init2(scaled, PRECISION);
	result.exponent = (int32_t) mpfr_get_exp(x) - 128;
	mpfr_mul_2si(scaled, x, -result.exponent, MPFR_RNDN);
	mpfr_get_z(integer, scaled, MPFR_RNDD);
	result.lo = mpz_get_ui(integer);
	mpz_fdiv_q_2exp(integer, integer, 64);
	result.hi = mpz_get_ui(integer);
	mpz_clear(integer);
	mpfr_clear(scaled);
	return result;
}

static bool
same_wide(wide_float a, wide_float b)
{
	return a.hi == b.hi && a.lo == b.lo && a.exponent == b.exponent;
}

static bool
same_double(double a, double b)
{
	return double_bits(a) == double_bits(b);
}

/* The double nearest to x, subnormals included. */
static double
nearest_double(mpfr_t x)
{
	mpfr_t		rounded;
	mpfr_exp_t	emin = mpfr_get_emin();
	mpfr_exp_t	emax = mpfr_get_emax();
	double		result;
	int			inexact;

	mpfr_init2(rounded, 53);
	mpfr_set_emin(-1073);
	mpfr_set_emax(1024);
	inexact = mpfr_set(rounded, x, MPFR_RNDN);
	inexact = mpfr_check_range(rounded, inexact, MPFR_RNDN);
	mpfr_subnormalize(rounded, inexact, MPFR_RNDN);
	result = mpfr_get_d(rounded, MPFR_RNDN);
	mpfr_set_emin(emin);
	mpfr_set_emax(emax);
	mpfr_clear(rounded);
	return result;
}

/* Note the error of computed, relative to the size of exact if asked. */
static void
note_error(worst_error *error, mpfr_t computed, mpfr_t exact, bool relative, double x, double p)
{
	mpfr_t		difference;
	double		bits = -INFINITY;

	mpfr_init2(difference, PRECISION);
	mpfr_sub(difference, computed, exact, MPFR_RNDN);
	if (relative)
		mpfr_div(difference, difference, exact, MPFR_RNDN);
	if (!mpfr_zero_p(difference))
	{
		mpfr_abs(difference, difference, MPFR_RNDN);
		mpfr_log2(difference, difference, MPFR_RNDN);
		bits = mpfr_get_d(difference, MPFR_RNDU);
	}
	if (!(bits <= error->worst))
		error->worst = bits;
	check_at(bits < error->bound, error->what, x, p);
	mpfr_clear(difference);
}

/* The double of a mean must be the exact result, rounded once. */
static void
check_rounding(const char *what, double computed, mpfr_t exact, double x, double p)
{
	double		expected = nearest_double(exact);
	mpfr_t		distance;
	int			exponent;
	double		ulps;

	check_at(same_double(computed, expected), what, x, p);
	if (isinf(computed) || isinf(expected))
		return;
	mpfr_init2(distance, PRECISION);
	mpfr_sub_d(distance, exact, computed, MPFR_RNDN);
	frexp(computed, &exponent);
	if (exponent < -1021)
		exponent = -1021;
	mpfr_mul_2si(distance, distance, 53 - exponent, MPFR_RNDN);
	ulps = fabs(mpfr_get_d(distance, MPFR_RNDN));
	if (ulps > worst_ulp)
		worst_ulp = ulps;
	mpfr_clear(distance);
}


/* The functions, one by one */

static void
test_log(double x)
{
	mpfr_t		exact;
	mpfr_t		computed;

	mpfr_inits2(PRECISION, exact, computed, (mpfr_ptr) 0);
	mpfr_set_d(exact, x, MPFR_RNDN);
	mpfr_log(exact, exact, MPFR_RNDN);
	set_int128(computed, fixed_log(x), LOG_FRACTION_BITS);
	note_error(&fixed_log_error, computed, exact, false, x, 0);
	mpfr_clears(exact, computed, (mpfr_ptr) 0);
}

static void
test_wide_log(wide_float x)
{
	mpfr_t		exact;
	mpfr_t		computed;

	mpfr_inits2(PRECISION, exact, computed, (mpfr_ptr) 0);
	set_wide(exact, x);
	mpfr_log(exact, exact, MPFR_RNDN);
	set_int128(computed, wide_log(x), LOG_FRACTION_BITS);
	note_error(&wide_log_error, computed, exact, false, (double) x.hi, x.exponent);
	mpfr_clears(exact, computed, (mpfr_ptr) 0);
}

static void
test_exp(px_int128 y)
{
	mpfr_t		exact;
	mpfr_t		computed;
	wide_float	result = wide_exp(y);

	mpfr_inits2(PRECISION, exact, computed, (mpfr_ptr) 0);
	set_int128(exact, y, LOG_FRACTION_BITS);
	mpfr_exp(exact, exact, MPFR_RNDN);
	set_wide(computed, result);
	check_at(result.hi >> 63 == 1, "wide_exp normalised", (double) y, 0);
	note_error(&exp_error, computed, exact, true, (double) y, 0);
	mpfr_clears(exact, computed, (mpfr_ptr) 0);
}

static void
test_pow(double x, double p)
{
	mpfr_t		log;
	mpfr_t		exact;
	mpfr_t		computed;
	wide_float	result;
	bool		in_range = wide_pow(x, p, &result);

	mpfr_inits2(PRECISION, log, exact, computed, (mpfr_ptr) 0);
	mpfr_set_d(log, x, MPFR_RNDN);
	mpfr_log(log, log, MPFR_RNDN);
	mpfr_mul_d(log, log, p, MPFR_RNDN);
	mpfr_exp(exact, log, MPFR_RNDN);
	mpfr_abs(log, log, MPFR_RNDN);
	check_at(in_range == (p == 1 || mpfr_cmp_ui(log, 2700) < 0), "wide_pow range", x, p);
	if (in_range)
	{
		set_wide(computed, result);
		note_error(&pow_error, computed, exact, true, x, p);
		if (mpfr_cmp_d(log, 0x1p-8) < 0)
			note_error(&small_pow_error, computed, exact, true, x, p);
		check_rounding("x^p rounded", wide_to_double(result), exact, x, p);
	}
	mpfr_clears(log, exact, computed, (mpfr_ptr) 0);
}

static void
test_root(wide_float m, double p)
{
	mpfr_t		log;
	mpfr_t		exact;
	mpfr_t		computed;
	wide_float	result = wide_root(m, p);

	mpfr_inits2(PRECISION, log, exact, computed, (mpfr_ptr) 0);
	set_wide(log, m);
	mpfr_log(log, log, MPFR_RNDN);
	mpfr_div_d(log, log, p, MPFR_RNDN);
	if (p != 1 && mpfr_cmp_si(log, -2700) <= 0)
		check_at(wide_to_double(result) == 0 && result.hi == 0, "wide_root to zero", (double) m.hi, p);
	else if (p != 1 && mpfr_cmp_si(log, 2700) >= 0)
		check_at(isinf(wide_to_double(result)), "wide_root to infinity", (double) m.hi, p);
	else
	{
		mpfr_exp(exact, log, MPFR_RNDN);
		set_wide(computed, result);
		note_error(&root_error, computed, exact, true, (double) m.hi, p);
	}
	mpfr_clears(log, exact, computed, (mpfr_ptr) 0);
}

static void
test_reciprocal(double x)
{
	mpfr_t		exact;

	mpfr_init2(exact, 1200);
	mpfr_set_d(exact, fabs(x), MPFR_RNDN);
	mpfr_ui_div(exact, 1, exact, MPFR_RNDD);
	check_at(same_wide(wide_reciprocal(x), get_wide(exact)), "wide_reciprocal", x, 0);
	mpfr_clear(exact);
}

static void
test_to_double(wide_float x)
{
	mpfr_t		exact;

	mpfr_init2(exact, PRECISION);
	set_wide(exact, x);
	check_at(same_double(wide_to_double(x), nearest_double(exact)),
		  "wide_to_double", (double) x.hi, x.exponent);
	mpfr_clear(exact);
}


/* Means as their aggregates compute them, here with equal weights */

static void
test_geometric_mean(const double *values, int n)
{
	px_int128	sum = 0;
	mpfr_t		exact;
	mpfr_t		term;

	mpfr_inits2(PRECISION, exact, term, (mpfr_ptr) 0);
	mpfr_set_ui(exact, 0, MPFR_RNDN);
	for (int i = 0; i < n; i++)
	{
		sum += fixed_log(values[i]) / n;
		mpfr_set_d(term, values[i], MPFR_RNDN);
		mpfr_log(term, term, MPFR_RNDN);
		mpfr_add(exact, exact, term, MPFR_RNDN);
	}
	mpfr_div_ui(exact, exact, (unsigned long) n, MPFR_RNDN);
	mpfr_exp(exact, exact, MPFR_RNDN);
	check_rounding("geometric mean", wide_to_double(wide_exp(sum)), exact, values[0], n);
	mpfr_clears(exact, term, (mpfr_ptr) 0);
}

/* The sum of the powers is left to MPFR: it is not under test here. */
static void
test_power_mean(const double *values, int n, double p)
{
	mpfr_t		sum;
	mpfr_t		exact;
	mpfr_t		term;
	mpfr_t		exponent;

	mpfr_inits2(PRECISION, sum, exact, term, exponent, (mpfr_ptr) 0);
	mpfr_set_ui(sum, 0, MPFR_RNDN);
	mpfr_set_ui(exact, 0, MPFR_RNDN);
	mpfr_set_d(exponent, p, MPFR_RNDN);
	for (int i = 0; i < n; i++)
	{
		wide_float	power;

		check_at(wide_pow(values[i], p, &power), "wide_pow in range", values[i], p);
		set_wide(term, power);
		mpfr_add(sum, sum, term, MPFR_RNDN);
		mpfr_set_d(term, values[i], MPFR_RNDN);
		mpfr_pow(term, term, exponent, MPFR_RNDN);
		mpfr_add(exact, exact, term, MPFR_RNDN);
	}
	mpfr_div_ui(sum, sum, (unsigned long) n, MPFR_RNDN);
	mpfr_div_ui(exact, exact, (unsigned long) n, MPFR_RNDN);
	mpfr_ui_div(exponent, 1, exponent, MPFR_RNDN);
	mpfr_pow(exact, exact, exponent, MPFR_RNDN);
	check_rounding("power mean", wide_to_double(wide_root(get_wide(sum), p)), exact, values[0], p);
	mpfr_clears(sum, exact, term, exponent, (mpfr_ptr) 0);
}

static void
test_harmonic_mean(const double *values, int n)
{
	mpfr_t		sum;
	mpfr_t		exact;
	mpfr_t		term;

	mpfr_inits2(PRECISION, sum, exact, term, (mpfr_ptr) 0);
	mpfr_set_ui(sum, 0, MPFR_RNDN);
	mpfr_set_ui(exact, 0, MPFR_RNDN);
	for (int i = 0; i < n; i++)
	{
		set_wide(term, wide_reciprocal(values[i]));
		mpfr_add(sum, sum, term, MPFR_RNDN);
		mpfr_set_d(term, values[i], MPFR_RNDN);
		mpfr_ui_div(term, 1, term, MPFR_RNDN);
		mpfr_add(exact, exact, term, MPFR_RNDN);
	}
	mpfr_ui_div(exact, (unsigned long) n, exact, MPFR_RNDN);
	mpfr_ui_div(sum, (unsigned long) n, sum, MPFR_RNDN);
	check_rounding("harmonic mean", wide_to_double(get_wide(sum)), exact, values[0], n);
	mpfr_clears(sum, exact, term, (mpfr_ptr) 0);
}

static void
test_means(void)
{
	static const double exponents[] = {-3, -2, -1, -0.5, 0x1p-30, 0.1, 0.5, 1, 1.5, 2, 3, 10, 50};
	double		values[20];
	int			n = 1 + (int) random_under(20);

	for (int i = 0; i < n; i++)
		values[i] = random_moderate();
	test_geometric_mean(values, n);
	test_harmonic_mean(values, n);
	test_power_mean(values, n, exponents[random_under(sizeof(exponents) / sizeof(exponents[0]))]);
}


/* Facts that need no reference */

static void
test_exact_values(void)
{
	static const double values[] = {0x1p-1074, 0x1p-1022, 0.1, 1 - 0x1p-53, 1, 1 + 0x1p-52, 2, 93.66, 0x1.fffffffffffffp+1023};
	wide_float	result;
	wide_float	huge = {UINT64_C(1) << 63, 0, 2000};
	wide_float	tiny = {UINT64_C(1) << 63, 0, -2000};
	wide_float	zero = {0, 0, 0};
	double		limit = 2700 / ((double) fixed_log(2) * 0x1p-112);

	check_at(fixed_log(1) == 0, "ln 1", 1, 0);
	check_at(same_wide(wide_exp(0), wide_from_double(1)), "e^0", 0, 0);
	check_at(wide_pow(1, 1e300, &result) && same_wide(result, wide_from_double(1)), "1^p", 1, 1e300);
	check_at(wide_pow(1, -1e-300, &result) && same_wide(result, wide_from_double(1)), "1^p", 1, -1e-300);
	check_at(!wide_pow(2, 1e300, &result) && !wide_pow(0.5, -4000, &result), "x^p too large", 2, 1e300);
	for (int sign = -1; sign <= 1; sign += 2)
	{
		test_pow(2, sign * limit * (1 - 0x1p-50));
		test_pow(2, sign * limit * (1 + 0x1p-50));
	}
	check_at(!wide_pow(2, -1e300, &result) && !wide_pow(0.5, 4000, &result), "x^p too small", 2, -1e300);
	check_at(isinf(wide_to_double(wide_root(wide_from_double(2), 1e-5))), "root too large", 2, 1e-5);
	check_at(same_wide(wide_root(wide_from_double(2), -1e-5), zero), "root too small", 2, -1e-5);
	check_at(same_double(wide_to_double(zero), 0), "zero", 0, 0);
	check_at(same_double(wide_to_double(huge), INFINITY), "overflow", 2000, 0);
	check_at(same_double(wide_to_double(tiny), 0), "underflow", -2000, 0);
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++)
	{
		double		x = values[i];

		check_at(same_double(wide_to_double(wide_from_double(x)), x), "there and back", x, 0);
		check_at(wide_pow(x, 1, &result) && same_wide(result, wide_from_double(x)), "x^1", x, 1);
		check_at(same_wide(wide_root(result, 1), result), "x^(1/1)", x, 1);
		check_at(same_wide(wide_reciprocal(-x), wide_reciprocal(x)), "1/-x", x, 0);
		test_log(x);
		test_reciprocal(x);
	}
}

/* Small whole numbers: powers and roots that are doubles come out exactly. */
static void
test_whole_numbers(void)
{
	for (int x = 1; x <= 50; x++)
	{
		double		power = x;

		for (int p = 2; p <= 9; p++)
		{
			wide_float	result;

			power *= x;
			check_at(wide_pow(x, p, &result) && wide_to_double(result) == power, "whole power", x, p);
			check_at(wide_to_double(wide_root(wide_from_double(power), p)) == x, "whole root", x, p);
			test_pow(x, -p);
		}
	}
}


/* Reproducibility */

static uint64_t
hash_bits(uint64_t hash, uint64_t bits)
{
	/* FNV-1a over the bytes */
	for (int i = 0; i < 8; i++)
	{
		hash = (hash ^ (bits & 0xFF)) * UINT64_C(0x100000001B3);
		bits >>= 8;
	}
	return hash;
}

static uint64_t
hash_wide(uint64_t hash, wide_float x)
{
	hash = hash_bits(hash, x.hi);
	hash = hash_bits(hash, x.lo);
	hash = hash_bits(hash, (uint64_t) (int64_t) x.exponent);
	return hash_bits(hash, double_bits(wide_to_double(x)));
}

/* Every function over a fixed set of arguments made from integers alone. */
static uint64_t
golden_hash(void)
{
	uint64_t	hash = UINT64_C(0xCBF29CE484222325);

	random_state = 1;
	for (int i = 0; i < 20000; i++)
	{
		double		x = random_double();
		double		p = random_moderate();
		px_int128	y = random_log();
		wide_float	w = random_wide(-5900, 5700);
		wide_float	power;
		px_int128	log = fixed_log(x);

		hash = hash_bits(hash, (uint64_t) (log >> 64));
		hash = hash_bits(hash, (uint64_t) log);
		log = wide_log(w);
		hash = hash_bits(hash, (uint64_t) (log >> 64));
		hash = hash_bits(hash, (uint64_t) log);
		hash = hash_wide(hash, wide_exp(y));
		hash = hash_wide(hash, wide_root(w, i % 2 ? p : -p));
		hash = hash_wide(hash, wide_reciprocal(x));
		hash = hash_wide(hash, random_tie());
		if (wide_pow(x, i % 2 ? p : -p, &power))
			hash = hash_wide(hash, power);
		else
			hash = hash_bits(hash, 0);
	}
	return hash;
}

static void
report(const worst_error *error)
{
	printf("elementary: %-36s 2^%.2f (bound 2^%g)\n", error->what, error->worst, error->bound);
}

int
main(int argc, char **argv)
{
	uint64_t	seed = argc > 1 ? strtoull(argv[1], NULL, 0) : 20190328;
	long		iterations = argc > 2 ? atol(argv[2]) : 20000;
	uint64_t	hash = golden_hash();

	check_at(hash == GOLDEN_HASH, "golden hash", 0, 0);
	test_exact_values();
	test_whole_numbers();

	random_state = seed;
	for (long i = 0; i < iterations; i++)
	{
		double		x = random_double();
		double		p = random_moderate();
		wide_float	m = random_wide(-4000, 3700);

		p *= random_sign();
		test_log(x);
		test_wide_log(random_wide(-6026, 5772));
		test_exp(random_log());
		test_pow(x, p);
		test_pow(random_moderate(), p);
		test_root(m, p);

		/* sums near 1, for any p */
		m = random_wide(-130, -124);
		test_wide_log(m);
		test_root(m, random_double());

		/* any p whose power of this x is in range, however near x is to 1 */
		p = (double) random_magnitude(53) * 0x1p-53 * 2700;
		p /= (double) fixed_log(x) * 0x1p-112 * random_sign();
		if (isfinite(p))
		{
			test_pow(x, p);
			test_root(wide_from_double(x), 1 / p);
		}
		test_reciprocal(x);
		test_to_double(random_tie());
		test_to_double(random_wide(-1230, 900));
		if (i % 10 == 0)
			test_means();
	}

	report(&fixed_log_error);
	report(&wide_log_error);
	report(&exp_error);
	report(&pow_error);
	report(&small_pow_error);
	report(&root_error);
	printf("elementary: %ld checks, %ld failed; seed %" PRIu64 ", %ld iterations, hash %016" PRIx64
		   ", means and powers within %.17g ulp\n",
		   checks, failures, seed, iterations, hash, worst_ulp);
	mpfr_free_cache();
	return failures != 0;
}
