/*
 * node_rows.c
 *	  The scores of nodes as result rows: node_rows.h.
 */
#include "postgres.h"
#include "base/result_column.h"
#include "utils/builtins.h"
#include "framework/node_rows.h"

#include <math.h>


Datum *
framework_code_datums(const framework *fw)
{
	Datum	   *code = palloc(sizeof(Datum) * fw->nodes);

	for (int i = 0; i < fw->nodes; i++)
		code[i] = CStringGetTextDatum(framework_code_cstring(fw, i));
	return code;
}

void
put_node_result(const framework *fw, int node, const tree_result *result,
				const Datum *code, Datum *value, bool *null)
{
	int			parent = fw->node[node].parent;

	for (int i = SCORE_ROW_CODE; i < SCORE_ROW_PERIOD; i++)
		null[i] = false;
	value[SCORE_ROW_CODE] = code[node];
	value[SCORE_ROW_PARENT] = parent < 0 ? (Datum) 0 : code[parent];
	null[SCORE_ROW_PARENT] = parent < 0;
	value[SCORE_ROW_DEPTH] = Int32GetDatum(fw->node[node].depth);
	put_float8(result->score, &value[SCORE_ROW_SCORE], &null[SCORE_ROW_SCORE]);
	value[SCORE_ROW_CHILDREN_SCORED] = Int32GetDatum(result->children_scored);
	value[SCORE_ROW_CHILDREN_EXPECTED] = Int32GetDatum(result->children_expected);
	value[SCORE_ROW_LEAVES_OBSERVED] = Int32GetDatum(result->leaves_observed);
	put_float8(result->coverage, &value[SCORE_ROW_WEIGHT_COVERAGE],
			   &null[SCORE_ROW_WEIGHT_COVERAGE]);
}
