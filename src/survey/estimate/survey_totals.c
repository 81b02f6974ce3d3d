/*
 * survey_totals.c
 *	  Sums over all rows of a survey state, and what follows from them:
 *	  survey_totals.h.
 */
#include "postgres.h"
#include "survey/estimate/survey_totals.h"

#include <math.h>

#include "miscadmin.h"
#include "utils/float.h"

static inline void
add_cell(exact_total *total, const survey_stats *stats, int32 cell, int variable)
{
	survey_window window = survey_cell_window(stats, cell, variable);

	exact_total_add_sum(total, window.limb, window.limbs, *window.base);
}

void
survey_totals_of(const survey_stats *stats, int numerator, int denominator,
				 survey_totals *totals)
{
	exact_total of_numerator;
	exact_total of_denominator;
	exact_total of_weight;

	exact_total_init(&of_numerator);
	exact_total_init(&of_denominator);
	exact_total_init(&of_weight);
	for (int32 cell = 0; cell < survey_cell_count(stats); cell++)
	{
		if ((cell & RECORDS_PER_CHECK) == 0)
			CHECK_FOR_INTERRUPTS();
		add_cell(&of_numerator, stats, cell, numerator);
		if (denominator >= 0)
			add_cell(&of_denominator, stats, cell, denominator);
		add_cell(&of_weight, stats, cell, SURVEY_WEIGHT);
	}
	totals->stats = stats;
	totals->numerator = numerator;
	totals->denominator = denominator;
	exact_total_get(&of_numerator, &totals->of_numerator);
	exact_total_get(denominator == SURVEY_WEIGHT ? &of_weight : &of_denominator,
					&totals->of_denominator);
	exact_total_get(&of_weight, &totals->of_weight);
}

double
survey_finite(double figure)
{
	if (unlikely(isinf(figure)))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("survey estimate is out of range for type double precision")));
	return figure;
}

double
survey_point(const survey_totals *totals)
{
	if (totals->denominator == SURVEY_TOTAL)
		return survey_finite(exact_integer_round(&totals->of_numerator));
	if (totals->of_denominator.limbs == 0)
		return get_float8_nan();
	return survey_finite(exact_ratio_round(&totals->of_numerator, &totals->of_denominator));
}

/* (ab * B - A * bb) / B / 2^exponent, exact and rounded once. */
static double
residual_sum(const exact_integer *ab, const exact_integer *bb,
			 const exact_integer *whole_a, const exact_integer *whole_b, int exponent)
{
	exact_integer first;
	exact_integer second;

	exact_integer_multiply(&first, ab, whole_b);
	exact_integer_multiply(&second, bb, whole_a);
	exact_integer_subtract(&first, &second);
	first.exponent -= exponent;
	return exact_ratio_round(&first, whole_b);
}

/*
 * sum w (a - R b)^2 / 2^exponent, as sum w a (a - R b) - R sum w b (a - R b).
 * For the mean, b = 1, the second sum is zero; a total is taken as the mean.
 */
static double
squared_residuals(const survey_totals *totals, int exponent)
{
	const survey_stats *stats = totals->stats;
	const exact_integer *whole_a = &totals->of_numerator;
	const exact_integer *whole_b = &totals->of_denominator;
	exact_integer aa;
	exact_integer ab;
	exact_integer bb;
	double		sum;

	survey_product_sum(stats, totals->numerator, totals->numerator, &aa);
	if (totals->denominator < 0)
		return residual_sum(&aa, whole_a, whole_a, &totals->of_weight, exponent);
	survey_product_sum(stats, totals->numerator, totals->denominator, &ab);
	survey_product_sum(stats, totals->denominator, totals->denominator, &bb);
	sum = residual_sum(&aa, &ab, whole_a, whole_b, exponent) -
		exact_ratio_round(whole_a, whole_b) *
		residual_sum(&ab, &bb, whole_a, whole_b, exponent);
	return Max(sum, 0.0);
}

double
survey_population_variance(const survey_totals *totals)
{
	double		n = (double) totals->stats->n;

	Assert(totals->denominator == SURVEY_WEIGHT);
	if (totals->stats->n < 2)
		return get_float8_nan();
	return survey_finite(squared_residuals(totals, 0) /
						   survey_finite(exact_integer_round(&totals->of_weight)) * (n / (n - 1)));
}

double
survey_design_effect(const survey_totals *totals, double variance, int exponent)
{
	double		n = (double) totals->stats->n;
	double		weight = survey_finite(exact_integer_round(&totals->of_weight));
	double		scale = totals->denominator == SURVEY_TOTAL ? 1.0 :
		survey_finite(exact_integer_round(&totals->of_denominator));
	double		simple;
	int			scale_exponent;

	if (totals->stats->n < 2 || !(weight > n))
		return get_float8_nan();
	/* Powers of two that cancel are left out where they would leave the range. */
	scale = frexp(scale, &scale_exponent);
	simple = squared_residuals(totals, 2 * (exponent + scale_exponent)) *
		((weight - n) / (n - 1)) / scale / scale;
	return simple > 0 ? variance / simple : get_float8_nan();
}

void
survey_linearise(const survey_totals *totals, const int32 *unit, double *z, int stride)
{
	const survey_stats *stats = totals->stats;
	bool		of_total = totals->denominator == SURVEY_TOTAL;
	exact_integer square;
	exact_integer part;
	exact_integer difference;
	exact_integer product;

	if (!of_total)
		exact_integer_multiply(&square, &totals->of_denominator, &totals->of_denominator);
	for (int32 cell = 0; cell < survey_cell_count(stats); cell++)
	{
		double		value;

		if ((cell & RECORDS_PER_CHECK) == 0)
			CHECK_FOR_INTERRUPTS();
		survey_cell_sum(stats, cell, totals->numerator, &part);
		if (of_total)
			value = exact_integer_round(&part);
		else
		{
			exact_integer_multiply(&difference, &part, &totals->of_denominator);
			survey_cell_sum(stats, cell, totals->denominator, &part);
			exact_integer_multiply(&product, &part, &totals->of_numerator);
			exact_integer_subtract(&difference, &product);
			value = exact_ratio_round(&difference, &square);
		}
		/* Several second-stage units share a PSU where the design has one stage. */
		z[(Size) unit[cell] * stride] += value;
	}
}
