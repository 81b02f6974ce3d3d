/*
 * calibration.h
 *	  Calibration of weights to totals of auxiliary variables (Deville and
 *	  Särndal, Calibration estimators in survey sampling, JASA 87, 1992), and
 *	  the regression behind its standard errors.
 *
 * Respondents who share the vector x of p variables share a cell. The factor g
 * of a cell is a function F of u = x . lambda:
 *
 *	  linear	1 + u, cut at the bounds
 *	  raking	e^u, cut at the bounds
 *	  logit		from one bound to the other without reaching them
 *
 * and lambda is found by Newton's method such that the sums of weight * g * x
 * meet the totals. Sums are exact: the order of cells does not change a bit.
 */
#ifndef PARINDEX_CALIBRATION_H
#define PARINDEX_CALIBRATION_H

#include "kernel/exact/exact_total.h"

typedef enum calibration_distance
{
	CALIBRATION_LINEAR,
	CALIBRATION_RAKING,
	CALIBRATION_LOGIT
} calibration_distance;

typedef struct calibration_function
{
	calibration_distance distance;
	double		lower;			/* of g, below 1; -infinity for none */
	double		upper;			/* above 1; infinity for none. Both finite for logit */
} calibration_function;

/* g at u, and its derivative. */
extern double calibration_factor(const calibration_function *f, double u, double *derivative);

/* p variables have so many products, each with each and itself. */
static inline int
gram_size(int p)
{
	return p * (p + 1) / 2;
}

/* Place of row i, column j <= i in a packed lower triangle. */
static inline int
gram_place(int i, int j)
{
	return i * (i + 1) / 2 + j;
}

extern double inner_product(const double *a, const double *b, int p);

/* Adds weight * x[i] to total[i]. */
extern void calibration_add_total(const double *x, int p, double weight, exact_total *total);

/* Adds weight * x[i] * x[j] to gram[gram_place(i, j)]. */
extern void calibration_add_gram(const double *x, int p, double weight, exact_total *gram);

/*
 * Solves gram * solution = right, where gram, a packed lower triangle of order
 * p, is positive semidefinite, and is overwritten. A variable that is a linear
 * combination of others gets 0. Returns the rank. scratch: 2 p doubles, pivot: p.
 */
extern int	gram_solve(double *gram, const double *right, int p, double *solution,
					   double *scratch, int *pivot);

typedef enum calibration_result
{
	CALIBRATION_DONE,
	CALIBRATION_STOPPED,
	CALIBRATION_NO_VARIABLE,	/* one is 0 in all cells, its total not */
	CALIBRATION_OVERFLOW,		/* of what a total is compared with */
	CALIBRATION_INFINITE,		/* weights, or their sums */
	CALIBRATION_NOT_REACHED		/* within epsilon, in so many iterations */
} calibration_result;

typedef struct calibration
{
	calibration_function function;
	int			p;
	uint32_t	cells;
	const double *x;			/* by cell, then variable */
	const double *weight;		/* by cell */
	const double *target;		/* by variable */
	double		epsilon;		/* how far off a total may be, as a share */
	int			max_iterations;
	bool		(*stop) (void *);	/* asked now and then */
	void	   *stop_arg;
	double	   *work;			/* scratch: calibration_work() ... */
	int		   *pivot;			/* ... p ... */
	exact_total *total;			/* ... gram_size() + p */

	double	   *lambda;			/* result, by variable ... */
	double	   *sum;			/* ... what it sums to, as calibrated */
	int			iterations;
	int			worst;			/* the variable that is off most, or 0 in all cells */
} calibration;

static inline int
calibration_work(int p)
{
	return gram_size(p) + 6 * p;
}

/*
 * Finds lambda by Newton's method: p numbers, whatever the number of
 * respondents. A step that makes the largest deviation from the totals worse is
 * halved: bounds put kinks into the equations.
 */
extern calibration_result calibrate_cells(calibration *c);

#endif							/* PARINDEX_CALIBRATION_H */
