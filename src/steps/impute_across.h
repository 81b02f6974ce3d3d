/*
 * impute_across.h
 *	  Imputation that looks at the other criteria of a unit: by the nearest units,
 *	  by regression, by expectation under a normal distribution.
 */
#ifndef PARINDEX_IMPUTE_ACROSS_H
#define PARINDEX_IMPUTE_ACROSS_H

#include "steps/division.h"
#include "steps/impute.h"

/*
 * Fills the criteria that are wanted (by column, NULL for all), in each part by
 * itself. What is filled does not depend on what else is filled in the step.
 */
extern void impute_across_criteria(const impute_options *options, const division_rule *parts,
								   const matrix_view *view, const bool *wanted);

#endif							/* PARINDEX_IMPUTE_ACROSS_H */
