/*
 * calibration_residual.c
 *	  rake_residual(), calibrate_residual(): what calibration leaves of a
 *	  value, whose total has the standard error of the calibrated estimate.
 *
 * The linearised value u of respondent k in the estimate is y for a total and
 * (y - mean) / sum of weights for a mean, 0 where y is missing. Calibration
 * takes from it what the auxiliary variables explain: e = u - x . B, with B
 * from the regression of u on x by base weights (Deville and Särndal, 1992,
 * 3.4). With categories of margins for x, B are effects of the categories,
 * found by turns of the margins.
 */
#include "postgres.h"
#include "survey/calibration/partition_cells.h"

#include <math.h>

#include "base/arguments/estimate_kind.h"
#include "base/interrupts.h"
#include "base/arguments/partition_arguments.h"
#include "kernel/survey/calibration.h"
#include "kernel/survey/raking.h"
#include "survey/calibration/auxiliary_key.h"
#include "survey/calibration/category_key.h"
#include "utils/float.h"
#include "utils/memutils.h"

/* Turns end when no effect changes by more than this share of the largest. */
#define EFFECT_TOLERANCE 1e-14
#define MOST_TURNS 10000

/* Arguments of both functions. */
enum
{
	ARG_Y,
	ARG_WEIGHT,
	ARG_BASE_WEIGHT,
	ARG_KEY,
	ARG_KIND
};

/* Places of the values read. */
enum
{
	VALUE_Y,
	VALUE_WEIGHT,
	VALUE_BASE
};

/* Zeroed at the start of a partition; in its memory. */
typedef struct residual_state
{
	partition_arguments arguments;
	const int  *cell;			/* by row; -1 where it is left out */
	const double *linearised;	/* by row: u */
	double	   *explained;		/* by cell: x . B */
} residual_state;

/* Turns y, by row, into u. */
static void
linearise(const partition_cells *cells, bool of_mean)
{
	double	   *y = cells->value[VALUE_Y];
	exact_total values;
	exact_total weights;
	exact_integer numerator;
	exact_integer denominator;
	double		mean = 0;
	double		population = 1;

	if (of_mean)
	{
		exact_total_init(&values);
		exact_total_init(&weights);
		for (uint32 row = 0; row < cells->nrows; row++)
		{
			CHECK_FOR_INTERRUPTS();
			if (cells->cell[row] < 0 || isnan(y[row]))
				continue;
			exact_total_add_product(&values, y[row], cells->value[VALUE_WEIGHT][row]);
			exact_total_add_product(&weights, cells->value[VALUE_WEIGHT][row], 1);
		}
		exact_total_get(&values, &numerator);
		exact_total_get(&weights, &denominator);
		if (denominator.limbs > 0)
		{
			mean = exact_ratio_round(&numerator, &denominator);
			population = exact_integer_round(&denominator);
		}
	}
	for (uint32 row = 0; row < cells->nrows; row++)
	{
		CHECK_FOR_INTERRUPTS();
		if (cells->cell[row] < 0)
			continue;
		y[row] = isnan(y[row]) ? 0 : (y[row] - mean) / population;
		if (!isfinite(y[row]))
			float_overflow_error();
	}
}

/* Cells with their sums of base weights and of base weight * u. */
typedef struct cell_sums
{
	partition_cells cells;
	const double *base;
	const double *value;
} cell_sums;

