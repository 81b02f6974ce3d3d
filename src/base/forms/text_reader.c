/*
 * text_reader.c
 *	  Reading the text forms of types: text_reader.h.
 */
#include "postgres.h"
#include "base/forms/text_reader.h"

#include <math.h>

#include "mb/pg_wchar.h"

void
text_skip_space(text_reader *reader)
{
	while (text_is_space(*reader->at))
		reader->at++;
}

bool
text_accept_exactly(text_reader *reader, const char *literal)
{
	size_t		length = strlen(literal);

	if (strncmp(reader->at, literal, length) != 0)
		return false;
	reader->at += length;
	return true;
}

void
text_expect_exactly(text_reader *reader, const char *literal)
{
	if (!text_accept_exactly(reader, literal))
		text_error(reader, psprintf("\"%s\"", literal));
}

bool
text_accept(text_reader *reader, const char *literal)
{
	text_skip_space(reader);
	return text_accept_exactly(reader, literal);
}

void
text_expect(text_reader *reader, const char *literal)
{
	text_skip_space(reader);
	text_expect_exactly(reader, literal);
}

void
text_expect_end(text_reader *reader)
{
	text_skip_space(reader);
	if (*reader->at != '\0')
		text_error(reader, "the end");
}

int64
text_integer(text_reader *reader, int64 low, int64 high, const char *expected)
{
	const char *start = reader->at;
	char	   *end;
	int64		value;

	if (!text_is_digit(start[low < 0 && *start == '-']))
		text_error(reader, expected);
	errno = 0;
	value = strtoi64(start, &end, 10);
	if (errno != 0 || value < low || value > high)
		text_error(reader, expected);
	reader->at = end;
	return value;
}

double
text_float8(text_reader *reader, const char *expected)
{
	char	   *end;
	double		value;

	if (text_is_space(*reader->at))
		text_error(reader, expected);
	value = strtod(reader->at, &end);
	if (end == reader->at || !isfinite(value))
		text_error(reader, expected);
	reader->at = end;
	return value;
}

char *
text_quoted(text_reader *reader, char escape, int *length, const char *expected)
{
	StringInfoData string;

	if (*reader->at != '"')
		text_error(reader, expected);
	initStringInfo(&string);
	for (reader->at++;; reader->at++)
	{
		if (*reader->at == escape && (reader->at[1] == '"' || reader->at[1] == escape))
			reader->at++;
		else if (*reader->at == '"')
			break;
		else if (*reader->at == escape)
			text_error(reader, "a double quote or a backslash after a backslash");
		else if (*reader->at == '\0')
			text_error(reader, "a closing double quote");
		appendStringInfoCharMacro(&string, *reader->at);
	}
	reader->at++;
	*length = string.len;
	return string.data;
}

void
text_append_quoted(StringInfo out, const char *bytes, int length, char escape)
{
	appendStringInfoCharMacro(out, '"');
	for (int i = 0; i < length; i++)
	{
		if (bytes[i] == '"' || bytes[i] == escape)
			appendStringInfoCharMacro(out, escape);
		appendStringInfoCharMacro(out, bytes[i]);
	}
	appendStringInfoCharMacro(out, '"');
}

char *
clip_text(const char *bytes, int length)
{
	int			clip = pg_mbcharcliplen(bytes, length, CLIP_LENGTH);

	return psprintf("%.*s%s", clip, bytes, clip < length ? "..." : "");
}

/* The line of a place, from 1, and where that line begins. */
static const char *
line_of(const text_reader *reader, int *number)
{
	const char *line = reader->text;

	*number = 1;
	for (const char *p = reader->text; p < reader->at; p++)
		if (*p == '\n')
		{
			line = p + 1;
			++*number;
		}
	return line;
}

/* The first line of the text, for the message. */
static char *
clip_first_line(const text_reader *reader)
{
	return clip_text(reader->text, (int) strcspn(reader->text, "\r\n"));
}

void
text_refuse(const text_reader *reader, const char *detail)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
			 errmsg("invalid input syntax for type %s: \"%s\"", reader->type,
					clip_first_line(reader)),
			 errdetail("%s", detail),
			 reader->hint ? errhint("%s", reader->hint) : 0));
}

void
text_error(const text_reader *reader, const char *expected)
{
	int			number;
	const char *line = line_of(reader, &number);
	int			character = pg_mbstrlen_with_len(line, (int) (reader->at - line)) + 1;
	bool		one_line = strchr(reader->text, '\n') == NULL;
	const char *found = *reader->at == '\0' ? "the end" :
		psprintf("\"%s\"", clip_text(reader->at, (int) strcspn(reader->at, "\r\n")));

	ereport(ERROR,
			(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
			 errmsg("invalid input syntax for type %s: \"%s\"", reader->type,
					clip_first_line(reader)),
			 one_line ?
			 errdetail("Expected %s at character %d, not %s.", expected, character, found) :
			 errdetail("Expected %s at line %d, character %d, not %s.", expected, number,
					   character, found),
			 reader->hint ? errhint("%s", reader->hint) : 0));
}
