/*
 * scoring_rule_parse.c
 *	  Reads the text of a scoring rule.
 *
 *		rule:	part { plus part }
 *		part:	head { [,] clause }
 *		head:	points | ratio [to maximum] | minmax | zscore | rank
 *				| percentile [cume_dist | hazen]
 *				| [steps] step { , step }
 *				| scale number : number , number : number { , number : number }
 *				| number less number per occurrence
 *				| (bonus | penalty) [number per occurrence]
 *				| distance to (target number | maximum | unit "name")
 *				| [log] goalposts
 *				| nothing, before the clauses yes and no
 *		step:	(> | >= | < | <=) number : outcome
 *		outcome:	number | ratio { (from | to | max) number }
 *		clause:	(max | from | to | at least | at most | yes | no) [:] number
 *				| else [:] outcome
 *				| (below | above) number [:] number
 *				| lower is better
 *				| (if none | if undue) [:] (error | full | zero | null)
 *				| round number [half even]
 *
 * Clauses stand in any order, each once; which belong to which kind is said by
 * the table below. White space and the case of keywords are free. A number is
 * a decimal, with an exponent or a per cent sign if need be.
 *
 * A malformed text is 22P02. Whether the rule makes sense is the matter of
 * scoring_rule_check.c.
 */
#include "postgres.h"
#include "rules/scoring_rule_parse.h"

#include "base/numeric_math.h"
#include "lib/stringinfo.h"
#include "rules/scoring_rule_names.h"
#include "rules/scoring_rule_scan.h"

#define BIT(kind) (1 << (kind))
#define SCALED_KINDS (BIT(RULE_RATIO) | BIT(RULE_GOALPOSTS) | BIT(RULE_LOG_GOALPOSTS))
#define SHARE_KINDS (SCALED_KINDS | BIT(RULE_MINMAX) | BIT(RULE_PERCENTILE) | \
					 BIT(RULE_DISTANCE_TO_TARGET) | BIT(RULE_DISTANCE_TO_MAXIMUM) | \
					 BIT(RULE_DISTANCE_TO_UNIT) | BIT(RULE_RATIO_TO_MAXIMUM) | \
					 BIT(RULE_CUME_DIST) | BIT(RULE_HAZEN))
#define DIRECTED_KINDS (BIT(RULE_MINMAX) | BIT(RULE_ZSCORE) | BIT(RULE_RANK) | \
						BIT(RULE_PERCENTILE) | BIT(RULE_DISTANCE_TO_TARGET) | \
						BIT(RULE_DISTANCE_TO_MAXIMUM) | BIT(RULE_DISTANCE_TO_UNIT) | \
						BIT(RULE_RATIO_TO_MAXIMUM) | BIT(RULE_CUME_DIST) | BIT(RULE_HAZEN))
#define QUOTIENT_KINDS (BIT(RULE_POINTS) | BIT(RULE_STEPS) | SCALED_KINDS | \
						BIT(RULE_DISTANCE_TO_TARGET) | BIT(RULE_SCALE))
#define ALL_KINDS (BIT(RULE_KINDS) - 1)

/* Clauses that give a number, the kinds that take them and those that must have them. */
static const struct
{
	const char *words;
	rule_number number;
	uint32		allowed;
	uint32		required;
}			number_clause[] =
{
	{"max", RULE_MAX, BIT(RULE_POINTS) | BIT(RULE_STEPS) | SHARE_KINDS, SHARE_KINDS},
	{"from", RULE_FROM, SCALED_KINDS | BIT(RULE_DISTANCE_TO_TARGET),
	BIT(RULE_GOALPOSTS) | BIT(RULE_LOG_GOALPOSTS)},
	{"to", RULE_TO, SCALED_KINDS, BIT(RULE_GOALPOSTS) | BIT(RULE_LOG_GOALPOSTS)},
	{"at least", RULE_LIMIT, BIT(RULE_DEDUCTION), 0},
	{"at most", RULE_LIMIT, BIT(RULE_BONUS) | BIT(RULE_PENALTY),
	BIT(RULE_BONUS) | BIT(RULE_PENALTY)},
	{"yes", RULE_YES, BIT(RULE_YES_NO), BIT(RULE_YES_NO)},
	{"no", RULE_NO, BIT(RULE_YES_NO), BIT(RULE_YES_NO)}
};

