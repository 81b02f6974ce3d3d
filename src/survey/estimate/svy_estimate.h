/*
 * svy_estimate.h
 *	  Estimates of means, totals and ratios with design-based standard errors.
 */
#ifndef PARINDEX_SVY_ESTIMATE_H
#define PARINDEX_SVY_ESTIMATE_H

#include "survey/estimate/design_sample.h"

/* Whose degrees of freedom. */
typedef enum df_rule
{
	DF_DOMAIN,					/* PSUs less strata that have members, as in R */
	DF_DESIGN					/* PSUs less strata of the design */
} df_rule;

/*
 * What an estimate is worth. A standard error, an interval that is not known
 * is NULL, never zero: see svy_status_name().
 */
typedef enum svy_status
{
	SVY_OK,
	SVY_CENSUS,					/* all units were drawn: no sampling error */
	SVY_NO_ANSWERS,
	SVY_NO_DENOMINATOR,			/* the ratio's denominator is zero */
	SVY_ONE_RESPONDENT,
	SVY_ONE_PSU,
	SVY_LONELY_PSUS,			/* no stratum tells a variance */
	SVY_NO_VARIATION,			/* the sample shows none, such as a share of 0 or 1 */
	SVY_NO_DF
} svy_status;

typedef struct svy_estimate
{
	svy_status	status;
	double		estimate;		/* NaN where not known, as the others are */
	double		se;
	double		ci_low;
	double		ci_high;
	double		deff;
	int64		n;				/* rows */
	int64		n_psu;			/* PSUs with members */
	int64		df;
} svy_estimate;

/* Arguments of the SQL functions; each error names what was given. */
extern bool parse_is_total(text *kind);
extern df_rule parse_df_rule(text *name);
extern double check_level(double level);

/*
 * Estimate the numerator's total (denominator SURVEY_TOTAL), its mean
 * (SURVEY_WEIGHT) or its ratio to the denominator.
 */
extern void svy_estimate_of(const survey_stats *stats, const survey_design *design,
							int numerator, int denominator, double level,
							lonely_rule lonely, df_rule rule, svy_estimate *result);

/*
 * What an estimate with n, n_psu and df is worth whose variance is this, or
 * not known: one of zero is not taken at its word but in a census.
 */
extern svy_status svy_status_of(const design_sample *sample, const svy_estimate *result,
								bool known, double variance);

extern const char *svy_status_name(svy_status status);

/* A row of estimate, se, ci_low, ci_high, n, n_psu, df, deff, status. */
extern Datum svy_estimate_row(FunctionCallInfo fcinfo, const svy_estimate *result);

/* NULL for NaN. */
extern Datum svy_float_or_null(double value, bool *is_null);

/* sum(numerator)/sum(denominator), or the total; NaN where the denominator is zero. */
extern double survey_point(const survey_stats *stats, int numerator, int denominator);

/* R's variance: sum w (y - mean)^2 / sum w * n / (n - 1); NaN where n < 2. */
extern double survey_population_variance(const survey_stats *stats, int variable);

#endif							/* PARINDEX_SVY_ESTIMATE_H */
