/*
 * mcda_scores.c
 *	  mcda_scores(score_matrix, framework, method, …) and promethee_scores(): the
 *	  rankings of kernel/mcda/mcda.h and kernel/mcda/promethee.h, with the
 *	  effective weights and the directions of a framework's leaves.
 *
 * Units are compared within their period, those that have all values.
 */
#include "postgres.h"
#include "base/arguments/argument_checks.h"
#include "base/arguments/choice.h"
#include "base/interrupts.h"
#include "base/result_column.h"
#include "framework/framework_argument.h"
#include "matrix/matrix_rows.h"

#include "analysis/leaf_columns.h"
#include "catalog/pg_type.h"
#include "field/field_ranks.h"
#include "funcapi.h"
#include "kernel/exact/exact_total.h"
#include "kernel/field/column_stats.h"
#include "kernel/mcda/mcda.h"
#include "kernel/mcda/promethee.h"
#include "miscadmin.h"
#include "utils/array.h"

typedef enum mcda_method
{
	TOPSIS,
	VIKOR,
	PROMETHEE,
	WEIGHTED_PRODUCT
} mcda_method;

static const choice methods[] = {
	{"topsis", TOPSIS}, {"vikor", VIKOR}, {"promethee", PROMETHEE}, {"weighted_product", WEIGHTED_PRODUCT}, {NULL, 0}
};

static const choice scalings[] = {
	{"vector", TOPSIS_VECTOR}, {"minmax", TOPSIS_MINMAX}, {"none", TOPSIS_NONE}, {NULL, 0}
};

static const choice preferences[] = {
	{"usual", PREFERENCE_USUAL}, {"u_shape", PREFERENCE_U_SHAPE}, {"v_shape", PREFERENCE_V_SHAPE},
	{"level", PREFERENCE_LEVEL}, {"linear", PREFERENCE_LINEAR}, {"gaussian", PREFERENCE_GAUSSIAN}, {NULL, 0}
};

enum
{
	UNIT,
	PERIOD,
	SCORE,
	RANK,
	FIRST_PART,
	DISTANCE_TO_BEST = FIRST_PART,
	DISTANCE_TO_WORST,
	GROUP_UTILITY,
	INDIVIDUAL_REGRET,
	POSITIVE_FLOW,
	NEGATIVE_FLOW,
	COLUMNS
};

#define PARTS (COLUMNS - FIRST_PART)

typedef struct mcda_outcome
{
	double		part[PARTS];	/* NaN where it is not of the method */
} mcda_outcome;

typedef struct mcda_task
{
	matrix_view matrix;
	leaf_column *leaf;
	mcda_method method;
	topsis_scaling scaling;
	double		majority;		/* of VIKOR */
	preference *preference;		/* by leaf; p NaN: from the values */
	double	   *score;			/* by row */
	mcda_outcome *outcome;		/* by row */
	mcda_field	field;			/* of a period; its memory is for all rows */
	double	   *value;
	double	   *flow[2];		/* by leaf and unit: above and below */
	int		   *row;			/* by unit of the field */
} mcda_task;

/* ---------- the field of a period ---------- */

static bool
has_all_values(const mcda_task *task, int row)
{
	for (int j = 0; j < task->field.criteria; j++)
		if (isnan(task->matrix.value[(Size) task->leaf[j].column * task->matrix.rows + row]))
			return false;
	return true;
}

static void
check_range(const mcda_task *task, int criterion)
{
	mcda_extremes extremes = mcda_get_extremes(task->value + (Size) criterion * task->field.units,
											   task->field.units, 1);

	if (task->method == WEIGHTED_PRODUCT && !(extremes.worst > 0))
		for (int i = 0; i < task->field.units; i++)
			if (task->value[(Size) criterion * task->field.units + i] <= 0)
				ereport(ERROR,
						(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						 errmsg("unit \"%s\" has a value of criterion \"%s\" that is not above 0: %s",
								matrix_unit_cstring(&task->matrix, task->row[i]),
								matrix_code_cstring(&task->matrix, task->leaf[criterion].column),
								float8out_internal(task->value[(Size) criterion * task->field.units + i])),
						 errdetail("A product takes powers of values."),
						 errhint("Normalise the matrix to a scale above 0, as of 1 to 100, or choose another method.")));
	if (isinf(extremes.best - extremes.worst))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("values of criterion \"%s\" lie too far apart to be compared",
						matrix_code_cstring(&task->matrix, task->leaf[criterion].column)),
				 errdetail("Their differences leave the range of double precision.")));
}

