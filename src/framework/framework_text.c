/*
 * framework_text.c
 *	  Text form of the type framework.
 *
 *	  node     = code [":" weight] ["[" setting {"," setting} "]"]
 *	             ["{" node {"," node} "}"]
 *	  setting  = direction -1 | max 50 | method geometric | power 2
 *	           | missing zero | min_children 2 | min_share 0.66 | floor 1
 *	           | round 2 | rescale minmax | rule "text" | scale 10 | zeros zero
 *	           | best 5 | trim 1
 *
 * A code stands bare where it is made of letters of any script, digits, "_",
 * "." and "-"; else it is quoted, a quote inside doubled. White space is
 * free; a weight left out is 1. Output is one node a line, siblings in natural
 * order, and leaves out what is default; numbers are the shortest that give
 * the same value back.
 */
#include "postgres.h"
#include "framework/framework_build.h"
#include "framework/framework_names.h"

#include <math.h>

#include "base/decimal_round.h"
#include "base/forms/text_reader.h"
#include "common/shortest_dec.h"
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
	SET_RULE,
	SET_SCALE,
	SET_ZEROS,
	SET_BEST,
	SET_TRIM
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
	[SET_RULE] = "rule",
	[SET_SCALE] = "scale",
	[SET_ZEROS] = "zeros",
	[SET_BEST] = "best",
	[SET_TRIM] = "trim"
};

/* ---------- input ---------- */

typedef struct parser
{
	text_reader reader;
	framework_spec *specs;
	int			count;
	int			room;
} parser;

/* The word or number that begins here is not what was expected. */
pg_noreturn static void
refuse_word(text_reader *reader, const char *start, const char *expected)
{
	reader->at = start;
	text_error(reader, expected);
}

static inline bool
is_bare(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || text_is_digit(c) ||
		c == '_' || c == '.' || c == '-' || IS_HIGHBIT_SET(c);
}

/* A word, or a quoted string. */
static char *
parse_word(text_reader *reader, const char *expected)
{
	const char *start;
	int			length;

	text_skip_space(reader);
	start = reader->at;
	if (*start == '"')
		return text_quoted(reader, '"', &length, expected);
	while (is_bare(*reader->at) || *reader->at == '+')
		reader->at++;
	if (reader->at == start)
		text_error(reader, expected);
	return pnstrdup(start, reader->at - start);
}

/* Written in decimal digits; out of range is 22003. */
static double
parse_number(text_reader *reader)
{
	const char *start;
	char	   *word;
	char	   *end;

	text_skip_space(reader);
	start = reader->at;
	if (*start == '"')
		text_error(reader, "a number");
	word = parse_word(reader, "a number");
	(void) strtod(word, &end);
	if (*end != '\0' || word[strspn(word, "0123456789+-.eE")] != '\0')
		refuse_word(reader, start, "a number");
	return parse_float8(word, "framework", word);
}

static int
parse_integer(text_reader *reader, int low, int high)
{
	const char *start;
	double		number;

	text_skip_space(reader);
	start = reader->at;
	number = parse_number(reader);
	if (!(number >= low && number <= high) || number != floor(number))
		refuse_word(reader, start, psprintf("a whole number from %d to %d", low, high));
	return (int) number;
}

/* What a mean with a 0 is that would else fail: an error, or 0. */
static bool
parse_zeros(text_reader *reader)
{
	const char *start;
	char	   *word;

	text_skip_space(reader);
	start = reader->at;
	word = parse_word(reader, "zero or error");
	if (strcmp(word, "zero") != 0 && strcmp(word, "error") != 0)
		refuse_word(reader, start, "zero or error");
	return strcmp(word, "zero") == 0;
}

