/*
 * score_counts.c
 *	  Building counts of scores, and their canonical form: score_counts.h.
 */
#include "postgres.h"
#include "ranking/counts/score_counts.h"

#include "common/cryptohash.h"
#include "common/sha2.h"
#include "miscadmin.h"
#include "utils/memutils.h"

#define FIRST_SLOTS 64

static Size
size_of(int entries)
{
	return offsetof(score_counts, entry) + sizeof(score_count) * (Size) entries;
}

/* ---------- the working form ---------- */

static score_counts *
new_table(int digits, int slots)
{
	score_counts *counts = palloc0(size_of(slots));

	SET_VARSIZE(counts, size_of(slots));
	counts->version = SCORE_COUNTS_VERSION;
	counts->digits = (int16) digits;
	counts->slots = slots;
	return counts;
}

score_counts *
score_counts_new(int digits)
{
	return new_table(digits, FIRST_SLOTS);
}

/* The finaliser of MurmurHash3, without its last steps: all bits reach the low ones. */
static inline uint32
hash_key(int64 key)
{
	uint64		h = (uint64) key;

	h ^= h >> 33;
	h *= UINT64CONST(0xff51afd7ed558ccd);
	h ^= h >> 33;
	return (uint32) h;
}

/* The slot of a key, or the free one that it would take. */
static inline score_count *
find_slot(score_counts *counts, int64 key)
{
	uint32		mask = (uint32) counts->slots - 1;
	uint32		at = hash_key(key) & mask;

	while (counts->entry[at].count != 0 && counts->entry[at].key != key)
		at = (at + 1) & mask;
	return &counts->entry[at];
}

/* The executor frees the smaller one, and copies this into its own memory. */
static score_counts *
grow(score_counts *counts)
{
	score_counts *larger;

	if (size_of(counts->slots) * 2 > MaxAllocSize)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many different scores to be counted"),
				 errdetail("There are more than %d at %d digits.", counts->entries, counts->digits),
				 errhint("Round to fewer digits, or rank such scores by score_rank().")));
	larger = new_table(counts->digits, counts->slots * 2);
	for (int i = 0; i < counts->slots; i++)
		if (counts->entry[i].count != 0)
			*find_slot(larger, counts->entry[i].key) = counts->entry[i];
	larger->entries = counts->entries;
	larger->total = counts->total;
	CHECK_FOR_INTERRUPTS();
	return larger;
}

pg_noreturn static void
too_many(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("number of counted scores is out of range for type bigint")));
}

score_counts *
score_counts_add(score_counts *counts, int64 key, int64 times)
{
	score_count *slot = find_slot(counts, key);

	if (slot->count == 0)
	{
		if ((int64) (counts->entries + 1) * 4 > (int64) counts->slots * 3)
		{
			counts = grow(counts);
			slot = find_slot(counts, key);
		}
		slot->key = key;
		counts->entries++;
	}
	if (unlikely(__builtin_add_overflow(counts->total, times, &counts->total)))
		too_many();
	slot->count += times;
	return counts;
}

/* ---------- the canonical form ---------- */

#define ST_SORT sort_entries
#define ST_ELEMENT_TYPE score_count
#define ST_COMPARE(a, b) ((a)->key < (b)->key ? -1 : (a)->key > (b)->key)
#define ST_SCOPE static
#define ST_CHECK_FOR_INTERRUPTS
#define ST_DEFINE
#include "lib/sort_template.h"

static void
set_fingerprint(score_counts *counts)
{
	pg_cryptohash_ctx *context = pg_cryptohash_create(PG_SHA256);
	uint8		digest[PG_SHA256_DIGEST_LENGTH];
	const uint8 *bytes = (const uint8 *) counts->entry;
	Size		left = sizeof(score_count) * (Size) counts->entries;

	if (context == NULL || pg_cryptohash_init(context) < 0 ||
		pg_cryptohash_update(context, (const uint8 *) &counts->digits, sizeof(counts->digits)) < 0 ||
		pg_cryptohash_update(context, (const uint8 *) &counts->total, sizeof(counts->total)) < 0 ||
		pg_cryptohash_update(context, bytes, left) < 0 ||
		pg_cryptohash_final(context, digest, sizeof(digest)) < 0)
		elog(ERROR, "could not compute the fingerprint of counts: %s",
			 pg_cryptohash_error(context));
	pg_cryptohash_free(context);
	memcpy(counts->fingerprint, digest, SCORE_COUNTS_FINGERPRINT);
}

score_counts *
score_counts_make(int digits, const score_count *entry, int entries)
{
	score_counts *counts = palloc0(size_of(entries));

	SET_VARSIZE(counts, size_of(entries));
	counts->version = SCORE_COUNTS_VERSION;
	counts->digits = (int16) digits;
	counts->entries = entries;
	for (int i = 0; i < entries; i++)
	{
		counts->entry[i].key = entry[i].key;
		counts->entry[i].count = counts->total;
		if (__builtin_add_overflow(counts->total, entry[i].count, &counts->total))
			too_many();
	}
	set_fingerprint(counts);
	return counts;
}

const score_counts *
score_counts_canonical(const score_counts *counts)
{
	score_count *entry;
	int			entries = 0;
	score_counts *result;

	if (counts->slots == 0)
		return counts;
	entry = palloc(sizeof(score_count) * Max(counts->entries, 1));
	for (int i = 0; i < counts->slots; i++)
		if (counts->entry[i].count != 0)
			entry[entries++] = counts->entry[i];
	sort_entries(entry, entries);
	result = score_counts_make(counts->digits, entry, entries);
	pfree(entry);
	return result;
}

void
score_counts_check_digits(int digits, int other)
{
	if (unlikely(digits != other))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("scores counted at %d and at %d digits cannot be put together", digits, other),
				 errhint("Count all of them at the same number of digits.")));
}
