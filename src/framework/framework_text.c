/*
 * framework_text.c
 *	  Text form of the type framework.
 *
 *	  node     = code [":" weight] ["[" setting {"," setting} "]"]
 *	             ["{" node {"," node} "}"]
 *
 * What a setting is, framework_settings.c says.
 * A code stands bare where it is made of letters of any script, digits, "_",
 * "." and "-"; else it is quoted, a quote inside doubled. White space is
 * free; a weight left out is 1. Output is one node a line, siblings in natural
 * order, and leaves out what is default; numbers are the shortest that give
 * the same value back.
 */
#include "postgres.h"
#include "framework/framework_build.h"
#include "framework/framework_settings.h"

#include "base/forms/text_words.h"
#include "miscadmin.h"

/* ---------- input ---------- */

typedef struct parser
{
	text_reader reader;
	framework_spec *specs;
	int			count;
	int			room;
} parser;

static void
parse_node(parser *parser, const char *parent, int depth)
{
	text_reader *reader = &parser->reader;
	framework_spec spec;

	CHECK_FOR_INTERRUPTS();
	if (depth > FRAMEWORK_MAX_DEPTH || parser->count == FRAMEWORK_MAX_NODES)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("framework is too large"),
				 errdetail("It has at most %d nodes and %d levels below its root.",
						   FRAMEWORK_MAX_NODES, FRAMEWORK_MAX_DEPTH)));
	framework_spec_defaults(&spec);
	spec.code = framework_word(reader, "a code");
	spec.parent = parent;
	if (text_accept(reader, ":"))
		spec.node.weight = framework_number(reader);
	if (text_accept(reader, "["))
	{
		framework_read_settings(reader, &spec);
		if (!text_accept(reader, "]"))
			text_error(reader, "\",\" or \"]\"");
	}

	if (parser->count == parser->room)
	{
		parser->room *= 2;
		parser->specs = repalloc(parser->specs, sizeof(framework_spec) * parser->room);
	}
	parser->specs[parser->count++] = spec;
	if (!text_accept(reader, "{"))
		return;
	do
		parse_node(parser, spec.code, depth + 1);
	while (text_accept(reader, ","));
	if (!text_accept(reader, "}"))
		text_error(reader, "\",\" or \"}\"");
}

PARINDEX_FUNCTION(parindex_framework_in);
Datum
parindex_framework_in(PG_FUNCTION_ARGS)
{
	parser		parser = {0};

	parser.reader.type = "framework";
	parser.reader.text = parser.reader.at = PG_GETARG_CSTRING(0);
	parser.room = 64;
	parser.specs = palloc(sizeof(framework_spec) * parser.room);
	parse_node(&parser, NULL, 0);
	text_expect_end(&parser.reader);
	PG_RETURN_POINTER(framework_build(parser.specs, parser.count));
}

/* ---------- output ---------- */

static void
write_node(StringInfo out, const framework *fw, int i)
{
	const tree_node *node = &fw->node[i];
	int			length;
	const char *code = framework_code(fw, i, &length);
	StringInfoData settings;

	CHECK_FOR_INTERRUPTS();
	appendStringInfoSpaces(out, 2 * node->depth);
	text_append_code(out, code, length);
	if (i > 0 || node->weight != 1)
	{
		appendStringInfoString(out, ": ");
		text_append_number(out, node->weight);
	}
	initStringInfo(&settings);
	framework_write_settings(&settings, fw, i);
	if (settings.len > 0)
		appendStringInfo(out, " [%s]", settings.data);
	pfree(settings.data);
	if (node->children == 0)
		return;
	appendStringInfoString(out, " {\n");
	for (int k = 0; k < node->children; k++)
	{
		write_node(out, fw, node->first_child + k);
		appendStringInfoString(out, k < node->children - 1 ? ",\n" : "\n");
	}
	appendStringInfoSpaces(out, 2 * node->depth);
	appendStringInfoCharMacro(out, '}');
}

PARINDEX_FUNCTION(parindex_framework_out);
Datum
parindex_framework_out(PG_FUNCTION_ARGS)
{
	framework  *fw = DatumGetFrameworkP(PG_GETARG_DATUM(0));
	StringInfoData out;

	initStringInfo(&out);
	write_node(&out, fw, 0);
	PG_RETURN_CSTRING(out.data);
}
