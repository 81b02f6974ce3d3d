/*
 * framework_text.c
 *	  Text form of the type framework.
 *
 *	  node     = code [":" weight] ["[" setting {"," setting} "]"]
 *	             ["{" node {"," node} "}"]
 *	  setting  = direction -1 | max 50 | method geometric | power 2
 *	           | missing zero | min_children 2 | min_share 0.66 | floor 1
 *	           | round 2 | rescale minmax | rule "text"
 *
 * A code stands bare where it is made of letters of any script, digits, "_",
 * "." and "-"; else it is quoted, a quote inside doubled. White space is
 * free; a weight left out is 1. Output is one node a line, siblings in natural
 * order, and leaves out what is default; numbers are the shortest that give
 * the same value back.
 */
#include "postgres.h"
#include "framework/framework_build.h"

#include <math.h>

#include "common/shortest_dec.h"
#include "base/decimal_round.h"
#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/float.h"

typedef enum setting
{
	SET_DIRECTION,
	SET_MAX,
	SET_METHOD,
	SET_POWER,
	SET_MISSING,
	SET_MIN_CHILDREN,
	SET_MIN_SHARE,
	SET_FLOOR,
	SET_ROUND,
	SET_RESCALE,
	SET_RULE
} setting;

static const char *const setting_names[] = {
	[SET_DIRECTION] = "direction",
	[SET_MAX] = "max",
	[SET_METHOD] = "method",
	[SET_POWER] = "power",
	[SET_MISSING] = "missing",
	[SET_MIN_CHILDREN] = "min_children",
	[SET_MIN_SHARE] = "min_share",
	[SET_FLOOR] = "floor",
	[SET_ROUND] = "round",
	[SET_RESCALE] = "rescale",
	[SET_RULE] = "rule"
};

/* ---------- input ---------- */

typedef struct parser
{
	const char *text;
	const char *next;
	framework_spec *specs;
	int			count;
	int			room;
} parser;

pg_noreturn static void syntax_error(const parser *parser, const char *at, const char *expected);

static void
syntax_error(const parser *parser, const char *at, const char *expected)
{
	const char *line = parser->text;
	int			number = 1;

	for (const char *p = parser->text; p < at; p++)
		if (*p == '\n')
		{
			line = p + 1;
			number++;
		}
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
			 errmsg("invalid input syntax for type framework"),
			 errdetail("Expected %s at line %d, character %d, not %s.", expected,
					   number, pg_mbstrlen_with_len(line, (int) (at - line)) + 1,
					   *at == '\0' ? "the end" :
					   psprintf("\"%.*s\"", pg_mblen(at), at))));
}

static inline bool
is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static inline bool
is_bare(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
		c == '_' || c == '.' || c == '-' || IS_HIGHBIT_SET(c);
}

static void
skip_space(parser *parser)
{
	while (is_space(*parser->next))
		parser->next++;
}

static bool
accept_char(parser *parser, char c)
{
	skip_space(parser);
	if (*parser->next != c)
		return false;
	parser->next++;
	return true;
}

/* A word, or a quoted string. */
static char *
parse_word(parser *parser, const char *expected)
{
	const char *start;
	StringInfoData word;

	skip_space(parser);
	start = parser->next;
	if (*start != '"')
	{
		while (is_bare(*parser->next) || *parser->next == '+')
			parser->next++;
		if (parser->next == start)
			syntax_error(parser, start, expected);
		return pnstrdup(start, parser->next - start);
	}
	initStringInfo(&word);
	for (parser->next++;; parser->next++)
	{
		if (*parser->next == '\0')
			syntax_error(parser, parser->next, "a closing quote");
		if (*parser->next == '"' && *++parser->next != '"')
			return word.data;
		appendStringInfoCharMacro(&word, *parser->next);
	}
}

static double
parse_number(parser *parser)
{
	char	   *word;
	const char *start;

	skip_space(parser);
	start = parser->next;
	if (*start == '"')
		syntax_error(parser, start, "a number");
	word = parse_word(parser, "a number");
	if (word[strspn(word, "0123456789+-.eE")] != '\0')
		syntax_error(parser, start, "a number");
	return parse_float8(word, "framework", word);
}

