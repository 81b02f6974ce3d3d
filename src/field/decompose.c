/*
 * decompose.c
 *	  decompose(score_matrix, framework): what each leaf brings to the index
 *	  of each unit, beside what it brings to the field.
 *
 * Where nodes are means or sums, the index is a sum over leaves of effective
 * weight times score: the root's effective weight is 1, a child's is its
 * parent's times its share in it (of a mean: its weight over the weights of
 * the children that count; of a sum: its weight). Each contribution is
 * rounded, and nodes may round their scores; so that the sum is still the
 * index, the largest contributions take up what is left over.
 */
#include "postgres.h"
#include "base/result_column.h"
#include "framework/framework_names.h"
#include "framework/framework_argument.h"
#include "field/field_scores.h"

#include <math.h>

#include "field/field_ranks.h"
#include "funcapi.h"
#include "kernel/field/column_stats.h"
#include "kernel/exact/exact_quotient.h"
#include "kernel/exact/exact_total.h"
#include "kernel/tree/tree_rules.h"
#include "matrix/matrix_rows.h"
#include "miscadmin.h"
#include "framework/node_rows.h"

/* By leaf and row: leaf * rows + row; NaN in rows without an index. */
typedef struct contributions
{
	double	   *share;			/* effective weight */
	double	   *amount;
} contributions;

pg_noreturn static void
refuse_node(const framework *fw, int node, const char *what)
{
	ereport(ERROR,
			(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
			 errmsg("score of \"%s\" is no sum over its criteria", framework_code_cstring(fw, node)),
			 errdetail("It has %s.", what),
			 errhint("Only arithmetic means and sums, not rescaled, can be decomposed; see remove_elements() for others.")));
}

/* Only a framework whose index is linear in its leaves can be decomposed. */
static void
check_linear(const framework *fw)
{
	for (int i = 0; i < fw->nodes; i++)
	{
		const tree_node *node = &fw->node[i];

		if (node->children == 0)
			continue;
		if (node->leaf >= 0)
			refuse_node(fw, i, "values of its own");
		if (node->method != TREE_ARITHMETIC && node->method != TREE_SUM)
			refuse_node(fw, i, psprintf("the method %s", tree_method_name(node->method)));
		if (node->best > 0 || node->trim > 0)
			refuse_node(fw, i, node->best > 0 ? "best" : "trim");
		if (node->direction < 0)
			refuse_node(fw, i, "the direction -1");
		if (node->rescale != TREE_RESCALE_NONE)
			refuse_node(fw, i, psprintf("the rescaling %s", tree_rescale_name(node->rescale)));
		for (int k = node->first_child; k < node->first_child + node->children; k++)
			if (!isnan(fw->node[k].veto))
				refuse_node(fw, k, "a veto");
		for (int k = node->first_child; k < node->first_child + node->children; k++)
			if (!isnan(node->floor) && fw->node[k].children > 0)
				refuse_node(fw, i, "a floor under criteria that have others below them");
	}
}

/* ---------- one unit ---------- */

/* Whether a child counts in its parent's score: with its own, or as zero. */
static bool
child_counts(const tree_node *parent, const tree_node *node, const tree_result *child)
{
	/* Only units that have an index are decomposed: they have data. */
	return tree_is_there(node) &&
		tree_child_counts((cell_status) child->status, child->left, tree_zeros(parent, true));
}

/* Of a sum whose missing children share out their weight: all weights over those counted. */
static double
renormalised(const framework *fw, int node, const tree_result *result)
{
	const tree_node *parent = &fw->node[node];
	exact_quotient factor;

	exact_quotient_init(&factor);
	for (int i = parent->first_child; i < parent->first_child + parent->children; i++)
		if (tree_is_there(&fw->node[i]) && !result[i].left)
			exact_quotient_add(&factor, result[i].weight, 1,
							   child_counts(parent, &fw->node[i], &result[i]) ? result[i].weight : 0);
	return exact_quotient_get(&factor);
}

/*
 * Gives the children of an inner node their parts of its effective weight;
 * nothing where the node itself has no score and counts as zero.
 */
