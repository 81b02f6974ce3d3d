/*
 * gini_weights_test.c
 *	  Gini's coefficient against the sum over all pairs in MPFR, rounded once.
 *	  Usage: gini_weights_test [seed [cases]]
 */
#include "kernel/weights/gini_weights.h"

#include "exact_test.h"

#define LONGEST 40
#define BITS 2400				/* holds any sum of doubles */

static int
compare_doubles(const void *a, const void *b)
{
	double		x = *(const double *) a;
	double		y = *(const double *) b;

	return (x > y) - (x < y);
}

static double
random_value(int kind)
{
	switch (kind)
	{
		case 0:
			return 1 + random_unit();
		case 1:
			return fabs(random_double());
		case 2:
			return random_below(3);
		default:
			return random_below(20) == 0 ? 1e300 : 1e-300;
	}
}

/* sum over all pairs of |x - y| / (2 n sum(x)) */
static double
expected_gini(const double *x, int n)
{
	mpfr_t		sum,
				total,
				distance;
	double		result;

	mpfr_inits2(BITS, sum, total, distance, (mpfr_ptr) 0);
	mpfr_set_ui(sum, 0, MPFR_RNDN);
	mpfr_set_ui(total, 0, MPFR_RNDN);
	for (int i = 0; i < n; i++)
	{
		mpfr_add_d(total, total, x[i], MPFR_RNDN);
		for (int k = 0; k < n; k++)
		{
			mpfr_set_d(distance, x[i], MPFR_RNDN);
			mpfr_sub_d(distance, distance, x[k], MPFR_RNDN);
			mpfr_abs(distance, distance, MPFR_RNDN);
			mpfr_add(sum, sum, distance, MPFR_RNDN);
		}
	}
	mpfr_mul_ui(total, total, 2 * (unsigned long) n, MPFR_RNDN);
	if (mpfr_zero_p(total))
		mpfr_set_ui(sum, 0, MPFR_RNDN);
	else
		mpfr_div(sum, sum, total, MPFR_RNDN);
	result = mpfr_get_d(sum, MPFR_RNDN);
	mpfr_clears(sum, total, distance, (mpfr_ptr) 0);
	return result;
}

int
main(int argc, char **argv)
{
	long		cases = begin_test(argc, argv, "gini_weights_test", 2000);
	double		one_has_all[] = {0, 0, 0, 7};

	check_double(gini_coefficient(one_has_all, 4), 0.75, "one has all");
	check(isnan(gini_coefficient(one_has_all + 3, 1)), "one value");
	for (long c = 0; c < cases; c++)
	{
		int			n = 2 + random_below(LONGEST - 1);
		int			kind = random_below(4);
		double		x[LONGEST];

		for (int i = 0; i < n; i++)
			x[i] = random_value(kind);
		qsort(x, (size_t) n, sizeof(double), compare_doubles);
		check_double(gini_coefficient(x, n), expected_gini(x, n), "as all pairs");
	}
	return end_test("gini_weights_test");
}