static const choice heads[] = {
	{"points", RULE_POINTS},
	{"ratio to maximum", RULE_RATIO_TO_MAXIMUM},
	{"ratio", RULE_RATIO},
	{"steps", RULE_STEPS},
	{"scale", RULE_SCALE},
	{"bonus", RULE_BONUS},
	{"penalty", RULE_PENALTY},
	{"minmax", RULE_MINMAX},
	{"zscore", RULE_ZSCORE},
	{"rank", RULE_RANK},
	{"percentile cume_dist", RULE_CUME_DIST},
	{"percentile hazen", RULE_HAZEN},
	{"percentile", RULE_PERCENTILE},
	{"distance to target", RULE_DISTANCE_TO_TARGET},
	{"distance to maximum", RULE_DISTANCE_TO_MAXIMUM},
	{"distance to unit", RULE_DISTANCE_TO_UNIT},
	{"goalposts", RULE_GOALPOSTS},
	{"log goalposts", RULE_LOG_GOALPOSTS},
	{NULL}
};

/* ---------- grammar ---------- */

/* A name in double quotes; a double quote in it is doubled. */
static void
read_unit(text_reader *reader, rule_draft *draft)
{
	text_skip_space(reader);
	draft->unit = text_quoted(reader, '"', &draft->unit_length,
							  "the name of a unit in double quotes");
	if (draft->unit_length == 0 || draft->unit_length > SCORING_RULE_MAX_UNIT)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the name of a reference unit must have 1 to %d bytes", SCORING_RULE_MAX_UNIT),
				 errdetail("It has %d.", draft->unit_length),
				 errhint("Write it as the unit stands in the score matrix.")));
}

/* A comma and a number after it; steps over the comma. */
static bool
at_another_number(text_reader *reader)
{
	text_reader ahead = *reader;

	if (!text_accept(&ahead, ",") || !rule_at_number(&ahead))
		return false;
	*reader = ahead;
	return true;
}

static bool
at_step(text_reader *reader)
{
	text_skip_space(reader);
	return *reader->at == '>' || *reader->at == '<';
}

/* Points, or a ratio that gives them: its own numbers, without commas. */
static void
read_outcome(text_reader *reader, Numeric *points, rule_draft **scale)
{
	static const struct
	{
		const char *word;
		rule_number number;
	}			number[] = {{"from", RULE_FROM}, {"to", RULE_TO}, {"max", RULE_MAX}};
	bool		more = true;

	if (!rule_accept_words(reader, "ratio"))
	{
		if (!rule_at_number(reader))
			rule_error(reader, "points, or \"ratio\"");
		*points = rule_read_number(reader);
		return;
	}
	*scale = palloc0(sizeof(rule_draft));
	(*scale)->kind = RULE_RATIO;
	(*scale)->round_digits = -1;
	while (more)
	{
		more = false;
		for (size_t i = 0; i < lengthof(number); i++)
			if ((*scale)->number[number[i].number] == NULL &&
				rule_accept_words(reader, number[i].word))
			{
				(*scale)->number[number[i].number] = rule_read_number(reader);
				more = true;
			}
	}
}

/* Another step of a draft; error 54000 for too many. */
static struct rule_draft_step *
add_step(rule_draft *draft, int most, const char *what, const char *hint)
{
	if (draft->steps == most)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("a scoring rule has at most %d %s", most, what),
				 errhint("%s", hint)));
	/* There is room for a power of two, from 4 on. */
	if (draft->steps == 0)
		draft->step = palloc(sizeof(*draft->step) * 4);
	else if (draft->steps >= 4 && (draft->steps & (draft->steps - 1)) == 0)
		draft->step = repalloc(draft->step, sizeof(*draft->step) * draft->steps * 2);
	memset(&draft->step[draft->steps], 0, sizeof(*draft->step));
	return &draft->step[draft->steps++];
}

/* What a value is worth, at some of them; between them lie lines. */
static void
read_scale(text_reader *reader, rule_draft *draft)
{
	do
	{
		struct rule_draft_step *step;

		if (!rule_at_number(reader))
			rule_error(reader, "a value and its points, such as \"0.8: 10\"");
		step = add_step(draft, SCORING_RULE_MAX_STEPS, "values with points", "Leave out values on a line between others.");
		step->bound = rule_read_number(reader);
		if (!text_accept(reader, ":"))
			rule_error(reader, "\":\" and the points at this value");
		step->points = rule_read_number(reader);
	} while (at_another_number(reader));
}

