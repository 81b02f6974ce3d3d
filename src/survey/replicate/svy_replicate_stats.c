/*
 * svy_replicate_stats.c
 *	  svy_replicate_stats(): exact sums by the weights of the sample and of
 *	  each replicate; svy_replicate_estimate(), svy_replicate_estimates() read
 *	  them.
 *
 * The statistics are an array of weighted_sums: the first by the weights of
 * the sample, the others by those of the replicates, in order.
 */
#include "postgres.h"
#include "statistics/moments_array.h"

#include <math.h>

#include "access/htup_details.h"
#include "base/arguments/argument_checks.h"
#include "base/arguments/estimate_kind.h"
#include "base/result_column.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "kernel/exact/distributions.h"
#include "kernel/survey/replicate_variance.h"
#include "survey/replicate/replicate_design.h"
#include "survey/replicate/replicate_type.h"
#include "survey/state/df_rule.h"
#include "survey/state/survey_stats.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/float.h"
#include "utils/lsyscache.h"

#define FIRST_SIZE 64

static moment_array *
array_of_length(FunctionCallInfo fcinfo, int length)
{
	MemoryContext context;
	moment_array *array;

	if (PG_ARGISNULL(0))
	{
		if (!AggCheckCallContext(fcinfo, &context))
			outside_aggregate();
		return moment_array_new(context, length, MOMENTS_SUMS, FIRST_SIZE);
	}
	array = (moment_array *) PG_GETARG_POINTER(0);
	if (array->length != length)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("lists of %d and %d replicates in one aggregate",
						array->length - 1, length - 1)));
	return array;
}

/* Arguments: state, y, weight, weights of the replicates. */
PARINDEX_FUNCTION(parindex_svy_replicate_stats_add);
Datum
parindex_svy_replicate_stats_add(PG_FUNCTION_ARGS)
{
	moment_array *array;
	ArrayType  *weights;
	const double *weight;
	double		y;
	double		own;
	int			count;

	check_aggregate_context(fcinfo);
	if (PG_ARGISNULL(1))
		return moment_array_as_it_was(fcinfo);
	y = survey_row_answer(fcinfo);
	own = moment_state_weight(fcinfo, y);
	if (PG_ARGISNULL(3))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("replicate weights of value %s are NULL", float8out_internal(y))));
	weights = PG_GETARG_ARRAYTYPE_P(3);
	count = ARR_NDIM(weights) == 1 ? ARR_DIMS(weights)[0] : 0;
	if (count < 1 || count > MOST_REPLICATES || array_contains_nulls(weights))
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("replicate weights must be a list of 1 to %d without NULL", MOST_REPLICATES)));
	weight = (const double *) ARR_DATA_PTR(weights);
	array = array_of_length(fcinfo, count + 1);
	moment_array_add(array, 0, MOMENTS_SUMS, y, own);
	for (int r = 0; r < count; r++)
	{
		if (!(weight[r] >= 0) || isinf(weight[r]))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("weight %s of value %s in replicate %d is not valid",
							float8out_internal(weight[r]), float8out_internal(y), r + 1),
					 errdetail("A weight must be a finite number, not below zero.")));
		moment_array_add(array, r + 1, MOMENTS_SUMS, y, weight[r]);
	}
	PG_RETURN_POINTER(array);
}

/* The states in an array of weighted_sums, which the array's memory holds. */
static int
open_stats(Datum stats, moments ***state)
{
	ArrayType  *array = DatumGetArrayTypeP(stats);
	Datum	   *element;
	int			count;

	if (ARR_NDIM(array) != 1 || array_contains_nulls(array) || ARR_DIMS(array)[0] < 2)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("replicate statistics must be a list without NULL"),
				 errhint("Such lists come from svy_replicate_stats().")));
	deconstruct_array(array, ARR_ELEMTYPE(array), -1, false, TYPALIGN_DOUBLE, &element, NULL, &count);
	*state = (moments **) palloc(sizeof(moments *) * count);
	for (int i = 0; i < count; i++)
	{
		double		special;

		(*state)[i] = DatumGetMoments(element[i]);
		if ((*state)[i]->parts & MOMENTS_POWER)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("replicate statistics cannot hold the state of a power mean")));
		if (moment_state_special_mean((*state)[i], &special))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("replicate statistics cannot hold answers of %s", float8out_internal(special))));
	}
	return count;
}

/* Arguments: state, an array of weighted_sums. */
PARINDEX_FUNCTION(parindex_svy_replicate_stats_rollup_add);
Datum
parindex_svy_replicate_stats_rollup_add(PG_FUNCTION_ARGS)
{
	moment_array *array;
	moments   **state;
	int			count;

	check_aggregate_context(fcinfo);
	if (PG_ARGISNULL(1))
		return moment_array_as_it_was(fcinfo);
	count = open_stats(PG_GETARG_DATUM(1), &state);
	array = array_of_length(fcinfo, count);
	for (int i = 0; i < count; i++)
		moment_array_merge_state(array, i, state[i]);
	PG_RETURN_POINTER(array);
}

/* The array of canonical states; of a type that has them for elements. */
PARINDEX_FUNCTION(parindex_svy_replicate_stats_final);
Datum
parindex_svy_replicate_stats_final(PG_FUNCTION_ARGS)
{
	const moment_array *array;
	Datum	   *element;
	Oid			type;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	array = (const moment_array *) PG_GETARG_POINTER(0);
	type = get_element_type(get_fn_expr_rettype(fcinfo->flinfo));
	if (!OidIsValid(type))
		elog(ERROR, "could not determine the type of the states");
	element = palloc(sizeof(Datum) * array->length);
	for (int i = 0; i < array->length; i++)
		element[i] = PointerGetDatum(moment_state_canonical(array->state[i]));
	PG_RETURN_ARRAYTYPE_P(construct_array(element, array->length, type, -1, false, TYPALIGN_DOUBLE));
}

