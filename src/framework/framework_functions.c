/*
 * framework_functions.c
 *	  SQL functions on frameworks: framework_agg(), what is in a framework,
 *	  and changed copies of it.
 */
#include "postgres.h"
#include "framework/framework.h"

#include <math.h>

#include "base/aggregate_context.h"
#include "catalog/pg_type.h"
#include "base/comparison_functions.h"
#include "funcapi.h"
#include "kernel/exact/exact_total.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/float.h"

/* ---------- framework_agg ---------- */

/* State: the rows so far, in the aggregate's context. */
typedef struct collected
{
	framework_spec *specs;
	int			count;
	int			room;
} collected;

static char *
text_argument(FunctionCallInfo fcinfo, int argument)
{
	return PG_ARGISNULL(argument) ? NULL : text_to_cstring(PG_GETARG_TEXT_PP(argument));
}

/* An integer that a narrow field of a node can hold. */
static int
small_argument(FunctionCallInfo fcinfo, int argument, const char *name,
			   const char *code, int limit)
{
	int			value = PG_GETARG_INT32(argument);

	if (value < -limit || value > limit)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s %d of criterion \"%s\" is not valid", name, value,
						code == NULL ? "" : code)));
	return value;
}

/*
 * Arguments: state, code, parent, weight, direction; and in the full form
 * max_points, method, missing, min_children, min_share, round_digits, rescale,
 * power, floor, rule. NULL leaves a default as it is.
 */
static void
read_row(FunctionCallInfo fcinfo, framework_spec *spec)
{
	tree_node  *node = &spec->node;

	framework_spec_defaults(spec);
	spec->code = text_argument(fcinfo, 1);
	spec->parent = text_argument(fcinfo, 2);
	if (!PG_ARGISNULL(3))
		node->weight = PG_GETARG_FLOAT8(3);
	if (!PG_ARGISNULL(4))
		node->direction = (int8) small_argument(fcinfo, 4, "direction", spec->code, 100);
	if (PG_NARGS() == 5)
		return;
	if (!PG_ARGISNULL(5))
		spec->max_points = PG_GETARG_NUMERIC_COPY(5);
	if (!PG_ARGISNULL(6))
		node->method = (uint8) parse_tree_method(text_argument(fcinfo, 6));
	if (!PG_ARGISNULL(7))
		node->missing = (uint8) parse_tree_missing(text_argument(fcinfo, 7));
	if (!PG_ARGISNULL(8))
		node->min_children = PG_GETARG_INT32(8);
	if (!PG_ARGISNULL(9))
		node->min_share = PG_GETARG_FLOAT8(9);
	if (!PG_ARGISNULL(10))
		node->round_digits = (int16) small_argument(fcinfo, 10, "number of digits", spec->code, 1000);
	if (!PG_ARGISNULL(11))
		node->rescale = (uint8) parse_tree_rescale(text_argument(fcinfo, 11));
	if (!PG_ARGISNULL(12))
		node->power = PG_GETARG_FLOAT8(12);
	if (!PG_ARGISNULL(13))
		node->floor = PG_GETARG_FLOAT8(13);
	spec->rule = text_argument(fcinfo, 14);
}

PARINDEX_FUNCTION(parindex_framework_add);
Datum
parindex_framework_add(PG_FUNCTION_ARGS)
{
	MemoryContext context;
	MemoryContext old;
	collected  *state;

	if (!AggCheckCallContext(fcinfo, &context))
		outside_aggregate();
	old = MemoryContextSwitchTo(context);
	if (PG_ARGISNULL(0))
	{
		state = palloc(sizeof(collected));
		state->count = 0;
		state->room = 64;
		state->specs = palloc(sizeof(framework_spec) * state->room);
	}
	else
		state = (collected *) PG_GETARG_POINTER(0);
	if (state->count == FRAMEWORK_MAX_NODES)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("framework is too large"),
				 errdetail("It has at most %d nodes.", FRAMEWORK_MAX_NODES)));
	if (state->count == state->room)
	{
		state->room *= 2;
		state->specs = repalloc(state->specs, sizeof(framework_spec) * state->room);
	}
	read_row(fcinfo, &state->specs[state->count]);
	state->count++;
	MemoryContextSwitchTo(old);
	PG_RETURN_POINTER(state);
}

PARINDEX_FUNCTION(parindex_framework_final);
Datum
parindex_framework_final(PG_FUNCTION_ARGS)
{
	const collected *state;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	state = (const collected *) PG_GETARG_POINTER(0);
	PG_RETURN_POINTER(framework_build(state->specs, state->count));
}

/* ---------- what is in it ---------- */

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
			value[11] = CStringGetTextDatum(tree_rescale_name(node->rescale));
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

/*
 * The product of normalised weights from the root down: own * parent's
 * effective weight / sum of the siblings' weights, rounded once a level.
 */
