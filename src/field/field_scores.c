/*
 * field_scores.c
 *	  Evaluation of a framework over a score matrix: field_scores.h.
 *
 * A node's score is combined from its children, rescaled where it says so,
 * then rounded where it says so.
 */
#include "postgres.h"
#include "field/field_scores.h"

#include <math.h>

#include "framework/evaluate.h"
#include "kernel/field/normalise.h"
#include "miscadmin.h"
#include "utils/memutils.h"

double *
matrix_column_memory(const matrix_view *matrix, int columns)
{
	Size		cells = (Size) matrix->rows * columns;

	if (cells > MaxAllocSize / sizeof(double))
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("scores of %d criteria for %d rows exceed 1 GB", columns, matrix->rows),
				 errhint("Evaluate part of the units or criteria, or read index_scores() through window functions.")));
	return palloc(Max(cells, 1) * sizeof(double));
}

/* ---------- leaves and columns ---------- */

/* By node: the column of a leaf; -1 where there is none. */
static int *
find_columns(const matrix_view *matrix, const framework *fw)
{
	int		   *column = palloc(sizeof(int) * fw->nodes);

	for (int i = 0; i < fw->nodes; i++)
	{
		int			length;
		const char *code = framework_code(fw, i, &length);

		column[i] = fw->node[i].leaf < 0 ? -1 : matrix_find_column(matrix, code, length);
	}
	return column;
}

pg_noreturn static void
refuse_column(const framework *fw, const char *code)
{
	for (int i = 0; i < fw->nodes; i++)
		if (strcmp(framework_code_cstring(fw, i), code) == 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("criterion \"%s\" of the score matrix has criteria below it", code),
					 errdetail("Its score is made from theirs."),
					 errhint("Give values of leaves only, or let it take them by own_value first.")));
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("criterion \"%s\" of the score matrix is not in the framework", code),
			 errhint("framework_nodes() lists what is. Leave the criterion out when building the matrix, or give it weight 0 in the framework.")));
}

void
matrix_check_columns(const matrix_view *matrix, const framework *fw)
{
	int		   *column = find_columns(matrix, fw);
	bool	   *used = palloc0(sizeof(bool) * Max(matrix->columns, 1));

	for (int i = 0; i < fw->nodes; i++)
		if (column[i] >= 0)
			used[column[i]] = true;
	for (int i = 0; i < matrix->columns; i++)
		if (!used[i])
			refuse_column(fw, matrix_code_cstring(matrix, i));
	pfree(column);
	pfree(used);
}

/* ---------- one row ---------- */

static void
read_row_leaves(const matrix_scores *scores, int row)
{
	const matrix_view *matrix = scores->matrix;

	for (int i = 0; i < scores->fw->nodes; i++)
	{
		Size		cell = (Size) scores->column[i] * matrix->rows + row;

		if (scores->fw->node[i].leaf < 0)
			continue;
		if (scores->column[i] < 0)
			framework_leaf(scores->fw, i, 0, CELL_MISSING, &scores->result[i]);
		else
			framework_leaf(scores->fw, i, matrix->value[cell], (cell_status) matrix->status[cell],
						   &scores->result[i]);
	}
}

/* All nodes from the last one to `first`. */
static void
evaluate_row(const matrix_scores *scores, int row, int first)
{
	evaluation_failure failure;

	CHECK_FOR_INTERRUPTS();
	read_row_leaves(scores, row);
	if (!framework_evaluate(scores->fw, scores->result, first, scores->rescaled, row, &failure))
		framework_report(scores->fw, failure.error, failure.node, failure.child,
						 matrix_unit_cstring(scores->matrix, row));
}

const tree_result *
matrix_scores_row(matrix_scores *scores, int row)
{
	evaluate_row(scores, row, 0);
	return scores->result;
}

const tree_result *
matrix_scores_leaves(matrix_scores *scores, int row)
{
	CHECK_FOR_INTERRUPTS();
	read_row_leaves(scores, row);
	return scores->result;
}

/* ---------- rescaling over all rows ---------- */

/*
 * A node's scores brought to a common scale in place. Where all are equal no
 * scale tells them apart: the node then has no score.
 */
