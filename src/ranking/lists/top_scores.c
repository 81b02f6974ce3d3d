/*
 * top_scores.c
 *	  Aggregates top_scores(k, unit, score) and rollup(score_list).
 *
 * The transition state is a working score_list.  Rows are appended until it
 * is full; then it is pruned to the best k and their ties, which leaves its
 * k-th score as the cutoff for the rows to come.  At least half of the list
 * is free after that, so pruning costs O(log k) a row taken, and a row below
 * the cutoff costs one comparison and is never copied.
 *
 * The state is typed and combines with itself: it needs no serialisation to
 * travel between workers or servers.
 */
#include "postgres.h"
#include "base/compat.h"

#include "base/aggregate_context.h"
#include "miscadmin.h"
#include "ranking/lists/score_list.h"

/* Can an item with this score be among the best k? */
static inline bool
reaches_cutoff(const score_list *list, Datum score)
{
	int			order;

	if (list->cutoff == 0)
		return true;

	order = compare_scores(list->score_kind, score, score_list_cutoff(list));
	return order > 0 ||
		(order == 0 && (list->flags & SCORE_LIST_OVERFULL) == 0);
}

static inline Datum
top_scores_add(FunctionCallInfo fcinfo, unit_kind unit_kind,
			   score_kind score_kind)
{
	score_list *list;
	score_list_item item;
	int32		k;

	check_aggregate_context(fcinfo);

	if (PG_ARGISNULL(1))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("number of top scores is NULL"),
				 errhint("Say how many of the best units to list, from 1 to %d.",
						 SCORE_LIST_MAX_K)));
	k = PG_GETARG_INT32(1);

	if (PG_ARGISNULL(0))
	{
		if (k < 1 || k > SCORE_LIST_MAX_K)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("number of top scores %d is out of range", k),
					 errhint("Say how many of the best units to list, from 1 to %d.",
							 SCORE_LIST_MAX_K)));
		list = score_list_new(unit_kind, score_kind, k);
	}
	else
	{
		list = PG_GETARG_SCORE_LIST_P(0);
		score_list_check_kinds(list, unit_kind, score_kind);
		if (list->k != k)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("number of top scores changes within a group"),
					 errdetail("It is %d in one row and %d in another.",
							   Min(list->k, k), Max(list->k, k)),
					 errhint("Give a constant, or group by it.")));
	}

	if (score_list_row(fcinfo, 2, score_kind, &item) &&
		reaches_cutoff(list, item.score))
		list = score_list_append(list, item);

	PG_RETURN_SCORE_LIST_P(list);
}

PARINDEX_FUNCTION(parindex_top_scores_add_text_float8);
Datum
parindex_top_scores_add_text_float8(PG_FUNCTION_ARGS)
{
	return top_scores_add(fcinfo, UNIT_TEXT, SCORE_KIND_FLOAT8);
}

PARINDEX_FUNCTION(parindex_top_scores_add_bigint_float8);
Datum
parindex_top_scores_add_bigint_float8(PG_FUNCTION_ARGS)
{
	return top_scores_add(fcinfo, UNIT_BIGINT, SCORE_KIND_FLOAT8);
}

PARINDEX_FUNCTION(parindex_top_scores_add_text_numeric);
Datum
parindex_top_scores_add_text_numeric(PG_FUNCTION_ARGS)
{
	return top_scores_add(fcinfo, UNIT_TEXT, SCORE_KIND_NUMERIC);
}

PARINDEX_FUNCTION(parindex_top_scores_add_bigint_numeric);
Datum
parindex_top_scores_add_bigint_numeric(PG_FUNCTION_ARGS)
{
	return top_scores_add(fcinfo, UNIT_BIGINT, SCORE_KIND_NUMERIC);
}

/*
 * Merges the second list into the first, which may be changed in place.
 * Exact: what either list has left out is beaten by k items of its own, or
 * tied with them in an overfull list, which passes its mark on.
 */
static score_list *
merge_lists(score_list *into, const score_list *from)
{
	score_list_reader reader;
	score_list_item item;

	from = score_list_canonical(from);
	score_list_check_alike(into, from);

	score_list_read(&reader, from);
	while (score_list_next(&reader, &item))
	{
		CHECK_FOR_INTERRUPTS();
		if (reaches_cutoff(into, item.score))
			into = score_list_append(into, item);
	}

	if (from->flags & SCORE_LIST_OVERFULL)
	{
		into = score_list_pruned(into);
		if (compare_scores(into->score_kind, score_list_cutoff(into),
						   score_list_cutoff(from)) == 0)
			into->flags |= SCORE_LIST_OVERFULL | SCORE_LIST_WORKING;
	}
	return into;
}

/*
 * score_list_merge(score_list, score_list) -> score_list: combine function
 * of all aggregates that give lists, and transition function of rollup.
 */
PARINDEX_FUNCTION(parindex_score_list_merge);
Datum
parindex_score_list_merge(PG_FUNCTION_ARGS)
{
	Datum		kept;

	if (!both_states(fcinfo, &kept))
		return kept;
	PG_RETURN_SCORE_LIST_P(merge_lists(PG_GETARG_SCORE_LIST_P(0),
									   PG_GETARG_SCORE_LIST_P(1)));
}

/* score_list_final(score_list) -> score_list: the finished list, or NULL. */
PARINDEX_FUNCTION(parindex_score_list_final);
Datum
parindex_score_list_final(PG_FUNCTION_ARGS)
{
	score_list *result;

	check_aggregate_context(fcinfo);

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();

	result = score_list_pruned(PG_GETARG_SCORE_LIST_P(0));
	if (result->count == 0)
		PG_RETURN_NULL();
	score_list_check_room(result);
	PG_RETURN_SCORE_LIST_P(result);
}