static void
read_steps(text_reader *reader, rule_draft *draft)
{
	const char *before_comma;

	do
	{
		struct rule_draft_step *step;

		if (!at_step(reader))
			rule_error(reader, "a step such as \">=0.7: 1\"");
		step = add_step(draft, SCORING_RULE_MAX_STEPS, "steps", "A ratio gives points in proportion.");
		step->test = *reader->at++ == '>' ? STEP_ABOVE : STEP_BELOW;
		if (*reader->at == '=')
		{
			reader->at++;
			step->test = step->test == STEP_ABOVE ? STEP_AT_LEAST : STEP_AT_MOST;
		}
		step->bound = rule_read_number(reader);
		if (!text_accept(reader, ":"))
			rule_error(reader, "\":\" and the points of the step");
		read_outcome(reader, &step->points, &step->scale);
		before_comma = reader->at;
	} while (text_accept(reader, ",") && at_step(reader));
	reader->at = before_comma;
}

static void
read_head(text_reader *reader, rule_draft *draft)
{
	int			kind;

	if (rule_at_number(reader))
	{
		draft->kind = RULE_DEDUCTION;
		draft->number[RULE_MAX] = rule_read_number(reader);
		rule_expect_words(reader, "less");
		draft->number[RULE_EACH] = rule_read_number(reader);
		rule_expect_words(reader, "per occurrence");
		return;
	}
	if (at_step(reader))
	{
		draft->kind = RULE_STEPS;
		read_steps(reader, draft);
		return;
	}

	draft->kind = rule_accept_choice(reader, heads, &kind) ? (rule_kind) kind : RULE_YES_NO;
	switch (draft->kind)
	{
		case RULE_YES_NO:
			{
				text_reader ahead = *reader;

				if (!rule_accept_words(&ahead, "yes") && !rule_accept_words(&ahead, "no"))
					rule_error(reader, "a kind of rule");
				break;
			}
		case RULE_STEPS:
			read_steps(reader, draft);
			break;
		case RULE_SCALE:
			read_scale(reader, draft);
			break;
		case RULE_BONUS:
		case RULE_PENALTY:
			if (rule_at_number(reader))
			{
				draft->number[RULE_EACH] = rule_read_number(reader);
				rule_expect_words(reader, "per occurrence");
			}
			break;
		case RULE_DISTANCE_TO_TARGET:
			draft->number[RULE_TO] = rule_read_number(reader);
			break;
		case RULE_DISTANCE_TO_UNIT:
			read_unit(reader, draft);
			break;
		default:
			break;
	}
}

/* The clauses that a kind takes, for a hint. */
static char *
clauses_of(rule_kind kind)
{
	StringInfoData list;

	initStringInfo(&list);
	for (size_t i = 0; i < lengthof(number_clause); i++)
		if ((number_clause[i].allowed & BIT(kind)) != 0)
			appendStringInfo(&list, "\"%s\", ", number_clause[i].words);
	if (kind == RULE_STEPS)
		appendStringInfoString(&list, "\"else\", ");
	if ((DIRECTED_KINDS & BIT(kind)) != 0)
		appendStringInfoString(&list, "\"lower is better\", ");
	if ((SCALED_KINDS & BIT(kind)) != 0)
		appendStringInfoString(&list, "\"below\", \"above\", ");
	if ((QUOTIENT_KINDS & BIT(kind)) != 0)
		appendStringInfoString(&list, "\"if none\", \"if undue\", ");
	appendStringInfoString(&list, "\"round\", ");
	list.data[list.len - 2] = '\0';
	return list.data;
}

/* A clause belongs to the kind, and stands once. */
static void
check_clause(const rule_draft *draft, const char *words, uint32 allowed, bool again)
{
	if ((allowed & BIT(draft->kind)) == 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("\"%s\" does not belong in a scoring rule of kind %s", words,
						rule_kind_name[draft->kind]),
				 errhint("It takes %s.", clauses_of(draft->kind))));
	if (again)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("\"%s\" stands twice in a scoring rule", words),
				 errhint("Leave one of them out.")));
}

/* "if none", or "if undue": what is given, of a denominator of 0. */
static bool
read_if(text_reader *reader, rule_draft *draft, const char *words, rule_if_none *result,
		bool *is_given)
{
	int			given;

	if (!rule_accept_words(reader, words))
		return false;
	check_clause(draft, words, QUOTIENT_KINDS, *is_given);
	text_accept(reader, ":");
	if (!rule_accept_choice(reader, rule_if_none_words, &given))
		rule_error(reader, "full, zero, null or error");
	*result = (rule_if_none) given;
	*is_given = true;
	return true;
}

