/*
 * decimal_sum_test.c
 *	  Decimal sums against GMP integers and rationals.
 *
 * Usage: decimal_sum_test [seed].  The seed is printed; a failure names the
 * check and the round.
 */
#include "kernel/exact/decimal_sum.h"

#include <time.h>

#include <gmp.h>

#include "kernel_test.h"

#define MAX_LIMBS 2400

static long round_number;

static void
expect(bool truth, const char *what)
{
	if (!truth)
	{
		fprintf(stderr, "decimal_sum_test: round %ld: %s\n", round_number, what);
		exit(1);
	}
}

/* A limb that is often an extreme, where carries and bad guesses live. */
static int64_t
random_limb(void)
{
	switch (random_below(6))
	{
		case 0:
			return 0;
		case 1:
			return DECIMAL_BASE - 1;
		case 2:
			return 1 + random_below(2);
		case 3:
			return DECIMAL_BASE / 2 - 1 + random_below(3);
		default:
			return random_below(DECIMAL_BASE);
	}
}

/* Fill a normalised sum; its limbs are the caller's. */
static void
random_sum(decimal_sum *sum, int64_t *limb, int32_t count, int32_t low, int sign)
{
	sum->limb = limb;
	sum->count = count;
	sum->low = low;
	for (int32_t i = 0; i < count; i++)
		limb[i] = sign * random_limb();
}

/* q = value of the sum, normalised or lazy. */
static void
rational(mpq_t q, const decimal_sum *sum)
{
	mpz_t		power;

	mpz_init(power);
	mpq_set_ui(q, 0, 1);
	for (int32_t i = sum->count - 1; i >= 0; i--)
	{
		mpz_mul_si(mpq_numref(q), mpq_numref(q), DECIMAL_BASE);
		if (sum->limb[i] >= 0)
			mpz_add_ui(mpq_numref(q), mpq_numref(q), sum->limb[i]);
		else
			mpz_sub_ui(mpq_numref(q), mpq_numref(q), -(uint64_t) sum->limb[i]);
	}
	mpz_ui_pow_ui(power, DECIMAL_BASE, abs(sum->low));
	if (sum->low >= 0)
		mpz_mul(mpq_numref(q), mpq_numref(q), power);
	else
		mpz_set(mpq_denref(q), power);
	mpq_canonicalize(q);
	mpz_clear(power);
}

static void
expect_normalised(const decimal_sum *sum, const char *what)
{
	int			sign = decimal_sum_sign(sum);

	for (int32_t i = 0; i < sum->count; i++)
		expect(sum->limb[i] * sign >= 0 && llabs(sum->limb[i]) < DECIMAL_BASE,
			   what);
}

/* Random terms added and taken away, with an almost exhausted pending count. */
static void
test_add(void)
{
	int64_t		total_limb[40 + DECIMAL_CARRY_LIMBS];
	int64_t		limb[40];
	decimal_sum total = {total_limb, 40 + DECIMAL_CARRY_LIMBS, -20};
	decimal_sum term;
	mpq_t		exact,
				q;

	mpq_inits(exact, q, NULL);
	memset(total_limb, 0, sizeof(total_limb));
	for (int i = random_below(60); i >= 0; i--)
	{
		int			sign = random_below(2) ? 1 : -1;
		int32_t		low = random_below(40);

		random_sum(&term, limb, random_below(40 - low + 1), low - 20,
				   random_below(2) ? 1 : -1);
		decimal_sum_add(&total, &term, sign);
		rational(q, &term);
		(sign > 0 ? mpq_add : mpq_sub) (exact, exact, q);
	}

	/* As many terms as may be pending, all of the same extreme limb. */
	if (random_below(2))
	{
		int			sign = random_below(2) ? 1 : -1;

		for (int i = 0; i < 40; i++)
			total_limb[i] = sign * (DECIMAL_BASE - 1) * (int64_t) DECIMAL_PENDING_MAX;
		rational(exact, &total);
	}
	decimal_sum_normalise(&total);
	expect_normalised(&total, "normalise: limbs out of range");
	rational(q, &total);
	expect(mpq_equal(q, exact), "normalise: value changed");
	expect(decimal_sum_sign(&total) == mpq_sgn(exact), "sign");
	decimal_sum_trim(&total);
	rational(q, &total);
	expect(mpq_equal(q, exact), "trim: value changed");
	expect(total.count == 0 ? total.low == 0 :
		   total.limb[0] != 0 && total.limb[total.count - 1] != 0,
		   "trim: zero at an end");
	mpq_clears(exact, q, NULL);
}

