/*
 * framework_settings.c
 *	  What a framework's text says of a node, in brackets: framework_settings.h.
 *
 *	  setting  = direction -1 | max 50 | method geometric | power 2
 *	           | missing zero | min_children 2 | min_share 0.66 | floor 1
 *	           | round 2 [half_even] | rescale minmax [1 10] | rule "text"
 *	           | scale 10 | zeros zero | best 5 | trim 1 | order (3, 2, 1)
 *	           | own_value first | transform log1p | veto 40 cap 20
 *
 * Output leaves out what is default; numbers are the shortest that give the
 * same value back.
 */
#include "postgres.h"
#include "framework/framework_settings.h"

#include <math.h>

#include "base/decimal_round.h"
#include "base/forms/text_words.h"
#include "framework/framework_names.h"
#include "framework/leaf_transform.h"
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
	SET_TRIM,
	SET_ORDER,
	SET_OWN_VALUE,
	SET_TRANSFORM,
	SET_VETO
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
	[SET_TRIM] = "trim",
	[SET_ORDER] = "order",
	[SET_OWN_VALUE] = "own_value",
	[SET_TRANSFORM] = "transform",
	[SET_VETO] = "veto"
};

/* The word or number that begins here is not what was expected. */
pg_noreturn static void
refuse_word(text_reader *reader, const char *start, const char *expected)
{
	reader->at = start;
	text_error(reader, expected);
}

char *
framework_word(text_reader *reader, const char *expected)
{
	const char *start;
	int			length;

	text_skip_space(reader);
	start = reader->at;
	if (*start == '"')
		return text_quoted(reader, '"', &length, expected);
	while (text_is_bare(reader->at, 1) || *reader->at == '+')
		reader->at++;
	if (reader->at == start)
		text_error(reader, expected);
	return pnstrdup(start, reader->at - start);
}

double
framework_number(text_reader *reader)
{
	const char *start;
	char	   *word;
	char	   *end;

	text_skip_space(reader);
	start = reader->at;
	if (*start == '"')
		text_error(reader, "a number");
	word = framework_word(reader, "a number");
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
	number = framework_number(reader);
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
	word = framework_word(reader, "zero or error");
	if (strcmp(word, "zero") != 0 && strcmp(word, "error") != 0)
		refuse_word(reader, start, "zero or error");
	return strcmp(word, "zero") == 0;
}

/* The weight of the best score, of the second best and so on. */
static void
read_order(text_reader *reader, framework_spec *spec)
{
	int			room = 8;
	double	   *order = palloc(sizeof(double) * room);
	int			count = 0;

	text_expect(reader, "(");
	do
	{
		if (count == FRAMEWORK_MAX_SORTED)
			text_refuse(reader, psprintf("There are at most %d weights by place.", FRAMEWORK_MAX_SORTED));
		if (count == room)
		{
			room *= 2;
			order = repalloc(order, sizeof(double) * room);
		}
		order[count++] = framework_number(reader) + 0.0;
	} while (text_accept(reader, ","));
	text_expect(reader, ")");
	spec->order = order;
	spec->node.orders = count;
}

/* A rescaling and its numbers, if any: minmax 1 10, zscore 100 10, maximum 100. */
static void
read_rescaling(text_reader *reader, tree_node *node)
{
	bool		two;

	node->rescale = (uint8) parse_tree_rescale(framework_word(reader, "a rescaling"));
	tree_set_rescale(node, (tree_rescale) node->rescale);
	two = node->rescale == TREE_RESCALE_MINMAX || node->rescale == TREE_RESCALE_ZSCORE ||
		node->rescale == TREE_RESCALE_POPULATION_ZSCORE;
	if (!text_number_follows(reader) || !(two || node->rescale == TREE_RESCALE_MAXIMUM))
		return;
	if (two)
		node->rescale_low = framework_number(reader);
	node->rescale_high = framework_number(reader);
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
													CStringGetDatum(framework_word(reader, "a number")),
													ObjectIdGetDatum(InvalidOid),
													Int32GetDatum(-1)));
			break;
		case SET_METHOD:
			node->method = (uint8) parse_tree_method(framework_word(reader, "a method"));
			break;
		case SET_POWER:
			node->power = framework_number(reader);
			break;
		case SET_MISSING:
			node->missing = (uint8) parse_tree_missing(framework_word(reader, "a missing rule"));
			break;
		case SET_MIN_CHILDREN:
			node->min_children = parse_integer(reader, 0, FRAMEWORK_MAX_NODES);
			break;
		case SET_MIN_SHARE:
			node->min_share = framework_number(reader);
			break;
		case SET_FLOOR:
			node->floor = framework_number(reader);
			break;
		case SET_ROUND:
			node->round_digits = (int16) parse_integer(reader, MIN_ROUND_DIGITS, MAX_ROUND_DIGITS);
			node->half_even = text_accept_word(reader, "half_even");
			break;
		case SET_RESCALE:
			read_rescaling(reader, node);
			break;
		case SET_RULE:
			spec->rule = framework_word(reader, "a scoring rule in quotes");
			break;
		case SET_SCALE:
			node->power = framework_number(reader);
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
		case SET_ORDER:
			read_order(reader, spec);
			break;
		case SET_OWN_VALUE:
			text_expect_word(reader, "first");
			node->leaf = 0;
			break;
		case SET_TRANSFORM:
			spec->transform = transform_text(transform_parse(reader));
			break;
		case SET_VETO:
			node->veto = framework_number(reader);
			text_expect_word(reader, "cap");
			node->veto_cap = framework_number(reader);
			break;
	}
}

