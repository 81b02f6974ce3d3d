/*
 * category_key.h
 *	  The categories of a respondent as the key of a cell: int32 numbers, one
 *	  a margin.
 */
#ifndef PARINDEX_CATEGORY_KEY_H
#define PARINDEX_CATEGORY_KEY_H

#include "base/forms/name_table.h"

typedef struct category_reader
{
	name_table *names;			/* of categories, tagged with their margin */
	int			margins;
	bool		known;			/* a category not in names is an error; else it joins them */
} category_reader;

extern int	count_margins(Datum array);
extern void read_category_key(Datum text, char *key, void *reader);
extern void read_categories_key(Datum array, char *key, void *reader);

#endif							/* PARINDEX_CATEGORY_KEY_H */
