/*
 * moments_state.h
 *	  Aggregate states over kernel/exact/moments.h as PostgreSQL values.
 *
 * The types weighted_sums, weighted_moments and score_stats share one layout:
 * a varlena whose 4-byte header is the kernel's length word. Their STORAGE is
 * plain and their alignment double, so a Datum can be read in place.
 */
#ifndef PARINDEX_MOMENTS_STATE_H
#define PARINDEX_MOMENTS_STATE_H

#include "base/aggregate_context.h"
#include "kernel/exact/moments.h"

StaticAssertDecl(offsetof(moments, word) == MOMENTS_HEADER_SIZE,
				 "the header of a moments state must be 24 bytes");
StaticAssertDecl(offsetof(moments, word) % sizeof(uint64) == 0,
				 "the words of a moments state must be aligned");

#define DatumGetMoments(datum) ((moments *) DatumGetPointer(datum))
#define PG_GETARG_MOMENTS(i) DatumGetMoments(PG_GETARG_DATUM(i))

extern moments *moment_state_new(unsigned parts, Size size);
extern moments *moment_state_grow(const moments *state, int words);
extern moments *moment_state_canonical(const moments *state);
pg_noreturn extern void moment_state_bad_weight(FunctionCallInfo fcinfo, double value);
pg_noreturn extern void moment_state_too_many(void);
extern bool moment_state_special_mean(const moments *state, double *result);

/* The weight in argument 2 of a row whose value is not NULL. */
static inline double
moment_state_weight(FunctionCallInfo fcinfo, double value)
{
	double		weight = PG_GETARG_FLOAT8(2);

	if (unlikely(PG_ARGISNULL(2) || !(weight >= 0) || !double_is_finite(weight)))
		moment_state_bad_weight(fcinfo, value);
	return weight;
}

/*
 * Repeat a kernel call until the state has the room it asks for. The first
 * state and any grown one come from CurrentMemoryContext: the executor copies
 * them to the aggregate's context and frees what they replace.
 */
#define GROW_AND_REPEAT(state, result, words, call) \
	while (((result) = (call)) == MOMENTS_NO_ROOM) \
		(state) = moment_state_grow((state), (words))

#ifdef USE_ASSERT_CHECKING
extern void AssertCheckMoments(const moments *state);
#else
#define AssertCheckMoments(state) ((void) 0)
#endif

#endif							/* PARINDEX_MOMENTS_STATE_H */