static void
rescale(const framework *fw, int node, double *score, int rows)
{
	tree_rescale kind = fw->node[node].rescale;
	double		low = fw->node[node].rescale_low;
	double		high = fw->node[node].rescale_high;
	bool		bounded = kind == TREE_RESCALE_MINMAX || kind == TREE_RESCALE_MINMAX_100;
	scale		s = bounded ? scale_minmax(score, rows) :
		kind == TREE_RESCALE_MAXIMUM ? scale_fraction_of_max(score, rows) :
		kind == TREE_RESCALE_ZSCORE ? scale_zscore(score, rows) :
		scale_population_zscore(score, rows);

	if (s.kind == SCALE_UNDEFINED)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("scores of \"%s\" have no maximum above zero to be rescaled by",
						framework_code_cstring(fw, node)),
				 errhint("Take another rescaling, or scores from zero on.")));
	if (s.kind != SCALE_EMPTY && s.kind != SCALE_CONSTANT && !isfinite(s.length))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("scores of \"%s\" lie too far apart to be rescaled",
						framework_code_cstring(fw, node)),
				 errdetail("Their differences leave the range of double precision.")));
	for (int row = 0; row < rows; row++)
		if (s.kind == SCALE_CONSTANT)
			score[row] = get_float8_nan();
		else if (!isnan(score[row]))
			score[row] = bounded ? share_between(scale_at(&s, score[row]), low, high) :
				low + scale_at(&s, score[row]) * high + 0.0;
}

/* The nodes first .. last, all of one depth, that ask for it. */
static void
rescale_level(matrix_scores *scores, int first, int last)
{
	const framework *fw = scores->fw;
	int			rows = scores->matrix->rows;
	double	  **level = palloc0(sizeof(double *) * (last - first + 1));

	for (int i = first; i <= last; i++)
		if (fw->node[i].rescale != TREE_RESCALE_NONE)
			level[i - first] = matrix_column_memory(scores->matrix, 1);
	for (int row = 0; row < rows; row++)
	{
		evaluate_row(scores, row, first);
		for (int i = first; i <= last; i++)
			if (level[i - first] != NULL)
				level[i - first][row] = scores->result[i].score;
	}
	for (int i = first; i <= last; i++)
	{
		if (level[i - first] == NULL)
			continue;
		rescale(fw, i, level[i - first], rows);
		scores->rescaled[i] = level[i - first];
	}
	pfree(level);
}

/*
 * Nodes of one depth are neighbours and do not depend on each other; those
 * deeper stand after them.
 */
static void
rescale_nodes(matrix_scores *scores)
{
	const tree_node *node = scores->fw->node;
	int			i = scores->fw->nodes;

	while (--i >= 0)
	{
		int			last = i;

		if (node[i].rescale == TREE_RESCALE_NONE)
			continue;
		while (i > 0 && node[i - 1].depth == node[last].depth)
			i--;
		rescale_level(scores, i, last);
	}
}

void
matrix_scores_open(matrix_scores *scores, const matrix_view *matrix, const framework *fw)
{
	scores->matrix = matrix;
	scores->fw = fw;
	scores->column = find_columns(matrix, fw);
	scores->rescaled = palloc0(sizeof(double *) * fw->nodes);
	scores->result = palloc(sizeof(tree_result) * fw->nodes);
	rescale_nodes(scores);
}

void
matrix_scores_close(matrix_scores *scores)
{
	for (int i = 0; i < scores->fw->nodes; i++)
		if (scores->rescaled[i] != NULL)
			pfree(scores->rescaled[i]);
	pfree(scores->column);
	pfree(scores->rescaled);
	pfree(scores->result);
}

double *
matrix_index(const matrix_view *matrix, const framework *fw)
{
	double	   *index = matrix_column_memory(matrix, 1);
	matrix_scores scores;

	matrix_scores_open(&scores, matrix, fw);
	for (int row = 0; row < matrix->rows; row++)
		index[row] = matrix_scores_row(&scores, row)[0].score;
	matrix_scores_close(&scores);
	return index;
}
