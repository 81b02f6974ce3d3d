/*
 * normalise_plan.c
 *	  Options of a normalisation, and the plan of a criterion: normalise_plan.h.
 *
 * What is better is said once. The direction of a leaf turns the signs of
 * values and marks, so that a scale only ever sees more as better. Two marks
 * go from the worst value to the best, and so say it themselves.
 */
#include "postgres.h"
#include "steps/normalise_plan.h"

#include <math.h>


const choice normalise_methods[] = {
	{"minmax", NORMALISE_MINMAX},
	{"zscore", NORMALISE_ZSCORE},
	{"rank", NORMALISE_RANK},
	{"borda", NORMALISE_BORDA},
	{"percentile_rank", NORMALISE_PERCENTILE_RANK},
	{"fraction_of_maximum", NORMALISE_FRACTION_OF_MAXIMUM},
	{"distance_to_max", NORMALISE_DISTANCE_TO_MAX},
	{"distance_to_target", NORMALISE_DISTANCE_TO_TARGET},
	{"distance_to_reference", NORMALISE_DISTANCE_TO_REFERENCE},
	{"goalposts", NORMALISE_GOALPOSTS},
	{"log_goalposts", NORMALISE_LOG_GOALPOSTS},
	{"scaled", NORMALISE_SCALED},
	{"rule", NORMALISE_RULE},
	{"cume_dist", NORMALISE_CUME_DIST},
	{"hazen", NORMALISE_HAZEN},
	{"positive_percentile", NORMALISE_POSITIVE_PERCENTILE},
	{"exponential_rank", NORMALISE_EXPONENTIAL_RANK},
	{"range_plus_one", NORMALISE_RANGE_PLUS_ONE},
	{"share_of_sum", NORMALISE_SHARE_OF_SUM},
	{"percent_of_mean", NORMALISE_PERCENT_OF_MEAN},
	{"robust_zscore", NORMALISE_ROBUST_ZSCORE},
	{"quantile_range", NORMALISE_QUANTILE_RANGE},
	{"sigmoid", NORMALISE_SIGMOID},
	{"mazziotta_pareto", NORMALISE_MAZZIOTTA_PARETO},
	{"adjusted_mazziotta_pareto", NORMALISE_ADJUSTED_MAZZIOTTA_PARETO},
	{NULL, 0}
};

const choice ties_choices[] = {
	{"min", TIES_MIN},
	{"max", TIES_MAX},
	{"mean", TIES_MEAN},
	{NULL, 0}
};

const choice constant_results[] = {
	{"null", CONSTANT_NULL},
	{"lower", CONSTANT_LOWER},
	{"mid", CONSTANT_MID},
	{"upper", CONSTANT_UPPER},
	{NULL, 0}
};

normalise_options
normalise_defaults(void)
{
	return (normalise_options) {
		.method = NORMALISE_MINMAX, .lower = 0, .upper = 100, .constant = CONSTANT_NULL,
		.target = NAN, .worst = NAN, .best = NAN, .scale_min = 0, .scale_max = 100,
		.ties = TIES_MIN, .center = NAN, .spread = NAN, .first = NAN, .second = NAN
	};
}

static void
check_interval(double low, double high, const char *low_name, const char *high_name)
{
	if (!(low < high) || !isfinite(high - low))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must be less than %s and both finite, but they are %g and %g",
						low_name, high_name, low, high),
				 errhint("Whether less of a criterion is better is said by its direction in the framework.")));
}

static bool
takes_ties(normalise_method method)
{
	return method == NORMALISE_RANK || method == NORMALISE_BORDA ||
		method == NORMALISE_PERCENTILE_RANK || method == NORMALISE_EXPONENTIAL_RANK;
}

/* rank and borda have always passed over theirs. */
static bool
takes_bounds(normalise_method method)
{
	return method != NORMALISE_ZSCORE && method != NORMALISE_ROBUST_ZSCORE &&
		method != NORMALISE_EXPONENTIAL_RANK && method != NORMALISE_MAZZIOTTA_PARETO &&
		method != NORMALISE_ADJUSTED_MAZZIOTTA_PARETO;
}

