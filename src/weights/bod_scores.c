/*
 * bod_scores.c
 *	  Benefit of the doubt, by kernel/weights/bod_scores.h: bod_scores(score_matrix,
 *	  …), with bounds of the criteria's shares in the unit's own score;
 *	  bod_mean_bounds(), in that of the mean unit; bod_common_scores(), with the
 *	  weights that suit the mean unit best for all; bod_directional_scores().
 *
 * Units are compared within their period. They enter the linear program in
 * the order of their values, equal ones once, so that what they are called
 * does not change a bit.
 */
#include "postgres.h"
#include "base/result_column.h"
#include "matrix/matrix_groups.h"
#include "matrix/matrix_rows.h"

#include <math.h>

#include "funcapi.h"
#include "kernel/field/column_stats.h"
#include "kernel/weights/bod_scores.h"
#include "miscadmin.h"

/* Bounds may be decimal fractions that sum to 1 but for rounding. */
#define SUM_TOLERANCE 1e-9

/* A row with its values, brought to a common scale; 0 where it has none. */
typedef struct scaled_row
{
	const double *value;		/* by column */
	int			row;
	bool		barred;			/* bounds of shares leave it no score above 0 */
} scaled_row;

typedef enum bod_kind
{
	BOD_OWN,
	BOD_MEAN_BOUNDS,
	BOD_COMMON,
	BOD_DIRECTIONAL
} bod_kind;

/* What is scored, and what comes out. */
typedef struct bod_task
{
	bod_kind	kind;
	matrix_view matrix;
	double	   *lower;			/* bounds of shares by column; both NULL: none */
	double	   *upper;
	double	   *mean;			/* by column, scaled, of the period */
	const double *direction;	/* by column, of BOD_DIRECTIONAL */
	double	   *scaled_direction;	/* in the scale of the period's values, the largest near 1 ... */
	int			direction_exponent; /* ... by this power of 2 */
	double	   *score;			/* by row; NaN: none */
	double	   *distance;		/* by row, of BOD_DIRECTIONAL */
	double	   *weight;			/* row * columns + column */
	scaled_row *unit;			/* of one period */
	double	   *scaled;			/* their values, row by row; those of distinct ones by column */
	double	   *distinct;
	int		   *exponent;		/* by column: scaled = value / 2^exponent */
} bod_task;

static int
compare_scaled_rows(const scaled_row *a, const scaled_row *b, int columns)
{
	for (int i = 0; i < columns; i++)
		if (a->value[i] != b->value[i])
			return a->value[i] < b->value[i] ? -1 : 1;
	return 0;
}

/* Of equal ones those barred last. */
static int
order_scaled_rows(const scaled_row *a, const scaled_row *b, int columns)
{
	int			order = compare_scaled_rows(a, b, columns);

	return order != 0 ? order : a->barred - b->barred;
}

#define ST_SORT sort_scaled_rows
#define ST_ELEMENT_TYPE scaled_row
#define ST_COMPARE(a, b, columns) order_scaled_rows(a, b, *columns)
#define ST_COMPARE_ARG_TYPE const int
#define ST_SCOPE static
#define ST_CHECK_FOR_INTERRUPTS
#define ST_DECLARE
#define ST_DEFINE
#include "lib/sort_template.h"

/* ---------- bounds ---------- */

static void
set_bounds_of(const bod_task *task, int column, double lower, double upper)
{
	if (!(lower >= 0 && lower <= upper && upper <= 1))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("bounds %s and %s of the share of criterion \"%s\" are not valid",
						float8out_internal(lower), float8out_internal(upper),
						matrix_code_cstring(&task->matrix, column)),
				 errdetail("They must lie within 0 and 1, the lower not above the upper.")));
	task->lower[column] = lower;
	task->upper[column] = upper;
}

