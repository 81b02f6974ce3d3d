/*
 * apply_rule.c
 *	  The SQL function apply_rule(): points from what was measured, by a
 *	  scoring rule. The arithmetic is that of rule_points.c and peer_points.c.
 */
#include "postgres.h"
#include "base/numeric_math.h"
#include "rules/peer_points.h"
#include "rules/rule_points.h"
#include "rules/scoring_rule_names.h"
#include "utils/datum.h"

/* A copy, since points may be a number of the rule or an argument. */
static Datum
return_points(FunctionCallInfo fcinfo, Numeric points)
{
	if (points == NULL)
		PG_RETURN_NULL();
	PG_RETURN_DATUM(datumCopy(NumericGetDatum(points), false, -1));
}

static void
refuse_without_peers(const scoring_rule *rule)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("a scoring rule of kind %s compares a value with its peers",
					rule_kind_name[rule->kind]),
			 rule->kind == RULE_DISTANCE_TO_TARGET ?
			 errhint("Call apply_rule(rule, value, reference), or say \"from\" which value points are counted.") :
			 errhint("Call apply_rule(rule, value, reference) with the values of the reference set, or use normalise().")));
}

static Datum
apply_to_value(FunctionCallInfo fcinfo, Numeric number)
{
	const scoring_rule *rule = PG_GETARG_SCORING_RULE_P(0);
	quotient	value = {check_finite_numeric(number, "value"), NULL};

	if (scoring_rule_is_relative(rule))
		refuse_without_peers(rule);
	return return_points(fcinfo, absolute_points(rule, &value));
}

static Datum
apply_to_quotient(FunctionCallInfo fcinfo, Numeric top, Numeric bottom)
{
	const scoring_rule *rule = PG_GETARG_SCORING_RULE_P(0);
	quotient	value = {check_finite_numeric(top, "numerator"), check_finite_numeric(bottom, "denominator")};
	int			sign = num_sign(bottom);

	if (!rule_takes_quotient(rule))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("a scoring rule of kind %s takes no numerator and denominator",
						rule_kind_name[rule->kind]),
				 errhint("Pass one value, or divide first.")));
	if (scoring_rule_is_relative(rule))
		refuse_without_peers(rule);
	if (sign < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("denominator must not be negative, but is %s", num_clipped(bottom)),
				 errhint("A share is taken of what there is, which is 0 or more.")));
	return return_points(fcinfo, sign == 0 ? points_if_none(rule, top) :
						 absolute_points(rule, &value));
}

static Datum
apply_among_peers(FunctionCallInfo fcinfo, Numeric number)
{
	const scoring_rule *rule = PG_GETARG_SCORING_RULE_P(0);

	if (!scoring_rule_is_relative(rule))
		return apply_to_value(fcinfo, number);
	check_finite_numeric(number, "value");
	return return_points(fcinfo, relative_points(fcinfo, rule, number, PG_GETARG_ARRAYTYPE_P(2)));
}

/* ---------- overloads ---------- */

/* apply_rule(rule, value numeric) */
PARINDEX_FUNCTION(parindex_apply_rule_numeric);
Datum
parindex_apply_rule_numeric(PG_FUNCTION_ARGS)
{
	return apply_to_value(fcinfo, PG_GETARG_NUMERIC(1));
}

/* apply_rule(rule, value float8) */
PARINDEX_FUNCTION(parindex_apply_rule_float8);
Datum
parindex_apply_rule_float8(PG_FUNCTION_ARGS)
{
	return apply_to_value(fcinfo, numeric_from_float8(PG_GETARG_FLOAT8(1), "value"));
}

/* apply_rule(rule, value bigint) */
PARINDEX_FUNCTION(parindex_apply_rule_bigint);
Datum
parindex_apply_rule_bigint(PG_FUNCTION_ARGS)
{
	return apply_to_value(fcinfo, int64_to_numeric(PG_GETARG_INT64(1)));
}

/* apply_rule(rule, answer boolean) */
PARINDEX_FUNCTION(parindex_apply_rule_boolean);
Datum
parindex_apply_rule_boolean(PG_FUNCTION_ARGS)
{
	const scoring_rule *rule = PG_GETARG_SCORING_RULE_P(0);

	if (rule->kind != RULE_YES_NO)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("a scoring rule of kind %s takes no boolean", rule_kind_name[rule->kind]),
				 errhint("Pass a number, or use a rule such as \"yes: 1, no: 0\".")));
	return return_points(fcinfo, scoring_rule_number(rule, PG_GETARG_BOOL(1) ? RULE_YES : RULE_NO));
}

/* apply_rule(rule, numerator numeric, denominator numeric) */
PARINDEX_FUNCTION(parindex_apply_rule_quotient_numeric);
Datum
parindex_apply_rule_quotient_numeric(PG_FUNCTION_ARGS)
{
	return apply_to_quotient(fcinfo, PG_GETARG_NUMERIC(1), PG_GETARG_NUMERIC(2));
}

/* apply_rule(rule, numerator float8, denominator float8) */
PARINDEX_FUNCTION(parindex_apply_rule_quotient_float8);
Datum
parindex_apply_rule_quotient_float8(PG_FUNCTION_ARGS)
{
	return apply_to_quotient(fcinfo, numeric_from_float8(PG_GETARG_FLOAT8(1), "numerator"),
							 numeric_from_float8(PG_GETARG_FLOAT8(2), "denominator"));
}

/* apply_rule(rule, numerator bigint, denominator bigint) */
PARINDEX_FUNCTION(parindex_apply_rule_quotient_bigint);
Datum
parindex_apply_rule_quotient_bigint(PG_FUNCTION_ARGS)
{
	return apply_to_quotient(fcinfo, int64_to_numeric(PG_GETARG_INT64(1)),
							 int64_to_numeric(PG_GETARG_INT64(2)));
}

/* apply_rule(rule, value numeric, reference numeric[]) */
PARINDEX_FUNCTION(parindex_apply_rule_peers_numeric);
Datum
parindex_apply_rule_peers_numeric(PG_FUNCTION_ARGS)
{
	return apply_among_peers(fcinfo, PG_GETARG_NUMERIC(1));
}

/* apply_rule(rule, value float8, reference float8[]) */
PARINDEX_FUNCTION(parindex_apply_rule_peers_float8);
Datum
parindex_apply_rule_peers_float8(PG_FUNCTION_ARGS)
{
	return apply_among_peers(fcinfo, numeric_from_float8(PG_GETARG_FLOAT8(1), "value"));
}
