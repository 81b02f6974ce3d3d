/*
 * df_rule.h
 *	  Which degrees of freedom an interval takes: those of the sample, the
 *	  normal distribution's, a number of one's own.
 */
#ifndef PARINDEX_DF_RULE_H
#define PARINDEX_DF_RULE_H

#include "base/compat.h"

typedef enum df_rule
{
	DF_DOMAIN,					/* PSUs less strata that have members, as in R */
	DF_DESIGN,					/* PSUs less strata of the design */
	DF_GIVEN
} df_rule;

typedef struct df_choice
{
	df_rule		rule;
	double		given;			/* of DF_GIVEN, at least 0.1; infinite is the normal distribution */
} df_choice;

/* Error 22023 for a text that is no rule, and a number below 0.1. */
extern df_choice parse_df_rule(const text *given);

/*
 * A column df, of type bigint: NULL for what it cannot show, a number that is
 * infinite or not whole.
 */
extern void put_df(double df, Datum *value, bool *is_null);

#endif							/* PARINDEX_DF_RULE_H */