/* Those of the named criteria; the others keep 0 and 1. */
static void
read_bounds_by_code(FunctionCallInfo fcinfo, const bod_task *task)
{
	code_numbers lower;
	code_numbers upper;
	int		   *column;

	code_numbers_argument(fcinfo, 1, 2, "lower bound", &lower);
	code_numbers_argument(fcinfo, 1, 3, "upper bound", &upper);
	column = matrix_columns_of(&task->matrix, &lower);
	for (int i = 0; i < lower.count; i++)
		set_bounds_of(task, column[i], lower.number[i], upper.number[i]);
}

static void
read_bounds(FunctionCallInfo fcinfo, bod_task *task)
{
	int			columns = task->matrix.columns;
	bool		bounded = false;

	task->lower = palloc_extended(sizeof(double) * columns + 1, MCXT_ALLOC_HUGE);
	task->upper = palloc_extended(sizeof(double) * columns + 1, MCXT_ALLOC_HUGE);
	for (int i = 0; i < columns; i++)
		if (PG_NARGS() == 3)
			set_bounds_of(task, i, PG_GETARG_FLOAT8(1), PG_GETARG_FLOAT8(2));
		else
			set_bounds_of(task, i, 0, 1);
	if (PG_NARGS() == 4)
		read_bounds_by_code(fcinfo, task);
	for (int i = 0; i < columns; i++)
		bounded |= task->lower[i] > 0 || task->upper[i] < 1;
	if (!bounded)
		task->lower = task->upper = NULL;
}

/*
 * Whether the bounds hold a row, some value of which is above 0, to score 0: a
 * criterion in which it has 0 makes up nothing of any score above that. Error
 * where no shares could meet them, whatever its values were.
 */
static bool
bounds_bar(const bod_task *task, int row, const double *value)
{
	const matrix_view *matrix = &task->matrix;
	double		lower = 0;
	double		upper = 0;
	double		reachable = 0;	/* upper bounds where it has more than 0 */
	bool		barred = false;

	for (int i = 0; i < matrix->columns; i++)
	{
		if (isnan(matrix->value[(Size) i * matrix->rows + row]))
			continue;
		barred |= value[i] == 0 && task->lower[i] > 0;
		lower += task->lower[i];
		upper += task->upper[i];
		if (value[i] > 0)
			reachable += task->upper[i];
	}
	if (lower > 1 + SUM_TOLERANCE || upper < 1 - SUM_TOLERANCE)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("no weights of unit \"%s\" meet the bounds of shares",
						matrix_unit_cstring(matrix, row)),
				 errdetail("Shares in its score sum to 1; over the criteria in which it has a value lower bounds sum to %s and upper bounds to %s.",
						   float8out_internal(lower), float8out_internal(upper))));
	return barred || reachable < 1 - SUM_TOLERANCE;
}

/* ---------- solving ---------- */

/* Whether CHECK_FOR_INTERRUPTS() has something to do, and would do it. */
static bool
interrupted(void *unused)
{
	(void) unused;
	return INTERRUPTS_PENDING_CONDITION() && INTERRUPTS_CAN_BE_PROCESSED();
}

/* What has a place in the field, -1 of the mean unit, by its weights. */
static void
solve_values(const bod_task *task, const bod_field *field, const double *value, int self, int row,
			 double *weight, double *score)
{
	bod_status	status;

	do
	{
		/* What it was stopped for need not be an error. */
		CHECK_FOR_INTERRUPTS();
		status = task->kind == BOD_DIRECTIONAL ?
			bod_solve_directional(field, value, self, task->scaled_direction, weight, score) :
			bod_solve(field, value, weight, score);
	} while (status == BOD_STOPPED);
	if (status == BOD_NO_MEMORY)
		ereport(ERROR, (errcode(ERRCODE_OUT_OF_MEMORY), errmsg("out of memory")));
	if (status == BOD_INEXACT)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 row < 0 ? errmsg("the weights of the mean unit could not be found to 9 digits") :
				 errmsg("the weights of unit \"%s\" could not be found to 9 digits",
						matrix_unit_cstring(&task->matrix, row)),
				 errdetail("Its values lie too many orders of magnitude apart, or bounds too close together.")));
}

