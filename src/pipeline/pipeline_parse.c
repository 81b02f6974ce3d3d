/*
 * pipeline_parse.c
 *	  Text form of the type pipeline.
 *
 *	  pipeline = step {";" step}, or nothing
 *	  step     = "impute" method [number] ["over" "periods"] [on]
 *	           | "transform" kind {number} {by} [on]
 *	           | "treat" "winsorise" count "then" "log" {limit | by} [on]
 *	           | "normalise" method {number} {option | by} [on]
 *	           | "denominate" code "by" code ["per" number] {"," ...}
 *	           | "screen" ("units" | "criteria") share ["nonzero" share]
 *	           | ("select" | "drop") codes
 *	  limit    = "skewness" number | "kurtosis" number
 *	  option   = "to" number number | "ties" word | "held" | "constant" word
 *	           | "target" number | "reference" unit
 *	  by       = "by" "group" | "by" "period" | "base" "period" number
 *	  on       = "on" codes | "on" "all"
 *	  codes    = "(" code {"," code} ")"
 *
 * Codes stand as in a framework. Numbers right after a method of normalise are
 * its own where it has any (goalposts 20 85, scaled 0 10, zscore 10 2,
 * exponential_rank 23), else what 0 and 1 become, as after "to".
 */
#include "postgres.h"
#include "pipeline/pipeline.h"

#include <math.h>

#include "base/forms/name_table.h"
#include "base/forms/text_reader.h"
#include "miscadmin.h"

const char *const pipeline_verb_names[] = {
	[PIPELINE_IMPUTE] = "impute",
	[PIPELINE_TRANSFORM] = "transform",
	[PIPELINE_TREAT] = "treat",
	[PIPELINE_NORMALISE] = "normalise",
	[PIPELINE_DENOMINATE] = "denominate",
	[PIPELINE_SCREEN] = "screen",
	[PIPELINE_SELECT] = "select",
	[PIPELINE_DROP] = "drop"
};

/* ---------- words ---------- */

static inline bool
is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || text_is_digit(c);
}

static bool
accept_word(text_reader *reader, const char *word)
{
	Size		length = strlen(word);

	text_skip_space(reader);
	if (strncmp(reader->at, word, length) != 0 || is_word(reader->at[length]))
		return false;
	reader->at += length;
	return true;
}

static void
expect_word(text_reader *reader, const char *word)
{
	if (!accept_word(reader, word))
		text_error(reader, psprintf("\"%s\"", word));
}

/* "one of a, b, c" */
static char *
names_of(const choice *choices)
{
	StringInfoData list;

	initStringInfo(&list);
	for (const choice *c = choices; c->name != NULL; c++)
		appendStringInfo(&list, "%s%s", c == choices ? "one of " : ", ", c->name);
	return list.data;
}

static int
parse_choice(text_reader *reader, const choice *choices)
{
	for (const choice *c = choices; c->name != NULL; c++)
		if (accept_word(reader, c->name))
			return c->value;
	text_error(reader, names_of(choices));
}

static bool
number_follows(text_reader *reader)
{
	text_skip_space(reader);
	return text_is_digit(*reader->at) || *reader->at == '-' || *reader->at == '+' ||
		*reader->at == '.';
}

static double
parse_number(text_reader *reader, const char *expected)
{
	text_skip_space(reader);
	return text_float8(reader, expected) + 0.0;
}

static int
parse_integer(text_reader *reader, int low, int high, const char *expected)
{
	text_skip_space(reader);
	return (int) text_integer(reader, low, high, expected);
}

/* As in a framework: letters, digits, "_", "." and "-" bare, else in quotes. */
static char *
parse_code(text_reader *reader, const char *expected)
{
	const char *start;
	int			length;

	text_skip_space(reader);
	start = reader->at;
	if (*start == '"')
		return text_quoted(reader, '"', &length, expected);
	while (is_word(*reader->at) || *reader->at == '.' || *reader->at == '-' ||
		   IS_HIGHBIT_SET(*reader->at))
		reader->at++;
	if (reader->at == start)
		text_error(reader, expected);
	return pnstrdup(start, reader->at - start);
}

static code_list
parse_codes(text_reader *reader)
{
	code_list	list = {0};
	int			room = 8;
	name_table	known;

	name_table_init(&known, CurrentMemoryContext);
	list.code = palloc(sizeof(char *) * room);
	text_expect(reader, "(");
	do
	{
		const char *start;
		char	   *code;

		CHECK_FOR_INTERRUPTS();
		text_skip_space(reader);
		start = reader->at;
		code = parse_code(reader, "the code of a criterion");
		if (name_table_intern(&known, code, (int) strlen(code), 0) < list.count)
		{
			reader->at = start;
			text_error(reader, "each criterion once");
		}
		if (list.count == room)
		{
			room *= 2;
			list.code = repalloc(list.code, sizeof(char *) * room);
		}
		list.code[list.count++] = code;
	} while (text_accept(reader, ","));
	text_expect(reader, ")");
	return list;
}

