/*
 * weighted_variance.c
 *	  Weighted variance and standard deviation of float8, from exact sums,
 *	  rounded once; and what they share with the accessors of score_stats.
 */
#include "postgres.h"
#include "base/arguments/choice.h"
#include "base/result_column.h"
#include "statistics/weighted_variance.h"

#include "utils/float.h"

/* The kind of variance that a text argument names. */
variance_kind
parse_variance_kind(const text *kind)
{
	static const choice kinds[] = {
		{"reliability", VARIANCE_RELIABILITY},
		{"frequency", VARIANCE_FREQUENCY},
		{"population", VARIANCE_POPULATION},
		{NULL, 0}
	};

	return (variance_kind) choose(kind, "kind of variance", kinds);
}

/* Variance, or its square root; false where it is undefined. */
bool
moment_state_variance(const moments *state, variance_kind kind, bool root,
					  double *result)
{
	exact_integer numerator;
	exact_integer denominator;
	moments_specials specials = moments_get_specials(state);

	if (!moments_variance(state, kind, &numerator, &denominator))
		return false;
	if (specials.nan > 0 || specials.positive > 0 || specials.negative > 0)
		*result = get_float8_nan();
	else if (root)
		*result = check_finite_result(exact_ratio_round_sqrt(&numerator, &denominator),
									  "standard deviation");
	else
		*result = check_finite_result(exact_ratio_round(&numerator, &denominator),
									  "variance");
	return true;
}

static Datum
variance_final(FunctionCallInfo fcinfo, bool root)
{
	double		result;

	if (PG_ARGISNULL(0) ||
		!moment_state_variance(PG_GETARG_MOMENTS(0), VARIANCE_RELIABILITY, root, &result))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}

PARINDEX_FUNCTION(parindex_weighted_variance_final);
Datum
parindex_weighted_variance_final(PG_FUNCTION_ARGS)
{
	return variance_final(fcinfo, false);
}

PARINDEX_FUNCTION(parindex_weighted_stddev_final);
Datum
parindex_weighted_stddev_final(PG_FUNCTION_ARGS)
{
	return variance_final(fcinfo, true);
}
