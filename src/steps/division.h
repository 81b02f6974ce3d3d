/*
 * division.h
 *	  The parts of a matrix that a step learns from apart, and which part a
 *	  row belongs to.
 *
 * A part is told by its group and its period, as far as these count, so that
 * what was learned from one matrix finds the rows of another.
 */
#ifndef PARINDEX_DIVISION_H
#define PARINDEX_DIVISION_H

#include "matrix/matrix_groups.h"

typedef struct part_label
{
	matrix_label group;			/* length -1: none */
	int32		period;			/* 0 where periods do not count */
} part_label;

typedef struct division
{
	bool		by_group;
	bool		by_period;
	int			count;
	part_label *label;			/* groups bytewise, those without one last; then periods */
	part_rows	rows;			/* of the matrix it was made from */
} division;

/* Order of parts: -1, 0 or 1. */
extern int	compare_part_labels(const part_label *a, const part_label *b);

/* What tells parts apart. */
typedef struct division_rule
{
	bool		by_group;
	bool		by_period;		/* where the matrix has periods */
	bool		ungrouped;		/* rows without a group are a part, too */
	bool		has_base;		/* only rows of base_period are looked at */
	int32		base_period;
} division_rule;

/* Labels point into the matrix. */
extern division divide_matrix(const division_rule *rule, const matrix_view *view);

/* The part of a group (length -1: none) and period, or -1. */
extern int	division_find(const division *d, matrix_label group, int32 period);

/* By row of another matrix, or the same, its part or -1; palloc'd. */
extern int *division_of_rows(const division *d, const matrix_view *view);

#endif							/* PARINDEX_DIVISION_H */
