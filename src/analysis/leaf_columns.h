/*
 * leaf_columns.h
 *	  The columns of a score matrix as leaves of a framework: which way each
 *	  points, and how much it weighs in the whole.
 */
#ifndef PARINDEX_LEAF_COLUMNS_H
#define PARINDEX_LEAF_COLUMNS_H

#include "framework/framework.h"
#include "matrix/score_matrix.h"

/*
 * By column, 1 or -1: whether more or less is better in the whole; palloc'd. Error 22023
 * where a column is no leaf of the framework.
 */
extern int *column_directions(const matrix_view *matrix, const framework *fw);

typedef struct leaf_column
{
	int			column;
	int			direction;		/* 1 or -1 */
	double		weight;			/* in the whole, above 0 */
} leaf_column;

/*
 * The leaves with a weight, in the framework's order; palloc'd. Error 22023
 * also where the matrix has no column of one.
 */
extern leaf_column *leaf_columns(const matrix_view *matrix, const framework *fw, int *count);

#endif							/* PARINDEX_LEAF_COLUMNS_H */
