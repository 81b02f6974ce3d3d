/*
 * ties_rule.c
 *	  Which place tied scores share.
 */
#include "postgres.h"
#include "ranking/ties_rule.h"

#include "base/arguments/choice.h"

/* The rule of a rank. */
ties_rule
rank_ties_rule(const text *name)
{
	static const choice rules[] = {
		{"min", TIES_MIN}, {"max", TIES_MAX}, {"dense", TIES_DENSE}, {NULL, 0}
	};

	if (VARSIZE_ANY_EXHDR(name) == strlen("average") &&
		memcmp(VARDATA_ANY(name), "average", strlen("average")) == 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the mean of tied ranks is no whole number"),
				 errhint("average_rank() gives it, as numeric.")));
	return (ties_rule) choose(name, "rule for ties", rules);
}

/* The rule of a percentile. */
ties_rule
percentile_ties_rule(const text *name)
{
	static const choice rules[] = {
		{"max", TIES_MAX}, {"min", TIES_MIN}, {"mid", TIES_MID}, {"cume_dist", TIES_CUME_DIST},
		{"hazen", TIES_HAZEN}, {NULL, 0}
	};

	return (ties_rule) choose(name, "rule for ties", rules);
}
