/*
 * column_correlations.h
 *	  Correlations of columns two at a time, by kernel/field/correlation.h, each over
 *	  the rows that have both.
 */
#ifndef PARINDEX_COLUMN_CORRELATIONS_H
#define PARINDEX_COLUMN_CORRELATIONS_H

#include "kernel/field/correlation.h"

typedef enum correlation_method
{
	PEARSON,
	SPEARMAN,
	KENDALL
} correlation_method;

typedef struct prepared_column
{
	const double *value;		/* rows; NaN where not observed */
	int			count;			/* observed rows */
	int		   *order;			/* these, in ascending order of value; NULL for Pearson */
	integer_column alone;		/* all observed rows */
} prepared_column;

typedef struct column_correlations
{
	correlation_method method;
	int			rows;
	prepared_column *column;
	integer_column pair[2];		/* in their common rows */
	int64	   *scratch;		/* two a row */
} column_correlations;

/* Columns of `rows` values one after the other, which must live on. */
extern void prepare_correlations(column_correlations *prepared, const double *value,
								 int rows, int columns, correlation_method method);

/* NaN where either is constant in the rows that have both, of which there are n. */
extern double column_correlation(column_correlations *prepared, int a, int b, int *n);

/* The same with its two-sided p-value, by kernel/field/correlation_p_value.h. */
extern double test_column_correlation(column_correlations *prepared, int a, int b, int *n,
									  double *p_value);

#endif							/* PARINDEX_COLUMN_CORRELATIONS_H */
