/*
 * survey_estimate.h
 *	  An estimate with its design-based standard error, interval and status.
 */
#ifndef PARINDEX_SURVEY_ESTIMATE_H
#define PARINDEX_SURVEY_ESTIMATE_H

#include "survey/estimate/design_sample.h"
#include "survey/estimate/survey_totals.h"
#include "survey/state/df_rule.h"

/*
 * What an estimate is worth. A standard error, an interval that is not known
 * is NULL, never zero.
 */
typedef enum estimate_status
{
	ESTIMATE_OK,
	ESTIMATE_CENSUS,			/* all units were drawn: no sampling error */
	ESTIMATE_NO_ANSWERS,
	ESTIMATE_NO_DENOMINATOR,	/* the ratio's denominator is zero */
	ESTIMATE_ONE_RESPONDENT,
	ESTIMATE_ONE_PSU,
	ESTIMATE_LONELY_PSUS,		/* no stratum tells a variance */
	ESTIMATE_NO_VARIATION,		/* the sample shows none, such as a share of 0 or 1 */
	ESTIMATE_NO_DF
} estimate_status;

typedef struct survey_estimate
{
	estimate_status status;
	double		estimate;		/* NaN where not known, as the others are */
	double		se;
	double		ci_low;
	double		ci_high;
	double		deff;
	int64		n;				/* rows */
	int64		n_psu;			/* PSUs with members */
	int64		df;				/* of the PSUs */
	double		t_df;			/* of the interval: df, or the caller's own */
} survey_estimate;

/* How it is to be made. */
typedef struct estimate_options
{
	double		level;			/* of confidence */
	lonely_rule lonely;
	df_choice	df;
} estimate_options;

/*
 * What every estimate begins with: n, n_psu, df and the sample. False where
 * there are no answers, and no sample.
 */
extern bool survey_estimate_open(const survey_stats *stats, const survey_design *design,
								 df_choice df, design_sample *sample, survey_estimate *result);

/* Of Student's t, for an interval of that level; error 22003 where it is no number. */
extern double survey_t_quantile(double level, double df);

/*
 * Give the estimate, opened and made, its status by its variance, which may be
 * not known: one of zero is not taken at its word but in a census, where the
 * standard error is zero.
 */
extern void survey_estimate_judge(const design_sample *sample, bool known, double variance,
								  survey_estimate *result);

/* The total, mean or ratio, as the totals are of. */
extern void survey_estimate_of(const survey_totals *totals, const survey_design *design,
							   const estimate_options *options, survey_estimate *result);

#endif							/* PARINDEX_SURVEY_ESTIMATE_H */
