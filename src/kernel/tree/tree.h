/*
 * tree.h
 *	  Scores on a tree of weighted criteria: the combination of one node's
 *	  children, for one unit.
 *
 * Nodes stand in breadth-first order: the root is node 0, children of a node
 * are contiguous and come after it, so that walking the array backwards meets
 * children before their parent. Leaves may stand at any depth.
 *
 * A child of weight 0 is not there: it has a result of its own, but its parent
 * takes no notice of it, whatever the method and the rule for what is missing.
 *
 * Both ways to a score, a unit at a time in an aggregate and a node at a time
 * over a matrix, call tree_combine(): they give the same bits. Sums inside
 * are exact and rounded once, so that the order of siblings does not matter.
 */
#ifndef PARINDEX_TREE_H
#define PARINDEX_TREE_H

#include "kernel/exact/int128.h"

/* How children make their parent's score; w are the weights of the scored ones. */
typedef enum tree_method
{
	TREE_ARITHMETIC,			/* sum(w*s) / sum(w) */
	TREE_GEOMETRIC,
	TREE_HARMONIC,
	TREE_POWER,					/* with tree_node.power */
	TREE_MIN,					/* unweighted */
	TREE_MAX,					/* unweighted */
	TREE_MEDIAN,				/* unweighted; mean of the middle two */
	TREE_SUM,					/* sum(w*s); of fewer children in proportion where they renormalise */
	TREE_PRODUCT,				/* of s^w, where w may be below 0 */
	TREE_TURNED_GEOMETRIC,		/* geometric mean on the turned scale; see tree_node.power */
	TREE_OWA,					/* weights by place from the best on; see tree_node.order */
	TREE_PENALISED_MEAN,		/* mean - variance / mean: Mazziotta-Pareto's */
	TREE_PENALISED_MEAN_PLUS	/* mean + variance / mean */
} tree_method;

#define TREE_LAST_METHOD TREE_PENALISED_MEAN_PLUS

/* What a node does about a child without a score. */
typedef enum tree_missing
{
	TREE_RENORMALISE,			/* its siblings share its weight */
	TREE_EXCUSE,				/* its weight leaves this node and all above */
	TREE_ZERO,					/* it scores 0 */
	TREE_PROPAGATE,				/* the node has no score */
	TREE_ERROR					/* refused */
} tree_missing;

/* Rescaling of an inner node's scores over all units, before they go up. */
typedef enum tree_rescale
{
	TREE_RESCALE_NONE,
	TREE_RESCALE_MINMAX,		/* to rescale_low .. rescale_high */
	TREE_RESCALE_ZSCORE,		/* to mean rescale_low, sample standard deviation rescale_high */
	TREE_RESCALE_MINMAX_100,	/* to 0 .. 100 */
	TREE_RESCALE_POPULATION_ZSCORE, /* the same with the deviation by n */
	TREE_RESCALE_MAXIMUM		/* the greatest to rescale_high, which is above 0 */
} tree_rescale;

#define TREE_LAST_RESCALE TREE_RESCALE_MAXIMUM

#define TREE_NO_ROUNDING INT16_MIN

typedef struct tree_node
{
	int32_t		parent;			/* -1 for the root */
	int32_t		first_child;
	int32_t		children;		/* 0: a leaf */
	int32_t		depth;			/* 0 for the root */
	int32_t		leaf;			/* ordinal among those that take values: the leaves,
								 * then inner nodes with values of their own; -1: none */
	uint8_t		method;			/* tree_method */
	uint8_t		missing;		/* tree_missing */
	uint8_t		rescale;		/* tree_rescale */
	int8_t		direction;		/* 1 more is better, -1 less is better: an inner
								 * node's score then is turned on its scale */
	int16_t		round_digits;	/* half-up before going up; TREE_NO_ROUNDING */
	uint8_t		best;			/* so many children count, the best; 0: all */
	uint8_t		trim:7;			/* so many of the worst and of the best do not */
	uint8_t		zeros:1;		/* a geometric or harmonic mean with a 0 is 0 */
	bool		half_even;		/* round_digits rounds halves to the even digit */
	int32_t		min_children;	/* fewer scored children: no score; 0: any */
	int32_t		orders;			/* how many ordered weights, of TREE_OWA */
	int32_t		order;			/* where they are: bytes from the first node on, see
								 * tree_order() */
	double		min_share;		/* a smaller share of them: no score; 0: any */
	double		weight;			/* among its siblings, >= 0 but for an exponent */
	double		power;			/* of TREE_POWER; else the top of the scale from 0,
								 * for what is turned, or 0 */
	double		floor;			/* scores below it are raised to it; NaN: none */
	double		rescale_low;	/* see tree_rescale */
	double		rescale_high;
	double		veto;			/* where its score is below it, its parent's is at most ... */
	double		veto_cap;		/* ... this; NaN: none, and 0 */
} tree_node;

