/*
 * moments_array.h
 *	  Many states of kernel/exact/moments.h in one aggregate: a state of type
 *	  internal while rows come in, an array of one typed state each at the end.
 */
#ifndef PARINDEX_MOMENTS_ARRAY_H
#define PARINDEX_MOMENTS_ARRAY_H

#include "statistics/moments_state.h"

typedef struct moment_array
{
	MemoryContext context;		/* of the states */
	int			length;
	moments    *state[FLEXIBLE_ARRAY_MEMBER];
} moment_array;

extern moment_array *moment_array_new(MemoryContext context, int length,
									  unsigned keep, Size first_size);
extern void moment_array_add_slow(moment_array *array, int i, unsigned keep, double x, double w);
extern void moment_array_merge_state(moment_array *array, int i, const moments *other);

/* What a row that is left out makes of the state in argument 0. */
static inline Datum
moment_array_as_it_was(FunctionCallInfo fcinfo)
{
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	return PG_GETARG_DATUM(0);
}

/* Adds a row to the i-th state; the weight is finite and not negative. */
static pg_attribute_always_inline void
moment_array_add(moment_array *array, int i, const unsigned keep, double x, double w)
{
	if (unlikely(!moments_add_fast(array->state[i], keep, x, w, false)))
		moment_array_add_slow(array, i, keep, x, w);
}

#endif							/* PARINDEX_MOMENTS_ARRAY_H */
