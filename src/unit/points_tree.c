/*
 * points_tree.c
 *	  The points of each node of a framework, for one unit: points_tree.h.
 */
#include "postgres.h"
#include "unit/points_tree.h"
#include "framework/framework_names.h"
#include "framework/framework_argument.h"

#include "base/numeric_math.h"
#include "common/shortest_dec.h"
#include "kernel/tree/tree_rules.h"
#include "miscadmin.h"

/* ---------- the framework in points ---------- */

pg_noreturn static void
refuse_node(const framework *fw, int node, const char *what)
{
	ereport(ERROR,
			(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
			 errmsg("criterion \"%s\" has %s", framework_code_cstring(fw, node), what),
			 errdetail("Points add up: methods arithmetic and sum are the same here, others are of scores."),
			 errhint("Use index_scores_agg() for an index of scores.")));
}

/* The maximum of a leaf: its own, or else its weight as it is written. */
static decimal_int
leaf_max(const framework *fw, int node, int *scale)
{
	Numeric		max = framework_max_points(fw, node);
	char		digits[DOUBLE_SHORTEST_DECIMAL_LEN];
	decimal_int	points;
	int			own_scale;

	if (max == NULL)
	{
		double_to_shortest_decimal_buf(fw->node[node].weight, digits);
		max = num_from_text(digits);
	}
	if (!points_from_numeric(NumericGetDatum(max), &points, &own_scale))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("maximum %s of criterion \"%s\" is out of range",
						numeric_clipped(max), framework_code_cstring(fw, node)),
				 errdetail("Points have at most %d decimals and lie below 10^17.",
						   POINTS_SCALE)));
	*scale = Max(*scale, own_scale);
	return points;
}

static void
check_inner_max(const framework *fw, int node, decimal_int sum)
{
	Numeric		max = framework_max_points(fw, node);
	decimal_int	points;
	int			scale;

	if (max == NULL || (points_from_numeric(NumericGetDatum(max), &points, &scale) && points == sum))
		return;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("maximum %s of criterion \"%s\" is not the sum of those below it",
					numeric_clipped(max), framework_code_cstring(fw, node)),
			 errdetail("They make %s.", numeric_clipped(points_to_numeric(sum, 0)))));
}

static const void *
derive_points(const framework *fw)
{
	points_framework *derived = palloc0(offsetof(points_framework, max) +
										sizeof(decimal_int) * fw->nodes);
	decimal_int *declared = palloc0(sizeof(decimal_int) * fw->nodes);

	/* What is declared of an inner node is the sum over all below it, of weight 0 too. */
	derived->plain = true;
	for (int i = fw->nodes - 1; i >= 0; i--)
	{
		const tree_node *node = &fw->node[i];

		if (node->children == 0)
			derived->max[i] = leaf_max(fw, i, &derived->scale);
		else
		{
			if (node->method != TREE_ARITHMETIC && node->method != TREE_SUM)
				refuse_node(fw, i, psprintf("method %s", tree_method_name(node->method)));
			if (node->rescale != TREE_RESCALE_NONE)
				refuse_node(fw, i, "a rescaling");
			if (node->floor == node->floor)
				refuse_node(fw, i, "a floor");
			if (node->direction < 0)
				refuse_node(fw, i, "direction -1");
			if (node->trim > 0)
				refuse_node(fw, i, "trim");
			if (node->leaf >= 0)
				refuse_node(fw, i, "values of its own");
			check_inner_max(fw, i, declared[i]);
		}
		if (node->veto == node->veto)
			refuse_node(fw, i, "a veto");
		derived->plain &= node->round_digits == TREE_NO_ROUNDING &&
			node->min_children <= node->children && node->best == 0 && (i == 0 || tree_is_there(node));
		if (node->children == 0)
			declared[i] = derived->max[i];
		if (node->parent < 0)
			continue;
		declared[node->parent] = points_add(declared[node->parent], declared[i]);
		if (tree_is_there(node))
			derived->max[node->parent] = points_add(derived->max[node->parent], derived->max[i]);
	}
	pfree(declared);
	return derived;
}

const points_framework *
points_framework_of(const framework_cache *cache)
{
	return framework_derived(cache, derive_points);
}

/* ---------- evaluation ---------- */

static void
round_node(const tree_node *node, node_points *result)
{
	if (node->round_digits != TREE_NO_ROUNDING && result->status == CELL_OBSERVED)
		points_quotient_round(&result->points, node->round_digits, node->half_even);
}

static void
leaf_points(const tree_node *node, decimal_int cell, decimal_int max, node_points *result)
{
	memset(result, 0, sizeof(*result));
	result->status = points_are_observed(cell) ? CELL_OBSERVED :
		cell == POINTS_NOT_APPLICABLE ? CELL_NOT_APPLICABLE : CELL_MISSING;
	result->left = result->status == CELL_NOT_APPLICABLE;
	if (result->left)
		return;
	result->max = result->applicable = max;
	if (result->status == CELL_MISSING)
		return;
	result->points.points = cell;
	result->covered = max;
	result->leaves_observed = 1;
	round_node(node, result);
}

