/*
 * strengths.c
 *	  strengths(score_matrix, framework, k): the leaves in which each unit
 *	  stands best, and worst, in the field.
 *
 * Standing is the share of the other scored units (of the period) below,
 * those that tie counting half: comparable between leaves that different
 * numbers of units have scores in, and in the middle where all are equal.
 */
#include "postgres.h"
#include "field/field_ranks.h"
#include "framework/framework_argument.h"
#include "field/field_scores.h"

#include <math.h>

#include "funcapi.h"
#include "matrix/matrix_rows.h"
#include "miscadmin.h"
#include "framework/node_rows.h"

/* The leaves of a framework that the matrix has columns of, and their ranks. */
typedef struct field_leaves
{
	int			count;
	int		   *node;
	double	   *score;			/* leaf * rows + row; so too rank and below */
	int		   *rank;
	int		   *below;
	int		   *scored;			/* leaf * parts + part: units with a score */
	matrix_parts periods;
} field_leaves;

/* A unit in a leaf. */
typedef struct standing
{
	int			leaf;
	int			scored;
	double		share;			/* of the others below; 1/2 where there are none */
} standing;

/* Others below, and half of those that tie: below + (scored - rank - below) / 2. */
static double
share_below(int rank, int below, int scored)
{
	return scored == 1 ? 0.5 : ((double) below + (scored - rank)) / (2 * (scored - 1.0));
}

/* Best first; then the larger field, then the framework's order. */
static int
compare_standings(const void *a, const void *b)
{
	const standing *x = a;
	const standing *y = b;

	if (x->share != y->share)
		return x->share > y->share ? -1 : 1;
	if (x->scored != y->scored)
		return x->scored > y->scored ? -1 : 1;
	return x->leaf - y->leaf;
}

/* Scores of the leaves, rounded where they ask for it; NaN where there is none. */
static void
read_field_leaves(field_leaves *leaves, const matrix_view *matrix, const framework *fw)
{
	int			rows = matrix->rows;

	leaves->count = 0;
	leaves->node = palloc(sizeof(int) * fw->leaves);
	leaves->score = matrix_column_memory(matrix, matrix->columns);
	for (int i = 0; i < fw->nodes; i++)
	{
		int			length;
		const char *code = framework_code(fw, i, &length);
		int			column = fw->node[i].children > 0 ? -1 : matrix_find_column(matrix, code, length);
		double	   *score = leaves->score + (Size) leaves->count * rows;

		if (column < 0)
			continue;
		CHECK_FOR_INTERRUPTS();
		leaves->node[leaves->count++] = i;
		for (int row = 0; row < rows; row++)
		{
			Size		cell = (Size) column * rows + row;
			tree_result result;

			tree_leaf(&fw->node[i], matrix->value[cell], matrix->status[cell], &result);
			framework_round(&fw->node[i], &result);
			score[row] = result.score;
		}
	}
}

static void
rank_leaves(field_leaves *leaves, const matrix_view *matrix)
{
	int			rows = matrix->rows;
	Size		cells = (Size) rows * leaves->count;
	field_order order;

	leaves->periods = matrix_periods(matrix);
	leaves->rank = palloc(Max(sizeof(int) * cells, 1));
	leaves->below = palloc(Max(sizeof(int) * cells, 1));
	leaves->scored = palloc0(Max(sizeof(int) * leaves->periods.count * leaves->count, 1));
	field_order_init(&order, rows);
	for (int i = 0; i < leaves->count; i++)
	{
		Size		column = (Size) i * rows;
		int		   *scored = leaves->scored + (Size) i * leaves->periods.count;

		field_order_scores(&order, leaves->score + column, rows, ROUND_NONE);
		field_rank(&order, &leaves->periods, rows, leaves->rank + column,
				   leaves->below + column);
		for (int k = 0; k < order.count; k++)
			scored[leaves->periods.part[order.ranked[k].row]]++;
	}
}

/* A row's standings in the leaves it has scores in, best first. */
static int
sort_standings(const field_leaves *leaves, int row, int rows, standing *standings)
{
	int			count = 0;

	for (int i = 0; i < leaves->count; i++)
	{
		Size		cell = (Size) i * rows + row;
		int			scored =
			leaves->scored[(Size) i * leaves->periods.count + leaves->periods.part[row]];

		if (leaves->rank[cell] > 0)
			standings[count++] = (standing) {
				i, scored, share_below(leaves->rank[cell], leaves->below[cell], scored)
			};
	}
	qsort(standings, count, sizeof(standing), compare_standings);
	return count;
}

PARINDEX_FUNCTION(parindex_strengths);
Datum
parindex_strengths(PG_FUNCTION_ARGS)
{
	const framework *fw = framework_of(framework_argument(fcinfo, 1));
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	enum {UNIT, CODE, SCORE, RANK, POSITION, PLACE, PERCENTILE, RANKED_UNITS, PERIOD, COLUMNS};
	int			k = PG_GETARG_INT32(2);
	Datum	   *code = framework_code_datums(fw);
	Datum		strength = CStringGetTextDatum("strength");
	Datum		weakness = CStringGetTextDatum("weakness");
	field_leaves leaves;
	standing   *standings;
	matrix_view matrix;

	InitMaterializedSRF(fcinfo, 0);
	if (k < 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("cannot list %d strengths", k),
				 errhint("Give a number of criteria above zero.")));
	matrix_open(PG_GETARG_SCORE_MATRIX_P(0), &matrix);
	matrix_check_columns(&matrix, fw);
	read_field_leaves(&leaves, &matrix, fw);
	rank_leaves(&leaves, &matrix);
	standings = palloc0(sizeof(standing) * (leaves.count + 1));
	for (int row = 0; row < matrix.rows; row++)
	{
		int			count = sort_standings(&leaves, row, matrix.rows, standings);
		bool		middle_is_strong = standings[count / 2].share >= 0.5;
		int			strong = Min(k, count / 2 + (count % 2 == 1 && middle_is_strong));
		int			weak = Min(k, count / 2 + (count % 2 == 1 && !middle_is_strong));
		Datum		value[COLUMNS];
		bool		null[COLUMNS] = {false};

		CHECK_FOR_INTERRUPTS();
		value[UNIT] = matrix_name_datum(&matrix, matrix.unit[row]);
		matrix_put_period(&matrix, row, &value[PERIOD], &null[PERIOD]);
		for (int i = 0; i < strong + weak; i++)
		{
			bool		good = i < strong;
			const standing *s = &standings[good ? i : count - 1 - (i - strong)];
			Size		cell = (Size) s->leaf * matrix.rows + row;

			value[CODE] = code[leaves.node[s->leaf]];
			value[SCORE] = Float8GetDatum(leaves.score[cell]);
			value[RANK] = Int32GetDatum(leaves.rank[cell]);
			value[POSITION] = good ? strength : weakness;
			value[PLACE] = Int32GetDatum(good ? i + 1 : i - strong + 1);
			value[PERCENTILE] = Float8GetDatum(100 * s->share);
			null[PERCENTILE] = s->scored == 1;
			value[RANKED_UNITS] = Int32GetDatum(s->scored);
			tuplestore_putvalues(result->setResult, result->setDesc, value, null);
		}
		pfree(DatumGetPointer(value[UNIT]));
	}
	return (Datum) 0;
}
