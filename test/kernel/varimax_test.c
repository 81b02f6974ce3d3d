/*
 * varimax_test.c
 *	  Rotated loadings: still the same correlations, no plane in which another
 *	  angle would do better, and a simple structure found again.
 *	  Usage: varimax_test [seed [cases]]
 */
#include "kernel/field/varimax.h"

#include "exact_test.h"

#define MOST_COMPONENTS 8
#define MOST_CRITERIA 30

static double
random_signed_unit(void)
{
	return (double) (int64_t) random_bits() * 0x1p-63;
}

static double
sum_of_products(const double *loading, int components, int criteria, int i, int j)
{
	double		sum = 0;

	for (int k = 0; k < components; k++)
		sum += loading[k * criteria + i] * loading[k * criteria + j];
	return sum;
}

/* The variance of the squared loadings of two components, of criteria of length 1, turned by an angle. */
static double
simplicity(const double *x, const double *y, const double *length, int n, double angle)
{
	double		result = 0;

	for (int k = 0; k < 2; k++)
	{
		double		squares = 0;
		double		fourths = 0;

		for (int i = 0; i < n; i++)
		{
			double		z = (k == 0 ? cos(angle) * x[i] + sin(angle) * y[i] :
							 cos(angle) * y[i] - sin(angle) * x[i]) / length[i];

			squares += z * z;
			fourths += z * z * z * z;
		}
		result += fourths - squares * squares / n;
	}
	return result;
}

static void
rotate(double *loading, int components, int criteria, double *variance)
{
	double		length[MOST_CRITERIA];
	varimax		rotation;

	varimax_start(&rotation, loading, components, criteria, length);
	while (varimax_step(&rotation))
		;
	varimax_finish(&rotation, variance);
}

static void
check_rotated(const double *before, const double *after, int components, int criteria, const double *variance)
{
	double		length[MOST_CRITERIA];

	for (int i = 0; i < criteria; i++)
	{
		length[i] = sqrt(sum_of_products(before, components, criteria, i, i));
		for (int j = 0; j <= i; j++)
			check(fabs(sum_of_products(after, components, criteria, i, j) -
					   sum_of_products(before, components, criteria, i, j)) < 1e-12, "products of %d and %d", i, j);
		if (length[i] == 0)
			length[i] = 1;
	}
	for (int a = 0; a < components; a++)
	{
		const double *x = after + a * criteria;
		double		squares = 0;

		for (int i = 0; i < criteria; i++)
			squares += x[i] * x[i];
		check(fabs(variance[a] - squares) < 1e-13, "variance of %d", a);
		check(a == 0 || variance[a] <= variance[a - 1], "order of %d", a);
		for (int b = 0; b < a; b++)
		{
			const double *y = after + b * criteria;
			double		best = simplicity(x, y, length, criteria, 0);

			for (int step = 1; step < 90; step++)
				check(simplicity(x, y, length, criteria, step * acos(-1) / 180) < best + 1e-12,
					  "components %d and %d are better turned by %d", a, b, step);
		}
	}
}

/* Each criterion on one component only, turned about, is found again. */
static void
check_simple_structure(int components, int criteria)
{
	double		loading[MOST_COMPONENTS * MOST_CRITERIA] = {0};
	double		size[MOST_CRITERIA];
	double		variance[MOST_COMPONENTS];

	for (int i = 0; i < criteria; i++)
	{
		size[i] = random_signed_unit() + 1.5;
		loading[i % components * criteria + i] = size[i];
	}
	for (int turn = 0; turn < 50; turn++)
	{
		int			a = random_below(components);
		int			b = (a + 1 + random_below(components - 1)) % components;
		double		angle = 3 * random_signed_unit();

		for (int i = 0; i < criteria; i++)
		{
			double		x = loading[a * criteria + i];
			double		y = loading[b * criteria + i];

			loading[a * criteria + i] = cos(angle) * x + sin(angle) * y;
			loading[b * criteria + i] = cos(angle) * y - sin(angle) * x;
		}
	}
	rotate(loading, components, criteria, variance);
	for (int i = 0; i < criteria; i++)
	{
		int			loads = 0;

		for (int k = 0; k < components; k++)
		{
			double		x = fabs(loading[k * criteria + i]);

			check(x < 1e-12 || fabs(x - size[i]) < 1e-12, "simple structure: %g of %g", x, size[i]);
			loads += x > 0.1;
		}
		check(loads == 1, "simple structure: %d loads on %d", i, loads);
	}
}

int
main(int argc, char **argv)
{
	long		cases = begin_test(argc, argv, "varimax_test", 300);

	for (long c = 0; c < cases; c++)
	{
		int			components = 1 + random_below(MOST_COMPONENTS);
		int			criteria = components + random_below(MOST_CRITERIA - components + 1);
		double		before[MOST_COMPONENTS * MOST_CRITERIA];
		double		after[MOST_COMPONENTS * MOST_CRITERIA];
		double		variance[MOST_COMPONENTS];

		for (int i = 0; i < components * criteria; i++)
			before[i] = after[i] = i % criteria == 3 && c % 4 == 0 ? 0 : random_signed_unit();
		rotate(after, components, criteria, variance);
		check_rotated(before, after, components, criteria, variance);
		if (components > 1 && criteria >= 2 * components)
			check_simple_structure(components, criteria);
	}
	return end_test("varimax_test");
}
