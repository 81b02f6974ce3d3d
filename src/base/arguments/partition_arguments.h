/*
 * partition_arguments.h
 *	  Arguments of a window function that hold for the whole partition.
 */
#ifndef PARINDEX_PARTITION_ARGUMENTS_H
#define PARINDEX_PARTITION_ARGUMENTS_H

#include "fmgr.h"
#include "windowapi.h"

struct partition_argument;

typedef struct partition_arguments
{
	int			nvarying;
	struct partition_argument *varying;
} partition_arguments;

extern void keep_partition_arguments(FunctionCallInfo fcinfo,
									 const char *const *names, int first,
									 MemoryContext context,
									 partition_arguments *arguments);
extern void check_partition_arguments(WindowObject winobj,
									  const partition_arguments *arguments);

extern Datum required_partition_argument(WindowObject winobj, int argno,
										 const char *name);

#endif							/* PARINDEX_PARTITION_ARGUMENTS_H */
