/*
 * kmo.c
 *	  Sampling adequacy and sphericity: kmo.h.
 */
#include "kernel/field/kmo.h"

#include <math.h>
#include <string.h>

#include "kernel/exact/elementary.h"

void
kmo_inverse_diagonal(const double *value, const double *vector, int n, double *diagonal)
{
	memset(diagonal, 0, sizeof(double) * (size_t) n);
	for (int k = 0; k < n; k++)
		for (int i = 0; i < n; i++)
			diagonal[i] += vector[(size_t) k * n + i] * vector[(size_t) k * n + i] / value[k];
}

void
kmo_squares(const double *correlation, const double *value, const double *vector, int n,
			const double *inverse_diagonal, int criterion, double *scratch,
			double *squares, double *partial_squares)
{
	double	   *inverse = scratch;	/* its row of the criterion */

	memset(inverse, 0, sizeof(double) * (size_t) n);
	for (int k = 0; k < n; k++)
	{
		const double *v = vector + (size_t) k * n;
		double		factor = v[criterion] / value[k];

		for (int i = 0; i < n; i++)
			inverse[i] += factor * v[i];
	}
	*squares = 0;
	*partial_squares = 0;
	for (int i = 0; i < n; i++)
	{
		double		r = correlation[(size_t) criterion * n + i];

		if (i == criterion)
			continue;
		*squares += r * r;
		*partial_squares += inverse[i] / inverse_diagonal[i] * inverse[i] / inverse_diagonal[criterion];
	}
}

double
bartlett_chi_square(const double *value, int n, int units)
{
	px_int128	log_determinant = 0;
	double		chi_square;

	for (int k = 0; k < n; k++)
		log_determinant += fixed_log(value[k]);
	chi_square = -(units - 1 - (2 * n + 5) / 6.0) * ldexp((double) log_determinant, -LOG_FRACTION_BITS);
	return chi_square > 0 ? chi_square : 0;
}
