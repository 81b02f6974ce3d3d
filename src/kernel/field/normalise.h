/*
 * normalise.h
 *	  Scales: from the values of a criterion to where one stands among them,
 *	  or between fixed marks.
 *
 * A column is n doubles, finite where observed and NaN where not; n >= 0. The
 * greater a value the better: where less is better, callers pass values and
 * marks with their signs turned. Scales depend on the values alone, not on
 * their order. What is made from them is one division, rounded once, of
 * differences rounded once: the same on every machine.
 */
#ifndef PARINDEX_NORMALISE_H
#define PARINDEX_NORMALISE_H

#include "kernel/exact/int128.h"

typedef enum scale_kind
{
	SCALE_EMPTY,				/* there is no value to make it from */
	SCALE_CONSTANT,				/* nothing tells values apart */
	SCALE_UNDEFINED,			/* what should be above 0 is not */
	SCALE_LINEAR,				/* (x - from) / length */
	SCALE_STEP,					/* x < from ? 0 : 1 */
	SCALE_LOG,					/* ln(x / from) / length, for x > 0 */
	SCALE_INVERSE,				/* from / x, for x > 0 */
	SCALE_PLACE,				/* (place of x, at most `most`, + from) / length */
	SCALE_SHARE,				/* the same, a share at or below x */
	SCALE_POSITIVE_SHARE,		/* the same; 0 for x <= 0 */
	SCALE_EXPONENTIAL,			/* -constant ln(1 - r (1 - e^(-100 / constant))), r being that share */
	SCALE_SIGMOID				/* 1 / (1 + e^-z), z = (x - from) / length */
} scale_kind;

/* Which place tied values share. */
typedef enum scale_ties
{
	TIES_MIN,					/* as many as are below */
	TIES_MAX,					/* the highest of theirs */
	TIES_MEAN					/* the mean of theirs */
} scale_ties;

typedef struct scale
{
	scale_kind	kind;
	double		from;
	double		length;			/* > 0, but for marks either sign; may overflow */
	uint64_t	log_from[2];	/* of SCALE_LOG, low word first; length is in its units */
	const double *sorted;		/* of places and shares: all values, or ... */
	const int32_t *before;		/* ... different ones, and how many values stand
								 * before each, then before the end; else NULL */
	int			entries;		/* of sorted */
	int			count;			/* of values */
	int			most;			/* values that count as below */
	scale_ties	ties;
	double		constant;		/* of SCALE_EXPONENTIAL */
} scale;

/* Worst 0, best 1. */
extern scale scale_minmax(const double *x, int n);

/* Mean 0, sample standard deviation 1. */
extern scale scale_zscore(const double *x, int n);

/* Worst 0, the mark 1; where none is worse than the mark, 1 from the mark on. */
extern scale scale_to_mark(const double *x, int n, double mark);

/* Share of the greatest value, which must be above 0 unless all are 0. */
extern scale scale_fraction_of_max(const double *x, int n);

/* The least value over x, all above 0: less is better, and signs not turned. */
extern scale scale_fraction_of_min(const double *x, int n);

/* One mark 0, the other 1, in either order but not equal; of the logarithm, both above 0. */
extern scale scale_between(double from, double to);
extern scale scale_log_between(double from, double to);

/* Mean 0, population standard deviation (by n) 1, from the sample's, rounded again. */
extern scale scale_population_zscore(const double *x, int n);

/* (x - min + 1) / (max - min + 1) */
extern scale scale_range_and_one(const double *x, int n);

/* Share of the sum, or of the mean, which must be above 0 unless all are 0. */
extern scale scale_of_sum(const double *x, int n);
extern scale scale_of_mean(const double *x, int n);

/* Half the range to either side of a mark: 0 below, 1 above. */
extern scale scale_around(const double *x, int n, double mark);

/*
 * Of `count` ascending values: median 0, 1.4826 median absolute deviations 1 (the
 * standard deviation, where values are normal); from one quantile of type 7, 0, to
 * another, 1. deviations holds count doubles, scratch twice as many.
 */
extern scale scale_robust_zscore(const double *sorted, int count, double *deviations,
								 double *scratch);
extern scale scale_quantiles(const double *sorted, int count, double low, double high);

/* Logistic in the z-score; or with a slope and a midpoint of its own. */
extern scale scale_sigmoid(const double *x, int n);
extern scale scale_given_sigmoid(double slope, double midpoint);

/*
 * Of `count` ascending values, which must outlive the scale: the place of x,
 * from 0 as ties say, plus `first`; as a share of the others, for an x that
 * need not be one of them, at most 1; the share of values at or below x; the
 * mean share of those below and those at or below (Hazen 1914); the share at or
 * below among positive values, 0 for others; and the exponential transformation
 * of the share at or below by which indices of deprivation add up ranks.
 */
extern scale scale_rank(const double *sorted, int count, int first, scale_ties ties);
extern scale scale_percentile(const double *sorted, int count, scale_ties ties);
extern scale scale_cume_dist(const double *sorted, int count);
extern scale scale_hazen(const double *sorted, int count);
extern scale scale_positive(const double *sorted, int count);
extern scale scale_exponential(const double *sorted, int count, double constant, scale_ties ties);

/* Whether it looks among sorted values. */
static inline bool
scale_has_places(const scale *s)
{
	return s->kind >= SCALE_PLACE && s->kind <= SCALE_EXPONENTIAL;
}

/* Whether an outcome needs x > 0. */
static inline bool
scale_needs_positive(const scale *s)
{
	return s->kind == SCALE_LOG || s->kind == SCALE_INVERSE;
}

/* Where x, finite, stands; of a scale from SCALE_LINEAR on. */
extern double scale_at(const scale *s, double x);

/* lower + share * (upper - lower), without crossing an end that it should not. */
static inline double
share_between(double share, double lower, double upper)
{
	double		result = lower + share * (upper - lower);

	return (share >= 1) == (result >= upper) ? result : upper;
}

#endif							/* PARINDEX_NORMALISE_H */
