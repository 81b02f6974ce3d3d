/*
 * score_counts.h
 *	  The value behind SQL type score_counts: the different published scores of a
 *	  set, and how many rows have each.
 *
 * A score as published is a whole number of units of 10^-digits, its key. So
 * ranks, percentiles and groups of any number of rows come from some thousand
 * entries, without a sort.
 */
#ifndef PARINDEX_SCORE_COUNTS_H
#define PARINDEX_SCORE_COUNTS_H

#include "base/compat.h"
#include "fmgr.h"

#define SCORE_COUNTS_VERSION 1
#define SCORE_COUNTS_FINGERPRINT 16

/* The infinities, which rank as values do. */
#define SCORE_KEY_MINUS_INFINITY PG_INT64_MIN
#define SCORE_KEY_PLUS_INFINITY PG_INT64_MAX

/* Finite keys lie between its negative and itself: 18 digits. */
#define SCORE_KEY_LIMIT INT64CONST(1000000000000000000)

typedef struct score_count
{
	int64		key;
	int64		count;			/* of the working form: above 0, of a free slot 0; of
								 * the canonical one how many rows stand below the key */
} score_count;

/*
 * Two forms. The canonical one has its entries in ascending order of their keys,
 * with how many rows stand below each, so that a rank is one search: equal
 * counts have equal bytes. The working one is the transition state of the
 * aggregates, a hash table of `slots`, a power of 2. Every function takes both.
 */
typedef struct score_counts
{
	int32		vl_len_;
	uint8		version;
	uint8		unused;
	int16		digits;
	int32		slots;			/* of the working form; 0: canonical */
	int32		entries;
	int64		total;			/* of all counts */
	uint8		fingerprint[SCORE_COUNTS_FINGERPRINT];	/* of the canonical form */
	score_count entry[FLEXIBLE_ARRAY_MEMBER];
} score_counts;

#define DatumGetScoreCountsP(datum) ((score_counts *) PG_DETOAST_DATUM(datum))
#define PG_GETARG_SCORE_COUNTS_P(n) DatumGetScoreCountsP(PG_GETARG_DATUM(n))

/* Of the canonical form: rows below the i-th score, and below what would follow the last. */
static inline int64
score_counts_below(const score_counts *counts, int i)
{
	return i < counts->entries ? counts->entry[i].count : counts->total;
}

/* Rows that have the i-th score. */
static inline int64
score_counts_at(const score_counts *counts, int i)
{
	return score_counts_below(counts, i + 1) - counts->entry[i].count;
}

/* With room for some entries. */
extern score_counts *score_counts_new(int digits);

/* The working form with a score so many times more: a larger one where it had to grow. */
extern score_counts *score_counts_add(score_counts *counts, int64 key, int64 times);

/* The value itself, or a copy in its canonical form. */
extern const score_counts *score_counts_canonical(const score_counts *counts);

/*
 * From entries in ascending order of their keys, counts above 0 (the caller has
 * seen to both); error 22003 where they add up to too many.
 */
extern score_counts *score_counts_make(int digits, const score_count *entry, int entries);

/* Error 22023 where the digits of two differ. */
extern void score_counts_check_digits(int digits, int other);

/*
 * The key of a score, rounded half away from zero; false for NaN. Error 22003
 * where it has more than 18 digits.
 */
extern bool score_key_of_numeric(Datum score, int digits, int64 *key);
extern bool score_key_of_float8(double score, int digits, int64 *key);

/* The score of a key; infinite ones included. */
extern Datum score_of_key(int64 key, int digits);

#endif							/* PARINDEX_SCORE_COUNTS_H */