/* Those of a period's rows that have all values. */
static void
gather_field(mcda_task *task, const int *rows, int row_count)
{
	mcda_field *field = &task->field;

	field->units = 0;
	for (int k = 0; k < row_count; k++)
	{
		CHECK_FOR_INTERRUPTS();
		if (has_all_values(task, rows[k]))
			task->row[field->units++] = rows[k];
	}
	for (int j = 0; j < field->criteria && field->units > 0; j++)
	{
		const double *column = task->matrix.value + (Size) task->leaf[j].column * task->matrix.rows;

		CHECK_FOR_INTERRUPTS();
		for (int i = 0; i < field->units; i++)
			task->value[(Size) j * field->units + i] = column[task->row[i]];
		check_range(task, j);
	}
}

static mcda_extremes *
field_extremes(const mcda_task *task)
{
	const mcda_field *field = &task->field;
	mcda_extremes *extremes = palloc(sizeof(mcda_extremes) * field->criteria);

	for (int j = 0; j < field->criteria; j++)
	{
		CHECK_FOR_INTERRUPTS();
		extremes[j] = mcda_get_extremes(field->value + (Size) j * field->units, field->units,
										field->direction[j]);
	}
	return extremes;
}

static double *
part_of(const mcda_task *task, int unit, int column)
{
	return &task->outcome[task->row[unit]].part[column - FIRST_PART];
}

/* ---------- methods ---------- */

static void
score_by_topsis(mcda_task *task)
{
	const mcda_field *field = &task->field;
	mcda_extremes *extremes;

	for (int j = 0; j < field->criteria; j++)
	{
		CHECK_FOR_INTERRUPTS();
		topsis_scale(task->scaling, task->value + (Size) j * field->units, field->units);
	}
	extremes = field_extremes(task);
	for (int i = 0; i < field->units; i++)
	{
		topsis_distances distances = topsis_unit(field, extremes, i);

		CHECK_FOR_INTERRUPTS();
		*part_of(task, i, DISTANCE_TO_BEST) = distances.to_best;
		*part_of(task, i, DISTANCE_TO_WORST) = distances.to_worst;
		/* Where all units are the same it is 0 / 0: no score. */
		task->score[task->row[i]] = distances.to_worst / (distances.to_best + distances.to_worst);
	}
}

/* Where x stands from least to most; 0 where they are the same. */
static double
place_between(double x, double least, double most)
{
	return most > least ? (x - least) / (most - least) : 0;
}

static void
score_by_vikor(mcda_task *task)
{
	const mcda_field *field = &task->field;
	mcda_extremes *extremes = field_extremes(task);
	vikor_regrets least = {INFINITY, INFINITY};
	vikor_regrets most = {-INFINITY, -INFINITY};

	for (int i = 0; i < field->units; i++)
	{
		vikor_regrets regrets = vikor_unit(field, extremes, i);

		CHECK_FOR_INTERRUPTS();
		*part_of(task, i, GROUP_UTILITY) = regrets.utility;
		*part_of(task, i, INDIVIDUAL_REGRET) = regrets.regret;
		least.utility = Min(least.utility, regrets.utility);
		least.regret = Min(least.regret, regrets.regret);
		most.utility = Max(most.utility, regrets.utility);
		most.regret = Max(most.regret, regrets.regret);
	}
	for (int i = 0; i < field->units; i++)
	{
		double		utility = place_between(*part_of(task, i, GROUP_UTILITY), least.utility, most.utility);
		double		regret = place_between(*part_of(task, i, INDIVIDUAL_REGRET), least.regret, most.regret);

		CHECK_FOR_INTERRUPTS();
		task->score[task->row[i]] = 1 - (task->majority * utility + (1 - task->majority) * regret);
	}
}

static void
score_by_product(mcda_task *task)
{
	for (int i = 0; i < task->field.units; i++)
	{
		CHECK_FOR_INTERRUPTS();
		task->score[task->row[i]] = check_finite_result(weighted_product(&task->field, i), "weighted product");
	}
}

