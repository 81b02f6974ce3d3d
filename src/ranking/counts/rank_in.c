/*
 * rank_in.c
 *	  rank_in(), average_rank_in(), percentile_in(), group_in(), rank_group_in()
 *	  and tied_in(): where a score stands among counted ones.
 *
 * A plain value is searched as it is. One that comes again, or is stored out of
 * line, is kept with a table of the first entry of each key, where keys lie close
 * together.
 */
#include "postgres.h"
#include "ranking/counts/score_counts.h"

#include "access/detoast.h"
#include "base/compat.h"
#include "ranking/group_rule.h"
#include "ranking/half_rank.h"
#include "ranking/place_rules.h"
#include "utils/memutils.h"

/* Keys are looked up in a table where it takes no more than so many places an entry. */
#define PLACES_PER_ENTRY 16

typedef struct prepared
{
	MemoryContext context;
	bool		toasted;
	struct varatt_external pointer;
	uint8		last[SCORE_COUNTS_FINGERPRINT]; /* of the value that came last */
	const score_counts *counts; /* NULL: nothing yet */
	int32	   *first;			/* by key from the least: the first entry not below it */
	int64		least;			/* of the keys in the table ... */
	int64		greatest;		/* ... below least where there is no table */
} prepared;

static inline bool
is_canonical(const struct varlena *value)
{
	return !VARATT_IS_EXTENDED(value) && ((const score_counts *) value)->slots == 0;
}

/* A toast pointer, or else a fingerprint, tells the value. */
static inline bool
is_prepared(const prepared *p, struct varlena *value)
{
	if (p->counts == NULL)
		return false;
	if (VARATT_IS_EXTERNAL_ONDISK(value))
	{
		struct varatt_external pointer;

		VARATT_EXTERNAL_GET_POINTER(pointer, value);
		return p->toasted && memcmp(&pointer, &p->pointer, sizeof(pointer)) == 0;
	}
	return is_canonical(value) && memcmp(((const score_counts *) value)->fingerprint,
										 p->counts->fingerprint, SCORE_COUNTS_FINGERPRINT) == 0;
}

static void
index_keys(prepared *p)
{
	const score_counts *counts = p->counts;
	int			finite = counts->entries;
	int			from = 0;
	int64		entry;

	/* The infinities lie outside of any table. */
	if (finite > 0 && counts->entry[finite - 1].key == SCORE_KEY_PLUS_INFINITY)
		finite--;
	if (from < finite && counts->entry[from].key == SCORE_KEY_MINUS_INFINITY)
		from++;
	p->least = 0;
	p->greatest = -1;
	if (from == finite || counts->entry[finite - 1].key - counts->entry[from].key >=
		(int64) PLACES_PER_ENTRY * counts->entries)
		return;
	p->least = counts->entry[from].key;
	p->greatest = counts->entry[finite - 1].key;
	p->first = palloc_extended(sizeof(int32) * (p->greatest - p->least + 1), MCXT_ALLOC_HUGE);
	entry = from;
	for (int64 key = p->least; key <= p->greatest; key++)
	{
		if (counts->entry[entry].key < key)
			entry++;
		p->first[key - p->least] = (int32) entry;
	}
}

static void
prepare(prepared *p, struct varlena *value)
{
	MemoryContext old;

	p->counts = NULL;
	MemoryContextReset(p->context);
	old = MemoryContextSwitchTo(p->context);
	p->toasted = VARATT_IS_EXTERNAL_ONDISK(value);
	if (p->toasted)
		VARATT_EXTERNAL_GET_POINTER(p->pointer, value);
	/* A copy even of a plain value, which may be gone before the next row. */
	p->counts = score_counts_canonical((const score_counts *) pg_detoast_datum_copy(value));
	index_keys(p);
	MemoryContextSwitchTo(old);
}

