/*
 * score_gains.c
 *	  score_gains(): what each criterion adds to, or takes from, the index of a
 *	  unit that were average in all criteria, under any method.
 *
 * The score of a node is compared with what it would be if its children had the
 * scores of such a unit. What one child adds depends on which of the others are
 * changed with it: the Shapley value (1953) is the mean over all orders of
 * changing them, and adds up to the whole difference. Deeper criteria share
 * their parent's gain in proportion to what they do to its score, so that gains
 * add up at every node.
 *
 * Where a node is an arithmetic mean or a sum, order does not matter and one
 * change of each child is enough; else all subsets of its children are looked at.
 */
#include "postgres.h"
#include "base/result_column.h"
#include "field/field_scores.h"
#include "framework/evaluate.h"
#include "framework/framework_argument.h"
#include "framework/framework_names.h"
#include "framework/node_rows.h"

#include <math.h>

#include "funcapi.h"
#include "kernel/field/column_stats.h"
#include "kernel/tree/tree_rules.h"
#include "matrix/matrix_groups.h"
#include "matrix/matrix_rows.h"
#include "miscadmin.h"

#define MOST_CHILDREN 14		/* of a node that is no sum: 16,384 subsets */

typedef struct gaining
{
	const framework *fw;
	const matrix_view *matrix;
	int			row;
	bool		has_data;
	tree_result *own;			/* by node, of the unit */
	tree_result *average;		/* by node, of one that is average where this has a score */
	tree_result *mixed;			/* scratch */
	double	   *gain;			/* by node; NaN: none */
	double	   *subset;			/* scores by subset of a node's children */
} gaining;

static void
report(const gaining *g, tree_error error, int node, int child)
{
	framework_report(g->fw, error, node, child, matrix_unit_cstring(g->matrix, g->row));
}

/* A node's score from g->mixed. */
static double
combine(const gaining *g, int node)
{
	int			child;
	tree_error	error;

	/* Else a node that takes values of its own would keep this one. */
	g->mixed[node].status = CELL_MISSING;
	error = tree_combine(g->fw->node, node, g->mixed, g->has_data, &child);
	if (error != TREE_OK)
		report(g, error, node, child);
	framework_round(&g->fw->node[node], &g->mixed[node]);
	return g->mixed[node].score;
}

/* Scores of the node where the children of a subset, by bits, are the unit's own. */
static double
score_of_subset(const gaining *g, int node, const int *child, int count, unsigned subset)
{
	for (int i = 0; i < count; i++)
		g->mixed[child[i]].score = (subset >> i & 1 ? g->own : g->average)[child[i]].score;
	return combine(g, node);
}

/* By child, what it does to the score of its parent: g->gain, not yet shared out. */
static void
share_difference(const gaining *g, int node, const int *child, int count, bool adds_up)
{
	double	   *subset = g->subset;

	if (adds_up)
	{
		double		none = score_of_subset(g, node, child, count, 0);

		for (int i = 0; i < count; i++)
		{
			g->mixed[child[i]].score = g->own[child[i]].score;
			g->gain[child[i]] = combine(g, node) - none;
			g->mixed[child[i]].score = g->average[child[i]].score;
		}
		return;
	}
	for (unsigned s = 0; s < 1U << count; s++)
	{
		if ((s & 255) == 0)
			CHECK_FOR_INTERRUPTS();
		subset[s] = score_of_subset(g, node, child, count, s);
	}
	for (int i = 0; i < count; i++)
	{
		double		sum = 0;

		for (unsigned s = 0; s < 1U << count; s++)
		{
			int			others = __builtin_popcount(s);
			double		orders = 1;	/* count * (count - 1 over others) */

			if (s >> i & 1)
				continue;
			for (int k = 0; k < others; k++)
				orders = orders * (count - 1 - k) / (k + 1);
			sum += (subset[s | 1U << i] - subset[s]) / (orders * count);
		}
		g->gain[child[i]] = sum;
	}
}

/* The gain of a node is known: those of its children. */
static void
descend(const gaining *g, int node)
{
	const tree_node *parent = &g->fw->node[node];
	bool		adds_up = (parent->method == TREE_ARITHMETIC || parent->method == TREE_SUM) &&
		isnan(parent->floor) && parent->best == 0 && parent->trim == 0 &&
		parent->round_digits == TREE_NO_ROUNDING;
	double		difference = g->own[node].score - g->average[node].score;
	int		   *child = palloc(sizeof(int) * parent->children);
	int			count = 0;

	for (int i = parent->first_child; i < parent->first_child + parent->children; i++)
	{
		g->gain[i] = g->own[i].status == CELL_OBSERVED ? 0 : get_float8_nan();
		adds_up &= isnan(g->fw->node[i].veto);
		if (g->own[i].status == CELL_OBSERVED && tree_is_there(&g->fw->node[i]) &&
			g->own[i].score != g->average[i].score)
			child[count++] = i;
	}
	if (!adds_up && count > MOST_CHILDREN)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("criterion \"%s\" has too many criteria below it to share out its gain",
						framework_code_cstring(g->fw, node)),
				 errdetail("Of a node that is no arithmetic mean or sum all subsets are looked at: it may have %d.",
						   MOST_CHILDREN),
				 errhint("Put a level of the tree between.")));
	if (difference != 0 && !isnan(g->gain[node]))
	{
		memcpy(g->mixed + parent->first_child, g->average + parent->first_child,
			   sizeof(tree_result) * parent->children);
		g->mixed[node] = g->average[node];
		share_difference(g, node, child, count, adds_up);
		for (int i = 0; i < count; i++)
			g->gain[child[i]] *= g->gain[node] / difference;
	}
	pfree(child);
}

