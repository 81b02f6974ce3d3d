/*
 * entropy_weights_test.c
 *	  Diversification against 1 - E in MPFR, whose digits outlast the
 *	  cancellation; the same bits whatever the order of values.
 *	  Usage: entropy_weights_test [seed [cases]]
 */
#include "kernel/weights/entropy_weights.h"

#include "exact_test.h"

#define LONGEST 60
#define BITS 2400				/* holds any sum of doubles */

/* Even, uneven, all but even, any doubles, with zeros, of two sizes. */
static double
random_value(int kind)
{
	double		u = (double) (random_bits() >> 11) * 0x1p-53;

	switch (kind)
	{
		case 0:
			return 1 + u;
		case 1:
			return 1e6 + random_below(2) * 0x1p-30;
		case 2:
			return fabs(random_double());
		case 3:
			return random_below(3);
		case 4:
			return random_below(20) == 0 ? 1e300 : 1e-300;
		default:
			return 1e-320 * random_below(5);
	}
}

/* 1 + sum(p ln p) / ln n */
static void
get_expected(mpfr_t result, const double *x, int n)
{
	mpfr_t		total,
				p,
				log;
	int			count = 0;

	mpfr_inits2(BITS, total, p, log, (mpfr_ptr) 0);
	mpfr_set_ui(total, 0, MPFR_RNDN);
	mpfr_set_ui(result, 0, MPFR_RNDN);
	for (int i = 0; i < n; i++)
	{
		if (isnan(x[i]))
			continue;
		count++;
		mpfr_add_d(total, total, x[i], MPFR_RNDN);
	}
	for (int i = 0; i < n; i++)
	{
		if (isnan(x[i]) || x[i] == 0)
			continue;
		mpfr_set_d(p, x[i], MPFR_RNDN);
		mpfr_div(p, p, total, MPFR_RNDN);
		mpfr_prec_round(p, 400, MPFR_RNDN);
		mpfr_set_prec(log, 400);
		mpfr_log(log, p, MPFR_RNDN);
		mpfr_fma(result, p, log, result, MPFR_RNDN);
		mpfr_set_prec(p, BITS);
	}
	mpfr_log_ui(log, (unsigned long) count, MPFR_RNDN);
	mpfr_div(result, result, log, MPFR_RNDN);
	mpfr_add_ui(result, result, 1, MPFR_RNDN);
	mpfr_clears(total, p, log, (mpfr_ptr) 0);
}

static double
diversification(const double *x, int n)
{
	entropy_sums sums;
	int			half = n / 3;

	entropy_init(&sums);
	entropy_add(&sums, x, half);
	entropy_add(&sums, x + half, n - half);
	return entropy_diversification(&sums);
}

int
main(int argc, char **argv)
{
	long		cases = begin_test(argc, argv, "entropy_weights_test", 2000);
	int			equal = 0;
	mpfr_t		expected;

	mpfr_init2(expected, 400);
	for (long c = 0; c < cases; c++)
	{
		int			n = random_below(LONGEST);
		int			kind = random_below(6);
		int			count = 0;
		double		x[LONGEST];
		double		min = INFINITY;
		double		max = 0;
		double		got;

		for (int i = 0; i < n; i++)
		{
			x[i] = random_below(10) == 0 ? NAN : random_value(kind);
			if (isnan(x[i]))
				continue;
			count++;
			min = fmin(min, x[i]);
			max = fmax(max, x[i]);
		}
		got = diversification(x, n);
		if (count < 2)
			check(isnan(got), "%d values: %a", count, got);
		else if (min == max)
		{
			equal++;
			check_double(got, 0, "all equal");
		}
		else
		{
			double		rounded;

			get_expected(expected, x, n);
			rounded = mpfr_get_d(expected, MPFR_RNDN);
			mpfr_sub_d(expected, expected, got, MPFR_RNDN);
			check(fabs(mpfr_get_d(expected, MPFR_RNDN)) <= 0x1p-53 * rounded + 1e-32,
				  "kind %d, n %d: %.17g, expected %.17g", kind, count, got, rounded);
			check(got >= 0 && got <= 1, "range: %.17g", got);
		}
		for (int i = n - 1; i > 0; i--)
		{
			int			k = random_below(i + 1);
			double		moved = x[k];

			x[k] = x[i];
			x[i] = moved;
		}
		check(double_bits(diversification(x, n)) == double_bits(got) || isnan(got), "another order");
	}
	check(equal > cases / 200, "cases with equal values: %d", equal);
	mpfr_clear(expected);
	return end_test("entropy_weights_test");
}