double *
framework_effective_weights(const framework *fw)
{
	double	   *effective = palloc(sizeof(double) * fw->nodes);

	effective[0] = 1;
	for (int i = 0; i < fw->nodes; i++)
	{
		const tree_node *node = &fw->node[i];
		exact_total total;
		exact_integer siblings;

		CHECK_FOR_INTERRUPTS();
		if (node->children == 0)
			continue;
		exact_total_init(&total);
		for (int k = 0; k < node->children; k++)
			exact_total_add_product(&total, fw->node[node->first_child + k].weight, 1);
		exact_total_get(&total, &siblings);
		for (int k = node->first_child; k < node->first_child + node->children; k++)
		{
			exact_integer own;

			exact_total_init(&total);
			exact_total_add_product(&total, effective[i], fw->node[k].weight);
			exact_total_get(&total, &own);
			effective[k] = exact_ratio_round(&own, &siblings);
		}
	}
	return effective;
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

/* ---------- changed copies ---------- */

/* Nodes named by an array of codes, each once; an unknown one is an error. */
static int *
named_nodes(FunctionCallInfo fcinfo, int argument, int *count)
{
	const framework_cache *cache = framework_argument(fcinfo, 0);
	const framework *fw = framework_of(cache);
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(argument);
	bool	   *named = palloc0(sizeof(bool) * fw->nodes);
	Datum	   *codes;
	bool	   *nulls;
	int		   *nodes;

	deconstruct_array(array, TEXTOID, -1, false, TYPALIGN_INT, &codes, &nulls, count);
	nodes = palloc(sizeof(int) * Max(*count, 1));
	for (int i = 0; i < *count; i++)
	{
		if (nulls[i])
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("code number %d is NULL", i + 1)));
		nodes[i] = framework_find(cache, VARDATA_ANY(codes[i]), VARSIZE_ANY_EXHDR(codes[i]));
		if (nodes[i] < 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("criterion \"%s\" is not in the framework",
							TextDatumGetCString(codes[i])),
					 errhint("framework_nodes() lists what is.")));
		if (named[nodes[i]])
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("criterion \"%s\" is named twice", TextDatumGetCString(codes[i]))));
		named[nodes[i]] = true;
	}
	return nodes;
}

PARINDEX_FUNCTION(parindex_with_weights);
Datum
parindex_with_weights(PG_FUNCTION_ARGS)
{
	const framework *fw = framework_of(framework_argument(fcinfo, 0));
	framework_spec *specs = framework_specs(fw);
	int			count;
	int		   *nodes = named_nodes(fcinfo, 1, &count);
	Datum	   *weights;
	bool	   *nulls;
	int			weight_count;

	deconstruct_array(PG_GETARG_ARRAYTYPE_P(2), FLOAT8OID, sizeof(float8), FLOAT8PASSBYVAL,
					  TYPALIGN_DOUBLE, &weights, &nulls, &weight_count);
	if (weight_count != count)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("%d codes have %d weights", count, weight_count),
				 errhint("Give each code one weight.")));
	for (int i = 0; i < count; i++)
	{
		if (nulls[i])
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("weight of criterion \"%s\" is NULL", specs[nodes[i]].code)));
		specs[nodes[i]].node.weight = DatumGetFloat8(weights[i]);
	}
	PG_RETURN_POINTER(framework_build(specs, fw->nodes));
}

/* The inner nodes that argument `argument` names; NULL names all. */
static int *
inner_nodes(FunctionCallInfo fcinfo, int argument, int *count)
{
	const framework *fw = framework_of(framework_argument(fcinfo, 0));
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
	nodes = named_nodes(fcinfo, argument, count);
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
	method = parse_tree_method(text_argument(fcinfo, 1));
	nodes = inner_nodes(fcinfo, 2, &count);
	for (int i = 0; i < count; i++)
	{
		specs[nodes[i]].node.method = (uint8) method;
		specs[nodes[i]].node.power = PG_ARGISNULL(3) ? 0 : PG_GETARG_FLOAT8(3);
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
	missing = parse_tree_missing(text_argument(fcinfo, 1));
	nodes = inner_nodes(fcinfo, 2, &count);
	for (int i = 0; i < count; i++)
		specs[nodes[i]].node.missing = (uint8) missing;
	PG_RETURN_POINTER(framework_build(specs, fw->nodes));
}

/* ---------- order: that of the fingerprints, the same on every machine ---------- */

/* Read without the rest of a toasted value. */
static struct varlena *
fingerprint(Datum value)
{
	return PG_DETOAST_DATUM_SLICE(value, offsetof(framework, fingerprint) - VARHDRSZ,
								  FRAMEWORK_FINGERPRINT);
}

IMAGE_COMPARISON_FUNCTIONS(framework, fingerprint)
