/*
 * points_tree.h
 *	  Points and maxima of one unit, from the leaves up, in exact decimal.
 *
 * Points and maxima add up. Whether a maximum counts follows the status of
 * cells and the nodes' missing rules (kernel/tree/tree_rules.h): what has left
 * counts nowhere above; a missing child stays with its maximum, and its points
 * are zero (zero), are in proportion to its siblings' (renormalise), or unknown
 * (propagate). Only that proportion leads out of the finite decimals.
 */
#ifndef PARINDEX_POINTS_TREE_H
#define PARINDEX_POINTS_TREE_H

#include "unit/points_quotient.h"
#include "framework/framework_argument.h"

/* Maxima, by node; of inner nodes the sum over the leaves below. */
typedef struct points_framework
{
	int			scale;			/* most decimals among them */
	bool		plain;			/* with all cells observed no rule has a say */
	decimal_int	max[FLEXIBLE_ARRAY_MEMBER];
} points_framework;

/* A node's outcome for one unit. */
typedef struct node_points
{
	points_quotient points;
	decimal_int	max;			/* of what stays */
	decimal_int	applicable;		/* maxima of applicable leaves below ... */
	decimal_int	covered;		/* ... and of observed ones */
	int			children_scored;
	int			children_expected;
	int			leaves_observed;
	cell_status status;
	bool		left;			/* no maximum of it stays */
} node_points;

/* The framework in points, once per query; error 0A000 where its nodes are no sums. */
extern const points_framework *points_framework_of(const framework_cache *cache);

/* The outcome of every node, by node; palloc'd. */
extern node_points *points_tree_evaluate(const framework_cache *cache, const index_points *points);

/* The outcome of the root alone. */
extern void points_tree_root(const framework_cache *cache, const index_points *points,
							 node_points *root);

#endif							/* PARINDEX_POINTS_TREE_H */
