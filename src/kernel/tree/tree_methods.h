/*
 * tree_methods.h
 *	  The score of a node from those of its children, by each method.
 */
#ifndef PARINDEX_TREE_METHODS_H
#define PARINDEX_TREE_METHODS_H

#include "kernel/tree/tree.h"

/* A node with its children, for one unit. */
typedef struct tree_family
{
	const tree_node *node;
	const tree_node *child;
	const tree_result *result;	/* of the children */
	const double *order;		/* the node's ordered weights */
	bool		zeros;			/* missing children score 0 */
} tree_family;

/*
 * The score of children of which so many count, not yet held down by a veto,
 * turned or rounded; NaN where no weight is left. On an error *culprit is the
 * child, where it lies in one.
 */
extern tree_error tree_score(const tree_family *family, int counted, double *score, int *culprit);

#endif							/* PARINDEX_TREE_METHODS_H */
