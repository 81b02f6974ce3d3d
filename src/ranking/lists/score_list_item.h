/*
 * score_list_item.h
 *	  A unit and its score, as lists hold them, and their order.
 *
 * Items stand by score, the best first, then by unit, texts bytewise in any
 * locale, then by the display scale of the score.
 */
#ifndef PARINDEX_SCORE_LIST_ITEM_H
#define PARINDEX_SCORE_LIST_ITEM_H

#include "base/compat.h"
#include "base/forms/bytes.h"
#include "fmgr.h"
#include "utils/builtins.h"
#include "utils/numeric.h"

/* The numbers are part of the stored format. */
typedef enum unit_kind
{
	UNIT_TEXT = 0,
	UNIT_BIGINT = 1
} unit_kind;

typedef enum score_kind
{
	SCORE_KIND_FLOAT8 = 0,
	SCORE_KIND_NUMERIC = 1
} score_kind;

typedef struct score_list_item
{
	Datum		score;			/* float8 (no NaN, no -0) or numeric */
	Datum		unit;			/* text or int8 */
} score_list_item;

/* Ascending; neither is NaN. */
static inline int
compare_scores(score_kind kind, Datum a, Datum b)
{
	if (kind == SCORE_KIND_FLOAT8)
	{
		float8		x = DatumGetFloat8(a);
		float8		y = DatumGetFloat8(b);

		return (x > y) - (x < y);
	}
	return DatumGetInt32(DirectFunctionCall2(numeric_cmp, a, b));
}

static inline int
compare_units(unit_kind kind, Datum a, Datum b)
{
	if (kind == UNIT_BIGINT)
	{
		int64		x = DatumGetInt64(a);
		int64		y = DatumGetInt64(b);

		return (x > y) - (x < y);
	}
	return compare_bytes(VARDATA_ANY(DatumGetPointer(a)), VARSIZE_ANY_EXHDR(DatumGetPointer(a)),
						 VARDATA_ANY(DatumGetPointer(b)), VARSIZE_ANY_EXHDR(DatumGetPointer(b)));
}

/* Tells 1.0 from 1.00, which numeric_cmp does not; of scores that tie. */
extern int	compare_display_scales(Datum a, Datum b);

/* The order of the items in a canonical list; 0 only for equal bytes. */
static inline int
compare_score_list_items(const score_list_item *a, const score_list_item *b,
						 unit_kind units, score_kind scores)
{
	int			order = compare_scores(scores, b->score, a->score);

	if (order == 0)
		order = compare_units(units, a->unit, b->unit);
	if (order == 0 && scores == SCORE_KIND_NUMERIC)
		order = compare_display_scales(a->score, b->score);
	return order;
}

extern bool score_list_row(FunctionCallInfo fcinfo, int unit_arg,
						   score_kind score_kind, score_list_item *item);

/* Shortest decimal that reads back as the same float8; a numeric as it is. */
extern char *score_to_cstring(score_kind score_kind, Datum score);

#endif							/* PARINDEX_SCORE_LIST_ITEM_H */
