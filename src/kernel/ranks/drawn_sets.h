/*
 * drawn_sets.h
 *	  Confidence sets for the ranks of all units at once, and of single units
 *	  from correlated estimates: rank_pairs.h with critical values by draws.
 *
 * Each draw is the errors of all units by chance alone; its greatest studentised
 * difference is one value of the distribution whose quantile the critical value
 * is. A draw depends on the seed, its number and the unit's place alone
 * (philox.h), so that each step sees the same draws, and every machine too.
 *
 * Of all units at once, the greatest difference of a draw is the same to either
 * side, so the side only chooses which bounds are told. Independent errors
 * make the search for it short: by Cauchy and Schwarz, the difference of s_j Z_j
 * and s_k Z_k over its standard error is at most sqrt(Z_j^2 + Z_k^2), so that
 * only units with the largest |Z| can have it.
 *
 * The critical value is the ceil(level * (draws + 1))-th smallest of the values,
 * which keeps the level whatever the number of draws; its standard error is
 * half the distance of the order statistics a binomial standard deviation away.
 */
#ifndef PARINDEX_DRAWN_SETS_H
#define PARINDEX_DRAWN_SETS_H

#include <stddef.h>
#include <stdint.h>

#include "kernel/ranks/covariance_factor.h"
#include "kernel/ranks/rank_pairs.h"

typedef struct drawn_sets
{
	rank_pairs	pairs;
	rank_side	side;
	bool		stepdown;
	double		level;
	uint64_t	seed;
	int			draws;			/* drawn_sets_enough() */
	const covariance_factor *factor;	/* NULL: independent */
	bool		(*stop) (void *);
	void	   *stop_arg;
	double	   *greatest;		/* by draw */
	double	   *sorted;
	double	   *scratch;
	/* independent: the units of the greatest difference, and a draw's own */
	int		   *upper;			/* by draw; -1: none */
	int		   *lower;
	double	   *z;				/* by unit */
	int		   *large;
	/* correlated */
	double	   *deviation;		/* unit * draws + draw */
	double	   *independent;	/* by unit, of one block of draws */
} drawn_sets;

/* Whether so many draws have the quantile of a level. */
static inline bool
drawn_sets_enough(int draws, double level)
{
	return (draws + 1.0) * level <= draws;
}

extern size_t drawn_sets_memory(const drawn_sets *sets);

/* All but what is scratch is given. False: stopped. */
extern bool drawn_sets_start(drawn_sets *sets, void *memory);

/* The sets of all units at once, by unit. False: stopped. */
extern bool simultaneous_sets(drawn_sets *sets, rank_set *set);

/* The set of one unit, correlated errors only. False: stopped. */
extern bool drawn_marginal_set(drawn_sets *sets, int unit, rank_set *set);

#endif							/* PARINDEX_DRAWN_SETS_H */
