/*
 * survey_table.c
 *	  Making, growing and sorting the tables of survey_table.h.
 *
 * New and grown tables come from CurrentMemoryContext: the executor copies a
 * returned state to the aggregate's context and frees the one it replaces.
 */
#include "postgres.h"
#include "survey/state/survey_table.h"

#include "base/forms/bytes.h"
#include "common/hashfn.h"
#include "miscadmin.h"
#include "utils/memutils.h"

/* A table of an ordinary group of rows then takes half a kilobyte. */
#define FIRST_RECORDS 4
#define FIRST_NAMES 8
#define FIRST_BYTES 64

static Size
index_size(const survey_shape *shape)
{
	return shape->working ? sizeof(int32) * 2 * (shape->capacity + shape->name_capacity) : 0;
}

static survey_table *
make_table(int levels, uint8 flags, const survey_shape *shape)
{
	double		size = shape->head_size +
		(double) shape->capacity * shape->record_size +
		(double) shape->name_capacity * sizeof(survey_name) +
		(double) index_size(shape) + shape->byte_capacity;
	survey_table *table;

	if (size > MaxAllocSize)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many sampling units"),
				 errdetail("%lld records would take %.0f bytes; a value may have at most %zu.",
						   (long long) shape->capacity, size, MaxAllocSize),
				 errhint("Group the rows, or name larger sampling units.")));
	table = palloc0((Size) size);
	SET_VARSIZE(table, (Size) size);
	table->version = SURVEY_TABLE_VERSION;
	table->flags = (flags & SURVEY_TABLE_TEXT_KEYS) | (shape->working ? SURVEY_TABLE_WORKING : 0);
	table->levels = (uint8) levels;
	table->head_size = shape->head_size;
	table->record_size = shape->record_size;
	table->capacity = (int32) shape->capacity;
	table->name_capacity = (int32) shape->name_capacity;
	table->byte_capacity = (int32) shape->byte_capacity;
	return table;
}

survey_table *
survey_table_new(int levels, bool text_keys, int32 head_size, int32 record_size)
{
	survey_shape shape = {
		.working = true,
		.head_size = head_size,
		.record_size = record_size,
		.capacity = FIRST_RECORDS,
		.name_capacity = text_keys ? FIRST_NAMES : 0,
		.byte_capacity = text_keys ? FIRST_BYTES : 0
	};

	Assert(head_size == (int32) MAXALIGN(head_size) && record_size == (int32) MAXALIGN(record_size));
	return make_table(levels, text_keys ? SURVEY_TABLE_TEXT_KEYS : 0, &shape);
}

static int64
power_of_two(int64 least, int64 count)
{
	while (least < count)
		least *= 2;
	return least;
}

/* The smallest shape of either form. */
survey_shape
survey_table_shape(const survey_table *table, bool working)
{
	bool		text_keys = survey_table_has_text(table);
	survey_shape shape = {
		.working = working,
		.head_size = table->head_size,
		.record_size = table->record_size,
		.capacity = table->count,
		.name_capacity = table->names,
		.byte_capacity = table->bytes
	};

	if (working)
	{
		shape.capacity = power_of_two(FIRST_RECORDS, shape.capacity);
		shape.name_capacity = text_keys ? power_of_two(FIRST_NAMES, shape.name_capacity) : 0;
		shape.byte_capacity = text_keys ? power_of_two(FIRST_BYTES, shape.byte_capacity) : 0;
	}
	return shape;
}

static inline int32 *
name_index(const survey_table *table)
{
	return survey_table_index(table) +
		(survey_table_is_working(table) ? 2 * table->capacity : 0);
}

static inline char *
name_bytes(const survey_table *table)
{
	return (char *) (name_index(table) +
					 (survey_table_is_working(table) ? 2 * table->name_capacity : 0));
}

static inline const char *
bytes_of(const survey_table *table, int64 name)
{
	return name_bytes(table) + survey_table_names(table)[name].offset;
}

static inline int
length_of(const survey_table *table, int64 name)
{
	return survey_table_names(table)[name].length;
}

#ifdef USE_ASSERT_CHECKING
void
AssertCheckSurveyTable(const survey_table *table)
{
	Assert(!VARATT_IS_EXTENDED(table));
	Assert(table->version == SURVEY_TABLE_VERSION);
	Assert(table->levels >= 1 && table->levels <= SURVEY_LEVELS);
	Assert(table->count >= 0 && table->count <= table->capacity);
	Assert(table->names >= 0 && table->names <= table->name_capacity);
	Assert(table->bytes >= 0 && table->bytes <= table->byte_capacity);
	Assert(survey_table_has_text(table) || table->names == 0);
	Assert((Size) (name_bytes(table) - (char *) table) + table->byte_capacity == VARSIZE(table));
	if (survey_table_is_working(table))
		return;
	for (int32 i = 1; i < table->names; i++)
		Assert(compare_bytes(bytes_of(table, i - 1), length_of(table, i - 1),
							 bytes_of(table, i), length_of(table, i)) < 0);
	for (int32 i = 1; i < table->count; i++)
		Assert(survey_compare_keys(table, survey_table_record(table, i - 1),
								   table, survey_table_record(table, i), SURVEY_SSU) < 0);
}
#endif

