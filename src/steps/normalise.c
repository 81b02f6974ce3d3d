/*
 * normalise.c
 *	  Normalisation of a score matrix: each criterion on a scale on which more
 *	  is better.
 *
 * The plan of a criterion (normalise_plan.c) and the values of a set, its own
 * or those of a reference matrix, make a scale (kernel/field/normalise.c), at which
 * each value is read (cell_step.h). Rules that look at one value alone are
 * applied in decimal, as apply_rule() does, but for logarithms.
 */
#include "postgres.h"
#include "steps/column_step.h"

#include "kernel/field/column_stats.h"
#include "utils/builtins.h"

static char *
code_of(const column_learner *learner)
{
	return pnstrdup(learner->code, learner->code_length);
}

/* ---------- learning ---------- */

static int
find_leaf(const column_learner *learner)
{
	const framework *fw = framework_of(learner->cache);
	int			node = framework_find(learner->cache, learner->code, learner->code_length);

	if (node < 0 || fw->node[node].leaf < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 node < 0 ?
				 errmsg("criterion \"%s\" of the matrix is not in the framework", code_of(learner)) :
				 errmsg("criterion \"%s\" of the matrix is not a leaf of the framework", code_of(learner)),
				 errhint("Leave its values out of the matrix: score_matrix_agg(...) FILTER (WHERE ...).")));
	return node;
}

void
begin_normalisation(column_learner *learner)
{
	plan_criterion(&learner->step->as.normalise, framework_of(learner->cache), find_leaf(learner),
				   learner->set, learner->set_column, &learner->plan);
}

/* Sorted values are kept with the scale. */
static int
sort_values(column_learner *learner, int n)
{
	learner->sorted = palloc_extended(sizeof(double) * Max(n, 1), MCXT_ALLOC_HUGE);
	return column_sort(learner->values, n, learner->sorted, learner->scratch);
}

/* From the worst value to a mark that no value is worse than, there is no scale. */
static scale
scale_to_better_mark(const column_learner *learner, const double *values, int n, double mark)
{
	scale		s = scale_to_mark(values, n, mark);

	/* Rules say themselves what the mark is worth. */
	if (learner->step->as.normalise.method == NORMALISE_RULE)
		return s;
	if (s.kind == SCALE_STEP && learner->step->as.normalise.constant == CONSTANT_NULL)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the mark %g of criterion \"%s\" is not better than its worst value",
						mark * learner->plan.direction, code_of(learner)),
				 errdetail("A distance is counted from the worst value, 0, to the mark, 1."),
				 errhint("Take another mark, or say by constant what all values become.")));
	if (s.kind == SCALE_STEP)
		s.kind = SCALE_CONSTANT;
	return s;
}

static scale
make_scale(column_learner *learner, int n)
{
	const criterion_plan *plan = &learner->plan;
	double	   *values = learner->values;

	for (int i = 0; i < n; i++)
		values[i] *= plan->direction;
	switch (plan->basis)
	{
		case BASIS_MINMAX:
			return scale_minmax(values, n);
		case BASIS_ZSCORE:
			return scale_zscore(values, n);
		case BASIS_RANK:
		case BASIS_BORDA:
			n = sort_values(learner, n);
			return scale_rank(learner->sorted, n, plan->basis == BASIS_RANK ? 1 : 0, plan->ties);
		case BASIS_PERCENTILE:
			n = sort_values(learner, n);
			return scale_percentile(learner->sorted, n, plan->ties);
		case BASIS_FRACTION_OF_MAX:
			return scale_fraction_of_max(values, n);
		case BASIS_FRACTION_OF_MIN:
			return scale_fraction_of_min(values, n);
		case BASIS_MARK:
			return scale_to_better_mark(learner, values, n, plan->to);
		case BASIS_MARKS:
			return scale_between(plan->from, plan->to);
		case BASIS_LOG_MARKS:
			return scale_log_between(plan->from, plan->to);
		case BASIS_CUME_DIST:
			n = sort_values(learner, n);
			return scale_cume_dist(learner->sorted, n);
		case BASIS_HAZEN:
			n = sort_values(learner, n);
			return scale_hazen(learner->sorted, n);
		case BASIS_POSITIVE:
			n = sort_values(learner, n);
			return scale_positive(learner->sorted, n);
		case BASIS_EXPONENTIAL:
			n = sort_values(learner, n);
			return scale_exponential(learner->sorted, n, plan->first, plan->ties);
		case BASIS_RANGE_PLUS_ONE:
			return scale_range_and_one(values, n);
		case BASIS_SUM:
			return scale_of_sum(values, n);
		case BASIS_MEAN:
			return scale_of_mean(values, n);
		case BASIS_ROBUST_ZSCORE:
			n = sort_values(learner, n);
			return scale_robust_zscore(learner->sorted, n, values, learner->scratch);
		case BASIS_QUANTILES:
			n = sort_values(learner, n);
			return scale_quantiles(learner->sorted, n, plan->first, plan->second);
		case BASIS_SIGMOID:
			return scale_sigmoid(values, n);
		case BASIS_GIVEN_SIGMOID:
			return scale_given_sigmoid(plan->first, plan->second);
		case BASIS_POPULATION_ZSCORE:
			return scale_population_zscore(values, n);
		case BASIS_AROUND:
			return scale_around(values, n, isnan(plan->to) ? column_mean(values, n) : plan->to);
		case BASIS_RULE:
			break;
	}
	elog(ERROR, "unexpected basis of a scale: %d", plan->basis);
	pg_unreachable();
}

