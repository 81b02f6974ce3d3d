/*
 * raking.c
 *	  The passes over a margin and the rounds of raking.h.
 */
#include "kernel/survey/raking.h"

#include <math.h>

/* Cells of a pass between two questions. */
#define CELLS_PER_QUESTION 65536

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

bool
raking_add(const margin_table *table, const double *weight,
		   const double *factor, int margin,
		   bool (*stop) (void *), void *stop_arg, exact_total *total)
{
	for (uint32_t cell = 0; cell < table->cells; cell++)
	{
		if (cell % CELLS_PER_QUESTION == 0 && stop(stop_arg))
			return false;
		exact_total_add_product(&total[cell_categories(table, cell)[margin]], weight[cell],
								product_without(table, factor, cell, margin));
	}
	return true;
}

/* The sums of a margin's categories without its own factors. */
static bool
sum_margin(raking *r, int margin)
{
	for (int i = r->first[margin]; i < r->first[margin + 1]; i++)
		exact_total_init(&r->total[i]);
	if (!raking_add(&r->table, r->weight, r->factor, margin, r->stop, r->stop_arg, r->total))
		return false;
	for (int i = r->first[margin]; i < r->first[margin + 1]; i++)
	{
		exact_integer sum;

		exact_total_get(&r->total[i], &sum);
		r->sum[i] = exact_integer_round(&sum);
	}
	return true;
}

/* How far the margin is off, as a share of its targets; the worst category. */
static double
margin_deviation(raking *r, int margin)
{
	double		deviation = -1;

	for (int i = r->first[margin]; i < r->first[margin + 1]; i++)
	{
		double		sum = r->sum[i] * r->factor[i];
		double		off = r->target[i] == sum ? 0 : fabs(sum / r->target[i] - 1);

		if (off > deviation)
		{
			deviation = off;
			r->category = i;
		}
	}
	return deviation;
}

/* Whether those have respondents that have a target. */
static raking_result
compare_with_targets(raking *r, int margin)
{
	for (int i = r->first[margin]; i < r->first[margin + 1]; i++)
	{
		r->category = i;
		if (r->target[i] > 0 && r->sum[i] == 0)
			return RAKING_NO_RESPONDENTS;
		if (r->target[i] == 0 && r->sum[i] > 0)
			return RAKING_NO_TARGET;
	}
	return RAKING_DONE;
}

static bool
meet_targets(raking *r, int margin)
{
	for (int i = r->first[margin]; i < r->first[margin + 1]; i++)
		if (r->target[i] > 0)
		{
			r->factor[i] = r->target[i] / r->sum[i];
			if (!isfinite(r->factor[i]))
				return false;
		}
	return true;
}

raking_result
rake_margins(raking *r)
{
	int			met = 0;		/* margins found right since the last change */

	r->iterations = 0;
	for (int i = 0; i < r->table.categories; i++)
		r->factor[i] = 1;
	for (int round = 1;; round++)
		for (int m = 0; m < r->table.margins; m++)
		{
			r->margin = m;
			if (!sum_margin(r, m))
				return RAKING_STOPPED;
			if (round == 1)
			{
				raking_result compared = compare_with_targets(r, m);

				if (compared != RAKING_DONE)
					return compared;
			}
			met = margin_deviation(r, m) <= r->epsilon ? met + 1 : 0;
			if (met == r->table.margins)
				return RAKING_DONE;
			if (met > 0)
				continue;
			if (round > r->max_iterations)
				return RAKING_NOT_CONVERGED;
			if (!meet_targets(r, m))
				return RAKING_OVERFLOW;
			r->iterations = round;
		}
}

double
margin_effects_sum(const margin_table *table, const double *effect, uint32_t cell)
{
	return sum_without(table, effect, cell, -1);
}

bool
margin_effects_add(const margin_table *table, const double *weight,
				   const double *sum, const double *effect, int margin,
				   bool (*stop) (void *), void *stop_arg, exact_total *total)
{
	for (uint32_t cell = 0; cell < table->cells; cell++)
	{
		exact_total *of_category = &total[cell_categories(table, cell)[margin]];

		if (cell % CELLS_PER_QUESTION == 0 && stop(stop_arg))
			return false;
		exact_total_add_product(of_category, sum[cell], 1);
		exact_total_add_product(of_category, weight[cell],
								-sum_without(table, effect, cell, margin));
	}
	return true;
}
