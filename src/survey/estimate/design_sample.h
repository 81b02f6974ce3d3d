/*
 * design_sample.h
 *	  Survey states read by their design: which units, PSUs and strata have
 *	  members, and the linearised totals of units.
 *
 *	  survey_sample_open(&sample, &stats, 1, design);
 *	  z = survey_sample_values(&sample, 1);
 *	  survey_linearise(stats, 0, SURVEY_WEIGHT, sample.unit[0], z, 1);
 *	  known = survey_sample_variance(&sample, LONELY_FAIL, z, 1, &v, &exponent);
 *
 * gives the variance v * 4^exponent of the mean. States may be several, each of other rows
 * or answers of the sample: a unit is listed where one of them has members.
 */
#ifndef PARINDEX_DESIGN_SAMPLE_H
#define PARINDEX_DESIGN_SAMPLE_H

#include "kernel/survey/survey_variance.h"
#include "survey/state/survey_design.h"
#include "survey/state/survey_state.h"

/* As a variable of survey_linearise(). */
#define SURVEY_WEIGHT (-1)		/* 1 in each row: its sum is that of the weights */
#define SURVEY_TOTAL (-2)		/* no denominator */

typedef struct design_sample
{
	survey_sample sample;
	int32	  **unit;			/* unit[state][cell]: its number */

	/* For messages: the state and cell that each PSU began with. */
	const survey_stats *const *state;
	const struct unit_source *psu_source;
} design_sample;

/*
 * Canonical states without empty ones. Errors (22023): keys of another type
 * than the design's, a stratum or PSU it does not have, more units than were
 * sampled, no second stage where the design has one.
 */
extern void survey_sample_open(design_sample *sample, const survey_stats *const *state, int states,
							   const survey_design *design);

/* Zeros, one for each unit and variable. */
extern double *survey_sample_values(const design_sample *sample, int variables);

/*
 * Put the linearised total of each cell into z[unit of the cell * stride]: of
 * R = A/B, A and B the sums over all cells of the weighted numerator and
 * denominator, that is (a - R b) / B, exact and rounded once; of the total of
 * the numerator a itself. B must not be zero.
 */
extern void survey_linearise(const survey_stats *stats, int numerator, int denominator,
							 const int32 *unit, double *z, int stride);

/*
 * The p x p variance of z, which it scales: that of variables a and b is
 * v[a][b] * 2^(exponent[a] + exponent[b]), which need not be a double. False
 * where it is not known, since all strata are lonely. Errors: naming the
 * stratum or PSU with LONELY_FAIL (22023), z is not finite (22003).
 */
extern bool survey_sample_variance(const design_sample *sample, lonely_rule lonely,
								   double *z, int p, double *v, int *exponent);

/* PSUs less strata with members: R's degrees of freedom of a domain. */
static inline int64
survey_sample_df(const design_sample *sample)
{
	return sample->sample.psus - sample->sample.strata;
}

extern lonely_rule parse_lonely_rule(text *name);

#endif							/* PARINDEX_DESIGN_SAMPLE_H */
