/*
 * score_list.c
 *	  Building, pruning and reading lists of scored units.
 *
 * Invariant: the canonical form is a function of the set of rows alone, never
 * of their order or of how they were split, so that equal lists have equal
 * bytes.  Hence items are sorted, as score_list_item.h says, and -0 is stored
 * as 0.
 *
 * Pruning: an item below the k-th best score seen can never be among the best
 * k, so it may be dropped at any time; one that ties with it must be kept.
 * Where more tie than a list may hold, the list is marked overfull and keeps
 * just k items, enough to know the k-th score.  The mark is no error as yet:
 * better rows to come may lift the k-th score above the tie, and then the
 * mark goes.  Only the finished list raises it, so that the outcome does not
 * depend on row order either.
 */
#include "postgres.h"
#include "base/compat.h"

#include "miscadmin.h"
#include "port/pg_bitutils.h"
#include "ranking/lists/score_list.h"
#include "utils/memutils.h"

/* A power of 2, as the allocator rounds up to one: nine items of short units. */
#define INITIAL_SIZE	256

#define ITEM_ALIGN(n)	TYPEALIGN(8, (n))

StaticAssertDecl(sizeof(score_list) == ITEM_ALIGN(sizeof(score_list)),
				 "items of a score_list start aligned");

/* ---------- order ---------- */

#define ST_SORT sort_items
#define ST_ELEMENT_TYPE score_list_item
#define ST_COMPARE_ARG_TYPE const score_list
#define ST_COMPARE(a, b, list) \
	compare_score_list_items(a, b, list->unit_kind, list->score_kind)
#define ST_SCOPE static
#define ST_CHECK_FOR_INTERRUPTS
#define ST_DEFINE
#include "lib/sort_template.h"

/* ---------- reading ---------- */

void
score_list_read(score_list_reader *reader, const score_list *list)
{
	reader->list = list;
	reader->at = (const char *) list + sizeof(score_list);
	reader->left = list->count;
}

/* The next item, pointing into the list; false at the end. */
bool
score_list_next(score_list_reader *reader, score_list_item *item)
{
	if (reader->left == 0)
		return false;

	if (reader->list->score_kind == SCORE_KIND_FLOAT8)
	{
		item->score = Float8GetDatum(*(const float8 *) reader->at);
		reader->at += sizeof(float8);
	}
	else
	{
		item->score = PointerGetDatum(reader->at);
		reader->at += ITEM_ALIGN(VARSIZE(reader->at));
	}

	if (reader->list->unit_kind == UNIT_BIGINT)
	{
		item->unit = Int64GetDatum(*(const int64 *) reader->at);
		reader->at += sizeof(int64);
	}
	else
	{
		item->unit = PointerGetDatum(reader->at);
		reader->at += ITEM_ALIGN(VARSIZE(reader->at));
	}

	reader->left--;
	return true;
}

/* The k-th best score known so far, of a list that has a cutoff. */
Datum
score_list_cutoff(const score_list *list)
{
	const char *item = (const char *) list + list->cutoff;

	Assert(list->cutoff != 0);
	if (list->score_kind == SCORE_KIND_FLOAT8)
		return Float8GetDatum(*(const float8 *) item);
	return PointerGetDatum(item);
}

/* ---------- building ---------- */

static score_list *
new_list_of_size(unit_kind unit_kind, score_kind score_kind, int32 k, Size size)
{
	score_list *list = palloc0(size);

	SET_VARSIZE(list, size);
	list->version = SCORE_LIST_VERSION;
	list->unit_kind = unit_kind;
	list->score_kind = score_kind;
	list->flags = SCORE_LIST_WORKING;
	list->k = k;
	list->used = sizeof(score_list);
	return list;
}

/* An empty working list in the current memory context. */
score_list *
score_list_new(unit_kind unit_kind, score_kind score_kind, int32 k)
{
	return new_list_of_size(unit_kind, score_kind, k, INITIAL_SIZE);
}

/* Stored size of a score or unit that is a varlena of any header. */
static inline Size
varlena_item_size(Datum value)
{
	return ITEM_ALIGN(VARHDRSZ + VARSIZE_ANY_EXHDR(DatumGetPointer(value)));
}

