/*
 * evaluate.h
 *	  All nodes of one unit: a framework's tree walked from its leaves up.
 */
#ifndef PARINDEX_EVALUATE_H
#define PARINDEX_EVALUATE_H

#include "framework/framework.h"

/* A leaf from its cell, rounded as it asks. */
extern void framework_leaf(const framework *fw, int node, double value, cell_status status,
						   tree_result *result);

/* Whether any leaf that is there for the root is observed; leaves are made. */
extern bool framework_has_data(const framework *fw, const tree_result *results);

/* Where an evaluation failed; see framework_report(). */
typedef struct evaluation_failure
{
	tree_error	error;
	int			node;
	int			child;			/* -1: none in particular */
} evaluation_failure;

/*
 * Inner nodes from the last one down to `first`, each rounded as it asks;
 * leaves are made. rescaled: NULL, or by node the scores by row that take the
 * place of those combined, or NULL. What is not there for the root fails nobody.
 * False, with *failure, where a node fails.
 */
extern bool framework_evaluate(const framework *fw, tree_result *results, int first,
							   double *const *rescaled, int row, evaluation_failure *failure);

/* Error 0A000 where a node is rescaled over all units, for who sees fewer: detail and hint. */
extern void framework_refuse_rescaled(const framework *fw, const char *detail, const char *hint);

#endif							/* PARINDEX_EVALUATE_H */
