/*
 * svy_vcov.c
 *	  Estimates of several means or totals at once, with their covariances.
 *
 * The variables are the answers of one survey_cov_stats, over the rows that
 * have them all, or those of several survey_stats of one sample: domains, or
 * answers each over its own rows. Either way each is linearised by sampling
 * unit, and the covariance is that of the linearised totals.
 */
#include "postgres.h"
#include "survey/estimate/estimate_row.h"

#include <math.h>

#include "base/arguments/estimate_kind.h"
#include "catalog/pg_type.h"
#include "utils/array.h"
#include "utils/float.h"
#include "utils/lsyscache.h"

/* Of p x p doubles, NaN as NULL. */
static ArrayType *
matrix_array(const double *v, int p)
{
	Datum	   *element = palloc_extended(sizeof(Datum) * p * p, MCXT_ALLOC_HUGE);
	bool	   *is_null = palloc_extended(sizeof(bool) * p * p, MCXT_ALLOC_HUGE);
	int			size[2] = {p, p};
	int			low[2] = {1, 1};

	for (int i = 0; i < p * p; i++)
	{
		is_null[i] = isnan(v[i]);
		element[i] = is_null[i] ? (Datum) 0 : Float8GetDatum(v[i]);
	}
	return construct_md_array(element, is_null, 2, size, low, FLOAT8OID, sizeof(float8),
							  FLOAT8PASSBYVAL, TYPALIGN_DOUBLE);
}

static double
unscaled(double covariance, int exponent)
{
	double		result = ldexp(covariance, exponent);

	if (isinf(result) || (result == 0 && covariance != 0))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("covariance is out of range for type double precision")));
	return result;
}

/*
 * The covariances of variables, the i-th linearised into z[unit][i]; row and
 * column i are NaN where known[i] is false, or there is no variance that
 * svy_estimate() would own up to.
 */
static ArrayType *
covariances(const design_sample *sample, lonely_rule lonely, double *z, int p, bool *known)
{
	double	   *v = palloc_extended(sizeof(double) * p * p, MCXT_ALLOC_HUGE);
	int		   *exponent = palloc(sizeof(int) * Max(p, 1));
	bool		any = design_sample_variance(sample, lonely, z, p, v, exponent);
	bool		census = survey_is_census(&sample->sample);

	for (int i = 0; i < p; i++)
		known[i] = known[i] && any && (census || v[i * p + i] > 0);
	for (int i = 0; i < p; i++)
		for (int k = 0; k < p; k++)
			v[i * p + k] = known[i] && known[k] ?
				unscaled(v[i * p + k], exponent[i] + exponent[k]) : get_float8_nan();
	return matrix_array(v, p);
}

/* (survey_cov_stats, design, kind, lonely) */
PARINDEX_FUNCTION(parindex_svy_vcov);
Datum
parindex_svy_vcov(PG_FUNCTION_ARGS)
{
	const survey_stats *stats = survey_stats_argument(PG_GETARG_DATUM(0));
	const survey_design *design = survey_design_argument(PG_GETARG_DATUM(1));
	int			denominator = estimate_is_total(PG_GETARG_TEXT_PP(2)) ? SURVEY_TOTAL : SURVEY_WEIGHT;
	lonely_rule lonely = parse_lonely_rule(PG_GETARG_TEXT_PP(3));
	int			p = stats->variables;
	bool		known[SURVEY_MAX_VARIABLES];
	design_sample sample;
	survey_totals totals;
	double	   *z;

	if (stats->n == 0)
		PG_RETURN_NULL();
	design_sample_open(&sample, &stats, 1, design);
	z = design_sample_values(&sample, p);
	for (int i = 0; i < p; i++)
	{
		survey_totals_of(stats, i, denominator, &totals);
		survey_linearise(&totals, sample.unit[0], z + i, p);
		known[i] = true;
	}
	PG_RETURN_ARRAYTYPE_P(covariances(&sample, lonely, z, p, known));
}

/* Most states of one matrix: it then has a million elements. */
#define MAX_STATES 1000

/* (survey_stats[], design, kind, lonely) */
PARINDEX_FUNCTION(parindex_svy_vcov_of_states);
Datum
parindex_svy_vcov_of_states(PG_FUNCTION_ARGS)
{
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(0);
	const survey_design *design = survey_design_argument(PG_GETARG_DATUM(1));
	int			denominator = estimate_is_total(PG_GETARG_TEXT_PP(2)) ? SURVEY_TOTAL : SURVEY_WEIGHT;
	lonely_rule lonely = parse_lonely_rule(PG_GETARG_TEXT_PP(3));
	const survey_stats **stats;
	int		   *place;			/* of each state among the variables */
	bool	   *known;
	int			states = 0;
	int			p;
	Datum	   *element;
	bool	   *is_null;
	int16		length;
	bool		by_value;
	char		align;
	design_sample sample;
	survey_totals totals;
	double	   *z;

	get_typlenbyvalalign(ARR_ELEMTYPE(array), &length, &by_value, &align);
	deconstruct_array(array, ARR_ELEMTYPE(array), length, by_value, align, &element, &is_null, &p);
	if (p > MAX_STATES)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many survey states: %d", p),
				 errdetail("A matrix of covariances is of at most %d states.", MAX_STATES)));
	stats = palloc(sizeof(survey_stats *) * Max(p, 1));
	place = palloc(sizeof(int) * Max(p, 1));
	known = palloc0(sizeof(bool) * Max(p, 1));
	for (int i = 0; i < p; i++)
	{
		if (is_null[i])
			continue;
		stats[states] = survey_stats_argument(element[i]);
		if (stats[states]->n == 0)
			continue;
		known[i] = true;
		place[states++] = i;
	}
	if (states == 0)
		PG_RETURN_NULL();
	design_sample_open(&sample, stats, states, design);
	z = design_sample_values(&sample, p);
	for (int i = 0; i < states; i++)
	{
		survey_totals_of(stats[i], 0, denominator, &totals);
		survey_linearise(&totals, sample.unit[i], z + place[i], p);
	}
	PG_RETURN_ARRAYTYPE_P(covariances(&sample, lonely, z, p, known));
}

/* An estimate for each answer. */
static Datum
points(FunctionCallInfo fcinfo, int denominator)
{
	const survey_stats *stats = survey_stats_argument(PG_GETARG_DATUM(0));
	Datum		element[SURVEY_MAX_VARIABLES];
	survey_totals totals;

	if (stats->n == 0)
		PG_RETURN_NULL();
	for (int i = 0; i < stats->variables; i++)
	{
		survey_totals_of(stats, i, denominator, &totals);
		element[i] = Float8GetDatum(survey_point(&totals));
	}
	PG_RETURN_ARRAYTYPE_P(construct_array(element, stats->variables, FLOAT8OID, sizeof(float8),
										  FLOAT8PASSBYVAL, TYPALIGN_DOUBLE));
}

PARINDEX_FUNCTION(parindex_svy_means);
Datum
parindex_svy_means(PG_FUNCTION_ARGS)
{
	return points(fcinfo, SURVEY_WEIGHT);
}

PARINDEX_FUNCTION(parindex_svy_totals);
Datum
parindex_svy_totals(PG_FUNCTION_ARGS)
{
	return points(fcinfo, SURVEY_TOTAL);
}
