/*
 * svy_share.c
 *	  svy_share(): a share with an interval made for shares.
 */
#include "postgres.h"
#include "survey/estimate/estimate_row.h"

#include <math.h>

#include "base/arguments/choice.h"
#include "kernel/survey/share_interval.h"
#include "utils/float.h"

static share_method
parse_share_method(const text *name)
{
	static const choice methods[] = {
		{"logit", SHARE_LOGIT},
		{"wilson", SHARE_WILSON},
		{"beta", SHARE_BETA},
		{"asin", SHARE_ASIN},
		{"likelihood", SHARE_LIKELIHOOD},
		{"mean", SHARE_MEAN},
		{"xlogit", SHARE_XLOGIT},
		{NULL, 0}
	};

	return choose(name, "interval for a share", methods);
}

/* Answers other than 0 and 1 make the sum of squares another than the sum. */
static void
check_boolean(const survey_totals *totals)
{
	exact_integer answers = totals->of_numerator;
	exact_integer squares;

	survey_product_sum(totals->stats, 0, 0, &squares);
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
	estimate_options options = estimate_options_arguments(fcinfo, 3);
	survey_totals totals;
	survey_estimate result;

	survey_totals_of(stats, 0, SURVEY_WEIGHT, &totals);
	if (stats->n > 0)
		check_boolean(&totals);
	survey_estimate_of(&totals, survey_design_argument(PG_GETARG_DATUM(1)), &options, &result);
	if (result.status == ESTIMATE_OK)
	{
		share_estimate share = {result.estimate, result.se * result.se, result.n,
								result.t_df};

		if (!share_interval(&share, method, options.level, &result.ci_low, &result.ci_high) ||
			isinf(result.ci_low) || isinf(result.ci_high))
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("confidence interval of a share is out of range for type double precision"),
					 errdetail("The share is %s with a standard error of %s, the level %s.",
							   float8out_internal(result.estimate), float8out_internal(result.se),
							   float8out_internal(options.level))));
	}
	return estimate_row(fcinfo, &result, true);
}
