/*
 * aggregate_context.c
 *	  The error of the guard in aggregate_context.h.
 */
#include "postgres.h"
#include "base/aggregate_context.h"

void
outside_aggregate(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
			 errmsg("support function of an aggregate called outside one"),
			 errdetail("It changes its first argument in place, which only an aggregate may ask for.")));
}
