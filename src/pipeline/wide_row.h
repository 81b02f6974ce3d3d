/*
 * wide_row.h
 *	  The values of one unit, from an array of float8 or from a row of a table
 *	  whose columns are named like criteria.
 */
#ifndef PARINDEX_WIDE_ROW_H
#define PARINDEX_WIDE_ROW_H

#include "base/compat.h"

#include "access/tupdesc.h"
#include "fmgr.h"

/* An attribute of fixed length, and what is to be done with it. */
typedef struct walked_attribute
{
	int32		criterion;		/* -1: none */
	int16		length;
	char		align;
	bool		is_float8;
	Oid			type;
} walked_attribute;

/* Begins with zeros but for `codes`, `code` and `context`. */
typedef struct wide_row
{
	int			codes;
	char	  **code;
	MemoryContext context;		/* of what is kept from row to row */

	Oid			argument_type;		/* float8[], or else of rows */

	/* Of the row type met last. */
	Oid			type;
	int32		typmod;
	TupleDesc	tupdesc;
	int		   *attribute;		/* by criterion, from 0 */
	Oid		   *attribute_type;
	bool		fixed;			/* attributes before `walked` are of fixed length and by value */
	int			walked;
	walked_attribute *walk;		/* by attribute */
	Datum	   *datum;			/* by attribute */
	bool	   *null;
} wide_row;

/*
 * Reads the values of an argument, float8[] or record, by criterion: x, NaN
 * where missing, and status. Errors: 2202E another number of values, 42703 no
 * such column, 42804 a column that holds no numbers, 22023 not finite.
 */
extern void wide_row_read(wide_row *row, FunctionCallInfo fcinfo, int argument, double *x,
						  uint8 *status);

#endif							/* PARINDEX_WIDE_ROW_H */
