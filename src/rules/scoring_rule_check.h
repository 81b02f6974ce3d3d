/*
 * scoring_rule_check.h
 *	  A scoring rule before it is flat, and what is refused of it.
 */
#ifndef PARINDEX_SCORING_RULE_CHECK_H
#define PARINDEX_SCORING_RULE_CHECK_H

#include "rules/scoring_rule.h"

/* What a rule is made of, before it is flat. */
typedef struct rule_draft
{
	rule_kind	kind;
	rule_if_none if_none;
	bool		if_none_given;
	rule_if_none if_undue;
	bool		if_undue_given;
	bool		lower_is_better;
	int			round_digits;	/* -1: points are not rounded ... */
	bool		half_even;		/* ... or halves away from zero, or so */
	Numeric		number[RULE_NUMBERS];	/* NULL: none */
	struct rule_draft *else_scale;	/* a ratio in the place of RULE_ELSE */
	const char *unit;			/* NULL: none */
	int			unit_length;
	int			steps;
	struct rule_draft_step
	{
		step_test	test;
		Numeric		bound;
		Numeric		points;
		struct rule_draft *scale;	/* a ratio in the place of points; a part of a sum */
	}		   *step;
} rule_draft;

/* Errors 22023; draft->number[RULE_MAX] need not be derived yet. */
extern void scoring_rule_check(const rule_draft *draft);

#endif							/* PARINDEX_SCORING_RULE_CHECK_H */
