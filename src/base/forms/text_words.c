/*
 * text_words.c
 *	  Words, codes and numbers of text forms: text_words.h.
 */
#include "postgres.h"
#include "base/forms/text_words.h"

#include "common/shortest_dec.h"

static inline bool
is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || text_is_digit(c);
}

static inline bool
is_bare(char c)
{
	return is_word(c) || c == '.' || c == '-' || IS_HIGHBIT_SET(c);
}

bool
text_accept_word(text_reader *reader, const char *word)
{
	Size		length = strlen(word);

	text_skip_space(reader);
	if (strncmp(reader->at, word, length) != 0 || is_word(reader->at[length]))
		return false;
	reader->at += length;
	return true;
}

void
text_expect_word(text_reader *reader, const char *word)
{
	if (!text_accept_word(reader, word))
		text_error(reader, psprintf("\"%s\"", word));
}

bool
text_is_bare(const char *code, int length)
{
	for (int i = 0; i < length; i++)
		if (!is_bare(code[i]))
			return false;
	return length > 0;
}

char *
text_code(text_reader *reader, const char *expected)
{
	const char *start;
	int			length;

	text_skip_space(reader);
	start = reader->at;
	if (*start == '"')
		return text_quoted(reader, '"', &length, expected);
	while (is_bare(*reader->at))
		reader->at++;
	if (reader->at == start)
		text_error(reader, expected);
	return pnstrdup(start, reader->at - start);
}

void
text_append_code(StringInfo out, const char *code, int length)
{
	if (text_is_bare(code, length))
		appendBinaryStringInfo(out, code, length);
	else
		text_append_quoted(out, code, length, '"');
}

bool
text_number_follows(text_reader *reader)
{
	text_skip_space(reader);
	return text_is_digit(*reader->at) || *reader->at == '-' || *reader->at == '+' ||
		*reader->at == '.';
}

double
text_number(text_reader *reader, const char *expected)
{
	text_skip_space(reader);
	return text_float8(reader, expected) + 0.0;
}

void
text_append_number(StringInfo out, double number)
{
	char		digits[DOUBLE_SHORTEST_DECIMAL_LEN];

	double_to_shortest_decimal_buf(number, digits);
	appendStringInfoString(out, digits);
}
