/*
 * calibrate.c
 *	  calibrate(): weights brought to known totals of auxiliary variables.
 *	  kernel/survey/calibration.h.
 */
#include "postgres.h"
#include "survey/calibration/auxiliary_key.h"
#include "survey/calibration/partition_cells.h"

#include <math.h>

#include "base/arguments/choice.h"
#include "base/interrupts.h"
#include "base/arguments/partition_arguments.h"
#include "kernel/survey/calibration.h"
#include "utils/float.h"
#include "utils/memutils.h"

/* Arguments of the function. */
enum
{
	ARG_WEIGHT,
	ARG_X,
	ARG_TOTALS,
	ARG_DISTANCE,
	ARG_LOWER,
	ARG_UPPER,
	ARG_EPSILON,
	ARG_MAX_ITERATIONS
};

/* Zeroed at the start of a partition; in its memory. */
typedef struct calibrate_state
{
	partition_arguments arguments;
	const int  *cell;			/* by row; -1 where it is left out */
	double	   *factor;			/* by cell */
} calibrate_state;

/* Says why calibration ended without success. */
static void
refuse(const calibration *c, calibration_result result)
{
	switch (result)
	{
		case CALIBRATION_DONE:
		case CALIBRATION_STOPPED:
			break;
		case CALIBRATION_NO_VARIABLE:
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("auxiliary variable %d is 0 for all respondents with a weight", c->worst + 1),
					 errdetail("Its total is to be %s.", float8out_internal(c->target[c->worst]))));
		case CALIBRATION_OVERFLOW:
			float_overflow_error();
		case CALIBRATION_INFINITE:
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("calibration does not reach the totals: weights or their sums become infinite"),
					 errhint("Choose bounds or another distance, or drop variables whose totals contradict each other.")));
		case CALIBRATION_NOT_REACHED:
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("calibration does not reach the totals within %s in %d iterations",
							float8out_internal(c->epsilon), c->iterations),
					 errdetail("Auxiliary variable %d sums to %s, not to %s.", c->worst + 1,
							   float8out_internal(c->sum[c->worst]), float8out_internal(c->target[c->worst])),
					 errhint("Widen the bounds, or drop variables whose totals contradict each other.")));
	}
}

static calibration_distance
parse_distance(const text *name)
{
	static const choice distances[] = {
		{"linear", CALIBRATION_LINEAR},
		{"raking", CALIBRATION_RAKING},
		{"logit", CALIBRATION_LOGIT},
		{NULL, 0}
	};

	return choose(name, "distance", distances);
}

static void
read_function(WindowObject winobj, calibration_function *function)
{
	bool		no_lower;
	bool		no_upper;
	Datum		lower = WinGetFuncArgCurrent(winobj, ARG_LOWER, &no_lower);
	Datum		upper = WinGetFuncArgCurrent(winobj, ARG_UPPER, &no_upper);

	function->distance = parse_distance(DatumGetTextPP(required_partition_argument(winobj, ARG_DISTANCE, "distance")));
	function->lower = no_lower ? -INFINITY : DatumGetFloat8(lower);
	function->upper = no_upper ? INFINITY : DatumGetFloat8(upper);
	if (!(function->lower < 1 && function->upper > 1))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("bounds %s and %s do not enclose 1", float8out_internal(function->lower),
						float8out_internal(function->upper)),
				 errdetail("They bound the quotient of the calibrated and the given weight.")));
	if (function->distance == CALIBRATION_LOGIT &&
		(isinf(function->lower) || isinf(function->upper)))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the distance logit needs both bounds")));
}

static void
calibrate_partition(FunctionCallInfo fcinfo, calibrate_state *state)
{
	static const char *const names[] = {"weight", "x", "totals", "distance", "lower", "upper",
	"epsilon", "max_iterations"};
	WindowObject winobj = PG_WINDOW_OBJECT();
	MemoryContext context = GetMemoryChunkContext(state);
	MemoryContext caller;
	calibration c = {.stop = let_interrupts};
	double		target[MOST_AUXILIARY_VARIABLES];
	cell_source	source = {.key_argument = ARG_X, .key_name = "auxiliary variables",
		.read_key = read_auxiliary_key, .read_arg = &c.p,
		.values = 1, .value = {{ARG_WEIGHT, "weight"}}};
	partition_cells cells;
	Datum		totals;

	keep_partition_arguments(fcinfo, names, ARG_TOTALS, context, &state->arguments);
	read_function(winobj, &c.function);
	c.epsilon = required_epsilon(winobj, ARG_EPSILON);
	c.max_iterations = required_max_iterations(winobj, ARG_MAX_ITERATIONS);
	totals = required_partition_argument(winobj, ARG_TOTALS, "totals");

	c.p = count_auxiliary_variables(totals);
	read_auxiliary_key(totals, (char *) target, &c.p);
	c.target = target;
	source.key_size = sizeof(double) * c.p;
	read_partition_cells(winobj, context, &source, &cells);

	caller = MemoryContextSwitchTo(context);
	c.cells = CELL_COUNT(&cells);
	c.x = CELL_KEYS(&cells);
	c.weight = sum_by_cell(&cells, cells.value[0], NULL, context);
	c.work = palloc(sizeof(double) * calibration_work(c.p));
	c.pivot = palloc(sizeof(int) * c.p);
	c.total = palloc(sizeof(exact_total) * (gram_size(c.p) + c.p));
	c.lambda = palloc0(sizeof(double) * c.p);
	c.sum = palloc(sizeof(double) * c.p);
	state->cell = cells.cell;
	state->factor = MemoryContextAllocHuge(context, sizeof(double) * c.cells + 1);
	if (c.cells > 0)
	{
		calibration_result result = calibrate_cells(&c);

		if (result != CALIBRATION_DONE)
			refuse(&c, result);
	}
	for (uint32 cell = 0; cell < c.cells; cell++)
	{
		double		slope;

		CHECK_FOR_INTERRUPTS();
		state->factor[cell] = calibration_factor(&c.function,
												 inner_product(c.x + (Size) cell * c.p, c.lambda, c.p),
												 &slope);
	}
	MemoryContextSwitchTo(caller);
	pfree(c.total);
	pfree(cells.value[0]);
	pfree(cells.row);
}

PARINDEX_FUNCTION(parindex_calibrate);
Datum
parindex_calibrate(PG_FUNCTION_ARGS)
{
	WindowObject winobj = PG_WINDOW_OBJECT();
	calibrate_state *state = WinGetPartitionLocalMemory(winobj, sizeof(calibrate_state));
	int			cell;
	bool		isnull;

	if (state->factor == NULL)
		calibrate_partition(fcinfo, state);
	else
		check_partition_arguments(winobj, &state->arguments);
	cell = state->cell[WinGetCurrentPosition(winobj)];
	if (cell < 0)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(DatumGetFloat8(WinGetFuncArgCurrent(winobj, ARG_WEIGHT, &isnull)) *
					 state->factor[cell]);
}
