/*
 * svy_estimate.c
 *	  SQL functions that read means, totals and ratios from survey states, and
 *	  what goes with them.
 */
#include "postgres.h"
#include "survey/estimate/estimate_row.h"

#include "base/arguments/estimate_kind.h"
#include "base/result_column.h"
#include "miscadmin.h"
#include "utils/float.h"

/* The denominator by which a state's first variable becomes such an estimate. */
static int
denominator_of_kind(const text *kind)
{
	return estimate_is_total(kind) ? SURVEY_TOTAL : SURVEY_WEIGHT;
}

/* NaN is NULL. */
static Datum
figure(FunctionCallInfo fcinfo, double value)
{
	Datum		result;

	put_float8(value, &result, &fcinfo->isnull);
	return result;
}

/* (state, design, kind, level, lonely, df_rule) -> row */
PARINDEX_FUNCTION(parindex_svy_estimate);
Datum
parindex_svy_estimate(PG_FUNCTION_ARGS)
{
	int			denominator = denominator_of_kind(PG_GETARG_TEXT_PP(2));
	estimate_options options = estimate_options_arguments(fcinfo, 3);
	survey_totals totals;
	survey_estimate result;

	survey_totals_of(survey_stats_argument(PG_GETARG_DATUM(0)), 0, denominator, &totals);
	survey_estimate_of(&totals, survey_design_argument(PG_GETARG_DATUM(1)), &options, &result);
	return estimate_row(fcinfo, &result, true);
}

/* (state of numerator and denominator, design, level, lonely, df_rule) -> row */
PARINDEX_FUNCTION(parindex_svy_ratio);
Datum
parindex_svy_ratio(PG_FUNCTION_ARGS)
{
	const survey_stats *stats = survey_stats_argument(PG_GETARG_DATUM(0));
	estimate_options options;
	survey_totals totals;
	survey_estimate result;

	if (stats->n > 0 && stats->variables != 2)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("survey state has %d variables, a ratio two", stats->variables),
				 errhint("Make it by survey_cov_stats(ARRAY[numerator, denominator], ...).")));
	options = estimate_options_arguments(fcinfo, 2);
	survey_totals_of(stats, 0, 1, &totals);
	survey_estimate_of(&totals, survey_design_argument(PG_GETARG_DATUM(1)), &options, &result);
	return estimate_row(fcinfo, &result, true);
}

/* ---------- one of an estimate's figures ---------- */

/* Of (state, design, ...). */
static survey_estimate
estimate_argument(FunctionCallInfo fcinfo, int denominator, const text *lonely)
{
	estimate_options options = {0.95, parse_lonely_rule(lonely), {DF_DOMAIN, 0}};
	survey_totals totals;
	survey_estimate result;

	survey_totals_of(survey_stats_argument(PG_GETARG_DATUM(0)), 0, denominator, &totals);
	survey_estimate_of(&totals, survey_design_argument(PG_GETARG_DATUM(1)), &options, &result);
	return result;
}

/* (state, design, lonely) */
PARINDEX_FUNCTION(parindex_svy_mean_se);
Datum
parindex_svy_mean_se(PG_FUNCTION_ARGS)
{
	return figure(fcinfo, estimate_argument(fcinfo, SURVEY_WEIGHT, PG_GETARG_TEXT_PP(2)).se);
}

/* (state, design, lonely) */
PARINDEX_FUNCTION(parindex_svy_total_se);
Datum
parindex_svy_total_se(PG_FUNCTION_ARGS)
{
	return figure(fcinfo, estimate_argument(fcinfo, SURVEY_TOTAL, PG_GETARG_TEXT_PP(2)).se);
}

/* (state, design, kind, lonely) */
PARINDEX_FUNCTION(parindex_svy_deff);
Datum
parindex_svy_deff(PG_FUNCTION_ARGS)
{
	int			denominator = denominator_of_kind(PG_GETARG_TEXT_PP(2));

	return figure(fcinfo, estimate_argument(fcinfo, denominator, PG_GETARG_TEXT_PP(3)).deff);
}

/* ---------- figures that need no design ---------- */

static Datum
point(FunctionCallInfo fcinfo, int denominator)
{
	const survey_stats *stats = survey_stats_argument(PG_GETARG_DATUM(0));
	survey_totals totals;

	if (stats->n == 0)
		PG_RETURN_NULL();
	survey_totals_of(stats, 0, denominator, &totals);
	return figure(fcinfo, survey_point(&totals));
}

PARINDEX_FUNCTION(parindex_svy_mean);
Datum
parindex_svy_mean(PG_FUNCTION_ARGS)
{
	return point(fcinfo, SURVEY_WEIGHT);
}

PARINDEX_FUNCTION(parindex_svy_total);
Datum
parindex_svy_total(PG_FUNCTION_ARGS)
{
	return point(fcinfo, SURVEY_TOTAL);
}

PARINDEX_FUNCTION(parindex_svy_variance);
Datum
parindex_svy_variance(PG_FUNCTION_ARGS)
{
	survey_totals totals;

	survey_totals_of(survey_stats_argument(PG_GETARG_DATUM(0)), 0, SURVEY_WEIGHT, &totals);
	return figure(fcinfo, survey_population_variance(&totals));
}

PARINDEX_FUNCTION(parindex_svy_n);
Datum
parindex_svy_n(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(survey_stats_argument(PG_GETARG_DATUM(0))->n);
}

/* PSUs less strata with members. */
PARINDEX_FUNCTION(parindex_svy_df);
Datum
parindex_svy_df(PG_FUNCTION_ARGS)
{
	const survey_stats *stats = survey_stats_argument(PG_GETARG_DATUM(0));
	int64		df = 0;

	for (int32 cell = 0; cell < survey_cell_count(stats); cell++)
	{
		const survey_key *key = survey_cell_key(stats, cell);
		const survey_key *before = cell > 0 ? survey_cell_key(stats, cell - 1) : key;
		bool		same_stratum = cell > 0 && key->part[SURVEY_STRATUM] == before->part[SURVEY_STRATUM];

		if ((cell & RECORDS_PER_CHECK) == 0)
			CHECK_FOR_INTERRUPTS();
		/* The first PSU of a stratum adds none. */
		df += same_stratum && key->part[SURVEY_PSU] != before->part[SURVEY_PSU];
	}
	PG_RETURN_INT64(df);
}

PARINDEX_FUNCTION(parindex_svy_design_df);
Datum
parindex_svy_design_df(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(survey_design_df(survey_design_argument(PG_GETARG_DATUM(0))));
}
