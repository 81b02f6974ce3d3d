/*
 * kmo_test.c
 *	  Sampling adequacy and sphericity against the inverse and the determinant
 *	  by elimination. Usage: kmo_test [seed [cases]]
 */
#include "kernel/field/kmo.h"

#include "exact_test.h"
#include "kernel/field/symmetric_eigen.h"

#define LARGEST 20

/* Inverts a positive definite matrix in place; returns its determinant. */
static long double
invert(long double *a, int n)
{
	long double determinant = 1;

	for (int k = 0; k < n; k++)
	{
		long double pivot = a[k * n + k];

		determinant *= pivot;
		a[k * n + k] = 1;
		for (int j = 0; j < n; j++)
			a[k * n + j] /= pivot;
		for (int i = 0; i < n; i++)
		{
			long double factor = a[i * n + k];

			if (i == k)
				continue;
			a[i * n + k] = 0;
			for (int j = 0; j < n; j++)
				a[i * n + j] -= factor * a[k * n + j];
		}
	}
	return determinant;
}

/* Correlations of n criteria, about one common component where so chosen. */
static void
random_correlations(double *r, int n)
{
	double		x[LARGEST][3 * LARGEST];
	double		common = random_below(4);

	for (int k = 0; k < 3 * n; k++)
	{
		double		shared = common * ((double) (random_bits() >> 11) * 0x1p-53 - 0.5);

		for (int i = 0; i < n; i++)
			x[i][k] = shared + (double) (random_bits() >> 11) * 0x1p-53 - 0.5;
	}
	for (int i = 0; i < n; i++)
	{
		for (int j = 0; j < n; j++)
		{
			double		xy = 0;
			double		xx = 0;
			double		yy = 0;

			for (int k = 0; k < 3 * n; k++)
			{
				xy += x[i][k] * x[j][k];
				xx += x[i][k] * x[i][k];
				yy += x[j][k] * x[j][k];
			}
			r[i * n + j] = i == j ? 1 : xy / sqrt(xx * yy);
		}
	}
}

int
main(int argc, char **argv)
{
	long		cases = begin_test(argc, argv, "kmo_test", 500);

	for (long c = 0; c < cases; c++)
	{
		int			n = 1 + random_below(LARGEST);
		int			units = 3 * n;
		double		r[LARGEST * LARGEST],
					scratch[LARGEST * LARGEST],
					vector[LARGEST * LARGEST],
					value[LARGEST],
					diagonal[LARGEST],
					chi_square;
		long double inverse[LARGEST * LARGEST];
		long double determinant;
		symmetric_eigen eigen;

		random_correlations(r, n);
		memcpy(scratch, r, sizeof(r));
		eigen_start(&eigen, scratch, n, vector);
		while (eigen_step(&eigen))
			;
		eigen_finish(&eigen, value);
		for (int i = 0; i < n * n; i++)
			inverse[i] = r[i];
		determinant = invert(inverse, n);

		chi_square = bartlett_chi_square(value, n, units);
		check(fabsl(chi_square + (units - 1 - (2 * n + 5) / 6.0L) * logl(determinant)) < 1e-11L * units * n,
			  "chi-square %.17g of determinant %Lg", chi_square, determinant);
		kmo_inverse_diagonal(value, vector, n, diagonal);
		for (int i = 0; i < n; i++)
		{
			long double expected = 0;
			long double expected_partial = 0;
			double		squares;
			double		partial;

			for (int j = 0; j < n; j++)
			{
				if (i == j)
					continue;
				expected += (long double) r[i * n + j] * r[i * n + j];
				expected_partial += inverse[i * n + j] * inverse[i * n + j] / inverse[i * n + i] / inverse[j * n + j];
			}
			kmo_squares(r, value, vector, n, diagonal, i, scratch, &squares, &partial);
			check(fabsl(squares - expected) < 1e-13L * n, "squares %.17g, expected %.17Lg", squares, expected);
			check(fabsl(partial - expected_partial) < 1e-11L * n, "partial %.17g, expected %.17Lg", partial, expected_partial);
		}
	}
	return end_test("kmo_test");
}
