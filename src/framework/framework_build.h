/*
 * framework_build.h
 *	  Making a framework from its nodes.
 */
#ifndef PARINDEX_FRAMEWORK_BUILD_H
#define PARINDEX_FRAMEWORK_BUILD_H

#include "framework/framework.h"

/* What a new node is made of; the builder checks it all and names offenders. */
typedef struct framework_spec
{
	const char *code;			/* zero-terminated, like the other texts */
	const char *parent;			/* NULL: the root */
	const char *rule;			/* NULL: none */
	const char *transform;		/* of a leaf; NULL: none */
	const double *order;		/* node.orders ordered weights */
	Numeric		max_points;		/* NULL: none */
	tree_node	node;			/* links are filled in by the builder */
} framework_spec;

extern void framework_spec_defaults(framework_spec *spec);
extern framework *framework_build(const framework_spec *specs, int count);

/* What a framework was made of, its root first; to be changed and built again. */
extern framework_spec *framework_specs(const framework *fw);

#endif							/* PARINDEX_FRAMEWORK_BUILD_H */
