/*
 * moments_state.c
 *	  Allocation, growth, transition, inverse and merging of the aggregate
 *	  states weighted_sums, weighted_moments and score_stats.
 */
#include "postgres.h"
#include "statistics/moments_state.h"

#include "utils/builtins.h"
#include "utils/float.h"

/*
 * Working states have exactly 64, 128, 256 ... bytes: the allocator rounds up
 * to these anyway, and what is over is room to widen a window.
 */
#define SMALLEST_STATE 64

static Size
tier_size(int words)
{
	Size		size = SMALLEST_STATE;

	while (size < MOMENTS_HEADER_SIZE + sizeof(uint64) * words)
		size *= 2;
	return size;
}

static inline int
words_of(Size size)
{
	return (int) ((size - MOMENTS_HEADER_SIZE) / sizeof(uint64));
}

#ifdef USE_ASSERT_CHECKING
void
AssertCheckMoments(const moments *state)
{
	double		min,
				max;

	Assert(!VARATT_IS_EXTENDED(state));
	Assert(state->version == MOMENTS_VERSION);
	Assert(VARSIZE(state) == MOMENTS_HEADER_SIZE + sizeof(uint64) * state->capacity);
	Assert(moments_used_words(state) <= state->capacity);
	Assert(state->n >= 0);
	Assert(!moments_extremes(state, &min, &max) || min <= max);
	for (int i = 0; i < MOMENTS_WINDOWS; i++)
		Assert(state->parts & (1 << i) || state->limbs[i] == 0);
}
#endif

/* An empty state of a tier's size. */
moments *
moment_state_new(unsigned parts, Size size)
{
	moments    *state = palloc(size);

	SET_VARSIZE(state, size);
	moments_init(state, parts, words_of(size));
	AssertCheckMoments(state);
	return state;
}

/* A working copy with room for so many words. */
moments *
moment_state_grow(const moments *state, int words)
{
	Size		size = tier_size(words);
	moments    *grown = palloc0(size);

	Assert(words >= moments_used_words(state) && words <= MOMENTS_MAX_WORDS);
	memcpy(grown, state, MOMENTS_HEADER_SIZE +
		   sizeof(uint64) * moments_used_words(state));
	SET_VARSIZE(grown, size);
	grown->capacity = (uint16) words_of(size);
	AssertCheckMoments(grown);
	return grown;
}

moments *
moment_state_canonical(const moments *state)
{
	moments    *canonical;

	AssertCheckMoments(state);
	canonical = palloc0(MOMENTS_HEADER_SIZE +
						sizeof(uint64) * moments_used_words(state));
	moments_canonical(state, canonical);
	SET_VARSIZE(canonical, MOMENTS_HEADER_SIZE + sizeof(uint64) * canonical->capacity);
	AssertCheckMoments(canonical);
	return canonical;
}

void
moment_state_too_many(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
			 errmsg("too many rows in one aggregate state"),
			 errdetail("A state counts at most 9223372036854775807 rows.")));
}

/* What is wrong with the weight in argument 2 of a row that has a value. */
void
moment_state_bad_weight(FunctionCallInfo fcinfo, double value)
{
	if (PG_ARGISNULL(2))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("weight of value %s is NULL",
						float8out_internal(value)),
				 errhint("Give every value a weight, or leave the row out with FILTER (WHERE weight IS NOT NULL).")));
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("weight %s of value %s is not valid",
					float8out_internal(PG_GETARG_FLOAT8(2)),
					float8out_internal(value)),
			 errdetail("A weight must be a finite number, not below zero.")));
}

/* What NaN and infinities make of a sum or mean; false where there are none. */
bool
moment_state_special_mean(const moments *state, double *result)
{
	moments_specials specials = moments_get_specials(state);

	if (specials.nan > 0 || (specials.positive > 0 && specials.negative > 0))
		*result = get_float8_nan();
	else if (specials.positive > 0)
		*result = get_float8_infinity();
	else if (specials.negative > 0)
		*result = -get_float8_infinity();
	else
		return false;
	return true;
}

/*
 * Transition of one kind of state, adding a row or taking it out. With
 * `weighted`, arguments are state, value, weight; else state, value. The
 * constants make each caller's code its own.
 */
