/*
 * auxiliary_key.h
 *	  The auxiliary variables of a respondent as the key of a cell: doubles.
 */
#ifndef PARINDEX_AUXILIARY_KEY_H
#define PARINDEX_AUXILIARY_KEY_H

#include "base/compat.h"

/* Their products with each other, 1 kB each, must fit into memory. */
#define MOST_AUXILIARY_VARIABLES 100

extern int	count_auxiliary_variables(Datum array);
extern void read_auxiliary_key(Datum array, char *key, void *variables);

#endif							/* PARINDEX_AUXILIARY_KEY_H */
