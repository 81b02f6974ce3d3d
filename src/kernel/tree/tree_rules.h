/*
 * tree_rules.h
 *	  What counts under a node, what is missing and what is not applicable: the
 *	  rules that scores, points and contributions share. What is added up where
 *	  they say so is the matter of each.
 */
#ifndef PARINDEX_TREE_RULES_H
#define PARINDEX_TREE_RULES_H

#include "kernel/tree/tree.h"

/*
 * Whether a child is there for its parent: one of weight 0 is not. Nothing of
 * it counts, nothing that it lacks is missed, and it fails nobody.
 */
static inline bool
tree_is_there(const tree_node *child)
{
	return child->weight != 0;
}

/* Whether a node is there for the root: no weight on the way up is 0. */
static inline bool
tree_reaches_root(const tree_node *nodes, int index)
{
	for (; index > 0; index = nodes[index].parent)
		if (!tree_is_there(&nodes[index]))
			return false;
	return true;
}

/* How the children that are there stand; begins with zeros. */
typedef struct tree_counts
{
	int			expected;		/* applicable ones */
	int			scored;			/* with a score not made of zeros alone */
	int			counted;		/* with a score, zeros for missing ones included */
	int			stay;			/* whose weight stays */
	int			first_missing;	/* its place among all children, from 1; 0: none */
} tree_counts;

/* Whether missing children of a node score 0: not where the unit has no data at all. */
static inline bool
tree_zeros(const tree_node *parent, bool has_data)
{
	return parent->missing == TREE_ZERO && has_data;
}

/* Whether a child counts in its parent's score: with its own, or as zero. */
static inline bool
tree_child_counts(cell_status status, bool left, bool zeros)
{
	return status == CELL_OBSERVED || (zeros && status == CELL_MISSING && !left);
}

/* Whether a child's weight stays: it has not left below, nor is it excused here. */
static inline bool
tree_child_stays(const tree_node *parent, cell_status status, bool left)
{
	return !left && (status != CELL_MISSING || parent->missing != TREE_EXCUSE);
}

/*
 * A child that is there, by its place among all children, from 1. One that is
 * not applicable has left; leaves_observed are those below it.
 */
static inline void
tree_count_child(tree_counts *counts, const tree_node *parent, int place, cell_status status,
				 bool left, int leaves_observed, bool zeros)
{
	counts->expected += status != CELL_NOT_APPLICABLE;
	if (left)
		return;
	if (status == CELL_MISSING && counts->first_missing == 0)
		counts->first_missing = place;
	counts->scored += status == CELL_OBSERVED && leaves_observed > 0;
	counts->counted += tree_child_counts(status, left, zeros);
	counts->stay += tree_child_stays(parent, status, left);
}

/* Whether the node refuses the first missing child. */
static inline bool
tree_refuses(const tree_counts *counts, const tree_node *node)
{
	return counts->first_missing > 0 && node->missing == TREE_ERROR;
}

/* Whether the node has a score, if its children have weight. */
static inline bool
tree_has_score(const tree_counts *counts, const tree_node *node)
{
	return counts->counted > 0 && counts->scored >= node->min_children &&
		!((double) counts->scored / counts->expected < node->min_share) &&
		(counts->first_missing == 0 || node->missing != TREE_PROPAGATE);
}

#endif							/* PARINDEX_TREE_RULES_H */
