/*
 * count_interval.c
 *	  share_interval() and rate_interval(): intervals from counts alone, for
 *	  registers and league tables.
 *
 * Nothing is drawn here: the count is looked at as one outcome of a chance that
 * the interval is of.
 */
#include "postgres.h"
#include "base/arguments/argument_checks.h"

#include <math.h>

#include "base/arguments/choice.h"
#include "base/result_column.h"
#include "funcapi.h"
#include "kernel/survey/count_interval.h"
#include "utils/float.h"

static count_method
parse_count_method(const text *name)
{
	static const choice methods[] = {
		{"wilson", COUNT_WILSON},
		{"wilson_corrected", COUNT_WILSON_CORRECTED},
		{"clopper_pearson", COUNT_CLOPPER_PEARSON},
		{"jeffreys", COUNT_JEFFREYS},
		{"agresti_coull", COUNT_AGRESTI_COULL},
		{"arcsine", COUNT_ARCSINE},
		{"normal", COUNT_NORMAL},
		{NULL, 0}
	};

	return choose(name, "interval for a share of counts", methods);
}

static rate_method
parse_rate_method(const text *name)
{
	static const choice methods[] = {{"exact", RATE_EXACT}, {"byar", RATE_BYAR}, {NULL, 0}};

	return choose(name, "interval for a rate", methods);
}

/* A row of three: a point and its ends, NULL where NaN. */
static Datum
interval_row(FunctionCallInfo fcinfo, double point, double low, double high)
{
	double		figure[3] = {point, low, high};
	Datum		value[3];
	bool		is_null[3];
	TupleDesc	row;

	if (get_call_result_type(fcinfo, NULL, &row) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	for (int i = 0; i < 3; i++)
		put_float8(figure[i], &value[i], &is_null[i]);
	return HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(row), value, is_null));
}

static int64
check_count(int64 count, const char *name)
{
	if (count < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s cannot be " INT64_FORMAT, name, count),
				 errdetail("A count must not be below zero.")));
	return count;
}

/* Arguments: k, n, method, level. */
PARINDEX_FUNCTION(parindex_share_interval);
Datum
parindex_share_interval(PG_FUNCTION_ARGS)
{
	int64		k = check_count(PG_GETARG_INT64(0), "k");
	int64		n = check_count(PG_GETARG_INT64(1), "n");
	count_method method = parse_count_method(PG_GETARG_TEXT_PP(2));
	double		level = check_level(PG_GETARG_FLOAT8(3));
	double		nan = get_float8_nan();
	double		low;
	double		high;

	if (k > n)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("k of " INT64_FORMAT " is more than n of " INT64_FORMAT, k, n),
				 errdetail("A share is of k among n, those k included."),
				 errhint("Events that one person may have several times make a rate: see rate_interval().")));
	if (n == 0)
		return interval_row(fcinfo, nan, nan, nan);
	count_interval(k, n, method, level, &low, &high);
	/* The normal interval of 0 or n of n is not known; the others are. */
	if (method != COUNT_NORMAL && (isnan(low) || isnan(high)))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("confidence interval of " INT64_FORMAT " of " INT64_FORMAT " could not be computed", k, n),
				 errdetail("Quantiles of the beta distribution keep their digits for n of up to 100000000000."),
				 errhint("Take the method wilson.")));
	return interval_row(fcinfo, (double) k / (double) n, low, high);
}

/* Events for so much of exposure, times per. */
static double
rate_of(double events, double exposure, double per)
{
	double		result = events / exposure * per;

	/* The quotient alone may leave the range. */
	if (isinf(result) || (result == 0 && events > 0))
		result = events * (per / exposure);
	if (result == 0 && events > 0)
		float_underflow_error();
	return check_finite_result(result, "rate");
}

static double
finite_argument(double value, bool zero_allowed, const char *name)
{
	if (!(value > 0 || (value == 0 && zero_allowed)) || isinf(value))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s cannot be %s", name, float8out_internal(value)),
				 errdetail(zero_allowed ? "It must be a finite number, not below zero." :
						   "It must be a finite number above zero.")));
	return value;
}

/* Arguments: events, exposure, method, level, per. */
PARINDEX_FUNCTION(parindex_rate_interval);
Datum
parindex_rate_interval(PG_FUNCTION_ARGS)
{
	int64		events = check_count(PG_GETARG_INT64(0), "events");
	double		exposure = finite_argument(PG_GETARG_FLOAT8(1), true, "exposure");
	rate_method method = parse_rate_method(PG_GETARG_TEXT_PP(2));
	double		level = check_level(PG_GETARG_FLOAT8(3));
	double		per = finite_argument(PG_GETARG_FLOAT8(4), false, "per");
	double		nan = get_float8_nan();
	double		low;
	double		high;

	if (exposure == 0)
	{
		if (events > 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg(INT64_FORMAT " events without exposure", events),
					 errdetail("A rate is of events for so much of population, time or both.")));
		return interval_row(fcinfo, nan, nan, nan);
	}
	event_interval(events, method, level, &low, &high);
	if (isnan(low) || isnan(high))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("confidence interval of " INT64_FORMAT " events could not be computed", events),
				 errhint("Take the method byar.")));
	return interval_row(fcinfo, rate_of((double) events, exposure, per),
						rate_of(low, exposure, per), rate_of(high, exposure, per));
}