/* A distance in the direction as it was given, rounded as scores are, and what it scores. */
static void
set_distance(const bod_task *task, int row, double distance)
{
	double		rounded = round(distance * BOD_SCORE_UNITS) / BOD_SCORE_UNITS;

	task->distance[row] = ldexp(rounded, -task->direction_exponent);
	task->score[row] = 1 / (1 + task->distance[row]);
}

static void
solve_unit(const bod_task *task, const bod_field *field, const scaled_row *unit, int self)
{
	double	   *weight = task->weight + (Size) field->criteria * unit->row;
	double		score;

	solve_values(task, field, unit->value, self, unit->row, weight, &score);
	if (task->kind != BOD_DIRECTIONAL)
	{
		task->score[unit->row] = score;
		return;
	}
	set_distance(task, unit->row, score);
	for (int j = 0; j < field->criteria; j++)
		weight[j] = ldexp(weight[j], -task->direction_exponent);
}

/* Weights that suit the mean unit best, for all of task->unit. */
static void
share_weights(const bod_task *task, const bod_field *field, int count)
{
	double	   *common = palloc_extended(sizeof(double) * field->criteria + 1, MCXT_ALLOC_HUGE);
	double		mean_score;

	solve_values(task, field, task->mean, -1, -1, common, &mean_score);
	for (int i = 0; i < count; i++)
	{
		const scaled_row *unit = &task->unit[i];
		double		score = 0;

		CHECK_FOR_INTERRUPTS();
		for (int j = 0; j < field->criteria; j++)
			score += common[j] * unit->value[j];
		task->score[unit->row] = round(score * BOD_SCORE_UNITS) / BOD_SCORE_UNITS;
		memcpy(task->weight + (Size) field->criteria * unit->row, common, sizeof(double) * field->criteria);
	}
	pfree(common);
}

/* Scores the first `count` of task->unit, which are in order and not all 0. */
static void
solve_units(const bod_task *task, int count)
{
	int			columns = task->matrix.columns;
	bod_field	field = {
		.criteria = columns,
		.value = task->distinct,
		.lower = task->lower,
		.upper = task->upper,
		.reference = task->kind == BOD_MEAN_BOUNDS && task->lower != NULL ? task->mean : NULL,
		.stop = interrupted,
	};
	const double **distinct = palloc_extended(sizeof(double *) * count, MCXT_ALLOC_HUGE);

	for (int i = 0; i < count; i++)
		if (i == 0 || compare_scaled_rows(&task->unit[i - 1], &task->unit[i], columns) != 0)
			distinct[field.units++] = task->unit[i].value;
	for (int column = 0; column < columns; column++)
		for (int i = 0; i < field.units; i++)
			task->distinct[(Size) column * field.units + i] = distinct[i][column];
	field.own = palloc_extended(sizeof(double) * columns, MCXT_ALLOC_HUGE);
	field.score = palloc_extended(sizeof(double) * field.units, MCXT_ALLOC_HUGE);
	field.peer = palloc_extended(sizeof(int) * field.units, MCXT_ALLOC_HUGE);
	field.entry = palloc_extended(sizeof(double) * (bod_columns(&field) + 1), MCXT_ALLOC_HUGE);
	field.place = palloc_extended(sizeof(int) * (bod_columns(&field) + 1), MCXT_ALLOC_HUGE);
	if (task->kind == BOD_COMMON)
	{
		share_weights(task, &field, count);
		return;
	}
	for (int i = 0, place = -1; i < count; i++)
	{
		const scaled_row *unit = &task->unit[i];
		bool		another = i == 0 || compare_scaled_rows(unit - 1, unit, columns) != 0;

		place += another;
		if (unit->barred)
			continue;
		if (another)
			solve_unit(task, &field, unit, place);
		else
		{
			task->score[unit->row] = task->score[unit[-1].row];
			if (task->kind == BOD_DIRECTIONAL)
				task->distance[unit->row] = task->distance[unit[-1].row];
			memcpy(task->weight + (Size) columns * unit->row,
				   task->weight + (Size) columns * unit[-1].row, sizeof(double) * columns);
		}
	}
}

