/*
 * decimal_stats.c
 *	  Aggregates over decimals: weighted mean and sum of numeric, exact.
 *
 * Every result is a function of the exact sums of w and w * x alone, so it
 * does not depend on the order of the rows, on parallel workers, on how
 * partial results were stored, or on the path of a window frame.  mean() is
 * core's numeric division of the two sums, hence equal digit for digit to
 * sum(x * w) / sum(w); with a number of digits it is rounded once, from the
 * exact quotient.
 */
#include "postgres.h"
#include "base/interrupts.h"
#include "base/compat.h"

#include "fmgr.h"
#include "utils/builtins.h"

#include "base/aggregate_context.h"
#include "statistics/decimal_changes.h"
#include "statistics/decimal_totals.h"

/* Most digits of a mean: the largest scale a numeric column can have. */
#define MEAN_DIGITS_MAX NUMERIC_MAX_SCALE

/* The weight of rows without one. */
static const uint16 digit_one = 1;
static const numeric_digits weight_one = {
	.kind = NUMERIC_FINITE, .count = 1, .digit = (const char *) &digit_one
};

/* What is wrong with the weight in argument 2 of a row that has a value. */
static pg_noinline void
weight_error(FunctionCallInfo fcinfo)
{
	char	   *value = numeric_clipped(PG_GETARG_NUMERIC(1));

	if (PG_ARGISNULL(2))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("weight of value %s is NULL", value),
				 errhint("Give every value a weight, or leave the row out with FILTER (WHERE weight IS NOT NULL).")));
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("weight %s of value %s is not valid",
					numeric_clipped(PG_GETARG_NUMERIC(2)), value),
			 errdetail("A weight must be a finite number, not below zero.")));
}

/*
 * Read the row (state, value [, weight]) of a transition function; false if
 * its value is NULL, which leaves it out.
 */
static inline bool
read_row(FunctionCallInfo fcinfo, numeric_digits *value, numeric_digits *weight)
{
	if (PG_ARGISNULL(1))
		return false;
	numeric_digits_read(value, PG_GETARG_DATUM(1));

	if (PG_NARGS() == 2)
	{
		*weight = weight_one;
		return true;
	}
	if (unlikely(PG_ARGISNULL(2)))
		weight_error(fcinfo);
	numeric_digits_read(weight, PG_GETARG_DATUM(2));
	if (unlikely(weight->kind != NUMERIC_FINITE || weight->negative))
		weight_error(fcinfo);
	return true;
}

/*
 * (state, value [, weight]) -> state with the row.  Never NULL: in moving mode
 * that would mean something else.
 */
PARINDEX_FUNCTION(parindex_decimal_stats_add);
Datum
parindex_decimal_stats_add(PG_FUNCTION_ARGS)
{
	decimal_stats *state;
	numeric_digits value,
				weight;

	check_aggregate_context(fcinfo);
	state = PG_ARGISNULL(0) ? decimal_stats_empty() :
		PG_GETARG_DECIMAL_STATS_P(0);
	if (likely(read_row(fcinfo, &value, &weight)))
		state = decimal_stats_add(state, &value, &weight);
	PG_RETURN_POINTER(state);
}

/* (state, value [, weight]) -> state without the row; NULL: start again. */
PARINDEX_FUNCTION(parindex_decimal_stats_remove);
Datum
parindex_decimal_stats_remove(PG_FUNCTION_ARGS)
{
	decimal_stats *state;
	numeric_digits value,
				weight;

	check_aggregate_context(fcinfo);
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();		/* only an aggregate of the user's can ask for it */
	state = PG_GETARG_DECIMAL_STATS_P(0);
	if (read_row(fcinfo, &value, &weight))
		state = decimal_stats_remove(state, &value, &weight);
	if (state == NULL)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(state);
}

