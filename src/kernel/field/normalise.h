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
	SCALE_PLACE					/* (values below x, at most `most`, + from) / length */
} scale_kind;

typedef struct scale
{
	scale_kind	kind;
	double		from;
	double		length;			/* > 0, but for marks either sign; may overflow */
	uint64_t	log_from[2];	/* of SCALE_LOG, low word first; length is in its units */
	const double *sorted;		/* of SCALE_PLACE */
	int			count;
	int			most;			/* values that count as below */
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

/*
 * Of `count` ascending values, which must outlive the scale: the number of
 * those below x plus `first`; and as a share of the others, for an x that
 * need not be one of them, at most 1.
 */
extern scale scale_rank(const double *sorted, int count, int first);
extern scale scale_percentile(const double *sorted, int count);

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
