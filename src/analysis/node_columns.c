/*
 * node_columns.c
 *	  A column of scores a node: node_columns.h.
 */
#include "postgres.h"
#include "analysis/node_columns.h"

#include "field/field_scores.h"

double *
node_columns(const matrix_view *matrix, const framework *fw)
{
	Size		rows = matrix->rows;
	double	   *score;
	matrix_scores scores;

	matrix_check_columns(matrix, fw);
	score = matrix_column_memory(matrix, fw->nodes);
	matrix_scores_open(&scores, matrix, fw);
	for (int row = 0; row < matrix->rows; row++)
	{
		const tree_result *node = matrix_scores_row(&scores, row);

		for (int i = 0; i < fw->nodes; i++)
			score[i * rows + row] = node[i].score;
	}
	matrix_scores_close(&scores);
	return score;
}
