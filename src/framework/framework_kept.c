/*
 * framework_kept.c
 *	  Frameworks as tables keep them: those of 0.1.0 are brought to the form of
 *	  this version when they are read.
 */
#include "postgres.h"
#include "framework/framework.h"

#include "utils/float.h"

/* Version 1: header, nodes, one label a node, bytes. */
typedef struct node_1
{
	int32		parent;
	int32		first_child;
	int32		children;
	int32		depth;
	int32		leaf;
	uint8		method;
	uint8		missing;
	uint8		rescale;
	int8		direction;
	int16		round_digits;
	int16		unused;
	int32		min_children;
	double		min_share;
	double		weight;
	double		power;
	double		floor;
} node_1;

typedef struct label_1
{
	int32		code;
	int32		code_length;
	int32		rule;
	int32		rule_length;
	int32		max_points;
	int32		max_points_length;
} label_1;

StaticAssertDecl(sizeof(node_1) == 64 && sizeof(label_1) == 24, "kept forms have fixed sizes");

static tree_node
node_of(const node_1 *kept)
{
	return (tree_node) {
		.parent = kept->parent,
		.first_child = kept->first_child,
		.children = kept->children,
		.depth = kept->depth,
		.leaf = kept->leaf,
		.method = kept->method,
		.missing = kept->missing,
		.rescale = kept->rescale,
		.direction = kept->children == 0 ? kept->direction : 1,
		.round_digits = kept->round_digits,
		.min_children = kept->min_children,
		.min_share = kept->min_share,
		.weight = kept->weight,
		.power = kept->power,
		.floor = kept->floor,
		.veto = get_float8_nan(),
		.rescale_low = tree_rescale_default((tree_rescale) kept->rescale, false),
		.rescale_high = tree_rescale_default((tree_rescale) kept->rescale, true)
	};
}

/* What nodes and labels grew by is a multiple of the alignment, and moves all behind them. */
static framework *
widen(const framework *kept)
{
	const node_1 *node = (const node_1 *) kept->node;
	const label_1 *label = (const label_1 *) (node + kept->nodes);
	const char *bytes = (const char *) (label + kept->nodes);
	Size		fixed = offsetof(framework, node) +
		(sizeof(tree_node) + sizeof(framework_label)) * kept->nodes;
	Size		moved = fixed - (bytes - (const char *) kept);
	Size		size = VARSIZE(kept) + moved;
	framework  *fw = palloc0(size);
	framework_label *wide;

	StaticAssertStmt((sizeof(tree_node) + sizeof(framework_label) - sizeof(node_1) -
					  sizeof(label_1)) % MAXIMUM_ALIGNOF == 0, "Numerics must stay aligned");
	memcpy(fw, kept, offsetof(framework, node));
	SET_VARSIZE(fw, size);
	fw->version = FRAMEWORK_VERSION;
	wide = (framework_label *) (fw->node + fw->nodes);
	for (int i = 0; i < fw->nodes; i++)
	{
		fw->node[i] = node_of(&node[i]);
		wide[i] = (framework_label) {
			.code = label[i].code + (int32) moved,
			.code_length = label[i].code_length,
			.rule = label[i].rule + (int32) moved,
			.rule_length = label[i].rule_length,
			.max_points = label[i].max_points + (int32) moved,
			.max_points_length = label[i].max_points_length
		};
	}
	memcpy((char *) fw + fixed, bytes, size - fixed);
	return fw;
}

framework *
framework_detoast(struct varlena *value, bool copy)
{
	framework  *fw = (framework *) (copy ? pg_detoast_datum_copy(value) : pg_detoast_datum(value));

	return likely(fw->version == FRAMEWORK_VERSION) ? fw : widen(fw);
}
