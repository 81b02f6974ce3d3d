/*
 * unit_cells.c
 *	  Lookup, errors, text and binary forms of the cells of one unit.
 *
 * Text: v1 framework=<32 hexadecimal digits> leaves=3 [scale=2] 1=0.5
 * 2=missing 3=not_applicable, on one line; an absent leaf is left out.
 * Binary: int8 version, the fingerprint, int32 leaves, int32 scale, then the
 * cells as their type writes them, in network byte order.
 */
#include "postgres.h"
#include "unit/unit_cells.h"
#include "framework/framework_argument.h"

#include <ctype.h>

#include "base/forms/text_reader.h"
#include "base/forms/wire.h"
#include "libpq/pqformat.h"
#include "miscadmin.h"
#include "utils/builtins.h"

void
unit_cells_init(unit_cells *cells, Size size, const uint8 *fingerprint, int leaves)
{
	memset(cells, 0, sizeof(*cells));
	SET_VARSIZE(cells, size);
	cells->version = UNIT_CELLS_VERSION;
	memcpy(cells->fingerprint, fingerprint, FRAMEWORK_FINGERPRINT);
	cells->leaves = leaves;
}

int
unit_cells_leaf(const framework_cache *cache, text *code)
{
	int			node = framework_node_of(cache, code);
	int			leaf;

	leaf = framework_of(cache)->node[node].leaf;
	if (unlikely(leaf < 0))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("criterion \"%s\" has criteria below it", text_to_cstring(code)),
				 errdetail("Its score is made from theirs."),
				 errhint("Give values of leaves only.")));
	return leaf;
}

void
unit_cells_check_framework(const unit_cells *cells, const framework *fw)
{
	if (memcmp(cells->fingerprint, fw->fingerprint, FRAMEWORK_FINGERPRINT) != 0 ||
		cells->leaves != fw->leaves)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("cells were collected for another framework"),
				 errhint("Pass the framework that the aggregate was given.")));
}

void
unit_cells_other_framework(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("cells of different frameworks cannot be put together"),
			 errhint("Group by the framework too.")));
}

void
unit_cells_duplicate(text *code, int leaf)
{
	ereport(ERROR,
			(errcode(ERRCODE_UNIQUE_VIOLATION),
			 code != NULL ?
			 errmsg("a unit has two values of criterion \"%s\"", text_to_cstring(code)) :
			 errmsg("a unit has two values of criterion number %d among the leaves", leaf + 1),
			 errhint("Group by what tells units (and periods) apart.")));
}

void
unit_cells_null_argument(bool is_framework)
{
	ereport(ERROR,
			(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
			 errmsg("%s of a cell is NULL", is_framework ? "framework" : "code")));
}

/* ---------- text ---------- */

Datum
unit_cells_out(const unit_cells *cells, const unit_cells_type *type)
{
	StringInfoData out;

	initStringInfo(&out);
	appendStringInfo(&out, "v%d framework=", UNIT_CELLS_VERSION);
	for (int i = 0; i < FRAMEWORK_FINGERPRINT; i++)
		appendStringInfo(&out, "%02x", cells->fingerprint[i]);
	appendStringInfo(&out, " leaves=%d", cells->leaves);
	if (cells->scale > 0)
		appendStringInfo(&out, " scale=%d", cells->scale);
	for (int i = 0; i < cells->leaves; i++)
	{
		char	   *text = type->out(cells, i);

		CHECK_FOR_INTERRUPTS();
		if (text != NULL)
			appendStringInfo(&out, " %d=%s", i + 1, text);
	}
	PG_RETURN_CSTRING(out.data);
}

static int
read_count(text_reader *reader, int most)
{
	return (int) text_integer(reader, 1, most, psprintf("a number from 1 to %d", most));
}

static void
read_fingerprint(text_reader *reader, uint8 *fingerprint)
{
	for (int i = 0; i < FRAMEWORK_FINGERPRINT; i++)
	{
		unsigned	byte = 0;

		for (int k = 0; k < 2; k++)
		{
			int			c = tolower((unsigned char) *reader->at);

			if (!isxdigit(c))
				text_error(reader, "32 hexadecimal digits");
			byte = byte * 16 + (unsigned) (c <= '9' ? c - '0' : c - 'a' + 10);
			reader->at++;
		}
		fingerprint[i] = (uint8) byte;
	}
}

Datum
unit_cells_in(const char *text, const unit_cells_type *type)
{
	text_reader reader = {
		type->name, text, text,
		"Such values come from aggregates; write them down only as the output function does."
	};
	uint8		fingerprint[FRAMEWORK_FINGERPRINT];
	unit_cells *cells;

	text_expect_exactly(&reader, "v1 framework=");
	read_fingerprint(&reader, fingerprint);
	text_expect_exactly(&reader, " leaves=");
	cells = type->make(fingerprint, read_count(&reader, FRAMEWORK_MAX_NODES));
	if (type->max_scale > 0 && text_accept_exactly(&reader, " scale="))
		cells->scale = read_count(&reader, type->max_scale);
	while (*reader.at != '\0')
	{
		const char *start;
		char	   *word;
		int			leaf;

		CHECK_FOR_INTERRUPTS();
		text_expect_exactly(&reader, " ");
		leaf = read_count(&reader, cells->leaves) - 1;
		if (type->out(cells, leaf) != NULL)
			text_error(&reader, "each leaf once");
		text_expect_exactly(&reader, "=");
		start = reader.at;
		word = pnstrdup(start, strcspn(start, " "));
		if (!type->in(&cells, leaf, word))
			text_error(&reader, "a value that the type can hold");
		reader.at += strlen(word);
		pfree(word);
	}
	PG_RETURN_POINTER(cells);
}

/* ---------- binary ---------- */

Datum
unit_cells_send(const unit_cells *cells, const unit_cells_type *type)
{
	StringInfoData wire;

	pq_begintypsend(&wire);
	pq_sendbyte(&wire, UNIT_CELLS_VERSION);
	pq_sendbytes(&wire, (const char *) cells->fingerprint, FRAMEWORK_FINGERPRINT);
	pq_sendint32(&wire, cells->leaves);
	pq_sendint32(&wire, cells->scale);
	for (int i = 0; i < cells->leaves; i++)
		type->send(&wire, cells, i);
	PG_RETURN_BYTEA_P(pq_endtypsend(&wire));
}

Datum
unit_cells_recv(StringInfo wire, const unit_cells_type *type)
{
	const uint8 *fingerprint;
	int			leaves;
	int			scale;
	unit_cells *cells;

	wire_version(wire, type->name, UNIT_CELLS_VERSION);
	fingerprint = (const uint8 *) pq_getmsgbytes(wire, FRAMEWORK_FINGERPRINT);
	leaves = (int) pq_getmsgint(wire, 4);
	scale = (int) pq_getmsgint(wire, 4);
	if (leaves < 1 || leaves > FRAMEWORK_MAX_NODES || scale < 0 || scale > type->max_scale ||
		leaves > (wire->len - wire->cursor) / (int) type->sent_size)
		wire_error(type->name, psprintf("It claims %d leaves and %d decimals.", leaves, scale));
	cells = type->make(fingerprint, leaves);
	cells->scale = scale;
	for (int i = 0; i < leaves; i++)
		if (!type->receive(wire, &cells, i))
			wire_error(type->name,
					   psprintf("Leaf %d is neither a value nor one of the marks of its absence.",
								i + 1));
	PG_RETURN_POINTER(cells);
}
