/*
 * rule_points.h
 *	  Points from what was measured, by a scoring rule.
 */
#ifndef PARINDEX_RULE_POINTS_H
#define PARINDEX_RULE_POINTS_H

#include "rules/scoring_rule.h"

/* Of logarithms and roots; and of points made from them. */
#define WORKING_DECIMALS 40
#define IRRATIONAL_DECIMALS 16

/* The value is top / bottom; bottom is above zero, or NULL for 1. */
typedef struct quotient
{
	Numeric		top;
	Numeric		bottom;
} quotient;

/* Errors 22023 for what is not finite, naming it as said. */
extern Numeric check_finite_numeric(Numeric a, const char *what);

/* The shortest decimal that reads back as the same double. */
extern Numeric numeric_from_float8(float8 x, const char *what);

/* The same value, so that functions which keep its decimals compute enough. */
extern Numeric with_working_decimals(Numeric a);

/* max * (value - from) / (to - from), held within 0 to max. */
extern Numeric linear_points(const quotient *value, Numeric from, Numeric to, bool ascending,
							 Numeric max);

/* Points of a rule that is not relative; they may be a number of the rule or the value. */
extern Numeric absolute_points(const scoring_rule *rule, const quotient *value);

/* As the rule says, if it says so; of NULL NULL. */
extern Numeric rounded_points(const scoring_rule *rule, Numeric points);

/* Does the rule take a numerator and a denominator? */
extern bool rule_takes_quotient(const scoring_rule *rule);

/* What such a rule gives where there was nothing to be done, 0 of 0; NULL: no points. */
extern Numeric points_if_none(const scoring_rule *rule, Numeric top);

/* Points for a finite value, rounded to a double; of a rule that is not relative. */
extern double scoring_rule_points(const scoring_rule *rule, double value);

#endif							/* PARINDEX_RULE_POINTS_H */
