/*
 * expectation.c
 *	  Expectation-maximisation for the moments of incomplete normal data:
 *	  expectation.h.
 */
#include "kernel/imputation/expectation.h"

#include <math.h>
#include <string.h>

#include "kernel/imputation/cholesky.h"

#define ROWS_BETWEEN_STOPS 256

typedef struct em
{
	double	   *x;
	int			n;
	int			k;
	const bool *missing;		/* by value of x */
	double	   *mean;
	double	   *covariance;		/* k x k */
	double	   *sum;			/* of expected values ... */
	double	   *products;		/* ... and of their products */
	double	   *factor;			/* of the covariances of what a row has */
	double	   *slope;			/* missing x observed */
	double	   *rest;			/* covariance left of what is missing */
	int		   *has;			/* columns that the row at hand has ... */
	int		   *lacks;			/* ... and those that it lacks */
	int			count;			/* of has */
} em;

/* Prepares for rows that miss the same: slope = C_mo / C_oo, rest = C_mm - slope C_om. */
static bool
begin_pattern(em *e, const bool *missing)
{
	int			k = e->k;
	int			lacking = 0;

	e->count = 0;
	for (int i = 0; i < k; i++)
		if (missing[i])
			e->lacks[lacking++] = i;
		else
			e->has[e->count++] = i;
	if (lacking == 0)
		return true;
	for (int i = 0; i < e->count; i++)
		for (int j = 0; j < e->count; j++)
			e->factor[i * e->count + j] = e->covariance[e->has[i] * k + e->has[j]];
	if (!cholesky_factor(e->factor, e->count))
		return false;
	for (int i = 0; i < lacking; i++)
	{
		double	   *slope = e->slope + (size_t) i * k;

		for (int j = 0; j < e->count; j++)
			slope[j] = e->covariance[e->lacks[i] * k + e->has[j]];
		cholesky_solve(e->factor, e->count, slope);
	}
	for (int i = 0; i < lacking; i++)
		for (int j = 0; j < lacking; j++)
		{
			double		rest = e->covariance[e->lacks[i] * k + e->lacks[j]];

			for (int o = 0; o < e->count; o++)
				rest -= e->slope[(size_t) i * k + o] * e->covariance[e->has[o] * k + e->lacks[j]];
			e->rest[i * k + j] = rest;
		}
	return true;
}

static void
expect_row(em *e, double *x)
{
	for (int i = 0; i < e->k - e->count; i++)
	{
		double		value = e->mean[e->lacks[i]];

		for (int o = 0; o < e->count; o++)
			value += e->slope[(size_t) i * e->k + o] * (x[e->has[o]] - e->mean[e->has[o]]);
		x[e->lacks[i]] = value;
	}
}

static void
add_row(em *e, const double *x)
{
	int			k = e->k;

	for (int i = 0; i < k; i++)
	{
		e->sum[i] += x[i];
		for (int j = 0; j <= i; j++)
			e->products[i * k + j] += x[i] * x[j];
	}
	for (int i = 0; i < k - e->count; i++)
		for (int j = 0; j < k - e->count; j++)
			if (e->lacks[j] <= e->lacks[i])
				e->products[e->lacks[i] * k + e->lacks[j]] += e->rest[i * k + j];
}

/* Expected values under the moments; and the sums that new moments are made of. */
static em_status
expect(em *e, bool (*stop) (void *), void *stop_arg)
{
	int			k = e->k;

	memset(e->sum, 0, sizeof(double) * (size_t) k);
	memset(e->products, 0, sizeof(double) * (size_t) k * k);
	for (int row = 0; row < e->n; row++)
	{
		const bool *missing = e->missing + (size_t) row * k;
		double	   *x = e->x + (size_t) row * k;
		bool		begun = false;

		if (row == 0 || memcmp(missing, missing - k, sizeof(bool) * (size_t) k) != 0)
		{
			if (!begin_pattern(e, missing))
				return EM_SINGULAR;
			begun = true;
		}
		if ((begun || row % ROWS_BETWEEN_STOPS == 0) && stop(stop_arg))
			return EM_STOPPED;
		expect_row(e, x);
		add_row(e, x);
	}
	return EM_OK;
}

/* New moments; the largest change of one. */
static double
maximise(em *e)
{
	int			k = e->k;
	double		largest = 0;

	for (int i = 0; i < k; i++)
	{
		double		mean = e->sum[i] / e->n;

		largest = fmax(largest, fabs(mean - e->mean[i]));
		e->mean[i] = mean;
	}
	for (int i = 0; i < k; i++)
		for (int j = 0; j <= i; j++)
		{
			double		c = e->products[i * k + j] / e->n - e->mean[i] * e->mean[j];

			largest = fmax(largest, fabs(c - e->covariance[i * k + j]));
			e->covariance[i * k + j] = c;
			e->covariance[j * k + i] = c;
		}
	return largest;
}

em_status
em_fill(double *x, int n, int k, double *scratch, int *index, bool *missing,
		bool (*stop) (void *), void *stop_arg)
{
	size_t		square = (size_t) k * k;
	em			e = {
		.x = x, .n = n, .k = k, .missing = missing, .covariance = scratch,
		.products = scratch + square, .factor = scratch + 2 * square,
		.slope = scratch + 3 * square, .rest = scratch + 4 * square,
		.mean = scratch + 5 * square, .sum = scratch + 5 * square + k,
		.has = index, .lacks = index + k
	};

	for (size_t i = 0; i < (size_t) n * k; i++)
		missing[i] = isnan(x[i]);

	/* Begin with independent columns of mean 0 and variance 1, as they are standardised. */
	memset(scratch, 0, sizeof(double) * em_doubles(k));
	for (int i = 0; i < k; i++)
		e.covariance[i * k + i] = 1;
	for (int round = 0; round < EM_MOST_ROUNDS; round++)
	{
		em_status	status = expect(&e, stop, stop_arg);

		if (status != EM_OK)
			return status;
		if (maximise(&e) <= EM_TOLERANCE)
			return expect(&e, stop, stop_arg);
	}
	return EM_SLOW;
}
