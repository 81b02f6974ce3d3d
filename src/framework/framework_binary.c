/*
 * framework_binary.c
 *	  Binary form of the type framework.
 *
 * int8 version, int32 nodes, then each node, parents before their children:
 * int32 place of the parent (-1: the root); code; int8 method, missing,
 * rescale, direction; int16 round_digits; int32 min_children; float8
 * min_share, weight, power, floor; rule; maximum points. Texts are int32
 * length and bytes, the maximum is int32 length and what numeric_send()
 * gives; length -1 is none. Network byte order throughout.
 */
#include "postgres.h"
#include "framework/framework.h"

#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/builtins.h"

/* What the least node takes: the fixed fields and three lengths. */
#define SMALLEST_NODE 58

static void
write_text(StringInfo wire, const char *text, int length, bool for_client)
{
	const char *sent = for_client ? pg_server_to_client(text, length) : text;

	if (sent != text)
		length = (int) strlen(sent);
	pq_sendint32(wire, length);
	appendBinaryStringInfo(wire, sent, length);
}

void
framework_write(StringInfo wire, const framework *fw, bool for_client)
{
	pq_sendbyte(wire, FRAMEWORK_VERSION);
	pq_sendint32(wire, fw->nodes);
	for (int i = 0; i < fw->nodes; i++)
	{
		const tree_node *node = &fw->node[i];
		const framework_label *label = framework_labels(fw) + i;
		Numeric		max_points = framework_max_points(fw, i);

		CHECK_FOR_INTERRUPTS();
		pq_sendint32(wire, node->parent);
		write_text(wire, (const char *) fw + label->code, label->code_length, for_client);
		pq_sendbyte(wire, node->method);
		pq_sendbyte(wire, node->missing);
		pq_sendbyte(wire, node->rescale);
		pq_sendbyte(wire, (uint8) node->direction);
		pq_sendint16(wire, (uint16) node->round_digits);
		pq_sendint32(wire, node->min_children);
		pq_sendfloat8(wire, node->min_share);
		pq_sendfloat8(wire, node->weight);
		pq_sendfloat8(wire, node->power);
		pq_sendfloat8(wire, node->floor);
		if (label->rule_length > 0)
			write_text(wire, (const char *) fw + label->rule, label->rule_length, for_client);
		else
			pq_sendint32(wire, -1);
		if (max_points != NULL)
		{
			bytea	   *sent = DatumGetByteaPP(DirectFunctionCall1(numeric_send,
																   NumericGetDatum(max_points)));

			write_text(wire, VARDATA_ANY(sent), VARSIZE_ANY_EXHDR(sent), false);
		}
		else
			pq_sendint32(wire, -1);
	}
}

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

pg_noreturn static void bad_message(const char *format, int value);

static void
bad_message(const char *format, int value)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
			 errmsg("invalid binary value of type framework"),
			 errdetail(format, value)));
}

/* A length that the rest of the message can hold; -1 for none. */
static int
read_length(StringInfo wire)
{
	int			length = (int) pq_getmsgint(wire, 4);

	if (length < -1 || length > wire->len - wire->cursor)
		bad_message("It claims a text of %d bytes.", length);
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

PARINDEX_FUNCTION(parindex_framework_recv);
Datum
parindex_framework_recv(PG_FUNCTION_ARGS)
{
	StringInfo	wire = (StringInfo) PG_GETARG_POINTER(0);
	int			version = pq_getmsgbyte(wire);
	int			count;
	framework_spec *specs;

	if (version != FRAMEWORK_VERSION)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("unsupported version %d of type framework", version),
				 errdetail("This library reads version %d.", FRAMEWORK_VERSION)));
	count = (int) pq_getmsgint(wire, 4);
	if (count < 1 || count > FRAMEWORK_MAX_NODES ||
		count > (wire->len - wire->cursor) / SMALLEST_NODE)
		bad_message("It claims %d nodes.", count);
	specs = palloc0(sizeof(framework_spec) * count);
	for (int i = 0; i < count; i++)
	{
		framework_spec *spec = &specs[i];
		int			parent = (int) pq_getmsgint(wire, 4);

		CHECK_FOR_INTERRUPTS();
		if (parent < -1 || parent >= i || (parent < 0) != (i == 0))
			bad_message("A node claims parent %d, which does not stand before it.", parent);
		spec->parent = parent < 0 ? NULL : specs[parent].code;
		spec->code = read_text(wire);
		if (spec->code == NULL)
			bad_message("Node %d has no code.", i);
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
		spec->rule = read_text(wire);
		spec->max_points = read_numeric(wire);
	}
	PG_RETURN_POINTER(framework_build(specs, count));
}
