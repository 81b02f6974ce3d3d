/*
 * error_points.h
 *	  Few points in place of many standard errors.
 *
 * Sums over units of a smooth function of their standard errors are taken once
 * for each pair of a unit and a node of a quadrature. Where more than
 * PANEL_POINTS different errors lie close to each other, the sum over them is
 * one over PANEL_POINTS Chebyshev points instead, each with the sum of the
 * units' Lagrange polynomials in 1 / error; else each error is a point. So
 * there are no more points than units, and some dozens however many units.
 * Errors of 0 have no point.
 */
#ifndef PARINDEX_ERROR_POINTS_H
#define PARINDEX_ERROR_POINTS_H

#include <stdbool.h>

#define PANEL_POINTS 8

typedef struct error_points
{
	int			count;
	double	   *error;			/* caller's n: ascending panels */
	bool	   *begins;			/* caller's n: a panel */
	int		   *first;			/* caller's n, by unit: its points begin here; -1: none */
	int		   *span;			/* caller's n, by unit: 1, or PANEL_POINTS with shares */
	double	   *share;			/* caller's n * PANEL_POINTS, by unit */
} error_points;

/* `sorted` and `scratch` hold n doubles each; errors are finite and not negative. */
extern void error_points_make(error_points *points, const double *error, int n,
							  double *sorted, double *scratch);

/* Adds a unit's shares, times a factor, to the weights of the points. */
static inline void
error_points_add(const error_points *points, int unit, double factor, double *weight)
{
	int			first = points->first[unit];
	const double *share = points->share + (long) unit * PANEL_POINTS;

	if (first < 0)
		return;
	if (points->span[unit] == 1)
		weight[first] += factor;
	else
		for (int i = 0; i < PANEL_POINTS; i++)
			weight[first + i] += factor * share[i];
}

#endif							/* PARINDEX_ERROR_POINTS_H */