/*
 * Of a node of which only the best children count: whether a child does. One
 * without points takes one of the places that are left, the first ones by code.
 */
static bool
is_kept(const framework *fw, int index, const node_points *results, int child, bool zeros)
{
	const tree_node *node = &fw->node[index];
	bool		has_points = tree_child_counts(results[child].status, results[child].left, zeros);
	int			before = 0;

	if (node->best == 0)
		return true;
	for (int k = node->first_child; k < node->first_child + node->children; k++)
	{
		const node_points *other = &results[k];
		bool		other_has_points = tree_child_counts(other->status, other->left, zeros);

		if (k == child || !tree_is_there(&fw->node[k]))
			continue;
		if (has_points && other_has_points)
		{
			int			order = points_quotient_compare(&other->points, other->max,
														&results[child].points, results[child].max);

			before += order > 0 || (order == 0 && k > child);
		}
		else if (!has_points)
			before += other_has_points ||
				(k < child && tree_child_stays(node, other->status, other->left));
	}
	return before < node->best;
}

/* The rules are those of tree_combine(), said of points. */
static void
combine_points(const framework *fw, int index, node_points *results, bool has_data)
{
	const tree_node *node = &fw->node[index];
	node_points *result = &results[index];
	bool		zeros = tree_zeros(node, has_data);
	tree_counts counts = {0};
	decimal_int	counted_max = 0;
	bool		scored;

	memset(result, 0, sizeof(*result));
	for (int i = node->first_child; i < node->first_child + node->children; i++)
	{
		const node_points *child = &results[i];

		if (!tree_is_there(&fw->node[i]))
			continue;
		tree_count_child(&counts, node, i - node->first_child + 1, child->status, child->left, child->leaves_observed, zeros);
		result->leaves_observed += child->leaves_observed;
		result->applicable = points_add(result->applicable, child->applicable);
		result->covered = points_add(result->covered, child->covered);
		if (!is_kept(fw, index, results, i, zeros))
			continue;
		if (tree_child_stays(node, child->status, child->left))
			result->max = points_add(result->max, child->max);
		if (child->status == CELL_OBSERVED)
			points_quotient_add(&result->points, &child->points);
		if (tree_child_counts(child->status, child->left, zeros))
			counted_max = points_add(counted_max, child->max);
	}
	result->children_scored = counts.scored;
	result->children_expected = counts.expected;
	result->left = counts.stay == 0;
	if (tree_refuses(&counts, node))
		framework_report(fw, TREE_MISSING_CHILD, index,
						 node->first_child + counts.first_missing - 1, NULL);
	scored = tree_has_score(&counts, node);
	if (scored && node->missing == TREE_RENORMALISE && counted_max != result->max)
	{
		scored = counted_max > 0;
		if (scored)
			points_quotient_scale(&result->points, result->max, counted_max);
	}
	result->status = counts.expected == 0 ? CELL_NOT_APPLICABLE :
		scored ? CELL_OBSERVED : CELL_MISSING;
	round_node(node, result);
}

/* The root's points where every leaf has some and they only add up. */
static bool
add_up(const framework *fw, const points_framework *derived, const index_points *points,
	   node_points *root)
{
	decimal_int	sum = 0;

	if (!derived->plain || points->head.form != POINTS_NARROW)
		return false;
	for (int i = 0; i < fw->leaves; i++)
	{
		if (points->word[i] >= NARROW_LIMIT)
			return false;
		sum += points->word[i];
	}
	if (__builtin_mul_overflow(sum, (decimal_int) NARROW_UNIT, &sum))
		return false;
	root->status = CELL_OBSERVED;
	root->points.points = sum;
	root->points.denominator = NULL;
	root->max = derived->max[0];
	return true;
}

node_points *
points_tree_evaluate(const framework_cache *cache, const index_points *points)
{
	const framework *fw = framework_of(cache);
	const points_framework *derived = points_framework_of(cache);
	node_points *results = palloc(sizeof(node_points) * fw->nodes);
	bool		has_data = false;

	for (int i = 0; i < fw->nodes && !has_data; i++)
		has_data = fw->node[i].leaf >= 0 &&
			points_are_observed(points_cell(points, fw->node[i].leaf)) &&
			tree_reaches_root(fw->node, i);
	for (int i = fw->nodes - 1; i >= 0; i--)
	{
		const tree_node *node = &fw->node[i];

		if (node->children == 0)
			leaf_points(node, points_cell(points, node->leaf), derived->max[i], &results[i]);
		else
			combine_points(fw, i, results, has_data);
		if ((i & 1023) == 0)
			CHECK_FOR_INTERRUPTS();
	}
	return results;
}

void
points_tree_root(const framework_cache *cache, const index_points *points, node_points *root)
{
	node_points *results;

	if (add_up(framework_of(cache), points_framework_of(cache), points, root))
		return;
	results = points_tree_evaluate(cache, points);
	*root = results[0];
	pfree(results);
}
