/*
 * bod_robust.c
 *	  Order-m frontiers: bod_robust.h.
 */
#include "kernel/weights/bod_robust.h"

#include <math.h>

#include "kernel/exact/elementary.h"
#include "kernel/exact/exact_total.h"

/* Below this an exponential is 0. */
#define LEAST_LOG (-((px_int128) 1000 << LOG_FRACTION_BITS))

double
order_m_reach(const double *own, const double *other, int criteria)
{
	double		reach = INFINITY;

	for (int j = 0; j < criteria; j++)
		if (own[j] > 0)
			reach = fmin(reach, other[j] / own[j]);
	return reach;
}

void
order_m_powers(int n, int m, double *power)
{
	px_int128	log_n = fixed_log(n);

	for (int k = 1; k < n; k++)
	{
		px_int128	log = fixed_log(k) - log_n;

		/* Not above 0, and m may be large: no product leaves the integers. */
		power[k - 1] = log < LEAST_LOG / m ? 0 : wide_to_double(wide_exp(log * m));
	}
	power[n - 1] = 1;
}

double
order_m_expected(const double *sorted, const double *power, int n)
{
	exact_total total;
	exact_integer sum;

	exact_total_init(&total);
	for (int k = 0; k < n; k++)
	{
		exact_total_add_product(&total, sorted[k], power[k]);
		if (k > 0)
			exact_total_add_product(&total, -sorted[k], power[k - 1]);
	}
	exact_total_get(&total, &sum);
	return exact_integer_round(&sum);
}
