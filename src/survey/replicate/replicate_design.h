/*
 * replicate_design.h
 *	  How the variance follows from estimates by replicates: the SQL type
 *	  replicate_design.
 */
#ifndef PARINDEX_REPLICATE_DESIGN_H
#define PARINDEX_REPLICATE_DESIGN_H

#include "base/compat.h"
#include "access/htup.h"

typedef struct replicate_design
{
	int			replicates;
	double		scale;
	double	   *rscale;			/* by replicate */
	double		df;				/* infinite where it is not known */
} replicate_design;

/* Whether no replicate counts: every unit of the population was drawn. */
extern bool replicate_design_is_census(const replicate_design *design);

extern void read_replicate_design(HeapTupleHeader tuple, replicate_design *design);

#endif							/* PARINDEX_REPLICATE_DESIGN_H */
