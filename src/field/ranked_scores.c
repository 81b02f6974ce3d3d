/*
 * ranked_scores.c
 *	  ranked_scores(score_matrix, framework, digits): every node's score of
 *	  every unit with its rank among all units, and among those of its group.
 *
 * The field is evaluated twice: once for the scores to be ranked, a column a
 * node, and again for the rows, so that only scores and ranks are kept.
 */
#include "postgres.h"
#include "field/field_ranks.h"
#include "framework/framework_argument.h"
#include "field/field_scores.h"
#include "framework/node_rows.h"

#include <math.h>

#include "funcapi.h"
#include "matrix/matrix_rows.h"

enum
{
	UNIT_GROUP = SCORE_ROW_COLUMNS,
	RANK,
	GROUP_RANK,
	COLUMNS
};

/* Ranks by node and row: node * rows + row. */
typedef struct node_ranks
{
	int		   *rank;
	int		   *group_rank;		/* NULL: no groups */
} node_ranks;

/* Every node's scores, a column each. */
static double *
score_columns(const matrix_view *matrix, const framework *fw)
{
	double	   *score = matrix_column_memory(matrix, fw->nodes);
	matrix_scores scores;

	matrix_scores_open(&scores, matrix, fw);
	for (int row = 0; row < matrix->rows; row++)
	{
		const tree_result *node = matrix_scores_row(&scores, row);

		for (int i = 0; i < fw->nodes; i++)
			score[(Size) i * matrix->rows + row] = node[i].score;
	}
	matrix_scores_close(&scores);
	return score;
}

static node_ranks
rank_nodes(const matrix_view *matrix, const framework *fw, int digits)
{
	int			rows = matrix->rows;
	double	   *score = score_columns(matrix, fw);
	Size		size = Max(sizeof(int) * rows * fw->nodes, 1);
	matrix_parts periods = matrix_periods(matrix);
	matrix_parts groups = {0, NULL};
	node_ranks	ranks = {palloc(size), NULL};
	field_order order;

	if (matrix->group != NULL)
	{
		groups = matrix_parts_by(matrix, true, true, false);
		ranks.group_rank = palloc(size);
	}
	field_order_init(&order, rows);
	for (int i = 0; i < fw->nodes; i++)
	{
		Size		column = (Size) i * rows;

		field_order_scores(&order, score + column, rows, digits);
		field_rank(&order, &periods, rows, ranks.rank + column, NULL);
		if (matrix->group != NULL)
			field_rank(&order, &groups, rows, ranks.group_rank + column, NULL);
	}
	pfree(score);
	pfree(order.ranked);
	return ranks;
}

PARINDEX_FUNCTION(parindex_ranked_scores);
Datum
parindex_ranked_scores(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	Datum		value[COLUMNS];
	bool		null[COLUMNS] = {false};
	const framework *fw;
	Datum	   *code;
	int			digits;
	node_ranks	ranks;
	matrix_scores scores;
	matrix_view matrix;

	InitMaterializedSRF(fcinfo, 0);
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		return (Datum) 0;
	fw = framework_of(framework_argument(fcinfo, 1));
	digits = digits_argument(fcinfo, 2);
	matrix_open(PG_GETARG_SCORE_MATRIX_P(0), &matrix);
	matrix_check_columns(&matrix, fw);
	ranks = rank_nodes(&matrix, fw, digits);
	code = framework_code_datums(fw);
	matrix_scores_open(&scores, &matrix, fw);
	for (int row = 0; row < matrix.rows; row++)
	{
		const tree_result *node = matrix_scores_row(&scores, row);

		value[SCORE_ROW_UNIT] = matrix_name_datum(&matrix, matrix.unit[row]);
		matrix_put_period(&matrix, row, &value[SCORE_ROW_PERIOD], &null[SCORE_ROW_PERIOD]);
		matrix_put_group(&matrix, row, &value[UNIT_GROUP], &null[UNIT_GROUP]);
		for (int i = 0; i < fw->nodes; i++)
		{
			Size		cell = (Size) i * matrix.rows + row;
			int			group_rank = ranks.group_rank == NULL ? 0 : ranks.group_rank[cell];

			put_node_result(fw, i, &node[i], code, value, null);
			put_rank(ranks.rank[cell], &value[RANK], &null[RANK]);
			put_rank(group_rank, &value[GROUP_RANK], &null[GROUP_RANK]);
			tuplestore_putvalues(result->setResult, result->setDesc, value, null);
		}
		pfree(DatumGetPointer(value[SCORE_ROW_UNIT]));
		if (!null[UNIT_GROUP])
			pfree(DatumGetPointer(value[UNIT_GROUP]));
	}
	return (Datum) 0;
}