static void
test_multiply(int32_t most)
{
	static int64_t a_limb[MAX_LIMBS],
				b_limb[MAX_LIMBS],
				limb[2 * MAX_LIMBS];
	decimal_sum a,
				b,
				product = {limb, 0, 0};
	mpq_t		p,
				q;

	mpq_inits(p, q, NULL);
	random_sum(&a, a_limb, random_below(most), random_below(40) - 20, random_below(2) ? 1 : -1);
	random_sum(&b, b_limb, random_below(most), random_below(40) - 20, random_below(2) ? 1 : -1);
	/* All limbs at their largest: the columns' worst case. */
	if (random_below(4) == 0)
	{
		for (int i = 0; i < a.count; i++)
			a_limb[i] = DECIMAL_BASE - 1;
		for (int i = 0; i < b.count; i++)
			b_limb[i] = 1 - DECIMAL_BASE;
	}
	decimal_sum_multiply(&product, &a, &b, NULL, NULL);
	expect_normalised(&product, "multiply: limbs out of range");
	rational(p, &a);
	rational(q, &b);
	mpq_mul(p, p, q);
	rational(q, &product);
	expect(mpq_equal(p, q), "multiply: wrong product");
	mpq_clears(p, q, NULL);
}

/* q = q rounded to scale decimals: half away from zero, or toward zero. */
static void
round_rational(mpq_t q, int scale, bool half_away)
{
	mpz_t		power,
				twice;
	int			sign = mpq_sgn(q);

	mpz_inits(power, twice, NULL);
	mpz_ui_pow_ui(power, 10, scale);
	mpz_mul(mpq_numref(q), mpq_numref(q), power);
	mpz_abs(mpq_numref(q), mpq_numref(q));
	if (half_away)
	{
		mpz_mul_ui(mpq_numref(q), mpq_numref(q), 2);
		mpz_add(mpq_numref(q), mpq_numref(q), mpq_denref(q));
		mpz_mul_ui(mpq_denref(q), mpq_denref(q), 2);
	}
	mpz_fdiv_q(mpq_numref(q), mpq_numref(q), mpq_denref(q));
	if (sign < 0)
		mpz_neg(mpq_numref(q), mpq_numref(q));
	mpz_set(mpq_denref(q), power);
	mpq_canonicalize(q);
	mpz_clears(power, twice, NULL);
}

static void
test_round(void)
{
	int64_t		limb[21];
	decimal_sum sum;
	int			scale = random_below(90);
	int			sign = random_below(2) ? 1 : -1;
	mpq_t		p,
				q;

	mpq_inits(p, q, NULL);
	random_sum(&sum, limb, 20, -12, sign);
	/* Ties: a half, then zeros. */
	if (random_below(2))
	{
		memset(limb, 0, 12 * sizeof(int64_t));
		limb[random_below(12)] = sign * DECIMAL_BASE / 2 / (random_below(2) ? 1 : 1000);
	}
	limb[20] = 0;
	sum.count = 21;
	rational(p, &sum);
	rational(q, &sum);
	round_rational(p, scale, true);
	expect(decimal_sum_fits_scale(&sum, scale) == (mpq_equal(p, q) != 0),
		   "fits_scale");
	decimal_sum_round(&sum, scale);
	expect_normalised(&sum, "round: limbs out of range");
	rational(q, &sum);
	expect(mpq_equal(p, q), "round: wrong");
	expect(decimal_sum_fits_scale(&sum, scale), "round: digits left");
	mpq_clears(p, q, NULL);
}

