/*
 * scoring_rule_scan.c
 *	  The words and numbers of a scoring rule's text: scoring_rule_scan.h.
 */
#include "postgres.h"
#include "rules/scoring_rule_scan.h"

#include "base/numeric_math.h"
#include "rules/scoring_rule.h"

#define MAX_NUMBER_LENGTH 100

/* A comma at this place, or before it, may have been meant as a decimal point. */
static bool
at_decimal_comma(const text_reader *reader)
{
	const char *comma = reader->at;

	if (*comma != ',' && comma > reader->text)
		comma--;
	return *comma == ',' && comma > reader->text && text_is_digit(comma[-1]) &&
		text_is_digit(comma[1]);
}

void
rule_error(text_reader *reader, const char *expected)
{
	text_skip_space(reader);
	if (at_decimal_comma(reader))
		reader->hint = "Write numbers with a decimal point, as in 0.9.";
	text_error(reader, expected);
}

static bool
is_word_character(char c)
{
	return text_is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
		IS_HIGHBIT_SET(c);
}

bool
rule_accept_words(text_reader *reader, const char *words)
{
	const char *at;

	text_skip_space(reader);
	for (at = reader->at; *words != '\0'; words++)
	{
		if (*words != ' ')
		{
			if (pg_ascii_tolower((unsigned char) *at++) != (unsigned char) *words)
				return false;
		}
		else if (!text_is_space(*at))
			return false;
		else
			while (text_is_space(*at))
				at++;
	}
	if (is_word_character(*at))
		return false;
	reader->at = at;
	return true;
}

bool
rule_accept_choice(text_reader *reader, const choice *choices, int *value)
{
	for (; choices->name != NULL; choices++)
	{
		if (rule_accept_words(reader, choices->name))
		{
			*value = choices->value;
			return true;
		}
	}
	return false;
}

void
rule_expect_words(text_reader *reader, const char *words)
{
	if (!rule_accept_words(reader, words))
		rule_error(reader, psprintf("\"%s\"", words));
}

bool
rule_at_number(text_reader *reader)
{
	const char *at;

	text_skip_space(reader);
	at = reader->at;
	if (*at == '+' || *at == '-')
		at++;
	if (*at == '.')
		at++;
	return text_is_digit(*at);
}

static void
skip_digits(text_reader *reader)
{
	while (text_is_digit(*reader->at))
		reader->at++;
}

Numeric
rule_read_number(text_reader *reader)
{
	const char *start;
	int			length;
	char	   *text;
	char	   *point;
	Datum		number;
	int			whole;
	int			scale;

	if (!rule_at_number(reader))
		rule_error(reader, "a number");
	start = reader->at;
	if (*reader->at == '+' || *reader->at == '-')
		reader->at++;
	skip_digits(reader);
	if (*reader->at == '.')
		reader->at++;
	skip_digits(reader);
	if (*reader->at == 'e' || *reader->at == 'E')
	{
		reader->at++;
		if (*reader->at == '+' || *reader->at == '-')
			reader->at++;
		if (!text_is_digit(*reader->at))
			rule_error(reader, "an exponent");
		skip_digits(reader);
	}
	length = reader->at - start;
	if (length > MAX_NUMBER_LENGTH)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("number \"%s\" of a scoring rule is too long", clip_text(start, length)),
				 errdetail("It is written in %d characters, at most %d are taken.",
						   length, MAX_NUMBER_LENGTH),
				 errhint("Round it.")));
	if (is_word_character(*reader->at) || *reader->at == '.')
		rule_error(reader, "the number to end");

	number = NumericGetDatum(num_from_text(pnstrdup(start, length)));
	if (text_accept(reader, "%"))
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
						clip_text(start, length)),
				 errdetail("At most %d stand before the decimal point, and %d after it.",
						   SCORING_RULE_MAX_DIGITS, SCORING_RULE_MAX_DIGITS),
				 errhint("Round it, or measure in another unit.")));
	return DatumGetNumeric(number);
}
