/*
 * framework_names.h
 *	  The words for what a node may be.
 */
#ifndef PARINDEX_FRAMEWORK_NAMES_H
#define PARINDEX_FRAMEWORK_NAMES_H

#include "base/compat.h"

#include "kernel/tree/tree.h"

/* Names as users write them, and back; errors 22023 with a hint of all names. */
extern tree_method parse_tree_method(const char *name);
extern tree_missing parse_tree_missing(const char *name);
extern tree_rescale parse_tree_rescale(const char *name);
extern const char *tree_method_name(tree_method method);
extern const char *tree_missing_name(tree_missing missing);
extern const char *tree_rescale_name(tree_rescale rescale);

#endif							/* PARINDEX_FRAMEWORK_NAMES_H */
