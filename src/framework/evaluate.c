/*
 * evaluate.c
 *	  Evaluation of a framework for one unit: evaluate.h.
 */
#include "postgres.h"
#include "framework/evaluate.h"

#include <math.h>

#include "kernel/tree/tree_rules.h"
#include "miscadmin.h"

void
framework_leaf(const framework *fw, int node, double value, cell_status status,
			   tree_result *result)
{
	tree_leaf(&fw->node[node], value, status, result);
	framework_round(&fw->node[node], result);
}

bool
framework_has_data(const framework *fw, const tree_result *results)
{
	for (int i = 0; i < fw->nodes; i++)
		if (fw->node[i].leaf >= 0 && results[i].status == CELL_OBSERVED &&
			tree_reaches_root(fw->node, i))
			return true;
	return false;
}

bool
framework_evaluate(const framework *fw, tree_result *results, int first,
				   double *const *rescaled, int row, evaluation_failure *failure)
{
	bool		has_data = framework_has_data(fw, results);

	for (int i = fw->nodes - 1; i >= first; i--)
	{
		tree_result *result = &results[i];

		if (fw->node[i].children == 0)
			continue;
		failure->error = tree_combine(fw->node, i, results, has_data, &failure->child);
		if (unlikely(failure->error != TREE_OK && tree_reaches_root(fw->node, i)))
		{
			failure->node = i;
			return false;
		}
		if (rescaled != NULL && rescaled[i] != NULL)
		{
			result->score = rescaled[i][row];
			if (isnan(result->score) && result->status == CELL_OBSERVED)
				result->status = CELL_MISSING;
		}
		framework_round(&fw->node[i], result);
		if ((i & 1023) == 0)
			CHECK_FOR_INTERRUPTS();
	}
	return true;
}

void
framework_refuse_rescaled(const framework *fw, const char *detail, const char *hint)
{
	for (int i = 0; i < fw->nodes; i++)
		if (unlikely(fw->node[i].rescale != TREE_RESCALE_NONE))
			ereport(ERROR,
					(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
					 errmsg("criterion \"%s\" is rescaled over all units",
							framework_code_cstring(fw, i)),
					 errdetail("%s", detail),
					 errhint("%s", hint)));
}
