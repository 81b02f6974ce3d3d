/*
 * ties_rule.h
 *	  Which place tied scores share.
 */
#ifndef PARINDEX_TIES_RULE_H
#define PARINDEX_TIES_RULE_H

typedef enum ties_rule
{
	TIES_MIN,					/* the lowest of their places */
	TIES_MAX,					/* the highest of their places */
	TIES_DENSE,					/* one place, the next follows without a gap */
	TIES_MID					/* the mean of the lowest and highest */
} ties_rule;

extern ties_rule rank_ties_rule(const text *name);
extern ties_rule percentile_ties_rule(const text *name);

#endif							/* PARINDEX_TIES_RULE_H */