/* The preference of a criterion, with what follows from the values. */
static preference
preference_of(const mcda_task *task, int criterion)
{
	preference	given = task->preference[criterion];
	const double *value = task->value + (Size) criterion * task->field.units;

	if (isnan(given.p) && given.kind == PREFERENCE_GAUSSIAN)
	{
		column_moments moments;

		column_get_spread(value, task->field.units, &moments);
		given.p = moments.sd;
	}
	else if (isnan(given.p))
	{
		mcda_extremes extremes = mcda_get_extremes(value, task->field.units, 1);

		/* Of a criterion that does not vary nothing is preferred. */
		given.p = Max(extremes.best - extremes.worst, given.q);
	}
	if (!(given.p > given.q) && (given.kind == PREFERENCE_V_SHAPE || given.kind == PREFERENCE_LINEAR))
		given.kind = PREFERENCE_U_SHAPE;
	return given;
}

typedef struct ordered_value
{
	double		value;
	int			unit;
} ordered_value;

#define ST_SORT sort_ordered_values
#define ST_ELEMENT_TYPE ordered_value
#define ST_COMPARE(a, b) ((a->value > b->value) - (a->value < b->value))
#define ST_SCOPE static
#define ST_CHECK_FOR_INTERRUPTS
#define ST_DECLARE
#define ST_DEFINE
#include "lib/sort_template.h"

/* A criterion's flows, by unit. */
static void
get_flows(mcda_task *task, int criterion, ordered_value *ordered, double *sorted, double *above, double *below)
{
	int			n = task->field.units;
	const double *value = task->value + (Size) criterion * n;
	bool		less = task->field.direction[criterion] < 0;
	preference	preference = preference_of(task, criterion);

	for (int i = 0; i < n; i++)
		ordered[i] = (ordered_value) {value[i], i};
	sort_ordered_values(ordered, n);
	for (int i = 0; i < n; i++)
		sorted[i] = ordered[i].value;
	promethee_flows(&preference, sorted, n, above, below, let_interrupts, NULL);
	for (int i = 0; i < n; i++)
	{
		task->flow[less][(Size) criterion * n + ordered[i].unit] = above[i];
		task->flow[!less][(Size) criterion * n + ordered[i].unit] = below[i];
	}
}

/* Of a unit, over the criteria: weight * flow, exactly. */
static double
weigh_flows(const mcda_task *task, const double *flow, int unit)
{
	exact_total total;
	exact_integer sum;

	exact_total_init(&total);
	for (int j = 0; j < task->field.criteria; j++)
		exact_total_add_product(&total, task->field.weight[j], flow[(Size) j * task->field.units + unit]);
	exact_total_get(&total, &sum);
	return exact_integer_round(&sum);
}

static void
score_by_promethee(mcda_task *task)
{
	Size		n = task->field.units;
	ordered_value *ordered;
	double	   *scratch;

	/* Nobody to be preferred to. */
	if (n < 2)
		return;
	ordered = palloc_extended(sizeof(ordered_value) * n, MCXT_ALLOC_HUGE);
	scratch = palloc_extended(sizeof(double) * 3 * n, MCXT_ALLOC_HUGE);
	for (int j = 0; j < task->field.criteria; j++)
		get_flows(task, j, ordered, scratch, scratch + n, scratch + 2 * n);
	for (Size i = 0; i < n; i++)
	{
		double		above = weigh_flows(task, task->flow[0], i);
		double		below = weigh_flows(task, task->flow[1], i);

		CHECK_FOR_INTERRUPTS();
		*part_of(task, i, POSITIVE_FLOW) = above;
		*part_of(task, i, NEGATIVE_FLOW) = below;
		task->score[task->row[i]] = above - below;
	}
	pfree(ordered);
	pfree(scratch);
}

static void
score_field(mcda_task *task)
{
	switch (task->method)
	{
		case TOPSIS:
			score_by_topsis(task);
			break;
		case VIKOR:
			score_by_vikor(task);
			break;
		case PROMETHEE:
			score_by_promethee(task);
			break;
		case WEIGHTED_PRODUCT:
			score_by_product(task);
			break;
	}
}

/* ---------- arguments and rows ---------- */