static int
parse_integer(parser *parser, int low, int high)
{
	const char *start;
	double		number;

	skip_space(parser);
	start = parser->next;
	number = parse_number(parser);
	if (!(number >= low && number <= high) || number != floor(number))
		syntax_error(parser, start, psprintf("a whole number from %d to %d", low, high));
	return (int) number;
}

/* The value of one setting. */
static void
parse_value(parser *parser, framework_spec *spec, setting which)
{
	tree_node  *node = &spec->node;

	switch (which)
	{
		case SET_DIRECTION:
			node->direction = (int8) parse_integer(parser, -1, 1);
			break;
		case SET_MAX:
			spec->max_points =
				DatumGetNumeric(DirectFunctionCall3(numeric_in,
													CStringGetDatum(parse_word(parser, "a number")),
													ObjectIdGetDatum(InvalidOid),
													Int32GetDatum(-1)));
			break;
		case SET_METHOD:
			node->method = (uint8) parse_tree_method(parse_word(parser, "a method"));
			break;
		case SET_POWER:
			node->power = parse_number(parser);
			break;
		case SET_MISSING:
			node->missing = (uint8) parse_tree_missing(parse_word(parser, "a missing rule"));
			break;
		case SET_MIN_CHILDREN:
			node->min_children = parse_integer(parser, 0, FRAMEWORK_MAX_NODES);
			break;
		case SET_MIN_SHARE:
			node->min_share = parse_number(parser);
			break;
		case SET_FLOOR:
			node->floor = parse_number(parser);
			break;
		case SET_ROUND:
			node->round_digits = (int16) parse_integer(parser, MIN_ROUND_DIGITS, MAX_ROUND_DIGITS);
			break;
		case SET_RESCALE:
			node->rescale = (uint8) parse_tree_rescale(parse_word(parser, "a rescaling"));
			break;
		case SET_RULE:
			spec->rule = parse_word(parser, "a scoring rule in quotes");
			break;
	}
}

static void
parse_settings(parser *parser, framework_spec *spec)
{
	unsigned	seen = 0;

	do
	{
		const char *start;
		char	   *name;
		int			which = 0;

		skip_space(parser);
		start = parser->next;
		name = parse_word(parser, "a setting");
		while (which < (int) lengthof(setting_names) && strcmp(name, setting_names[which]) != 0)
			which++;
		if (which == (int) lengthof(setting_names))
			syntax_error(parser, start,
						 "direction, max, method, power, missing, min_children, min_share, floor, round, rescale or rule");
		if (seen & 1U << which)
			syntax_error(parser, start, "each setting once");
		seen |= 1U << which;
		parse_value(parser, spec, which);
	} while (accept_char(parser, ','));
	if (!accept_char(parser, ']'))
		syntax_error(parser, parser->next, "\",\" or \"]\"");
}

static void
parse_node(parser *parser, const char *parent, int depth)
{
	framework_spec spec;

	CHECK_FOR_INTERRUPTS();
	if (depth > FRAMEWORK_MAX_DEPTH || parser->count == FRAMEWORK_MAX_NODES)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("framework is too large"),
				 errdetail("It has at most %d nodes and %d levels below its root.",
						   FRAMEWORK_MAX_NODES, FRAMEWORK_MAX_DEPTH)));
	framework_spec_defaults(&spec);
	spec.code = parse_word(parser, "a code");
	spec.parent = parent;
	if (accept_char(parser, ':'))
		spec.node.weight = parse_number(parser);
	if (accept_char(parser, '['))
		parse_settings(parser, &spec);

	if (parser->count == parser->room)
	{
		parser->room *= 2;
		parser->specs = repalloc(parser->specs, sizeof(framework_spec) * parser->room);
	}
	parser->specs[parser->count++] = spec;
	if (!accept_char(parser, '{'))
		return;
	do
		parse_node(parser, spec.code, depth + 1);
	while (accept_char(parser, ','));
	if (!accept_char(parser, '}'))
		syntax_error(parser, parser->next, "\",\" or \"}\"");
}

