/*
 * scoring_rule_names.c
 *	  The words of scoring rules, as in their text form: scoring_rule_names.h.
 */
#include "postgres.h"
#include "rules/scoring_rule_names.h"

const char *const rule_kind_name[RULE_KINDS] = {
	[RULE_POINTS] = "points",
	[RULE_YES_NO] = "yes_no",
	[RULE_RATIO] = "ratio",
	[RULE_STEPS] = "steps",
	[RULE_DEDUCTION] = "deduction",
	[RULE_BONUS] = "bonus",
	[RULE_PENALTY] = "penalty",
	[RULE_MINMAX] = "minmax",
	[RULE_ZSCORE] = "zscore",
	[RULE_RANK] = "rank",
	[RULE_PERCENTILE] = "percentile",
	[RULE_DISTANCE_TO_TARGET] = "distance_to_target",
	[RULE_DISTANCE_TO_MAXIMUM] = "distance_to_maximum",
	[RULE_DISTANCE_TO_UNIT] = "distance_to_unit",
	[RULE_GOALPOSTS] = "goalposts",
	[RULE_LOG_GOALPOSTS] = "log_goalposts",
	[RULE_SCALE] = "scale",
	[RULE_RATIO_TO_MAXIMUM] = "ratio_to_maximum",
	[RULE_CUME_DIST] = "percentile_cume_dist",
	[RULE_HAZEN] = "percentile_hazen",
	[RULE_SUM] = "sum"
};

const char *const step_test_sign[STEP_TESTS] = {
	[STEP_ABOVE] = ">",
	[STEP_AT_LEAST] = ">=",
	[STEP_BELOW] = "<",
	[STEP_AT_MOST] = "<="
};

const choice rule_if_none_words[] = {
	{"error", IF_NONE_ERROR},
	{"full", IF_NONE_FULL},
	{"zero", IF_NONE_ZERO},
	{"null", IF_NONE_NULL},
	{NULL}
};
