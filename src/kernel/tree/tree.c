/*
 * tree.c
 *	  Combination of children into their parent: tree.h.
 *
 * Weight and coverage are, as the score is, each a quotient of two exact sums,
 * rounded once. Where every child is there, they are known without division.
 */
#include "kernel/tree/tree.h"

#include <math.h>

#include "kernel/exact/exact_quotient.h"
#include "kernel/tree/tree_methods.h"
#include "kernel/tree/tree_rules.h"

void
tree_leaf(const tree_node *node, double value, cell_status status,
		  tree_result *result)
{
	bool		observed = status == CELL_OBSERVED;

	result->score = observed ? value + 0.0 : NAN;	/* one zero, not two */
	result->weight = status == CELL_NOT_APPLICABLE ? 0 : node->weight;
	result->coverage = status == CELL_NOT_APPLICABLE ? NAN : observed;
	result->children_scored = 0;
	result->children_expected = 0;
	result->leaves_observed = observed;
	result->status = (uint8_t) status;
	result->left = status == CELL_NOT_APPLICABLE;
}

/* Held down by children whose scores are too low, a zero for a missing one included. */
static double
vetoed(const tree_family *family, double score)
{
	for (int i = 0; i < family->node->children; i++)
	{
		const tree_node *child = &family->child[i];
		const tree_result *result = &family->result[i];
		bool		counts = tree_is_there(child) &&
			tree_child_counts((cell_status) result->status, result->left, family->zeros);

		if (counts && score > child->veto_cap &&
			(result->status == CELL_OBSERVED ? result->score : 0) < child->veto)
			score = child->veto_cap;
	}
	return score;
}

/* ---------- weight and coverage ---------- */

/* own weight * (weights that stay / declared weights) */
static double
remaining_weight(const tree_family *family)
{
	exact_quotient weight;

	exact_quotient_init(&weight);
	for (int i = 0; i < family->node->children; i++)
	{
		const tree_result *child = &family->result[i];
		bool		stays = tree_child_stays(family->node, (cell_status) child->status, child->left);

		exact_quotient_add(&weight, family->node->weight, stays ? fabs(child->weight) : 0,
						   fabs(family->child[i].weight));
	}
	return exact_quotient_get(&weight);
}

/* sum(declared weight * coverage) / sum(declared weight) of applicable children. */
static double
observed_share(const tree_family *family)
{
	exact_quotient share;

	exact_quotient_init(&share);
	for (int i = 0; i < family->node->children; i++)
		if (family->result[i].status != CELL_NOT_APPLICABLE && tree_is_there(&family->child[i]))
			exact_quotient_add(&share, fabs(family->child[i].weight), family->result[i].coverage,
							   fabs(family->child[i].weight));
	return exact_quotient_get(&share);
}

tree_error
tree_combine(const tree_node *nodes, int index, tree_result *results,
			 bool has_data, int *culprit)
{
	const tree_node *node = &nodes[index];
	tree_result *result = &results[index];
	tree_family family = {
		node, nodes + node->first_child, results + node->first_child,
		tree_order(nodes, index), tree_zeros(node, has_data)
	};
	tree_counts counts = {0};
	bool		whole = true;	/* nothing below has left */
	bool		all_covered = true;
	bool		none_covered = true;
	tree_error	error = TREE_OK;

	*culprit = -1;
	if (node->leaf >= 0 && result->status != CELL_MISSING)
		return TREE_OK;
	result->leaves_observed = 0;
	for (int i = 0; i < node->children; i++)
	{
		const tree_result *child = &family.result[i];

		if (!tree_is_there(&family.child[i]))
			continue;
		tree_count_child(&counts, node, i + 1, (cell_status) child->status, child->left,
						 child->leaves_observed, family.zeros);
		result->leaves_observed += child->leaves_observed;
		whole &= child->weight == family.child[i].weight && !child->left;
		if (child->status == CELL_NOT_APPLICABLE)
			continue;
		all_covered &= child->coverage == 1;
		none_covered &= child->coverage == 0;
	}
	result->children_scored = counts.scored;
	result->children_expected = counts.expected;
	result->score = NAN;
	result->left = counts.stay == 0;
	if (counts.expected == 0)
	{
		result->status = CELL_NOT_APPLICABLE;
		result->weight = 0;
		result->coverage = NAN;
		return TREE_OK;
	}
	whole &= counts.first_missing == 0 || node->missing != TREE_EXCUSE;
	result->weight = whole ? node->weight : remaining_weight(&family);
	result->coverage = all_covered ? 1 : none_covered ? 0 : observed_share(&family);

	if (tree_refuses(&counts, node))
	{
		*culprit = node->first_child + counts.first_missing - 1;
		error = TREE_MISSING_CHILD;
	}
	else if (tree_has_score(&counts, node))
		error = tree_score(&family, counts.counted, &result->score, culprit);
	result->score = vetoed(&family, result->score);
	if (node->direction < 0)
		result->score = node->power - result->score;
	result->score = error == TREE_OK ? result->score + 0.0 : NAN;
	result->status = isnan(result->score) ? CELL_MISSING : CELL_OBSERVED;
	return error;
}