/* "below" or "above" a value: what is given there, not the points in proportion. */
static bool
read_cut_off(text_reader *reader, rule_draft *draft)
{
	bool		below = rule_accept_words(reader, "below");
	struct rule_draft_step *step;

	if (!below && !rule_accept_words(reader, "above"))
		return false;
	check_clause(draft, below ? "below" : "above", SCALED_KINDS, draft->steps > 0);
	step = add_step(draft, SCORING_RULE_MAX_STEPS, "steps", "");
	step->test = below ? STEP_BELOW : STEP_ABOVE;
	step->bound = rule_read_number(reader);
	text_accept(reader, ":");
	step->points = rule_read_number(reader);
	return true;
}

static bool
read_rounding(text_reader *reader, rule_draft *draft)
{
	Numeric		digits;

	if (!rule_accept_words(reader, "round"))
		return false;
	check_clause(draft, "round", ALL_KINDS, draft->round_digits >= 0);
	text_accept(reader, ":");
	text_skip_space(reader);
	digits = rule_read_number(reader);
	if (num_sign(digits) < 0 || num_compare(digits, int64_to_numeric(SCORING_RULE_MAX_ROUND)) > 0 ||
		num_compare(digits, num_call(numeric_floor, digits)) != 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("points cannot be rounded to %s decimal places", num_text(digits)),
				 errhint("Give a whole number from 0 to %d.", SCORING_RULE_MAX_ROUND)));
	draft->round_digits = DatumGetInt32(DirectFunctionCall1(numeric_int4, NumericGetDatum(digits)));
	draft->half_even = rule_accept_words(reader, "half even");
	return true;
}

static void
read_clause(text_reader *reader, rule_draft *draft)
{
	for (size_t i = 0; i < lengthof(number_clause); i++)
	{
		Numeric    *number = &draft->number[number_clause[i].number];

		if (rule_accept_words(reader, number_clause[i].words))
		{
			check_clause(draft, number_clause[i].words, number_clause[i].allowed,
						 *number != NULL);
			text_accept(reader, ":");
			*number = rule_read_number(reader);
			return;
		}
	}
	if (rule_accept_words(reader, "else"))
	{
		check_clause(draft, "else", BIT(RULE_STEPS), draft->number[RULE_ELSE] != NULL ||
					 draft->else_scale != NULL);
		text_accept(reader, ":");
		read_outcome(reader, &draft->number[RULE_ELSE], &draft->else_scale);
	}
	else if (rule_accept_words(reader, "lower is better"))
	{
		check_clause(draft, "lower is better", DIRECTED_KINDS, draft->lower_is_better);
		draft->lower_is_better = true;
	}
	else if (!read_if(reader, draft, "if none", &draft->if_none, &draft->if_none_given) &&
			 !read_if(reader, draft, "if undue", &draft->if_undue, &draft->if_undue_given) &&
			 !read_cut_off(reader, draft) && !read_rounding(reader, draft))
		rule_error(reader, "a clause such as \"max 10\" or \"if none: full\"");
}

/* ---------- all of it ---------- */

/* A clause that a kind must have; defaults were filled in before. */
static void
check_required(const rule_draft *draft)
{
	if (draft->kind == RULE_STEPS && draft->number[RULE_ELSE] == NULL && draft->else_scale == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("\"else\" is missing in a scoring rule of kind steps"),
				 errhint("Add \"else\" and a number.")));
	for (size_t i = 0; i < lengthof(number_clause); i++)
	{
		if ((number_clause[i].required & BIT(draft->kind)) != 0 &&
			draft->number[number_clause[i].number] == NULL)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
					 errmsg("\"%s\" is missing in a scoring rule of kind %s",
							number_clause[i].words, rule_kind_name[draft->kind]),
					 errhint("Add \"%s\" and a number.", number_clause[i].words)));
	}
}

static void
fill_default(Numeric *number, int64 value)
{
	if (*number == NULL)
		*number = int64_to_numeric(value);
}

/* Of a ratio within a rule of steps, whose maximum is 1 where nobody says another. */
static void
fill_scale(rule_draft *scale, Numeric max)
{
	if (scale == NULL)
		return;
	fill_default(&scale->number[RULE_FROM], 0);
	fill_default(&scale->number[RULE_TO], 1);
	if (scale->number[RULE_MAX] == NULL)
		scale->number[RULE_MAX] = max;
	fill_default(&scale->number[RULE_MAX], 1);
}

