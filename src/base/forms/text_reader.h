/*
 * text_reader.h
 *	  Reading the text forms of types, and the words that writing them needs.
 *
 * A reader steps through a text of known type. Each place in a message is in
 * characters, each piece of the input at most CLIP_LENGTH characters long, and
 * every complaint is error 22P02: what was expected, where, and what stands
 * there instead.
 */
#ifndef PARINDEX_TEXT_READER_H
#define PARINDEX_TEXT_READER_H

#include "base/compat.h"

#include "lib/stringinfo.h"

/* Most characters of input that a message shows. */
#define CLIP_LENGTH 60

typedef struct text_reader
{
	const char *type;			/* as messages call it */
	const char *text;			/* all of it */
	const char *at;				/* what comes next */
	const char *hint;			/* NULL, or what each complaint ends with */
} text_reader;

/* The same white space whatever the locale. */
static inline bool
text_is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static inline bool
text_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

extern void text_skip_space(text_reader *reader);

/* Step over what comes next, white space before it included. */
extern bool text_accept(text_reader *reader, const char *literal);
extern void text_expect(text_reader *reader, const char *literal);
extern void text_expect_end(text_reader *reader);

/* The same where white space counts. */
extern bool text_accept_exactly(text_reader *reader, const char *literal);
extern void text_expect_exactly(text_reader *reader, const char *literal);

/* Digits, after a sign where low is below zero, without white space before. */
extern int64 text_integer(text_reader *reader, int64 low, int64 high, const char *expected);

/* A finite number, without white space before. */
extern double text_float8(text_reader *reader, const char *expected);

/*
 * A string in double quotes, in which escape, a double quote or a backslash,
 * stands before a double quote and before itself. It ends with a zero byte.
 */
extern char *text_quoted(text_reader *reader, char escape, int *length, const char *expected);
extern void text_append_quoted(StringInfo out, const char *bytes, int length, char escape);

/* Error 22P02: expected something else here. */
pg_noreturn extern void text_error(const text_reader *reader, const char *expected);

/* Error 22P02: what was read is no value, as a sentence says. */
pg_noreturn extern void text_refuse(const text_reader *reader, const char *detail);

/* A copy of at most CLIP_LENGTH characters, with "..." where some are left out. */
extern char *clip_text(const char *bytes, int length);

#endif							/* PARINDEX_TEXT_READER_H */
