/*
 * gini_weights.c
 *	  Gini's coefficient: gini_weights.h.
 */
#include "kernel/weights/gini_weights.h"

#include <math.h>

#include "kernel/exact/exact_total.h"

double
gini_coefficient(const double *sorted, int n)
{
	exact_total distances;
	exact_total total;
	exact_integer numerator;
	exact_integer denominator;

	if (n < 2)
		return NAN;
	exact_total_init(&distances);
	exact_total_init(&total);
	for (int i = 0; i < n; i++)
	{
		exact_total_add_product(&distances, sorted[i], 2.0 * i + 1 - n);
		exact_total_add_product(&total, sorted[i], n);
	}
	exact_total_get(&distances, &numerator);
	exact_total_get(&total, &denominator);
	if (numerator.limbs == 0)
		return 0;
	return exact_ratio_round(&numerator, &denominator);
}
