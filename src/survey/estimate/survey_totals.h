/*
 * survey_totals.h
 *	  Sums over all rows of a survey state, and the figures that follow from
 *	  them: points, variances, design effects, linearised totals of units.
 *
 * All of them are of a numerator a and a denominator b, whose sums over all
 * rows by weight are A and B; R = A/B. The cells of the state are walked once.
 */
#ifndef PARINDEX_SURVEY_TOTALS_H
#define PARINDEX_SURVEY_TOTALS_H

#include "survey/state/survey_state.h"

/* As a denominator, beside the variables of the state. */
#define SURVEY_WEIGHT (-1)		/* 1 in each row: its sum is that of the weights */
#define SURVEY_TOTAL (-2)		/* none */

typedef struct survey_totals
{
	const survey_stats *stats;
	int			numerator;
	int			denominator;
	exact_integer of_numerator;
	exact_integer of_denominator;	/* of SURVEY_TOTAL zero */
	exact_integer of_weight;
} survey_totals;

/* A canonical state. */
extern void survey_totals_of(const survey_stats *stats, int numerator, int denominator,
							 survey_totals *totals);

/* A figure of an estimate; error 22003 where it is infinite. */
extern double survey_finite(double figure);

/* R, or the total A; NaN where B is zero. */
extern double survey_point(const survey_totals *totals);

/*
 * Of the mean, R's variance of the population: sum w (a - R)^2 / sum w *
 * n / (n - 1); NaN where n < 2.
 */
extern double survey_population_variance(const survey_totals *totals);

/*
 * The variance, times 4^exponent, over that of a simple random sample of as
 * many respondents out of sum w, drawn without replacement; NaN where sum w is
 * not above n.
 */
extern double survey_design_effect(const survey_totals *totals, double variance, int exponent);

/*
 * Put the linearised total of each cell into z[unit of the cell * stride]: of
 * R that is (a - R b) / B, exact and rounded once; of the total a itself. B
 * must not be zero.
 */
extern void survey_linearise(const survey_totals *totals, const int32 *unit, double *z,
							 int stride);

#endif							/* PARINDEX_SURVEY_TOTALS_H */
