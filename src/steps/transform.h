/*
 * transform.h
 *	  What a transform learns of a column.
 */
#ifndef PARINDEX_STEPS_TRANSFORM_H
#define PARINDEX_STEPS_TRANSFORM_H

#include "framework/framework_argument.h"
#include "framework/leaf_transform.h"
#include "steps/cell_step.h"

/*
 * What is done to a criterion: as asked, or as the framework declares for it
 * (false: it declares nothing). A criterion that is not in it is an error 22023.
 */
extern bool criterion_transform(const transform_options *asked, const framework_cache *cache,
								const char *code, int code_length, transform_options *options);

/* From n values, NaN where not observed; scratch holds n doubles. */
extern void learn_transform(const transform_options *options, const double *x, int n,
							double *scratch, const char *code, int code_length,
							cell_step *learned);

#endif							/* PARINDEX_STEPS_TRANSFORM_H */
