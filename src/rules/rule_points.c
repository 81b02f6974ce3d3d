/*
 * rule_points.c
 *	  Points from what was measured, by a scoring rule that needs no peers:
 *	  rule_points.h.
 *
 * Decimal throughout. A value may come as numerator and denominator, and is
 * then compared with bounds by products, never by a rounded quotient: 2/3 is
 * less than 0.6667 and greater than 0.6666 however many digits these have.
 * Sums, differences and products are exact. What is divided is divided once,
 * at the end, by numeric division (at least 16 significant digits, half away
 * from zero). Logarithms are computed to 40 decimals, and points made from
 * them rounded to 16.
 */
#include "postgres.h"
#include "rules/rule_points.h"

#include <math.h>

#include "base/numeric_math.h"
#include "common/shortest_dec.h"
#include "rules/scoring_rule_names.h"

/* ---------- what was measured ---------- */

Numeric
check_finite_numeric(Numeric a, const char *what)
{
	if (unlikely(numeric_is_nan(a) || numeric_is_inf(a)))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must be finite, not %s", what, num_clipped(a)),
				 errhint("Pass NULL for a value that is missing.")));
	return a;
}

Numeric
numeric_from_float8(float8 x, const char *what)
{
	char		text[DOUBLE_SHORTEST_DECIMAL_LEN];

	if (unlikely(!isfinite(x)))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must be finite, not %s", what,
						isnan(x) ? "NaN" : x > 0 ? "Infinity" : "-Infinity"),
				 errhint("Pass NULL for a value that is missing.")));
	double_to_shortest_decimal_buf(x, text);
	return num_from_text(text);
}

static Numeric
scaled(const quotient *value, Numeric a)
{
	return value->bottom == NULL ? a : num_multiply(a, value->bottom);
}

static int
compare_value(const quotient *value, Numeric bound)
{
	return num_compare(value->top, scaled(value, bound));
}

/* ---------- rules ---------- */

/*
 * max * (value - from) / (to - from), held within 0 to max. Of the two ends
 * `to` is looked at first: whoever has reached the target has all the points,
 * even where a target lies on the wrong side of `from`.
 */
Numeric
linear_points(const quotient *value, Numeric from, Numeric to, bool ascending, Numeric max)
{
	int			direction = ascending ? 1 : -1;
	Numeric		gained;

	if (direction * compare_value(value, to) >= 0)
		return max;
	if (direction * compare_value(value, from) <= 0)
		return num_zero();
	gained = num_subtract(value->top, scaled(value, from));
	return num_trim(num_divide(num_multiply(max, gained), scaled(value, num_subtract(to, from))));
}

Numeric
with_working_decimals(Numeric a)
{
	return num_add(a, num_round(num_zero(), WORKING_DECIMALS));
}

static Numeric
logarithm(Numeric a)
{
	return num_call(numeric_ln, with_working_decimals(a));
}

static Numeric
log_points(const scoring_rule *rule, const quotient *value)
{
	Numeric		from = scoring_rule_number(rule, RULE_FROM);
	Numeric		to = scoring_rule_number(rule, RULE_TO);
	Numeric		max = scoring_rule_number(rule, RULE_MAX);
	int			direction = num_compare(from, to) < 0 ? 1 : -1;
	Numeric		log_from;
	Numeric		gained;

	if (num_sign(value->top) <= 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("cannot score %s on a logarithmic scale", num_clipped(value->top)),
				 errhint("Values must be above 0; use goalposts without \"log\" where they are not.")));
	if (direction * compare_value(value, to) >= 0)
		return max;
	if (direction * compare_value(value, from) <= 0)
		return num_zero();

	log_from = logarithm(from);
	gained = num_subtract(logarithm(value->top), log_from);
	if (value->bottom != NULL)
		gained = num_subtract(gained, logarithm(value->bottom));
	gained = num_divide(num_multiply(max, gained), num_subtract(logarithm(to), log_from));
	return num_trim(num_round(gained, IRRATIONAL_DECIMALS));
}

static bool
step_is_met(const quotient *value, step_test test, Numeric bound)
{
	int			order = compare_value(value, bound);

	switch (test)
	{
		case STEP_ABOVE:
			return order > 0;
		case STEP_AT_LEAST:
			return order >= 0;
		case STEP_BELOW:
			return order < 0;
		case STEP_AT_MOST:
			return order <= 0;
	}
	pg_unreachable();
}

/* Points, or those of a rule within the rule. */
static Numeric
outcome_points(const scoring_rule *rule, int32 offset, bool scaled, const quotient *value)
{
	return scaled ? absolute_points(rule_at(rule, offset), value) : numeric_at(rule, offset);
}

