/*
 * ties_rule.c
 *	  Which place tied scores share.
 */
#include "postgres.h"
#include "base/compat.h"

#include "ranking/ties_rule.h"
#include "utils/builtins.h"

static bool
is_rule(const text *name, const char *rule)
{
	return VARSIZE_ANY_EXHDR(name) == strlen(rule) &&
		memcmp(VARDATA_ANY(name), rule, strlen(rule)) == 0;
}

pg_noreturn static void
unknown_rule(const text *name, const char *rules)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("unknown rule for ties \"%s\"", text_to_cstring(name)),
			 errhint("Use %s.", rules)));
}

/* The rule of a rank: min, max or dense. */
ties_rule
rank_ties_rule(const text *name)
{
	if (is_rule(name, "min"))
		return TIES_MIN;
	if (is_rule(name, "max"))
		return TIES_MAX;
	if (!is_rule(name, "dense"))
		unknown_rule(name, "min, max or dense");
	return TIES_DENSE;
}

/* The rule of a percentile: min, max or mid. */
ties_rule
percentile_ties_rule(const text *name)
{
	if (is_rule(name, "min"))
		return TIES_MIN;
	if (is_rule(name, "max"))
		return TIES_MAX;
	if (!is_rule(name, "mid"))
		unknown_rule(name, "max, min or mid");
	return TIES_MID;
}