void
framework_read_settings(text_reader *reader, framework_spec *spec)
{
	unsigned	seen = 0;

	do
	{
		const char *start;
		char	   *name;
		int			which = 0;

		text_skip_space(reader);
		start = reader->at;
		name = framework_word(reader, "a setting");
		while (which < (int) lengthof(setting_names) && strcmp(name, setting_names[which]) != 0)
			which++;
		if (which == (int) lengthof(setting_names))
			refuse_word(reader, start,
						 "direction, max, method, power, missing, min_children, min_share, floor, round, rescale, rule, scale, zeros, best, trim, order, own_value, transform or veto");
		if (seen & 1U << which)
			refuse_word(reader, start, "each setting once");
		seen |= 1U << which;
		parse_value(reader, spec, which);
	} while (text_accept(reader, ","));
}

static void
name_settings(void *code)
{
	errcontext("settings of criterion \"%s\"", code == NULL ? "" : (const char *) code);
}

void
framework_settings_of_text(const char *text, framework_spec *spec)
{
	text_reader reader = {"settings", text, text, NULL};
	ErrorContextCallback context = {error_context_stack, name_settings, (void *) spec->code};

	text_skip_space(&reader);
	if (*reader.at == '\0')
		return;
	error_context_stack = &context;
	framework_read_settings(&reader, spec);
	text_expect_end(&reader);
	error_context_stack = context.previous;
}

/* What stands before a setting's value. */
static void
write_setting(StringInfo out, setting which, bool *any)
{
	appendStringInfo(out, "%s%s ", *any ? ", " : "", setting_names[which]);
	*any = true;
}

void
framework_write_rescaling(StringInfo out, const tree_node *node)
{
	tree_rescale rescale = (tree_rescale) node->rescale;
	bool		by_default = node->rescale_low == tree_rescale_default(rescale, false) &&
		node->rescale_high == tree_rescale_default(rescale, true);

	appendStringInfoString(out, tree_rescale_name(rescale));
	if (by_default)
		return;
	if (rescale != TREE_RESCALE_MAXIMUM)
	{
		appendStringInfoCharMacro(out, ' ');
		text_append_number(out, node->rescale_low);
	}
	appendStringInfoCharMacro(out, ' ');
	text_append_number(out, node->rescale_high);
}

void
framework_rescaling_of_text(const char *text, tree_node *node)
{
	text_reader reader = {"rescaling", text, text, NULL};

	read_rescaling(&reader, node);
	text_expect_end(&reader);
}

void
framework_write_settings(StringInfo out, const framework *fw, int i)
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
		text_append_number(out, node->power);
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
		text_append_number(out, node->min_share);
	}
	if (!isnan(node->floor))
	{
		write_setting(out, SET_FLOOR, &any);
		text_append_number(out, node->floor);
	}
	if (node->round_digits != TREE_NO_ROUNDING)
	{
		write_setting(out, SET_ROUND, &any);
		appendStringInfo(out, "%d%s", node->round_digits, node->half_even ? " half_even" : "");
	}
	if (node->orders > 0)
	{
		write_setting(out, SET_ORDER, &any);
		for (int k = 0; k < node->orders; k++)
		{
			appendStringInfoString(out, k == 0 ? "(" : ", ");
			text_append_number(out, tree_order(fw->node, i)[k]);
		}
		appendStringInfoCharMacro(out, ')');
	}
	if (node->children > 0 && node->leaf >= 0)
	{
		write_setting(out, SET_OWN_VALUE, &any);
		appendStringInfoString(out, "first");
	}
	if (node->rescale != TREE_RESCALE_NONE)
	{
		write_setting(out, SET_RESCALE, &any);
		framework_write_rescaling(out, node);
	}
	if (!isnan(node->veto))
	{
		write_setting(out, SET_VETO, &any);
		text_append_number(out, node->veto);
		appendStringInfoString(out, " cap ");
		text_append_number(out, node->veto_cap);
	}
	if (label->transform_length > 0)
	{
		write_setting(out, SET_TRANSFORM, &any);
		appendBinaryStringInfo(out, (const char *) fw + label->transform, label->transform_length);
	}
	if (label->rule_length > 0)
	{
		write_setting(out, SET_RULE, &any);
		text_append_quoted(out, (const char *) fw + label->rule, label->rule_length, '"');
	}
}