static inline Size
item_size(const score_list *list, const score_list_item *item)
{
	return (list->score_kind == SCORE_KIND_FLOAT8
			? sizeof(float8) : varlena_item_size(item->score)) +
		(list->unit_kind == UNIT_BIGINT
		 ? sizeof(int64) : varlena_item_size(item->unit));
}

static char *
put_varlena(char *to, Datum value)
{
	const struct varlena *from = (const struct varlena *) DatumGetPointer(value);
	Size		len = VARSIZE_ANY_EXHDR(from);

	SET_VARSIZE(to, VARHDRSZ + len);
	memcpy(VARDATA(to), VARDATA_ANY(from), len);
	return to + ITEM_ALIGN(VARHDRSZ + len);
}

/* Writes the item behind the others; there is room for it. */
static void
put_item(score_list *list, const score_list_item *item)
{
	char	   *to = (char *) list + list->used;

	if (list->score_kind == SCORE_KIND_FLOAT8)
	{
		/* Adding 0 turns -0 into 0 and changes nothing else. */
		*(float8 *) to = DatumGetFloat8(item->score) + 0.0;
		to += sizeof(float8);
	}
	else
		to = put_varlena(to, item->score);

	if (list->unit_kind == UNIT_BIGINT)
	{
		*(int64 *) to = DatumGetInt64(item->unit);
		to += sizeof(int64);
	}
	else
		to = put_varlena(to, item->unit);

	list->used = to - (char *) list;
	list->count++;
}

/* The items of a list, sorted. */
static score_list_item *
sorted_items(const score_list *list)
{
	score_list_item *items;
	score_list_reader reader;
	int32		n = 0;

	items = MemoryContextAllocHuge(CurrentMemoryContext,
								   Max(list->count, 1) * sizeof(score_list_item));
	score_list_read(&reader, list);
	while (score_list_next(&reader, &items[n]))
	{
		CHECK_FOR_INTERRUPTS();
		n++;
	}
	sort_items(items, n, list);
	return items;
}

/*
 * How many of the n sorted items belong to the best k.  Sets *overfull where
 * more than the room allows tie with the k-th: then it is just k.
 */
static int32
count_best(const score_list *list, const score_list_item *items, int32 n,
		   bool *overfull)
{
	Datum		kth;
	int32		kept;

	*overfull = false;
	if (list->k == 0 || n < list->k)
		return n;

	kth = items[list->k - 1].score;
	for (kept = list->k; kept < n; kept++)
		if (compare_scores(list->score_kind, items[kept].score, kth) != 0)
			break;

	/* Too many ties were dropped before, and the k-th score is still theirs. */
	if (list->flags & SCORE_LIST_OVERFULL)
		*overfull = compare_scores(list->score_kind, kth,
								   score_list_cutoff(list)) == 0;

	if (kept - list->k > SCORE_LIST_TIE_ROOM)
		*overfull = true;
	return *overfull ? list->k : kept;
}

/* A canonical copy of a list, in the current memory context. */
score_list *
score_list_pruned(const score_list *list)
{
	score_list_item *items = sorted_items(list);
	score_list *result;
	Size		size = sizeof(score_list);
	bool		overfull;
	int32		kept = count_best(list, items, list->count, &overfull);
	int32		i;

	for (i = 0; i < kept; i++)
		size += item_size(list, &items[i]);

	result = new_list_of_size(list->unit_kind, list->score_kind, list->k, size);
	for (i = 0; i < kept; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (i == list->k - 1)
			result->cutoff = result->used;
		put_item(result, &items[i]);
	}
	result->flags = overfull ? SCORE_LIST_OVERFULL : 0;
	pfree(items);

	AssertCheckScoreList(result);
	return result;
}

/*
 * A list with room for so many bytes more: the list itself after pruning, or
 * a larger one in the current memory context.  The old one is not freed,
 * since it may be the aggregate's transition value.  Half of the room is free
 * afterwards, so that the cost of pruning and growing is spread over as many
 * items as there are.
 */
