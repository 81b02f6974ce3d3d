/*
 * mcda.c
 *	  TOPSIS, VIKOR and the weighted product: mcda.h.
 */
#include "kernel/mcda/mcda.h"

#include <math.h>

#include "kernel/exact/elementary.h"
#include "kernel/exact/exact_total.h"

/* A logarithm has at most so many bits. */
#define LOG_BITS (LOG_FRACTION_BITS + 11)

mcda_extremes
mcda_get_extremes(const double *value, int units, int direction)
{
	double		min = INFINITY;
	double		max = -INFINITY;

	for (int i = 0; i < units; i++)
	{
		min = value[i] < min ? value[i] : min;
		max = value[i] > max ? value[i] : max;
	}
	return direction > 0 ? (mcda_extremes) {max, min} : (mcda_extremes) {min, max};
}

static double
root_of(const exact_total *total)
{
	exact_integer sum;
	exact_integer one;

	exact_total_get(total, &sum);
	if (sum.limbs == 0)
		return 0;
	exact_integer_set(&one, 1);
	return exact_ratio_round_sqrt(&sum, &one);
}

static double
round_total(const exact_total *total)
{
	exact_integer sum;

	exact_total_get(total, &sum);
	return exact_integer_round(&sum);
}

/* ---------- TOPSIS ---------- */

void
topsis_scale(topsis_scaling scaling, double *value, int units)
{
	mcda_extremes extremes = {0, 0};
	double		length = 1;

	if (scaling == TOPSIS_NONE)
		return;
	if (scaling == TOPSIS_MINMAX)
	{
		extremes = mcda_get_extremes(value, units, 1);
		length = extremes.best - extremes.worst;
	}
	else
	{
		exact_total squares;

		exact_total_init(&squares);
		for (int i = 0; i < units; i++)
			exact_total_add_product(&squares, value[i], value[i]);
		length = root_of(&squares);
	}
	for (int i = 0; i < units; i++)
		value[i] = length > 0 ? (value[i] - extremes.worst) / length : 0;
}

topsis_distances
topsis_unit(const mcda_field *field, const mcda_extremes *extremes, int unit)
{
	exact_total to_best;
	exact_total to_worst;

	exact_total_init(&to_best);
	exact_total_init(&to_worst);
	for (int j = 0; j < field->criteria; j++)
	{
		double		x = field->value[(size_t) j * field->units + unit];
		double		best = field->weight[j] * (x - extremes[j].best);
		double		worst = field->weight[j] * (x - extremes[j].worst);

		exact_total_add_product(&to_best, best, best);
		exact_total_add_product(&to_worst, worst, worst);
	}
	return (topsis_distances) {root_of(&to_best), root_of(&to_worst)};
}

/* ---------- VIKOR ---------- */

vikor_regrets
vikor_unit(const mcda_field *field, const mcda_extremes *extremes, int unit)
{
	vikor_regrets regrets = {0, 0};
	exact_total total;

	exact_total_init(&total);
	for (int j = 0; j < field->criteria; j++)
	{
		double		range = extremes[j].best - extremes[j].worst;
		double		lack = extremes[j].best - field->value[(size_t) j * field->units + unit];
		double		share = range == 0 ? 0 : lack / range;

		exact_total_add_product(&total, field->weight[j], share);
		regrets.regret = fmax(regrets.regret, field->weight[j] * share);
	}
	regrets.utility = round_total(&total);
	return regrets;
}

/* ---------- weighted product ---------- */

/* total += weight * log, as fixed point; `negative` turns it. */
static void
add_weighted_log(exact_total *total, double weight, px_int128 log, bool negative)
{
	double_parts parts = split_double(weight);
	px_uint128	size = log < 0 ? (px_uint128) -log : (px_uint128) log;
	px_uint128	low = (px_uint128) parts.mantissa * (uint64_t) size;
	px_uint128	high = (px_uint128) parts.mantissa * (uint64_t) (size >> 64) + (uint64_t) (low >> 64);
	exact_addend addend = {
		.word = {(uint64_t) low, (uint64_t) high, (uint64_t) (high >> 64)},
		.words = 3,
		.bits = DOUBLE_MANTISSA_BITS + LOG_BITS,
		.exponent = parts.exponent - LOG_FRACTION_BITS,
		.sign = (log < 0) != negative ? ~UINT64_C(0) : 0
	};

	if (size != 0)
		exact_total_add(total, &addend);
}

double
weighted_product(const mcda_field *field, int unit)
{
	exact_total total;
	exact_integer sum;
	exact_integer one;
	px_uint128	size;
	bool		inexact;

	exact_total_init(&total);
	for (int j = 0; j < field->criteria; j++)
		add_weighted_log(&total, field->weight[j],
						 fixed_log(field->value[(size_t) j * field->units + unit]),
						 field->direction[j] < 0);
	exact_total_get(&total, &sum);
	if (sum.limbs == 0)
		return 1;
	exact_integer_set(&one, 1);
	/* Weights sum to 1: the sum is no larger than a logarithm of a double. */
	size = exact_ratio_quotient(&sum, &one, sum.exponent + LOG_FRACTION_BITS, &inexact);
	return wide_to_double(wide_exp(sum.negative ? -(px_int128) size : (px_int128) size));
}