/* The mean unit of a period, missing cells left out. */
static void
get_mean_unit(const bod_task *task, const int *rows, int row_count)
{
	const matrix_view *matrix = &task->matrix;
	double	   *column = palloc_extended(sizeof(double) * row_count + 1, MCXT_ALLOC_HUGE);
	double		lower = 0;
	double		upper = 0;

	for (int i = 0; i < matrix->columns; i++)
	{
		CHECK_FOR_INTERRUPTS();
		for (int k = 0; k < row_count; k++)
			column[k] = matrix->value[(Size) i * matrix->rows + rows[k]];
		task->mean[i] = ldexp(column_mean(column, row_count), -task->exponent[i]);
		if (!(task->mean[i] > 0))
			task->mean[i] = 0;
		if (task->lower == NULL)
			continue;
		lower += task->lower[i];
		if (task->mean[i] > 0)
			upper += task->upper[i];
		if (task->mean[i] == 0 && task->lower[i] > 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("no weights meet the lower bound %s of the share of criterion \"%s\"",
							float8out_internal(task->lower[i]), matrix_code_cstring(matrix, i)),
					 errdetail("No unit has a value above 0 there.")));
	}
	if (task->lower != NULL && (lower > 1 + SUM_TOLERANCE || upper < 1 - SUM_TOLERANCE))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("no weights meet the bounds of shares"),
				 errdetail("Shares in the score of the mean unit sum to 1; lower bounds sum to %s and upper bounds, of criteria with a value above 0, to %s.",
						   float8out_internal(lower), float8out_internal(upper))));
	pfree(column);
}

/* The direction in the scale of the period's values, its largest part within 0.5 .. 1. */
static void
scale_direction(bod_task *task)
{
	double		largest = 0;

	for (int i = 0; i < task->matrix.columns; i++)
	{
		task->scaled_direction[i] = ldexp(task->direction[i], -task->exponent[i]);
		largest = fmax(largest, task->scaled_direction[i]);
	}
	frexp(largest, &task->direction_exponent);
	for (int i = 0; i < task->matrix.columns; i++)
		task->scaled_direction[i] = ldexp(task->scaled_direction[i], -task->direction_exponent);
	/* As far as that, in the direction as given, is 1 / 2^exponent as far. */
}

/* Scores and weights of those of a period's rows that have some value above 0. */
static void
score_period(bod_task *task, const int *rows, int row_count)
{
	const matrix_view *matrix = &task->matrix;
	int			columns = matrix->columns;
	int			count = 0;
	bool		any = false;	/* value above 0 */

	for (int i = 0; i < columns; i++)
	{
		double		largest = 0;

		CHECK_FOR_INTERRUPTS();
		for (int k = 0; k < row_count; k++)
			largest = fmax(largest, matrix->value[(Size) i * matrix->rows + rows[k]]);
		frexp(largest, &task->exponent[i]);
	}
	if (task->kind == BOD_DIRECTIONAL)
		scale_direction(task);
	for (int k = 0; k < row_count; k++)
	{
		int			row = rows[k];
		double	   *value = task->scaled + (Size) columns * count;
		bool		observed = false;
		bool		positive = false;

		CHECK_FOR_INTERRUPTS();
		for (int i = 0; i < columns; i++)
		{
			double		x = matrix->value[(Size) i * matrix->rows + row];

			value[i] = isnan(x) ? 0 : ldexp(x, -task->exponent[i]);
			observed |= !isnan(x);
			positive |= value[i] > 0;
		}
		if (observed)
			task->score[row] = 0;
		any |= positive;
		/* Of zeros alone the score is 0 whatever the weights. */
		if (!observed || (!positive && task->kind != BOD_COMMON && task->kind != BOD_DIRECTIONAL))
			continue;
		task->unit[count++] = (scaled_row) {
			value, row, task->kind == BOD_OWN && task->lower != NULL && bounds_bar(task, row, value)
		};
	}
	if (!any)
	{
		/* Nobody can be better than with zeros alone. */
		for (int i = 0; i < count && task->kind == BOD_DIRECTIONAL; i++)
			set_distance(task, task->unit[i].row, 0);
		return;
	}
	if (task->kind == BOD_COMMON || (task->kind == BOD_MEAN_BOUNDS && task->lower != NULL))
		get_mean_unit(task, rows, row_count);
	sort_scaled_rows(task->unit, count, &columns);

	solve_units(task, count);
	for (int i = 0; i < count; i++)
	{
		double	   *weight = task->weight + (Size) columns * task->unit[i].row;

		for (int j = 0; j < columns; j++)
		{
			weight[j] = ldexp(weight[j], -task->exponent[j]);
			if (unlikely(isinf(weight[j])))
				float_overflow_error();
		}
	}
}

