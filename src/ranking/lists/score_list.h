/*
 * score_list.h
 *	  The value behind SQL type score_list: units with their scores, best first.
 */
#ifndef PARINDEX_SCORE_LIST_H
#define PARINDEX_SCORE_LIST_H

#include "ranking/lists/score_list_item.h"

#define SCORE_LIST_VERSION	1

/* A list of the best k holds at most so many units beyond k, tied with it. */
#define SCORE_LIST_TIE_ROOM	10000
#define SCORE_LIST_MAX_K	1000000

/* The list grows by appending; its items are unsorted and may be too many. */
#define SCORE_LIST_WORKING	0x01

/* More units tie with the k-th than a list may hold; k of them are kept. */
#define SCORE_LIST_OVERFULL	0x02

/*
 * Stored format, version 1.  Items follow the header, each padded to 8 bytes
 * in both its parts: the score (a double, or a numeric with a four-byte
 * header), then the unit (an int64, or a text with a four-byte header).
 *
 * A list has two forms.  The canonical form is sorted (score descending, then
 * unit, then display scale of the score), holds nothing below the k-th score,
 * and its size is exact: equal lists have equal bytes.  The working form is
 * the transition state of the aggregates: VARSIZE is its capacity.
 * Every function accepts both.
 */
typedef struct score_list
{
	int32		vl_len_;		/* varlena header (do not touch directly!) */
	uint8		version;
	uint8		unit_kind;
	uint8		score_kind;
	uint8		flags;
	int32		k;				/* best k asked for; 0 for all units */
	int32		count;			/* items */
	uint32		used;			/* bytes from the start to the end of items */
	uint32		cutoff;			/* offset of the item that holds the k-th best
								 * score known so far; 0 for none */
} score_list;

/* Walks over the items in stored order. */
typedef struct score_list_reader
{
	const score_list *list;
	const char *at;
	int32		left;
} score_list_reader;

#define DatumGetScoreListP(X)		((score_list *) PG_DETOAST_DATUM(X))
#define PG_GETARG_SCORE_LIST_P(n)	DatumGetScoreListP(PG_GETARG_DATUM(n))
#define PG_RETURN_SCORE_LIST_P(x)	PG_RETURN_POINTER(x)

extern score_list *score_list_new(unit_kind unit_kind, score_kind score_kind,
								  int32 k);
extern score_list *score_list_append(score_list *list, score_list_item item);
extern score_list *score_list_pruned(const score_list *list);
extern const score_list *score_list_canonical(const score_list *list);
extern void score_list_check_room(const score_list *list);
extern void score_list_check_kinds(const score_list *list, unit_kind unit_kind,
								   score_kind score_kind);
extern void score_list_check_alike(const score_list *a, const score_list *b);

extern void score_list_read(score_list_reader *reader, const score_list *list);
extern bool score_list_next(score_list_reader *reader, score_list_item *item);
extern Datum score_list_cutoff(const score_list *list);

#ifdef USE_ASSERT_CHECKING
extern void AssertCheckScoreList(const score_list *list);
#else
#define AssertCheckScoreList(list) ((void) 0)
#endif

#endif							/* PARINDEX_SCORE_LIST_H */