static void
check_thresholds(preference_kind kind, double q, double p)
{
	bool		with_q = kind == PREFERENCE_U_SHAPE || kind == PREFERENCE_LEVEL || kind == PREFERENCE_LINEAR;
	bool		with_p = kind != PREFERENCE_USUAL && kind != PREFERENCE_U_SHAPE;

	if (with_q && !(q >= 0 && isfinite(q)))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("threshold of indifference %s is not valid", float8out_internal(q)),
				 errdetail("q must be 0 or above, and finite.")));
	if (with_p && !isnan(p) && !(p > (with_q ? q : 0) && isfinite(p)))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("threshold of preference %s is not valid", float8out_internal(p)),
				 errdetail("p must be above %s, and finite.", float8out_internal(with_q ? q : 0))));
}

/* What a kind does not use is set so that the kernel need not know. */
static preference
make_preference(preference_kind kind, double q, double p)
{
	check_thresholds(kind, q, p);
	switch (kind)
	{
		case PREFERENCE_USUAL:
			return (preference) {kind, 0, 0};
		case PREFERENCE_U_SHAPE:
			return (preference) {kind, q, q};
		case PREFERENCE_V_SHAPE:
		case PREFERENCE_GAUSSIAN:
			return (preference) {kind, 0, p};
		case PREFERENCE_LEVEL:
		case PREFERENCE_LINEAR:
			break;
	}
	return (preference) {kind, q, p};
}

static void
open_task(FunctionCallInfo fcinfo, mcda_task *task)
{
	Size		cells;
	int			criteria;
	double	   *weight;
	int		   *direction;

	matrix_open(PG_GETARG_SCORE_MATRIX_P(0), &task->matrix);
	task->leaf = leaf_columns(&task->matrix, framework_of(framework_argument(fcinfo, 1)), &criteria);
	cells = (Size) criteria * task->matrix.rows + 1;
	weight = palloc(sizeof(double) * criteria);
	direction = palloc(sizeof(int) * criteria);
	for (int j = 0; j < criteria; j++)
	{
		weight[j] = task->leaf[j].weight;
		direction[j] = task->leaf[j].direction;
	}
	task->value = palloc_extended(sizeof(double) * cells, MCXT_ALLOC_HUGE);
	task->preference = palloc0(sizeof(preference) * criteria);
	task->row = palloc_extended(sizeof(int) * task->matrix.rows + 1, MCXT_ALLOC_HUGE);
	task->score = palloc_extended(sizeof(double) * task->matrix.rows + 1, MCXT_ALLOC_HUGE);
	task->outcome = palloc_extended(sizeof(mcda_outcome) * task->matrix.rows + 1, MCXT_ALLOC_HUGE);
	for (int row = 0; row < task->matrix.rows; row++)
	{
		task->score[row] = get_float8_nan();
		for (int i = 0; i < PARTS; i++)
			task->outcome[row].part[i] = get_float8_nan();
	}
	task->field = (mcda_field) {0, criteria, task->value, weight, direction};
}

/* Of all periods. */
static void
put_scores(FunctionCallInfo fcinfo, mcda_task *task, int digits)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	matrix_parts periods = matrix_periods(&task->matrix);
	part_rows	of = rows_of_parts(&periods, task->matrix.rows);
	int		   *rank = palloc_extended(sizeof(int) * task->matrix.rows + 1, MCXT_ALLOC_HUGE);
	field_order order;

	if (task->method == PROMETHEE)
		for (int i = 0; i < 2; i++)
			task->flow[i] = palloc_extended(sizeof(double) * ((Size) task->field.criteria * task->matrix.rows + 1),
											MCXT_ALLOC_HUGE);
	for (int period = 0; period < of.count; period++)
	{
		gather_field(task, of.row + of.start[period], of.start[period + 1] - of.start[period]);
		if (task->field.units > 0)
			score_field(task);
	}
	field_order_init(&order, task->matrix.rows);
	field_order_scores(&order, task->score, task->matrix.rows, digits);
	field_rank(&order, &periods, task->matrix.rows, rank, NULL);
	for (int row = 0; row < task->matrix.rows; row++)
	{
		Datum		value[COLUMNS];
		bool		null[COLUMNS] = {false};

		CHECK_FOR_INTERRUPTS();
		value[UNIT] = matrix_name_datum(&task->matrix, task->matrix.unit[row]);
		matrix_put_period(&task->matrix, row, &value[PERIOD], &null[PERIOD]);
		put_float8(task->score[row], &value[SCORE], &null[SCORE]);
		put_rank(rank[row], &value[RANK], &null[RANK]);
		for (int i = 0; i < PARTS; i++)
			put_float8(task->outcome[row].part[i], &value[FIRST_PART + i], &null[FIRST_PART + i]);
		tuplestore_putvalues(result->setResult, result->setDesc, value, null);
		pfree(DatumGetPointer(value[UNIT]));
	}
}