/* ---------- hash tables ---------- */

static void
index_record(survey_table *table, int32 i)
{
	int32	   *index = survey_table_index(table);
	uint32		mask = 2 * (uint32) table->capacity - 1;
	uint32		slot = (uint32) survey_key_hash(survey_table_record(table, i)) & mask;

	while (index[slot] != 0)
		slot = (slot + 1) & mask;
	index[slot] = i + 1;
}

/* The slot that holds a name, or the empty one where it belongs. */
static uint32
name_slot(const survey_table *table, const char *bytes, int length, uint32 hash)
{
	const int32 *index = name_index(table);
	const survey_name *name = survey_table_names(table);
	uint32		mask = 2 * (uint32) table->name_capacity - 1;
	uint32		slot = hash & mask;

	while (index[slot] != 0 &&
		   (name[index[slot] - 1].hash != hash || name[index[slot] - 1].length != length ||
			memcmp(bytes_of(table, index[slot] - 1), bytes, length) != 0))
		slot = (slot + 1) & mask;
	return slot;
}

static void
append_name(survey_table *table, const char *bytes, int length)
{
	survey_name *name = &survey_table_names(table)[table->names++];

	name->offset = table->bytes;
	name->length = length;
	memcpy(name_bytes(table) + table->bytes, bytes, length);
	table->bytes += length;
	if (survey_table_is_working(table))
	{
		name->hash = hash_bytes((const unsigned char *) bytes, length);
		name_index(table)[name_slot(table, bytes, length, name->hash)] = table->names;
	}
}

/* ---------- one form from another ---------- */

static int
compare_name_numbers(const void *a, const void *b, void *arg)
{
	const survey_table *table = arg;
	int32		x = *(const int32 *) a;
	int32		y = *(const int32 *) b;

	CHECK_FOR_INTERRUPTS();
	return compare_bytes(bytes_of(table, x), length_of(table, x),
						 bytes_of(table, y), length_of(table, y));
}

/* A record with its key as it will be. */
typedef struct placed_record
{
	survey_key	key;
	int32		source;
} placed_record;

static int
compare_placed_records(const void *a, const void *b)
{
	const survey_key *x = &((const placed_record *) a)->key;
	const survey_key *y = &((const placed_record *) b)->key;

	CHECK_FOR_INTERRUPTS();
	for (int i = 0; i < SURVEY_LEVELS; i++)
		if (x->part[i] != y->part[i])
			return x->part[i] < y->part[i] ? -1 : 1;
	return 0;
}

/* Copy the names, sorted unless working; gives where each one went. */
static int32 *
copy_names(survey_table *to, const survey_table *from)
{
	int32	   *order = palloc_extended(sizeof(int32) * Max(from->names, 1), MCXT_ALLOC_HUGE);
	int32	   *place = palloc_extended(sizeof(int32) * Max(from->names, 1), MCXT_ALLOC_HUGE);

	for (int32 i = 0; i < from->names; i++)
		order[i] = i;
	if (!survey_table_is_working(to) && survey_table_is_working(from))
		qsort_arg(order, from->names, sizeof(int32), compare_name_numbers,
				  unconstify(survey_table *, from));
	for (int32 i = 0; i < from->names; i++)
	{
		if ((i & RECORDS_PER_CHECK) == 0)
			CHECK_FOR_INTERRUPTS();
		append_name(to, bytes_of(from, order[i]), length_of(from, order[i]));
		place[order[i]] = i;
	}
	pfree(order);
	return place;
}

/* The records of a table in the order of their keys, by the names' new numbers. */
static placed_record *
sorted_records(const survey_table *table, const int32 *place)
{
	placed_record *record = palloc_extended(sizeof(placed_record) * Max(table->count, 1),
											MCXT_ALLOC_HUGE);

	for (int32 i = 0; i < table->count; i++)
	{
		if ((i & RECORDS_PER_CHECK) == 0)
			CHECK_FOR_INTERRUPTS();
		record[i].key = *survey_table_record(table, i);
		record[i].source = i;
		if (survey_table_has_text(table))
			for (int level = 0; level < table->levels; level++)
				record[i].key.part[level] = place[record[i].key.part[level]];
	}
	qsort(record, table->count, sizeof(placed_record), compare_placed_records);
	return record;
}

