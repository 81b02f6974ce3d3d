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
#include "mb/pg_wchar.h"
#include "parser/scansup.h"
#include "rules/scoring_rule_names.h"

#define CLIP_LENGTH 40			/* bytes of text in a message */
#define MAX_NUMBER_LENGTH 100

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

static const struct
{
	const char *words;
	rule_kind	kind;
}			head_words[] =
{
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
	{"log goalposts", RULE_LOG_GOALPOSTS}
};

typedef struct parser
{
	const char *text;
	const char *at;
} parser;

/* ---------- scanning ---------- */

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static void
skip_space(parser *p)
{
	while (scanner_isspace(*p->at))
		p->at++;
}

static bool
at_end(parser *p)
{
	skip_space(p);
	return *p->at == '\0';
}

/* Text from here on, short enough for a message, whole characters only. */
static char *
clipped(const char *text)
{
	int			length = strlen(text);
	int			clip = pg_mbcliplen(text, length, CLIP_LENGTH);

	return psprintf("%.*s%s", clip, text, clip < length ? "..." : "");
}

pg_noreturn static void syntax_error(parser *p, const char *expected);

/* Refuses the text at this place; says what should stand there. */
static void
syntax_error(parser *p, const char *expected)
{
	bool		comma;

	skip_space(p);
	comma = p->at > p->text + 1 && p->at[-1] == ',' && is_digit(p->at[-2]) &&
		is_digit(p->at[0]);
	comma |= p->at > p->text && *p->at == ',' && is_digit(p->at[-1]) &&
		is_digit(p->at[1]);
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
			 errmsg("invalid input syntax for type scoring_rule: \"%s\"", clipped(p->text)),
			 *p->at == '\0' ?
			 errdetail("Expected %s at the end.", expected) :
			 errdetail("Expected %s at \"%s\", character %d.", expected, clipped(p->at),
					   pg_mbstrlen_with_len(p->text, p->at - p->text) + 1),
			 comma ?
			 errhint("Write numbers with a decimal point, as in 0.9.") :
			 errhint("A rule reads like \"ratio from 0 to 1, max 10\" or \"steps >0.9: 2, >=0.7: 1, else 0\".")));
}

static bool
accept_char(parser *p, char c)
{
	skip_space(p);
	if (*p->at != c)
		return false;
	p->at++;
	return true;
}

static bool
is_word_character(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
		IS_HIGHBIT_SET(c);
}

/* All of some words, in lower case with single spaces here; or nothing. */
static bool
accept_words(parser *p, const char *words)
{
	const char *at;

	skip_space(p);
	for (at = p->at; *words != '\0'; words++)
	{
		if (*words != ' ')
		{
			if (pg_ascii_tolower((unsigned char) *at++) != (unsigned char) *words)
				return false;
		}
		else if (!scanner_isspace(*at))
			return false;
		else
			while (scanner_isspace(*at))
				at++;
	}
	if (is_word_character(*at))
		return false;
	p->at = at;
	return true;
}

static void
expect_words(parser *p, const char *words)
{
	if (!accept_words(p, words))
		syntax_error(p, psprintf("\"%s\"", words));
}

static bool
at_number(parser *p)
{
	const char *at;

	skip_space(p);
	at = p->at;
	if (*at == '+' || *at == '-')
		at++;
	if (*at == '.')
		at++;
	return is_digit(*at);
}

static void
skip_digits(parser *p)
{
	while (is_digit(*p->at))
		p->at++;
}

static Numeric
read_number(parser *p)
{
	const char *start;
	int			length;
	char	   *text;
	char	   *point;
	Datum		number;
	int			whole;
	int			scale;

	if (!at_number(p))
		syntax_error(p, "a number");
	start = p->at;
	if (*p->at == '+' || *p->at == '-')
		p->at++;
	skip_digits(p);
	if (*p->at == '.')
		p->at++;
	skip_digits(p);
	if (*p->at == 'e' || *p->at == 'E')
	{
		p->at++;
		if (*p->at == '+' || *p->at == '-')
			p->at++;
		if (!is_digit(*p->at))
			syntax_error(p, "an exponent");
		skip_digits(p);
	}
	length = p->at - start;
	if (length > MAX_NUMBER_LENGTH)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("number \"%s\" of a scoring rule is too long", clipped(start)),
				 errdetail("It is written in %d characters, at most %d are taken.",
						   length, MAX_NUMBER_LENGTH),
				 errhint("Round it.")));
	if (is_word_character(*p->at) || *p->at == '.')
		syntax_error(p, "the number to end");

	number = NumericGetDatum(num_from_text(pnstrdup(start, length)));
	if (accept_char(p, '%'))
		number = DirectFunctionCall2(numeric_mul, number,
									 NumericGetDatum(num_from_text("0.01")));
	number = DirectFunctionCall1(numeric_trim_scale, number);

	text = num_text(DatumGetNumeric(number));
	point = strchr(text, '.');
	scale = point == NULL ? 0 : (int) strlen(point + 1);
	whole = (int) strlen(text) - (*text == '-') - (point == NULL ? 0 : scale + 1);
	if (whole > SCORING_RULE_MAX_DIGITS || scale > SCORING_RULE_MAX_DIGITS)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("number \"%s\" of a scoring rule has too many digits",
						pnstrdup(start, length)),
				 errdetail("At most %d stand before the decimal point, and %d after it.",
						   SCORING_RULE_MAX_DIGITS, SCORING_RULE_MAX_DIGITS),
				 errhint("Round it, or measure in another unit.")));
	return DatumGetNumeric(number);
}

