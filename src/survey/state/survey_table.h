/*
 * survey_table.h
 *	  Flat tables of records keyed by stratum, primary sampling unit (PSU) and
 *	  second-stage unit: what survey_stats, survey_cov_stats and survey_design
 *	  are made of.
 *
 * One varlena, used in place:
 *
 *	  survey_table		the header; the type's own head follows it
 *	  records			at head_size, each a survey_key and the type's payload
 *	  survey_name[]		the texts of keys, where keys are texts
 *	  int32 index[]		hash table of records: number + 1, 0 is empty
 *	  int32 index[]		hash table of names, likewise
 *	  bytes				of the names, not terminated
 *
 * A key is a bigint, or the number of its text among the names. The working
 * form, an aggregate's transition state, has slack and hash tables, records
 * and names in the order of their first appearance. The canonical form has
 * neither: names are sorted bytewise, records by key, so that it depends on
 * keys and payloads alone, and the numbers of texts compare as the texts do.
 */
#ifndef PARINDEX_SURVEY_TABLE_H
#define PARINDEX_SURVEY_TABLE_H

#include "base/compat.h"
#include "fmgr.h"

#define SURVEY_TABLE_VERSION 1
#define SURVEY_TABLE_TEXT_KEYS 1
#define SURVEY_TABLE_WORKING 2

/* Records of a loop between two looks for a cancel request, less 1. */
#define RECORDS_PER_CHECK 0xfff

/* What a key names, from the stratum down. */
typedef enum survey_level
{
	SURVEY_STRATUM,
	SURVEY_PSU,
	SURVEY_SSU,
	SURVEY_LEVELS
} survey_level;

/*
 * Levels the table's keys do not have are 0, or hold a number that tells
 * records with the same names apart (survey_quantile_stats.h).
 */
typedef struct survey_key
{
	int64		part[SURVEY_LEVELS];
} survey_key;

typedef struct survey_name
{
	int32		offset;
	int32		length;
	uint32		hash;			/* 0 in the canonical form */
} survey_name;

typedef struct survey_table
{
	int32		vl_len_;
	uint8		version;
	uint8		flags;
	uint8		levels;			/* of its keys */
	uint8		unused;
	int32		head_size;		/* of this and the type's head, MAXALIGNed */
	int32		record_size;	/* of a key and its payload, MAXALIGNed */
	int32		count;
	int32		capacity;		/* a power of two in the working form */
	int32		names;
	int32		name_capacity;	/* likewise; 0 where keys are bigint */
	int32		bytes;
	int32		byte_capacity;
	int32		last;			/* record found last, in the working form */
	int32		unused2;
} survey_table;

/* A table's sizes, to make another of. */
typedef struct survey_shape
{
	bool		working;
	int32		head_size;
	int32		record_size;
	int64		capacity;
	int64		name_capacity;
	int64		byte_capacity;
} survey_shape;

static inline survey_key *
survey_table_record(const survey_table *table, int32 i)
{
	return (survey_key *) ((char *) table + table->head_size + (Size) i * table->record_size);
}

/* A record's payload. */
static inline void *
survey_table_payload(const survey_table *table, int32 i)
{
	return survey_table_record(table, i) + 1;
}

static inline survey_name *
survey_table_names(const survey_table *table)
{
	return (survey_name *) survey_table_record(table, table->capacity);
}

static inline int32 *
survey_table_index(const survey_table *table)
{
	return (int32 *) (survey_table_names(table) + table->name_capacity);
}

static inline bool
survey_table_has_text(const survey_table *table)
{
	return table->flags & SURVEY_TABLE_TEXT_KEYS;
}

static inline bool
survey_table_is_working(const survey_table *table)
{
	return table->flags & SURVEY_TABLE_WORKING;
}

static inline bool
survey_keys_equal(const survey_key *a, const survey_key *b)
{
	return a->part[SURVEY_STRATUM] == b->part[SURVEY_STRATUM] &&
		a->part[SURVEY_PSU] == b->part[SURVEY_PSU] &&
		a->part[SURVEY_SSU] == b->part[SURVEY_SSU];
}

static inline uint64
survey_key_hash(const survey_key *key)
{
	uint64		hash = 0;

	for (int i = 0; i < SURVEY_LEVELS; i++)
	{
		hash = (hash + (uint64) key->part[i]) * UINT64CONST(0x9e3779b97f4a7c15);
		hash ^= hash >> 32;
	}
	/* Values of few digits differ in their highest bits alone. */
	return hash ^ hash * UINT64CONST(0x9e3779b97f4a7c15) >> 32;
}

/* The number of the working table's record with a key, or -1. */
static inline int32
survey_table_find(const survey_table *table, const survey_key *key)
{
	const int32 *index = survey_table_index(table);
	uint32		mask = 2 * (uint32) table->capacity - 1;

	for (uint32 i = (uint32) survey_key_hash(key) & mask; index[i] != 0; i = (i + 1) & mask)
		if (survey_keys_equal(survey_table_record(table, index[i] - 1), key))
			return index[i] - 1;
	return -1;
}

/* A working table without records. */
extern survey_table *survey_table_new(int levels, bool text_keys, int32 head_size,
									  int32 record_size);

/*
 * A table of the same keys in another form or with other sizes; records go to
 * new[i] from old[source[i]]. Payloads and head are copied where their size
 * stays, else left zero for the caller to fill.
 */
extern survey_table *survey_table_remake(const survey_table *table, const survey_shape *shape,
										 int32 **source);

extern survey_shape survey_table_shape(const survey_table *table, bool working);

/* The table in its working form, with the same payloads: itself if it is so. */
extern survey_table *survey_table_working(survey_table *table);
extern survey_table *survey_table_canonical(const survey_table *table);

/* The number of a text among the working table's names; the table may be replaced. */
extern int64 survey_table_intern(survey_table **table, const char *bytes, int length);

/*
 * Add a record with a key that is not there yet, its payload zero, and give
 * its number; the table may be replaced.
 */
extern int32 survey_table_insert(survey_table **table, const survey_key *key);

/*
 * A key of another table as one of this working table, names interned;
 * the tables must agree in what keys are.
 */
extern survey_key survey_table_adopt(survey_table **table, const survey_table *other,
									 const survey_key *key);

/* Order of the parts up to `level`, also between canonical tables. */
extern int	survey_compare_keys(const survey_table *a_table, const survey_key *a,
								const survey_table *b_table, const survey_key *b,
								survey_level level);

/* The text of a key's part, not terminated; NULL where keys are bigint. */
extern const char *survey_part_bytes(const survey_table *table, const survey_key *key,
									 survey_level level, int *length);

/* What a key's part is called, for messages: 7, "Hà Nội". */
extern char *survey_part_cstring(const survey_table *table, const survey_key *key,
								 survey_level level);

#ifdef USE_ASSERT_CHECKING
extern void AssertCheckSurveyTable(const survey_table *table);
#else
#define AssertCheckSurveyTable(table) ((void) 0)
#endif

#endif							/* PARINDEX_SURVEY_TABLE_H */
