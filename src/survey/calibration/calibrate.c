/*
 * calibrate.c
 *	  calibrate(): weights brought to known totals of auxiliary variables.
 *	  kernel/calibration.h.
 *
 * Newton's method on lambda, p numbers, whatever the number of respondents. A
 * step that makes the largest deviation from the totals worse is halved:
 * bounds put kinks into the equations.
 */
#include "postgres.h"
#include "survey/calibration/auxiliary_key.h"
#include "survey/calibration/partition_cells.h"

#include <math.h>

#include "base/choice.h"
#include "base/partition_arguments.h"
#include "kernel/survey/calibration.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/float.h"
#include "utils/memutils.h"

#define MOST_HALVINGS 20

PARINDEX_FUNCTION(parindex_calibrate);

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
typedef struct CalibrateState
{
	PartitionArguments arguments;
	const int  *cell;			/* by row; -1 where it is left out */
	double	   *factor;			/* by cell */
} CalibrateState;

/* One calibration under way. */
typedef struct Calibration
{
	calibration_function function;
	int			p;
	uint32		cells;
	const double *x;			/* by cell, then variable */
	const double *weight;		/* by cell */
	double		target[MOST_AUXILIARY_VARIABLES];
	double	   *scale;			/* by variable: what epsilon is a share of */
	double	   *sum;			/* by variable: weight * g * x */
	double	   *gram;			/* packed: weight * dg/du * x * x' */
	exact_total *total;			/* scratch: as many as sum and gram together */
} Calibration;

static double
round_total(const exact_total *total)
{
	exact_integer sum;

	exact_total_get(total, &sum);
	return exact_integer_round(&sum);
}

/*
 * Computes sum and gram at lambda. Returns the largest deviation from a
 * target, as a share of scale; infinity where a weight or a sum overflows.
 */
static double
evaluate(Calibration *c, const double *lambda, int *worst)
{
	int			grams = gram_size(c->p);
	exact_total *sum = c->total + grams;
	double		deviation = -1;

	for (int i = 0; i < grams + c->p; i++)
		exact_total_init(&c->total[i]);
	for (uint32 cell = 0; cell < c->cells; cell++)
	{
		const double *x = c->x + (Size) cell * c->p;
		double		slope;
		double		g = calibration_factor(&c->function, inner_product(x, lambda, c->p), &slope);

		CHECK_FOR_INTERRUPTS();
		if (!isfinite(g * c->weight[cell]) || !isfinite(slope * c->weight[cell]))
			return INFINITY;
		calibration_add_total(x, c->p, g * c->weight[cell], sum);
		if (slope > 0)
			calibration_add_gram(x, c->p, slope * c->weight[cell], c->total);
	}
	for (int i = 0; i < grams; i++)
	{
		c->gram[i] = round_total(&c->total[i]);
		if (isinf(c->gram[i]))
			return INFINITY;
	}
	for (int i = 0; i < c->p; i++)
	{
		double		off;

		c->sum[i] = round_total(&sum[i]);
		if (isinf(c->sum[i]))
			return INFINITY;
		off = fabs(c->target[i] - c->sum[i]);
		if (off > 0)
			off /= c->scale[i];
		if (off > deviation)
		{
			deviation = off;
			*worst = i;
		}
	}
	return deviation;
}

/* A total is compared with itself, or with the sum of what makes it up. */
static void
set_scales(Calibration *c)
{
	for (int i = 0; i < c->p; i++)
	{
		double		absolute;

		exact_total_init(&c->total[0]);
		for (uint32 cell = 0; cell < c->cells; cell++)
		{
			CHECK_FOR_INTERRUPTS();
			exact_total_add_product(&c->total[0], c->weight[cell], fabs(c->x[(Size) cell * c->p + i]));
		}
		absolute = round_total(&c->total[0]);
		if (isinf(absolute))
			float_overflow_error();
		if (absolute == 0 && c->target[i] != 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("auxiliary variable %d is 0 for all respondents with a weight", i + 1),
					 errdetail("Its total is to be %s.", float8out_internal(c->target[i]))));
		c->scale[i] = Max(absolute, fabs(c->target[i]));
	}
}

