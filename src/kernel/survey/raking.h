/*
 * raking.h
 *	  Raking: factors that bring the margins of a table of weights to targets
 *	  (iterative proportional fitting; Deming and Stephan, Annals of
 *	  Mathematical Statistics 11, 1940), and the additive counterpart, the
 *	  residuals of a value from effects of the same margins.
 *
 * Respondents who share all their categories share a cell, and one factor.
 * The cell's calibrated weight is its weight times the factors of its
 * categories, one of each margin. Sums over cells are exact, so that no result
 * depends on the order or numbering of cells and categories.
 *
 * Whoever passes over all cells asks stop(stop_arg) now and then, and gives up
 * where it says so.
 */
#ifndef PARINDEX_RAKING_H
#define PARINDEX_RAKING_H

#include "kernel/exact/exact_total.h"

typedef struct margin_table
{
	int			margins;
	int			categories;		/* of all margins together */
	uint32_t	cells;
	const int32_t *category;	/* by cell, then margin: 0 .. categories - 1, no two margins sharing one */
} margin_table;

static inline const int32_t *
cell_categories(const margin_table *table, uint32_t cell)
{
	return table->category + (size_t) cell * table->margins;
}

/* The product of the factors of a cell's categories. */
extern double raking_factor(const margin_table *table, const double *factor, uint32_t cell);

/*
 * Adds to total[category], for the categories of one margin, the weights of
 * the cells times the factors of their other margins. False where stopped.
 */
extern bool raking_add(const margin_table *table, const double *weight,
					   const double *factor, int margin,
					   bool (*stop) (void *), void *stop_arg, exact_total *total);

typedef enum raking_result
{
	RAKING_DONE,
	RAKING_STOPPED,
	RAKING_NO_RESPONDENTS,		/* in a category with a target above 0 */
	RAKING_NO_TARGET,			/* but 0, for a category with respondents */
	RAKING_NOT_CONVERGED,		/* in so many iterations; the category is the farthest off */
	RAKING_OVERFLOW				/* of a factor */
} raking_result;

typedef struct raking
{
	margin_table table;
	const int  *first;			/* by margin: its first category; and the end */
	const double *weight;		/* by cell */
	const double *target;		/* by category */
	double		epsilon;		/* how far off a total may be, as a share of its target */
	int			max_iterations;
	bool		(*stop) (void *);
	void	   *stop_arg;
	exact_total *total;			/* scratch, by category */

	double	   *factor;			/* result, by category ... */
	double	   *sum;			/* ... what it sums to without its own factor */
	int			iterations;		/* rounds in which factors changed */
	int			margin;			/* where it failed */
	int			category;
} raking;

/*
 * Margins take turns. One whose totals all lie within epsilon of their targets
 * is left as it is; once that holds for every margin in a row, all of them
 * hold together, and raking has converged.
 */
extern raking_result rake_margins(raking *r);

/*
 * The same for effects that are added rather than multiplied: adds
 * sum - weight * (effects of the other margins), where sum is by cell that of
 * weight times value. False where stopped.
 */
extern bool margin_effects_add(const margin_table *table, const double *weight,
							   const double *sum, const double *effect, int margin,
							   bool (*stop) (void *), void *stop_arg, exact_total *total);

/* The sum of the effects of a cell's categories. */
extern double margin_effects_sum(const margin_table *table, const double *effect, uint32_t cell);

#endif							/* PARINDEX_RAKING_H */
