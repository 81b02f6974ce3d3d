/*
 * pipeline_parse.c
 *	  Text form of the type pipeline.
 *
 *	  pipeline = step {";" step}, or nothing
 *	  step     = "impute" method [number] ["from" codes] ["by" "group"]
 *	             ["over" "periods"] [on]
 *	           | "transform" (kind {number} | "as" "declared") {by} [on]
 *	           | "treat" cut {limit | by} [on]
 *	           | "normalise" method {number} {option | by} [on]
 *	           | "denominate" code "by" code ["per" number] {"," ...}
 *	           | "screen" ("units" | "criteria") share ["nonzero" share]
 *	           | ("select" | "drop") codes
 *	  cut      = "winsorise" count ["then" "log"] | "log"
 *	           | "percentiles" number number | "fences" number
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
#include "base/forms/text_words.h"
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

static int
parse_integer(text_reader *reader, int low, int high, const char *expected)
{
	text_skip_space(reader);
	return (int) text_integer(reader, low, high, expected);
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
		code = text_code(reader, "the code of a criterion");
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
	if (text_accept_word(reader, "by"))
	{
		if (text_accept_word(reader, "group"))
			parts->by_group = true;
		else if (text_accept_word(reader, "period"))
			parts->by_period = true;
		else
			text_error(reader, "\"group\" or \"period\"");
		return true;
	}
	if (!text_accept_word(reader, "base"))
		return false;
	text_expect_word(reader, "period");
	parts->has_base = true;
	parts->base_period = parse_integer(reader, PG_INT32_MIN, PG_INT32_MAX,
									   "a period, a whole number");
	return true;
}

static void
parse_on(text_reader *reader, pipeline_step *step)
{
	if (!text_accept_word(reader, "on"))
		return;
	step->on_all = text_accept_word(reader, "all");
	if (!step->on_all)
		step->on = parse_codes(reader);
}

static void
parse_impute(text_reader *reader, column_step *step)
{
	impute_options *options = &step->as.impute;
	bool		has_value;

	step->verb = STEP_IMPUTE;
	options->method = (impute_method) choice_of_text(reader, impute_methods);
	has_value = text_number_follows(reader);
	options->value = has_value ? text_number(reader, "a number") : 0;
	if (impute_across(options->method) && text_accept_word(reader, "from"))
	{
		code_list	from = parse_codes(reader);

		options->predictors = from.count;
		options->predictor = from.code;
	}
	check_impute_options(options, has_value);
	step->parts.by_group = impute_by_group(options->method);
	step->parts.by_period = true;
	if (impute_across(options->method))
	{
		step->parts.ungrouped = true;
		if (text_accept_word(reader, "by"))
		{
			text_expect_word(reader, "group");
			step->parts.by_group = true;
		}
	}
	if (text_accept_word(reader, "over"))
	{
		text_expect_word(reader, "periods");
		step->parts.by_period = false;
	}
}

static void
parse_transform(text_reader *reader, column_step *step)
{
	transform_options *options = &step->as.transform;

	step->verb = STEP_TRANSFORM;
	step->parts.ungrouped = true;
	if (text_accept_word(reader, "as"))
	{
		text_expect_word(reader, "declared");
		options->declared = true;
	}
	else
		*options = transform_parse(reader);
	while ((options->learn || options->declared) && accept_part(reader, &step->parts))
		;
}

static void
parse_ends(text_reader *reader, double *low, double *high)
{
	*low = text_number(reader, "a number");
	*high = text_number(reader, "a second number");
}

static void
parse_treat(text_reader *reader, column_step *step)
{
	treat_options *options = &step->as.treat;

	step->verb = STEP_TREAT;
	step->parts.ungrouped = true;
	options->limits = (treat_limits) {.winsorise_max = 5, .skewness = 2, .kurtosis = 3.5};
	if (text_accept_word(reader, "log"))
		options->form = TREAT_BY_LOG;
	else if (text_accept_word(reader, "percentiles"))
	{
		options->form = TREAT_PERCENTILES;
		parse_ends(reader, &options->low, &options->high);
	}
	else if (text_accept_word(reader, "fences"))
	{
		options->form = TREAT_FENCES;
		options->fences = text_number(reader, "a number of interquartile ranges");
	}
	else if (text_accept_word(reader, "winsorise"))
	{
		options->limits.winsorise_max = parse_integer(reader, 0, PG_INT32_MAX,
													  "how many values may be winsorised");
		if (text_accept_word(reader, "then"))
			text_expect_word(reader, "log");
	}
	for (;;)
	{
		bool		by_shape = options->form == TREAT_BY_SHAPE;

		if (by_shape && text_accept_word(reader, "skewness"))
			options->limits.skewness = text_number(reader, "the limit of skewness");
		else if (by_shape && text_accept_word(reader, "kurtosis"))
			options->limits.kurtosis = text_number(reader, "the limit of kurtosis");
		else if (!accept_part(reader, &step->parts))
			break;
	}
	check_treat_options(options);
}

static void
parse_normalise(text_reader *reader, column_step *step)
{
	normalise_options *options = &step->as.normalise;

	step->verb = STEP_NORMALISE;
	step->parts.ungrouped = true;
	*options = normalise_defaults();
	options->method = (normalise_method) choice_of_text(reader, normalise_methods);
	if (text_number_follows(reader))
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
				options->first = text_number(reader, "a constant");
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
			 options->method == NORMALISE_RULE) && text_accept_word(reader, "to"))
			text_refuse(reader, "Ranks, and points of rules, are brought to no bounds.");
		if (text_accept_word(reader, "to"))
			parse_ends(reader, &options->lower, &options->upper);
		else if (text_accept_word(reader, "ties"))
		{
			options->ties = (scale_ties) choice_of_text(reader, ties_choices);
			options->ties_given = true;
		}
		else if (text_accept_word(reader, "held"))
			options->held = true;
		else if (text_accept_word(reader, "constant"))
			options->constant = (constant_result) choice_of_text(reader, constant_results);
		else if (text_accept_word(reader, "target"))
			options->target = text_number(reader, "the target");
		else if (text_accept_word(reader, "reference"))
			options->reference_unit = text_code(reader, "the name of a unit");
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
		d->code = text_code(reader, "the code of a criterion");
		text_expect_word(reader, "by");
		d->by = text_code(reader, "the code of a criterion");
		d->scale = 1;
		if (text_accept_word(reader, "per"))
			d->scale = text_number(reader, "a number");
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
	share = text_number(reader, "a share from 0 to 1");
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
	step->by_unit = text_accept_word(reader, "units");
	if (!step->by_unit)
		text_expect_word(reader, "criteria");
	step->min_share = parse_share(reader);
	if (text_accept_word(reader, "nonzero"))
		step->min_nonzero = parse_share(reader);
}

static void
parse_step(text_reader *reader, pipeline_step *step)
{
	int			verb = 0;

	memset(step, 0, sizeof(*step));
	while (verb < PIPELINE_VERBS && !text_accept_word(reader, pipeline_verb_names[verb]))
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
