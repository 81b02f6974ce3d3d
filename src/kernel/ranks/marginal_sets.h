/*
 * marginal_sets.h
 *	  A confidence set for the rank of each unit by itself, from independent
 *	  estimates: rank_pairs.h with the exact critical values of
 *	  greatest_difference.h. No Monte Carlo.
 */
#ifndef PARINDEX_MARGINAL_SETS_H
#define PARINDEX_MARGINAL_SETS_H

#include <stddef.h>

#include "kernel/ranks/greatest_difference.h"
#include "kernel/ranks/rank_pairs.h"

typedef struct marginal_sets
{
	rank_pairs	pairs;			/* independent */
	rank_side	side;
	bool		stepdown;
	double		level;
	normal_table normal;
	error_points points;
	greatest_difference greatest;
	double	   *weight;			/* of all units but those without error, by point */
	double	   *lead;			/* by unit */
	int		   *order;			/* units by their errors */
	double		critical;		/* the first of the unit before in this order */
} marginal_sets;

/* Bytes of memory that marginal_sets_start() takes for n units. */
extern size_t marginal_sets_memory(int n);

/* pairs, side, stepdown and level are given; memory is aligned as doubles are. */
extern void marginal_sets_start(marginal_sets *sets, void *memory);

/*
 * The set of the i-th unit by errors, sets->order[i]; takes time in n and in the
 * spread of the errors. Its first critical value is sought from that of the
 * unit before, which it is near.
 */
extern void marginal_set(marginal_sets *sets, int i, rank_set *set);

#endif							/* PARINDEX_MARGINAL_SETS_H */
