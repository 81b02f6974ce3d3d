/*
 * share_interval.h
 *	  Confidence intervals for a share estimated from a survey.
 */
#ifndef PARINDEX_SHARE_INTERVAL_H
#define PARINDEX_SHARE_INTERVAL_H

#include <stdbool.h>
#include <stdint.h>

typedef enum share_method
{
	SHARE_LOGIT,
	SHARE_XLOGIT,
	SHARE_LIKELIHOOD,
	SHARE_ASIN,
	SHARE_BETA,
	SHARE_WILSON,
	SHARE_MEAN
} share_method;

/* An estimate: p with its variance, from n respondents; df of the design. */
typedef struct share_estimate
{
	double		p;
	double		variance;
	int64_t		n;
	double		df;
} share_estimate;

/*
 * False where there is no interval: a share of 0 or 1, whose variance cannot
 * be estimated, a variance of zero, no degrees of freedom, one respondent.
 */
extern bool share_interval(const share_estimate *share, share_method method, double level,
						   double *low, double *high);

/*
 * The lowest or highest of the shares that Wilson's test does not refute, of a
 * share p with an effective sample size of m; complement is 1 - p, which may be
 * known better than p tells.
 */
extern double wilson_end(double p, double complement, double m, double t, bool upper);

/* asin(sqrt(p)) -+ half, cut at the ends of the scale and taken back. */
extern void asin_interval(double p, double half, double *low, double *high);

#endif							/* PARINDEX_SHARE_INTERVAL_H */
