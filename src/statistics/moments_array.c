/*
 * moments_array.c
 *	  Growth, merging and transport between workers of the states of
 *	  moments_array.h.
 */
#include "postgres.h"
#include "statistics/moments_array.h"

#include "miscadmin.h"
#include "utils/memutils.h"

moment_array *
moment_array_new(MemoryContext context, int length, unsigned keep, Size first_size)
{
	MemoryContext caller = MemoryContextSwitchTo(context);
	moment_array *array = palloc(offsetof(moment_array, state) + sizeof(moments *) * length);

	array->context = context;
	array->length = length;
	for (int i = 0; i < length; i++)
		array->state[i] = first_size == 0 ? NULL : moment_state_new(keep, first_size);
	MemoryContextSwitchTo(caller);
	return array;
}

/* Gives a state room; GROW_AND_REPEAT's counterpart in the array's own memory. */
static void
grow(moment_array *array, int i, int words)
{
	MemoryContext caller = MemoryContextSwitchTo(array->context);
	moments    *small = array->state[i];

	array->state[i] = moment_state_grow(small, words);
	pfree(small);
	MemoryContextSwitchTo(caller);
}

void
moment_array_add_slow(moment_array *array, int i, unsigned keep, double x, double w)
{
	moments_result result;
	int			words;

	while ((result = moments_add_slow(array->state[i], keep, x, w, false, &words)) == MOMENTS_NO_ROOM)
		grow(array, i, words);
	if (result == MOMENTS_TOO_MANY)
		moment_state_too_many();
	AssertCheckMoments(array->state[i]);
}

void
moment_array_merge_state(moment_array *array, int i, const moments *other)
{
	moments_result result;
	int			words;

	while ((result = moments_merge(array->state[i], other, false, &words)) == MOMENTS_NO_ROOM)
		grow(array, i, words);
	if (result == MOMENTS_TOO_MANY)
		moment_state_too_many();
	AssertCheckMoments(array->state[i]);
}

static moment_array *
copy_array(MemoryContext context, const moment_array *other)
{
	moment_array *array = moment_array_new(context, other->length, 0, 0);
	MemoryContext caller = MemoryContextSwitchTo(context);

	for (int i = 0; i < other->length; i++)
		array->state[i] = moment_state_grow(other->state[i], other->state[i]->capacity);
	MemoryContextSwitchTo(caller);
	return array;
}

PARINDEX_FUNCTION(parindex_moment_array_merge);
Datum
parindex_moment_array_merge(PG_FUNCTION_ARGS)
{
	MemoryContext context;
	moment_array *array;
	const moment_array *other;

	if (!AggCheckCallContext(fcinfo, &context))
		outside_aggregate();
	if (PG_ARGISNULL(1))
		return moment_array_as_it_was(fcinfo);
	other = (const moment_array *) PG_GETARG_POINTER(1);
	if (PG_ARGISNULL(0))
		PG_RETURN_POINTER(copy_array(context, other));
	array = (moment_array *) PG_GETARG_POINTER(0);
	if (array->length != other->length)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("lists of %d and %d elements in one aggregate",
						array->length - 1, other->length - 1)));
	for (int i = 0; i < array->length; i++)
		moment_array_merge_state(array, i, other->state[i]);
	PG_RETURN_POINTER(array);
}

/* The number of states, then each with its length word, 8-byte aligned. */
#define SERIAL_HEADER MAXALIGN(VARHDRSZ + sizeof(int32))

PARINDEX_FUNCTION(parindex_moment_array_serialize);
Datum
parindex_moment_array_serialize(PG_FUNCTION_ARGS)
{
	const moment_array *array;
	Size		size = SERIAL_HEADER;
	bytea	   *serial;
	char	   *next;

	check_aggregate_context(fcinfo);
	array = (const moment_array *) PG_GETARG_POINTER(0);
	for (int i = 0; i < array->length; i++)
		size += VARSIZE(array->state[i]);
	if (!AllocSizeIsValid(size))
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("an aggregate state of %zu bytes is too large", size)));
	serial = palloc0(size);
	SET_VARSIZE(serial, size);
	memcpy(VARDATA(serial), &array->length, sizeof(int32));
	next = (char *) serial + SERIAL_HEADER;
	for (int i = 0; i < array->length; i++)
	{
		memcpy(next, array->state[i], VARSIZE(array->state[i]));
		next += VARSIZE(array->state[i]);
	}
	PG_RETURN_BYTEA_P(serial);
}

/* From a worker of the same query only: SQL cannot call a function of internal. */
PARINDEX_FUNCTION(parindex_moment_array_deserialize);
Datum
parindex_moment_array_deserialize(PG_FUNCTION_ARGS)
{
	bytea	   *serial = PG_GETARG_BYTEA_P(0);
	const char *next = (const char *) serial + SERIAL_HEADER;
	moment_array *array;
	int32		length;

	check_aggregate_context(fcinfo);
	memcpy(&length, VARDATA(serial), sizeof(length));
	array = moment_array_new(CurrentMemoryContext, length, 0, 0);
	for (int i = 0; i < length; i++)
	{
		/* The bytes may lie anywhere: the length is read without alignment. */
		moments		header;

		memcpy(&header, next, MOMENTS_HEADER_SIZE);
		array->state[i] = palloc(VARSIZE(&header));
		memcpy(array->state[i], next, VARSIZE(&header));
		AssertCheckMoments(array->state[i]);
		next += VARSIZE(&header);
	}
	PG_RETURN_POINTER(array);
}
