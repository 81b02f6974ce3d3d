/*
 * name_table.c
 *	  The hash table of name_table.h: open addressing, at most half full.
 */
#include "postgres.h"
#include "base/forms/name_table.h"

#include "common/hashfn.h"
#include "miscadmin.h"
#include "utils/memutils.h"

#define FIRST_NAMES 16
#define FIRST_BYTES 256

/* Names of a loop between two looks for a cancel request. */
#define NAMES_PER_CHECK 0xffff

void
name_table_init(name_table *table, MemoryContext context)
{
	table->context = context;
	table->count = 0;
	table->capacity = FIRST_NAMES;
	table->name = MemoryContextAlloc(context, sizeof(table_name) * FIRST_NAMES);
	table->successor = MemoryContextAlloc(context, sizeof(int) * FIRST_NAMES);
	table->last = -1;
	table->mask = 2 * FIRST_NAMES - 1;
	table->slot = MemoryContextAlloc(context, sizeof(int32) * 2 * FIRST_NAMES);
	memset(table->slot, -1, sizeof(int32) * 2 * FIRST_NAMES);
	table->used = 0;
	table->room = FIRST_BYTES;
	table->bytes = MemoryContextAlloc(context, FIRST_BYTES);
}

static inline uint32
hash_name(const char *bytes, int length, int32 tag)
{
	return hash_combine(hash_bytes((const unsigned char *) bytes, length), (uint32) tag);
}

/* The slot that holds the name, or the empty one where it belongs. */
static uint32
find_slot(const name_table *table, const char *bytes, int length, int32 tag, uint32 hash)
{
	uint32		i = hash & table->mask;

	while (table->slot[i] >= 0 &&
		   (table->name[table->slot[i]].hash != hash ||
			!name_table_is(table, table->slot[i], bytes, length, tag)))
		i = (i + 1) & table->mask;
	return i;
}

/* The number of a name, or -1. */
int
name_table_lookup(const name_table *table, const char *bytes, int length, int32 tag)
{
	return table->slot[find_slot(table, bytes, length, tag, hash_name(bytes, length, tag))];
}

static void
grow_names(name_table *table)
{
	uint32		slots = 4 * (uint32) table->capacity;

	if (table->capacity > PG_INT32_MAX / 8)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many different names: more than %d", table->capacity)));
	table->capacity *= 2;
	table->name = repalloc_huge(table->name, sizeof(table_name) * table->capacity);
	table->successor = repalloc_huge(table->successor, sizeof(int) * table->capacity);
	pfree(table->slot);
	table->slot = MemoryContextAllocHuge(table->context, sizeof(int32) * slots);
	memset(table->slot, -1, sizeof(int32) * slots);
	table->mask = slots - 1;
	for (int number = 0; number < table->count; number++)
	{
		uint32		i = table->name[number].hash & table->mask;

		if ((number & NAMES_PER_CHECK) == 0)
			CHECK_FOR_INTERRUPTS();
		while (table->slot[i] >= 0)
			i = (i + 1) & table->mask;
		table->slot[i] = number;
	}
}

static void
grow_bytes(name_table *table, int length)
{
	Size		room = table->room;

	while (room < (Size) table->used + length)
		room *= 2;
	if (!AllocSizeIsValid(room))
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("the different names or keys are too long"),
				 errdetail("Together they may have at most %d bytes.", table->room)));
	table->bytes = repalloc(table->bytes, room);
	table->room = (int) room;
}

int
name_table_intern_slow(name_table *table, const char *bytes, int length, int32 tag)
{
	uint32		hash = hash_name(bytes, length, tag);
	uint32		i = find_slot(table, bytes, length, tag, hash);
	int			number = table->slot[i];

	if (number < 0)
	{
		table_name *name;

		if (table->count == table->capacity)
		{
			grow_names(table);
			i = find_slot(table, bytes, length, tag, hash);
		}
		if (length > table->room - table->used)
			grow_bytes(table, length);
		number = table->count++;
		name = &table->name[number];
		name->offset = table->used;
		name->length = length;
		name->tag = tag;
		name->hash = hash;
		memcpy(table->bytes + table->used, bytes, length);
		table->used += length;
		table->successor[number] = -1;
		table->slot[i] = number;
	}
	if (table->last >= 0)
		table->successor[table->last] = number;
	return table->last = number;
}