static void
test_divide(int32_t most)
{
	static int64_t n_limb[MAX_LIMBS],
				d_limb[MAX_LIMBS];
	decimal_sum numerator,
				denominator,
				quotient;
	int64_t    *scratch;
	mpq_t		p,
				q;

	random_sum(&numerator, n_limb, random_below(most), random_below(30) - 15, 1);
	random_sum(&denominator, d_limb, 1 + random_below(most), random_below(30) - 15, 1);
	if (random_below(4) == 0)
		d_limb[denominator.count - 1] = DECIMAL_BASE / 2;
	decimal_sum_trim(&numerator);
	decimal_sum_trim(&denominator);
	if (denominator.count == 0)
		return;

	mpq_inits(p, q, NULL);
	quotient.low = -random_below(20);
	quotient.limb = malloc(sizeof(int64_t) *
						   (decimal_sum_quotient_limbs(&numerator, &denominator, quotient.low) + 1));
	scratch = malloc(sizeof(int64_t) *
					 decimal_sum_divide_scratch(&numerator, &denominator, quotient.low));
	decimal_sum_divide(&quotient, &numerator, &denominator, scratch, NULL, NULL);
	expect_normalised(&quotient, "divide: limbs out of range");
	rational(p, &numerator);
	rational(q, &denominator);
	mpq_div(p, p, q);
	round_rational(p, -quotient.low * DECIMAL_BASE_DIGITS, false);
	rational(q, &quotient);
	expect(mpq_equal(p, q), "divide: wrong quotient");
	free(quotient.limb);
	free(scratch);
	mpq_clears(p, q, NULL);
}

static void
test_int(void)
{
	int64_t		limb[DECIMAL_INT_LIMBS + 4];
	decimal_sum sum = {limb, 0, 0};
	int			fraction = random_below(12);
	int			steps = random_below(10);
	__extension__ unsigned __int128 bits =
	((unsigned __int128) random_bits() << 64 | random_bits()) >> random_below(128);
	decimal_int value = random_below(2) ? (decimal_int) bits : -(decimal_int) (bits >> 1),
				back,
				scaled = value;
	bool		fits;
	mpq_t		p,
				q;
	mpz_t		power;

	mpq_inits(p, q, NULL);
	mpz_init(power);

	/* p = value * 10000^-fraction */
	mpz_set_si(mpq_numref(p), (int64_t) (value >> 64));
	mpz_mul_2exp(mpq_numref(p), mpq_numref(p), 64);
	mpz_add_ui(mpq_numref(p), mpq_numref(p), (uint64_t) value);
	mpz_ui_pow_ui(power, 10000, steps);
	mpz_mul(power, power, mpq_numref(p));
	fits = mpz_sizeinbase(power, 2) <= 127;
	mpz_ui_pow_ui(mpq_denref(p), 10000, fraction);
	mpq_canonicalize(p);

	decimal_sum_set_int(&sum, value, fraction);
	expect(sum.count <= DECIMAL_INT_LIMBS, "set_int: too many limbs");
	expect_normalised(&sum, "set_int: limbs out of range");
	rational(q, &sum);
	expect(mpq_equal(p, q), "set_int: wrong value");
	expect(decimal_sum_get_int(&sum, fraction, &back) && back == value,
		   "get_int: not what was set");

	/* The same in finer units: fits exactly where 128 bits hold it. */
	expect(decimal_sum_get_int(&sum, fraction + steps, &back) == fits,
		   "get_int: overflow misjudged");
	expect(decimal_int_rescale(&scaled, steps) == fits,
		   "rescale: overflow misjudged");
	expect(!fits || back == scaled, "rescale and get_int differ");

	mpz_clear(power);
	mpq_clears(p, q, NULL);
}

int
main(int argc, char **argv)
{
	uint64_t	seed = argc > 1 ? strtoull(argv[1], NULL, 10) : (uint64_t) time(NULL);

	printf("decimal_sum_test: seed %llu\n", (unsigned long long) seed);
	random_state = seed;
	for (round_number = 0; round_number < 20000; round_number++)
	{
		test_add();
		test_multiply(12);
		test_round();
		test_divide(8);
		test_int();
	}
	for (int i = 0; i < 10; i++)
	{
		test_multiply(MAX_LIMBS);
		test_divide(300);
	}
	printf("decimal_sum_test: ok\n");
	return 0;
}