static void
check_scale(const column_learner *learner, const scale *s)
{
	if (s->kind == SCALE_UNDEFINED)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 learner->plan.basis == BASIS_SUM || learner->plan.basis == BASIS_MEAN ?
				 errmsg("criterion \"%s\" has no share of its sum or mean", code_of(learner)) :
				 errmsg("criterion \"%s\" has no fraction of its maximum", code_of(learner)),
				 learner->plan.basis == BASIS_SUM || learner->plan.basis == BASIS_MEAN ?
				 errdetail("They are not above 0.") :
				 errdetail("Its maximum, or where less is better its minimum, is not above 0."),
				 errhint("Use minmax.")));
	if (!isfinite(s->length))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("values of criterion \"%s\" lie too far apart", code_of(learner)),
				 errdetail("Their differences leave the range of float8.")));
}

/* What values become that nothing tells apart; NaN for nothing. */
static double
constant_value(const normalise_options *options, const criterion_plan *plan)
{
	if (options->constant == CONSTANT_NULL)
		return NAN;
	if (plan->basis == BASIS_ZSCORE || plan->basis == BASIS_ROBUST_ZSCORE ||
		plan->basis == BASIS_POPULATION_ZSCORE)
		return plan->share ? plan->lower : 0;
	if (!plan->share)
		return 0;
	switch (options->constant)
	{
		case CONSTANT_LOWER:
			return plan->lower;
		case CONSTANT_UPPER:
			return plan->upper;
		default:
			return share_between(0.5, plan->lower, plan->upper);
	}
}

void
learn_normalisation(column_learner *learner, int n, cell_step *learned)
{
	const criterion_plan *plan = &learner->plan;
	scale		s;

	if (plan->basis == BASIS_RULE)
	{
		learned->kind = CELL_POINTS;
		learned->as.rule = plan->rule;
		return;
	}
	s = make_scale(learner, n);
	check_scale(learner, &s);
	if (s.kind == SCALE_EMPTY || s.kind == SCALE_CONSTANT)
	{
		learned->kind = CELL_SET;
		learned->as.value = s.kind == SCALE_EMPTY ? get_float8_nan() :
			constant_value(&learner->step->as.normalise, plan);
		return;
	}
	learned->kind = CELL_SCALE;
	learned->as.scale = (cell_scale) {
		.scale = s, .direction = plan->direction, .share = plan->share,
		.held = plan->held, .lower = plan->lower, .upper = plan->upper
	};
}

/* ---------- the function ---------- */