/* The value of one setting. */
static void
parse_value(text_reader *reader, framework_spec *spec, setting which)
{
	tree_node  *node = &spec->node;

	switch (which)
	{
		case SET_DIRECTION:
			node->direction = (int8) parse_integer(reader, -1, 1);
			break;
		case SET_MAX:
			spec->max_points =
				DatumGetNumeric(DirectFunctionCall3(numeric_in,
													CStringGetDatum(parse_word(reader, "a number")),
													ObjectIdGetDatum(InvalidOid),
													Int32GetDatum(-1)));
			break;
		case SET_METHOD:
			node->method = (uint8) parse_tree_method(parse_word(reader, "a method"));
			break;
		case SET_POWER:
			node->power = parse_number(reader);
			break;
		case SET_MISSING:
			node->missing = (uint8) parse_tree_missing(parse_word(reader, "a missing rule"));
			break;
		case SET_MIN_CHILDREN:
			node->min_children = parse_integer(reader, 0, FRAMEWORK_MAX_NODES);
			break;
		case SET_MIN_SHARE:
			node->min_share = parse_number(reader);
			break;
		case SET_FLOOR:
			node->floor = parse_number(reader);
			break;
		case SET_ROUND:
			node->round_digits = (int16) parse_integer(reader, MIN_ROUND_DIGITS, MAX_ROUND_DIGITS);
			break;
		case SET_RESCALE:
			node->rescale = (uint8) parse_tree_rescale(parse_word(reader, "a rescaling"));
			break;
		case SET_RULE:
			spec->rule = parse_word(reader, "a scoring rule in quotes");
			break;
		case SET_SCALE:
			node->power = parse_number(reader);
			break;
		case SET_ZEROS:
			node->zeros = parse_zeros(reader);
			break;
		case SET_BEST:
			node->best = (uint8) parse_integer(reader, 1, PG_UINT8_MAX);
			break;
		case SET_TRIM:
			node->trim = (uint8) parse_integer(reader, 1, PG_INT8_MAX);
			break;
	}
}

static void
parse_settings(text_reader *reader, framework_spec *spec)
{
	unsigned	seen = 0;

	do
	{
		const char *start;
		char	   *name;
		int			which = 0;

		text_skip_space(reader);
		start = reader->at;
		name = parse_word(reader, "a setting");
		while (which < (int) lengthof(setting_names) && strcmp(name, setting_names[which]) != 0)
			which++;
		if (which == (int) lengthof(setting_names))
			refuse_word(reader, start,
						 "direction, max, method, power, missing, min_children, min_share, floor, round, rescale, rule, scale, zeros, best or trim");
		if (seen & 1U << which)
			refuse_word(reader, start, "each setting once");
		seen |= 1U << which;
		parse_value(reader, spec, which);
	} while (text_accept(reader, ","));
	if (!text_accept(reader, "]"))
		text_error(reader, "\",\" or \"]\"");
}

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
	spec.code = parse_word(reader, "a code");
	spec.parent = parent;
	if (text_accept(reader, ":"))
		spec.node.weight = parse_number(reader);
	if (text_accept(reader, "["))
		parse_settings(reader, &spec);

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
write_code(StringInfo out, const char *code, int length)
{
	int			bare = 0;

	while (bare < length && is_bare(code[bare]))
		bare++;
	if (bare == length)
		appendBinaryStringInfo(out, code, length);
	else
		text_append_quoted(out, code, length, '"');
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
		write_setting(out, node->method == TREE_POWER ? SET_POWER : SET_SCALE, &any);
		write_number(out, node->power);
	}
	if (node->missing != TREE_RENORMALISE)
	{
		write_setting(out, SET_MISSING, &any);
		appendStringInfoString(out, tree_missing_name(node->missing));
	}
	if (node->zeros)
	{
		write_setting(out, SET_ZEROS, &any);
		appendStringInfoString(out, "zero");
	}
	if (node->best > 0)
	{
		write_setting(out, SET_BEST, &any);
		appendStringInfo(out, "%d", node->best);
	}
	if (node->trim > 0)
	{
		write_setting(out, SET_TRIM, &any);
		appendStringInfo(out, "%d", node->trim);
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
		text_append_quoted(out, (const char *) fw + label->rule, label->rule_length, '"');
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
