/*
 * score_stats.c
 *	  Accessors of the type score_stats: what its exact sums say, each figure
 *	  rounded once.
 */
#include "postgres.h"
#include "base/result_column.h"
#include "statistics/weighted_variance.h"

#include "utils/float.h"

PARINDEX_FUNCTION(parindex_score_stats_count_of);
Datum
parindex_score_stats_count_of(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(PG_GETARG_MOMENTS(0)->n);
}

PARINDEX_FUNCTION(parindex_score_stats_weight_of);
Datum
parindex_score_stats_weight_of(PG_FUNCTION_ARGS)
{
	exact_integer weight;

	moments_sum(PG_GETARG_MOMENTS(0), WINDOW_W, &weight);
	PG_RETURN_FLOAT8(check_finite_result(exact_integer_round(&weight), "sum of weights"));
}

static Datum
variance_of(FunctionCallInfo fcinfo, bool root)
{
	variance_kind kind = PG_NARGS() > 1 ?
		parse_variance_kind(PG_GETARG_TEXT_PP(1)) : VARIANCE_RELIABILITY;
	double		result;

	if (!moment_state_variance(PG_GETARG_MOMENTS(0), kind, root, &result))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}

PARINDEX_FUNCTION(parindex_score_stats_variance_of);
Datum
parindex_score_stats_variance_of(PG_FUNCTION_ARGS)
{
	return variance_of(fcinfo, false);
}

PARINDEX_FUNCTION(parindex_score_stats_stddev_of);
Datum
parindex_score_stats_stddev_of(PG_FUNCTION_ARGS)
{
	return variance_of(fcinfo, true);
}

/* As core's min(): infinities are values, NaN is the largest. */
PARINDEX_FUNCTION(parindex_score_stats_min_of);
Datum
parindex_score_stats_min_of(PG_FUNCTION_ARGS)
{
	const moments *state = PG_GETARG_MOMENTS(0);
	moments_specials specials = moments_get_specials(state);
	double		min;
	double		max;

	if (state->n == 0)
		PG_RETURN_NULL();
	if (specials.negative > 0)
		PG_RETURN_FLOAT8(-get_float8_infinity());
	if (moments_extremes(state, &min, &max))
		PG_RETURN_FLOAT8(min);
	PG_RETURN_FLOAT8(specials.positive > 0 ? get_float8_infinity() : get_float8_nan());
}

PARINDEX_FUNCTION(parindex_score_stats_max_of);
Datum
parindex_score_stats_max_of(PG_FUNCTION_ARGS)
{
	const moments *state = PG_GETARG_MOMENTS(0);
	moments_specials specials = moments_get_specials(state);
	double		min;
	double		max;

	if (state->n == 0)
		PG_RETURN_NULL();
	if (specials.nan > 0)
		PG_RETURN_FLOAT8(get_float8_nan());
	if (specials.positive > 0)
		PG_RETURN_FLOAT8(get_float8_infinity());
	if (moments_extremes(state, &min, &max))
		PG_RETURN_FLOAT8(max);
	PG_RETURN_FLOAT8(-get_float8_infinity());
}
