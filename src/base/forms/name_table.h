/*
 * name_table.h
 *	  Numbers names 0, 1, 2 ... in the order of their first appearance.
 *
 * A name is a string of bytes with a tag, an int32 of the caller's. Tables
 * grow in their own memory context; bytes live in one stretch, so that a
 * table can be copied whole. Lookups expect the order of the last time: the
 * successor of the name before, or that name itself, is tried first, which
 * makes sorted input cost one comparison a name.
 */
#ifndef PARINDEX_NAME_TABLE_H
#define PARINDEX_NAME_TABLE_H

#include "base/compat.h"

typedef struct table_name
{
	int32		offset;			/* into bytes */
	int32		length;
	int32		tag;
	uint32		hash;
} table_name;

typedef struct name_table
{
	MemoryContext context;
	int			count;
	int			capacity;		/* of name and successor */
	table_name *name;
	int		   *successor;		/* name that followed last time; -1 */
	int			last;			/* name found last; -1 */
	uint32		mask;			/* of slot: a power of two less 1 */
	int32	   *slot;			/* numbers; -1 is empty */
	int			used;
	int			room;
	char	   *bytes;
} name_table;

extern void name_table_init(name_table *table, MemoryContext context);
extern int	name_table_lookup(const name_table *table, const char *bytes, int length, int32 tag);
extern int	name_table_intern_slow(name_table *table, const char *bytes, int length, int32 tag);

static inline const char *
name_table_bytes(const name_table *table, int number)
{
	return table->bytes + table->name[number].offset;
}

static inline bool
name_table_is(const name_table *table, int number, const char *bytes, int length, int32 tag)
{
	const table_name *name = &table->name[number];

	return name->length == length && name->tag == tag &&
		memcmp(table->bytes + name->offset, bytes, length) == 0;
}

/* The number of a name; a name not seen before gets table->count. */
static inline int
name_table_intern(name_table *table, const char *bytes, int length, int32 tag)
{
	int			last = table->last;

	if (last >= 0)
	{
		int			next = table->successor[last];

		if (next >= 0 && name_table_is(table, next, bytes, length, tag))
			return table->last = next;
		if (name_table_is(table, last, bytes, length, tag))
			return last;
	}
	return name_table_intern_slow(table, bytes, length, tag);
}

#endif							/* PARINDEX_NAME_TABLE_H */
