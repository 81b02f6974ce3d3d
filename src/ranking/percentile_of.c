/*
 * percentile_of.c
 *	  Percentile of a value among reference values it need not belong to.
 *
 * Among N values, the window function score_percentile gives a member s
 *
 *		max:	100 (#{x <= s} - 1) / (N - 1)
 *		min:	100  #{x <  s}      / (N - 1)
 *		mid:	the mean of both
 *
 * so that the lowest of N distinct members stands at 0 and the highest at
 * 100.  A value outside the set, such as the end of an interval, gets the
 * same expressions, held within 0 to 100: below all, #{x <= s} - 1 is raised
 * from -1 to 0; above all, #{x < s} is lowered from N to N - 1.  A member
 * needs neither correction, so both functions agree on it; and each rule
 * never falls as the value rises.  A value between two members gets the
 * percentile of the lower one by max, of the higher one by min. As shares of all
 * N it is 100 #{x <= s} / N (cume_dist), or half-way between that and
 * 100 #{x < s} / N (hazen).
 */
#include "postgres.h"
#include "base/compat.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "ranking/ties_rule.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/numeric.h"

/* Reference values that count, and how they stand to the value. */
typedef struct standing
{
	int64		total;
	int64		below;
	int64		equal;
} standing;

/* Percentile times 2 (N - 1) / 100, by the rule for ties. */
static int64
doubled_place(const standing *standing, ties_rule ties)
{
	int64		highest = standing->total - 1;
	int64		by_min = Min(standing->below, highest);
	int64		by_max = Max(standing->below + standing->equal - 1, 0);

	return ties == TIES_MAX ? 2 * by_max :
		ties == TIES_MIN ? 2 * by_min : by_min + by_max;
}

static Datum
percentile(FunctionCallInfo fcinfo, const standing *standing)
{
	ties_rule	ties = percentile_ties_rule(PG_GETARG_TEXT_PP(2));
	int64		doubled = doubled_place(standing, ties);

	if (ties_are_shares(ties))
	{
		int64		at_or_below = standing->below + standing->equal;

		if (standing->total == 0)
			PG_RETURN_NULL();
		PG_RETURN_FLOAT8(50.0 * (double) (at_or_below + (ties == TIES_HAZEN ? standing->below : at_or_below)) /
						 (double) standing->total);
	}

	if (standing->total < 2)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(100.0 * (double) doubled /
					 (double) (2 * (standing->total - 1)));
}

/* percentile_of(value float8, reference float8[], ties text) -> float8 */
PARINDEX_FUNCTION(parindex_percentile_of_float8);
Datum
parindex_percentile_of_float8(PG_FUNCTION_ARGS)
{
	float8		value = PG_GETARG_FLOAT8(0);
	ArrayType  *reference = PG_GETARG_ARRAYTYPE_P(1);
	const float8 *x = (const float8 *) ARR_DATA_PTR(reference);
	const bits8 *present = ARR_NULLBITMAP(reference);
	int			n = ArrayGetNItems(ARR_NDIM(reference), ARR_DIMS(reference));
	standing	standing = {0, 0, 0};
	int			i;

	if (isnan(value))
		PG_RETURN_NULL();

	for (i = 0; i < n; i++)
	{
		CHECK_FOR_INTERRUPTS();
		/* The array stores nothing for a NULL. */
		if (present != NULL && (present[i / 8] & (1 << (i % 8))) == 0)
			continue;
		standing.total += !isnan(*x);
		standing.below += *x < value;
		standing.equal += *x == value;
		x++;
	}
	return percentile(fcinfo, &standing);
}

/* percentile_of(value numeric, reference numeric[], ties text) -> float8 */
PARINDEX_FUNCTION(parindex_percentile_of_numeric);
Datum
parindex_percentile_of_numeric(PG_FUNCTION_ARGS)
{
	Numeric		value = PG_GETARG_NUMERIC(0);
	ArrayType  *reference = PG_GETARG_ARRAYTYPE_P(1);
	standing	standing = {0, 0, 0};
	Datum	   *x;
	bool	   *nulls;
	int			n;
	int			i;

	if (numeric_is_nan(value))
		PG_RETURN_NULL();

	deconstruct_array(reference, NUMERICOID, -1, false, TYPALIGN_INT,
					  &x, &nulls, &n);
	for (i = 0; i < n; i++)
	{
		Numeric		member;
		int			order;

		CHECK_FOR_INTERRUPTS();
		if (nulls[i])
			continue;

		member = DatumGetNumeric(x[i]);
		if (!numeric_is_nan(member))
		{
			order = DatumGetInt32(DirectFunctionCall2(numeric_cmp,
													  NumericGetDatum(member),
													  NumericGetDatum(value)));
			standing.total++;
			standing.below += order < 0;
			standing.equal += order == 0;
		}
		if ((Pointer) member != DatumGetPointer(x[i]))
			pfree(member);
	}
	return percentile(fcinfo, &standing);
}
