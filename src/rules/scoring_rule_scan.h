/*
 * scoring_rule_scan.h
 *	  The words and numbers of which the text of a scoring rule is made.
 *
 * White space before each of them is stepped over, and the case of words does
 * not matter.
 */
#ifndef PARINDEX_SCORING_RULE_SCAN_H
#define PARINDEX_SCORING_RULE_SCAN_H

#include "base/arguments/choice.h"
#include "base/forms/text_reader.h"
#include "utils/numeric.h"

/* All of some words, in lower case with single spaces here; or nothing. */
extern bool rule_accept_words(text_reader *reader, const char *words);
extern void rule_expect_words(text_reader *reader, const char *words);

/* The value of the first that stands here of some words. */
extern bool rule_accept_choice(text_reader *reader, const choice *choices, int *value);

extern bool rule_at_number(text_reader *reader);

/* Without trailing zeros; error 54000 where it has too many digits. */
extern Numeric rule_read_number(text_reader *reader);

/* Refuses the text at this place; says what should stand there. */
pg_noreturn extern void rule_error(text_reader *reader, const char *expected);

#endif							/* PARINDEX_SCORING_RULE_SCAN_H */
