/*
 * treat.h
 *	  Treatment of the outliers of one criterion: winsorise, then logarithm,
 *	  until the column passes the test of skewness and kurtosis.
 *
 * A column is n doubles, finite where observed and NaN where not. All that is
 * done to a value depends on the values alone, never on their order.
 */
#ifndef PARINDEX_TREAT_H
#define PARINDEX_TREAT_H

#include "kernel/field/column_stats.h"

typedef struct treat_limits
{
	int			winsorise_max;	/* values that may be winsorised, >= 0 */
	double		skewness;		/* a column passes below either, or where they */
	double		kurtosis;		/* are undefined: n < 4, or all values equal */
} treat_limits;

typedef enum treat_status
{
	TREAT_PASSED,				/* untouched */
	TREAT_WINSORISED,			/* passes since then */
	TREAT_LOGGED,				/* passes since the logarithm */
	TREAT_STILL_FAILS			/* even so */
} treat_status;

typedef struct treatment
{
	/* Given to treat_start(). */
	const double *x;
	int			n;
	treat_limits limits;
	double	   *treated;		/* n doubles; x itself after TREAT_PASSED */

	/* The outcome, once treat_step() says that it is reached. */
	treat_status status;
	column_moments before;		/* without sd, like ... */
	column_moments after;		/* ... these */
	int			low;			/* values winsorised at either end, also where ... */
	int			high;			/* ... the logarithm replaced them in the end */
	double		lower;			/* winsorised values were set to these; min and */
	double		upper;			/* max of the column where there are none */
	bool		logged;
} treatment;

extern void treat_start(treatment *t, const double *x, int n,
						const treat_limits *limits, double *treated);

/* After treat_start(): the logarithm whatever the shape, but of equal values. */
extern void treat_by_log(treatment *t);

/* Passes a few times over the column; false once the outcome is reached. */
extern bool treat_step(treatment *t);

/* What a treatment does to a value, of its own column or not. */
typedef struct outlier_cut
{
	double		lower;			/* values are held within these, NaN: an end that was ... */
	double		upper;			/* ... not treated; ... */
	bool		logged;			/* ... or become ln(x - end + offset), or mirrored */
	bool		mirrored;		/* -ln(end - x + offset) */
	double		end;			/* least value of the column, mirrored the greatest */
	double		offset;
} outlier_cut;

/* Once the outcome is reached. */
extern outlier_cut treatment_cut(const treatment *t);

/* NaN for a value so far beyond the column's end that it has no logarithm. */
extern double outlier_cut_at(const outlier_cut *cut, double x);

#endif							/* PARINDEX_TREAT_H */