void
check_normalise_options(const normalise_options *options)
{
	check_interval(options->lower, options->upper, "lower", "upper");
	check_interval(options->scale_min, options->scale_max, "scale_min", "scale_max");
	if (options->ties_given && !takes_ties(options->method))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("method %s takes no rule for ties", choice_name(normalise_methods, options->method)),
				 errhint("rank, borda, percentile_rank and exponential_rank do.")));
	if (!takes_bounds(options->method) && (options->lower != normalise_defaults().lower ||
										   options->upper != normalise_defaults().upper))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("method %s takes no lower and upper bound",
						choice_name(normalise_methods, options->method)),
				 errdetail("Its results are bare numbers, which nothing bounds."),
				 errhint("For z-scores of another mean and deviation say run_pipeline(matrix, framework, 'normalise zscore 10 2').")));
	if (!isnan(options->center) && (!isfinite(options->center) || !(options->spread > 0) ||
									!isfinite(options->center + options->spread)))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("mean and deviation of z-scores must be finite, the deviation above 0, but they are %g and %g",
						options->center, options->spread)));
	if (options->method == NORMALISE_QUANTILE_RANGE && !isnan(options->first) &&
		!(options->first >= 0 && options->first < options->second && options->second <= 1))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("quantiles must be shares from 0 to 1 that rise, but are %g and %g",
						options->first, options->second)));
	if (options->method == NORMALISE_EXPONENTIAL_RANK && !isnan(options->first) &&
		!(options->first >= 1 && options->first <= 1e6))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("constant of the exponential transformation must be from 1 to 1e6, but is %g",
						options->first),
				 errhint("Indices of multiple deprivation take 23.")));
	if (options->method == NORMALISE_SIGMOID && !isnan(options->first) &&
		(options->first == 0 || !isfinite(1 / options->first) || !isfinite(options->second)))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("slope and midpoint of a sigmoid must be finite, the slope not 0, but they are %g and %g",
						options->first, options->second)));
	if (isinf(options->target))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("target must be finite, but is %g", options->target)));
	if (options->method == NORMALISE_DISTANCE_TO_REFERENCE && options->reference_unit == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("distance_to_reference needs a unit to compare with"),
				 errhint("Pass its name as reference_unit.")));
}

static void
refuse_criterion(const framework *fw, int leaf, const char *problem, const char *hint)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("criterion \"%s\" %s", framework_code_cstring(fw, leaf), problem),
			 errhint("%s", hint)));
}

/* Two marks, given or of a rule, which have a direction: the leaf's must not gainsay it. */
static void
plan_marks(criterion_plan *plan, const normalise_options *options, const framework *fw,
		   int leaf, const scoring_rule *rule, bool logarithmic)
{
	if (options != NULL && !isnan(options->worst))
	{
		plan->from = options->worst;
		plan->to = options->best;
	}
	else if (rule == NULL || !scoring_rule_float8(rule, RULE_FROM, &plan->from) ||
		!scoring_rule_float8(rule, RULE_TO, &plan->to))
		refuse_criterion(fw, leaf, "has no goalposts",
						 "Give it a rule in the framework, such as \"goalposts from 20 to 85 max 100\".");
	if (plan->direction < 0 && plan->from < plan->to)
		refuse_criterion(fw, leaf, "has direction -1, but goalposts that rise",
						 "Goalposts go from the worst value to the best: turn them round.");
	if (logarithmic && (plan->from <= 0 || plan->to <= 0))
		refuse_criterion(fw, leaf, "has goalposts without a logarithm",
						 "On a logarithmic scale goalposts must be above 0.");
	if (plan->from == plan->to || !isfinite(plan->to - plan->from))
		refuse_criterion(fw, leaf, "has goalposts too close together or too far apart for float8",
						 "Move them.");
	plan->basis = logarithmic ? BASIS_LOG_MARKS : BASIS_MARKS;
	plan->direction = 1;
	plan->held = true;
}

/*
 * The mark is the value of a unit; where it stands in several periods, of the
 * latest in which it is observed.
 */
static void
plan_reference_unit(criterion_plan *plan, const matrix_view *set, int column, const char *unit)
{
	int			length = strlen(unit);
	bool		known = false;

	if (set == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("reference unit \"%s\" is not known where values come without their units", unit),
				 errhint("Fit from a score matrix.")));
	plan->basis = BASIS_MARK;
	plan->to = NAN;
	for (int row = 0; row < set->rows; row++)
	{
		Size		cell = (Size) column * set->rows + row;

		if (set->unit[row].length != length ||
			memcmp(matrix_name_bytes(set, set->unit[row]), unit, length) != 0)
			continue;
		known = true;
		if (set->status[cell] == CELL_OBSERVED)
			plan->to = set->value[cell] * plan->direction;
	}
	if (!known)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("reference unit \"%s\" is not in the matrix", unit),
				 errhint("Where a reference matrix is given, the unit must be in that.")));
	if (isnan(plan->to))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("reference unit \"%s\" has no value of criterion \"%s\"",
						unit, matrix_code_cstring(set, column)),
				 errhint("Impute the value, or compare with another unit.")));
}

