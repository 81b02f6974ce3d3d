/*
 * node_columns.h
 *	  The scores of a whole field, kept: a column a node.
 */
#ifndef PARINDEX_NODE_COLUMNS_H
#define PARINDEX_NODE_COLUMNS_H

#include "framework/framework.h"
#include "matrix/score_matrix.h"

/*
 * Scores of every node, node * rows + row, NaN where there is none; palloc'd.
 * Errors: 22023 where a column is no leaf of the framework; 54000 beyond 1 GB;
 * else as those of the evaluation.
 */
extern double *node_columns(const matrix_view *matrix, const framework *fw);

#endif							/* PARINDEX_NODE_COLUMNS_H */
