/*
 * pipeline_text.c
 *	  Writing the canonical text of a pipeline: pipeline_parse.c has the grammar.
 */
#include "postgres.h"
#include "pipeline/pipeline.h"

#include "base/forms/text_words.h"

static void
write_number(StringInfo out, double number)
{
	appendStringInfoChar(out, ' ');
	text_append_number(out, number);
}

static void
write_codes(StringInfo out, const code_list *list)
{
	for (int i = 0; i < list->count; i++)
	{
		appendStringInfoString(out, i == 0 ? "(" : ", ");
		text_append_code(out, list->code[i], (int) strlen(list->code[i]));
	}
	appendStringInfoChar(out, ')');
}

static void
write_parts(StringInfo out, const division_rule *parts)
{
	if (parts->by_group)
		appendStringInfoString(out, " by group");
	if (parts->by_period)
		appendStringInfoString(out, " by period");
	if (parts->has_base)
		appendStringInfo(out, " base period %d", parts->base_period);
}

static void
write_impute(StringInfo out, const column_step *step)
{
	const impute_options *options = &step->as.impute;

	appendStringInfo(out, " %s", choice_name(impute_methods, options->method));
	if (options->method == IMPUTE_CONSTANT || options->method == IMPUTE_NEAREST ||
		(options->method == IMPUTE_LATEST && options->value > 0))
		write_number(out, options->value);
	if (options->predictors > 0)
	{
		code_list	from = {options->predictors, options->predictor};

		appendStringInfoString(out, " from ");
		write_codes(out, &from);
	}
	if (impute_across(options->method) && step->parts.by_group)
		appendStringInfoString(out, " by group");
	if (!step->parts.by_period)
		appendStringInfoString(out, " over periods");
}

static void
write_transform(StringInfo out, const column_step *step)
{
	appendStringInfoChar(out, ' ');
	if (step->as.transform.declared)
		appendStringInfoString(out, "as declared");
	else
		transform_write(out, &step->as.transform);
	write_parts(out, &step->parts);
}

static void
write_ends(StringInfo out, const char *word, double low, double high)
{
	appendStringInfoString(out, word);
	write_number(out, low);
	write_number(out, high);
}

static void
write_treat(StringInfo out, const column_step *step)
{
	const treat_options *options = &step->as.treat;
	const treat_limits *limits = &options->limits;

	switch (options->form)
	{
		case TREAT_BY_SHAPE:
			appendStringInfo(out, " winsorise %d then log", limits->winsorise_max);
			break;
		case TREAT_BY_LOG:
			appendStringInfoString(out, " log");
			break;
		case TREAT_PERCENTILES:
			write_ends(out, " percentiles", options->low, options->high);
			break;
		case TREAT_FENCES:
			appendStringInfoString(out, " fences");
			write_number(out, options->fences);
			break;
	}
	if (limits->skewness != 2)
	{
		appendStringInfoString(out, " skewness");
		write_number(out, limits->skewness);
	}
	if (limits->kurtosis != 3.5)
	{
		appendStringInfoString(out, " kurtosis");
		write_number(out, limits->kurtosis);
	}
	write_parts(out, &step->parts);
}

/* Numbers after such a method are not what 0 and 1 become. */
static bool
has_numbers_of_its_own(normalise_method method)
{
	switch (method)
	{
		case NORMALISE_GOALPOSTS:
		case NORMALISE_LOG_GOALPOSTS:
		case NORMALISE_SCALED:
		case NORMALISE_ZSCORE:
		case NORMALISE_ROBUST_ZSCORE:
		case NORMALISE_QUANTILE_RANGE:
		case NORMALISE_SIGMOID:
		case NORMALISE_EXPONENTIAL_RANK:
			return true;
		default:
			return false;
	}
}

static void
write_normalise(StringInfo out, const column_step *step)
{
	const normalise_options *options = &step->as.normalise;
	const normalise_options defaults = normalise_defaults();
	const char *to = "";

	appendStringInfo(out, " %s", choice_name(normalise_methods, options->method));
	if (options->method == NORMALISE_SCALED)
		write_ends(out, "", options->scale_min, options->scale_max);
	else if (!isnan(options->worst))
		write_ends(out, "", options->worst, options->best);
	else if (!isnan(options->center))
		write_ends(out, "", options->center, options->spread);
	else if (!isnan(options->second))
		write_ends(out, "", options->first, options->second);
	else if (!isnan(options->first))
		write_number(out, options->first);
	if (has_numbers_of_its_own(options->method))
		to = " to";
	if (options->lower != defaults.lower || options->upper != defaults.upper)
		write_ends(out, to, options->lower, options->upper);
	if (options->ties_given)
		appendStringInfo(out, " ties %s", choice_name(ties_choices, options->ties));
	if (options->held)
		appendStringInfoString(out, " held");
	if (options->constant != defaults.constant)
		appendStringInfo(out, " constant %s", choice_name(constant_results, options->constant));
	if (!isnan(options->target))
	{
		appendStringInfoString(out, " target");
		write_number(out, options->target);
	}
	if (options->reference_unit != NULL)
	{
		appendStringInfoString(out, " reference ");
		text_append_code(out, options->reference_unit, (int) strlen(options->reference_unit));
	}
	write_parts(out, &step->parts);
}

static void
write_denominate(StringInfo out, const pipeline_step *step)
{
	for (int i = 0; i < step->denominators; i++)
	{
		const denominator *d = &step->denominator[i];

		appendStringInfoString(out, i == 0 ? " " : ", ");
		text_append_code(out, d->code, (int) strlen(d->code));
		appendStringInfoString(out, " by ");
		text_append_code(out, d->by, (int) strlen(d->by));
		if (d->scale != 1)
		{
			appendStringInfoString(out, " per");
			write_number(out, d->scale);
		}
	}
}

static void
write_step(StringInfo out, const pipeline_step *step)
{
	appendStringInfoString(out, pipeline_verb_names[step->verb]);
	switch (step->verb)
	{
		case PIPELINE_IMPUTE:
			write_impute(out, &step->column);
			break;
		case PIPELINE_TRANSFORM:
			write_transform(out, &step->column);
			break;
		case PIPELINE_TREAT:
			write_treat(out, &step->column);
			break;
		case PIPELINE_NORMALISE:
			write_normalise(out, &step->column);
			break;
		case PIPELINE_DENOMINATE:
			write_denominate(out, step);
			break;
		case PIPELINE_SCREEN:
			appendStringInfoString(out, step->by_unit ? " units" : " criteria");
			write_number(out, step->min_share);
			if (step->min_nonzero != 0)
			{
				appendStringInfoString(out, " nonzero");
				write_number(out, step->min_nonzero);
			}
			break;
		case PIPELINE_SELECT:
		case PIPELINE_DROP:
			appendStringInfoChar(out, ' ');
			write_codes(out, &step->codes);
			break;
	}
}

char *
pipeline_step_text(const pipeline_step *step)
{
	StringInfoData out;

	initStringInfo(&out);
	write_step(&out, step);
	return out.data;
}

char *
pipeline_text(const pipeline_plan *plan)
{
	StringInfoData out;

	initStringInfo(&out);
	for (int i = 0; i < plan->steps; i++)
	{
		const pipeline_step *step = &plan->step[i];

		if (i > 0)
			appendStringInfoString(&out, "; ");
		write_step(&out, step);
		if (step->on_all)
			appendStringInfoString(&out, " on all");
		else if (step->on.count > 0)
		{
			appendStringInfoString(&out, " on ");
			write_codes(&out, &step->on);
		}
	}
	return out.data;
}
