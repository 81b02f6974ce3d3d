/*
 * svy_share.c
 *	  svy_share(): a share with an interval made for shares.
 */
#include "postgres.h"
#include "survey/estimate/share_interval.h"
#include "survey/estimate/svy_estimate.h"

#include <math.h>

#include "utils/builtins.h"
#include "utils/float.h"

/* Answers other than 0 and 1 make the sum of squares another than the sum. */
static void
check_boolean(const survey_stats *stats)
{
	exact_integer squares;
	exact_integer answers;

	survey_product_sum(stats, 0, 0, &squares);
	survey_total_sum(stats, 0, &answers);
	exact_integer_subtract(&squares, &answers);
	if (squares.limbs != 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("survey state has answers other than 0 and 1"),
				 errhint("A share is that of the answers for which a condition holds: survey_stats(q1 >= 4, ...).")));
}

/* (state, design, method, level, lonely, df_rule) -> row */
PARINDEX_FUNCTION(parindex_svy_share);
Datum
parindex_svy_share(PG_FUNCTION_ARGS)
{
	const survey_stats *stats = survey_stats_argument(PG_GETARG_DATUM(0));
	share_method method = parse_share_method(PG_GETARG_TEXT_PP(2));
	double		level = check_level(PG_GETARG_FLOAT8(3));
	svy_estimate result;

	if (stats->n > 0)
		check_boolean(stats);
	svy_estimate_of(stats, survey_design_argument(PG_GETARG_DATUM(1)), 0, SURVEY_WEIGHT, level,
					parse_lonely_rule(PG_GETARG_TEXT_PP(4)), parse_df_rule(PG_GETARG_TEXT_PP(5)),
					&result);
	if (result.status == SVY_OK)
	{
		share_estimate share = {result.estimate, result.se * result.se, result.n,
								(double) result.df};

		if (!share_interval(&share, method, level, &result.ci_low, &result.ci_high) ||
			isinf(result.ci_low) || isinf(result.ci_high))
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("confidence interval of a share is out of range for type double precision"),
					 errdetail("The share is %s with a standard error of %s, the level %s.",
							   float8out_internal(result.estimate), float8out_internal(result.se),
							   float8out_internal(level))));
	}
	return svy_estimate_row(fcinfo, &result);
}
