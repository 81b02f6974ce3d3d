/*
 * symmetric_eigen_test.c
 *	  Eigensystems by what they are - A v = lambda v, at right angles, trace and
 *	  squares kept - and against matrices whose eigenvalues are known.
 *	  Usage: symmetric_eigen_test [seed [cases]]
 */
#include "kernel/field/symmetric_eigen.h"

#include "exact_test.h"

#define LARGEST 40

/* Of the largest eigenvalue, or of 1. */
#define TOLERANCE 4e-14

static void
decompose(const double *a, int n, double *value, double *vector)
{
	double		scratch[LARGEST * LARGEST];
	symmetric_eigen eigen;
	int			steps = 0;

	memcpy(scratch, a, sizeof(double) * (size_t) (n * n));
	eigen_start(&eigen, scratch, n, vector);
	while (eigen_step(&eigen))
		steps++;
	eigen_finish(&eigen, value);
	check(steps <= 20 * n, "%d steps for n %d", steps, n);
}

static void
check_eigensystem(const double *a, int n, const double *value, const double *vector, const char *what)
{
	double		scale = n > 0 ? fmax(fabs(value[0]), fabs(value[n - 1])) : 0;
	long double trace = 0;
	long double squares = 0;

	for (int k = 0; k < n; k++)
	{
		const double *v = vector + k * n;
		int			largest = 0;

		check(k == 0 || value[k] <= value[k - 1], "%s, n %d: order of %d", what, n, k);
		trace += a[k * n + k] - (long double) value[k];
		for (int i = 0; i < n; i++)
		{
			long double product = 0;
			long double residual = -(long double) value[k] * v[i];

			for (int j = 0; j < n; j++)
			{
				product += (long double) v[j] * vector[i * n + j];
				residual += (long double) a[i * n + j] * v[j];
			}
			check(fabsl(product - (i == k)) <= TOLERANCE, "%s, n %d: vectors %d and %d at %Lg", what, n, k, i, product);
			check(fabsl(residual) <= TOLERANCE * scale, "%s, n %d: residual %Lg of %g", what, n, residual, scale);
			if (scale > 0)
				squares += (long double) a[i * n + k] / scale * (a[i * n + k] / scale);
			if (fabs(v[i]) > fabs(v[largest]) * (1 + 1e-9))
				largest = i;
		}
		check(v[largest] > 0, "%s, n %d: sign of %d", what, n, k);
		if (scale > 0)
			squares -= (long double) value[k] / scale * (value[k] / scale);
	}
	check(fabsl(trace) <= TOLERANCE * scale, "%s, n %d: trace off by %Lg", what, n, trace);
	check(fabsl(squares) <= TOLERANCE * n, "%s, n %d: squares off by %Lg", what, n, squares);
}

static double
random_signed_unit(void)
{
	return (double) (int64_t) random_bits() * 0x1p-63;
}

/* Of many kinds: dense, of low rank, with equal eigenvalues, a correlation matrix, graded. */
static void
random_matrix(double *a, int n)
{
	double		x[LARGEST * LARGEST];
	int			kind = random_below(5);
	int			rank = kind == 1 ? 1 + random_below(n) : n;
	double		factor = ldexp(1, random_below(3) * 600 - 600);

	for (int i = 0; i < n * rank; i++)
		x[i] = kind == 4 ? ldexp(random_signed_unit(), -(i % n) * 2) : random_signed_unit();
	for (int i = 0; i < n; i++)
	{
		for (int j = 0; j <= i; j++)
		{
			double		sum = 0;

			for (int k = 0; k < rank; k++)
				sum += x[k * n + i] * x[k * n + j];
			if (kind == 0)
				sum = x[i * n + j];
			else if (kind == 2)
				sum = (i == j) * 2 - (i % 3 == 0 && j % 3 == 0);
			a[i * n + j] = a[j * n + i] = sum * factor;
		}
	}
	if (kind == 3)
		for (int i = 0; i < n; i++)
			for (int j = 0; j < i; j++)
				a[i * n + j] = a[j * n + i] = a[i * n + j] / sqrt(a[i * n + i]) / sqrt(a[j * n + j]);
	for (int i = 0; i < n && kind == 3; i++)
		a[i * n + i] = 1;
}

static void
check_known(void)
{
	const double pi = acos(-1);
	double		a[LARGEST * LARGEST];
	double		value[LARGEST];
	double		vector[LARGEST * LARGEST];
	int			n = 30;

	/* Second differences: 2 - 2 cos(k pi / (n + 1)), vectors of sines. */
	for (int i = 0; i < n * n; i++)
		a[i] = i / n == i % n ? 2 : abs(i / n - i % n) == 1 ? -1 : 0;
	decompose(a, n, value, vector);
	check_eigensystem(a, n, value, vector, "second differences");
	for (int k = 0; k < n; k++)
	{
		double		expected = 2 - 2 * cos((n - k) * pi / (n + 1));
		double		ratio = vector[k * n] / sin((n - k) * pi / (n + 1));

		check(fabs(value[k] - expected) < 1e-14, "second differences: %.17g, expected %.17g", value[k], expected);
		for (int i = 0; i < n; i++)
			check(fabs(vector[k * n + i] - ratio * sin((i + 1) * (n - k) * pi / (n + 1))) < 1e-12,
				  "second differences: vector %d", k);
	}

	/* All correlations r: 1 + (n - 1) r once, 1 - r else. */
	for (int i = 0; i < n * n; i++)
		a[i] = i / n == i % n ? 1 : 0.25;
	decompose(a, n, value, vector);
	check_eigensystem(a, n, value, vector, "equal correlations");
	for (int k = 0; k < n; k++)
		check(fabs(value[k] - (k == 0 ? 8.25 : 0.75)) < 1e-14, "equal correlations: %.17g", value[k]);
	for (int i = 0; i < n; i++)
		check(fabs(vector[i] - 1 / sqrt(n)) < 1e-15, "equal correlations: first vector");

	/* Diagonal: sorted, and nothing rounded. */
	for (int i = 0; i < n * n; i++)
		a[i] = i / n == i % n ? (i % n * 7) % n - 11.5 : 0;
	decompose(a, n, value, vector);
	for (int k = 0; k < n; k++)
		check_double(value[k], n - 1 - k - 11.5, "diagonal");

	for (n = 0; n <= 3; n++)
	{
		memset(a, 0, sizeof(a));
		decompose(a, n, value, vector);
		check_eigensystem(a, n, value, vector, "zero");
	}
}

int
main(int argc, char **argv)
{
	long		cases = begin_test(argc, argv, "symmetric_eigen_test", 300);

	check_known();
	for (long c = 0; c < cases; c++)
	{
		int			n = 1 + random_below(LARGEST);
		double		a[LARGEST * LARGEST];
		double		value[LARGEST];
		double		vector[LARGEST * LARGEST];

		random_matrix(a, n);
		decompose(a, n, value, vector);
		check_eigensystem(a, n, value, vector, "random");
	}
	return end_test("symmetric_eigen_test");
}
