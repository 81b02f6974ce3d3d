/*
 * raking.c
 *	  One margin's pass of raking.h.
 */
#include "kernel/survey/raking.h"

/* The margin left out may be none: -1. */
static double
product_without(const margin_table *table, const double *factor, uint32_t cell, int margin)
{
	const int32_t *category = cell_categories(table, cell);
	double		product = 1;

	for (int m = 0; m < table->margins; m++)
		if (m != margin)
			product *= factor[category[m]];
	return product;
}

static double
sum_without(const margin_table *table, const double *effect, uint32_t cell, int margin)
{
	const int32_t *category = cell_categories(table, cell);
	double		sum = 0;

	for (int m = 0; m < table->margins; m++)
		if (m != margin)
			sum += effect[category[m]];
	return sum;
}

double
raking_factor(const margin_table *table, const double *factor, uint32_t cell)
{
	return product_without(table, factor, cell, -1);
}

void
raking_add(const margin_table *table, const double *weight,
		   const double *factor, int margin,
		   uint32_t from, uint32_t to, exact_total *total)
{
	for (uint32_t cell = from; cell < to; cell++)
		exact_total_add_product(&total[cell_categories(table, cell)[margin]], weight[cell],
								product_without(table, factor, cell, margin));
}

double
margin_effects_sum(const margin_table *table, const double *effect, uint32_t cell)
{
	return sum_without(table, effect, cell, -1);
}

void
margin_effects_add(const margin_table *table, const double *weight,
				   const double *sum, const double *effect, int margin,
				   uint32_t from, uint32_t to, exact_total *total)
{
	for (uint32_t cell = from; cell < to; cell++)
	{
		exact_total *of_category = &total[cell_categories(table, cell)[margin]];

		exact_total_add_product(of_category, sum[cell], 1);
		exact_total_add_product(of_category, weight[cell],
								-sum_without(table, effect, cell, margin));
	}
}
