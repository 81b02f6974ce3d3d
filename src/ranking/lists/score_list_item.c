/*
 * score_list_item.c
 *	  A unit and its score: score_list_item.h.
 */
#include "postgres.h"
#include "ranking/lists/score_list_item.h"

#include <math.h>

#include "common/shortest_dec.h"

int
compare_display_scales(Datum a, Datum b)
{
	/* A tie with an infinity is with the same one. */
	if (numeric_is_inf(DatumGetNumeric(a)))
		return 0;
	return DatumGetInt32(DirectFunctionCall1(numeric_scale, a)) -
		DatumGetInt32(DirectFunctionCall1(numeric_scale, b));
}

/*
 * What an aggregate's row (unit, score) at these arguments adds to a list.
 * False for a score that is missing or no number, which is never listed.
 */
bool
score_list_row(FunctionCallInfo fcinfo, int unit_arg, score_kind score_kind,
			   score_list_item *item)
{
	int			score_arg = unit_arg + 1;

	if (PG_ARGISNULL(score_arg))
		return false;

	if (score_kind == SCORE_KIND_FLOAT8)
	{
		item->score = PG_GETARG_DATUM(score_arg);
		if (isnan(DatumGetFloat8(item->score)))
			return false;
	}
	else
	{
		Numeric		score = PG_GETARG_NUMERIC(score_arg);

		if (numeric_is_nan(score))
			return false;
		item->score = NumericGetDatum(score);
	}

	if (PG_ARGISNULL(unit_arg))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("unit of score %s is NULL",
						score_to_cstring(score_kind, item->score)),
				 errhint("Give every scored row a unit, or filter such rows out.")));

	item->unit = PG_GETARG_DATUM(unit_arg);
	return true;
}

char *
score_to_cstring(score_kind score_kind, Datum score)
{
	char	   *buf;

	if (score_kind == SCORE_KIND_NUMERIC)
		return DatumGetCString(DirectFunctionCall1(numeric_out, score));

	buf = palloc(DOUBLE_SHORTEST_DECIMAL_LEN);
	double_to_shortest_decimal_buf(DatumGetFloat8(score), buf);
	return buf;
}
