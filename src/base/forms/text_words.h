/*
 * text_words.h
 *	  Words, codes and numbers in the text forms that people write: of
 *	  frameworks and pipelines. White space before each is free.
 */
#ifndef PARINDEX_TEXT_WORDS_H
#define PARINDEX_TEXT_WORDS_H

#include "base/forms/text_reader.h"

/* Whether a word of the grammar comes next, alone; steps over it. */
extern bool text_accept_word(text_reader *reader, const char *word);
extern void text_expect_word(text_reader *reader, const char *word);

/* Whether a code needs no quotes: of letters of any script, digits, "_", "." and "-". */
extern bool text_is_bare(const char *code, int length);

/* A code, bare or quoted. */
extern char *text_code(text_reader *reader, const char *expected);
extern void text_append_code(StringInfo out, const char *code, int length);

extern bool text_number_follows(text_reader *reader);
extern double text_number(text_reader *reader, const char *expected);

/* The shortest digits that give the same value back, whatever the session's settings. */
extern void text_append_number(StringInfo out, double number);

#endif							/* PARINDEX_TEXT_WORDS_H */
