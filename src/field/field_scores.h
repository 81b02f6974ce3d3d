/*
 * field_scores.h
 *	  Scores of a whole field: a framework evaluated over a score matrix.
 *
 * A row is evaluated at a time, and nothing is kept of it; only the scores of
 * nodes that are rescaled over all rows are known beforehand, computed a
 * level of the tree at a time from the deepest. So the memory taken is small
 * beside the matrix. Leaves without a column are missing.
 */
#ifndef PARINDEX_FIELD_SCORES_H
#define PARINDEX_FIELD_SCORES_H

#include "framework/framework.h"
#include "matrix/score_matrix.h"
#include "nodes/execnodes.h"

typedef struct matrix_scores
{
	const matrix_view *matrix;
	const framework *fw;
	int		   *column;			/* by node: column of a leaf, or -1 */
	double	  **rescaled;		/* by node: scores by row, or NULL */
	tree_result *result;		/* by node: of the row evaluated last */
} matrix_scores;

/* Error 22023 where a column of the matrix is no leaf of the framework. */
extern void matrix_check_columns(const matrix_view *matrix, const framework *fw);

/* Evaluates what has to be known of all rows before the first. */
extern void matrix_scores_open(matrix_scores *scores, const matrix_view *matrix,
							   const framework *fw);
extern void matrix_scores_close(matrix_scores *scores);

/*
 * Every node's result for a row, or those of the leaves alone; valid until
 * the next call.
 */
extern const tree_result *matrix_scores_row(matrix_scores *scores, int row);
extern const tree_result *matrix_scores_leaves(matrix_scores *scores, int row);

/* Scores of the root by row, NaN where there is none; palloc'd. */
extern double *matrix_index(const matrix_view *matrix, const framework *fw);

/* Memory for `columns` stretches of a value a row; error 54000 beyond 1 GB. */
extern double *matrix_column_memory(const matrix_view *matrix, int columns);

/* Every node of every row, as index_scores() gives them; columns are checked. */
extern void put_index_scores(ReturnSetInfo *result, const matrix_view *matrix,
							 const framework *fw);

#endif							/* PARINDEX_FIELD_SCORES_H */
