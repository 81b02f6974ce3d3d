/*
 * group_rule.c
 *	  How many groups, and by which rule they are counted off: group_rule.h.
 */
#include "postgres.h"
#include "ranking/group_rule.h"

#include "base/arguments/choice.h"

void
check_groups(int32 groups)
{
	if (groups < 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("cannot cut scores into %d groups", groups),
				 errhint("Give a number of groups of 1 or more.")));
}

group_rule
parse_group_rule(const text *name)
{
	static const choice rules[] = {
		{"from_last", GROUP_FROM_LAST}, {"from_first", GROUP_FROM_FIRST}, {"ntile", GROUP_NTILE}, {NULL, 0}
	};

	return (group_rule) choose(name, "rule for groups", rules);
}
