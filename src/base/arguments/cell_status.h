/*
 * cell_status.h
 *	  The statuses of a cell by name.
 */
#ifndef PARINDEX_CELL_STATUS_H
#define PARINDEX_CELL_STATUS_H

#include "kernel/tree/tree.h"		/* cell_status */

/* A status by its name; error 22023 where it is none, or goes against the value. */
extern cell_status parse_cell_status(const text *name, bool has_value);

extern const char *cell_status_name(cell_status status);

#endif							/* PARINDEX_CELL_STATUS_H */
