/*
 * score_list_order.c
 *	  Equality, order and hashing of score_list, for its operator classes.
 */
#include "postgres.h"

#include "base/forms/comparison_functions.h"
#include "miscadmin.h"
#include "ranking/lists/score_list.h"

/* Free a copy, but not what it was made of. */
static void
free_unless(const void *copy, const void *original)
{
	if (copy != original)
		pfree(unconstify(void *, copy));
}

/*
 * A total order of canonical lists, whose equality is that of the bytes: by
 * types first, then k, then item by item, then the shorter list.
 */
static int
compare_lists(const score_list *a, const score_list *b)
{
	score_list_reader a_reader;
	score_list_reader b_reader;
	score_list_item a_item;
	score_list_item b_item;

	if (a->unit_kind != b->unit_kind)
		return a->unit_kind - b->unit_kind;
	if (a->score_kind != b->score_kind)
		return a->score_kind - b->score_kind;
	if (a->k != b->k)
		return a->k < b->k ? -1 : 1;
	if (a->flags != b->flags)
		return a->flags - b->flags;

	score_list_read(&a_reader, a);
	score_list_read(&b_reader, b);
	while (score_list_next(&a_reader, &a_item) &&
		   score_list_next(&b_reader, &b_item))
	{
		int			order = compare_score_list_items(&a_item, &b_item, a->unit_kind,
												   a->score_kind);

		CHECK_FOR_INTERRUPTS();
		if (order != 0)
			return order;
	}
	return (a->count > b->count) - (a->count < b->count);
}

static int
score_list_compare(Datum a, Datum b)
{
	score_list *a_list = DatumGetScoreListP(a);
	score_list *b_list = DatumGetScoreListP(b);
	const score_list *a_canonical = score_list_canonical(a_list);
	const score_list *b_canonical = score_list_canonical(b_list);
	int			order = compare_lists(a_canonical, b_canonical);

	free_unless(a_canonical, a_list);
	free_unless(b_canonical, b_list);
	free_unless(a_list, DatumGetPointer(a));
	free_unless(b_list, DatumGetPointer(b));
	return (order > 0) - (order < 0);
}

/* Equal lists have equal bytes. */
static uint64
score_list_hash(Datum value, uint64 seed)
{
	const int	skip = offsetof(score_list, version);
	score_list *list = DatumGetScoreListP(value);
	const score_list *canonical = score_list_canonical(list);
	Datum		hash = hash_any_extended((const unsigned char *) canonical + skip,
										 canonical->used - skip, seed);

	free_unless(canonical, list);
	free_unless(list, DatumGetPointer(value));
	return DatumGetUInt64(hash);
}

COMPARISON_FUNCTIONS(score_list, score_list_compare, score_list_hash)
