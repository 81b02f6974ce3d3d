/*
 * bod_robust_test.c
 *	  Powers against MPFR, and the expected greatest of m against all ways to draw.
 *	  Usage: bod_robust_test [seed [cases]]
 */
#include "kernel/weights/bod_robust.h"

#include "exact_test.h"

#define MOST 6

/* The mean of the greatest over all ways to draw m more. */
static double
mean_greatest(const double *sorted, int n, int m, double greatest)
{
	double		sum = 0;

	if (m == 0)
		return greatest;
	for (int k = 0; k < n; k++)
		sum += mean_greatest(sorted, n, m - 1, fmax(greatest, sorted[k]));
	return sum / n;
}

int
main(int argc, char **argv)
{
	long		cases = begin_test(argc, argv, "bod_robust_test", 300);
	double		own[] = {2, 0, 4};
	double		other[] = {3, 9, 2};
	mpfr_t		x;

	check_double(order_m_reach(own, other, 3), 0.5, "reach");
	check_double(order_m_reach(own, own, 3), 1, "own reach");
	mpfr_init2(x, 200);
	for (long c = 0; c < cases; c++)
	{
		int			n = 1 + random_below(MOST);
		int			m = 1 + random_below(MOST - 1);
		int			large = 1 + random_below(1000000);
		double		sorted[MOST];
		double		power[MOST];
		double		got;
		double		expected;

		sorted[0] = random_unit();
		for (int k = 1; k < n; k++)
			sorted[k] = sorted[k - 1] + (random_below(4) > 0 ? random_unit() : 0);
		order_m_powers(n, m, power);
		got = order_m_expected(sorted, power, n);
		expected = mean_greatest(sorted, n, m, 0);
		check(fabs(got - expected) < 1e-14 * expected, "%d of %d: %.17g, expected %.17g", m, n, got, expected);
		order_m_powers(n, large, power);
		for (int k = 1; k <= n; k++)
		{
			mpfr_set_ui(x, (unsigned long) k, MPFR_RNDN);
			mpfr_div_ui(x, x, (unsigned long) n, MPFR_RNDN);
			mpfr_pow_ui(x, x, (unsigned long) large, MPFR_RNDN);
			check(power[k - 1] == mpfr_get_d(x, MPFR_RNDN) || mpfr_get_d(x, MPFR_RNDN) < 1e-300,
				  "(%d / %d)^%d: %.17g, expected %.17g", k, n, large, power[k - 1], mpfr_get_d(x, MPFR_RNDN));
		}
	}
	mpfr_clear(x);
	return end_test("bod_robust_test");
}
