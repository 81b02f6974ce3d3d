/*
 * remove_elements.c
 *	  remove_elements(score_matrix, framework, depth): how the ranks would
 *	  change without each criterion; removed_ranks(): each unit's.
 *
 * The criterion goes with all below it, its siblings share its weight, and
 * its parent keeps its own. A parent whose other children weigh nothing goes
 * with it. Demands for a number of scored children shrink to what is left.
 */
#include "postgres.h"
#include "base/result_column.h"
#include "field/field_ranks.h"
#include "framework/framework_argument.h"
#include "field/field_scores.h"

#include "funcapi.h"
#include "miscadmin.h"
#include "framework/framework_build.h"
#include "framework/node_rows.h"
#include "matrix/matrix_rows.h"

/* The highest node that has to go with this one; 0 where nothing would be left. */
static int
node_to_remove(const framework *fw, int node)
{
	while (node > 0)
	{
		const tree_node *parent = &fw->node[fw->node[node].parent];

		for (int i = parent->first_child; i < parent->first_child + parent->children; i++)
			if (i != node && fw->node[i].weight > 0)
				return node;
		node = fw->node[node].parent;
	}
	return 0;
}

/* The siblings of a node that weigh something. */
static int
children_left(const framework *fw, int node)
{
	const tree_node *parent = &fw->node[fw->node[node].parent];
	int			count = 0;

	for (int i = parent->first_child; i < parent->first_child + parent->children; i++)
		count += i != node && fw->node[i].weight > 0;
	return count;
}

/* The framework without a node; NULL where nothing is left. */
static framework *
framework_without(const framework *fw, int node)
{
	framework_spec *specs = framework_specs(fw);
	bool	   *gone = palloc0(sizeof(bool) * fw->nodes);
	int			count = 0;
	int			top = node_to_remove(fw, node);
	framework_spec *parent;

	if (top == 0)
		return NULL;
	parent = &specs[fw->node[top].parent];
	parent->node.min_children = Min(parent->node.min_children, children_left(fw, top));
	for (int i = 0; i < fw->nodes; i++)
	{
		gone[i] = i == top || (i > 0 && gone[fw->node[i].parent]);
		if (!gone[i])
			specs[count++] = specs[i];
	}
	return framework_build(specs, count);
}

/* What is done without each criterion, and with it. */
typedef struct removal
{
	ReturnSetInfo *result;
	const framework *fw;
	matrix_view matrix;
	matrix_parts periods;
	Datum	   *code;			/* by node */
	double	   *score;			/* by row, with all */
	int		   *rank;
} removal;

/* Puts rows for a node; `score` by row is that without it, NULL where nothing is left. */
typedef void (*put_removal) (const removal *removal, int node, const double *score);

/* Of the nodes of a depth, or of all. */
static void
remove_each(FunctionCallInfo fcinfo, put_removal put)
{
	removal		removal = {.result = (ReturnSetInfo *) fcinfo->resultinfo};
	bool		all = PG_ARGISNULL(2);
	int			depth = all ? 0 : PG_GETARG_INT32(2);
	MemoryContext context;
	MemoryContext old;

	removal.fw = framework_of(framework_argument(fcinfo, 1));
	if (!all && depth < 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("cannot remove criteria of depth %d", depth),
				 errdetail("The root, the index itself, has depth 0."),
				 errhint("Give a depth from 1 on, or NULL for all.")));
	matrix_open(PG_GETARG_SCORE_MATRIX_P(0), &removal.matrix);
	matrix_check_columns(&removal.matrix, removal.fw);
	removal.code = framework_code_datums(removal.fw);
	removal.periods = matrix_periods(&removal.matrix);
	removal.score = matrix_index(&removal.matrix, removal.fw);
	removal.rank = rank_scores_of(removal.score, removal.matrix.rows, &removal.periods);

	context = AllocSetContextCreate(CurrentMemoryContext, "parindex without a criterion",
									ALLOCSET_DEFAULT_SIZES);
	old = MemoryContextSwitchTo(context);
	for (int i = 1; i < removal.fw->nodes; i++)
	{
		framework  *without;

		if (!all && removal.fw->node[i].depth != depth)
			continue;
		MemoryContextReset(context);
		without = framework_without(removal.fw, i);
		put(&removal, i, without == NULL ? NULL : matrix_index(&removal.matrix, without));
	}
	MemoryContextSwitchTo(old);
	MemoryContextDelete(context);
}

static void
put_shift(const removal *removal, int node, const double *score)
{
	enum {CODE, DEPTH, SHIFT, COLUMNS = SHIFT + RANK_SHIFT_COLUMNS};
	rank_shift	shift = {0};
	Datum		value[COLUMNS];
	bool		null[COLUMNS] = {false};

	if (score != NULL)
		rank_shift_measure(removal->rank,
						   rank_scores_of(score, removal->matrix.rows, &removal->periods),
						   removal->matrix.rows, &shift);
	value[CODE] = removal->code[node];
	value[DEPTH] = Int32GetDatum(removal->fw->node[node].depth);
	put_rank_shift(&shift, &value[SHIFT], &null[SHIFT]);
	tuplestore_putvalues(removal->result->setResult, removal->result->setDesc, value, null);
}

PARINDEX_FUNCTION(parindex_remove_elements);
Datum
parindex_remove_elements(PG_FUNCTION_ARGS)
{
	InitMaterializedSRF(fcinfo, 0);
	if (!PG_ARGISNULL(0) && !PG_ARGISNULL(1))
		remove_each(fcinfo, put_shift);
	return (Datum) 0;
}

static void
put_ranks(const removal *removal, int node, const double *score)
{
	enum {CODE, DEPTH, UNIT, PERIOD, SCORE, SCORE_WITHOUT, RANK, RANK_WITHOUT, RANK_CHANGE, COLUMNS};
	const matrix_view *matrix = &removal->matrix;
	int		   *rank = score == NULL ? NULL : rank_scores_of(score, matrix->rows, &removal->periods);

	for (int row = 0; row < matrix->rows; row++)
	{
		Datum		value[COLUMNS];
		bool		null[COLUMNS] = {false};
		int			without = rank == NULL ? 0 : rank[row];

		CHECK_FOR_INTERRUPTS();
		value[CODE] = removal->code[node];
		value[DEPTH] = Int32GetDatum(removal->fw->node[node].depth);
		value[UNIT] = matrix_name_datum(matrix, matrix->unit[row]);
		matrix_put_period(matrix, row, &value[PERIOD], &null[PERIOD]);
		put_float8(removal->score[row], &value[SCORE], &null[SCORE]);
		put_float8(score == NULL ? get_float8_nan() : score[row], &value[SCORE_WITHOUT], &null[SCORE_WITHOUT]);
		put_rank(removal->rank[row], &value[RANK], &null[RANK]);
		put_rank(without, &value[RANK_WITHOUT], &null[RANK_WITHOUT]);
		value[RANK_CHANGE] = Int32GetDatum(removal->rank[row] - without);
		null[RANK_CHANGE] = null[RANK] || null[RANK_WITHOUT];
		tuplestore_putvalues(removal->result->setResult, removal->result->setDesc, value, null);
		pfree(DatumGetPointer(value[UNIT]));
	}
}

PARINDEX_FUNCTION(parindex_removed_ranks);
Datum
parindex_removed_ranks(PG_FUNCTION_ARGS)
{
	InitMaterializedSRF(fcinfo, 0);
	if (!PG_ARGISNULL(0) && !PG_ARGISNULL(1))
		remove_each(fcinfo, put_ranks);
	return (Datum) 0;
}
