/*
 * framework_agg.c
 *	  framework_agg(): a framework from rows, one a criterion.
 */
#include "postgres.h"
#include "base/aggregate_context.h"
#include "framework/framework_names.h"
#include "framework/framework_build.h"
#include "framework/framework_settings.h"
#include "utils/builtins.h"

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
 * Arguments: state, code, parent, weight, direction; then settings as in the
 * text of a framework, or in the full form
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
	if (PG_NARGS() == 6)
	{
		if (!PG_ARGISNULL(5))
			framework_settings_of_text(text_argument(fcinfo, 5), spec);
		return;
	}
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
		framework_rescaling_of_text(text_argument(fcinfo, 11), node);
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
