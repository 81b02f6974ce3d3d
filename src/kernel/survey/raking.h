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
 * A pass over the cells is cut into ranges by the caller, who can so be
 * interrupted between them.
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
 * the cells from .. to - 1 times the factors of their other margins.
 */
extern void raking_add(const margin_table *table, const double *weight,
					   const double *factor, int margin,
					   uint32_t from, uint32_t to, exact_total *total);

/*
 * The same for effects that are added rather than multiplied: adds
 * sum - weight * (effects of the other margins), where sum is by cell that of
 * weight times value.
 */
extern void margin_effects_add(const margin_table *table, const double *weight,
							   const double *sum, const double *effect, int margin,
							   uint32_t from, uint32_t to, exact_total *total);

/* The sum of the effects of a cell's categories. */
extern double margin_effects_sum(const margin_table *table, const double *effect, uint32_t cell);

#endif							/* PARINDEX_RAKING_H */
