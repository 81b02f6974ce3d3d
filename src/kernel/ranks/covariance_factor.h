/*
 * covariance_factor.h
 *	  Errors that a covariance matrix correlates, from independent ones.
 *
 * Cholesky's factor of the correlations, the largest pivot first (Higham,
 * Analysis of the Cholesky decomposition of a semi-definite matrix, 1990), so
 * that a matrix without full rank has one too.
 */
#ifndef PARINDEX_COVARIANCE_FACTOR_H
#define PARINDEX_COVARIANCE_FACTOR_H

#include <stdbool.h>

typedef struct covariance_factor
{
	int			n;
	int			rank;			/* columns */
	double	   *column;			/* caller's n * n: column[m * n + i], scaled by the errors */
	double	   *rest;			/* scratch: n */
} covariance_factor;

typedef enum factor_status
{
	FACTOR_MADE,
	FACTOR_NOT_SEMIDEFINITE,	/* by more than rounding to 8 digits can do */
	FACTOR_STOPPED
} factor_status;

/* covariance is n * n, symmetric and finite; stop is asked now and then. */
extern factor_status covariance_factor_make(covariance_factor *factor, const double *covariance,
											bool (*stop) (void *), void *stop_arg);

#endif							/* PARINDEX_COVARIANCE_FACTOR_H */
