/*
 * leaf_transform.c
 *	  Transforms of criteria as they are asked for: leaf_transform.h.
 */
#include "postgres.h"
#include "framework/leaf_transform.h"

#include <math.h>

#include "base/forms/text_words.h"

const choice transform_kinds[] = {
	{"log", TRANSFORM_LOG},
	{"log1p", TRANSFORM_LOG1P},
	{"sqrt", TRANSFORM_SQRT},
	{"cbrt", TRANSFORM_CBRT},
	{"power", TRANSFORM_POWER},
	{"boxcox", TRANSFORM_BOXCOX},
	{"logit", TRANSFORM_LOGIT},
	{"asinh", TRANSFORM_ASINH},
	{"reciprocal", TRANSFORM_RECIPROCAL},
	{"clip", TRANSFORM_CLIP},
	{NULL, 0}
};

/* How many numbers a kind takes at most, and what the first is where none is given. */
static int
numbers_of(transform_kind kind)
{
	switch (kind)
	{
		case TRANSFORM_CLIP:
			return 2;
		case TRANSFORM_LOG1P:
		case TRANSFORM_POWER:
		case TRANSFORM_BOXCOX:
		case TRANSFORM_LOGIT:
			return 1;
		default:
			return 0;
	}
}

void
check_transform_options(transform_options *options)
{
	transform  *t = &options->transform;
	const char *name = choice_name(transform_kinds, t->kind);
	int			most = numbers_of(t->kind);
	int			given = isnan(t->a) ? 0 : isnan(t->b) ? 1 : 2;

	if (given > most || (t->kind == TRANSFORM_CLIP && given < 2) ||
		(t->kind == TRANSFORM_POWER && given == 0) || (given == 0 && !isnan(t->b)))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("transform %s takes %s", name,
						most == 0 ? "no number" : t->kind == TRANSFORM_CLIP ? "two numbers" :
						t->kind == TRANSFORM_POWER ? "one number" : "at most one number"),
				 errhint("As in log1p 1, power 0.5, boxcox 0.3, logit 100, clip 0 10.")));
	if (isinf(t->a) || isinf(t->b) || (t->kind == TRANSFORM_CLIP && !(t->a < t->b)) ||
		(t->kind == TRANSFORM_LOGIT && t->a <= 0))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("numbers of the transform %s are not possible: %g, %g", name, t->a, t->b),
				 errdetail("They must be finite; those of clip must rise, that of logit be above 0.")));
	options->learn = t->kind == TRANSFORM_BOXCOX && given == 0;
	if (given == 0)
		t->a = t->kind == TRANSFORM_LOG1P || t->kind == TRANSFORM_LOGIT ? 1 : 0;
	if (given < 2)
		t->b = 0;
	t->a += 0.0;
	t->b += 0.0;
}

transform_options
transform_parse(text_reader *reader)
{
	transform_options options = {.transform = {.a = NAN, .b = NAN}};

	options.transform.kind = (transform_kind) choice_of_text(reader, transform_kinds);
	if (text_number_follows(reader))
		options.transform.a = text_number(reader, "a number");
	if (text_number_follows(reader))
		options.transform.b = text_number(reader, "a number");
	check_transform_options(&options);
	return options;
}

transform_options
transform_of_text(const char *text)
{
	text_reader reader = {"transform", text, text, NULL};
	transform_options options = transform_parse(&reader);

	text_expect_end(&reader);
	return options;
}

void
transform_write(StringInfo out, const transform_options *options)
{
	const transform *t = &options->transform;
	bool		numbered = t->kind == TRANSFORM_POWER || t->kind == TRANSFORM_CLIP ||
		(t->kind == TRANSFORM_BOXCOX && !options->learn) ||
		((t->kind == TRANSFORM_LOG1P || t->kind == TRANSFORM_LOGIT) && t->a != 1);

	appendStringInfoString(out, choice_name(transform_kinds, t->kind));
	if (numbered)
	{
		appendStringInfoChar(out, ' ');
		text_append_number(out, t->a);
	}
	if (t->kind == TRANSFORM_CLIP)
	{
		appendStringInfoChar(out, ' ');
		text_append_number(out, t->b);
	}
}

char *
transform_text(transform_options options)
{
	StringInfoData out;

	initStringInfo(&out);
	transform_write(&out, &options);
	return out.data;
}
