/*
 * impute.h
 *	  Imputation as it is asked for.
 */
#ifndef PARINDEX_STEPS_IMPUTE_H
#define PARINDEX_STEPS_IMPUTE_H

#include "base/arguments/choice.h"
#include "matrix/score_matrix.h"
#include "steps/cell_step.h"

typedef enum impute_method
{
	IMPUTE_MEAN,
	IMPUTE_MEDIAN,
	IMPUTE_GROUP_MEAN,
	IMPUTE_GROUP_MEDIAN,
	IMPUTE_CONSTANT,
	IMPUTE_LATEST,
	IMPUTE_LINEAR
} impute_method;

extern const choice impute_methods[];

typedef struct impute_options
{
	impute_method method;
	double		value;			/* of IMPUTE_CONSTANT */
} impute_options;

/* Whether cells are filled from the same unit's other periods. */
static inline bool
impute_over_periods(impute_method method)
{
	return method == IMPUTE_LATEST || method == IMPUTE_LINEAR;
}

static inline bool
impute_by_group(impute_method method)
{
	return method == IMPUTE_GROUP_MEAN || method == IMPUTE_GROUP_MEDIAN;
}

/* value NaN: none is given. Errors 22023. */
extern void check_impute_options(impute_options *options, bool has_value);

/* From n values, NaN where not observed; scratch holds 2 * n doubles. */
extern void learn_imputation(const impute_options *options, const double *x, int n,
							 double *scratch, cell_step *learned);

/* wanted: by column, NULL for all. Error 22023 without periods. */
extern void impute_from_periods(const impute_options *options, const matrix_view *view,
								const bool *wanted);

#endif							/* PARINDEX_STEPS_IMPUTE_H */