/* The mean or total of a state; NaN where the mean is of no weight. */
static double
estimate_of(const moments *state, bool mean)
{
	exact_integer sum;
	exact_integer weight;

	moments_sum(state, WINDOW_W, &weight);
	if (mean && weight.limbs == 0)
		return NAN;
	moments_sum(state, WINDOW_WX, &sum);
	return mean ? exact_ratio_round(&sum, &weight) :
		check_finite_result(exact_integer_round(&sum), "total");
}

/* Arguments: statistics, kind. */
PARINDEX_FUNCTION(parindex_svy_replicate_estimates);
Datum
parindex_svy_replicate_estimates(PG_FUNCTION_ARGS)
{
	bool		mean = !estimate_is_total(PG_GETARG_TEXT_PP(1));
	moments   **state;
	int			count = open_stats(PG_GETARG_DATUM(0), &state) - 1;
	Datum	   *estimate = palloc(sizeof(Datum) * count);
	bool	   *isnull = palloc(sizeof(bool) * count);
	int			lower_bound = 1;

	for (int r = 0; r < count; r++)
	{
		double		value = estimate_of(state[r + 1], mean);

		isnull[r] = isnan(value);
		estimate[r] = Float8GetDatum(value);
	}
	PG_RETURN_ARRAYTYPE_P(construct_md_array(estimate, isnull, 1, &count, &lower_bound, FLOAT8OID,
											 sizeof(float8), FLOAT8PASSBYVAL, TYPALIGN_DOUBLE));
}

/* Arguments: statistics, design, kind, level, mse; df NULL for the design's. */
static Datum
replicate_estimate_row(FunctionCallInfo fcinfo, const double *df)
{
	enum {ESTIMATE, SE, CI_LOW, CI_HIGH, N, DF, REPLICATES, STATUS, COLUMNS};
	TupleDesc	row_type;
	Datum		values[COLUMNS];
	bool		nulls[COLUMNS] = {false};
	const char *status;
	bool		mean = !estimate_is_total(PG_GETARG_TEXT_PP(2));
	double		level = check_level(PG_GETARG_FLOAT8(3));
	bool		mse = PG_GETARG_BOOL(4);
	replicate_design design;
	moments   **state;
	int			count = open_stats(PG_GETARG_DATUM(0), &state) - 1;
	double	   *replicate;
	double		estimate;
	double		se;
	double		margin;
	int			used;

	if (get_call_result_type(fcinfo, NULL, &row_type) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type is no row");
	read_replicate_design(PG_GETARG_HEAPTUPLEHEADER(1), &design);
	if (count != design.replicates)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("statistics of %d replicates do not fit a design of %d", count, design.replicates)));

	if (df != NULL)
		design.df = *df;
	estimate = estimate_of(state[0], mean);
	replicate = palloc(sizeof(double) * count);
	for (int r = 0; r < count; r++)
		replicate[r] = estimate_of(state[r + 1], mean);
	se = sqrt(replicate_variance(replicate, design.rscale, count, design.scale,
								 mse ? estimate : NAN, &used));
	margin = design.df > 0 ? se * student_t_quantile(0.5 + level / 2, design.df) : NAN;
	if (isinf(se) || isinf(margin))
		float_overflow_error();
	status = state[0]->n == 0 || isnan(estimate) ? "no_answers" :
		replicate_design_is_census(&design) ? "census" :
		used < 2 ? "few_replicates" :
		!(se > 0) ? "no_variation" :
		isnan(margin) ? "no_df" : "ok";

	values[ESTIMATE] = Float8GetDatum(estimate);
	nulls[ESTIMATE] = isnan(estimate);
	values[SE] = Float8GetDatum(se);
	nulls[SE] = isnan(se) || (se == 0 && strcmp(status, "census") != 0);
	/* An interval of no width would pretend certainty. */
	values[CI_LOW] = Float8GetDatum(estimate - margin);
	values[CI_HIGH] = Float8GetDatum(estimate + margin);
	nulls[CI_LOW] = nulls[CI_HIGH] = nulls[SE] || isnan(margin);
	values[N] = Int64GetDatum(state[0]->n);
	put_df(design.df, &values[DF], &nulls[DF]);
	values[REPLICATES] = Int32GetDatum(used);
	values[STATUS] = CStringGetTextDatum(status);
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(row_type), values, nulls)));
}

PARINDEX_FUNCTION(parindex_svy_replicate_estimate);
Datum
parindex_svy_replicate_estimate(PG_FUNCTION_ARGS)
{
	return replicate_estimate_row(fcinfo, NULL);
}

/* The same, and a rule for degrees of freedom. */
PARINDEX_FUNCTION(parindex_svy_replicate_estimate_with_df);
Datum
parindex_svy_replicate_estimate_with_df(PG_FUNCTION_ARGS)
{
	df_choice	df = parse_df_rule(PG_GETARG_TEXT_PP(5));

	if (df.rule == DF_DOMAIN)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("rule for degrees of freedom \"domain\" is not known of replicates"),
				 errhint("One of design, normal and a number of at least 0.1, such as 25.")));
	return replicate_estimate_row(fcinfo, df.rule == DF_GIVEN ? &df.given : NULL);
}
