/*
 * weighted_mean.c
 *	  Weighted mean and sum of float8: sum(w*x) / sum(w) and sum(w*x), the
 *	  exact values rounded once.
 */
#include "postgres.h"
#include "base/result_column.h"
#include "statistics/moments_state.h"

/* NULL where no row has a value, or all weights are zero. */
PARINDEX_FUNCTION(parindex_weighted_mean_final);
Datum
parindex_weighted_mean_final(PG_FUNCTION_ARGS)
{
	const moments *state;
	exact_integer sum;
	exact_integer weight;
	double		result;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	state = PG_GETARG_MOMENTS(0);
	moments_sum(state, WINDOW_W, &weight);
	if (weight.limbs == 0)
		PG_RETURN_NULL();
	if (moment_state_special_mean(state, &result))
		PG_RETURN_FLOAT8(result);
	moments_sum(state, WINDOW_WX, &sum);
	PG_RETURN_FLOAT8(exact_ratio_round(&sum, &weight));
}

/* NULL where no row has a value. */
PARINDEX_FUNCTION(parindex_weighted_sum_final);
Datum
parindex_weighted_sum_final(PG_FUNCTION_ARGS)
{
	const moments *state;
	exact_integer sum;
	double		result;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	state = PG_GETARG_MOMENTS(0);
	if (state->n == 0)
		PG_RETURN_NULL();
	if (moment_state_special_mean(state, &result))
		PG_RETURN_FLOAT8(result);
	moments_sum(state, WINDOW_WX, &sum);
	PG_RETURN_FLOAT8(check_finite_result(exact_integer_round(&sum), "weighted sum"));
}