static void
read_normalise_options(FunctionCallInfo fcinfo, normalise_options *options)
{
	*options = normalise_defaults();
	options->method = (normalise_method) choose(PG_GETARG_TEXT_PP(2), "method", normalise_methods);
	options->lower = PG_GETARG_FLOAT8(3);
	options->upper = PG_GETARG_FLOAT8(4);
	options->constant = PG_ARGISNULL(7) ? CONSTANT_NULL :
		(constant_result) choose(PG_GETARG_TEXT_PP(7), "result of a constant criterion",
								 constant_results);
	options->reference_unit = PG_ARGISNULL(8) ? NULL : text_to_cstring(PG_GETARG_TEXT_PP(8));
	options->target = PG_ARGISNULL(9) ? NAN : PG_GETARG_FLOAT8(9);
	options->scale_min = PG_GETARG_FLOAT8(10);
	options->scale_max = PG_GETARG_FLOAT8(11);
	check_normalise_options(options);
}

score_matrix *
normalise_matrix(const normalise_options *options, const matrix_view *matrix,
				 const framework_cache *cache, bool by_group, const matrix_view *reference)
{
	column_step step = {
		.verb = STEP_NORMALISE,
		.parts = {.by_group = by_group, .ungrouped = true},
		.as = {.normalise = *options}
	};
	matrix_view result;

	matrix_open(matrix_copy(matrix), &result);
	run_column_step(&step, cache, reference == NULL ? matrix : reference, &result, NULL, NULL);
	return result.matrix;
}

/*
 * normalise(matrix, framework, method, lower, upper, by_group, reference,
 * constant, reference_unit, target, scale_min, scale_max)
 */
PARINDEX_FUNCTION(parindex_normalise);
Datum
parindex_normalise(PG_FUNCTION_ARGS)
{
	normalise_options options;
	matrix_view matrix;
	matrix_view reference;

	/* Not strict, since some arguments may be NULL: these may not. */
	for (int i = 0; i <= 11; i++)
		if (PG_ARGISNULL(i) && !(i >= 6 && i <= 9))
			PG_RETURN_NULL();
	read_normalise_options(fcinfo, &options);
	matrix_open(PG_GETARG_SCORE_MATRIX_P(0), &matrix);
	if (!PG_ARGISNULL(6))
		matrix_open(PG_GETARG_SCORE_MATRIX_P(6), &reference);
	PG_RETURN_POINTER(normalise_matrix(&options, &matrix, framework_argument(fcinfo, 1),
									   PG_GETARG_BOOL(5), PG_ARGISNULL(6) ? NULL : &reference));
}

/* With a rule for ties: arguments by their places, then by_group, by_period, constant. */
static Datum
normalise_with_ties(FunctionCallInfo fcinfo, int ties, int lower)
{
	column_step step = {.verb = STEP_NORMALISE};
	normalise_options *options = &step.as.normalise;
	matrix_view matrix;
	matrix_view result;

	*options = normalise_defaults();
	options->method = (normalise_method) choose(PG_GETARG_TEXT_PP(2), "method", normalise_methods);
	options->ties = (scale_ties) choose(PG_GETARG_TEXT_PP(ties), "rule for ties", ties_choices);
	options->ties_given = true;
	options->lower = PG_GETARG_FLOAT8(lower);
	options->upper = PG_GETARG_FLOAT8(lower + 1);
	options->constant = (constant_result) choose(PG_GETARG_TEXT_PP(8), "result of a constant criterion",
												 constant_results);
	check_normalise_options(options);
	step.parts = (division_rule) {
		.by_group = PG_GETARG_BOOL(6), .by_period = PG_GETARG_BOOL(7), .ungrouped = true
	};
	matrix_open(PG_GETARG_SCORE_MATRIX_P(0), &matrix);
	matrix_open(matrix_copy(&matrix), &result);
	run_column_step(&step, framework_argument(fcinfo, 1), &matrix, &result, NULL, NULL);
	PG_RETURN_POINTER(result.matrix);
}

PARINDEX_FUNCTION(parindex_normalise_ties);
Datum
parindex_normalise_ties(PG_FUNCTION_ARGS)
{
	return normalise_with_ties(fcinfo, 3, 4);
}

PARINDEX_FUNCTION(parindex_normalise_bounds_and_ties);
Datum
parindex_normalise_bounds_and_ties(PG_FUNCTION_ARGS)
{
	return normalise_with_ties(fcinfo, 5, 3);
}
