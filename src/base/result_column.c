/*
 * result_column.c
 *	  Numbers as results: result_column.h.
 */
#include "postgres.h"
#include "base/result_column.h"

double
check_finite_result(double result, const char *what)
{
	if (unlikely(isinf(result)))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("%s is out of range for type double precision", what),
				 errhint("Scale the values down, or use numeric.")));
	return result;
}
