/*
 * merec_weights.c
 *	  merec_weights(score_matrix [, framework]): weights of the criteria by what
 *	  their removal does to the units' performance, by
 *	  kernel/weights/merec_weights.h. The framework says which way they point.
 */
#include "postgres.h"
#include "base/result_column.h"
#include "framework/framework_argument.h"
#include "matrix/matrix_rows.h"

#include "analysis/leaf_columns.h"
#include "funcapi.h"
#include "kernel/weights/merec_weights.h"
#include "kernel/weights/weight_shares.h"
#include "miscadmin.h"

/* Cells between two looks for an interrupt; a logarithm takes some 100 ns. */
#define STRETCH 65536

/* Memory of palloc() may be aligned to 8 bytes only. */
typedef px_int128 loose_int128 __attribute__((aligned(8)));

typedef struct removal
{
	const matrix_view *matrix;
	const int  *direction;		/* by column; NULL: more is better in all */
	loose_int128 *sum;			/* by row: of the distances */
	loose_int128 *performance;	/* by row */
	int		   *count;			/* by row: values */
} removal;

/* Calls for the rows of a column that have a value, and their distances. */
typedef void (*distance_function) (removal *removal, int row, px_int128 distance, void *context);

/* The best value is no limit: the least of those where more is better, else the greatest. */
static double
column_limit(const removal *removal, int column)
{
	const matrix_view *matrix = removal->matrix;
	const double *value = matrix->value + (Size) column * matrix->rows;
	bool		less = removal->direction != NULL && removal->direction[column] < 0;
	double		limit = get_float8_nan();

	for (int row = 0; row < matrix->rows; row++)
	{
		if (unlikely(value[row] <= 0))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("unit \"%s\" has a value of criterion \"%s\" that is not above 0: %s",
							matrix_unit_cstring(matrix, row), matrix_code_cstring(matrix, column),
							float8out_internal(value[row])),
					 errdetail("Performances are measured by logarithms."),
					 errhint("Normalise the matrix to a scale above 0, as of 1 to 100, first.")));
		limit = less ? fmax(limit, value[row]) : fmin(limit, value[row]);
	}
	return limit;
}

static void
walk_column(removal *removal, int column, distance_function function, void *context)
{
	const matrix_view *matrix = removal->matrix;
	const double *value = matrix->value + (Size) column * matrix->rows;
	double		limit = column_limit(removal, column);
	px_int128	base = isnan(limit) ? 0 : merec_log(limit);

	for (int row = 0; row < matrix->rows; row++)
	{
		px_int128	distance;

		if (row % STRETCH == 0)
			CHECK_FOR_INTERRUPTS();
		if (isnan(value[row]))
			continue;
		distance = merec_log(value[row]) - base;
		function(removal, row, distance < 0 ? -distance : distance, context);
	}
}

static void
add_distance(removal *removal, int row, px_int128 distance, void *unused)
{
	(void) unused;
	removal->sum[row] += distance;
	removal->count[row]++;
}

/* What a criterion's removal has done so far. */
typedef struct removal_effect
{
	px_int128	sum;
	int			count;
} removal_effect;

static void
add_effect(removal *removal, int row, px_int128 distance, void *context)
{
	removal_effect *effect = context;

	effect->count++;
	if (distance > 0)
		effect->sum += removal->performance[row] -
			merec_performance(removal->sum[row] - distance, removal->count[row]);
}

static void
measure_performances(removal *removal)
{
	int			rows = removal->matrix->rows;

	removal->sum = palloc_extended(sizeof(loose_int128) * rows + 1, MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	removal->performance = palloc_extended(sizeof(loose_int128) * rows + 1, MCXT_ALLOC_HUGE);
	removal->count = palloc_extended(sizeof(int) * rows + 1, MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	for (int column = 0; column < removal->matrix->columns; column++)
		walk_column(removal, column, add_distance, NULL);
	for (int row = 0; row < rows; row++)
	{
		if (row % STRETCH == 0)
			CHECK_FOR_INTERRUPTS();
		removal->performance[row] = removal->count[row] == 0 ? 0 :
			merec_performance(removal->sum[row], removal->count[row]);
	}
}

/* Arguments: matrix, and the framework if there is one. */
PARINDEX_FUNCTION(parindex_merec_weights);
Datum
parindex_merec_weights(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	enum {CODE, WEIGHT, REMOVAL_EFFECT, COLUMNS};
	Datum		values[COLUMNS];
	bool		nulls[COLUMNS] = {false};
	matrix_view view;
	removal		removal = {.matrix = &view};
	double	   *mean;
	double	   *weight;
	bool		weighted;

	InitMaterializedSRF(fcinfo, 0);
	matrix_open(PG_GETARG_SCORE_MATRIX_P(0), &view);
	if (PG_NARGS() == 2)
		removal.direction = column_directions(&view, framework_of(framework_argument(fcinfo, 1)));
	mean = palloc_extended(sizeof(double) * view.columns, MCXT_ALLOC_HUGE);
	weight = palloc_extended(sizeof(double) * view.columns, MCXT_ALLOC_HUGE);
	measure_performances(&removal);
	for (int column = 0; column < view.columns; column++)
	{
		removal_effect effect = {0, 0};

		walk_column(&removal, column, add_effect, &effect);
		mean[column] = effect.count == 0 ? get_float8_nan() : merec_mean(effect.sum, effect.count);
		weight[column] = isnan(mean[column]) ? 0 : mean[column];
	}
	weighted = weight_shares(weight, view.columns, weight);
	for (int column = 0; column < view.columns; column++)
	{
		values[CODE] = matrix_name_datum(&view, view.code[column]);
		put_float8(weighted ? weight[column] : get_float8_nan(), &values[WEIGHT], &nulls[WEIGHT]);
		put_float8(mean[column], &values[REMOVAL_EFFECT], &nulls[REMOVAL_EFFECT]);
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	return (Datum) 0;
}
