/*
 * treat_outliers.h
 *	  Treatment of outliers as it is asked for.
 */
#ifndef PARINDEX_STEPS_TREAT_OUTLIERS_H
#define PARINDEX_STEPS_TREAT_OUTLIERS_H

#include "steps/cell_step.h"

typedef struct treat_options
{
	treat_limits limits;
} treat_options;

/* Errors 22023 naming what is out of bounds. */
extern void check_treat_options(const treat_options *options);

/* From n values, NaN where not observed; treated holds n doubles. */
extern void learn_treatment(const treat_options *options, const double *x, int n,
							double *treated, cell_step *learned);

#endif							/* PARINDEX_STEPS_TREAT_OUTLIERS_H */
