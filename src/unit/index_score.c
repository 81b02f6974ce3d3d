/*
 * index_score.c
 *	  The scores of one unit, from its cells and the framework.
 */
#include "postgres.h"
#include "unit/index_scores_state.h"
#include "framework/framework_argument.h"

#include <math.h>

#include "framework/evaluate.h"

#include "funcapi.h"
#include "miscadmin.h"
#include "framework/node_rows.h"
#include "utils/builtins.h"
#include "utils/tuplestore.h"

/* Arguments: scores, framework. */
static const index_scores *
scores_argument(FunctionCallInfo fcinfo, const framework *fw)
{
	const index_scores *scores = DatumGetIndexScoresP(PG_GETARG_DATUM(0));

	unit_cells_check_framework(&scores->head, fw);
	return scores;
}

/* Every node, children before their parent. */
static tree_result *
evaluate(const framework *fw, const index_scores *scores)
{
	tree_result *results = palloc(sizeof(tree_result) * fw->nodes);
	evaluation_failure failure;

	framework_refuse_rescaled(fw, "An aggregate sees one unit at a time.",
							  "Use index_scores(score_matrix, framework).");
	for (int i = 0; i < fw->nodes; i++)
	{
		uint64		word;

		if (fw->node[i].leaf < 0)
			continue;
		word = scores->cell[fw->node[i].leaf];
		framework_leaf(fw, i, double_from_bits(word),
					   score_is_observed(word) ? CELL_OBSERVED :
					   word == SCORE_NOT_APPLICABLE ? CELL_NOT_APPLICABLE : CELL_MISSING,
					   &results[i]);
	}
	if (!framework_evaluate(fw, results, 0, NULL, 0, &failure))
		framework_report(fw, failure.error, failure.node, failure.child, NULL);
	return results;
}

PARINDEX_FUNCTION(parindex_index_score);
Datum
parindex_index_score(PG_FUNCTION_ARGS)
{
	const framework_cache *cache = framework_argument(fcinfo, 1);
	const framework *fw = framework_of(cache);
	tree_result *results = evaluate(fw, scores_argument(fcinfo, fw));
	int			node = 0;
	double		score;

	if (PG_NARGS() > 2)
		node = framework_node_of(cache, PG_GETARG_TEXT_PP(2));
	score = results[node].score;
	pfree(results);
	if (isnan(score))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(score);
}

PARINDEX_FUNCTION(parindex_score_rows);
Datum
parindex_score_rows(PG_FUNCTION_ARGS)
{
	const framework *fw = framework_of(framework_argument(fcinfo, 1));
	const tree_result *results = evaluate(fw, scores_argument(fcinfo, fw));
	const Datum *code = framework_code_datums(fw);
	ReturnSetInfo *rows = (ReturnSetInfo *) fcinfo->resultinfo;
	Datum		value[SCORE_ROW_COLUMNS];
	bool		null[SCORE_ROW_COLUMNS];

	InitMaterializedSRF(fcinfo, 0);
	for (int i = 0; i < fw->nodes; i++)
	{
		CHECK_FOR_INTERRUPTS();
		put_node_result(fw, i, &results[i], code, value, null);
		tuplestore_putvalues(rows->setResult, rows->setDesc, value + SCORE_ROW_CODE,
							 null + SCORE_ROW_CODE);
	}
	return (Datum) 0;
}
