/*
 * score_counts_agg.c
 *	  The aggregates score_counts(score, digits) and rollup(score_counts).
 *
 * The state is a value in its working form, changed in place. One that has to
 * grow is a new value, which the executor copies into its memory.
 */
#include "postgres.h"
#include "ranking/counts/score_counts.h"

#include "base/aggregate_context.h"
#include "base/decimal_round.h"
#include "miscadmin.h"

/* The state in its working form, to be changed in place. */
static score_counts *
working_state(FunctionCallInfo fcinfo)
{
	struct varlena *value = (struct varlena *) PG_GETARG_POINTER(0);
	const score_counts *given;
	score_counts *counts;

	if (likely(!VARATT_IS_EXTENDED(value) && ((score_counts *) value)->slots > 0))
		return (score_counts *) value;
	given = (const score_counts *) pg_detoast_datum(value);
	if (given->slots > 0)
		return (score_counts *) given;
	counts = score_counts_new(given->digits);
	for (int i = 0; i < given->entries; i++)
		counts = score_counts_add(counts, given->entry[i].key, score_counts_at(given, i));
	return counts;
}

static inline Datum
add_score(FunctionCallInfo fcinfo, bool is_float8)
{
	score_counts *counts;
	int			digits;
	int64		key;
	bool		ranked;

	check_aggregate_context(fcinfo);
	if (PG_ARGISNULL(1))
	{
		if (PG_ARGISNULL(0))
			PG_RETURN_NULL();
		PG_RETURN_DATUM(PG_GETARG_DATUM(0));
	}
	if (PG_ARGISNULL(2))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("digits of counted scores are NULL"),
				 errhint("Say at how many decimal places scores are published, such as 2.")));
	digits = PG_GETARG_INT32(2);
	if (PG_ARGISNULL(0))
	{
		check_round_digits(digits);
		counts = score_counts_new(digits);
	}
	else
		counts = working_state(fcinfo);
	score_counts_check_digits(counts->digits, digits);
	ranked = is_float8 ? score_key_of_float8(PG_GETARG_FLOAT8(1), digits, &key) :
		score_key_of_numeric(PG_GETARG_DATUM(1), digits, &key);
	if (ranked)
		counts = score_counts_add(counts, key, 1);
	PG_RETURN_POINTER(counts);
}

PARINDEX_FUNCTION(parindex_score_counts_add_float8);
Datum
parindex_score_counts_add_float8(PG_FUNCTION_ARGS)
{
	return add_score(fcinfo, true);
}

PARINDEX_FUNCTION(parindex_score_counts_add_numeric);
Datum
parindex_score_counts_add_numeric(PG_FUNCTION_ARGS)
{
	return add_score(fcinfo, false);
}

/* Of a transition (rollup), of parts that workers counted, and of shards. */
PARINDEX_FUNCTION(parindex_score_counts_merge);
Datum
parindex_score_counts_merge(PG_FUNCTION_ARGS)
{
	score_counts *counts;
	const score_counts *other;
	int			places;

	check_aggregate_context(fcinfo);
	if (PG_ARGISNULL(1))
	{
		if (PG_ARGISNULL(0))
			PG_RETURN_NULL();
		PG_RETURN_DATUM(PG_GETARG_DATUM(0));
	}
	other = PG_GETARG_SCORE_COUNTS_P(1);
	counts = PG_ARGISNULL(0) ? score_counts_new(other->digits) : working_state(fcinfo);
	score_counts_check_digits(counts->digits, other->digits);
	places = other->slots > 0 ? other->slots : other->entries;
	for (int i = 0; i < places; i++)
	{
		if ((i & 4095) == 0)
			CHECK_FOR_INTERRUPTS();
		if (other->slots == 0)
			counts = score_counts_add(counts, other->entry[i].key, score_counts_at(other, i));
		else if (other->entry[i].count != 0)
			counts = score_counts_add(counts, other->entry[i].key, other->entry[i].count);
	}
	PG_RETURN_POINTER(counts);
}

PARINDEX_FUNCTION(parindex_score_counts_final);
Datum
parindex_score_counts_final(PG_FUNCTION_ARGS)
{
	check_aggregate_context(fcinfo);
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	PG_RETURN_POINTER(score_counts_canonical(PG_GETARG_SCORE_COUNTS_P(0)));
}
