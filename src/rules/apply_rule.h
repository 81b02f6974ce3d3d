/*
 * apply_rule.h
 *	  What the files that apply scoring rules share.
 */
#ifndef PARINDEX_APPLY_RULE_H
#define PARINDEX_APPLY_RULE_H

#include "rules/scoring_rule.h"
#include "utils/array.h"

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

/*
 * Points among the values of a reference set, numeric[] or float8[]; NULL
 * where the set gives no scale. What is known of the set is kept in fn_extra
 * for as long as the same set comes.
 */
extern Numeric relative_points(FunctionCallInfo fcinfo, const scoring_rule *rule, Numeric value,
							   ArrayType *reference);

#endif							/* PARINDEX_APPLY_RULE_H */
