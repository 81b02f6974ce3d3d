/*
 * scoring_rule_parse.c
 *	  Reads the text of a scoring rule.
 *
 *		rule:	head { [,] clause }
 *		head:	points | ratio | minmax | zscore | rank | percentile
 *				| [steps] step { , step }
 *				| number less number per occurrence
 *				| (bonus | penalty) [number per occurrence]
 *				| distance to (target number | maximum | unit "name")
 *				| [log] goalposts
 *				| nothing, before the clauses yes and no
 *		step:	(> | >= | < | <=) number : number
 *		clause:	(max | from | to | at least | at most | else | yes | no) [:] number
 *				| lower is better
 *				| if none [:] (error | full | zero | null)
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
					 BIT(RULE_DISTANCE_TO_UNIT))
#define DIRECTED_KINDS (BIT(RULE_MINMAX) | BIT(RULE_ZSCORE) | BIT(RULE_RANK) | \
						BIT(RULE_PERCENTILE) | BIT(RULE_DISTANCE_TO_TARGET) | \
						BIT(RULE_DISTANCE_TO_MAXIMUM) | BIT(RULE_DISTANCE_TO_UNIT))
#define QUOTIENT_KINDS (BIT(RULE_POINTS) | BIT(RULE_STEPS) | SCALED_KINDS | \
						BIT(RULE_DISTANCE_TO_TARGET))

/* Clauses that give a number, the kinds that take them and those that must have them. */
static const struct
{
	const char *words;
	rule_number number;
	uint32		allowed;
	uint32		required;
}			number_clause[] =
{
	{"max", RULE_MAX, BIT(RULE_POINTS) | SHARE_KINDS, SHARE_KINDS},
	{"from", RULE_FROM, SCALED_KINDS | BIT(RULE_DISTANCE_TO_TARGET),
	BIT(RULE_GOALPOSTS) | BIT(RULE_LOG_GOALPOSTS)},
	{"to", RULE_TO, SCALED_KINDS, BIT(RULE_GOALPOSTS) | BIT(RULE_LOG_GOALPOSTS)},
	{"at least", RULE_LIMIT, BIT(RULE_DEDUCTION), 0},
	{"at most", RULE_LIMIT, BIT(RULE_BONUS) | BIT(RULE_PENALTY),
	BIT(RULE_BONUS) | BIT(RULE_PENALTY)},
	{"else", RULE_ELSE, BIT(RULE_STEPS), BIT(RULE_STEPS)},
	{"yes", RULE_YES, BIT(RULE_YES_NO), BIT(RULE_YES_NO)},
	{"no", RULE_NO, BIT(RULE_YES_NO), BIT(RULE_YES_NO)}
};

static const choice heads[] = {
	{"points", RULE_POINTS},
	{"ratio", RULE_RATIO},
	{"steps", RULE_STEPS},
	{"bonus", RULE_BONUS},
	{"penalty", RULE_PENALTY},
	{"minmax", RULE_MINMAX},
	{"zscore", RULE_ZSCORE},
	{"rank", RULE_RANK},
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

static bool
at_step(text_reader *reader)
{
	text_skip_space(reader);
	return *reader->at == '>' || *reader->at == '<';
}

static void
read_steps(text_reader *reader, rule_draft *draft)
{
	const char *before_comma;
	int			room = 4;

	draft->step = palloc(sizeof(*draft->step) * room);
	do
	{
		struct rule_draft_step *step;

		if (!at_step(reader))
			rule_error(reader, "a step such as \">=0.7: 1\"");
		if (draft->steps == SCORING_RULE_MAX_STEPS)
			ereport(ERROR,
					(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
					 errmsg("a scoring rule has at most %d steps", SCORING_RULE_MAX_STEPS),
					 errhint("A ratio gives points in proportion.")));
		if (draft->steps == room)
			draft->step = repalloc(draft->step, sizeof(*draft->step) * (room *= 2));

		step = &draft->step[draft->steps++];
		step->test = *reader->at++ == '>' ? STEP_ABOVE : STEP_BELOW;
		if (*reader->at == '=')
		{
			reader->at++;
			step->test = step->test == STEP_ABOVE ? STEP_AT_LEAST : STEP_AT_MOST;
		}
		step->bound = rule_read_number(reader);
		if (!text_accept(reader, ":"))
			rule_error(reader, "\":\" and the points of the step");
		step->points = rule_read_number(reader);
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
	if ((DIRECTED_KINDS & BIT(kind)) != 0)
		appendStringInfoString(&list, "\"lower is better\", ");
	if ((QUOTIENT_KINDS & BIT(kind)) != 0)
		appendStringInfoString(&list, "\"if none\", ");
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

static bool
read_if_none(text_reader *reader, rule_draft *draft)
{
	bool		again = draft->if_none_given;
	int			given;

	if (!rule_accept_words(reader, "if none"))
		return false;
	check_clause(draft, "if none", QUOTIENT_KINDS, again);
	text_accept(reader, ":");
	if (!rule_accept_choice(reader, rule_if_none_words, &given))
		rule_error(reader, "full, zero, null or error");
	draft->if_none = (rule_if_none) given;
	draft->if_none_given = true;
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
	if (rule_accept_words(reader, "lower is better"))
	{
		check_clause(draft, "lower is better", DIRECTED_KINDS, draft->lower_is_better);
		draft->lower_is_better = true;
	}
	else if (!read_if_none(reader, draft))
		rule_error(reader, "a clause such as \"max 10\" or \"if none: full\"");
}

/* ---------- all of it ---------- */

/* A clause that a kind must have; defaults were filled in before. */
static void
check_required(const rule_draft *draft)
{
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

static void
fill_defaults(rule_draft *draft)
{
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
			number[RULE_MAX] = number[RULE_ELSE];
			for (int i = 0; i < draft->steps; i++)
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

	memset(draft, 0, sizeof(*draft));
	read_head(&reader, draft);
	for (text_skip_space(&reader); *reader.at != '\0'; text_skip_space(&reader))
	{
		text_accept(&reader, ",");
		read_clause(&reader, draft);
	}
	fill_defaults(draft);
	check_required(draft);
	scoring_rule_check(draft);
	derive_max(draft);
}
