/*
 * argument_checks.c
 *	  Complaints about arguments that functions of several rooms share:
 *	  argument_checks.h.
 */
#include "postgres.h"
#include "base/arguments/argument_checks.h"

#include "utils/float.h"

void
null_argument(const char *name)
{
	ereport(ERROR,
			(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
			 errmsg("argument \"%s\" is NULL", name)));
}

double
check_level(double level)
{
	if (!(level > 0 && level < 1))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("confidence level %s is not between 0 and 1", float8out_internal(level)),
				 errhint("Give 0.95 for 95 %%.")));
	return level;
}
