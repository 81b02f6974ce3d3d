/*
 * replicate_variance.c
 *	  The variance of an estimate from those by replicate weights:
 *	  replicate_variance.h.
 */
#include "kernel/survey/replicate_variance.h"

#include <math.h>

double
replicate_variance(const double *replicate, const double *rscale, int replicates,
				   double scale, double estimate, int *used)
{
	double		sum = 0;
	double		centre = estimate;
	int			counted = 0;

	*used = 0;
	for (int r = 0; r < replicates; r++)
		if (!isnan(replicate[r]))
		{
			(*used)++;
			if (rscale[r] > 0)
			{
				sum += replicate[r];
				counted++;
			}
		}
	if (*used < 2)
		return NAN;
	if (isnan(centre))
		centre = counted > 0 ? sum / counted : 0;
	sum = 0;
	for (int r = 0; r < replicates; r++)
		if (!isnan(replicate[r]))
			sum += rscale[r] * (replicate[r] - centre) * (replicate[r] - centre);
	return sum * scale;
}
