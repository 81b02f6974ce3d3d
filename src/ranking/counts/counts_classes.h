/*
 * counts_classes.h
 *	  Counted scores cut into classes that vary least within themselves.
 */
#ifndef PARINDEX_COUNTS_CLASSES_H
#define PARINDEX_COUNTS_CLASSES_H

#include "base/compat.h"

#include "kernel/classes/natural_breaks.h"
#include "ranking/counts/score_counts.h"

/* Classes of canonical counts. */
typedef struct counts_classes
{
	counted_values values;
	int			classes;		/* no more than there are distinct scores */
	int			first[NATURAL_BREAKS_MAX_CLASSES];	/* score of each, by index */
} counts_classes;

/* Error 22023 for a number of classes that cannot be asked for. */
extern void check_class_count(int32 classes);

/* Errors 22023, 22003 and 54000 for scores that cannot be classified. */
extern void classify_counts(const score_counts *counts, int32 classes, counts_classes *result);
extern void refuse_infinite_score(void);

#endif							/* PARINDEX_COUNTS_CLASSES_H */
