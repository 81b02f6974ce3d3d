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
	IMPUTE_LATEST,				/* of at most value periods ago, 0: of any */
	IMPUTE_LINEAR,
	IMPUTE_LINEAR_CARRIED,		/* the nearest value before the first and after the last */
	IMPUTE_NEAREST,				/* mean of the value nearest units */
	IMPUTE_REGRESSION,
	IMPUTE_EXPECTATION
} impute_method;

extern const choice impute_methods[];

typedef struct impute_options
{
	impute_method method;
	double		value;			/* of IMPUTE_CONSTANT, _LATEST and _NEAREST */
	int			predictors;		/* criteria to impute from; 0: all */
	char	  **predictor;
} impute_options;

/* Whether cells are filled from the same unit's other periods. */
static inline bool
impute_over_periods(impute_method method)
{
	return method == IMPUTE_LATEST || method == IMPUTE_LINEAR || method == IMPUTE_LINEAR_CARRIED;
}

/* Whether cells are filled from the same unit's other criteria. */
static inline bool
impute_across(impute_method method)
{
	return method >= IMPUTE_NEAREST;
}

static inline bool
impute_by_group(impute_method method)
{
	return method == IMPUTE_GROUP_MEAN || method == IMPUTE_GROUP_MEDIAN;
}

/* Fills in a value that is not given. Errors 22023. */
extern void check_impute_options(impute_options *options, bool has_value);

/* From n values, NaN where not observed; scratch holds 2 * n doubles. */
extern void learn_imputation(const impute_options *options, const double *x, int n,
							 double *scratch, cell_step *learned);

/* wanted: by column, NULL for all. Error 22023 without periods. */
extern void impute_from_periods(const impute_options *options, const matrix_view *view,
								const bool *wanted);

#endif							/* PARINDEX_STEPS_IMPUTE_H */
