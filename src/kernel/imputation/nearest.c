/*
 * nearest.c
 *	  The nearest units, and their mean: nearest.h.
 */
#include "kernel/imputation/nearest.h"

#include <math.h>

#include "kernel/field/column_stats.h"

void
nearest_distances(const double *z, int n, int k, int row, double *distance)
{
	const double *own = z + (size_t) row * k;

	for (int other = 0; other < n; other++)
	{
		const double *theirs = z + (size_t) other * k;
		double		sum = 0;
		int			shared = 0;

		for (int i = 0; i < k; i++)
		{
			double		difference = own[i] - theirs[i];

			if (isnan(difference))
				continue;
			sum += difference * difference;
			shared++;
		}
		distance[other] = shared == 0 || other == row ? NAN : sum / shared;
	}
}

double
nearest_mean(const double *distance, const double *x, int n, int wanted, double *scratch)
{
	double	   *of_those = scratch;
	double	   *sorted = scratch + n;
	double		farthest;
	int			count;

	for (int i = 0; i < n; i++)
		of_those[i] = isnan(x[i]) ? NAN : distance[i];
	count = column_sort(of_those, n, sorted, scratch + 2 * (size_t) n);
	if (count == 0)
		return NAN;
	farthest = sorted[(count < wanted ? count : wanted) - 1];
	for (int i = 0; i < n; i++)
		sorted[i] = of_those[i] <= farthest ? x[i] : NAN;
	return column_mean(sorted, n);
}
