/*
 * replicate_type.h
 *	  How replicates are made of a sample of PSUs (Wolter, Introduction to
 *	  Variance Estimation, 2nd ed., 2007).
 *
 * JK1, JKn: each leaves one PSU out, of all or of its stratum. BRR: each takes
 * one of the two PSUs of every stratum; with Fay's factor both, unequally.
 * Bootstrap: each draws n - 1 of the n PSUs of every stratum with replacement
 * (Rao and Wu, JASA 83, 1988).
 */
#ifndef PARINDEX_REPLICATE_TYPE_H
#define PARINDEX_REPLICATE_TYPE_H

#include "base/compat.h"
#include "kernel/survey/hadamard.h"

#define MOST_REPLICATES 100000

typedef enum replicate_type
{
	REPLICATE_JK1,
	REPLICATE_JKN,
	REPLICATE_BRR,
	REPLICATE_BOOTSTRAP
} replicate_type;

/* A plan: what does not depend on which PSU is which. */
typedef struct replicate_plan
{
	replicate_type type;
	int			strata;
	const int  *psus;			/* by stratum */
	int			total;			/* PSUs of all strata */
	int			replicates;
	double		fay_rho;
	hadamard   *matrix;			/* BRR only */
} replicate_plan;

extern replicate_type parse_replicate_type(const text *name);
extern const char *replicate_type_name(replicate_type type);

/* type, strata and psus are set; `replicates` is asked for, 0 where it is not. */
extern void make_replicate_plan(replicate_plan *plan, int replicates, double fay_rho);

#endif							/* PARINDEX_REPLICATE_TYPE_H */
