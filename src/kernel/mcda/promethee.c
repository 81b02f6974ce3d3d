/*
 * promethee.c
 *	  Flows by one criterion: promethee.h.
 *
 * In ascending order the units that one is preferred to wholly come first, then
 * those it is preferred to in part: two places that only move up. Of the units
 * between them a running sum is kept, exactly, from which those that fall behind
 * are taken again.
 */
#include "kernel/mcda/promethee.h"

#include <math.h>

#include "kernel/exact/elementary.h"
#include "kernel/exact/exact_total.h"

/* Units between two questions whether to stop; exponentials take some 200 ns. */
#define STRETCH 4096

/* The values, or what they are from the other end. */
typedef struct sorted_values
{
	const double *sorted;
	int			n;
	bool		mirrored;
} sorted_values;

static double
value_at(const sorted_values *values, int i)
{
	return values->mirrored ? -values->sorted[values->n - 1 - i] : values->sorted[i];
}

/* (in_part * (x - q) - sum of these) / (p - q) + whole, over n - 1 */
static double
linear_flow(const preference *preference, const exact_total *minus_sum, double x,
			int whole, int in_part, int n)
{
	exact_total total;
	exact_total length;
	exact_integer numerator;
	exact_integer denominator;

	exact_total_init(&total);
	exact_total_add_sum(&total, minus_sum->limb, minus_sum->limbs, minus_sum->base);
	exact_total_add_product(&total, in_part, x);
	exact_total_add_product(&total, -(double) in_part, preference->q);
	exact_total_add_product(&total, whole, preference->p);
	exact_total_add_product(&total, -(double) whole, preference->q);
	exact_total_init(&length);
	exact_total_add_product(&length, n - 1, preference->p);
	exact_total_add_product(&length, -(double) (n - 1), preference->q);
	exact_total_get(&total, &numerator);
	exact_total_get(&length, &denominator);
	return exact_ratio_round(&numerator, &denominator);
}

/* The preference of each value over those before it, at its own place. */
static bool
walk_up(const preference *preference, const sorted_values *values, double *flow,
		bool (*stop) (void *), void *stop_arg)
{
	int			n = values->n;
	bool		slope = preference->kind == PREFERENCE_V_SHAPE || preference->kind == PREFERENCE_LINEAR;
	int			whole = 0;		/* those below that are passed by more than p */
	int			passed = 0;		/* by more than q */
	exact_total minus_sum;

	exact_total_init(&minus_sum);
	for (int i = 0; i < n; i++)
	{
		double		x = value_at(values, i);
		double		result;

		if (i % STRETCH == 0 && stop(stop_arg))
			return false;
		for (; passed < n && x - value_at(values, passed) > preference->q; passed++)
			if (slope)
				exact_total_add_product(&minus_sum, -1, value_at(values, passed));
		for (; whole < passed && x - value_at(values, whole) > preference->p; whole++)
			if (slope)
				exact_total_add_product(&minus_sum, 1, value_at(values, whole));
		if (slope)
			result = linear_flow(preference, &minus_sum, x, whole, passed - whole, n);
		else if (preference->kind == PREFERENCE_LEVEL)
			result = (whole + (passed - whole) * 0.5) / (n - 1);
		else
			result = (double) passed / (n - 1);
		flow[values->mirrored ? n - 1 - i : i] = result;
	}
	return true;
}

/* 1 - exp(-z^2 / 2), z not negative */
static double
gaussian(double z)
{
	return 1 - rounded_exp(-0.5 * z * z);
}

static double
round_mean(const exact_total *total, int n)
{
	exact_integer sum;
	exact_integer others;

	exact_total_get(total, &sum);
	if (sum.limbs == 0)
		return 0;
	exact_integer_set(&others, (uint64_t) n - 1);
	return exact_ratio_round(&sum, &others);
}

static bool
gaussian_flows(const preference *preference, const double *sorted, int n,
			   double *above, double *below, bool (*stop) (void *), void *stop_arg)
{
	for (int i = 0; i < n; i++)
	{
		exact_total total[2];

		exact_total_init(&total[0]);
		exact_total_init(&total[1]);
		for (int k = 0; k < n; k++)
		{
			if (k % STRETCH == 0 && stop(stop_arg))
				return false;
			if (sorted[k] != sorted[i])
				exact_total_add_product(&total[k > i], gaussian(fabs(sorted[i] - sorted[k]) / preference->p), 1);
		}
		above[i] = round_mean(&total[0], n);
		below[i] = round_mean(&total[1], n);
	}
	return true;
}

bool
promethee_flows(const preference *preference, const double *sorted, int n,
				double *above, double *below,
				bool (*stop) (void *), void *stop_arg)
{
	sorted_values up = {sorted, n, false};
	sorted_values down = {sorted, n, true};

	if (preference->kind == PREFERENCE_GAUSSIAN)
		return gaussian_flows(preference, sorted, n, above, below, stop, stop_arg);
	return walk_up(preference, &up, above, stop, stop_arg) &&
		walk_up(preference, &down, below, stop, stop_arg);
}