static void
check_scores_not_negative(const matrix_view *matrix)
{
	for (int column = 0; column < matrix->columns; column++)
	{
		CHECK_FOR_INTERRUPTS();
		for (int row = 0; row < matrix->rows; row++)
		{
			double		x = matrix->value[(Size) column * matrix->rows + row];

			if (unlikely(x < 0))
				ereport(ERROR,
						(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						 errmsg("unit \"%s\" has a negative value of criterion \"%s\": %s",
								matrix_unit_cstring(matrix, row),
								matrix_code_cstring(matrix, column), float8out_internal(x)),
						 errdetail("The best weights are found among those not below 0, for values not below 0."),
						 errhint("Normalise the matrix to a scale from 0 on first.")));
		}
	}
}

/* By column; those that are not named stay as they are. */
static void
read_direction(FunctionCallInfo fcinfo, bod_task *task)
{
	double	   *direction = palloc_extended(sizeof(double) * task->matrix.columns + 1, MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	code_numbers given;
	int		   *column;
	bool		any = false;

	code_numbers_argument(fcinfo, 1, 2, "direction", &given);
	column = matrix_columns_of(&task->matrix, &given);
	for (int i = 0; i < given.count; i++)
	{
		if (!(given.number[i] >= 0) || isinf(given.number[i]))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("direction %s of criterion \"%s\" is not valid",
							float8out_internal(given.number[i]), matrix_code_cstring(&task->matrix, column[i])),
					 errdetail("It must be finite and not below 0.")));
		direction[column[i]] = given.number[i];
		any |= given.number[i] > 0;
	}
	if (!any)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the direction leads nowhere"),
				 errhint("Give some criterion a direction above 0.")));
	task->direction = direction;
}

