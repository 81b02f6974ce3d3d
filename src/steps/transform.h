/*
 * transform.h
 *	  Transforms as they are asked for.
 */
#ifndef PARINDEX_STEPS_TRANSFORM_H
#define PARINDEX_STEPS_TRANSFORM_H

#include "base/arguments/choice.h"
#include "steps/cell_step.h"

typedef struct transform_options
{
	transform	transform;
	bool		learn;			/* the parameter of boxcox from the data */
} transform_options;

extern const choice transform_kinds[];

/* Fills in what was not given (NaN); error 22023 for what is missing, too much or impossible. */
extern void check_transform_options(transform_options *options);

/* From n values, NaN where not observed; scratch holds n doubles. */
extern void learn_transform(const transform_options *options, const double *x, int n,
							double *scratch, const char *code, int code_length,
							cell_step *learned);

#endif							/* PARINDEX_STEPS_TRANSFORM_H */
