/*
 * result_column.h
 *	  Numbers as results: NaN is NULL, an infinity an error.
 */
#ifndef PARINDEX_RESULT_COLUMN_H
#define PARINDEX_RESULT_COLUMN_H

#include "base/compat.h"

#include <math.h>

#include "fmgr.h"

/* A result that left the range of double precision is an error, as in core. */
extern double check_finite_result(double result, const char *what);

/* A statistic; NaN becomes NULL. */
static inline void
put_float8(double x, Datum *value, bool *is_null)
{
	*is_null = isnan(x);
	*value = *is_null ? (Datum) 0 : Float8GetDatum(x);
}

#endif							/* PARINDEX_RESULT_COLUMN_H */