/* Reads the partition; key_size, read_key and read_arg of source are set. */
static void
read_linearised(FunctionCallInfo fcinfo, residual_state *state, cell_source *source,
				const char *key_name, cell_sums *sums)
{
	const char *const names[] = {"y", "weight", "base_weight", key_name, "kind"};
	WindowObject winobj = PG_WINDOW_OBJECT();
	MemoryContext context = GetMemoryChunkContext(state);
	bool		of_mean;

	keep_partition_arguments(fcinfo, names, ARG_KIND, context, &state->arguments);
	of_mean = !estimate_is_total(DatumGetTextPP(required_partition_argument(winobj, ARG_KIND, "kind")));
	source->key_argument = ARG_KEY;
	source->key_name = key_name;
	source->values = 3;
	/* Weights first: a row that is left out is not looked at further. */
	source->value[VALUE_Y] = (cell_value) {ARG_Y, "value", CELL_NULL_IS_MISSING, true};
	source->value[VALUE_WEIGHT] = (cell_value) {ARG_WEIGHT, "weight", CELL_NULL_LEAVES_OUT, true};
	source->value[VALUE_BASE] = (cell_value) {ARG_BASE_WEIGHT, "base weight", CELL_NULL_IS_ERROR, false};
	read_partition_cells(winobj, context, source, &sums->cells);
	linearise(&sums->cells, of_mean);
	sums->base = sum_by_cell(&sums->cells, sums->cells.value[VALUE_BASE], NULL, context);
	sums->value = sum_by_cell(&sums->cells, sums->cells.value[VALUE_BASE],
							  sums->cells.value[VALUE_Y], context);
	state->cell = sums->cells.cell;
	state->linearised = sums->cells.value[VALUE_Y];
	state->explained = MemoryContextAllocHuge(context, sizeof(double) * CELL_COUNT(&sums->cells) + 1);
	pfree(sums->cells.value[VALUE_WEIGHT]);
	pfree(sums->cells.value[VALUE_BASE]);
	pfree(sums->cells.row);
}

/* The key of the partition's first row, which says how long all keys are. */
static Datum
first_key(FunctionCallInfo fcinfo, const char *key_name)
{
	bool		isnull;
	Datum		key = WinGetFuncArgCurrent(PG_WINDOW_OBJECT(), ARG_KEY, &isnull);

	if (isnull)
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("%s of a respondent are NULL", key_name)));
	return key;
}

static Datum
residual(FunctionCallInfo fcinfo, void (*regress) (FunctionCallInfo, residual_state *))
{
	WindowObject winobj = PG_WINDOW_OBJECT();
	residual_state *state = WinGetPartitionLocalMemory(winobj, sizeof(residual_state));
	int64		row;

	if (state->explained == NULL)
		regress(fcinfo, state);
	else
		check_partition_arguments(winobj, &state->arguments);
	row = WinGetCurrentPosition(winobj);
	if (state->cell[row] < 0)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(state->linearised[row] - state->explained[state->cell[row]]);
}

/*
 * One turn of a margin: its effects, given those of the others. Returns the
 * largest change.
 */
static double
fit_margin(const margin_table *table, const cell_sums *sums, const name_table *names,
		   int margin, const double *weight, double *effect, exact_total *total)
{
	double		largest = 0;

	for (int i = 0; i < table->categories; i++)
		if (names->name[i].tag == margin)
			exact_total_init(&total[i]);
	margin_effects_add(table, sums->base, sums->value, effect, margin, let_interrupts, NULL, total);
	for (int i = 0; i < table->categories; i++)
	{
		exact_integer sum;
		double		fitted;

		if (names->name[i].tag != margin || weight[i] == 0)
			continue;
		exact_total_get(&total[i], &sum);
		fitted = exact_integer_round(&sum) / weight[i];
		largest = Max(largest, fabs(fitted - effect[i]));
		effect[i] = fitted;
	}
	return largest;
}

/* By category: the sum of base weights. */
static double *
category_weights(const margin_table *table, const double *base, exact_total *total)
{
	double	   *weight = palloc_extended(sizeof(double) * table->categories, MCXT_ALLOC_HUGE);
	double	   *one = palloc_extended(sizeof(double) * table->categories, MCXT_ALLOC_HUGE);

	for (int i = 0; i < table->categories; i++)
	{
		one[i] = 1;
		exact_total_init(&total[i]);
	}
	for (int m = 0; m < table->margins; m++)
		raking_add(table, base, one, m, let_interrupts, NULL, total);
	for (int i = 0; i < table->categories; i++)
	{
		exact_integer sum;

		exact_total_get(&total[i], &sum);
		weight[i] = exact_integer_round(&sum);
	}
	return weight;
}