/* All nodes of the unit, and of one average wherever this one has a score. */
static bool
evaluate_unit(gaining *g, const tree_result *own, const double *mean)
{
	const framework *fw = g->fw;
	evaluation_failure failure;

	memcpy(g->own, own, sizeof(tree_result) * fw->nodes);
	memcpy(g->average, own, sizeof(tree_result) * fw->nodes);
	if (isnan(own[0].score))
		return false;
	for (int i = 0; i < fw->nodes; i++)
		if (fw->node[i].leaf >= 0)
		{
			bool		scored = own[i].status == CELL_OBSERVED && (fw->node[i].children == 0 ||
																	own[i].children_expected == 0);

			framework_leaf(fw, i, scored ? mean[fw->node[i].leaf] : 0,
						   scored ? CELL_OBSERVED :
						   fw->node[i].children > 0 ? CELL_MISSING : (cell_status) own[i].status,
						   &g->average[i]);
		}
	g->has_data = framework_has_data(fw, g->average);
	if (!framework_evaluate(fw, g->average, 0, NULL, 0, &failure))
		report(g, failure.error, failure.node, failure.child);
	return !isnan(g->average[0].score);
}

/* By leaf and period, the mean of what is observed. */
static double *
mean_scores(const matrix_view *matrix, const framework *fw, const int *column,
			const matrix_parts *periods)
{
	part_rows	of = rows_of_parts(periods, matrix->rows);
	double	   *mean = palloc(Max(sizeof(double) * fw->leaves * of.count, 1));
	double	   *x = palloc_extended(sizeof(double) * Max(matrix->rows, 1), MCXT_ALLOC_HUGE);

	for (int i = 0; i < fw->nodes; i++)
	{
		if (fw->node[i].leaf < 0)
			continue;
		CHECK_FOR_INTERRUPTS();
		for (int part = 0; part < of.count; part++)
		{
			int			n = of.start[part + 1] - of.start[part];

			for (int k = 0; k < n; k++)
				x[k] = column[i] < 0 ? get_float8_nan() :
					matrix->value[(Size) column[i] * matrix->rows + of.row[of.start[part] + k]];
			mean[(Size) part * fw->leaves + fw->node[i].leaf] = column_mean(x, n);
		}
	}
	pfree(x);
	return mean;
}

/* (matrix, framework) */
PARINDEX_FUNCTION(parindex_score_gains);
Datum
parindex_score_gains(PG_FUNCTION_ARGS)
{
	const framework *fw = framework_of(framework_argument(fcinfo, 1));
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	enum {UNIT, CODE, PARENT, DEPTH, SCORE, AVERAGE, GAIN, PERIOD, COLUMNS};
	Datum	   *code = framework_code_datums(fw);
	matrix_parts periods;
	const double *mean;
	matrix_scores scores;
	matrix_view matrix;
	gaining		g = {.fw = fw, .matrix = &matrix};

	InitMaterializedSRF(fcinfo, 0);
	framework_refuse_rescaled(fw, "Its score depends on those of all units.",
							  "Rescale criteria by normalise() instead, or look at remove_elements().");
	matrix_open(PG_GETARG_SCORE_MATRIX_P(0), &matrix);
	matrix_check_columns(&matrix, fw);
	periods = matrix_periods(&matrix);
	matrix_scores_open(&scores, &matrix, fw);
	mean = mean_scores(&matrix, fw, scores.column, &periods);
	g.own = palloc(sizeof(tree_result) * fw->nodes);
	g.average = palloc(sizeof(tree_result) * fw->nodes);
	g.mixed = palloc(sizeof(tree_result) * fw->nodes);
	g.gain = palloc(sizeof(double) * fw->nodes);
	g.subset = palloc(sizeof(double) << MOST_CHILDREN);
	for (g.row = 0; g.row < matrix.rows; g.row++)
	{
		Datum		value[COLUMNS];
		bool		null[COLUMNS] = {false};
		bool		scored = evaluate_unit(&g, matrix_scores_row(&scores, g.row),
										   mean + (Size) periods.part[g.row] * fw->leaves);

		g.gain[0] = scored ? g.own[0].score - g.average[0].score : get_float8_nan();
		for (int i = 0; i < fw->nodes; i++)
			if (fw->node[i].children > 0)
			{
				if (scored && g.own[i].children_expected > 0)
					descend(&g, i);
				else
					for (int k = 0; k < fw->node[i].children; k++)
						g.gain[fw->node[i].first_child + k] = get_float8_nan();
			}
		value[UNIT] = matrix_name_datum(&matrix, matrix.unit[g.row]);
		matrix_put_period(&matrix, g.row, &value[PERIOD], &null[PERIOD]);
		for (int i = 0; i < fw->nodes; i++)
		{
			value[CODE] = code[i];
			null[PARENT] = fw->node[i].parent < 0;
			value[PARENT] = null[PARENT] ? (Datum) 0 : code[fw->node[i].parent];
			value[DEPTH] = Int32GetDatum(fw->node[i].depth);
			put_float8(g.own[i].score, &value[SCORE], &null[SCORE]);
			put_float8(scored ? g.average[i].score : get_float8_nan(), &value[AVERAGE], &null[AVERAGE]);
			put_float8(g.gain[i], &value[GAIN], &null[GAIN]);
			tuplestore_putvalues(result->setResult, result->setDesc, value, null);
		}
		pfree(DatumGetPointer(value[UNIT]));
	}
	return (Datum) 0;
}