/* ---------- steps ---------- */

/* False where what comes says nothing of parts. */
static bool
accept_part(text_reader *reader, division_rule *parts)
{
	if (accept_word(reader, "by"))
	{
		if (accept_word(reader, "group"))
			parts->by_group = true;
		else if (accept_word(reader, "period"))
			parts->by_period = true;
		else
			text_error(reader, "\"group\" or \"period\"");
		return true;
	}
	if (!accept_word(reader, "base"))
		return false;
	expect_word(reader, "period");
	parts->has_base = true;
	parts->base_period = parse_integer(reader, PG_INT32_MIN, PG_INT32_MAX,
									   "a period, a whole number");
	return true;
}

static void
parse_on(text_reader *reader, pipeline_step *step)
{
	if (!accept_word(reader, "on"))
		return;
	step->on_all = accept_word(reader, "all");
	if (!step->on_all)
		step->on = parse_codes(reader);
}

static void
parse_impute(text_reader *reader, column_step *step)
{
	impute_options *options = &step->as.impute;
	bool		has_value;

	step->verb = STEP_IMPUTE;
	options->method = (impute_method) parse_choice(reader, impute_methods);
	has_value = number_follows(reader);
	options->value = has_value ? parse_number(reader, "a number") : 0;
	check_impute_options(options, has_value);
	step->parts.by_group = impute_by_group(options->method);
	step->parts.by_period = true;
	if (accept_word(reader, "over"))
	{
		expect_word(reader, "periods");
		step->parts.by_period = false;
	}
}

static void
parse_transform(text_reader *reader, column_step *step)
{
	transform_options *options = &step->as.transform;

	step->verb = STEP_TRANSFORM;
	step->parts.ungrouped = true;
	options->transform.kind = (transform_kind) parse_choice(reader, transform_kinds);
	options->transform.a = number_follows(reader) ? parse_number(reader, "a number") : NAN;
	options->transform.b = number_follows(reader) ? parse_number(reader, "a number") : NAN;
	check_transform_options(options);
	while (options->learn && accept_part(reader, &step->parts))
		;
}

static void
parse_treat(text_reader *reader, column_step *step)
{
	treat_options *options = &step->as.treat;

	step->verb = STEP_TREAT;
	step->parts.ungrouped = true;
	options->limits = (treat_limits) {.winsorise_max = 5, .skewness = 2, .kurtosis = 3.5};
	if (accept_word(reader, "winsorise"))
		options->limits.winsorise_max = parse_integer(reader, 0, PG_INT32_MAX,
													  "how many values may be winsorised");
	if (accept_word(reader, "then"))
		expect_word(reader, "log");
	for (;;)
	{
		if (accept_word(reader, "skewness"))
			options->limits.skewness = parse_number(reader, "the limit of skewness");
		else if (accept_word(reader, "kurtosis"))
			options->limits.kurtosis = parse_number(reader, "the limit of kurtosis");
		else if (!accept_part(reader, &step->parts))
			break;
	}
	check_treat_options(options);
}

static void
parse_ends(text_reader *reader, double *low, double *high)
{
	*low = parse_number(reader, "a number");
	*high = parse_number(reader, "a second number");
}

static void
parse_normalise(text_reader *reader, column_step *step)
{
	normalise_options *options = &step->as.normalise;

	step->verb = STEP_NORMALISE;
	step->parts.ungrouped = true;
	*options = normalise_defaults();
	options->method = (normalise_method) parse_choice(reader, normalise_methods);
	if (number_follows(reader))
	{
		switch (options->method)
		{
			case NORMALISE_SCALED:
				parse_ends(reader, &options->scale_min, &options->scale_max);
				break;
			case NORMALISE_GOALPOSTS:
			case NORMALISE_LOG_GOALPOSTS:
				parse_ends(reader, &options->worst, &options->best);
				break;
			case NORMALISE_ZSCORE:
			case NORMALISE_ROBUST_ZSCORE:
				parse_ends(reader, &options->center, &options->spread);
				break;
			case NORMALISE_QUANTILE_RANGE:
			case NORMALISE_SIGMOID:
				parse_ends(reader, &options->first, &options->second);
				break;
			case NORMALISE_EXPONENTIAL_RANK:
				options->first = parse_number(reader, "a constant");
				break;
			case NORMALISE_RANK:
			case NORMALISE_BORDA:
			case NORMALISE_RULE:
			case NORMALISE_MAZZIOTTA_PARETO:
			case NORMALISE_ADJUSTED_MAZZIOTTA_PARETO:
				text_error(reader, "no number");
				break;
			default:
				parse_ends(reader, &options->lower, &options->upper);
		}
	}
	for (;;)
	{
		if ((options->method == NORMALISE_RANK || options->method == NORMALISE_BORDA ||
			 options->method == NORMALISE_RULE) && accept_word(reader, "to"))
			text_refuse(reader, "Ranks, and points of rules, are brought to no bounds.");
		if (accept_word(reader, "to"))
			parse_ends(reader, &options->lower, &options->upper);
		else if (accept_word(reader, "ties"))
		{
			options->ties = (scale_ties) parse_choice(reader, ties_choices);
			options->ties_given = true;
		}
		else if (accept_word(reader, "held"))
			options->held = true;
		else if (accept_word(reader, "constant"))
			options->constant = (constant_result) parse_choice(reader, constant_results);
		else if (accept_word(reader, "target"))
			options->target = parse_number(reader, "the target");
		else if (accept_word(reader, "reference"))
			options->reference_unit = parse_code(reader, "the name of a unit");
		else if (!accept_part(reader, &step->parts))
			break;
	}
	check_normalise_options(options);
}

