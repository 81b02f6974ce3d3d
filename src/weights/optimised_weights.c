/*
 * optimised_weights.c
 *	  optimised_weights(score_matrix, framework, …): weights of the children of
 *	  a node under which each has a given influence on its score, by
 *	  kernel/weights/optimised_weights.h.
 *
 * The children's own scores do not depend on their weights: they are evaluated
 * once, and combined by kernel/tree/tree.h under each trial's weights, so that
 * every method and every rule for missing children holds as it does in
 * index_scores().
 */
#include "postgres.h"
#include "matrix/matrix_rows.h"
#include "field/field_scores.h"
#include "framework/framework.h"
#include "framework/framework_names.h"
#include "framework/framework_argument.h"

#include <math.h>

#include "base/forms/text_reader.h"
#include "funcapi.h"
#include "kernel/field/correlation.h"
#include "kernel/field/normalise.h"
#include "kernel/weights/optimised_weights.h"
#include "kernel/weights/weight_shares.h"
#include "miscadmin.h"

#define MOST_PARTS 200

/* An influence is met within this. */
#define ATTAINED 1e-9

typedef struct weighing
{
	const framework *fw;
	const matrix_view *matrix;
	int			node;
	int			parts;			/* its children */
	tree_node  *nodes;			/* of the framework, with the trial's weights */
	tree_result *result;		/* likewise, of one row */
	tree_result *part;			/* row * parts + part, weight being the share that stays */
	bool	   *has_data;		/* by row */
	double	   *part_score;		/* part * rows + row; NaN: none */
	double	   *node_score;		/* by row */
	integer_column integers[2];
} weighing;

static char *
part_code(const weighing *weighing, int part)
{
	return framework_code_cstring(weighing->fw, weighing->fw->node[weighing->node].first_child + part);
}

/* ---------- arguments ---------- */

static int
node_argument(FunctionCallInfo fcinfo, int argument, const framework_cache *cache)
{
	const framework *fw = framework_of(cache);
	int			node = PG_ARGISNULL(argument) ? 0 : framework_node_of(cache, PG_GETARG_TEXT_PP(argument));
	tree_method method = (tree_method) fw->node[node].method;

	if (fw->node[node].children == 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("criterion \"%s\" has no criteria below it", framework_code_cstring(fw, node)),
				 errhint("Name a node whose children are to be weighted.")));
	if (method == TREE_MIN || method == TREE_MAX || method == TREE_MEDIAN)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the method %s of \"%s\" takes no weights",
						tree_method_name(method), framework_code_cstring(fw, node))));
	if (fw->node[node].children > MOST_PARTS)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("\"%s\" has more than %d children", framework_code_cstring(fw, node), MOST_PARTS)));
	return node;
}

/* The influence wanted of one child of the node. */
static void
set_child_target(const weighing *weighing, const framework_cache *cache, const text *code,
				 double target, double *targets)
{
	const tree_node *node = &weighing->fw->node[weighing->node];
	int			part = framework_find(cache, VARDATA_ANY(code), VARSIZE_ANY_EXHDR(code)) -
		node->first_child;

	if (part < 0 || part >= weighing->parts)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("\"%s\" is not a child of \"%s\"",
						clip_text(VARDATA_ANY(code), VARSIZE_ANY_EXHDR(code)),
						framework_code_cstring(weighing->fw, weighing->node)),
				 errhint("framework_nodes() lists each node with its parent.")));
	if (!(target > 0) || isinf(target))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("target %s of criterion \"%s\" is not valid",
						float8out_internal(target), part_code(weighing, part)),
				 errdetail("A target must be a finite number above zero.")));
	targets[part] = target;
}

