/*
 * regression.c
 *	  Least squares by the normal equations of centred columns: regression.h.
 *
 * Columns are standardised, so that their squares differ little in size, and
 * cholesky_factor() refuses those that depend on each other.
 */
#include "kernel/imputation/regression.h"

#include <math.h>
#include <string.h>

#include "kernel/imputation/cholesky.h"

#define ROWS_BETWEEN_STOPS 256

static bool
is_whole(const double *y, const double *const *z, int p, int row)
{
	if (isnan(y[row]))
		return false;
	for (int i = 0; i < p; i++)
		if (isnan(z[i][row]))
			return false;
	return true;
}

bool
regression_fit(const double *y, const double *const *z, int n, int p, double *coefficient,
			   double *scratch, bool (*stop) (void *), void *stop_arg)
{
	double	   *normal = scratch;
	double	   *mean = scratch + (size_t) p * p;
	double	   *slope = mean + p;
	double		mean_y = 0;
	int			count = 0;

	memset(scratch, 0, sizeof(double) * ((size_t) p * p + 2 * (size_t) p));
	for (int row = 0; row < n; row++)
	{
		if (!is_whole(y, z, p, row))
			continue;
		count++;
		mean_y += y[row];
		for (int i = 0; i < p; i++)
			mean[i] += z[i][row];
	}
	if (count < p + 2)
		return false;
	mean_y /= count;
	for (int i = 0; i < p; i++)
		mean[i] /= count;
	for (int row = 0; row < n; row++)
	{
		if (row % ROWS_BETWEEN_STOPS == 0 && stop(stop_arg))
			return false;
		if (!is_whole(y, z, p, row))
			continue;
		for (int i = 0; i < p; i++)
		{
			slope[i] += (z[i][row] - mean[i]) * (y[row] - mean_y);
			for (int j = 0; j <= i; j++)
				normal[i * p + j] += (z[i][row] - mean[i]) * (z[j][row] - mean[j]);
		}
	}
	if (!cholesky_factor(normal, p))
		return false;
	cholesky_solve(normal, p, slope);
	coefficient[0] = mean_y;
	for (int i = 0; i < p; i++)
	{
		coefficient[1 + i] = slope[i];
		coefficient[0] -= slope[i] * mean[i];
	}
	return true;
}
