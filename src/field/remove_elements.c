/*
 * remove_elements.c
 *	  remove_elements(score_matrix, framework, depth): how the ranks would
 *	  change without each criterion.
 *
 * The criterion goes with all below it, its siblings share its weight, and
 * its parent keeps its own. A parent whose other children weigh nothing goes
 * with it. Demands for a number of scored children shrink to what is left.
 */
#include "postgres.h"
#include "field/field_ranks.h"
#include "framework/framework_argument.h"
#include "field/field_scores.h"

#include "funcapi.h"
#include "miscadmin.h"
#include "framework/framework_build.h"
#include "framework/node_rows.h"
#include "utils/tuplestore.h"

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
	parent->node.min_children = Min(parent->node.min_children, parent->node.children - 1);
	for (int i = 0; i < fw->nodes; i++)
	{
		gone[i] = i == top || (i > 0 && gone[fw->node[i].parent]);
		if (!gone[i])
			specs[count++] = specs[i];
	}
	return framework_build(specs, count);
}

PARINDEX_FUNCTION(parindex_remove_elements);
Datum
parindex_remove_elements(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	enum {CODE, DEPTH, SHIFT, COLUMNS = SHIFT + RANK_SHIFT_COLUMNS};
	bool		all;
	int			depth;
	const framework *fw;
	Datum	   *code;
	matrix_parts periods;
	int		   *nominal;
	matrix_view matrix;
	MemoryContext context;
	MemoryContext old;

	InitMaterializedSRF(fcinfo, 0);
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		return (Datum) 0;
	fw = framework_of(framework_argument(fcinfo, 1));
	all = PG_ARGISNULL(2);
	depth = all ? 0 : PG_GETARG_INT32(2);
	if (!all && depth < 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("cannot remove criteria of depth %d", depth),
				 errdetail("The root, the index itself, has depth 0."),
				 errhint("Give a depth from 1 on, or NULL for all.")));
	matrix_open(PG_GETARG_SCORE_MATRIX_P(0), &matrix);
	matrix_check_columns(&matrix, fw);
	code = framework_code_datums(fw);
	periods = matrix_periods(&matrix);
	nominal = rank_index(&matrix, fw, &periods);

	context = AllocSetContextCreate(CurrentMemoryContext, "parindex without a criterion",
									ALLOCSET_DEFAULT_SIZES);
	old = MemoryContextSwitchTo(context);
	for (int i = 1; i < fw->nodes; i++)
	{
		framework  *without;
		rank_shift	shift = {0};
		Datum		value[COLUMNS];
		bool		null[COLUMNS] = {false};

		if (!all && fw->node[i].depth != depth)
			continue;
		MemoryContextReset(context);
		without = framework_without(fw, i);
		if (without != NULL)
			rank_shift_measure(nominal, rank_index(&matrix, without, &periods), matrix.rows,
							   &shift);
		value[CODE] = code[i];
		value[DEPTH] = Int32GetDatum(fw->node[i].depth);
		put_rank_shift(&shift, &value[SHIFT], &null[SHIFT]);
		tuplestore_putvalues(result->setResult, result->setDesc, value, null);
	}
	MemoryContextSwitchTo(old);
	MemoryContextDelete(context);
	return (Datum) 0;
}