/* As the leaf's own rule says; its points are the scale. */
static void
plan_rule(criterion_plan *plan, const framework *fw, int leaf, const scoring_rule *rule,
		  const matrix_view *set, int column)
{
	if (rule == NULL)
		refuse_criterion(fw, leaf, "has no scoring rule",
						 "Give it one in the framework; \"points\" is the rule of values that are points already.");
	if (scoring_rule_lower_is_better(rule))
		plan->direction = -1;
	if (scoring_rule_is_relative(rule) && scoring_rule_digits(rule) >= 0)
		refuse_criterion(fw, leaf, "has a rule that rounds points among peers",
						 "Round the criterion: give it the setting round in the framework.");
	plan->held = true;
	plan->lower = 0;
	if (!scoring_rule_float8(rule, RULE_MAX, &plan->upper))
		plan->upper = 0;
	switch ((rule_kind) rule->kind)
	{
		case RULE_MINMAX:
		case RULE_DISTANCE_TO_MAXIMUM:
			plan->basis = BASIS_MINMAX;
			break;
		case RULE_ZSCORE:
			plan->basis = BASIS_ZSCORE;
			plan->share = false;
			break;
		case RULE_RANK:
			plan->basis = BASIS_RANK;
			plan->share = false;
			break;
		case RULE_PERCENTILE:
			plan->basis = BASIS_PERCENTILE;
			break;
		case RULE_DISTANCE_TO_UNIT:
			plan_reference_unit(plan, set, column, scoring_rule_unit(rule));
			break;
		case RULE_DISTANCE_TO_TARGET:
			if (scoring_rule_is_relative(rule))
			{
				plan->basis = BASIS_MARK;
				(void) scoring_rule_float8(rule, RULE_TO, &plan->to);
				plan->to *= plan->direction;
				break;
			}
			/* FALLTHROUGH */
		case RULE_RATIO:
		case RULE_GOALPOSTS:
			plan_marks(plan, NULL, fw, leaf, rule, false);	/* for its checks */
			plan->basis = BASIS_RULE;
			plan->rule = rule;
			break;
		case RULE_CUME_DIST:
			plan->basis = BASIS_CUME_DIST;
			break;
		case RULE_HAZEN:
			plan->basis = BASIS_HAZEN;
			break;
		case RULE_RATIO_TO_MAXIMUM:
			plan->basis = plan->direction < 0 ? BASIS_FRACTION_OF_MIN : BASIS_FRACTION_OF_MAX;
			break;
		case RULE_SUM:
			if (scoring_rule_is_relative(rule))
				refuse_criterion(fw, leaf, "has a rule that adds up points among peers",
								 "Make a criterion of each part, or call apply_rule(rule, value, reference).");
			plan->basis = BASIS_RULE;
			plan->rule = rule;
			break;
		case RULE_SCALE:
			plan->basis = BASIS_RULE;
			plan->rule = rule;
			break;
		case RULE_LOG_GOALPOSTS:
			if (rule->steps > 0 || scoring_rule_digits(rule) >= 0)
			{
				plan_marks(plan, NULL, fw, leaf, rule, true);	/* for its checks */
				plan->basis = BASIS_RULE;
				plan->rule = rule;
				break;
			}
			/* Points that are no finite decimals: nothing to keep exact. */
			plan_marks(plan, NULL, fw, leaf, rule, true);
			break;
		case RULE_POINTS:
		case RULE_YES_NO:
		case RULE_STEPS:
		case RULE_DEDUCTION:
		case RULE_BONUS:
		case RULE_PENALTY:
			plan->basis = BASIS_RULE;
			plan->rule = rule;
			break;
	}
}

/* A bare z-score, or one of a given mean and deviation. */
static void
plan_moments(criterion_plan *plan, double center, double spread)
{
	plan->share = !isnan(center);
	plan->held = false;
	if (!plan->share)
		return;
	plan->lower = center;
	plan->upper = center + spread;
}

static void
refuse_less_is_better(const framework *fw, int leaf, const char *method)
{
	if (fw->node[leaf].direction < 0)
		refuse_criterion(fw, leaf, "has direction -1", psprintf("Method %s has no sense where less is better: take another, or transform the criterion to one of which more is better.", method));
}

