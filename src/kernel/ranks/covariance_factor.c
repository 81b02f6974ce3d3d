/*
 * covariance_factor.c
 *	  Pivoted Cholesky: covariance_factor.h.
 */
#include "kernel/ranks/covariance_factor.h"

#include <math.h>
#include <stddef.h>

/* Of correlations. */
#define TOLERANCE 1e-8

/* In place of what is left of a variance: its unit was a pivot. */
#define DONE -2

static double
correlation(const double *covariance, int n, int i, int k)
{
	double		scale = sqrt(covariance[(size_t) i * n + i]) * sqrt(covariance[(size_t) k * n + k]);

	return scale > 0 ? covariance[(size_t) i * n + k] / scale : 0;
}

/* What the columns so far leave of a correlation. */
static double
remainder_of(const covariance_factor *factor, const double *covariance, int i, int k)
{
	double		sum = correlation(covariance, factor->n, i, k);

	for (int m = 0; m < factor->rank; m++)
		sum -= factor->column[(size_t) m * factor->n + i] * factor->column[(size_t) m * factor->n + k];
	return sum;
}

static int
largest_pivot(const covariance_factor *factor)
{
	int			pivot = 0;

	for (int i = 1; i < factor->n; i++)
		if (factor->rest[i] > factor->rest[pivot])
			pivot = i;
	return pivot;
}

/* What no column stands for must be nothing, and an error of 0 covary with none. */
static factor_status
check_rest(const covariance_factor *factor, const double *covariance, bool (*stop) (void *), void *stop_arg)
{
	int			n = factor->n;

	for (int i = 0; i < n; i++)
	{
		if (factor->rest[i] == DONE)
			continue;
		if (stop(stop_arg))
			return FACTOR_STOPPED;
		for (int k = 0; k < n; k++)
		{
			double		remainder = covariance[(size_t) i * n + i] == 0 ? covariance[(size_t) i * n + k] :
				factor->rest[k] == DONE ? 0 : remainder_of(factor, covariance, i, k);

			if (fabs(remainder) > (covariance[(size_t) i * n + i] == 0 ? 0 : TOLERANCE))
				return FACTOR_NOT_SEMIDEFINITE;
		}
	}
	return FACTOR_MADE;
}

/* From correlations to covariances. */
static void
scale_columns(covariance_factor *factor, const double *covariance)
{
	int			n = factor->n;

	for (int i = 0; i < n; i++)
	{
		double		error = sqrt(covariance[(size_t) i * n + i]);

		for (int m = 0; m < factor->rank; m++)
			factor->column[(size_t) m * n + i] *= error;
	}
}

factor_status
covariance_factor_make(covariance_factor *factor, const double *covariance,
					   bool (*stop) (void *), void *stop_arg)
{
	int			n = factor->n;
	factor_status status;

	factor->rank = 0;
	for (int i = 0; i < n; i++)
	{
		if (covariance[(size_t) i * n + i] < 0)
			return FACTOR_NOT_SEMIDEFINITE;
		factor->rest[i] = covariance[(size_t) i * n + i] > 0;
	}
	while (factor->rank < n)
	{
		int			pivot = largest_pivot(factor);
		double	   *column = factor->column + (size_t) factor->rank * n;
		double		root = sqrt(factor->rest[pivot]);

		if (!(factor->rest[pivot] > TOLERANCE))
			break;
		for (int i = 0; i < n; i++)
			column[i] = correlation(covariance, n, i, pivot);
		for (int m = 0; m < factor->rank; m++)
		{
			const double *before = factor->column + (size_t) m * n;
			double		share = before[pivot];

			for (int i = 0; i < n; i++)
				column[i] -= before[i] * share;
			if ((m & 63) == 63 && stop(stop_arg))
				return FACTOR_STOPPED;
		}
		for (int i = 0; i < n; i++)
		{
			/* Earlier pivots are done with, up to rounding. */
			column[i] = factor->rest[i] == DONE ? 0 : column[i] / root;
			if (factor->rest[i] != DONE)
				factor->rest[i] -= column[i] * column[i];
			if (factor->rest[i] != DONE && factor->rest[i] < -TOLERANCE)
				return FACTOR_NOT_SEMIDEFINITE;
		}
		column[pivot] = root;
		factor->rest[pivot] = DONE;
		factor->rank++;
		if (stop(stop_arg))
			return FACTOR_STOPPED;
	}
	status = check_rest(factor, covariance, stop, stop_arg);
	if (status == FACTOR_MADE)
		scale_columns(factor, covariance);
	return status;
}
