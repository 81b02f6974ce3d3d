/*
 * argument_checks.h
 *	  Complaints about arguments that functions of several rooms share.
 */
#ifndef PARINDEX_ARGUMENT_CHECKS_H
#define PARINDEX_ARGUMENT_CHECKS_H

#include "base/compat.h"

#include "fmgr.h"

/* Error 22004. */
pg_noreturn extern void null_argument(const char *name);

static inline void
require_argument(FunctionCallInfo fcinfo, int argno, const char *name)
{
	if (PG_ARGISNULL(argno))
		null_argument(name);
}

/* A level of confidence; error 22023 where it is not between 0 and 1. */
extern double check_level(double level);

#endif							/* PARINDEX_ARGUMENT_CHECKS_H */