static void
share_out(const framework *fw, int node, const tree_result *result, double *effective)
{
	const tree_node *parent = &fw->node[node];
	int			end = parent->first_child + parent->children;
	exact_total total;
	exact_integer own;
	exact_integer all;
	double		factor = 1;

	exact_integer_set(&all, 1);
	if (parent->method == TREE_SUM && parent->missing == TREE_RENORMALISE)
		factor = renormalised(fw, node, result);
	if (parent->method == TREE_ARITHMETIC)
	{
		exact_total_init(&total);
		for (int i = parent->first_child; i < end; i++)
			if (child_counts(parent, &fw->node[i], &result[i]))
				exact_total_add_product(&total, result[i].weight, 1);
		exact_total_get(&total, &all);
	}
	for (int i = parent->first_child; i < end; i++)
	{
		effective[i] = 0;
		if (effective[node] == 0 || result[node].status != CELL_OBSERVED ||
			!child_counts(parent, &fw->node[i], &result[i]))
			continue;
		exact_total_init(&total);
		exact_total_add_product(&total, effective[node], result[i].weight);
		exact_total_get(&total, &own);
		effective[i] = exact_ratio_round(&own, &all) * factor;
	}
}

/* index - sum of all contributions but one (-1: of all), rounded once. */
static double
left_over(double index, const double *amount, int count, int but)
{
	exact_total total;
	exact_integer sum;

	exact_total_init(&total);
	exact_total_add_product(&total, index, 1);
	for (int i = 0; i < count; i++)
		if (i != but)
			exact_total_add_product(&total, amount[i], -1);
	exact_total_get(&total, &sum);
	return exact_integer_round(&sum);
}

static double
exact_sum_of(const double *amount, int count)
{
	return 0.0 - left_over(0, amount, count, -1);
}

/*
 * Makes the contributions' exact sum, rounded once, equal the index: the
 * largest becomes what the others leave over. Where contributions cancel,
 * that may be coarser than the index needs; then the next largest follows.
 */
static void
settle(double index, double *amount, int count, bool *settled)
{
	memset(settled, 0, sizeof(bool) * count);
	while (exact_sum_of(amount, count) != index)
	{
		int			largest = -1;

		for (int i = 0; i < count; i++)
			if (!settled[i] && amount[i] != 0 &&
				(largest < 0 || fabs(amount[i]) > fabs(amount[largest])))
				largest = i;
		if (largest < 0)
			break;
		settled[largest] = true;
		amount[largest] = left_over(index, amount, count, largest);
	}
}

/* Effective weights of all nodes and contributions of all leaves, of the row just evaluated. */
static void
decompose_unit(const matrix_scores *scores, int row, double *effective,
			   double *amount, bool *settled)
{
	const framework *fw = scores->fw;
	const tree_result *result = scores->result;

	effective[0] = 1;
	for (int i = 0; i < fw->nodes; i++)
	{
		const tree_node *node = &fw->node[i];
		double		floor = node->parent < 0 ? get_float8_nan() : fw->node[node->parent].floor;
		double		score = result[i].status == CELL_OBSERVED ? result[i].score : 0;

		if (node->leaf < 0)
			share_out(fw, i, result, effective);
		else
			amount[node->leaf] = effective[i] * (score < floor ? floor : score) + 0.0;
		if (node->leaf >= 0 && !double_is_finite(amount[node->leaf]))
			framework_report(fw, TREE_OUT_OF_RANGE, 0, -1, matrix_unit_cstring(scores->matrix, row));
	}
	settle(result[0].score, amount, fw->leaves, settled);
}

/* ---------- the field ---------- */

