/*
 * group_rule.h
 *	  How many groups, and by which rule they are counted off.
 */
#ifndef PARINDEX_GROUP_RULE_H
#define PARINDEX_GROUP_RULE_H

#include "ranking/place_rules.h"

/* Error 22023 for less than one. */
extern void check_groups(int32 groups);

extern group_rule parse_group_rule(const text *name);

#endif							/* PARINDEX_GROUP_RULE_H */
