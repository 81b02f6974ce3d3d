/*
 * leaf_columns.c
 *	  Columns of a score matrix as leaves of a framework: leaf_columns.h.
 */
#include "postgres.h"
#include "analysis/leaf_columns.h"

#include "field/field_scores.h"

static int
column_of_leaf(const matrix_view *matrix, const framework *fw, int node)
{
	int			length;
	const char *code = framework_code(fw, node, &length);

	return matrix_find_column(matrix, code, length);
}

/* -1 where less is better in the whole: of the node or of one above it, but not of two. */
static int
whole_direction(const framework *fw, int node)
{
	int			direction = 1;

	for (; node >= 0; node = fw->node[node].parent)
		if (fw->node[node].direction < 0)
			direction = -direction;
	return direction;
}

int *
column_directions(const matrix_view *matrix, const framework *fw)
{
	int		   *direction = palloc_extended(sizeof(int) * Max(matrix->columns, 1), MCXT_ALLOC_HUGE);

	matrix_check_columns(matrix, fw);
	for (int i = 0; i < fw->nodes; i++)
	{
		int			column = fw->node[i].leaf < 0 ? -1 : column_of_leaf(matrix, fw, i);

		if (column >= 0)
			direction[column] = whole_direction(fw, i);
	}
	return direction;
}

leaf_column *
leaf_columns(const matrix_view *matrix, const framework *fw, int *count)
{
	leaf_column *leaf = palloc(sizeof(leaf_column) * fw->leaves);
	const double *weight = framework_effective_weights(fw);

	matrix_check_columns(matrix, fw);
	*count = 0;
	for (int i = 0; i < fw->nodes; i++)
	{
		int			column;

		if (fw->node[i].children > 0 || !(weight[i] > 0))
			continue;
		column = column_of_leaf(matrix, fw, i);
		if (column < 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("the score matrix has no criterion \"%s\"", framework_code_cstring(fw, i)),
					 errhint("Give it weight 0 in the framework, or leave it out.")));
		leaf[(*count)++] = (leaf_column) {
			column, whole_direction(fw, i), weight[i]
		};
	}
	return leaf;
}
