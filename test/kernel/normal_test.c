/*
 * normal_test.c
 *	  Tails, logarithms, exponentials and quantiles against MPFR and Boost, and
 *	  the moments of draws.
 *	  Usage: normal_test [seed [cases]]
 */
#include "kernel/ranks/normal.h"

#include "kernel/exact/distributions.h"

#include "kernel_test.h"

static void
check_near(double got, double expected, double relative, double absolute, const char *what, double at)
{
	check(fabs(got - expected) <= relative * fabs(expected) + absolute,
		  "%s of %.17g: %.17g, not %.17g", what, at, got, expected);
}

int
main(int argc, char **argv)
{
	long		cases = begin_test(argc, argv, "normal_test", 200000);
	static normal_table table;
	double		sum = 0;
	double		square = 0;
	double		fourth = 0;

	normal_table_fill(&table);
	for (int i = 0; i <= NORMAL_STEPS; i++)
		check_near(table.tail[i], normal_upper(i / 64.0), 3e-14, 0, "tail", i / 64.0);
	for (long c = 0; c < cases; c++)
	{
		double		u = 9 * random_unit();
		double		w = 0.01 + 6 * random_unit();
		double		x = -30 * random_unit();
		double		p = random_unit();
		double		share = c % 2 == 0 ? p : exp(-36 * p);
		double		z = normal_of_bits(random_bits());

		check_near(normal_tail(&table, u), u < NORMAL_END ? normal_upper(u) : 0, 1e-10, 1e-15, "tail", u);
		check_near(normal_log(exp(x)), x, 1e-15, 4e-16, "log", x);
		check_near(normal_exp(x), exp(x), 1e-14, 0, "exp", x);
		check_near(normal_log_rest(p), log1p(-p), 1e-14, 0, "log of the rest", p);
		check_near(normal_log_below(&table, -u), log(normal_upper(u)), 1e-8, 0, "log below", -u);
		check_near(normal_log_below(&table, u), log1p(-normal_upper(u)), 1e-10, 1e-15, "log below", u);
		if (u < 7)
			check_near(normal_log_between(&table, u, u + w), log(normal_upper(u) - normal_upper(u + w)),
					   u < 5 ? 1e-10 : 1e-5, 1e-12, "log between", u);
		check_near(normal_log_between(&table, -u - w, -u), normal_log_between(&table, u, u + w), 1e-12, 0,
				   "log between, mirrored", u);
		check_near(normal_log_between(&table, -u, w), log(normal_cdf(w) - normal_cdf(-u)), 1e-10, 1e-12,
				   "log between, about 0", u);
		if (share > 0 && share < 1)
			check_near(normal_upper_quantile(share), -normal_quantile(share), 2e-14, 1e-15, "quantile", share);
		sum += z;
		square += z * z;
		fourth += z * z * z * z;
	}
	check(normal_log_below(&table, -1e200) < -1e290, "log below of -1e200");
	check(normal_exp(-1e300) == 0, "exp of -1e300");
	check_near(normal_of_bits(0), normal_quantile(0x1p-54), 1e-13, 0, "draw", 0);
	check_near(normal_of_bits(UINT64_MAX), -normal_quantile(0x1p-54), 1e-13, 0, "draw", 1);
	check(fabs(sum / sqrt((double) cases)) < 4, "mean of draws");
	check(fabs(square - (double) cases) / sqrt(2.0 * (double) cases) < 4, "variance of draws");
	check(fabs(fourth - 3.0 * (double) cases) / sqrt(96.0 * (double) cases) < 4, "fourth moment of draws");
	return end_test("normal_test");
}