static void
regress_on_margins(FunctionCallInfo fcinfo, residual_state *state)
{
	MemoryContext caller = MemoryContextSwitchTo(GetMemoryChunkContext(state));
	name_table	names;
	category_reader reader = {&names, .known = false};
	cell_source	source = {.read_key = read_categories_key, .read_arg = &reader};
	cell_sums	sums;
	margin_table table;
	double	   *effect;
	double	   *weight;
	exact_total *total;

	name_table_init(&names, CurrentMemoryContext);
	reader.margins = count_margins(first_key(fcinfo, "categories"));
	if (reader.margins < 1)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("categories of a respondent must be a list, one of each margin")));
	source.key_size = sizeof(int32) * reader.margins;
	read_linearised(fcinfo, state, &source, "categories", &sums);

	table.margins = reader.margins;
	table.categories = names.count;
	table.cells = CELL_COUNT(&sums.cells);
	table.category = CELL_KEYS(&sums.cells);
	effect = palloc_extended(sizeof(double) * table.categories + 1, MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	total = palloc_extended(sizeof(exact_total) * table.categories + 1, MCXT_ALLOC_HUGE);
	weight = category_weights(&table, sums.base, total);

	for (int turn = 0; turn < MOST_TURNS; turn++)
	{
		double		change = 0;
		double		largest = 0;

		for (int m = 0; m < table.margins; m++)
		{
			double		changed = fit_margin(&table, &sums, &names, m, weight, effect, total);

			change = Max(change, changed);
		}
		for (int i = 0; i < table.categories; i++)
			largest = Max(largest, fabs(effect[i]));
		if (change <= EFFECT_TOLERANCE * largest || table.margins == 1)
			break;
	}
	for (uint32 cell = 0; cell < table.cells; cell++)
		state->explained[cell] = margin_effects_sum(&table, effect, cell);
	pfree(total);
	MemoryContextSwitchTo(caller);
}

PARINDEX_FUNCTION(parindex_rake_residual);
Datum
parindex_rake_residual(PG_FUNCTION_ARGS)
{
	return residual(fcinfo, regress_on_margins);
}

/*
 * Adds to B what solves for the part of u that B leaves. From B = 0 the first
 * call gives B; a second takes the rounding errors out of it.
 */
static void
improve(const cell_sums *sums, const double *x, int p, double *b)
{
	int			grams = gram_size(p);
	exact_total *total = palloc(sizeof(exact_total) * (grams + p));
	double	   *rounded = palloc(sizeof(double) * (grams + p));
	double	   *step = palloc(sizeof(double) * p);
	double	   *scratch = palloc(sizeof(double) * 2 * p);
	int		   *pivot = palloc(sizeof(int) * p);

	for (int i = 0; i < grams + p; i++)
		exact_total_init(&total[i]);
	for (uint32 cell = 0; cell < CELL_COUNT(&sums->cells); cell++)
	{
		const double *row = x + (Size) cell * p;

		CHECK_FOR_INTERRUPTS();
		calibration_add_gram(row, p, sums->base[cell], total);
		calibration_add_total(row, p, sums->value[cell], total + grams);
		calibration_add_total(row, p, -sums->base[cell] * inner_product(row, b, p), total + grams);
	}
	for (int i = 0; i < grams + p; i++)
	{
		exact_integer sum;

		exact_total_get(&total[i], &sum);
		rounded[i] = exact_integer_round(&sum);
		if (isinf(rounded[i]))
			float_overflow_error();
	}
	gram_solve(rounded, rounded + grams, p, step, scratch, pivot);
	for (int i = 0; i < p; i++)
		b[i] += step[i];
	pfree(total);
	pfree(rounded);
	pfree(step);
	pfree(scratch);
	pfree(pivot);
}

static void
regress_on_variables(FunctionCallInfo fcinfo, residual_state *state)
{
	int			p = count_auxiliary_variables(first_key(fcinfo, "auxiliary variables"));
	cell_source	source = {.key_size = sizeof(double) * p,
	.read_key = read_auxiliary_key, .read_arg = &p};
	cell_sums	sums;
	const double *x;
	double		b[MOST_AUXILIARY_VARIABLES] = {0};

	read_linearised(fcinfo, state, &source, "auxiliary variables", &sums);
	x = CELL_KEYS(&sums.cells);
	improve(&sums, x, p, b);
	improve(&sums, x, p, b);
	for (uint32 cell = 0; cell < CELL_COUNT(&sums.cells); cell++)
		state->explained[cell] = inner_product(x + (Size) cell * p, b, p);
}

PARINDEX_FUNCTION(parindex_calibrate_residual);
Datum
parindex_calibrate_residual(PG_FUNCTION_ARGS)
{
	return residual(fcinfo, regress_on_variables);
}