/* Finds lambda, by variable; 0 at first. */
static void
find_lambda(Calibration *c, double *lambda, double epsilon, int max_iterations)
{
	double	   *step = palloc(sizeof(double) * c->p);
	double	   *next = palloc(sizeof(double) * c->p);
	double	   *misfit = palloc(sizeof(double) * c->p);
	double	   *scratch = palloc(sizeof(double) * 2 * c->p);
	int		   *pivot = palloc(sizeof(int) * c->p);
	int			worst = 0;
	int			iteration = 0;
	double		deviation = evaluate(c, lambda, &worst);
	bool		overflow = isinf(deviation);

	while (!overflow && deviation > epsilon && iteration < max_iterations)
	{
		double		length = 1;
		double		tried = INFINITY;

		iteration++;
		for (int i = 0; i < c->p; i++)
			misfit[i] = c->target[i] - c->sum[i];
		gram_solve(c->gram, misfit, c->p, step, scratch, pivot);
		for (int halvings = 0; halvings <= MOST_HALVINGS; halvings++, length /= 2)
		{
			for (int i = 0; i < c->p; i++)
				next[i] = lambda[i] + length * step[i];
			tried = evaluate(c, next, &worst);
			if (tried < deviation)
				break;
		}
		overflow = isinf(tried);
		if (overflow)
			break;
		deviation = tried;
		memcpy(lambda, next, sizeof(double) * c->p);
	}
	if (overflow)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("calibration does not reach the totals: weights or their sums become infinite"),
				 errhint("Choose bounds or another distance, or drop variables whose totals contradict each other.")));
	if (deviation > epsilon)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("calibration does not reach the totals within %s in %d iterations",
						float8out_internal(epsilon), iteration),
				 errdetail("Auxiliary variable %d sums to %s, not to %s.", worst + 1,
						   float8out_internal(c->sum[worst]), float8out_internal(c->target[worst])),
				 errhint("Widen the bounds, or drop variables whose totals contradict each other.")));
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
calibrate_partition(FunctionCallInfo fcinfo, CalibrateState *state)
{
	static const char *const names[] = {"weight", "x", "totals", "distance", "lower", "upper",
	"epsilon", "max_iterations"};
	WindowObject winobj = PG_WINDOW_OBJECT();
	MemoryContext context = GetMemoryChunkContext(state);
	MemoryContext caller;
	Calibration c;
	CellSource	source = {.key_argument = ARG_X, .key_name = "auxiliary variables",
		.read_key = read_auxiliary_key, .read_arg = &c.p,
		.values = 1, .value = {{ARG_WEIGHT, "weight"}}};
	PartitionCells cells;
	double		epsilon;
	int			max_iterations;
	Datum		totals;
	double	   *lambda;

	keep_partition_arguments(fcinfo, names, ARG_TOTALS, context, &state->arguments);
	read_function(winobj, &c.function);
	epsilon = required_epsilon(winobj, ARG_EPSILON);
	max_iterations = required_max_iterations(winobj, ARG_MAX_ITERATIONS);
	totals = required_partition_argument(winobj, ARG_TOTALS, "totals");

	c.p = count_auxiliary_variables(totals);
	read_auxiliary_key(totals, (char *) c.target, &c.p);
	source.key_size = sizeof(double) * c.p;
	read_partition_cells(winobj, context, &source, &cells);

	caller = MemoryContextSwitchTo(context);
	c.cells = CELL_COUNT(&cells);
	c.x = CELL_KEYS(&cells);
	c.weight = sum_by_cell(&cells, cells.value[0], NULL, context);
	c.scale = palloc(sizeof(double) * c.p);
	c.sum = palloc(sizeof(double) * c.p);
	c.gram = palloc(sizeof(double) * gram_size(c.p));
	c.total = palloc(sizeof(exact_total) * (gram_size(c.p) + c.p));
	lambda = palloc0(sizeof(double) * c.p);
	state->cell = cells.cell;
	state->factor = MemoryContextAllocHuge(context, sizeof(double) * c.cells + 1);
	if (c.cells > 0)
	{
		set_scales(&c);
		find_lambda(&c, lambda, epsilon, max_iterations);
	}
	for (uint32 cell = 0; cell < c.cells; cell++)
	{
		double		slope;

		CHECK_FOR_INTERRUPTS();
		state->factor[cell] = calibration_factor(&c.function,
												 inner_product(c.x + (Size) cell * c.p, lambda, c.p),
												 &slope);
	}
	MemoryContextSwitchTo(caller);
	pfree(c.total);
	pfree(cells.value[0]);
	pfree(cells.row);
}

Datum
parindex_calibrate(PG_FUNCTION_ARGS)
{
	WindowObject winobj = PG_WINDOW_OBJECT();
	CalibrateState *state = WinGetPartitionLocalMemory(winobj, sizeof(CalibrateState));
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
