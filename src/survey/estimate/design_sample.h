/*
 * design_sample.h
 *	  Survey states read by their design: which units, PSUs and strata have
 *	  members.
 *
 *	  design_sample_open(&sample, &stats, 1, design);
 *	  z = design_sample_values(&sample, 1);
 *	  survey_totals_of(stats, 0, SURVEY_WEIGHT, &totals);
 *	  survey_linearise(&totals, sample.unit[0], z, 1);
 *	  known = design_sample_variance(&sample, LONELY_FAIL, z, 1, &v, &exponent);
 *
 * gives the variance v * 4^exponent of the mean. States may be several, each of
 * other rows or answers of the sample: a unit is listed where one of them has
 * members.
 */
#ifndef PARINDEX_DESIGN_SAMPLE_H
#define PARINDEX_DESIGN_SAMPLE_H

#include "kernel/survey/survey_variance.h"
#include "survey/state/survey_design.h"
#include "survey/state/survey_state.h"

typedef struct design_sample
{
	survey_sample sample;
	int32	  **unit;			/* unit[state][cell]: its number */

	/* For messages: the state and cell that each PSU began with. */
	const survey_stats **state;
	const struct unit_source *psu_source;
} design_sample;

/*
 * Canonical states without empty ones. Errors (22023): keys of another type
 * than the design's, a stratum or PSU it does not have, more units than were
 * sampled, no second stage where the design has one.
 */
extern void design_sample_open(design_sample *sample, const survey_stats *const *state, int states,
							   const survey_design *design);

/* Zeros, one for each unit and variable. */
extern double *design_sample_values(const design_sample *sample, int variables);

/*
 * The p x p variance of z, which it scales: that of variables a and b is
 * v[a][b] * 2^(exponent[a] + exponent[b]), which need not be a double. False
 * where it is not known, since all strata are lonely. Errors: naming the
 * stratum or PSU with LONELY_FAIL (22023), z is not finite (22003).
 */
extern bool design_sample_variance(const design_sample *sample, lonely_rule lonely,
								   double *z, int p, double *v, int *exponent);

/* PSUs less strata with members: R's degrees of freedom of a domain. */
static inline int64
design_sample_df(const design_sample *sample)
{
	return sample->sample.psus - sample->sample.strata;
}

#endif							/* PARINDEX_DESIGN_SAMPLE_H */
