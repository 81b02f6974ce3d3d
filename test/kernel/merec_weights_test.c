/*
 * merec_weights_test.c
 *	  Logarithms, performances and means against MPFR.
 *	  Usage: merec_weights_test [seed [cases]]
 */
#include "kernel/weights/merec_weights.h"

#include "exact_test.h"

#define BITS 400

/* x * 2^-MEREC_FRACTION_BITS */
static void
set_fixed(mpfr_t result, px_int128 x)
{
	bool		negative = x < 0;
	px_uint128	size = negative ? -(px_uint128) x : (px_uint128) x;

	mpfr_set_ui(result, (unsigned long) (size >> 64), MPFR_RNDN);
	mpfr_mul_2ui(result, result, 64, MPFR_RNDN);
	mpfr_add_ui(result, result, (unsigned long) (uint64_t) size, MPFR_RNDN);
	mpfr_div_2ui(result, result, MEREC_FRACTION_BITS, MPFR_RNDN);
	if (negative)
		mpfr_neg(result, result, MPFR_RNDN);
}

/* Whether the number is x within 2^-86. */
static bool
is_close(px_int128 fixed, const mpfr_t x)
{
	mpfr_t		difference;
	bool		close;

	mpfr_init2(difference, BITS);
	set_fixed(difference, fixed);
	mpfr_sub(difference, difference, x, MPFR_RNDN);
	close = fabs(mpfr_get_d(difference, MPFR_RNDN)) < 0x1p-86;
	mpfr_clear(difference);
	return close;
}

int
main(int argc, char **argv)
{
	long		cases = begin_test(argc, argv, "merec_weights_test", 2000);
	mpfr_t		x;

	mpfr_init2(x, BITS);
	for (long c = 0; c < cases; c++)
	{
		double		a = fabs(random_double());
		double		b = fabs(random_double());
		int			count = 1 + random_below(50);
		px_int128	distance;

		if (!(a > 0) || !(b > 0))
			continue;
		mpfr_set_d(x, a, MPFR_RNDN);
		mpfr_log(x, x, MPFR_RNDN);
		check(is_close(merec_log(a), x), "logarithm of %a", a);
		distance = merec_log(a) - merec_log(b);
		distance = distance < 0 ? -distance : distance;
		set_fixed(x, distance);
		mpfr_div_ui(x, x, (unsigned long) count, MPFR_RNDN);
		mpfr_log1p(x, x, MPFR_RNDN);
		check(is_close(merec_performance(distance, count), x), "performance of %a, %a, %d", a, b, count);
		set_fixed(x, distance / count);
		check(merec_mean(distance, count) == mpfr_get_d(x, MPFR_RNDN), "mean of %a, %a, %d", a, b, count);
	}
	check(merec_performance(0, 3) == 0 && merec_mean(0, 3) == 0, "nothing");
	mpfr_clear(x);
	return end_test("merec_weights_test");
}