/* Once a step is met, all after it are: the first is found by halving. */
static Numeric
step_points(const scoring_rule *rule, const quotient *value)
{
	int			low = 0;
	int			high = rule->steps;

	while (low < high)
	{
		int			middle = (low + high) / 2;
		const rule_step *step = &rule->step[middle];

		if (step_is_met(value, (step_test) (step->test & ~STEP_SCALED),
						numeric_at(rule, step->bound)))
			high = middle;
		else
			low = middle + 1;
	}
	return low == rule->steps ?
		outcome_points(rule, rule->number[RULE_ELSE], (rule->flags & RULE_ELSE_SCALED) != 0, value) :
		outcome_points(rule, rule->step[low].points, (rule->step[low].test & STEP_SCALED) != 0, value);
}

/*
 * On the line between the two values around it, by one division: with points p
 * at v and q at w, (p (w - x) + q (x - v)) / (w - v).
 */
static Numeric
scale_points(const scoring_rule *rule, const quotient *value)
{
	int			low = 0;		/* values that are not above */
	int			high = rule->steps;
	Numeric		v;
	Numeric		w;
	Numeric		sum;

	while (low < high)
	{
		int			middle = (low + high) / 2;

		if (compare_value(value, numeric_at(rule, rule->step[middle].bound)) >= 0)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == 0 || low == rule->steps)
		return numeric_at(rule, rule->step[low == 0 ? 0 : low - 1].points);
	v = numeric_at(rule, rule->step[low - 1].bound);
	w = numeric_at(rule, rule->step[low].bound);
	sum = num_add(num_multiply(numeric_at(rule, rule->step[low - 1].points),
							   num_subtract(scaled(value, w), value->top)),
				  num_multiply(numeric_at(rule, rule->step[low].points),
							   num_subtract(value->top, scaled(value, v))));
	return num_trim(num_divide(sum, scaled(value, num_subtract(w, v))));
}

/* What all parts give together; NULL where one gives no points. */
static Numeric
sum_points(const scoring_rule *rule, const quotient *value)
{
	Numeric		sum = num_zero();

	for (int i = 0; i < rule->steps; i++)
		sum = num_add(sum, absolute_points(rule_at(rule, rule->step[i].points), value));
	return num_trim(sum);
}

static Numeric
direct_points(const scoring_rule *rule, const quotient *value)
{
	Numeric		max = scoring_rule_number(rule, RULE_MAX);

	if (max != NULL && (num_sign(value->top) < 0 || compare_value(value, max) > 0))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 value->bottom == NULL ?
				 errmsg("%s points are not within 0 to %s", num_clipped(value->top), num_clipped(max)) :
				 errmsg("%s / %s points are not within 0 to %s", num_clipped(value->top),
						num_clipped(value->bottom), num_clipped(max)),
				 errhint("Correct the points, or the maximum of the scoring rule.")));
	return value->bottom == NULL ? value->top : num_trim(num_divide(value->top, value->bottom));
}

/* A count, or for a bonus and penalty without points per occurrence, points. */
static Numeric
occurrence_points(const scoring_rule *rule, Numeric value)
{
	Numeric		each = scoring_rule_number(rule, RULE_EACH);
	Numeric		limit = scoring_rule_number(rule, RULE_LIMIT);
	Numeric		points = each == NULL ? value : num_multiply(each, value);

	if (num_sign(value) < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s of a %s must not be negative, but are %s",
						each == NULL ? "points" : "occurrences", rule_kind_name[rule->kind],
						num_clipped(value)),
				 errhint("The rule itself says whether points are added or taken off.")));
	if (each != NULL && num_compare(value, num_call(numeric_floor, value)) != 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("occurrences must be a whole number, not %s", num_clipped(value)),
				 errhint("To take points off in proportion, use a ratio.")));

	if (rule->kind == RULE_DEDUCTION)
	{
		points = num_subtract(scoring_rule_number(rule, RULE_MAX), points);
		return num_trim(num_compare(points, limit) < 0 ? limit : points);
	}
	points = num_trim(num_compare(points, limit) > 0 ? limit : points);
	return rule->kind == RULE_PENALTY ? num_negate(points) : points;
}

static Numeric
yes_no_points(const scoring_rule *rule, Numeric value)
{
	if (num_compare(value, int64_to_numeric(1)) == 0)
		return scoring_rule_number(rule, RULE_YES);
	if (num_sign(value) == 0)
		return scoring_rule_number(rule, RULE_NO);
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("%s is neither yes nor no", num_clipped(value)),
			 errhint("Pass true or false, or 1 or 0.")));
	pg_unreachable();
}

/* ---------- dispatch ---------- */