void
plan_criterion(const normalise_options *options, const framework *fw, int leaf,
			   const matrix_view *set, int column, criterion_plan *plan)
{
	char	   *text = framework_rule(fw, leaf);
	const scoring_rule *rule = text == NULL ? NULL : scoring_rule_parse(text);
	bool		less_is_better = fw->node[leaf].direction < 0;

	memset(plan, 0, sizeof(*plan));
	plan->direction = less_is_better ? -1 : 1;
	plan->share = true;
	plan->held = options->held;
	plan->lower = options->lower;
	plan->upper = options->upper;
	plan->ties = options->ties;
	plan->first = options->first;
	plan->second = options->second;
	switch (options->method)
	{
		case NORMALISE_MINMAX:
		case NORMALISE_DISTANCE_TO_MAX:
			plan->basis = BASIS_MINMAX;
			break;
		case NORMALISE_ZSCORE:
			plan->basis = BASIS_ZSCORE;
			plan_moments(plan, options->center, options->spread);
			break;
		case NORMALISE_ROBUST_ZSCORE:
			plan->basis = BASIS_ROBUST_ZSCORE;
			plan_moments(plan, options->center, options->spread);
			break;
		case NORMALISE_MAZZIOTTA_PARETO:
			plan->basis = BASIS_POPULATION_ZSCORE;
			plan_moments(plan, 100, 10);
			break;
		case NORMALISE_ADJUSTED_MAZZIOTTA_PARETO:
			plan->basis = BASIS_AROUND;
			plan->to = NAN;
			if (options->reference_unit != NULL)
				plan_reference_unit(plan, set, column, options->reference_unit);
			else if (!isnan(options->target))
				plan->to = options->target * plan->direction;
			plan->basis = BASIS_AROUND;
			plan->lower = 70;
			plan->upper = 130;
			break;
		case NORMALISE_RANK:
			plan->basis = BASIS_RANK;
			plan->share = false;
			break;
		case NORMALISE_BORDA:
			plan->basis = BASIS_BORDA;
			plan->share = false;
			break;
		case NORMALISE_EXPONENTIAL_RANK:
			plan->basis = BASIS_EXPONENTIAL;
			plan->share = false;
			if (isnan(plan->first))
				plan->first = 23;
			if (!options->ties_given)
				plan->ties = TIES_MAX;
			break;
		case NORMALISE_CUME_DIST:
			plan->basis = BASIS_CUME_DIST;
			break;
		case NORMALISE_HAZEN:
			plan->basis = BASIS_HAZEN;
			break;
		case NORMALISE_POSITIVE_PERCENTILE:
			plan->basis = BASIS_POSITIVE;
			refuse_less_is_better(fw, leaf, "positive_percentile");
			break;
		case NORMALISE_RANGE_PLUS_ONE:
			plan->basis = BASIS_RANGE_PLUS_ONE;
			break;
		case NORMALISE_SHARE_OF_SUM:
			plan->basis = BASIS_SUM;
			refuse_less_is_better(fw, leaf, "share_of_sum");
			break;
		case NORMALISE_PERCENT_OF_MEAN:
			plan->basis = BASIS_MEAN;
			refuse_less_is_better(fw, leaf, "percent_of_mean");
			break;
		case NORMALISE_QUANTILE_RANGE:
			plan->basis = BASIS_QUANTILES;
			if (isnan(plan->first))
			{
				plan->first = 0.05;
				plan->second = 0.95;
			}
			break;
		case NORMALISE_SIGMOID:
			plan->basis = isnan(options->first) ? BASIS_SIGMOID : BASIS_GIVEN_SIGMOID;
			plan->second *= plan->direction;
			break;
		case NORMALISE_PERCENTILE_RANK:
			plan->basis = BASIS_PERCENTILE;
			break;
		case NORMALISE_FRACTION_OF_MAXIMUM:
			plan->basis = less_is_better ? BASIS_FRACTION_OF_MIN : BASIS_FRACTION_OF_MAX;
			plan->direction = 1;
			break;
		case NORMALISE_DISTANCE_TO_TARGET:
			plan->basis = BASIS_MARK;
			plan->to = options->target;
			if (rule != NULL)
				(void) scoring_rule_float8(rule, RULE_TO, &plan->to);
			if (isnan(plan->to))
				refuse_criterion(fw, leaf, "has no target",
								 "Give it a rule in the framework, such as \"distance to target 80 max 100\", or pass target.");
			plan->to *= plan->direction;
			break;
		case NORMALISE_DISTANCE_TO_REFERENCE:
			plan_reference_unit(plan, set, column, options->reference_unit);
			break;
		case NORMALISE_GOALPOSTS:
			plan_marks(plan, options, fw, leaf, rule,
					   isnan(options->worst) && rule != NULL &&
					   rule->kind == RULE_LOG_GOALPOSTS);
			break;
		case NORMALISE_LOG_GOALPOSTS:
			plan_marks(plan, options, fw, leaf, rule, true);
			break;
		case NORMALISE_SCALED:
			plan->basis = BASIS_MARKS;
			plan->direction = 1;
			plan->from = less_is_better ? options->scale_max : options->scale_min;
			plan->to = less_is_better ? options->scale_min : options->scale_max;
			break;
		case NORMALISE_RULE:
			plan_rule(plan, fw, leaf, rule, set, column);
			break;
	}
}
