/*
 * aggregate_context.h
 *	  Guard of the functions that change an aggregate's state in place.
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

#endif							/* PARINDEX_AGGREGATE_CONTEXT_H */
