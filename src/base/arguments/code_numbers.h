/*
 * code_numbers.h
 *	  Arguments that are a list of codes, and lists of a number for each.
 */
#ifndef PARINDEX_CODE_NUMBERS_H
#define PARINDEX_CODE_NUMBERS_H

#include "base/compat.h"

#include "fmgr.h"

typedef struct code_numbers
{
	int			count;
	text	  **code;			/* none of them NULL, none twice */
	double	   *number;			/* none of them NULL; of codes alone NULL */
} code_numbers;

/* Errors: 22004 a code is NULL; 22023 a code stands twice. */
extern void codes_argument(FunctionCallInfo fcinfo, int codes, code_numbers *read);

/*
 * The same with an array of float8, one a code; `what` says of what, in the
 * singular. Errors besides: 2202E lists of different lengths; 22004 a number
 * is NULL.
 */
extern void code_numbers_argument(FunctionCallInfo fcinfo, int codes, int numbers,
								  const char *what, code_numbers *read);

#endif							/* PARINDEX_CODE_NUMBERS_H */
