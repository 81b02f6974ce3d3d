/*
 * survey_variance.h
 *	  Design-based variance of totals in a stratified sample of one or two
 *	  stages.
 *
 * A stratum holds primary sampling units (PSUs), a PSU holds units: those of
 * the second stage, or itself. Only PSUs and units with members of the domain
 * are listed; the others, which the counts of the design tell, have totals of
 * zero. With z[i] the weighted (linearised) totals of unit i, of p variables,
 *
 *	  V = sum over strata of (1 - n/N) * n/(n - 1) * sum (t - mean t)(t - mean t)'
 *		+ n/N * sum over PSUs of the same with their units
 *
 * where t are the totals of PSUs, n of N PSUs of the stratum were drawn, and
 * the second line is there with two stages only. With N not counted 1 - n/N
 * is 1, and the second stage adds nothing.
 *
 * Formula: Saerndal, Swensson and Wretman, Model Assisted Survey Sampling
 * (1992), 4.3; rules for lonely units as in Lumley's package survey for R.
 */
#ifndef PARINDEX_SURVEY_VARIANCE_H
#define PARINDEX_SURVEY_VARIANCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a stratum (or PSU) counts for of which one unit of several was drawn. */
typedef enum lonely_rule
{
	LONELY_FAIL,				/* the variance is not known */
	LONELY_REMOVE,				/* nothing */
	LONELY_CERTAINTY,			/* nothing: drawn with certainty */
	LONELY_ADJUST,				/* its square, about zero instead of its mean */
	LONELY_AVERAGE				/* as much as the others do on average */
} lonely_rule;

typedef struct survey_psu
{
	int			first_unit;
	int			units;			/* with members */
	int64_t		sampled;		/* units drawn, with two stages ... */
	int64_t		population;		/* ... and in the population; 0: not counted */
} survey_psu;

typedef struct survey_stratum
{
	int			first_psu;
	int			psus;			/* with members */
	int64_t		sampled;		/* PSUs drawn ... */
	int64_t		population;		/* ... and in the population; 0: not counted */
} survey_stratum;

typedef struct survey_sample
{
	bool		two_stages;
	int			strata;
	int			psus;
	int			units;
	const survey_stratum *stratum;
	const survey_psu *psu;
} survey_sample;

typedef enum survey_variance_result
{
	SURVEY_VARIANCE_DONE,
	SURVEY_VARIANCE_UNKNOWN,	/* average of none: all are lonely */
	SURVEY_VARIANCE_LONELY_STRATUM, /* with LONELY_FAIL: *where is a stratum ... */
	SURVEY_VARIANCE_LONELY_PSU, /* ... or a PSU */
	SURVEY_VARIANCE_STOPPED		/* because stop() said so */
} survey_variance_result;

/*
 * Divide each variable of z[units][p] by 2^exponent[p], so that its largest
 * value is from 1/2 to below 1, and no square leaves the range of doubles;
 * nothing is lost but what is 2^-1000 of the largest. False where a value is
 * not finite.
 */
extern bool survey_scale(double *z, int units, int p, int *exponent);

/* Doubles of scratch space that survey_variance() needs. */
extern size_t survey_variance_scratch(const survey_sample *sample, int p);

/*
 * z[units][p] to v[p][p]. `stop` is asked now and then. Sums are taken in
 * the order of units, so that equal input gives equal bits.
 */
extern survey_variance_result survey_variance(const survey_sample *sample, lonely_rule lonely,
											  const double *z, int p, double *v,
											  double *scratch, bool (*stop) (void *),
											  void *stop_arg, int *where);

/* Whether every unit of all strata with members was drawn: nothing is left to chance. */
extern bool survey_is_census(const survey_sample *sample);

#endif							/* PARINDEX_SURVEY_VARIANCE_H */