static score_list *
make_list_room(score_list *list, Size size)
{
	score_list *larger;
	Size		larger_size;

	if (list->k > 0 && list->count >= list->k)
	{
		score_list *pruned = score_list_pruned(list);

		if (pruned->used + Max(pruned->used, size) <= VARSIZE(list))
		{
			memcpy(&list->version, &pruned->version,
				   pruned->used - offsetof(score_list, version));
			pfree(pruned);
			return list;
		}
		list = pruned;
	}

	if (list->used + size > MaxAllocSize)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("score list is larger than 1 GB"),
				 errdetail("It holds %d units so far.", list->count),
				 errhint("List fewer units, identify them by shorter codes, or rank the rows with a window function.")));

	larger_size = pg_nextpower2_size_t(list->used + Max(list->used, size));
	larger = new_list_of_size(list->unit_kind, list->score_kind, list->k,
							  Min(larger_size, MaxAllocSize));
	memcpy(&larger->version, &list->version,
		   list->used - offsetof(score_list, version));
	return larger;
}

/*
 * Adds an item, in whatever order; a text unit may be toasted.  Gives the
 * list itself, or another one in the current memory context.
 */
score_list *
score_list_append(score_list *list, score_list_item item)
{
	Size		size;

	if (list->unit_kind == UNIT_TEXT)
		item.unit = PointerGetDatum(PG_DETOAST_DATUM_PACKED(item.unit));

	size = item_size(list, &item);
	if (list->used + size > VARSIZE(list))
		list = make_list_room(list, size);

	put_item(list, &item);
	list->flags |= SCORE_LIST_WORKING;
	return list;
}

/* The list itself where it is canonical, else a canonical copy. */
const score_list *
score_list_canonical(const score_list *list)
{
	if (list->flags & SCORE_LIST_WORKING)
		return score_list_pruned(list);
	return list;
}

/* Refuses to show a list that had to leave tied units out. */
void
score_list_check_room(const score_list *list)
{
	if (list->flags & SCORE_LIST_OVERFULL)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many units tie at score %s",
						score_to_cstring(list->score_kind,
										 score_list_cutoff(list))),
				 errdetail("Beside the best %d, more than %d units have the score of the last of them.",
						   list->k, SCORE_LIST_TIE_ROOM),
				 errhint("Use a finer score, a larger k, or league_table, which lists all units.")));
}

/* Only an aggregate of the user's can have started with another list. */
void
score_list_check_kinds(const score_list *list, unit_kind unit_kind,
					   score_kind score_kind)
{
	if (unlikely(list->unit_kind != unit_kind || list->score_kind != score_kind))
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("state of the aggregate is a list of other types"),
				 errdetail("Its units or scores are not of the types of the arguments.")));
}

/* Lists of different kinds or different k have no common list. */
void
score_list_check_alike(const score_list *a, const score_list *b)
{
	if (a->unit_kind != b->unit_kind || a->score_kind != b->score_kind)
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("cannot merge score lists of different types"),
				 errdetail("Units must be all text or all bigint, scores all float8 or all numeric.")));
	if (a->k != b->k)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("cannot merge score lists of different k"),
				 errdetail("One holds the best %d units, another the best %d; 0 stands for all.",
						   Min(a->k, b->k), Max(a->k, b->k)),
				 errhint("Make the lists with the same k.")));
}

#ifdef USE_ASSERT_CHECKING
void
AssertCheckScoreList(const score_list *list)
{
	score_list_reader reader;
	score_list_item item;
	score_list_item previous;
	int32		n = 0;

	Assert(list->version == SCORE_LIST_VERSION);
	Assert(list->unit_kind == UNIT_TEXT || list->unit_kind == UNIT_BIGINT);
	Assert(list->score_kind == SCORE_KIND_FLOAT8 || list->score_kind == SCORE_KIND_NUMERIC);
	Assert(list->k >= 0 && list->k <= SCORE_LIST_MAX_K);
	Assert(list->count >= 0);
	Assert(list->used <= VARSIZE(list));
	Assert(list->cutoff < list->used);
	Assert((list->flags & SCORE_LIST_OVERFULL) == 0 || list->cutoff != 0);

	if (list->flags & SCORE_LIST_WORKING)
		return;

	Assert(list->used == VARSIZE(list));
	Assert((list->cutoff != 0) == (list->k > 0 && list->count >= list->k));
	score_list_read(&reader, list);
	for (; score_list_next(&reader, &item); previous = item, n++)
	{
		Assert(n == 0 || compare_score_list_items(&previous, &item, list->unit_kind,
												   list->score_kind) <= 0);
		Assert(list->k == 0 || n < list->k ||
			   compare_scores(list->score_kind, item.score,
							  score_list_cutoff(list)) == 0);
	}
	Assert(reader.at == (const char *) list + list->used);
}
#endif