/* The counts of argument 0; *p is what was prepared for them, or NULL. */
static inline const score_counts *
counts_argument(FunctionCallInfo fcinfo, const prepared **result)
{
	struct varlena *value = (struct varlena *) PG_GETARG_POINTER(0);
	prepared   *p = fcinfo->flinfo->fn_extra;

	*result = p;
	if (likely(p != NULL && is_prepared(p, value)))
		return p->counts;
	if (p == NULL)
	{
		p = MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, sizeof(prepared));
		p->context = AllocSetContextCreate(fcinfo->flinfo->fn_mcxt, "parindex score counts",
										   ALLOCSET_DEFAULT_SIZES);
		fcinfo->flinfo->fn_extra = p;
	}
	if (is_canonical(value))
	{
		const score_counts *counts = (const score_counts *) value;
		bool		again = memcmp(counts->fingerprint, p->last, SCORE_COUNTS_FINGERPRINT) == 0;

		memcpy(p->last, counts->fingerprint, SCORE_COUNTS_FINGERPRINT);
		if (!again)
		{
			*result = NULL;
			return counts;
		}
	}
	prepare(p, value);
	*result = p;
	return p->counts;
}

/* Where a score stands, from below. */
typedef struct place
{
	int64		all;
	int64		below;
	int64		tied;
	int64		distinct_below;
	int64		distinct;
} place;