static void
decompose_field(const matrix_view *matrix, const framework *fw, contributions *field)
{
	Size		rows = matrix->rows;
	double	   *effective = palloc(sizeof(double) * fw->nodes);
	double	   *amount = palloc(sizeof(double) * fw->leaves);
	bool	   *settled = palloc(sizeof(bool) * fw->leaves);
	matrix_scores scores;

	field->share = matrix_column_memory(matrix, fw->leaves);
	field->amount = matrix_column_memory(matrix, fw->leaves);
	matrix_scores_open(&scores, matrix, fw);
	for (int row = 0; row < matrix->rows; row++)
	{
		const tree_result *result = matrix_scores_row(&scores, row);
		bool		scored = !isnan(result[0].score);

		if (scored)
			decompose_unit(&scores, row, effective, amount, settled);
		for (int i = 0; i < fw->nodes; i++)
		{
			Size		cell = fw->node[i].leaf * rows + row;

			if (fw->node[i].leaf < 0)
				continue;
			field->share[cell] = scored ? effective[i] : get_float8_nan();
			field->amount[cell] = scored ? amount[fw->node[i].leaf] : get_float8_nan();
		}
	}
	matrix_scores_close(&scores);
}

/* Exact means over the scored units of each part: leaf * parts + part. */
static double *
mean_contributions(const matrix_view *matrix, const framework *fw,
				   const contributions *field, const matrix_parts *periods)
{
	int			rows = matrix->rows;
	double	   *mean = palloc(Max(sizeof(double) * fw->leaves * periods->count, 1));
	double	   *gathered = matrix_column_memory(matrix, 1);
	part_rows	of = rows_of_parts(periods, rows);

	for (int leaf = 0; leaf < fw->leaves; leaf++)
	{
		CHECK_FOR_INTERRUPTS();
		for (int i = 0; i < rows; i++)
			gathered[i] = field->amount[(Size) leaf * rows + of.row[i]];
		for (int part = 0; part < of.count; part++)
			mean[(Size) leaf * of.count + part] =
				column_mean(gathered + of.start[part], of.start[part + 1] - of.start[part]);
	}
	return mean;
}

PARINDEX_FUNCTION(parindex_decompose);
Datum
parindex_decompose(PG_FUNCTION_ARGS)
{
	const framework *fw = framework_of(framework_argument(fcinfo, 1));
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	enum {UNIT, CODE, SCORE, EFFECTIVE_WEIGHT, CONTRIBUTION, MEAN, GAIN, PERIOD, COLUMNS};
	Datum	   *code = framework_code_datums(fw);
	contributions field;
	matrix_parts periods;
	double	   *mean;
	matrix_scores scores;
	matrix_view matrix;

	InitMaterializedSRF(fcinfo, 0);
	check_linear(fw);
	matrix_open(PG_GETARG_SCORE_MATRIX_P(0), &matrix);
	matrix_check_columns(&matrix, fw);
	periods = matrix_periods(&matrix);
	decompose_field(&matrix, fw, &field);
	mean = mean_contributions(&matrix, fw, &field, &periods);
	matrix_scores_open(&scores, &matrix, fw);
	for (int row = 0; row < matrix.rows; row++)
	{
		const tree_result *node = matrix_scores_leaves(&scores, row);
		Datum		value[COLUMNS];
		bool		null[COLUMNS] = {false};

		value[UNIT] = matrix_name_datum(&matrix, matrix.unit[row]);
		matrix_put_period(&matrix, row, &value[PERIOD], &null[PERIOD]);
		for (int i = 0; i < fw->nodes; i++)
		{
			Size		leaf = fw->node[i].leaf;
			Size		cell = leaf * matrix.rows + row;
			double		average;

			if (fw->node[i].leaf < 0)
				continue;
			average = mean[leaf * periods.count + periods.part[row]];
			value[CODE] = code[i];
			put_float8(node[i].score, &value[SCORE], &null[SCORE]);
			put_float8(field.share[cell], &value[EFFECTIVE_WEIGHT], &null[EFFECTIVE_WEIGHT]);
			put_float8(field.amount[cell], &value[CONTRIBUTION], &null[CONTRIBUTION]);
			put_float8(average, &value[MEAN], &null[MEAN]);
			put_float8(check_finite_result(field.amount[cell] - average, "gain of a criterion"),
					   &value[GAIN], &null[GAIN]);
			tuplestore_putvalues(result->setResult, result->setDesc, value, null);
		}
		pfree(DatumGetPointer(value[UNIT]));
	}
	return (Datum) 0;
}
