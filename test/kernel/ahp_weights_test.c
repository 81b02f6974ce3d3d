/*
 * ahp_weights_test.c
 *	  The principal eigenvector by squaring the matrix in MPFR, not by
 *	  iteration; geometric means in MPFR; consistency of judgements that are so.
 *	  Usage: ahp_weights_test [seed [cases]]
 */
#include "kernel/weights/ahp_weights.h"

#include "exact_test.h"

#define BITS 300
#define SQUARINGS 14			/* A^(2^14): the other eigenvalues are gone */

/* Reciprocal judgements on Saaty's scale; with `noise` 0, consistent ones. */
static void
random_judgements(double *a, int n, int noise)
{
	double		importance[AHP_MAX];

	for (int i = 0; i < n; i++)
		importance[i] = 1 + random_below(9);
	for (int i = 0; i < n; i++)
	{
		a[i * n + i] = 1;
		for (int j = 0; j < i; j++)
		{
			double		x = importance[i] / importance[j];

			if (noise > 0)
				x = random_below(2) ? 1 + random_below(9) : 1.0 / (1 + random_below(9));
			a[i * n + j] = x;
			a[j * n + i] = 1 / x;
		}
	}
}

/* The rows' sums of a high power of A, summing to 1. */
static void
eigenvector_by_squaring(const double *a, int n, mpfr_t *weight)
{
	static mpfr_t power[AHP_MAX * AHP_MAX];
	static mpfr_t square[AHP_MAX * AHP_MAX];
	static bool ready = false;
	mpfr_t		total;

	for (int i = 0; i < AHP_MAX * AHP_MAX && !ready; i++)
		mpfr_inits2(BITS, power[i], square[i], (mpfr_ptr) 0);
	ready = true;
	mpfr_init2(total, BITS);
	for (int i = 0; i < n * n; i++)
		mpfr_set_d(power[i], a[i], MPFR_RNDN);
	for (int step = 0; step < SQUARINGS; step++)
	{
		for (int i = 0; i < n; i++)
		{
			for (int j = 0; j < n; j++)
			{
				mpfr_set_ui(square[i * n + j], 0, MPFR_RNDN);
				for (int k = 0; k < n; k++)
					mpfr_fma(square[i * n + j], power[i * n + k], power[k * n + j], square[i * n + j], MPFR_RNDN);
			}
		}
		for (int i = 0; i < n * n; i++)
			mpfr_set(power[i], square[i], MPFR_RNDN);
	}
	mpfr_set_ui(total, 0, MPFR_RNDN);
	for (int i = 0; i < n; i++)
	{
		mpfr_set_ui(weight[i], 0, MPFR_RNDN);
		for (int j = 0; j < n; j++)
			mpfr_add(weight[i], weight[i], power[i * n + j], MPFR_RNDN);
		mpfr_add(total, total, weight[i], MPFR_RNDN);
	}
	for (int i = 0; i < n; i++)
		mpfr_div(weight[i], weight[i], total, MPFR_RNDN);
	mpfr_clear(total);
}

/* The mean of (A w)_i / w_i. */
static double
lambda_in_mpfr(const double *a, int n, mpfr_t *weight)
{
	mpfr_t		sum,
				row;
	double		lambda;

	mpfr_inits2(BITS, sum, row, (mpfr_ptr) 0);
	mpfr_set_ui(sum, 0, MPFR_RNDN);
	for (int i = 0; i < n; i++)
	{
		mpfr_set_ui(row, 0, MPFR_RNDN);
		for (int j = 0; j < n; j++)
		{
			mpfr_t		product;

			mpfr_init2(product, BITS);
			mpfr_mul_d(product, weight[j], a[i * n + j], MPFR_RNDN);
			mpfr_add(row, row, product, MPFR_RNDN);
			mpfr_clear(product);
		}
		mpfr_div(row, row, weight[i], MPFR_RNDN);
		mpfr_add(sum, sum, row, MPFR_RNDN);
	}
	lambda = mpfr_get_d(sum, MPFR_RNDN) / n;
	mpfr_clears(sum, row, (mpfr_ptr) 0);
	return lambda;
}

static void
row_means_in_mpfr(const double *a, int n, mpfr_t *weight)
{
	mpfr_t		total;

	mpfr_init2(total, BITS);
	mpfr_set_ui(total, 0, MPFR_RNDN);
	for (int i = 0; i < n; i++)
	{
		mpfr_set_ui(weight[i], 1, MPFR_RNDN);
		for (int j = 0; j < n; j++)
			mpfr_mul_d(weight[i], weight[i], a[i * n + j], MPFR_RNDN);
		mpfr_rootn_ui(weight[i], weight[i], (unsigned long) n, MPFR_RNDN);
		mpfr_add(total, total, weight[i], MPFR_RNDN);
	}
	for (int i = 0; i < n; i++)
		mpfr_div(weight[i], weight[i], total, MPFR_RNDN);
	mpfr_clear(total);
}

static void
check_weights(const double *got, mpfr_t *expected, int n, const char *what)
{
	for (int i = 0; i < n; i++)
	{
		double		x = mpfr_get_d(expected[i], MPFR_RNDN);

		check(fabs(got[i] / x - 1) < 1e-14, "%s, n %d: weight %.17g, expected %.17g", what, n, got[i], x);
	}
}

int
main(int argc, char **argv)
{
	long		cases = begin_test(argc, argv, "ahp_weights_test", 300);
	mpfr_t		expected[AHP_MAX];

	for (int i = 0; i < AHP_MAX; i++)
		mpfr_init2(expected[i], BITS);
	for (long c = 0; c < cases; c++)
	{
		int			n = 1 + random_below(AHP_MAX);
		int			noise = c % 4;
		double		a[AHP_MAX * AHP_MAX];
		double		weight[AHP_MAX];
		double		lambda;

		random_judgements(a, n, noise);
		check(ahp_eigenvector(a, n, weight), "eigenvector not found, n %d", n);
		eigenvector_by_squaring(a, n, expected);
		check_weights(weight, expected, n, "eigenvector");
		lambda = ahp_lambda(a, n, weight);
		check(fabs(lambda - lambda_in_mpfr(a, n, expected)) < 1e-14 * n, "lambda %.17g, n %d", lambda, n);
		check(lambda > n - 1e-13, "lambda %.17g below %d", lambda, n);
		if (noise == 0)
			check(ahp_consistency_index(lambda, n) < 1e-14, "consistent judgements: %.17g", lambda);
		else if (n > 2)
			check(ahp_consistency_index(lambda, n) == (lambda > n ? (lambda - n) / (n - 1) : 0), "consistency index");
		check(n > 2 || ahp_consistency_ratio(lambda, n) == 0, "ratio of n %d", n);

		row_means_in_mpfr(a, n, expected);
		ahp_row_means(a, n, weight);
		check_weights(weight, expected, n, "geometric means");
		lambda = ahp_lambda(a, n, weight);
		check(fabs(lambda - lambda_in_mpfr(a, n, expected)) < 1e-13 * n, "lambda of means %.17g, n %d", lambda, n);
	}
	for (int i = 0; i < AHP_MAX; i++)
		mpfr_clear(expected[i]);
	return end_test("ahp_weights_test");
}