static void
parse_denominate(text_reader *reader, pipeline_step *step)
{
	int			room = 8;

	step->denominator = palloc(sizeof(denominator) * room);
	do
	{
		denominator *d;

		if (step->denominators == room)
		{
			room *= 2;
			step->denominator = repalloc(step->denominator, sizeof(denominator) * room);
		}
		d = &step->denominator[step->denominators++];
		d->code = parse_code(reader, "the code of a criterion");
		expect_word(reader, "by");
		d->by = parse_code(reader, "the code of a criterion");
		d->scale = 1;
		if (accept_word(reader, "per"))
			d->scale = parse_number(reader, "a number");
		if (d->scale == 0)
			text_refuse(reader, "A number other than 0 must follow \"per\".");
	} while (text_accept(reader, ","));
}

static double
parse_share(text_reader *reader)
{
	const char *start;
	double		share;

	text_skip_space(reader);
	start = reader->at;
	share = parse_number(reader, "a share from 0 to 1");
	if (share < 0 || share > 1)
	{
		reader->at = start;
		text_error(reader, "a share from 0 to 1");
	}
	return share;
}

static void
parse_screen(text_reader *reader, pipeline_step *step)
{
	step->by_unit = accept_word(reader, "units");
	if (!step->by_unit)
		expect_word(reader, "criteria");
	step->min_share = parse_share(reader);
	if (accept_word(reader, "nonzero"))
		step->min_nonzero = parse_share(reader);
}

static void
parse_step(text_reader *reader, pipeline_step *step)
{
	int			verb = 0;

	memset(step, 0, sizeof(*step));
	while (verb < PIPELINE_VERBS && !accept_word(reader, pipeline_verb_names[verb]))
		verb++;
	step->verb = (pipeline_verb) verb;
	switch (verb)
	{
		case PIPELINE_IMPUTE:
			parse_impute(reader, &step->column);
			break;
		case PIPELINE_TRANSFORM:
			parse_transform(reader, &step->column);
			break;
		case PIPELINE_TREAT:
			parse_treat(reader, &step->column);
			break;
		case PIPELINE_NORMALISE:
			parse_normalise(reader, &step->column);
			break;
		case PIPELINE_DENOMINATE:
			parse_denominate(reader, step);
			break;
		case PIPELINE_SCREEN:
			parse_screen(reader, step);
			break;
		case PIPELINE_SELECT:
		case PIPELINE_DROP:
			step->codes = parse_codes(reader);
			break;
		default:
			text_error(reader, "impute, transform, treat, normalise, denominate, screen, select or drop");
	}
	if (verb < PIPELINE_COLUMN_VERBS)
		parse_on(reader, step);
}

static void
tell_step(void *arg)
{
	errcontext("step %d of a pipeline", *(const int *) arg);
}

pipeline_plan *
pipeline_parse(const char *text)
{
	text_reader reader = {"pipeline", text, text, NULL};
	pipeline_plan *plan = palloc0(sizeof(pipeline_plan));
	int			room = 8;
	int			number = 0;
	ErrorContextCallback callback = {error_context_stack, tell_step, &number};

	plan->step = palloc(sizeof(pipeline_step) * room);
	text_skip_space(&reader);
	if (*reader.at == '\0')
		return plan;
	error_context_stack = &callback;
	do
	{
		CHECK_FOR_INTERRUPTS();
		number++;
		if (plan->steps == PIPELINE_MAX_STEPS)
			ereport(ERROR,
					(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
					 errmsg("pipeline is too long"),
					 errdetail("It has at most %d steps.", PIPELINE_MAX_STEPS)));
		if (plan->steps == room)
		{
			room *= 2;
			plan->step = repalloc(plan->step, sizeof(pipeline_step) * room);
		}
		parse_step(&reader, &plan->step[plan->steps++]);
	} while (text_accept(&reader, ";"));
	error_context_stack = callback.previous;
	text_skip_space(&reader);
	if (*reader.at != '\0')
		text_error(&reader, "\";\" and another step, or the end");
	return plan;
}
