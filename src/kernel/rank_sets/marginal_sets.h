/*
 * marginal_sets.h
 *	  A confidence set for the rank of each unit by itself, from independent
 *	  estimates: rank_pairs.h with the exact critical values of
 *	  greatest_difference.h. No Monte Carlo.
 */
#ifndef PARINDEX_MARGINAL_SETS_H
#define PARINDEX_MARGINAL_SETS_H

#include <stddef.h>

#include "kernel/rank_sets/greatest_difference.h"
#include "kernel/rank_sets/rank_pairs.h"

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
} marginal_sets;

/* Bytes of memory that marginal_sets_start() takes for n units. */
extern size_t marginal_sets_memory(int n);

/* pairs, side, stepdown and level are given; memory is aligned as doubles are. */
extern void marginal_sets_start(marginal_sets *sets, void *memory);

/* The set of one unit; takes time in n and in the spread of the errors. */
extern void marginal_set(marginal_sets *sets, int unit, rank_set *set);

#endif							/* PARINDEX_MARGINAL_SETS_H */
