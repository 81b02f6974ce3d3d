/*
 * weighted_power_mean.c
 *	  Weighted geometric, harmonic and power means of float8 as aggregates over
 *	  kernel/exact/power_mean.h, with what NaN and infinities lead to.
 */
#include "postgres.h"
#include "statistics/moments_state.h"

#include "kernel/exact/power_mean.h"
#include "utils/builtins.h"
#include "utils/float.h"

/* Adds (or takes out) one transformed value, or counts one that is special. */
static Datum
add_factor(FunctionCallInfo fcinfo, moments *state, const moments_factor *factor,
		   double special, double weight, bool subtract)
{
	int			words;
	moments_result result;

	if (subtract && state->n == 0)
		PG_RETURN_NULL();
	if (factor != NULL)
		GROW_AND_REPEAT(state, result, words,
						moments_add_factor(state, *factor, weight, subtract, &words));
	else
		GROW_AND_REPEAT(state, result, words,
						moments_add_special(state, MOMENTS_SUMS, special, weight,
											subtract, &words));
	if (result == MOMENTS_TOO_MANY)
		moment_state_too_many();
	AssertCheckMoments(state);
	PG_RETURN_POINTER(state);
}

static moments *
state_of(FunctionCallInfo fcinfo)
{
	check_aggregate_context(fcinfo);
	return PG_ARGISNULL(0) ? moment_state_new(MOMENTS_SUMS, 64) : PG_GETARG_MOMENTS(0);
}

/* ---------- geometric mean ---------- */

static Datum
geometric_transition(FunctionCallInfo fcinfo, bool subtract)
{
	moments    *state = state_of(fcinfo);
	double		value;
	double		weight;
	moments_factor factor;

	if (PG_ARGISNULL(1))
		PG_RETURN_POINTER(state);
	value = PG_GETARG_FLOAT8(1);
	weight = moment_state_weight(fcinfo, value);
	if (weight == 0)
		PG_RETURN_POINTER(state);	/* not there, in the domain or not */
	if (isnan(value) || value == get_float8_infinity())
		return add_factor(fcinfo, state, NULL, value, weight, subtract);
	if (power_mean_factor(value, 0, &factor) != POWER_MEAN_OK)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_ARGUMENT_FOR_LOG),
				 errmsg("geometric mean of value %s", float8out_internal(value)),
				 errdetail("A geometric mean is defined for values above zero."),
				 errhint("Normalise to a range above zero, such as 1 to 100, or set a floor with greatest().")));
	return add_factor(fcinfo, state, &factor, 0, weight, subtract);
}

PARINDEX_FUNCTION(parindex_weighted_geometric_mean_add);
Datum
parindex_weighted_geometric_mean_add(PG_FUNCTION_ARGS)
{
	return geometric_transition(fcinfo, false);
}

PARINDEX_FUNCTION(parindex_weighted_geometric_mean_remove);
Datum
parindex_weighted_geometric_mean_remove(PG_FUNCTION_ARGS)
{
	return geometric_transition(fcinfo, true);
}

/*
 * The sums of a state, for the final functions: false where there is no
 * weight. What NaN and infinities lead to is in *special, with *is_special.
 */
static bool
sums_of(const moments *state, exact_integer *sum, exact_integer *weight,
		double *special, bool *is_special)
{
	moments_sum(state, WINDOW_W, weight);
	if (weight->limbs == 0)
		return false;
	*is_special = moment_state_special_mean(state, special);
	if (!*is_special)
		moments_sum(state, WINDOW_WX, sum);
	return true;
}

PARINDEX_FUNCTION(parindex_weighted_geometric_mean_final);
Datum
parindex_weighted_geometric_mean_final(PG_FUNCTION_ARGS)
{
	exact_integer sum;
	exact_integer weight;
	double		special;
	bool		is_special;
	double		mean;

	if (PG_ARGISNULL(0) ||
		!sums_of(PG_GETARG_MOMENTS(0), &sum, &weight, &special, &is_special))
		PG_RETURN_NULL();
	if (is_special)
		PG_RETURN_FLOAT8(special);
	power_mean_root(&sum, &weight, 0, &mean);
	PG_RETURN_FLOAT8(mean);
}

/* ---------- power means, the harmonic mean being that of -1 ---------- */

pg_noreturn static void power_of_zero(double power);
pg_noreturn static void
power_of_zero(double power)
{
	ereport(ERROR,
			(errcode(ERRCODE_DIVISION_BY_ZERO),
			 power == -1 ? errmsg("harmonic mean of value 0") :
			 errmsg("power mean of exponent %s of value 0", float8out_internal(power)),
			 errdetail("With a negative exponent every value must differ from zero."),
			 errhint("Normalise to a range above zero, such as 1 to 100, or set a floor with greatest().")));
}

pg_noreturn static void
power_of_negative(double value, double power)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_ARGUMENT_FOR_POWER_FUNCTION),
			 errmsg("power mean of exponent %s of value %s",
					float8out_internal(power), float8out_internal(value)),
			 errdetail("Values below zero are defined for exponents 1, -1 and even integers only.")));
}

/* value^power of a finite value as a factor. */
static moments_factor
power_factor(double value, double power)
{
	moments_factor factor;

	switch (power_mean_factor(value, power, &factor))
	{
		case POWER_MEAN_OK:
		case POWER_MEAN_NOT_POSITIVE:	/* of exponent 0 alone */
			break;
		case POWER_MEAN_ZERO:
			power_of_zero(power);
			break;
		case POWER_MEAN_NEGATIVE:
			power_of_negative(value, power);
			break;
		case POWER_MEAN_RANGE:
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("value %s to the power of %s is out of range",
							float8out_internal(value), float8out_internal(power)),
					 errdetail("Powers reach from 2^-%d to 2^%d.",
							   POWER_MEAN_EXPONENT, POWER_MEAN_EXPONENT),
					 errhint("Scale the values first.")));
			break;
	}
	return factor;
}

