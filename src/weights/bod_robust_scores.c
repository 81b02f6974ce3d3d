/*
 * bod_robust_scores.c
 *	  bod_robust_scores(score_matrix, m, draws, seed): units against the best of m
 *	  others, by kernel/weights/bod_robust.h.
 *
 * A draw of m places among sorted reaches takes the highest of these places. So the
 * draws are of places alone, the same for all units of a period, and what units are
 * called does not matter.
 */
#include "postgres.h"
#include "base/arguments/argument_checks.h"
#include "base/result_column.h"
#include "matrix/matrix_groups.h"
#include "matrix/matrix_rows.h"

#include "funcapi.h"
#include "kernel/exact/exact_total.h"
#include "kernel/field/column_stats.h"
#include "kernel/survey/philox.h"
#include "kernel/weights/bod_robust.h"
#include "miscadmin.h"

#define MOST_DRAWN 1000000
#define MOST_DRAWS 1000000

/* Units between two looks for an interrupt. */
#define STRETCH 4096

typedef struct robust_task
{
	matrix_view matrix;
	int			m;
	int			draws;			/* 0: the expected value */
	uint64		seed;
	double	   *value;			/* unit * columns + column, of a period; 0 where there is none */
	double	   *reach;			/* by unit */
	double	   *sorted;
	double	   *scratch;
	double	   *power;			/* by unit, where there are no draws */
	int		   *highest;		/* by draw, a place */
	int		   *row;			/* by unit */
	double	   *score;			/* by row */
} robust_task;

/* Those of a period's rows that have some value; how many. */
static int
gather_units(const robust_task *task, const int *rows, int row_count)
{
	const matrix_view *matrix = &task->matrix;
	int			count = 0;

	for (int k = 0; k < row_count; k++)
	{
		double	   *value = task->value + (Size) matrix->columns * count;
		bool		observed = false;

		CHECK_FOR_INTERRUPTS();
		for (int i = 0; i < matrix->columns; i++)
		{
			double		x = matrix->value[(Size) i * matrix->rows + rows[k]];

			if (unlikely(x < 0))
				ereport(ERROR,
						(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						 errmsg("unit \"%s\" has a negative value of criterion \"%s\": %s",
								matrix_unit_cstring(matrix, rows[k]), matrix_code_cstring(matrix, i),
								float8out_internal(x)),
						 errhint("Normalise the matrix to a scale from 0 on first.")));
			value[i] = isnan(x) ? 0 : x;
			observed |= !isnan(x);
		}
		if (observed)
			task->row[count++] = rows[k];
	}
	return count;
}

/* The highest of m places 0 .. count - 1, for each draw. */
static void
draw_places(const robust_task *task, int count)
{
	for (int draw = 0; draw < task->draws; draw++)
	{
		int			highest = 0;

		for (int i = 0; i < task->m; i++)
		{
			uint32_t	place[4] = {(uint32_t) draw, (uint32_t) i, 0, 0};
			uint32_t	word[4];
			int			drawn;

			if (i % STRETCH == 0)
				CHECK_FOR_INTERRUPTS();
			philox(task->seed, place, word);
			drawn = (int) philox_below(word, (uint64_t) count);
			highest = Max(highest, drawn);
		}
		task->highest[draw] = highest;
	}
}

static double
mean_of_draws(const robust_task *task)
{
	exact_total total;
	exact_integer sum;
	exact_integer draws;

	exact_total_init(&total);
	for (int draw = 0; draw < task->draws; draw++)
		exact_total_add_product(&total, task->sorted[task->highest[draw]], 1);
	exact_total_get(&total, &sum);
	if (sum.limbs == 0)
		return 0;
	exact_integer_set(&draws, (uint64_t) task->draws);
	return exact_ratio_round(&sum, &draws);
}

static bool
has_more_than_0(const double *value, int columns)
{
	for (int i = 0; i < columns; i++)
		if (value[i] > 0)
			return true;
	return false;
}