static void
fill_defaults(rule_draft *draft)
{
	if (draft->kind == RULE_STEPS)
	{
		bool		scaled = draft->else_scale != NULL;

		for (int i = 0; i < draft->steps; i++)
		{
			fill_scale(draft->step[i].scale, draft->number[RULE_MAX]);
			scaled |= draft->step[i].scale != NULL;
		}
		fill_scale(draft->else_scale, draft->number[RULE_MAX]);
		if (!scaled && draft->number[RULE_MAX] != NULL)
			check_clause(draft, "max", 0, false);
	}
	if (draft->kind == RULE_RATIO)
	{
		fill_default(&draft->number[RULE_FROM], 0);
		fill_default(&draft->number[RULE_TO], 1);
	}
	if (draft->kind == RULE_DEDUCTION)
		fill_default(&draft->number[RULE_LIMIT], 0);
}

static Numeric
greater(Numeric a, Numeric b)
{
	return num_compare(a, b) < 0 ? b : a;
}

/* The most that an outcome gives. */
static Numeric
most_of(Numeric points, const rule_draft *scale)
{
	return scale == NULL ? points : scale->number[RULE_MAX];
}

/* The maximum, where it follows from other numbers. */
static void
derive_max(rule_draft *draft)
{
	Numeric    *number = draft->number;

	switch (draft->kind)
	{
		case RULE_YES_NO:
			number[RULE_MAX] = greater(number[RULE_YES], number[RULE_NO]);
			break;
		case RULE_STEPS:
			number[RULE_MAX] = most_of(number[RULE_ELSE], draft->else_scale);
			for (int i = 0; i < draft->steps; i++)
				number[RULE_MAX] = greater(number[RULE_MAX],
										   most_of(draft->step[i].points, draft->step[i].scale));
			break;
		case RULE_SCALE:
			number[RULE_MAX] = draft->step[0].points;
			for (int i = 1; i < draft->steps; i++)
				number[RULE_MAX] = greater(number[RULE_MAX], draft->step[i].points);
			break;
		case RULE_BONUS:
			number[RULE_MAX] = number[RULE_LIMIT];
			break;
		case RULE_PENALTY:
			number[RULE_MAX] = int64_to_numeric(0);
			break;
		default:
			break;
	}
}

/* A rule as far as its end, or "plus". */
static void
read_part(text_reader *reader, rule_draft *draft)
{
	memset(draft, 0, sizeof(*draft));
	draft->round_digits = -1;
	read_head(reader, draft);
	for (text_skip_space(reader); *reader->at != '\0'; text_skip_space(reader))
	{
		text_reader ahead = *reader;

		text_accept(reader, ",");
		if (rule_accept_words(reader, "plus"))
		{
			*reader = ahead;
			text_accept(reader, ",");
			break;
		}
		read_clause(reader, draft);
	}
	fill_defaults(draft);
	check_required(draft);
	scoring_rule_check(draft);
	derive_max(draft);
}

/* The first part is read, and becomes one of a sum. */
static void
read_sum(text_reader *reader, rule_draft *sum)
{
	rule_draft *part = palloc(sizeof(rule_draft));

	*part = *sum;
	memset(sum, 0, sizeof(*sum));
	sum->kind = RULE_SUM;
	sum->round_digits = -1;
	sum->number[RULE_MAX] = int64_to_numeric(0);
	for (;;)
	{
		Numeric		max = part->number[RULE_MAX];

		add_step(sum, SCORING_RULE_MAX_PARTS, "parts", "Split the criterion.")->scale = part;
		sum->number[RULE_MAX] = max == NULL || sum->number[RULE_MAX] == NULL ? NULL :
			num_trim(num_add(sum->number[RULE_MAX], max));
		if (sum->steps > 1 && !rule_accept_words(reader, "plus"))
			break;
		part = palloc(sizeof(rule_draft));
		read_part(reader, part);
	}
}

void
scoring_rule_read(const char *text, rule_draft *draft)
{
	text_reader reader = {
		"scoring_rule", text, text,
		"A rule reads like \"ratio from 0 to 1, max 10\" or \"steps >0.9: 2, >=0.7: 1, else 0\"."
	};

	if (strlen(text) > SCORING_RULE_MAX_TEXT)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("a scoring rule of %zu bytes is too long", strlen(text)),
				 errdetail("At most %d bytes are read.", SCORING_RULE_MAX_TEXT),
				 errhint("Leave out white space, or split the criterion.")));

	read_part(&reader, draft);
	if (rule_accept_words(&reader, "plus"))
		read_sum(&reader, draft);
	text_expect_end(&reader);
}