/* Arguments: matrix, framework, method, scaling, majority, preference, q, p, digits; p and digits may be NULL. */
PARINDEX_FUNCTION(parindex_mcda_scores);
Datum
parindex_mcda_scores(PG_FUNCTION_ARGS)
{
	static const char *const names[] = {"matrix", "framework", "method", "scaling", "majority", "preference", "q"};
	mcda_task	task;
	preference	preference;
	int			digits;

	InitMaterializedSRF(fcinfo, 0);
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		return (Datum) 0;
	for (int i = 2; i < (int) lengthof(names); i++)
		require_argument(fcinfo, i, names[i]);
	task.method = choose(PG_GETARG_TEXT_PP(2), "method", methods);
	task.scaling = choose(PG_GETARG_TEXT_PP(3), "scaling", scalings);
	task.majority = PG_GETARG_FLOAT8(4);
	if (!(task.majority >= 0 && task.majority <= 1))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("majority %s is not valid", float8out_internal(task.majority)),
				 errdetail("The weight of the group utility must lie within 0 and 1.")));
	preference = make_preference(choose(PG_GETARG_TEXT_PP(5), "preference function", preferences),
								 PG_GETARG_FLOAT8(6), PG_ARGISNULL(7) ? get_float8_nan() : PG_GETARG_FLOAT8(7));
	digits = digits_argument(fcinfo, 8);
	open_task(fcinfo, &task);
	for (int j = 0; j < task.field.criteria; j++)
		task.preference[j] = preference;
	put_scores(fcinfo, &task, digits);
	return (Datum) 0;
}

/* The preferences of the named criteria, in the order of codes. */
static void
read_preferences(FunctionCallInfo fcinfo, mcda_task *task)
{
	code_numbers q;
	code_numbers p;
	Datum	   *kind;
	bool	   *null;
	int			kinds;
	int		   *column;

	code_numbers_argument(fcinfo, 2, 4, "threshold q", &q);
	code_numbers_argument(fcinfo, 2, 5, "threshold p", &p);
	deconstruct_array(PG_GETARG_ARRAYTYPE_P(3), TEXTOID, -1, false, TYPALIGN_INT, &kind, &null, &kinds);
	if (kinds != q.count)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("there must be one preference function for each code"),
				 errdetail("There are %d codes and %d preference functions.", q.count, kinds)));
	column = matrix_columns_of(&task->matrix, &q);
	for (int i = 0; i < q.count; i++)
	{
		preference	preference;

		if (null[i])
			null_argument("preference");
		preference = make_preference(choose(DatumGetTextPP(kind[i]), "preference function", preferences),
									 q.number[i], p.number[i]);
		for (int j = 0; j < task->field.criteria; j++)
			if (task->leaf[j].column == column[i])
				task->preference[j] = preference;
	}
}

/* Arguments: matrix, framework, codes, preference, q, p, digits; digits may be NULL. */
PARINDEX_FUNCTION(parindex_promethee_scores);
Datum
parindex_promethee_scores(PG_FUNCTION_ARGS)
{
	static const char *const names[] = {"matrix", "framework", "codes", "preference", "q", "p"};
	mcda_task	task = {.method = PROMETHEE};
	int			digits;

	InitMaterializedSRF(fcinfo, 0);
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		return (Datum) 0;
	for (int i = 2; i < (int) lengthof(names); i++)
		require_argument(fcinfo, i, names[i]);
	digits = digits_argument(fcinfo, 6);
	open_task(fcinfo, &task);
	for (int j = 0; j < task.field.criteria; j++)
		task.preference[j] = (preference) {PREFERENCE_USUAL, 0, 0};
	read_preferences(fcinfo, &task);
	put_scores(fcinfo, &task, digits);
	return (Datum) 0;
}