survey_table *
survey_table_remake(const survey_table *from, const survey_shape *shape, int32 **source)
{
	survey_table *to = make_table(from->levels, from->flags, shape);
	int32	   *place = copy_names(to, from);
	placed_record *record = !shape->working && survey_table_is_working(from) ?
		sorted_records(from, place) : NULL;

	if (to->head_size == from->head_size)
		memcpy((char *) to + sizeof(survey_table), (const char *) from + sizeof(survey_table),
			   to->head_size - sizeof(survey_table));
	to->count = from->count;
	to->last = shape->working && survey_table_is_working(from) ? from->last : 0;
	if (source)
		*source = palloc_extended(sizeof(int32) * Max(to->count, 1), MCXT_ALLOC_HUGE);
	for (int32 i = 0; i < to->count; i++)
	{
		int32		old = record ? record[i].source : i;

		if ((i & RECORDS_PER_CHECK) == 0)
			CHECK_FOR_INTERRUPTS();
		memcpy(survey_table_record(to, i), survey_table_record(from, old),
			   to->record_size == from->record_size ? (Size) to->record_size : sizeof(survey_key));
		if (record)
			*survey_table_record(to, i) = record[i].key;
		if (shape->working)
			index_record(to, i);
		if (source)
			(*source)[i] = old;
	}
	pfree(place);
	if (record)
		pfree(record);
	return to;
}

survey_table *
survey_table_working(survey_table *table)
{
	survey_shape shape = survey_table_shape(table, true);

	return survey_table_is_working(table) ? table : survey_table_remake(table, &shape, NULL);
}

survey_table *
survey_table_canonical(const survey_table *table)
{
	survey_shape shape = survey_table_shape(table, false);
	survey_table *canonical = survey_table_remake(table, &shape, NULL);

	AssertCheckSurveyTable(canonical);
	return canonical;
}

/* ---------- growing ---------- */

/* With room for as much again of what is full. */
static survey_table *
grown_table(const survey_table *table, int64 capacity, int64 name_capacity, int64 byte_capacity)
{
	survey_shape shape = survey_table_shape(table, true);

	shape.capacity = capacity;
	shape.name_capacity = name_capacity;
	shape.byte_capacity = byte_capacity;
	return survey_table_remake(table, &shape, NULL);
}

int64
survey_table_intern(survey_table **table, const char *bytes, int length)
{
	survey_table *t = *table;
	uint32		hash = hash_bytes((const unsigned char *) bytes, length);
	int32		found = name_index(t)[name_slot(t, bytes, length, hash)];

	if (found != 0)
		return found - 1;
	if (t->names == t->name_capacity || length > t->byte_capacity - t->bytes)
		*table = t = grown_table(t, t->capacity,
								 power_of_two(t->name_capacity, (int64) t->names + 1),
								 power_of_two(t->byte_capacity, (int64) t->bytes + length));
	append_name(t, bytes, length);
	return t->names - 1;
}

int32
survey_table_insert(survey_table **table, const survey_key *key)
{
	survey_table *t = *table;

	if (t->count == t->capacity)
		*table = t = grown_table(t, 2 * (int64) t->capacity, t->name_capacity, t->byte_capacity);
	*survey_table_record(t, t->count) = *key;
	index_record(t, t->count);
	return t->count++;
}

survey_key
survey_table_adopt(survey_table **table, const survey_table *other, const survey_key *key)
{
	survey_key	adopted = *key;

	if (survey_table_has_text(other))
		for (int level = 0; level < other->levels; level++)
			adopted.part[level] = survey_table_intern(table, bytes_of(other, key->part[level]),
													  length_of(other, key->part[level]));
	return adopted;
}

/* ---------- comparing and naming ---------- */

int
survey_compare_keys(const survey_table *a_table, const survey_key *a,
					const survey_table *b_table, const survey_key *b, survey_level level)
{
	bool		text_keys = survey_table_has_text(a_table) && a_table != b_table;

	for (int i = 0; i <= (int) level; i++)
	{
		int64		x = a->part[i];
		int64		y = b->part[i];
		int			order = text_keys && i < a_table->levels && i < b_table->levels ?
			compare_bytes(bytes_of(a_table, x), length_of(a_table, x),
						  bytes_of(b_table, y), length_of(b_table, y)) :
			(x > y) - (x < y);

		if (order != 0)
			return order;
	}
	return 0;
}

const char *
survey_part_bytes(const survey_table *table, const survey_key *key, survey_level level,
				  int *length)
{
	*length = 0;
	if (!survey_table_has_text(table))
		return NULL;
	*length = length_of(table, key->part[level]);
	return bytes_of(table, key->part[level]);
}

char *
survey_part_cstring(const survey_table *table, const survey_key *key, survey_level level)
{
	int64		part = key->part[level];

	return survey_table_has_text(table) ?
		psprintf("\"%.*s\"", length_of(table, part), bytes_of(table, part)) :
		psprintf(INT64_FORMAT, part);
}
