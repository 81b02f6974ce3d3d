/*
 * aggregate_context.h
 *	  Guard of the functions that change an aggregate's state in place, and what
 *	  those that merge two states begin with.
 */
#ifndef PARINDEX_AGGREGATE_CONTEXT_H
#define PARINDEX_AGGREGATE_CONTEXT_H

#include "base/compat.h"
#include "fmgr.h"
#include "nodes/nodes.h"

pg_noreturn extern void outside_aggregate(void);

/* What AggCheckCallContext() asks, without a call for each row. */
static inline void
check_aggregate_context(FunctionCallInfo fcinfo)
{
	if (unlikely(fcinfo->context == NULL ||
				 !(IsA(fcinfo->context, AggState) ||
				   IsA(fcinfo->context, WindowAggState))))
		outside_aggregate();
}

/*
 * Whether both states of a combine function are there. Where not, *kept is its
 * result: the one that is there, or NULL. The executor copies a second state
 * that it gets back, since it is not its own.
 */
static inline bool
both_states(FunctionCallInfo fcinfo, Datum *kept)
{
	check_aggregate_context(fcinfo);
	if (likely(!PG_ARGISNULL(0) && !PG_ARGISNULL(1)))
		return true;
	fcinfo->isnull = PG_ARGISNULL(0) && PG_ARGISNULL(1);
	*kept = fcinfo->isnull ? (Datum) 0 :
		!PG_ARGISNULL(0) ? PG_GETARG_DATUM(0) : PointerGetDatum(PG_GETARG_VARLENA_P(1));
	return false;
}

#endif							/* PARINDEX_AGGREGATE_CONTEXT_H */
