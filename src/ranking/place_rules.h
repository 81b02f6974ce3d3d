/*
 * place_rules.h
 *	  Rank, percentile and group of a score from how many stand before it: the
 *	  one home of these formulas, for window functions and for counts.
 *
 * Of `all` scores, `before` come before this one, of `distinct` different
 * values, and `tied` share it, itself included (0: it is none of them). All are
 * below 2^62.
 */
#ifndef PARINDEX_PLACE_RULES_H
#define PARINDEX_PLACE_RULES_H

#include "ranking/ties_rule.h"

static inline int64
place_rank(int64 before, int64 tied, int64 distinct, ties_rule ties)
{
	return ties == TIES_DENSE ? distinct + 1 :
		ties == TIES_MAX ? before + Max(tied, 1) : before + 1;
}

/* Twice the mean of the places that tied scores share. */
static inline int64
place_twice_average(int64 before, int64 tied)
{
	return 2 * before + Max(tied, 1) + 1;
}

/* What percentiles are shares of: of all, or of the others. */
static inline int64
place_whole(int64 all, ties_rule ties)
{
	return ties_are_shares(ties) ? all : Max(all, 1) - 1;
}

/* Twice the number of those that count as not above, before coming first from below. */
static inline int64
place_twice_not_above(int64 before, int64 tied, int64 all, ties_rule ties)
{
	if (tied == 0)
		return 2 * Min(before, place_whole(all, ties));
	switch (ties)
	{
		case TIES_MIN:
			return 2 * before;
		case TIES_MAX:
			return 2 * (before + tied - 1);
		case TIES_CUME_DIST:
			return 2 * (before + tied);
		case TIES_HAZEN:
			return 2 * before + tied;
		default:
			return 2 * before + tied - 1;
	}
}

/* Rounded once while both are below 2^47. */
static inline double
place_percentile(int64 twice_not_above, int64 whole)
{
	return 50.0 * (double) twice_not_above / (double) whole;
}

static inline int64
divide_up(int64 a, int64 b, int64 c)
{
	return (int64) (((int128) a * b + c - 1) / c);
}

/* Cut at the inner quantiles: see score_group.c. */
static inline int64
place_quantile_group(int64 before, int64 all, int32 groups)
{
	return before == 0 || all == 1 ? 1 : divide_up(before, groups, all - 1);
}

/* How groups are counted off by place; see rank_group(). */
typedef enum group_rule
{
	GROUP_FROM_LAST,			/* k + 1 - ceil((n + 1 - r) k / n) */
	GROUP_FROM_FIRST,			/* ceil(r k / n) */
	GROUP_NTILE					/* as ntile() cuts, the larger groups first */
} group_rule;

static inline int64
place_rank_group(int64 before, int64 all, int32 groups, group_rule rule)
{
	int64		size = all / groups;
	int64		larger = all % groups;	/* groups of one more */

	switch (rule)
	{
		case GROUP_FROM_LAST:
			return groups + 1 - divide_up(all - before, groups, all);
		case GROUP_FROM_FIRST:
			return divide_up(before + 1, groups, all);
		case GROUP_NTILE:
			break;
	}
	return before < larger * (size + 1) ? before / (size + 1) + 1 :
		(before - larger) / size + 1;
}

#endif							/* PARINDEX_PLACE_RULES_H */