/* A name in double quotes; a double quote in it is doubled. */
static void
read_unit(parser *p, rule_draft *draft)
{
	char	   *unit;
	int			length = 0;

	if (!accept_char(p, '"'))
		syntax_error(p, "the name of a unit in double quotes");
	unit = palloc(strlen(p->at) + 1);
	while (*p->at != '"' || p->at[1] == '"')
	{
		if (*p->at == '\0')
			syntax_error(p, "a closing double quote");
		if (*p->at == '"')
			p->at++;
		unit[length++] = *p->at++;
	}
	p->at++;
	unit[length] = '\0';
	if (length == 0 || length > SCORING_RULE_MAX_UNIT)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the name of a reference unit must have 1 to %d bytes", SCORING_RULE_MAX_UNIT),
				 errdetail("It has %d.", length),
				 errhint("Write it as the unit stands in the score matrix.")));
	draft->unit = unit;
	draft->unit_length = length;
}

/* ---------- grammar ---------- */

static bool
at_step(parser *p)
{
	skip_space(p);
	return *p->at == '>' || *p->at == '<';
}

static void
read_steps(parser *p, rule_draft *draft)
{
	const char *before_comma;
	int			room = 4;

	draft->step = palloc(sizeof(*draft->step) * room);
	do
	{
		struct rule_draft_step *step;

		if (!at_step(p))
			syntax_error(p, "a step such as \">=0.7: 1\"");
		if (draft->steps == SCORING_RULE_MAX_STEPS)
			ereport(ERROR,
					(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
					 errmsg("a scoring rule has at most %d steps", SCORING_RULE_MAX_STEPS),
					 errhint("A ratio gives points in proportion.")));
		if (draft->steps == room)
			draft->step = repalloc(draft->step, sizeof(*draft->step) * (room *= 2));

		step = &draft->step[draft->steps++];
		step->test = *p->at++ == '>' ? STEP_ABOVE : STEP_BELOW;
		if (*p->at == '=')
		{
			p->at++;
			step->test = step->test == STEP_ABOVE ? STEP_AT_LEAST : STEP_AT_MOST;
		}
		step->bound = read_number(p);
		if (!accept_char(p, ':'))
			syntax_error(p, "\":\" and the points of the step");
		step->points = read_number(p);
		before_comma = p->at;
	} while (accept_char(p, ',') && at_step(p));
	p->at = before_comma;
}

static void
read_head(parser *p, rule_draft *draft)
{
	bool		found = false;

	if (at_number(p))
	{
		draft->kind = RULE_DEDUCTION;
		draft->number[RULE_MAX] = read_number(p);
		expect_words(p, "less");
		draft->number[RULE_EACH] = read_number(p);
		expect_words(p, "per occurrence");
		return;
	}
	if (at_step(p))
	{
		draft->kind = RULE_STEPS;
		read_steps(p, draft);
		return;
	}

	draft->kind = RULE_YES_NO;
	for (size_t i = 0; i < lengthof(head_words) && !found; i++)
	{
		found = accept_words(p, head_words[i].words);
		if (found)
			draft->kind = head_words[i].kind;
	}
	switch (draft->kind)
	{
		case RULE_YES_NO:
			{
				parser		ahead = *p;

				if (!accept_words(&ahead, "yes") && !accept_words(&ahead, "no"))
					syntax_error(p, "a kind of rule");
				break;
			}
		case RULE_STEPS:
			read_steps(p, draft);
			break;
		case RULE_BONUS:
		case RULE_PENALTY:
			if (at_number(p))
			{
				draft->number[RULE_EACH] = read_number(p);
				expect_words(p, "per occurrence");
			}
			break;
		case RULE_DISTANCE_TO_TARGET:
			draft->number[RULE_TO] = read_number(p);
			break;
		case RULE_DISTANCE_TO_UNIT:
			read_unit(p, draft);
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
read_if_none(parser *p, rule_draft *draft)
{
	bool		again = draft->if_none_given;

	if (!accept_words(p, "if none"))
		return false;
	check_clause(draft, "if none", QUOTIENT_KINDS, again);
	accept_char(p, ':');
	for (int i = 0; i < RULE_IF_NONES; i++)
	{
		if (accept_words(p, rule_if_none_name[i]))
		{
			draft->if_none = (rule_if_none) i;
			draft->if_none_given = true;
			return true;
		}
	}
	syntax_error(p, "full, zero, null or error");
}

static void
read_clause(parser *p, rule_draft *draft)
{
	for (size_t i = 0; i < lengthof(number_clause); i++)
	{
		Numeric    *number = &draft->number[number_clause[i].number];

		if (accept_words(p, number_clause[i].words))
		{
			check_clause(draft, number_clause[i].words, number_clause[i].allowed,
						 *number != NULL);
			accept_char(p, ':');
			*number = read_number(p);
			return;
		}
	}
	if (accept_words(p, "lower is better"))
	{
		check_clause(draft, "lower is better", DIRECTED_KINDS, draft->lower_is_better);
		draft->lower_is_better = true;
	}
	else if (!read_if_none(p, draft))
		syntax_error(p, "a clause such as \"max 10\" or \"if none: full\"");
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
	parser		p = {text, text};

	if (strlen(text) > SCORING_RULE_MAX_TEXT)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("a scoring rule of %zu bytes is too long", strlen(text)),
				 errdetail("At most %d bytes are read.", SCORING_RULE_MAX_TEXT),
				 errhint("Leave out white space, or split the criterion.")));

	memset(draft, 0, sizeof(*draft));
	read_head(&p, draft);
	while (!at_end(&p))
	{
		accept_char(&p, ',');
		read_clause(&p, draft);
	}
	fill_defaults(draft);
	check_required(draft);
	scoring_rule_check(draft);
	derive_max(draft);
}