/* After the columns that all have comes that of the distance. */
static void
put_bod_scores(FunctionCallInfo fcinfo, bod_kind kind)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	enum {UNIT, SCORE, CODE, WEIGHT, SHARE, PERIOD, DISTANCE, COLUMNS};
	bod_task	task = {.kind = kind};
	const matrix_view *matrix = &task.matrix;
	matrix_parts periods;
	part_rows	of;
	Size		cells;
	Datum	   *code;

	InitMaterializedSRF(fcinfo, 0);
	matrix_open(PG_GETARG_SCORE_MATRIX_P(0), &task.matrix);
	check_scores_not_negative(matrix);
	if (kind == BOD_DIRECTIONAL)
		read_direction(fcinfo, &task);
	else
		read_bounds(fcinfo, &task);
	periods = matrix_periods(matrix);
	of = rows_of_parts(&periods, matrix->rows);
	cells = (Size) matrix->rows * matrix->columns;
	task.mean = palloc_extended(sizeof(double) * matrix->columns + 1, MCXT_ALLOC_HUGE);
	task.scaled_direction = palloc_extended(sizeof(double) * matrix->columns + 1, MCXT_ALLOC_HUGE);
	task.distance = palloc_extended(sizeof(double) * matrix->rows + 1, MCXT_ALLOC_HUGE);
	task.score = palloc_extended(sizeof(double) * matrix->rows + 1, MCXT_ALLOC_HUGE);
	task.unit = palloc_extended(sizeof(scaled_row) * matrix->rows + 1, MCXT_ALLOC_HUGE);
	task.weight = palloc_extended(sizeof(double) * cells + 1, MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	task.scaled = palloc_extended(sizeof(double) * cells + 1, MCXT_ALLOC_HUGE);
	task.distinct = palloc_extended(sizeof(double) * cells + 1, MCXT_ALLOC_HUGE);
	task.exponent = palloc_extended(sizeof(int) * matrix->columns + 1, MCXT_ALLOC_HUGE);
	code = palloc_extended(sizeof(Datum) * matrix->columns + 1, MCXT_ALLOC_HUGE);
	for (int row = 0; row < matrix->rows; row++)
		task.score[row] = task.distance[row] = get_float8_nan();
	for (int column = 0; column < matrix->columns; column++)
		code[column] = matrix_name_datum(matrix, matrix->code[column]);
	for (int period = 0; period < of.count; period++)
		score_period(&task, of.row + of.start[period], of.start[period + 1] - of.start[period]);

	for (int row = 0; row < matrix->rows; row++)
	{
		const double *weight = task.weight + (Size) matrix->columns * row;
		double		sum = 0;
		Datum		value[COLUMNS];
		bool		null[COLUMNS] = {false};

		CHECK_FOR_INTERRUPTS();
		for (int column = 0; column < matrix->columns; column++)
			if (weight[column] > 0)
				sum += weight[column] * matrix->value[(Size) column * matrix->rows + row];
		value[UNIT] = matrix_name_datum(matrix, matrix->unit[row]);
		put_float8(task.score[row], &value[SCORE], &null[SCORE]);
		put_float8(task.distance[row], &value[DISTANCE], &null[DISTANCE]);
		matrix_put_period(matrix, row, &value[PERIOD], &null[PERIOD]);
		for (int column = 0; column < matrix->columns; column++)
		{
			double		x = matrix->value[(Size) column * matrix->rows + row];

			value[CODE] = code[column];
			put_float8(isnan(x) ? x : weight[column], &value[WEIGHT], &null[WEIGHT]);
			/* Of nothing 0 / 0: NaN, hence NULL. */
			put_float8(weight[column] * x / sum, &value[SHARE], &null[SHARE]);
			tuplestore_putvalues(result->setResult, result->setDesc, value, null);
		}
		pfree(DatumGetPointer(value[UNIT]));
	}
}

PARINDEX_FUNCTION(parindex_bod_scores);
Datum
parindex_bod_scores(PG_FUNCTION_ARGS)
{
	put_bod_scores(fcinfo, BOD_OWN);
	return (Datum) 0;
}

PARINDEX_FUNCTION(parindex_bod_mean_bounds);
Datum
parindex_bod_mean_bounds(PG_FUNCTION_ARGS)
{
	put_bod_scores(fcinfo, BOD_MEAN_BOUNDS);
	return (Datum) 0;
}

PARINDEX_FUNCTION(parindex_bod_common_scores);
Datum
parindex_bod_common_scores(PG_FUNCTION_ARGS)
{
	put_bod_scores(fcinfo, BOD_COMMON);
	return (Datum) 0;
}

PARINDEX_FUNCTION(parindex_bod_directional_scores);
Datum
parindex_bod_directional_scores(PG_FUNCTION_ARGS)
{
	put_bod_scores(fcinfo, BOD_DIRECTIONAL);
	return (Datum) 0;
}