static pg_attribute_always_inline Datum
transition(FunctionCallInfo fcinfo, const unsigned keep, const bool weighted,
		   const bool subtract, const Size first_size)
{
	moments    *state;
	double		value;
	double		weight = 1;
	int			words;
	moments_result result;

	check_aggregate_context(fcinfo);
	state = PG_ARGISNULL(0) ? moment_state_new(keep, first_size) :
		PG_GETARG_MOMENTS(0);
	if (PG_ARGISNULL(1))
		PG_RETURN_POINTER(state);
	if (subtract && state->n == 0)
		PG_RETURN_NULL();		/* only an aggregate of the user's can ask for it */
	value = PG_GETARG_FLOAT8(1);
	if (weighted)
		weight = moment_state_weight(fcinfo, value);

	if (likely(moments_add_fast(state, keep, value, weight, subtract)))
		PG_RETURN_POINTER(state);

	GROW_AND_REPEAT(state, result, words,
					moments_add_slow(state, keep, value, weight, subtract, &words));
	if (result == MOMENTS_RESTART)
		PG_RETURN_NULL();
	if (result == MOMENTS_TOO_MANY)
		moment_state_too_many();
	AssertCheckMoments(state);
	PG_RETURN_POINTER(state);
}

#define TRANSITION(name, keep, weighted, subtract, first_size) \
PARINDEX_FUNCTION(name); \
Datum \
name(PG_FUNCTION_ARGS) \
{ \
	return transition(fcinfo, keep, weighted, subtract, first_size); \
}

/* What is kept where all weights are 1: the sums of these are left out. */
#define UNWEIGHTED(parts) ((parts) & ~(unsigned) (MOMENTS_W | MOMENTS_WW))

TRANSITION(parindex_weighted_sums_add, MOMENTS_SUMS, true, false, 64)
TRANSITION(parindex_weighted_sums_remove, MOMENTS_SUMS, true, true, 64)
TRANSITION(parindex_weighted_moments_add, MOMENTS_SQUARES, true, false, 128)
TRANSITION(parindex_weighted_moments_remove, MOMENTS_SQUARES, true, true, 128)
TRANSITION(parindex_score_stats_add, UNWEIGHTED(MOMENTS_STATS), false, false, 128)
TRANSITION(parindex_score_stats_remove, UNWEIGHTED(MOMENTS_STATS), false, true, 128)
TRANSITION(parindex_score_stats_add_weighted, MOMENTS_STATS, true, false, 256)
TRANSITION(parindex_score_stats_remove_weighted, MOMENTS_STATS, true, true, 256)

/*
 * Merge argument 1 into argument 0, or take it out. Serves as the combine
 * function of every kind, and as the transition of rollup.
 */
static Datum
merge(FunctionCallInfo fcinfo, bool subtract)
{
	moments    *state;
	const moments *other;
	int			words;
	moments_result result;
	Datum		kept;

	if (!both_states(fcinfo, &kept))
	{
		/* A moving rollup must have a state, and it is of score_stats. */
		if (fcinfo->isnull && AggCheckCallContext(fcinfo, NULL) == AGG_CONTEXT_WINDOW)
		{
			fcinfo->isnull = false;
			PG_RETURN_POINTER(moment_state_new(UNWEIGHTED(MOMENTS_STATS), 128));
		}
		/* Nothing can be taken out of nothing. */
		if (subtract && PG_ARGISNULL(0))
			PG_RETURN_NULL();
		return kept;
	}
	state = PG_GETARG_MOMENTS(0);
	other = PG_GETARG_MOMENTS(1);
	AssertCheckMoments(state);
	AssertCheckMoments(other);
	if (state->parts & other->parts & MOMENTS_POWER &&
		moments_power(state) != moments_power(other))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("power means of exponents %s and %s cannot be merged",
						float8out_internal(moments_power(state)),
						float8out_internal(moments_power(other)))));
	GROW_AND_REPEAT(state, result, words,
					moments_merge(state, other, subtract, &words));
	if (result == MOMENTS_RESTART)
		PG_RETURN_NULL();
	if (result == MOMENTS_TOO_MANY)
		moment_state_too_many();
	AssertCheckMoments(state);
	PG_RETURN_POINTER(state);
}

PARINDEX_FUNCTION(parindex_moments_merge);
Datum
parindex_moments_merge(PG_FUNCTION_ARGS)
{
	return merge(fcinfo, false);
}

PARINDEX_FUNCTION(parindex_moments_unmerge);
Datum
parindex_moments_unmerge(PG_FUNCTION_ARGS)
{
	return merge(fcinfo, true);
}

/* Final function of the aggregates that return their state. */
PARINDEX_FUNCTION(parindex_moments_final);
Datum
parindex_moments_final(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(0) || PG_GETARG_MOMENTS(0)->n == 0)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(moment_state_canonical(PG_GETARG_MOMENTS(0)));
}
