/*
 * matrix_groups.h
 *	  The rows of a score matrix by group, by period, or by both.
 */
#ifndef PARINDEX_MATRIX_GROUPS_H
#define PARINDEX_MATRIX_GROUPS_H

#include "matrix/score_matrix.h"

/*
 * Number the groups 0 .. count - 1 in bytewise order of their names; the
 * array (one entry a row, -1 for a row without group) is palloc'd. Error
 * where the matrix has no groups.
 */
extern int *matrix_group_numbers(const matrix_view *view, int *count);

/* A part is what is looked at together. */
typedef struct matrix_parts
{
	int			count;
	int		   *part;			/* by row: 0 .. count - 1, or -1 */
} matrix_parts;

/*
 * Rows that share group and period, as far as these are to count: one part for
 * all where neither is. Parts stand in bytewise order of groups, then by period.
 * Where groups count, rows without one are in no part, or with ungrouped in
 * parts of their own, the last ones.
 */
extern matrix_parts matrix_parts_by(const matrix_view *view, bool by_group, bool by_period,
									bool ungrouped);

/* All rows of a period. */
static inline matrix_parts
matrix_periods(const matrix_view *view)
{
	return matrix_parts_by(view, false, true, false);
}

/* The rows of each part, ascending. */
typedef struct part_rows
{
	int			count;			/* of parts */
	int		   *start;			/* count + 1: where each begins in row */
	int		   *row;
} part_rows;

extern part_rows rows_of_parts(const matrix_parts *parts, int rows);

#endif							/* PARINDEX_MATRIX_GROUPS_H */
