/*
 * raking_targets.h
 *	  What each category of each margin is to sum to.
 */
#ifndef PARINDEX_RAKING_TARGETS_H
#define PARINDEX_RAKING_TARGETS_H

#include "base/forms/name_table.h"
#include "utils/jsonb.h"

typedef struct raking_targets
{
	int			margins;
	name_table	names;			/* of all categories, tagged with their margin */
	int		   *first;			/* by margin: its first category; and the end */
	double	   *target;			/* by category */
} raking_targets;

extern raking_targets *read_raking_targets(const Jsonb *json, bool single, MemoryContext context);
extern char *category_name(const raking_targets *targets, int category);

#endif							/* PARINDEX_RAKING_TARGETS_H */