static double
score_unit(const robust_task *task, int unit, int count)
{
	int			columns = task->matrix.columns;
	const double *own = task->value + (Size) columns * unit;

	if (!has_more_than_0(own, columns))
		return 0;
	for (int k = 0; k < count; k++)
	{
		if (k % STRETCH == 0)
			CHECK_FOR_INTERRUPTS();
		task->reach[k] = check_finite_result(order_m_reach(own, task->value + (Size) columns * k, columns),
											 "ratio of values");
	}
	column_sort(task->reach, count, task->sorted, task->scratch);
	return check_finite_result(1 / (task->draws > 0 ? mean_of_draws(task) :
									order_m_expected(task->sorted, task->power, count)),
							   "score");
}

static void
score_period(const robust_task *task, const int *rows, int row_count)
{
	int			count = gather_units(task, rows, row_count);

	if (count == 0)
		return;
	if (task->draws > 0)
		draw_places(task, count);
	else
		order_m_powers(count, task->m, task->power);
	for (int unit = 0; unit < count; unit++)
		task->score[task->row[unit]] = score_unit(task, unit, count);
}

static int
number_argument(FunctionCallInfo fcinfo, int argument, const char *name, int most)
{
	int			number = PG_GETARG_INT32(argument);

	if (number < 1 || number > most)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s is out of range: %d", name, number),
				 errdetail("It must be from 1 to %d.", most)));
	return number;
}

static double *
number_each(int count)
{
	return palloc_extended(sizeof(double) * count + 1, MCXT_ALLOC_HUGE);
}

/* Arguments: matrix, m, draws, seed; draws may be NULL. */
PARINDEX_FUNCTION(parindex_bod_robust_scores);
Datum
parindex_bod_robust_scores(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	enum {UNIT, PERIOD, SCORE, COLUMNS};
	robust_task task;
	matrix_parts periods;
	part_rows	of;
	int			rows;

	InitMaterializedSRF(fcinfo, 0);
	if (PG_ARGISNULL(0))
		return (Datum) 0;
	require_argument(fcinfo, 1, "m");
	require_argument(fcinfo, 3, "seed");
	task.m = number_argument(fcinfo, 1, "m", MOST_DRAWN);
	task.draws = PG_ARGISNULL(2) ? 0 : number_argument(fcinfo, 2, "draws", MOST_DRAWS);
	task.seed = (uint64) PG_GETARG_INT64(3);
	matrix_open(PG_GETARG_SCORE_MATRIX_P(0), &task.matrix);
	rows = task.matrix.rows;
	task.value = palloc_extended(sizeof(double) * rows * task.matrix.columns + 1, MCXT_ALLOC_HUGE);
	task.reach = number_each(rows);
	task.sorted = number_each(rows);
	task.scratch = number_each(rows);
	task.power = number_each(rows);
	task.score = number_each(rows);
	task.highest = palloc(sizeof(int) * Max(task.draws, 1));
	task.row = palloc_extended(sizeof(int) * rows + 1, MCXT_ALLOC_HUGE);
	for (int row = 0; row < rows; row++)
		task.score[row] = get_float8_nan();
	periods = matrix_periods(&task.matrix);
	of = rows_of_parts(&periods, rows);
	for (int period = 0; period < of.count; period++)
		score_period(&task, of.row + of.start[period], of.start[period + 1] - of.start[period]);
	for (int row = 0; row < rows; row++)
	{
		Datum		value[COLUMNS];
		bool		null[COLUMNS] = {false};

		CHECK_FOR_INTERRUPTS();
		value[UNIT] = matrix_name_datum(&task.matrix, task.matrix.unit[row]);
		matrix_put_period(&task.matrix, row, &value[PERIOD], &null[PERIOD]);
		put_float8(task.score[row], &value[SCORE], &null[SCORE]);
		tuplestore_putvalues(result->setResult, result->setDesc, value, null);
		pfree(DatumGetPointer(value[UNIT]));
	}
	return (Datum) 0;
}
