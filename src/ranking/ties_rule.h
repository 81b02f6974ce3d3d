/*
 * ties_rule.h
 *	  Which place tied scores share.
 */
#ifndef PARINDEX_TIES_RULE_H
#define PARINDEX_TIES_RULE_H

#include "base/compat.h"

typedef enum ties_rule
{
	TIES_MIN,					/* the lowest of their places */
	TIES_MAX,					/* the highest of their places */
	TIES_DENSE,					/* one place, the next follows without a gap */
	TIES_MID,					/* the mean of the lowest and highest */
	TIES_CUME_DIST,				/* of percentiles: the share of all at or below */
	TIES_HAZEN					/* the mean of that and the share below */
} ties_rule;

/* Whether percentiles are shares of all, and not of the others. */
static inline bool
ties_are_shares(ties_rule ties)
{
	return ties == TIES_CUME_DIST || ties == TIES_HAZEN;
}

extern ties_rule rank_ties_rule(const text *name);
extern ties_rule percentile_ties_rule(const text *name);

#endif							/* PARINDEX_TIES_RULE_H */
