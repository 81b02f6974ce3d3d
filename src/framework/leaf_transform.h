/*
 * leaf_transform.h
 *	  Transforms of criteria as they are asked for: by a framework for a leaf of
 *	  it, or by a step.
 */
#ifndef PARINDEX_LEAF_TRANSFORM_H
#define PARINDEX_LEAF_TRANSFORM_H

#include "base/arguments/choice.h"
#include "kernel/field/transform.h"
#include "lib/stringinfo.h"

typedef struct transform_options
{
	transform	transform;
	bool		learn;			/* the parameter of boxcox from the data */
	bool		declared;		/* each criterion's own, as its framework declares */
} transform_options;

extern const choice transform_kinds[];

/* Fills in what was not given (NaN); error 22023 for what is missing, too much or impossible. */
extern void check_transform_options(transform_options *options);

/* "kind {number}": what comes next in a text (errors 22P02, 22023), or all of one; and back. */
extern transform_options transform_parse(text_reader *reader);
extern transform_options transform_of_text(const char *text);
extern void transform_write(StringInfo out, const transform_options *options);
extern char *transform_text(transform_options options);

#endif							/* PARINDEX_LEAF_TRANSFORM_H */
