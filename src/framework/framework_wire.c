/*
 * framework_wire.c
 *	  Writing the binary form of a framework: framework_wire.h.
 */
#include "postgres.h"
#include "framework/framework_wire.h"

#include <math.h>

#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/builtins.h"

static void
write_text(StringInfo wire, const char *text, int length, bool for_client)
{
	const char *sent = for_client ? pg_server_to_client(text, length) : text;

	if (sent != text)
		length = (int) strlen(sent);
	pq_sendint32(wire, length);
	appendBinaryStringInfo(wire, sent, length);
}

static void
write_text_or_none(StringInfo wire, const char *text, int length, bool for_client)
{
	if (length > 0)
		write_text(wire, text, length, for_client);
	else
		pq_sendint32(wire, -1);
}

/* Frameworks that version 1 could say keep its form, and so their fingerprints. */
static int
framework_wire_version(const framework *fw)
{
	for (int i = 0; i < fw->nodes; i++)
	{
		const tree_node *node = &fw->node[i];

		if (node->method > TREE_SUM || node->half_even || node->rescale > TREE_RESCALE_MINMAX_100 ||
			node->rescale_low != tree_rescale_default((tree_rescale) node->rescale, false) ||
			node->rescale_high != tree_rescale_default((tree_rescale) node->rescale, true) ||
			!isnan(node->veto) || (node->children > 0 && node->leaf >= 0) || framework_labels(fw)[i].transform_length > 0 || node->best > 0 || node->trim > 0 || node->zeros ||
			node->weight < 0 || (node->children > 0 && node->direction < 0))
			return FRAMEWORK_WIRE_VERSION;
	}
	return 1;
}

void
framework_write(StringInfo wire, const framework *fw, bool for_client)
{
	int			version = framework_wire_version(fw);

	pq_sendbyte(wire, version);
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
		if (version > 1)
		{
			pq_sendbyte(wire, node->best);
			pq_sendbyte(wire, node->trim);
			pq_sendbyte(wire, node->zeros);
			pq_sendbyte(wire, node->half_even);
			pq_sendbyte(wire, node->children > 0 && node->leaf >= 0);
			pq_sendfloat8(wire, node->rescale_low);
			pq_sendfloat8(wire, node->rescale_high);
			pq_sendfloat8(wire, node->veto);
			pq_sendfloat8(wire, node->veto_cap);
			pq_sendint32(wire, node->orders);
			for (int k = 0; k < node->orders; k++)
				pq_sendfloat8(wire, tree_order(fw->node, i)[k]);
			write_text_or_none(wire, (const char *) fw + label->transform, label->transform_length,
							   for_client);
		}
		write_text_or_none(wire, (const char *) fw + label->rule, label->rule_length, for_client);
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
