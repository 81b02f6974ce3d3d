/*
 * weight_shares.c
 *	  The shares of weight_shares.h.
 */
#include "kernel/weights/weight_shares.h"

#include "kernel/exact/exact_total.h"

bool
weight_shares(const double *importance, int n, double *share)
{
	exact_total total;
	exact_integer sum;
	exact_total one;
	exact_integer part;

	exact_total_init(&total);
	for (int i = 0; i < n; i++)
		exact_total_add_product(&total, importance[i], 1);
	exact_total_get(&total, &sum);
	if (sum.limbs == 0)
		return false;
	for (int i = 0; i < n; i++)
	{
		exact_total_init(&one);
		exact_total_add_product(&one, importance[i], 1);
		exact_total_get(&one, &part);
		share[i] = exact_ratio_round(&part, &sum);
	}
	return true;
}
