/*
 * framework_nodes.c
 *	  What is in a framework, as rows: its criteria, and their weights in the
 *	  whole.
 */
#include "postgres.h"
#include "framework/framework.h"
#include "framework/framework_names.h"
#include "framework/framework_settings.h"

#include <math.h>

#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"

static char *
rescaling_text(const tree_node *node)
{
	StringInfoData text;

	initStringInfo(&text);
	framework_write_rescaling(&text, node);
	return text.data;
}

PARINDEX_FUNCTION(parindex_framework_nodes);
Datum
parindex_framework_nodes(PG_FUNCTION_ARGS)
{
	const framework *fw = DatumGetFrameworkP(PG_GETARG_DATUM(0));
	ReturnSetInfo *rows = (ReturnSetInfo *) fcinfo->resultinfo;

	InitMaterializedSRF(fcinfo, 0);
	for (int i = 0; i < fw->nodes; i++)
	{
		const tree_node *node = &fw->node[i];
		bool		leaf = node->children == 0;
		Numeric		max_points = framework_max_points(fw, i);
		char	   *rule = framework_rule(fw, i);
		Datum		value[16] = {0};
		bool		null[16] = {0};

		CHECK_FOR_INTERRUPTS();
		value[0] = CStringGetTextDatum(framework_code_cstring(fw, i));
		if (node->parent < 0)
			null[1] = true;
		else
			value[1] = CStringGetTextDatum(framework_code_cstring(fw, node->parent));
		value[2] = Int32GetDatum(node->depth);
		value[3] = Float8GetDatum(node->weight);
		value[4] = Int32GetDatum(node->direction);
		null[4] = !leaf;
		value[5] = NumericGetDatum(max_points);
		null[5] = max_points == NULL;
		for (int column = 6; column < 14; column++)
			null[column] = leaf;
		if (!leaf)
		{
			value[6] = CStringGetTextDatum(tree_method_name(node->method));
			value[7] = CStringGetTextDatum(tree_missing_name(node->missing));
			value[8] = Int32GetDatum(node->min_children);
			value[9] = Float8GetDatum(node->min_share);
			value[11] = CStringGetTextDatum(rescaling_text(node));
			value[12] = Float8GetDatum(node->power);
			null[12] = node->method != TREE_POWER;
			value[13] = Float8GetDatum(node->floor);
			null[13] = isnan(node->floor);
		}
		value[10] = Int32GetDatum(node->round_digits);
		null[10] = node->round_digits == TREE_NO_ROUNDING;
		if (rule == NULL)
			null[14] = true;
		else
			value[14] = CStringGetTextDatum(rule);
		value[15] = BoolGetDatum(leaf);
		tuplestore_putvalues(rows->setResult, rows->setDesc, value, null);
	}
	return (Datum) 0;
}

PARINDEX_FUNCTION(parindex_framework_settings);
Datum
parindex_framework_settings(PG_FUNCTION_ARGS)
{
	const framework *fw = DatumGetFrameworkP(PG_GETARG_DATUM(0));
	ReturnSetInfo *rows = (ReturnSetInfo *) fcinfo->resultinfo;

	InitMaterializedSRF(fcinfo, 0);
	for (int i = 0; i < fw->nodes; i++)
	{
		const tree_node *node = &fw->node[i];
		StringInfoData settings;
		Datum		value[5] = {0};
		bool		null[5] = {0};

		CHECK_FOR_INTERRUPTS();
		initStringInfo(&settings);
		framework_write_settings(&settings, fw, i);
		value[0] = CStringGetTextDatum(framework_code_cstring(fw, i));
		null[1] = node->parent < 0;
		if (!null[1])
			value[1] = CStringGetTextDatum(framework_code_cstring(fw, node->parent));
		value[2] = Int32GetDatum(node->depth);
		value[3] = Float8GetDatum(node->weight);
		null[4] = settings.len == 0;
		if (!null[4])
			value[4] = CStringGetTextDatum(settings.data);
		tuplestore_putvalues(rows->setResult, rows->setDesc, value, null);
	}
	return (Datum) 0;
}

PARINDEX_FUNCTION(parindex_effective_weights);
Datum
parindex_effective_weights(PG_FUNCTION_ARGS)
{
	const framework *fw = DatumGetFrameworkP(PG_GETARG_DATUM(0));
	ReturnSetInfo *rows = (ReturnSetInfo *) fcinfo->resultinfo;
	const double *effective = framework_effective_weights(fw);

	InitMaterializedSRF(fcinfo, 0);
	for (int i = 0; i < fw->nodes; i++)
	{
		Datum		value[4];
		bool		null[4] = {0};

		value[0] = CStringGetTextDatum(framework_code_cstring(fw, i));
		value[1] = Int32GetDatum(fw->node[i].depth);
		value[2] = Float8GetDatum(fw->node[i].weight);
		value[3] = Float8GetDatum(effective[i]);
		tuplestore_putvalues(rows->setResult, rows->setDesc, value, null);
	}
	return (Datum) 0;
}
