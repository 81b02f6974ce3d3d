/*
 * correlation_p_value.c
 *	  p-values of correlations: correlation_p_value.h.
 */
#include "kernel/field/correlation_p_value.h"

#include <math.h>

#include "kernel/exact/distributions.h"

double
correlation_p_value(double r, int n)
{
	double		rest = 1 - r * r;

	if (isnan(r) || n < 3)
		return NAN;
	if (!(rest > 0))
		return 0;
	return 2 * student_t_upper(fabs(r) * sqrt((n - 2) / rest), n - 2);
}

/*
 * Whether of n numbers in random order at most `most` pairs stand in opposite
 * order, or as many in the same: orders with k such pairs are those of n - 1
 * numbers with k, k - 1 .. k - (n - 1), for the last number's places.
 */
static double
counted_p_value(int n, int64_t most)
{
	double		share[KENDALL_EXACT * (KENDALL_EXACT - 1) / 2 + 1] = {1};
	double		p = 0;
	int			pairs = 0;

	for (int m = 2; m <= n; m++)
	{
		pairs += m - 1;
		/* Downwards, in place: each takes those at and below it. */
		for (int k = pairs; k >= 0; k--)
		{
			double		sum = 0;

			for (int j = k < m - 1 ? 0 : k - (m - 1); j <= k; j++)
				sum += share[j];
			share[k] = sum / m;
		}
	}
	for (int k = 0; k <= most; k++)
		p += share[k];
	return fmin(2 * p, 1);
}

double
kendall_p_value(const kendall_counts *counts)
{
	double		n = counts->n;
	double		n_pairs = n * (n - 1) / 2;
	double		a_pairs = (double) counts->a.pairs;
	double		b_pairs = (double) counts->b.pairs;
	int64_t		size = counts->balance < 0 ? -counts->balance : counts->balance;
	double		variance;

	if (counts->n < 2 || a_pairs == n_pairs || b_pairs == n_pairs)
		return NAN;
	if (a_pairs == 0 && b_pairs == 0 && counts->n < KENDALL_EXACT)
		return counted_p_value(counts->n, ((int64_t) n_pairs - size) / 2);
	/* t (t - 1) (2 t + 5) = 2 t (t - 1) (t - 2) + 9 t (t - 1) */
	variance = (2 * (n * (n - 1) * (n - 2) - (double) counts->a.triples - (double) counts->b.triples) +
				18 * (n_pairs - a_pairs - b_pairs)) / 18;
	variance += 2 * a_pairs * b_pairs / (n * (n - 1));
	if (counts->n > 2)
		variance += (double) counts->a.triples * (double) counts->b.triples / (9 * n * (n - 1) * (n - 2));
	return 2 * normal_upper((double) size / sqrt(variance));
}