/* (state, state) -> state of the rows of both; the second is not changed. */
PARINDEX_FUNCTION(parindex_decimal_stats_merge);
Datum
parindex_decimal_stats_merge(PG_FUNCTION_ARGS)
{
	Datum		kept;

	if (!both_states(fcinfo, &kept))
	{
		if (!fcinfo->isnull)
			return kept;
		/* Never NULL, as in parindex_decimal_stats_add(). */
		fcinfo->isnull = false;
		PG_RETURN_POINTER(decimal_stats_empty());
	}
	PG_RETURN_POINTER(decimal_stats_merge(PG_GETARG_DECIMAL_STATS_P(0),
										  PG_GETARG_DECIMAL_STATS_P(1)));
}

/* (state, state) -> the first without the rows of the second; NULL: again. */
PARINDEX_FUNCTION(parindex_decimal_stats_unmerge);
Datum
parindex_decimal_stats_unmerge(PG_FUNCTION_ARGS)
{
	decimal_stats *state;

	check_aggregate_context(fcinfo);
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();		/* as in parindex_decimal_stats_remove() */
	state = PG_GETARG_DECIMAL_STATS_P(0);
	if (!PG_ARGISNULL(1))
		state = decimal_stats_unmerge(state, PG_GETARG_DECIMAL_STATS_P(1));
	if (state == NULL)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(state);
}

/* Strict: state -> its canonical form, NULL if it has no rows. */
PARINDEX_FUNCTION(parindex_decimal_stats_final);
Datum
parindex_decimal_stats_final(PG_FUNCTION_ARGS)
{
	const decimal_stats *state = PG_GETARG_DECIMAL_STATS_P(0);
	decimal_totals totals;

	AssertCheckDecimalStats(state);
	if (state->n == 0)
		PG_RETURN_NULL();
	decimal_stats_totals(state, &totals);
	PG_RETURN_POINTER(decimal_totals_canonical(&totals));
}

/*
 * A copy of a normalised sum, rounded to scale decimals, half away from zero;
 * sign -1 negates it.
 */
static decimal_sum
rounded_copy(const decimal_sum *sum, int scale, int sign)
{
	decimal_sum copy;
	int32		last = decimal_sum_low_limb(scale);

	/* From the lowest limb, or the last decimal's, to one above both. */
	copy.low = Min(sum->low, last);
	copy.count = Max(decimal_sum_top(sum), last + 1) + 1 - copy.low;
	copy.limb = palloc0(copy.count * sizeof(int64));
	decimal_sum_add(&copy, sum, sign);
	decimal_sum_round(&copy, scale);
	return copy;
}

/* A total as core's sum() would display it. */
static Numeric
total_numeric(const decimal_total *total)
{
	if (total->scale > NUMERIC_STORED_SCALE_MAX)
	{
		decimal_sum rounded = rounded_copy(&total->sum,
										   NUMERIC_STORED_SCALE_MAX, 1);

		return numeric_from_sum(&rounded, NUMERIC_STORED_SCALE_MAX);
	}
	return numeric_from_sum(&total->sum, total->scale);
}

/*
 * Do NaN or infinite products decide the sum and the mean?  As in core: NaN
 * wins, and infinities of both signs together are NaN.
 */
static bool
special_sum(const decimal_totals *totals, Numeric *sum)
{
	if (totals->nan > 0 ||
		(totals->plus_infinity > 0 && totals->minus_infinity > 0))
		*sum = numeric_special(NUMERIC_NOT_A_NUMBER);
	else if (totals->plus_infinity > 0)
		*sum = numeric_special(NUMERIC_PLUS_INFINITY);
	else if (totals->minus_infinity > 0)
		*sum = numeric_special(NUMERIC_MINUS_INFINITY);
	else
		return false;
	return true;
}

/* count_of(decimal_stats) -> bigint */
PARINDEX_FUNCTION(parindex_decimal_stats_count_of);
Datum
parindex_decimal_stats_count_of(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(PG_GETARG_DECIMAL_STATS_P(0)->n);
}