static Datum
power_transition(FunctionCallInfo fcinfo, moments *state, double power, bool subtract)
{
	double		value = PG_GETARG_FLOAT8(1);
	double		weight = moment_state_weight(fcinfo, value);
	moments_factor factor = {0, 0, false};

	/* What has no weight is not there, in its domain or not. */
	if (weight == 0)
		PG_RETURN_POINTER(state);
	if (isnan(value))
		return add_factor(fcinfo, state, NULL, value, weight, subtract);
	if (isinf(value))
	{
		if (value < 0 && !power_mean_is_even(power) && power != 1 && power != -1)
			power_of_negative(value, power);
		if (power > 0)
			return add_factor(fcinfo, state, NULL,
							  power_mean_is_even(power) ? fabs(value) : value,
							  weight, subtract);
		/* Infinity to a negative power is zero. */
	}
	else
		factor = power_factor(value, power);
	return add_factor(fcinfo, state, &factor, 0, weight, subtract);
}

static Datum
harmonic_transition(FunctionCallInfo fcinfo, bool subtract)
{
	moments    *state = state_of(fcinfo);

	if (PG_ARGISNULL(1))
		PG_RETURN_POINTER(state);
	return power_transition(fcinfo, state, -1, subtract);
}

PARINDEX_FUNCTION(parindex_weighted_harmonic_mean_add);
Datum
parindex_weighted_harmonic_mean_add(PG_FUNCTION_ARGS)
{
	return harmonic_transition(fcinfo, false);
}

PARINDEX_FUNCTION(parindex_weighted_harmonic_mean_remove);
Datum
parindex_weighted_harmonic_mean_remove(PG_FUNCTION_ARGS)
{
	return harmonic_transition(fcinfo, true);
}

/* The exponent in argument 3, which the state remembers from its first row. */
static double
power_argument(FunctionCallInfo fcinfo, moments **state)
{
	double		power;
	int			words;
	moments_result result;

	if (PG_ARGISNULL(3))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("exponent of a power mean is NULL")));
	power = PG_GETARG_FLOAT8(3);
	if ((*state)->parts & MOMENTS_POWER)
	{
		if (moments_power(*state) != power)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("exponent of a power mean changes from %s to %s",
							float8out_internal(moments_power(*state)),
							float8out_internal(power)),
					 errhint("Use the same exponent for all rows of a group.")));
		return power;
	}
	if (!double_is_finite(power))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("exponent %s of a power mean is not finite",
						float8out_internal(power)),
				 errhint("Use min() or max().")));
	if (fabs(power) < POWER_MEAN_SMALLEST)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("exponent %s of a power mean is too close to zero",
						float8out_internal(power)),
				 errhint("Use weighted_geometric_mean(), which is the limit at zero.")));
	GROW_AND_REPEAT(*state, result, words, moments_set_power(*state, power, &words));
	return power;
}

static Datum
weighted_power_transition(FunctionCallInfo fcinfo, bool subtract)
{
	moments    *state = state_of(fcinfo);
	double		power;

	if (PG_ARGISNULL(1))
		PG_RETURN_POINTER(state);
	power = power_argument(fcinfo, &state);
	return power_transition(fcinfo, state, power, subtract);
}

PARINDEX_FUNCTION(parindex_weighted_power_mean_add);
Datum
parindex_weighted_power_mean_add(PG_FUNCTION_ARGS)
{
	return weighted_power_transition(fcinfo, false);
}

PARINDEX_FUNCTION(parindex_weighted_power_mean_remove);
Datum
parindex_weighted_power_mean_remove(PG_FUNCTION_ARGS)
{
	return weighted_power_transition(fcinfo, true);
}

/* (sum / weight)^(1 / power), or why there is none. */
static double
power_root(const exact_integer *sum, const exact_integer *weight, double power)
{
	double		mean;

	switch (power_mean_root(sum, weight, power, &mean))
	{
		case POWER_MEAN_ZERO:
			ereport(ERROR,
					(errcode(ERRCODE_DIVISION_BY_ZERO),
					 errmsg("mean of exponent %s is undefined",
							float8out_internal(power)),
					 errdetail("The weighted values to this power add up to zero.")));
			break;
		case POWER_MEAN_RANGE:
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("power mean is out of range for type double precision"),
					 errhint("Scale the values down, or use numeric.")));
			break;
		default:
			break;
	}
	return mean;
}

static Datum
power_final(FunctionCallInfo fcinfo, bool harmonic)
{
	const moments *state;
	exact_integer sum;
	exact_integer weight;
	double		special;
	bool		is_special;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	state = PG_GETARG_MOMENTS(0);
	if (!sums_of(state, &sum, &weight, &special, &is_special))
		PG_RETURN_NULL();
	if (is_special)
		PG_RETURN_FLOAT8(special);
	if (!harmonic && !(state->parts & MOMENTS_POWER))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("state is not one of a power mean"),
				 errdetail("It has no exponent.")));
	PG_RETURN_FLOAT8(power_root(&sum, &weight, harmonic ? -1 : moments_power(state)));
}

PARINDEX_FUNCTION(parindex_weighted_harmonic_mean_final);
Datum
parindex_weighted_harmonic_mean_final(PG_FUNCTION_ARGS)
{
	return power_final(fcinfo, true);
}

PARINDEX_FUNCTION(parindex_weighted_power_mean_final);
Datum
parindex_weighted_power_mean_final(PG_FUNCTION_ARGS)
{
	return power_final(fcinfo, false);
}
