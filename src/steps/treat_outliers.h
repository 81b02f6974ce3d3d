/*
 * treat_outliers.h
 *	  Treatment of outliers as it is asked for.
 */
#ifndef PARINDEX_STEPS_TREAT_OUTLIERS_H
#define PARINDEX_STEPS_TREAT_OUTLIERS_H

#include "steps/cell_step.h"

typedef enum treat_form
{
	TREAT_BY_SHAPE,				/* winsorise, then logarithm, by skewness and kurtosis */
	TREAT_BY_LOG,				/* the logarithm, whatever the shape */
	TREAT_PERCENTILES,			/* held within two percentiles */
	TREAT_FENCES				/* held within so many interquartile ranges beyond quartiles */
} treat_form;

typedef struct treat_options
{
	treat_form	form;
	treat_limits limits;		/* of TREAT_BY_SHAPE */
	double		low;			/* percentiles, 0 .. 100 */
	double		high;
	double		fences;			/* >= 0 */
} treat_options;

/* Errors 22023 naming what is out of bounds. */
extern void check_treat_options(const treat_options *options);

/* From n values, NaN where not observed; scratch holds 2 * n doubles. */
extern void learn_treatment(const treat_options *options, const double *x, int n,
							double *scratch, cell_step *learned);

#endif							/* PARINDEX_STEPS_TREAT_OUTLIERS_H */
