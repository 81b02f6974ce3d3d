/*
 * greatest_difference_test.c
 *	  The distribution of the greatest difference against Simpson's rule over a
 *	  product of all units, for few units and many, alike and unlike errors, and
 *	  units without an error; quantiles against the distribution.
 *	  Usage: greatest_difference_test [seed [cases]]
 */
#include "kernel/ranks/greatest_difference.h"

#include "kernel/exact/distributions.h"

#include "kernel_test.h"

#define MOST 400

enum {ABOVE, BELOW, BOTH, NEITHER};

static double error[MOST];
static int	kind[MOST];

static double
product(double own, int n, double z, double c)
{
	double		p = exp(-z * z / 2) * 0.39894228040143267794;

	for (int k = 0; k < n && p > 1e-30; k++)
	{
		double		reach = c * hypot(own, error[k]);
		double		high = (own * z + reach) / error[k];
		double		low = (own * z - reach) / error[k];

		if (error[k] == 0)
			p *= (kind[k] == BELOW || kind[k] == NEITHER || z >= -c) && (kind[k] == ABOVE || kind[k] == NEITHER || z <= c);
		else if (kind[k] == ABOVE)
			p *= normal_cdf(high);
		else if (kind[k] == BELOW)
			p *= normal_upper(low);
		else if (kind[k] == BOTH)
			p *= normal_cdf(high) - normal_cdf(low);
	}
	return p;
}

static double
simpson(double own, int n, double c, double from, double to, int steps)
{
	double		h = (to - from) / (2 * steps);
	double		sum = product(own, n, from, c) + product(own, n, to, c);

	for (int i = 1; i < 2 * steps; i++)
		sum += (i % 2 == 0 ? 2 : 4) * product(own, n, from + i * h, c);
	return sum * h / 3;
}

int
main(int argc, char **argv)
{
	long		cases = begin_test(argc, argv, "greatest_difference_test", 150);
	static normal_table normal;
	static double points_error[MOST];
	static double share[MOST * PANEL_POINTS];
	static double scratch[8][MOST];
	static int	first[MOST];
	static int	span[MOST];
	static bool begins[MOST];
	error_points points = {.error = points_error, .begins = begins, .first = first, .span = span, .share = share};
	greatest_difference greatest = {.normal = &normal, .points = &points, .above = scratch[0],
		.below = scratch[1], .both = scratch[2], .slope = scratch[3], .width = scratch[4]};
	double		worst = 0;
	int			panels = 0;

	normal_table_fill(&normal);
	for (long c = 0; c < cases; c++)
	{
		int			n = c % 4 == 0 ? MOST : 1 + random_below(40);
		double		spread = 6 * random_unit() * random_unit();
		double		own = exp(spread * (random_unit() - 0.5));
		int			exact = c % 5 == 1 ? 3 : 0;
		int			mix = random_below(4);
		double		critical = 0.5 + 4.5 * random_unit();
		double		expected = 0;
		double		found;
		double		got;

		for (int k = 0; k < n; k++)
		{
			error[k] = exp(spread * (random_unit() - 0.5));
			if (c % 7 == 2)
				error[k] = random_below(3) + 1;
			if (random_below(20) < exact)
				error[k] = 0;
			kind[k] = mix == 3 ? random_below(4) : mix;
		}
		error_points_make(&points, error, n, scratch[5], scratch[6]);
		greatest_difference_start(&greatest, own);
		panels += points.count < n / 4;
		for (int k = 0; k < n; k++)
		{
			if (kind[k] == NEITHER)
				continue;
			error_points_add(&points, k, 1, kind[k] == ABOVE ? greatest.above : kind[k] == BELOW ?
							 greatest.below : greatest.both);
			greatest.exact_above |= error[k] == 0 && kind[k] != BELOW;
			greatest.exact_below |= error[k] == 0 && kind[k] != ABOVE;
		}
		expected = simpson(own, n, critical, -9, -critical - 1e-12, 2000) + simpson(own, n, critical, critical + 1e-12, 9, 2000) +
			simpson(own, n, critical, -critical, critical, 4000);
		got = greatest_difference_cdf(&greatest, critical);
		worst = fmax(worst, fabs(got - expected));
		check(fabs(got - expected) < 2e-9, "n %d spread %g own %g kinds %d exact %d: P(%g) %.12g, not %.12g",
			  n, spread, own, mix, exact, critical, got, expected);
		if (got > 1e-6 && got < 1 - 1e-6)
		{
			found = greatest_difference_quantile(&greatest, got, independent_differences_quantile(got, n));
			check(fabs(greatest_difference_cdf(&greatest, found) - got) < 3e-9,
				  "n %d spread %g own %g kinds %d exact %d: quantile of %.12g is %.12g, not %.12g", n, spread, own, mix, exact,
				  got, found, critical);
		}
	}
	/* One difference is normal, of one side or of both; the least that is asked for is 0. */
	error[0] = 0.7;
	error_points_make(&points, error, 1, scratch[5], scratch[6]);
	greatest_difference_start(&greatest, 2.9);
	greatest.above[0] = 1;
	check(fabs(greatest_difference_quantile(&greatest, 0.95, 3) - normal_quantile(0.95)) < 1e-10, "one side");
	check(greatest_difference_quantile(&greatest, 0.3, 1) == 0, "below the middle");
	greatest.above[0] = 0;
	greatest.both[0] = 1;
	check(fabs(greatest_difference_quantile(&greatest, 0.95, 0) - normal_quantile(0.975)) < 1e-10, "both sides");
	check(fabs(greatest_difference_quantile(&greatest, 0.01, 1) - normal_quantile(0.505)) < 1e-10, "both sides, 1 %%");
	check(fabs(greatest_difference_quantile(&greatest, 1 - 1e-9, 1) + normal_quantile(5e-10)) < 1e-6, "both sides, nearly all");
	check(fabs(independent_differences_quantile(0.95, 1) - normal_quantile(0.95)) < 1e-12, "of one");
	printf("worst error %g; %d of few points\n", worst, panels);
	check(panels >= cases / 8, "cases of few points");
	return end_test("greatest_difference_test");
}