/* The ordered weights of a node, the best score's first: >= 0, not all 0. */
static inline const double *
tree_order(const tree_node *nodes, int index)
{
	return (const double *) ((const char *) nodes + nodes[index].order);
}

/* The numbers of a rescaling where none are given. */
static inline double
tree_rescale_default(tree_rescale rescale, bool high)
{
	return rescale == TREE_RESCALE_NONE || !high ? 0 :
		rescale == TREE_RESCALE_MINMAX_100 || rescale == TREE_RESCALE_MAXIMUM ? 100 : 1;
}

static inline void
tree_set_rescale(tree_node *node, tree_rescale rescale)
{
	node->rescale = (uint8_t) rescale;
	node->rescale_low = tree_rescale_default(rescale, false);
	node->rescale_high = tree_rescale_default(rescale, true);
}

typedef enum cell_status
{
	CELL_OBSERVED,
	CELL_MISSING,
	CELL_NOT_APPLICABLE
} cell_status;

/* A node's outcome for one unit. */
typedef struct tree_result
{
	double		score;			/* finite; NaN where there is none */
	double		weight;			/* own weight less what has left: 0 .. node weight */
	double		coverage;		/* share of applicable weight observed: 0 .. 1; NaN
								 * where nothing is applicable */
	int32_t		children_scored;
	int32_t		children_expected;	/* applicable ones */
	int32_t		leaves_observed;
	uint8_t		status;			/* cell_status */
	bool		left;			/* no weight of it stays: ancestors pass it over */
} tree_result;

typedef enum tree_error
{
	TREE_OK,
	TREE_MISSING_CHILD,			/* under TREE_ERROR */
	TREE_NOT_POSITIVE,			/* geometric mean of a score <= 0, or a penalised one <= 0 */
	TREE_ZERO_SCORE,			/* harmonic mean, or negative power, of 0 */
	TREE_NEGATIVE_SCORE,		/* power undefined for a negative score */
	TREE_BEYOND_SCALE,			/* turned geometric mean of a score beyond its scale */
	TREE_OUT_OF_RANGE			/* the result leaves the doubles */
} tree_error;

/*
 * The result of a leaf from its cell; value is finite where it is observed.
 * A leaf has no children scored or expected.
 */
extern void tree_leaf(const tree_node *node, double value, cell_status status,
					  tree_result *result);

/*
 * The result of inner node `index` from those of its children; results are
 * indexed like nodes. A node that takes values of its own has its cell's result
 * (tree_leaf()) there already, and keeps it but where that is missing. Not yet
 * rounded or rescaled. With has_data false (no leaf of the unit is observed)
 * TREE_ZERO gives no score rather than 0. On an error *culprit is the child, or
 * -1 where it lies in no single one.
 *
 * weight is the node's own times (weights of the children that stay / their
 * declared weights). A child that is not applicable, or excused, has left; a
 * missing one stays otherwise. Children scored by zeros alone do not count as
 * scored for min_children and min_share.
 */
extern tree_error tree_combine(const tree_node *nodes, int index,
							   tree_result *results, bool has_data,
							   int *culprit);

#endif							/* PARINDEX_TREE_H */