/* Influences wanted, as shares; equal ones where no codes are given. */
static double *
read_targets(FunctionCallInfo fcinfo, const weighing *weighing, const framework_cache *cache)
{
	double	   *targets = palloc0(sizeof(double) * weighing->parts);
	code_numbers given;

	if (PG_ARGISNULL(3) && PG_ARGISNULL(4))
	{
		for (int i = 0; i < weighing->parts; i++)
			targets[i] = 1.0 / weighing->parts;
		return targets;
	}
	if (PG_ARGISNULL(3) || PG_ARGISNULL(4))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("codes and targets must be given together")));
	code_numbers_argument(fcinfo, 3, 4, "target", &given);
	for (int i = 0; i < given.count; i++)
		set_child_target(weighing, cache, given.code[i], given.number[i], targets);
	for (int i = 0; i < weighing->parts; i++)
		if (targets[i] == 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("criterion \"%s\" has no target", part_code(weighing, i)),
					 errhint("Give each child of the node a target.")));
	weight_shares(targets, weighing->parts, targets);
	return targets;
}

/* ---------- scores ---------- */

/* Evaluates the children, each of weight 1. */
static void
evaluate_parts(weighing *weighing)
{
	const matrix_view *matrix = weighing->matrix;
	Size		rows = matrix->rows;
	framework  *even = palloc(VARSIZE(weighing->fw));
	int			first = weighing->fw->node[weighing->node].first_child;
	matrix_scores scores;

	memcpy(even, weighing->fw, VARSIZE(weighing->fw));
	for (int i = 0; i < weighing->parts; i++)
		even->node[first + i].weight = 1;
	weighing->part = palloc_extended(sizeof(tree_result) * rows * weighing->parts + 1, MCXT_ALLOC_HUGE);
	weighing->has_data = palloc_extended(sizeof(bool) * rows + 1, MCXT_ALLOC_HUGE);
	weighing->part_score = matrix_column_memory(matrix, weighing->parts);
	weighing->node_score = matrix_column_memory(matrix, 1);
	weighing->integers[0].x = palloc_extended(sizeof(int64) * rows + 1, MCXT_ALLOC_HUGE);
	weighing->integers[1].x = palloc_extended(sizeof(int64) * rows + 1, MCXT_ALLOC_HUGE);
	weighing->nodes = even->node;
	weighing->result = palloc(sizeof(tree_result) * even->nodes);

	matrix_scores_open(&scores, matrix, even);
	for (int row = 0; row < matrix->rows; row++)
	{
		const tree_result *result = matrix_scores_row(&scores, row);

		weighing->has_data[row] = result[0].leaves_observed > 0;
		memcpy(weighing->part + (Size) row * weighing->parts, result + first,
			   sizeof(tree_result) * weighing->parts);
		for (int i = 0; i < weighing->parts; i++)
			weighing->part_score[i * rows + row] = result[first + i].score;
	}
	matrix_scores_close(&scores);
}

/* The node's score of each row under the weights. */
static void
evaluate_node(weighing *weighing, const double *weight)
{
	int			first = weighing->fw->node[weighing->node].first_child;

	for (int i = 0; i < weighing->parts; i++)
		weighing->nodes[first + i].weight = weight[i];
	for (int row = 0; row < weighing->matrix->rows; row++)
	{
		tree_result *result = weighing->result;
		tree_error	error;
		int			culprit;

		CHECK_FOR_INTERRUPTS();
		memcpy(result + first, weighing->part + (Size) row * weighing->parts,
			   sizeof(tree_result) * weighing->parts);
		for (int i = 0; i < weighing->parts; i++)
			result[first + i].weight *= weight[i];
		error = tree_combine(weighing->nodes, weighing->node, result,
							 weighing->has_data[row], &culprit);
		if (unlikely(error != TREE_OK))
			framework_report(weighing->fw, error, weighing->node, culprit,
							 matrix_unit_cstring(weighing->matrix, row));
		weighing->node_score[row] = result[weighing->node].score;
	}
}