static inline int
first_not_below(const score_counts *counts, const prepared *p, int64 key)
{
	int			low = 0;
	int			high = counts->entries;

	if (p != NULL && key >= p->least && key <= p->greatest)
		return p->first[key - p->least];
	while (low < high)
	{
		int			middle = low + (high - low) / 2;

		if (counts->entry[middle].key < key)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* False where the score has no place: NaN. */
static inline bool
find_place(FunctionCallInfo fcinfo, bool is_float8, place *place)
{
	const prepared *p;
	const score_counts *counts = counts_argument(fcinfo, &p);
	int64		key;
	int			i;

	if (!(is_float8 ? score_key_of_float8(PG_GETARG_FLOAT8(1), counts->digits, &key) :
		  score_key_of_numeric(PG_GETARG_DATUM(1), counts->digits, &key)))
		return false;
	i = first_not_below(counts, p, key);
	place->all = counts->total;
	place->below = score_counts_below(counts, i);
	place->tied = i < counts->entries && counts->entry[i].key == key ?
		score_counts_at(counts, i) : 0;
	place->distinct_below = i;
	place->distinct = counts->entries;
	return true;
}

/* The same from above, where that is asked. */
static inline void
turn(place *place, bool descending)
{
	if (!descending)
		return;
	place->below = place->all - place->below - place->tied;
	place->distinct_below = place->distinct - place->distinct_below - (place->tied > 0);
}

/* (counts, score, ties, descending) */
static inline Datum
rank_in(FunctionCallInfo fcinfo, bool is_float8)
{
	ties_rule	ties = rank_ties_rule(PG_GETARG_TEXT_PP(2));
	place		place;

	if (!find_place(fcinfo, is_float8, &place))
		PG_RETURN_NULL();
	turn(&place, PG_GETARG_BOOL(3));
	PG_RETURN_INT64(place_rank(place.below, place.tied, place.distinct_below, ties));
}

/* (counts, score, descending) */
static inline Datum
average_rank_in(FunctionCallInfo fcinfo, bool is_float8)
{
	place		place;

	if (!find_place(fcinfo, is_float8, &place))
		PG_RETURN_NULL();
	turn(&place, PG_GETARG_BOOL(2));
	PG_RETURN_NUMERIC(half_rank(place_twice_average(place.below, place.tied)));
}

/* (counts, score, ties) */
static inline Datum
percentile_in(FunctionCallInfo fcinfo, bool is_float8)
{
	ties_rule	ties = percentile_ties_rule(PG_GETARG_TEXT_PP(2));
	place		place;
	int64		whole;

	if (!find_place(fcinfo, is_float8, &place))
		PG_RETURN_NULL();
	whole = place_whole(place.all, ties);
	if (whole == 0)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(place_percentile(place_twice_not_above(place.below, place.tied, place.all, ties),
									  whole));
}

/* (counts, score) */
static inline Datum
tied_in(FunctionCallInfo fcinfo, bool is_float8)
{
	place		place;

	if (!find_place(fcinfo, is_float8, &place))
		PG_RETURN_NULL();
	PG_RETURN_INT64(place.tied);
}

/* (counts, score, groups) */
static inline Datum
group_in(FunctionCallInfo fcinfo, bool is_float8)
{
	int32		groups = PG_GETARG_INT32(2);
	place		place;

	check_groups(groups);
	if (!find_place(fcinfo, is_float8, &place) || place.all == 0)
		PG_RETURN_NULL();
	PG_RETURN_INT32((int32) place_quantile_group(Min(place.below, place.all - 1), place.all, groups));
}

/* (counts, score, groups, rule, descending) */
static inline Datum
rank_group_in(FunctionCallInfo fcinfo, bool is_float8)
{
	int32		groups = PG_GETARG_INT32(2);
	group_rule	rule = parse_group_rule(PG_GETARG_TEXT_PP(3));
	place		place;

	check_groups(groups);
	if (!find_place(fcinfo, is_float8, &place) || place.all == 0)
		PG_RETURN_NULL();
	turn(&place, PG_GETARG_BOOL(4));
	PG_RETURN_INT32((int32) place_rank_group(Min(place.below, place.all - 1), place.all, groups, rule));
}

/* ---------- overloads ---------- */

PARINDEX_FUNCTION(parindex_rank_in_float8);
Datum
parindex_rank_in_float8(PG_FUNCTION_ARGS)
{
	return rank_in(fcinfo, true);
}

PARINDEX_FUNCTION(parindex_rank_in_numeric);
Datum
parindex_rank_in_numeric(PG_FUNCTION_ARGS)
{
	return rank_in(fcinfo, false);
}

PARINDEX_FUNCTION(parindex_average_rank_in_float8);
Datum
parindex_average_rank_in_float8(PG_FUNCTION_ARGS)
{
	return average_rank_in(fcinfo, true);
}

PARINDEX_FUNCTION(parindex_average_rank_in_numeric);
Datum
parindex_average_rank_in_numeric(PG_FUNCTION_ARGS)
{
	return average_rank_in(fcinfo, false);
}

PARINDEX_FUNCTION(parindex_percentile_in_float8);
Datum
parindex_percentile_in_float8(PG_FUNCTION_ARGS)
{
	return percentile_in(fcinfo, true);
}

PARINDEX_FUNCTION(parindex_percentile_in_numeric);
Datum
parindex_percentile_in_numeric(PG_FUNCTION_ARGS)
{
	return percentile_in(fcinfo, false);
}

PARINDEX_FUNCTION(parindex_tied_in_float8);
Datum
parindex_tied_in_float8(PG_FUNCTION_ARGS)
{
	return tied_in(fcinfo, true);
}

PARINDEX_FUNCTION(parindex_tied_in_numeric);
Datum
parindex_tied_in_numeric(PG_FUNCTION_ARGS)
{
	return tied_in(fcinfo, false);
}

PARINDEX_FUNCTION(parindex_group_in_float8);
Datum
parindex_group_in_float8(PG_FUNCTION_ARGS)
{
	return group_in(fcinfo, true);
}

PARINDEX_FUNCTION(parindex_group_in_numeric);
Datum
parindex_group_in_numeric(PG_FUNCTION_ARGS)
{
	return group_in(fcinfo, false);
}

PARINDEX_FUNCTION(parindex_rank_group_in_float8);
Datum
parindex_rank_group_in_float8(PG_FUNCTION_ARGS)
{
	return rank_group_in(fcinfo, true);
}

PARINDEX_FUNCTION(parindex_rank_group_in_numeric);
Datum
parindex_rank_group_in_numeric(PG_FUNCTION_ARGS)
{
	return rank_group_in(fcinfo, false);
}