/* weight_of(decimal_stats) -> numeric */
PARINDEX_FUNCTION(parindex_decimal_stats_weight_of);
Datum
parindex_decimal_stats_weight_of(PG_FUNCTION_ARGS)
{
	decimal_totals totals;

	decimal_stats_totals(PG_GETARG_DECIMAL_STATS_P(0), &totals);
	if (totals.n == 0)
		PG_RETURN_NULL();
	PG_RETURN_NUMERIC(total_numeric(&totals.w));
}

/* sum_of(decimal_stats) -> numeric */
PARINDEX_FUNCTION(parindex_decimal_stats_sum_of);
Datum
parindex_decimal_stats_sum_of(PG_FUNCTION_ARGS)
{
	decimal_totals totals;
	Numeric		sum;

	decimal_stats_totals(PG_GETARG_DECIMAL_STATS_P(0), &totals);
	if (totals.n == 0)
		PG_RETURN_NULL();
	if (!special_sum(&totals, &sum))
		sum = total_numeric(&totals.wx);
	PG_RETURN_NUMERIC(sum);
}

/* mean(decimal_stats) -> numeric: the quotient as core's division shows it */
PARINDEX_FUNCTION(parindex_decimal_stats_mean);
Datum
parindex_decimal_stats_mean(PG_FUNCTION_ARGS)
{
	decimal_totals totals;
	Numeric		mean;

	decimal_stats_totals(PG_GETARG_DECIMAL_STATS_P(0), &totals);
	if (special_sum(&totals, &mean))
		PG_RETURN_NUMERIC(mean);
	if (totals.w.sum.count == 0)
		PG_RETURN_NULL();
	PG_RETURN_DATUM(DirectFunctionCall2(numeric_div,
										NumericGetDatum(total_numeric(&totals.wx)),
										NumericGetDatum(total_numeric(&totals.w))));
}

/*
 * The exact quotient wx / w, w > 0, rounded once to that many decimals.  It is
 * cut off at least one decimal later; rounding half away from zero does not
 * depend on what follows.
 */
static Numeric
rounded_mean(const decimal_totals *totals, int digits)
{
	const decimal_sum *w = &totals->w.sum;
	int			sign = decimal_sum_sign(&totals->wx.sum);
	decimal_sum wx = totals->wx.sum;
	decimal_sum quotient;
	decimal_sum mean;
	int64	   *scratch;

	wx.limb = palloc0(wx.count * sizeof(int64));
	decimal_sum_add(&wx, &totals->wx.sum, sign < 0 ? -1 : 1);

	quotient.low = decimal_sum_low_limb(digits) - 1;
	quotient.limb = palloc(decimal_sum_quotient_limbs(&wx, w, quotient.low) *
						   sizeof(int64));
	scratch = palloc(decimal_sum_divide_scratch(&wx, w, quotient.low) *
					 sizeof(int64));
	(void) decimal_sum_divide(&quotient, &wx, w, scratch, let_interrupts, NULL);

	mean = rounded_copy(&quotient, digits, sign < 0 ? -1 : 1);
	return numeric_from_sum(&mean, digits);
}

/* mean(decimal_stats, digits int) -> numeric: rounded once, half away */
PARINDEX_FUNCTION(parindex_decimal_stats_mean_digits);
Datum
parindex_decimal_stats_mean_digits(PG_FUNCTION_ARGS)
{
	int32		digits = PG_GETARG_INT32(1);
	decimal_totals totals;
	Numeric		mean;

	if (digits < 0 || digits > MEAN_DIGITS_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("cannot round to %d digits", digits),
				 errhint("Give a number of digits from 0 to %d.", MEAN_DIGITS_MAX)));

	decimal_stats_totals(PG_GETARG_DECIMAL_STATS_P(0), &totals);
	if (special_sum(&totals, &mean))
		PG_RETURN_NUMERIC(mean);
	if (totals.w.sum.count == 0)
		PG_RETURN_NULL();
	PG_RETURN_NUMERIC(rounded_mean(&totals, digits));
}
