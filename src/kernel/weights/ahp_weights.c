/*
 * ahp_weights.c
 *	  Eigenvector, geometric means and consistency: ahp_weights.h.
 */
#include "kernel/weights/ahp_weights.h"

#include <math.h>

#include "kernel/exact/elementary.h"
#include "kernel/exact/exact_total.h"
#include "kernel/weights/weight_shares.h"

/* Judgements from 1/9 to 9 settle within some hundred steps at most. */
#define MOST_STEPS 10000
#define SETTLED 0x1p-50

/* (A w)_i */
static double
row_product(const double *row, int n, const double *weight)
{
	exact_total total;
	exact_integer sum;

	exact_total_init(&total);
	for (int j = 0; j < n; j++)
		exact_total_add_product(&total, row[j], weight[j]);
	exact_total_get(&total, &sum);
	return exact_integer_round(&sum);
}

/*
 * Power iteration: the matrix is positive, so its eigenvalue of largest
 * modulus is simple and the vector positive (Perron).
 */
bool
ahp_eigenvector(const double *a, int n, double *weight)
{
	for (int i = 0; i < n; i++)
		weight[i] = 1.0 / n;
	for (int step = 0; step < MOST_STEPS; step++)
	{
		double		next[AHP_MAX] = {0};
		double		change = 0;

		for (int i = 0; i < n; i++)
			next[i] = row_product(a + i * n, n, weight);
		weight_shares(next, n, next);
		for (int i = 0; i < n; i++)
		{
			change = fmax(change, fabs(next[i] - weight[i]) / next[i]);
			weight[i] = next[i];
		}
		if (change <= SETTLED)
			return true;
	}
	return false;
}

void
ahp_row_means(const double *a, int n, double *weight)
{
	for (int i = 0; i < n; i++)
	{
		px_int128	log = 0;

		for (int j = 0; j < n; j++)
			log += fixed_log(a[i * n + j]);
		weight[i] = wide_to_double(wide_exp(log / n));
	}
	weight_shares(weight, n, weight);
}

double
ahp_lambda(const double *a, int n, const double *weight)
{
	exact_total total;
	exact_integer sum;
	exact_integer count;

	exact_total_init(&total);
	for (int i = 0; i < n; i++)
		exact_total_add_product(&total, row_product(a + i * n, n, weight) / weight[i], 1);
	exact_total_get(&total, &sum);
	exact_integer_set(&count, (uint64_t) n);
	return exact_ratio_round(&sum, &count);
}

double
ahp_consistency_index(double lambda, int n)
{
	return n < 3 || lambda < n ? 0 : (lambda - n) / (n - 1);
}

double
ahp_consistency_ratio(double consistency_index, int n)
{
	/* Saaty (1980), from random reciprocal matrices on the scale 1/9 .. 9. */
	static const double random_index[AHP_MAX + 1] = {
		0, 0, 0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59
	};

	return n < 3 ? 0 : consistency_index / random_index[n];
}
