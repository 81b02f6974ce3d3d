/*
 * scoring_rule_parse.h
 *	  Reading the text of a scoring rule.
 */
#ifndef PARINDEX_SCORING_RULE_PARSE_H
#define PARINDEX_SCORING_RULE_PARSE_H

#include "rules/scoring_rule_check.h"

/* Reads and checks a rule's text; errors 22P02, 22023 and 54000. */
extern void scoring_rule_read(const char *text, rule_draft *draft);

#endif							/* PARINDEX_SCORING_RULE_PARSE_H */
