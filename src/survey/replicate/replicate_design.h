/*
 * replicate_design.h
 *	  How the variance follows from estimates by replicates: the SQL type
 *	  replicate_design.
 */
#ifndef PARINDEX_REPLICATE_DESIGN_H
#define PARINDEX_REPLICATE_DESIGN_H

#include "base/compat.h"
#include "access/htup.h"

typedef struct ReplicateDesign
{
	int			replicates;
	double		scale;
	double	   *rscale;			/* by replicate */
	double		df;				/* infinite where it is not known */
} ReplicateDesign;

/* Whether no replicate counts: every unit of the population was drawn. */
extern bool replicate_design_is_census(const ReplicateDesign *design);

extern void read_replicate_design(HeapTupleHeader tuple, ReplicateDesign *design);

/*
 * The variance of an estimate: scale * sum of rscale * (replicate - centre)^2,
 * where the centre is `estimate` or, where that is NaN, the mean of the
 * replicates. NaN replicates are left out; *used counts the others. NaN where
 * fewer than two are left.
 */
extern double replicate_variance(const ReplicateDesign *design, const double *replicate,
								 double estimate, int *used);

#endif							/* PARINDEX_REPLICATE_DESIGN_H */
