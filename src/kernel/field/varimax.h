/*
 * varimax.h
 *	  Rotation of loadings so that each criterion loads on few components:
 *	  the varimax criterion, with normalised criteria.
 *
 * Kaiser, The varimax criterion for analytic rotation in factor analysis,
 * Psychometrika 23 (1958): two components at a time are turned by the angle
 * that makes the variance of their squared loadings largest, each criterion
 * brought to length 1 before and back after. Only + - * / and square roots.
 *
 * A step takes time in components * criteria.
 */
#ifndef PARINDEX_VARIMAX_H
#define PARINDEX_VARIMAX_H

#include <stdbool.h>

typedef struct varimax
{
	int			components;
	int			criteria;
	double	   *loading;		/* caller's: loading[component * criteria + criterion] */
	double	   *length;			/* caller's, one a criterion */
	int			component;		/* the next step's */
	int			rounds;
	bool		turned;			/* since the first component */
} varimax;

extern void varimax_start(varimax *rotation, double *loading, int components, int criteria,
						  double *length);

/* Turns one component against those after it; false when none needs it. */
extern bool varimax_step(varimax *rotation);

/*
 * After the last step: the components in descending order of the variance
 * they explain, the sum of their squared loadings, with signs by orient_row().
 */
extern void varimax_finish(varimax *rotation, double *variance);

#endif							/* PARINDEX_VARIMAX_H */
