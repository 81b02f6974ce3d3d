/*
 * weight_influence.c
 *	  weight_influence(score_matrix, framework): how much each criterion moves its
 *	  parent and the index under the weights as they are, in the measure of
 *	  kernel/weights/optimised_weights.h.
 *
 * Nodes without a weight in the whole are not there.
 */
#include "postgres.h"
#include "base/result_column.h"
#include "framework/framework_argument.h"
#include "framework/node_rows.h"

#include "analysis/column_correlations.h"
#include "analysis/node_columns.h"
#include "funcapi.h"
#include "kernel/weights/weight_shares.h"
#include "utils/tuplestore.h"

typedef struct node_influence
{
	double		correlation;	/* with the parent; NaN: none */
	int			n;				/* rows that have both */
	double		share;			/* of the weights of its siblings and its own */
	double		influence;		/* of the squared correlations; NaN where none has any */
} node_influence;

/* Of the children of a node, by place among them; `scratch` holds a number each. */
static void
get_influences(column_correlations *prepared, const framework *fw, int node, node_influence *child,
			   double *scratch)
{
	const tree_node *parent = &fw->node[node];
	bool		any;

	for (int i = 0; i < parent->children; i++)
		scratch[i] = fw->node[parent->first_child + i].weight;
	weight_shares(scratch, parent->children, scratch);
	for (int i = 0; i < parent->children; i++)
		child[i].share = scratch[i];
	for (int i = 0; i < parent->children; i++)
	{
		child[i].correlation = child[i].share > 0 ?
			column_correlation(prepared, parent->first_child + i, node, &child[i].n) : get_float8_nan();
		scratch[i] = isnan(child[i].correlation) ? 0 : child[i].correlation * child[i].correlation;
	}
	any = weight_shares(scratch, parent->children, scratch);
	for (int i = 0; i < parent->children; i++)
		child[i].influence = any ? scratch[i] : get_float8_nan();
}

PARINDEX_FUNCTION(parindex_weight_influence);
Datum
parindex_weight_influence(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	enum {CODE, PARENT, WEIGHT, INFLUENCE, CORRELATION, N, EFFECTIVE_WEIGHT, INDEX_CORRELATION, COLUMNS};
	const framework *fw = framework_of(framework_argument(fcinfo, 1));
	const double *effective = framework_effective_weights(fw);
	node_influence *child = palloc_extended(sizeof(node_influence) * fw->nodes, MCXT_ALLOC_HUGE);
	double	   *scratch = palloc(sizeof(double) * fw->nodes);
	Datum	   *code = framework_code_datums(fw);
	matrix_view matrix;
	column_correlations prepared;

	InitMaterializedSRF(fcinfo, 0);
	matrix_open(PG_GETARG_SCORE_MATRIX_P(0), &matrix);
	prepare_correlations(&prepared, node_columns(&matrix, fw), matrix.rows, fw->nodes, PEARSON);
	for (int node = 0; node < fw->nodes; node++)
	{
		const tree_node *parent = &fw->node[node];

		if (parent->children == 0 || !(effective[node] > 0))
			continue;
		get_influences(&prepared, fw, node, child, scratch);
		for (int i = 0; i < parent->children; i++)
		{
			int			own = parent->first_child + i;
			Datum		value[COLUMNS];
			bool		null[COLUMNS] = {false};
			int			n;

			if (!(effective[own] > 0))
				continue;
			value[CODE] = code[own];
			value[PARENT] = code[node];
			value[WEIGHT] = Float8GetDatum(child[i].share);
			put_float8(child[i].influence, &value[INFLUENCE], &null[INFLUENCE]);
			put_float8(child[i].correlation, &value[CORRELATION], &null[CORRELATION]);
			value[N] = Int32GetDatum(child[i].n);
			value[EFFECTIVE_WEIGHT] = Float8GetDatum(effective[own]);
			put_float8(column_correlation(&prepared, own, 0, &n),
					   &value[INDEX_CORRELATION], &null[INDEX_CORRELATION]);
			tuplestore_putvalues(result->setResult, result->setDesc, value, null);
		}
	}
	return (Datum) 0;
}
