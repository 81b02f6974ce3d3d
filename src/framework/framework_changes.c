/*
 * framework_changes.c
 *	  Changed copies of a framework: other weights, methods or missing rules.
 */
#include "postgres.h"
#include "framework/framework_build.h"
#include "framework/framework_names.h"
#include "framework/framework_argument.h"

#include "base/arguments/code_numbers.h"
#include "utils/builtins.h"

/* The nodes of codes; an unknown one is an error. */
static int *
nodes_of(FunctionCallInfo fcinfo, const code_numbers *named)
{
	const framework_cache *cache = framework_argument(fcinfo, 0);
	int		   *nodes = palloc(sizeof(int) * Max(named->count, 1));

	for (int i = 0; i < named->count; i++)
	{
		const text *code = named->code[i];

		nodes[i] = framework_find(cache, VARDATA_ANY(code), VARSIZE_ANY_EXHDR(code));
		if (nodes[i] < 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("criterion \"%s\" is not in the framework", text_to_cstring(code)),
					 errhint("framework_nodes() lists what is.")));
	}
	return nodes;
}

PARINDEX_FUNCTION(parindex_with_weights);
Datum
parindex_with_weights(PG_FUNCTION_ARGS)
{
	const framework *fw = framework_of(framework_argument(fcinfo, 0));
	framework_spec *specs = framework_specs(fw);
	code_numbers weights;
	int		   *nodes;

	code_numbers_argument(fcinfo, 1, 2, "weight", &weights);
	nodes = nodes_of(fcinfo, &weights);
	for (int i = 0; i < weights.count; i++)
		specs[nodes[i]].node.weight = weights.number[i];
	PG_RETURN_POINTER(framework_build(specs, fw->nodes));
}

/* The inner nodes that argument `argument` names; NULL names all. */
static int *
inner_nodes(FunctionCallInfo fcinfo, int argument, int *count)
{
	const framework *fw = framework_of(framework_argument(fcinfo, 0));
	code_numbers named;
	int		   *nodes;

	if (PG_ARGISNULL(argument))
	{
		nodes = palloc(sizeof(int) * fw->nodes);
		*count = 0;
		for (int i = 0; i < fw->nodes; i++)
			if (fw->node[i].children > 0)
				nodes[(*count)++] = i;
		return nodes;
	}
	codes_argument(fcinfo, argument, &named);
	nodes = nodes_of(fcinfo, &named);
	*count = named.count;
	for (int i = 0; i < *count; i++)
		if (fw->node[nodes[i]].children == 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("criterion \"%s\" has no criteria below it",
							framework_code_cstring(fw, nodes[i])),
					 errdetail("Methods and missing rules say how those below make a score.")));
	return nodes;
}

PARINDEX_FUNCTION(parindex_with_method);
Datum
parindex_with_method(PG_FUNCTION_ARGS)
{
	const framework *fw;
	framework_spec *specs;
	tree_method method;
	int			count;
	int		   *nodes;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		PG_RETURN_NULL();
	fw = framework_of(framework_argument(fcinfo, 0));
	specs = framework_specs(fw);
	method = parse_tree_method(text_to_cstring(PG_GETARG_TEXT_PP(1)));
	if (method == TREE_POWER && PG_ARGISNULL(3))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("method power is asked for without its power"),
				 errhint("As in with_method(framework, 'power', power => 2).")));
	nodes = inner_nodes(fcinfo, 2, &count);
	for (int i = 0; i < count; i++)
	{
		specs[nodes[i]].node.method = (uint8) method;
		specs[nodes[i]].node.power = PG_ARGISNULL(3) ? 0 : PG_GETARG_FLOAT8(3);
		if (method != TREE_OWA)
			specs[nodes[i]].node.orders = 0;
	}
	PG_RETURN_POINTER(framework_build(specs, fw->nodes));
}

PARINDEX_FUNCTION(parindex_with_missing);
Datum
parindex_with_missing(PG_FUNCTION_ARGS)
{
	const framework *fw;
	framework_spec *specs;
	tree_missing missing;
	int			count;
	int		   *nodes;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		PG_RETURN_NULL();
	fw = framework_of(framework_argument(fcinfo, 0));
	specs = framework_specs(fw);
	missing = parse_tree_missing(text_to_cstring(PG_GETARG_TEXT_PP(1)));
	nodes = inner_nodes(fcinfo, 2, &count);
	for (int i = 0; i < count; i++)
		specs[nodes[i]].node.missing = (uint8) missing;
	PG_RETURN_POINTER(framework_build(specs, fw->nodes));
}
