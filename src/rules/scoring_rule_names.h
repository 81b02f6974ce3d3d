/*
 * scoring_rule_names.h
 *	  The words of scoring rules, as in their text form.
 */
#ifndef PARINDEX_SCORING_RULE_NAMES_H
#define PARINDEX_SCORING_RULE_NAMES_H

#include "base/arguments/choice.h"
#include "rules/scoring_rule.h"

extern const char *const rule_kind_name[RULE_KINDS];
extern const char *const step_test_sign[STEP_TESTS];
extern const choice rule_if_none_words[];

#endif							/* PARINDEX_SCORING_RULE_NAMES_H */
