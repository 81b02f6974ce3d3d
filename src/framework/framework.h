/*
 * framework.h
 *	  The type framework: a tree of weighted criteria as one value.
 *
 * A flat varlena, used in place once it is detoasted: header, nodes
 * (kernel/tree/tree.h), one label per node, then the ordered weights and the
 * bytes the labels point to.
 * It is checked when it is made (one root, no cycle, no orphan, no duplicate,
 * weights finite, not negative, not all zero among siblings), so that
 * whoever reads it need not.
 *
 * Canonical: siblings stand in natural order of their codes (digits by their
 * value, else bytewise), so equal trees have equal bytes.
 */
#ifndef PARINDEX_FRAMEWORK_H
#define PARINDEX_FRAMEWORK_H

#include "base/compat.h"
#include "fmgr.h"
#include "kernel/tree/tree.h"
#include "utils/numeric.h"

#define FRAMEWORK_VERSION 2	/* as kept; see framework_detoast() */
#define FRAMEWORK_WIRE_VERSION 2	/* of the binary form: 1 where that can say all */
#define FRAMEWORK_MAX_NODES 100000
#define FRAMEWORK_MAX_DEPTH 100
#define FRAMEWORK_MAX_SORTED 1000	/* children of a node with best or trim */
#define FRAMEWORK_FINGERPRINT 16

typedef struct framework_label
{
	int32		code;			/* offsets from the start of the framework ... */
	int32		code_length;	/* ... and lengths in bytes; length 0: none */
	int32		rule;			/* text of a scoring rule */
	int32		rule_length;
	int32		max_points;		/* offset of a Numeric, 4-byte header, MAXALIGNed */
	int32		max_points_length;
	int32		transform;		/* canonical text of a leaf's transform */
	int32		transform_length;
} framework_label;

typedef struct framework
{
	int32		vl_len_;
	uint8		version;
	uint8		unused[3];
	uint8		fingerprint[FRAMEWORK_FINGERPRINT]; /* of the wire form */
	int32		nodes;			/* at least 1 */
	int32		leaves;			/* criteria that take values; see tree_node.leaf */
	tree_node	node[FLEXIBLE_ARRAY_MEMBER];	/* then framework_label[nodes] */
} framework;

static inline const framework_label *
framework_labels(const framework *fw)
{
	return (const framework_label *) (fw->node + fw->nodes);
}

static inline const char *
framework_code(const framework *fw, int node, int *length)
{
	const framework_label *label = framework_labels(fw) + node;

	*length = label->code_length;
	return (const char *) fw + label->code;
}

/* palloc'd and zero-terminated, for messages and result columns. */
extern char *framework_code_cstring(const framework *fw, int node);

/* NULL where the node has no maximum of its own. */
extern Numeric framework_max_points(const framework *fw, int node);

/* NULL where it has no rule; palloc'd. */
extern char *framework_rule(const framework *fw, int node);

/* NULL where it declares none; palloc'd. */
extern char *framework_transform(const framework *fw, int node);

/* By node, its share of the whole; palloc'd. */
extern double *framework_effective_weights(const framework *fw);

/*
 * Turns a tree_error into ereport(ERROR), naming node and child (-1: none in
 * particular), and unit where it is not NULL.
 */
pg_noreturn extern void framework_report(const framework *fw, tree_error error, int node,
							 int child, const char *unit);

/* Round (in decimal) a node's result as the node asks. */
extern void framework_round(const tree_node *node, tree_result *result);

/* Detoasted, in the form of this version: 0.1.0 kept nodes with fewer fields. */
extern framework *framework_detoast(struct varlena *value, bool copy);

#define DatumGetFrameworkP(datum) \
	framework_detoast((struct varlena *) DatumGetPointer(datum), false)

#endif							/* PARINDEX_FRAMEWORK_H */
