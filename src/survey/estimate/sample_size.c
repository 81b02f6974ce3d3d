/*
 * sample_size.c
 *	  How many respondents a wanted margin of error takes.
 *
 * With design effect D, the variance of an estimated mean of n out of N is
 * D (1 - n/N) S^2 / n (Cochran, Sampling Techniques, 3rd ed., 1977, sections
 * 2.5 and 4.4; Kish, Survey Sampling, 1965, for D). The margin is z times its
 * root, so that
 *
 *	  n = m / (1 + m/N),	m = D (z S / margin)^2.
 *
 * For a share p, S^2 = p (1 - p) N / (N - 1).
 */
#include "postgres.h"
#include "base/arguments/argument_checks.h"

#include <math.h>

#include "kernel/exact/distributions.h"
#include "utils/float.h"

/* What is this close to a whole number is one, but for the rounding of decimal input. */
#define WHOLE_TOLERANCE 1e-9

/* Beyond, not every whole number is a double. */
#define LARGEST_SAMPLE 9007199254740992.0

/* Arguments of the functions below, by position. */
static double
required_float8(FunctionCallInfo fcinfo, int argument, const char *name)
{
	require_argument(fcinfo, argument, name);
	return PG_GETARG_FLOAT8(argument);
}

static double
positive_float8(FunctionCallInfo fcinfo, int argument, const char *name)
{
	double		value = required_float8(fcinfo, argument, name);

	if (!(value > 0) || isinf(value))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s cannot be %s", name, float8out_internal(value)),
				 errdetail("It must be a positive number.")));
	return value;
}

/* Strictly between 0 and 1. */
static double
proper_share(FunctionCallInfo fcinfo, int argument, const char *name)
{
	double		value = required_float8(fcinfo, argument, name);

	if (!(value > 0 && value < 1))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s cannot be %s", name, float8out_internal(value)),
				 errdetail("It must be between 0 and 1.")));
	return value;
}

/* NULL is a population without bound. */
static double
population_size(FunctionCallInfo fcinfo, int argument)
{
	int64		population;

	if (PG_ARGISNULL(argument))
		return get_float8_infinity();
	population = PG_GETARG_INT64(argument);
	if (population < 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("population cannot be %lld", (long long) population),
				 errdetail("It must be at least 1.")));
	return (double) population;
}

/* Up to the next whole number. */
static int64
whole_sample(double size)
{
	double		nearest = rint(size);
	double		whole = fabs(size - nearest) <= WHOLE_TOLERANCE * size ? nearest : ceil(size);

	if (!(whole <= LARGEST_SAMPLE))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("sample size out of range"),
				 errdetail("It would be %s respondents.", float8out_internal(size)),
				 errhint("Allow a wider margin, or give the size of the population.")));
	return (int64) Max(whole, 1);
}

static int64
sample_size(double margin, double variance, double level, double population, double deff)
{
	double		z = -normal_quantile((1 - level) / 2);
	double		m = deff * variance * (z / margin) * (z / margin);

	/* As 1 / (1/m + 1/N), which no large number overflows. */
	return whole_sample(1 / (1 / m + 1 / population));
}

/* sample_size_share(margin, p, level, population, deff) -> bigint */
PARINDEX_FUNCTION(parindex_sample_size_share);
Datum
parindex_sample_size_share(PG_FUNCTION_ARGS)
{
	double		margin = proper_share(fcinfo, 0, "margin");
	double		p = proper_share(fcinfo, 1, "p");
	double		level = proper_share(fcinfo, 2, "level");
	double		population = population_size(fcinfo, 3);
	double		deff = positive_float8(fcinfo, 4, "deff");
	double		correction = isinf(population) ? 1 : population / (population - 1);

	if (population == 1)
		PG_RETURN_INT64(1);
	PG_RETURN_INT64(sample_size(margin, p * (1 - p) * correction, level, population, deff));
}

/* sample_size_mean(margin, sd, level, population, deff) -> bigint */
PARINDEX_FUNCTION(parindex_sample_size_mean);
Datum
parindex_sample_size_mean(PG_FUNCTION_ARGS)
{
	double		margin = positive_float8(fcinfo, 0, "margin");
	double		sd = positive_float8(fcinfo, 1, "sd");
	double		level = proper_share(fcinfo, 2, "level");
	double		population = population_size(fcinfo, 3);
	double		deff = positive_float8(fcinfo, 4, "deff");

	/* In units of the margin: neither square alone need be a double. */
	PG_RETURN_INT64(sample_size(1, (sd / margin) * (sd / margin), level, population, deff));
}

/* yamane_sample_size(population, e) -> bigint */
PARINDEX_FUNCTION(parindex_yamane_sample_size);
Datum
parindex_yamane_sample_size(PG_FUNCTION_ARGS)
{
	double		population = population_size(fcinfo, 0);
	double		e = proper_share(fcinfo, 1, "e");

	PG_RETURN_INT64(whole_sample(1 / (1 / population + e * e)));
}