PARINDEX_FUNCTION(parindex_framework_in);
Datum
parindex_framework_in(PG_FUNCTION_ARGS)
{
	parser		parser = {0};

	parser.text = parser.next = PG_GETARG_CSTRING(0);
	parser.room = 64;
	parser.specs = palloc(sizeof(framework_spec) * parser.room);
	parse_node(&parser, NULL, 0);
	skip_space(&parser);
	if (*parser.next != '\0')
		syntax_error(&parser, parser.next, "the end");
	PG_RETURN_POINTER(framework_build(parser.specs, parser.count));
}

/* ---------- output ---------- */

static void
write_quoted(StringInfo out, const char *text, int length)
{
	appendStringInfoCharMacro(out, '"');
	for (int i = 0; i < length; i++)
	{
		if (text[i] == '"')
			appendStringInfoCharMacro(out, '"');
		appendStringInfoCharMacro(out, text[i]);
	}
	appendStringInfoCharMacro(out, '"');
}

static void
write_code(StringInfo out, const char *code, int length)
{
	int			bare = 0;

	while (bare < length && is_bare(code[bare]))
		bare++;
	if (bare == length)
		appendBinaryStringInfo(out, code, length);
	else
		write_quoted(out, code, length);
}

/* Not float8out(), whose digits depend on a setting of the session. */
static void
write_number(StringInfo out, double number)
{
	char		digits[DOUBLE_SHORTEST_DECIMAL_LEN];

	double_to_shortest_decimal_buf(number, digits);
	appendStringInfoString(out, digits);
}

/* What stands before a setting's value. */
static void
write_setting(StringInfo out, setting which, bool *any)
{
	appendStringInfo(out, "%s%s ", *any ? ", " : " [", setting_names[which]);
	*any = true;
}

static void
write_settings(StringInfo out, const framework *fw, int i)
{
	const tree_node *node = &fw->node[i];
	const framework_label *label = framework_labels(fw) + i;
	Numeric		max_points = framework_max_points(fw, i);
	bool		any = false;

	if (node->direction != 1)
	{
		write_setting(out, SET_DIRECTION, &any);
		appendStringInfo(out, "%d", node->direction);
	}
	if (max_points != NULL)
	{
		write_setting(out, SET_MAX, &any);
		appendStringInfoString(out, DatumGetCString(DirectFunctionCall1(numeric_out,
																		NumericGetDatum(max_points))));
	}
	if (node->method != TREE_ARITHMETIC)
	{
		write_setting(out, SET_METHOD, &any);
		appendStringInfoString(out, tree_method_name(node->method));
	}
	if (node->power != 0)
	{
		write_setting(out, SET_POWER, &any);
		write_number(out, node->power);
	}
	if (node->missing != TREE_RENORMALISE)
	{
		write_setting(out, SET_MISSING, &any);
		appendStringInfoString(out, tree_missing_name(node->missing));
	}
	if (node->min_children != 0)
	{
		write_setting(out, SET_MIN_CHILDREN, &any);
		appendStringInfo(out, "%d", node->min_children);
	}
	if (node->min_share != 0)
	{
		write_setting(out, SET_MIN_SHARE, &any);
		write_number(out, node->min_share);
	}
	if (!isnan(node->floor))
	{
		write_setting(out, SET_FLOOR, &any);
		write_number(out, node->floor);
	}
	if (node->round_digits != TREE_NO_ROUNDING)
	{
		write_setting(out, SET_ROUND, &any);
		appendStringInfo(out, "%d", node->round_digits);
	}
	if (node->rescale != TREE_RESCALE_NONE)
	{
		write_setting(out, SET_RESCALE, &any);
		appendStringInfoString(out, tree_rescale_name(node->rescale));
	}
	if (label->rule_length > 0)
	{
		write_setting(out, SET_RULE, &any);
		write_quoted(out, (const char *) fw + label->rule, label->rule_length);
	}
	if (any)
		appendStringInfoCharMacro(out, ']');
}

static void
write_node(StringInfo out, const framework *fw, int i)
{
	const tree_node *node = &fw->node[i];
	int			length;
	const char *code = framework_code(fw, i, &length);

	CHECK_FOR_INTERRUPTS();
	appendStringInfoSpaces(out, 2 * node->depth);
	write_code(out, code, length);
	if (i > 0 || node->weight != 1)
	{
		appendStringInfoString(out, ": ");
		write_number(out, node->weight);
	}
	write_settings(out, fw, i);
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