/* Of each part with the node, over the rows in which both have scores. */
static void
correlate_parts(void *context, const double *weight, double *correlation)
{
	weighing   *weighing = context;
	const double *node = weighing->node_score;
	int			rows = weighing->matrix->rows;

	evaluate_node(weighing, weight);
	for (int i = 0; i < weighing->parts; i++)
	{
		const double *part = weighing->part_score + (Size) i * rows;
		int			n = 0;

		CHECK_FOR_INTERRUPTS();
		for (int row = 0; row < rows; row++)
			n += !isnan(part[row]) && !isnan(node[row]);
		integer_column_of_values(&weighing->integers[0], part, node, rows);
		integer_column_of_values(&weighing->integers[1], node, part, rows);
		correlation[i] = integer_correlation(&weighing->integers[0], &weighing->integers[1], rows, n);
	}
}

/* Weights to start with: parts that vary less weigh more. */
static double *
first_weights(const weighing *weighing)
{
	double	   *weight = palloc(sizeof(double) * weighing->parts);
	int			rows = weighing->matrix->rows;

	for (int i = 0; i < weighing->parts; i++)
	{
		scale		spread = scale_zscore(weighing->part_score + (Size) i * rows, rows);

		if (spread.kind != SCALE_LINEAR)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("the scores of \"%s\" do not vary", part_code(weighing, i)),
					 errdetail("Nothing is correlated with them, whatever the weights."),
					 errhint("Leave it out of the framework.")));
		weight[i] = 1 / spread.length;
		if (!(weight[i] > 0) || isinf(weight[i]))
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("the standard deviation of the scores of \"%s\" is out of range",
							part_code(weighing, i)),
					 errhint("Normalise the matrix first.")));
	}
	return weight;
}

PARINDEX_FUNCTION(parindex_optimised_weights);
Datum
parindex_optimised_weights(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	enum {CODE, WEIGHT, TARGET, INFLUENCE, CORRELATION, RESIDUAL, IS_ATTAINED, COLUMNS};
	const framework_cache *cache;
	matrix_view matrix;
	weighing	weighing = {.matrix = &matrix};
	influence_problem problem = {.part_correlations = correlate_parts, .context = &weighing};
	double	   *weight;
	double	   *correlation;
	double	   *influence;
	double		residual;

	InitMaterializedSRF(fcinfo, 0);
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		return (Datum) 0;
	matrix_open(PG_GETARG_SCORE_MATRIX_P(0), &matrix);
	cache = framework_argument(fcinfo, 1);
	weighing.fw = framework_of(cache);
	matrix_check_columns(&matrix, weighing.fw);
	weighing.node = node_argument(fcinfo, 2, cache);
	weighing.parts = problem.parts = weighing.fw->node[weighing.node].children;
	problem.target = read_targets(fcinfo, &weighing, cache);
	evaluate_parts(&weighing);
	weight = first_weights(&weighing);
	correlation = palloc(sizeof(double) * problem.parts);
	influence = palloc(sizeof(double) * problem.parts);
	residual = optimise_weights(&problem, weight, correlation,
								palloc(sizeof(double) * influence_scratch(problem.parts)));
	if (isnan(residual))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the scores of \"%s\" do not vary, or not together with all its parts",
						framework_code_cstring(weighing.fw, weighing.node)),
				 errdetail("Some part has no correlation with it.")));
	influences(correlation, problem.parts, influence);
	for (int i = 0; i < problem.parts; i++)
	{
		Datum		value[COLUMNS];
		bool		null[COLUMNS] = {false};

		value[CODE] = CStringGetTextDatum(part_code(&weighing, i));
		value[WEIGHT] = Float8GetDatum(weight[i]);
		value[TARGET] = Float8GetDatum(problem.target[i]);
		value[INFLUENCE] = Float8GetDatum(influence[i]);
		value[CORRELATION] = Float8GetDatum(correlation[i]);
		value[RESIDUAL] = Float8GetDatum(residual);
		value[IS_ATTAINED] = BoolGetDatum(residual <= ATTAINED);
		tuplestore_putvalues(result->setResult, result->setDesc, value, null);
	}
	return (Datum) 0;
}