/* Half away from zero, or to the even digit. */
Numeric
rounded_points(const scoring_rule *rule, Numeric points)
{
	int			digits = scoring_rule_digits(rule);
	Numeric		cut;
	Numeric		rest;
	Numeric		unit;

	if (points == NULL || digits < 0)
		return points;
	if (rule->flags & RULE_HALF_EVEN)
	{
		unit = num_from_text(psprintf("1e-%d", digits));
		cut = DatumGetNumeric(DirectFunctionCall2(numeric_trunc, NumericGetDatum(points),
												  Int32GetDatum(digits)));
		rest = num_subtract(points, cut);
		if (num_compare(num_call(numeric_abs, num_add(rest, rest)), unit) == 0 &&
			num_sign(num_call2(numeric_mod, cut, num_add(unit, unit))) == 0)
			return num_trim(cut);
	}
	return num_trim(num_round(points, digits));
}

static Numeric
unrounded_points(const scoring_rule *rule, const quotient *value)
{
	Numeric		from = scoring_rule_number(rule, RULE_FROM);
	Numeric		to = scoring_rule_number(rule, RULE_TO);
	bool		may_cut = rule->kind == RULE_RATIO || rule->kind == RULE_GOALPOSTS ||
		rule->kind == RULE_LOG_GOALPOSTS;

	if (may_cut && rule->steps > 0 &&
		step_is_met(value, (step_test) rule->step[0].test, numeric_at(rule, rule->step[0].bound)))
		return numeric_at(rule, rule->step[0].points);
	switch ((rule_kind) rule->kind)
	{
		case RULE_POINTS:
			return direct_points(rule, value);
		case RULE_YES_NO:
			return yes_no_points(rule, value->top);
		case RULE_STEPS:
			return step_points(rule, value);
		case RULE_DEDUCTION:
		case RULE_BONUS:
		case RULE_PENALTY:
			return occurrence_points(rule, value->top);
		case RULE_LOG_GOALPOSTS:
			return log_points(rule, value);
		case RULE_SCALE:
			return scale_points(rule, value);
		case RULE_SUM:
			return sum_points(rule, value);
		case RULE_RATIO:
		case RULE_GOALPOSTS:
		case RULE_DISTANCE_TO_TARGET:
			return linear_points(value, from, to, num_compare(from, to) < 0,
								 scoring_rule_number(rule, RULE_MAX));
		default:
			elog(ERROR, "unexpected kind of scoring rule: %d", rule->kind);
			pg_unreachable();
	}
}

Numeric
absolute_points(const scoring_rule *rule, const quotient *value)
{
	return rounded_points(rule, unrounded_points(rule, value));
}

double
scoring_rule_points(const scoring_rule *rule, double value)
{
	quotient	whole = {numeric_from_float8(value, "value"), NULL};
	Numeric		points = absolute_points(rule, &whole);

	return DatumGetFloat8(DirectFunctionCall1(numeric_float8, NumericGetDatum(points)));
}

/* ---------- numerator and denominator ---------- */

bool
rule_takes_quotient(const scoring_rule *rule)
{
	switch ((rule_kind) rule->kind)
	{
		case RULE_POINTS:
		case RULE_RATIO:
		case RULE_STEPS:
		case RULE_GOALPOSTS:
		case RULE_LOG_GOALPOSTS:
		case RULE_DISTANCE_TO_TARGET:
		case RULE_SCALE:
			return true;
		case RULE_SUM:
			for (int i = 0; i < rule->steps; i++)
				if (!rule_takes_quotient(rule_at(rule, rule->step[i].points)))
					return false;
			return true;
		default:
			return false;
	}
}

Numeric
points_if_none(const scoring_rule *rule, Numeric top)
{
	rule_if_none given = num_sign(top) > 0 ? scoring_rule_if_undue(rule) :
		scoring_rule_if_none(rule);

	if (rule->kind == RULE_SUM)
	{
		Numeric		sum = num_zero();

		for (int i = 0; sum != NULL && i < rule->steps; i++)
		{
			Numeric		points = points_if_none(rule_at(rule, rule->step[i].points), top);

			sum = points == NULL ? NULL : num_trim(num_add(sum, points));
		}
		return sum;
	}
	if (num_sign(top) < 0 || given == IF_NONE_ERROR)
		ereport(ERROR,
				(errcode(ERRCODE_DIVISION_BY_ZERO),
				 errmsg("denominator of a scoring rule is zero"),
				 errdetail("The numerator is %s.", num_clipped(top)),
				 num_sign(top) != 0 ?
				 errhint("Correct the figures: where there is nothing to be done, nothing can have been done. Or say in the rule what is given then: \"if undue: full\", \"if undue: zero\" or \"if undue: null\".") :
				 errhint("Say in the rule what is given then: \"if none: full\", \"if none: zero\" or \"if none: null\".")));
	switch (given)
	{
		case IF_NONE_FULL:
			return scoring_rule_number(rule, RULE_MAX);
		case IF_NONE_ZERO:
			return num_zero();
		default:
			return NULL;
	}
}
