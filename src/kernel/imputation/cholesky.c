/*
 * cholesky.c
 *	  Linear equations with a symmetric positive definite matrix: cholesky.h.
 */
#include "kernel/imputation/cholesky.h"

#include <math.h>

#define LEAST_PIVOT 1e-12		/* of the diagonal it came from */

bool
cholesky_factor(double *a, int k)
{
	for (int j = 0; j < k; j++)
	{
		double		diagonal = a[j * k + j];
		double		pivot = diagonal;

		for (int i = 0; i < j; i++)
			pivot -= a[j * k + i] * a[j * k + i];
		if (!(pivot > LEAST_PIVOT * diagonal))
			return false;
		pivot = sqrt(pivot);
		a[j * k + j] = pivot;
		for (int row = j + 1; row < k; row++)
		{
			double		sum = a[row * k + j];

			for (int i = 0; i < j; i++)
				sum -= a[row * k + i] * a[j * k + i];
			a[row * k + j] = sum / pivot;
		}
	}
	return true;
}

void
cholesky_solve(const double *l, int k, double *b)
{
	for (int row = 0; row < k; row++)
	{
		for (int i = 0; i < row; i++)
			b[row] -= l[row * k + i] * b[i];
		b[row] /= l[row * k + row];
	}
	for (int row = k - 1; row >= 0; row--)
	{
		for (int i = row + 1; i < k; i++)
			b[row] -= l[i * k + row] * b[i];
		b[row] /= l[row * k + row];
	}
}
