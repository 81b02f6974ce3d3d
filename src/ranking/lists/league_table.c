/*
 * league_table.c
 *	  Aggregate league_table(unit, score), and the rows of a score_list.
 *
 * A league table is a score_list of all units: nothing is pruned, so the
 * state grows with the rows, up to 1 GB.
 */
#include "postgres.h"
#include "base/compat.h"

#include "catalog/pg_type.h"
#include "funcapi.h"
#include "base/aggregate_context.h"
#include "ranking/lists/score_list.h"
#include "utils/builtins.h"

static inline Datum
league_table_add(FunctionCallInfo fcinfo, unit_kind unit_kind,
				 score_kind score_kind)
{
	score_list *list;
	score_list_item item;

	check_aggregate_context(fcinfo);

	if (PG_ARGISNULL(0))
		list = score_list_new(unit_kind, score_kind, 0);
	else
	{
		list = PG_GETARG_SCORE_LIST_P(0);
		score_list_check_kinds(list, unit_kind, score_kind);
		if (list->k != 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("state of league_table is a list of the best %d units", list->k),
					 errhint("Use top_scores_add() with that number.")));
	}

	if (score_list_row(fcinfo, 1, score_kind, &item))
		list = score_list_append(list, item);

	PG_RETURN_SCORE_LIST_P(list);
}

PARINDEX_FUNCTION(parindex_league_table_add_text_float8);
Datum
parindex_league_table_add_text_float8(PG_FUNCTION_ARGS)
{
	return league_table_add(fcinfo, UNIT_TEXT, SCORE_KIND_FLOAT8);
}

PARINDEX_FUNCTION(parindex_league_table_add_bigint_float8);
Datum
parindex_league_table_add_bigint_float8(PG_FUNCTION_ARGS)
{
	return league_table_add(fcinfo, UNIT_BIGINT, SCORE_KIND_FLOAT8);
}

PARINDEX_FUNCTION(parindex_league_table_add_text_numeric);
Datum
parindex_league_table_add_text_numeric(PG_FUNCTION_ARGS)
{
	return league_table_add(fcinfo, UNIT_TEXT, SCORE_KIND_NUMERIC);
}

PARINDEX_FUNCTION(parindex_league_table_add_bigint_numeric);
Datum
parindex_league_table_add_bigint_numeric(PG_FUNCTION_ARGS)
{
	return league_table_add(fcinfo, UNIT_BIGINT, SCORE_KIND_NUMERIC);
}

/* ---------- rows of a list ---------- */

typedef struct rows_state
{
	score_list_reader reader;
	Datum		previous_score;
	int32		rank;			/* of the previous item */
	int32		place;			/* of the previous item, ties counted through */
} rows_state;

static Datum
unit_as_text(unit_kind unit_kind, Datum unit)
{
	if (unit_kind == UNIT_TEXT)
		return unit;
	return CStringGetTextDatum(DatumGetCString(DirectFunctionCall1(int8out,
																   unit)));
}

static Datum
convert_score(score_kind from, score_kind to, Datum score)
{
	if (from == to)
		return score;
	if (to == SCORE_KIND_FLOAT8)
		return DirectFunctionCall1(numeric_float8, score);

	/*
	 * The cast of core keeps 15 digits only; the shortest decimal that reads
	 * back as the same float8 is what was loaded, and loses nothing.
	 */
	return DirectFunctionCall3(numeric_in,
							   CStringGetDatum(score_to_cstring(SCORE_KIND_FLOAT8,
																score)),
							   ObjectIdGetDatum(InvalidOid),
							   Int32GetDatum(-1));
}

/* Gives (rank, unit, score) item by item; competition ranks, 1 2 2 4. */
static Datum
score_list_rows(FunctionCallInfo fcinfo, score_kind score_kind)
{
	FuncCallContext *call;
	rows_state *state;
	const score_list *list;
	score_list_item item;
	Datum		values[3];
	bool		nulls[3] = {false, false, false};

	if (SRF_IS_FIRSTCALL())
	{
		MemoryContext caller;
		TupleDesc	row_type;

		call = SRF_FIRSTCALL_INIT();
		caller = MemoryContextSwitchTo(call->multi_call_memory_ctx);
		if (get_call_result_type(fcinfo, NULL, &row_type) != TYPEFUNC_COMPOSITE)
			elog(ERROR, "rows of a score list need a row type");
		call->tuple_desc = BlessTupleDesc(row_type);

		list = score_list_canonical((score_list *)
									PG_DETOAST_DATUM_COPY(PG_GETARG_DATUM(0)));
		score_list_check_room(list);
		state = palloc0(sizeof(rows_state));
		score_list_read(&state->reader, list);
		call->user_fctx = state;
		MemoryContextSwitchTo(caller);
	}

	call = SRF_PERCALL_SETUP();
	state = call->user_fctx;
	list = state->reader.list;

	if (!score_list_next(&state->reader, &item))
		SRF_RETURN_DONE(call);

	state->place++;
	if (state->place == 1 ||
		compare_scores(list->score_kind, item.score, state->previous_score) != 0)
		state->rank = state->place;
	state->previous_score = item.score;

	values[0] = Int32GetDatum(state->rank);
	values[1] = unit_as_text(list->unit_kind, item.unit);
	values[2] = convert_score(list->score_kind, score_kind, item.score);
	SRF_RETURN_NEXT(call, HeapTupleGetDatum(heap_form_tuple(call->tuple_desc,
															values, nulls)));
}

/* score_list_rows(score_list) -> TABLE(rank int, unit text, score float8) */
PARINDEX_FUNCTION(parindex_score_list_rows);
Datum
parindex_score_list_rows(PG_FUNCTION_ARGS)
{
	return score_list_rows(fcinfo, SCORE_KIND_FLOAT8);
}

/* score_list_decimal_rows(score_list) -> TABLE(rank int, unit text, score numeric) */
PARINDEX_FUNCTION(parindex_score_list_decimal_rows);
Datum
parindex_score_list_decimal_rows(PG_FUNCTION_ARGS)
{
	return score_list_rows(fcinfo, SCORE_KIND_NUMERIC);
}
