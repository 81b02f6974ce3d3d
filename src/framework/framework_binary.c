/*
 * framework_binary.c
 *	  Sending and receiving frameworks, in the form of framework_wire.h.
 */
#include "postgres.h"
#include "framework/framework_build.h"

#include "base/forms/wire.h"
#include "framework/framework_wire.h"
#include "libpq/pqformat.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/float.h"

/* What the least node takes: the fixed fields and three lengths. */
#define SMALLEST_NODE 58

PARINDEX_FUNCTION(parindex_framework_send);
Datum
parindex_framework_send(PG_FUNCTION_ARGS)
{
	framework  *fw = DatumGetFrameworkP(PG_GETARG_DATUM(0));
	StringInfoData wire;

	pq_begintypsend(&wire);
	framework_write(&wire, fw, true);
	PG_RETURN_BYTEA_P(pq_endtypsend(&wire));
}

/* A length that the rest of the message can hold; -1 for none. */
static int
read_length(StringInfo wire)
{
	int			length = (int) pq_getmsgint(wire, 4);

	if (length < -1 || length > wire->len - wire->cursor)
		wire_error("framework", psprintf("It claims a text of %d bytes.", length));
	return length;
}

static char *
read_text(StringInfo wire)
{
	int			length = read_length(wire);
	int			bytes;

	return length < 0 ? NULL : pq_getmsgtext(wire, length, &bytes);
}

static Numeric
read_numeric(StringInfo wire)
{
	int			length = read_length(wire);
	StringInfoData part;

	if (length < 0)
		return NULL;
	initStringInfo(&part);
	appendBinaryStringInfo(&part, pq_getmsgbytes(wire, length), length);
	return DatumGetNumeric(DirectFunctionCall3(numeric_recv, PointerGetDatum(&part),
											   ObjectIdGetDatum(InvalidOid),
											   Int32GetDatum(-1)));
}

static bool
read_flag(StringInfo wire, int node)
{
	int			flag = pq_getmsgbyte(wire);

	if (flag > 1)
		wire_error("framework", psprintf("Node %d has settings out of their bounds.", node));
	return flag;
}

/* What nodes can say since version 2. */
static void
read_version_2(StringInfo wire, framework_spec *spec, int node)
{
	double	   *order;
	int			trim;

	spec->node.best = (uint8) pq_getmsgbyte(wire);
	trim = pq_getmsgbyte(wire);
	if (trim > PG_INT8_MAX)
		wire_error("framework", psprintf("Node %d has settings out of their bounds.", node));
	spec->node.trim = (uint8) trim;
	spec->node.zeros = read_flag(wire, node);
	spec->node.half_even = read_flag(wire, node);
	spec->node.leaf = read_flag(wire, node) ? 0 : -1;
	spec->node.rescale_low = pq_getmsgfloat8(wire);
	spec->node.rescale_high = pq_getmsgfloat8(wire);
	spec->node.veto = pq_getmsgfloat8(wire);
	spec->node.veto_cap = pq_getmsgfloat8(wire);
	spec->node.orders = (int32) pq_getmsgint(wire, 4);
	if (spec->node.orders < 0 || spec->node.orders > FRAMEWORK_MAX_SORTED ||
		spec->node.orders > (wire->len - wire->cursor) / (int) sizeof(double))
		wire_error("framework", psprintf("Node %d claims %d weights by place.", node,
										 spec->node.orders));
	spec->order = order = palloc(sizeof(double) * Max(spec->node.orders, 1));
	for (int i = 0; i < spec->node.orders; i++)
		order[i] = pq_getmsgfloat8(wire) + 0.0;
	spec->transform = read_text(wire);
}

PARINDEX_FUNCTION(parindex_framework_recv);
Datum
parindex_framework_recv(PG_FUNCTION_ARGS)
{
	StringInfo	wire = (StringInfo) PG_GETARG_POINTER(0);
	int			version;
	int			count;
	framework_spec *specs;

	version = wire_version(wire, "framework", FRAMEWORK_WIRE_VERSION);
	count = wire_count(wire, "framework", SMALLEST_NODE);
	if (count < 1 || count > FRAMEWORK_MAX_NODES)
		wire_error("framework", psprintf("It claims %d nodes.", count));
	specs = palloc0(sizeof(framework_spec) * count);
	for (int i = 0; i < count; i++)
	{
		framework_spec *spec = &specs[i];
		int			parent = (int) pq_getmsgint(wire, 4);

		CHECK_FOR_INTERRUPTS();
		if (parent < -1 || parent >= i || (parent < 0) != (i == 0))
			wire_error("framework",
					   psprintf("A node claims parent %d, which does not stand before it.", parent));
		spec->parent = parent < 0 ? NULL : specs[parent].code;
		spec->code = read_text(wire);
		if (spec->code == NULL)
			wire_error("framework", psprintf("Node %d has no code.", i));
		spec->node.method = (uint8) pq_getmsgbyte(wire);
		spec->node.missing = (uint8) pq_getmsgbyte(wire);
		spec->node.rescale = (uint8) pq_getmsgbyte(wire);
		spec->node.direction = (int8) pq_getmsgbyte(wire);
		spec->node.round_digits = (int16) pq_getmsgint(wire, 2);
		spec->node.min_children = (int32) pq_getmsgint(wire, 4);
		spec->node.min_share = pq_getmsgfloat8(wire);
		spec->node.weight = pq_getmsgfloat8(wire);
		spec->node.power = pq_getmsgfloat8(wire);
		spec->node.floor = pq_getmsgfloat8(wire);
		tree_set_rescale(&spec->node, (tree_rescale) spec->node.rescale);
		spec->node.leaf = -1;
		spec->node.veto = get_float8_nan();
		if (version > 1)
			read_version_2(wire, spec, i);
		spec->rule = read_text(wire);
		spec->max_points = read_numeric(wire);
	}
	PG_RETURN_POINTER(framework_build(specs, count));
}
