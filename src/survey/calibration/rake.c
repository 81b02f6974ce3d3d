/*
 * rake.c
 *	  rake(), rake_iterations(), post_stratify(): weights brought to known
 *	  margins. kernel/raking.h.
 *
 * Margins take turns. One whose totals all lie within epsilon of their targets
 * is left as it is; once that holds for every margin in a row, all of them
 * hold together, and raking has converged.
 */
#include "postgres.h"
#include "survey/calibration/partition_cells.h"

#include <math.h>

#include "survey/calibration/category_key.h"
#include "kernel/survey/raking.h"
#include "miscadmin.h"
#include "base/partition_arguments.h"
#include "survey/calibration/raking_targets.h"
#include "utils/builtins.h"
#include "utils/float.h"
#include "utils/memutils.h"

PARINDEX_FUNCTION(parindex_rake);
PARINDEX_FUNCTION(parindex_rake_iterations);
PARINDEX_FUNCTION(parindex_post_stratify);

/* Arguments of the functions. */
enum
{
	ARG_WEIGHT,
	ARG_CATEGORIES,
	ARG_TARGETS,
	ARG_EPSILON,
	ARG_MAX_ITERATIONS
};

/* Zeroed at the start of a partition; in its memory. */
typedef struct RakeState
{
	PartitionArguments arguments;
	const int  *cell;			/* by row; -1 where it is left out */
	double	   *factor;			/* by cell */
	int			iterations;
} RakeState;

/* One raking under way. */
typedef struct Raking
{
	const RakingTargets *targets;
	margin_table table;
	const double *weight;		/* by cell */
	double	   *factor;			/* by category */
	double	   *sum;			/* by category: what the margin summed to when last looked at */
	exact_total *total;			/* scratch, by category */
} Raking;

/* The sums of a margin's categories without its own factors. */
static void
sum_margin(Raking *raking, int margin)
{
	int			first = raking->targets->first[margin];
	int			end = raking->targets->first[margin + 1];

	for (int i = first; i < end; i++)
		exact_total_init(&raking->total[i]);
	for (uint32 from = 0; from < raking->table.cells; from += CELLS_AT_ONCE)
	{
		CHECK_FOR_INTERRUPTS();
		raking_add(&raking->table, raking->weight, raking->factor, margin, from,
				   Min(from + CELLS_AT_ONCE, raking->table.cells), raking->total);
	}
	for (int i = first; i < end; i++)
	{
		exact_integer sum;

		exact_total_get(&raking->total[i], &sum);
		raking->sum[i] = exact_integer_round(&sum);
	}
}

/* How far the margin is off, as a share of its targets; the worst category. */
static double
margin_deviation(const Raking *raking, int margin, int *worst)
{
	double		deviation = -1;

	for (int i = raking->targets->first[margin]; i < raking->targets->first[margin + 1]; i++)
	{
		double		target = raking->targets->target[i];
		double		sum = raking->sum[i] * raking->factor[i];
		double		off = target == sum ? 0 : fabs(sum / target - 1);

		if (off > deviation)
		{
			deviation = off;
			*worst = i;
		}
	}
	return deviation;
}

static void
check_margin_has_respondents(const Raking *raking, int margin)
{
	for (int i = raking->targets->first[margin]; i < raking->targets->first[margin + 1]; i++)
	{
		double		target = raking->targets->target[i];

		if (target > 0 && raking->sum[i] == 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("category \"%s\" of margin %d has no respondents with a weight",
							category_name(raking->targets, i), margin + 1),
					 errdetail("Its target is %s.", float8out_internal(target)),
					 errhint("Merge the category with another.")));
		if (target == 0 && raking->sum[i] > 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("category \"%s\" of margin %d has respondents but the target 0",
							category_name(raking->targets, i), margin + 1)));
	}
}

/* The number of rounds in which factors changed. */
static int
rake_margins(Raking *raking, double epsilon, int max_iterations)
{
	int			margins = raking->targets->margins;
	int			met = 0;		/* margins found right since the last change */
	int			changed_in = 0;
	int			worst = 0;
	double		deviation;

	for (int round = 1;; round++)
		for (int m = 0; m < margins; m++)
		{
			sum_margin(raking, m);
			if (round == 1)
				check_margin_has_respondents(raking, m);
			deviation = margin_deviation(raking, m, &worst);
			met = deviation <= epsilon ? met + 1 : 0;
			if (met == margins)
				return changed_in;
			if (met > 0)
				continue;
			if (round > max_iterations)
				ereport(ERROR,
						(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						 errmsg("raking does not converge to %s in %d iterations",
								float8out_internal(epsilon), max_iterations),
						 errdetail("Category \"%s\" of margin %d sums to %s, not to %s.",
								   category_name(raking->targets, worst), m + 1,
								   float8out_internal(raking->sum[worst] * raking->factor[worst]),
								   float8out_internal(raking->targets->target[worst])),
						 errhint("Merge categories: combinations without respondents can make targets unreachable.")));
			for (int i = raking->targets->first[m]; i < raking->targets->first[m + 1]; i++)
				if (raking->targets->target[i] > 0)
				{
					raking->factor[i] = raking->targets->target[i] / raking->sum[i];
					if (!isfinite(raking->factor[i]))
						float_overflow_error();
				}
			changed_in = round;
		}
}

static void
rake_partition(FunctionCallInfo fcinfo, RakeState *state, bool single)
{
	static const char *const names[] = {"weight", "categories", "targets", "epsilon", "max_iterations"};
	WindowObject winobj = PG_WINDOW_OBJECT();
	MemoryContext context = GetMemoryChunkContext(state);
	RakingTargets *targets;
	CategoryReader reader;
	CellSource	source = {.key_argument = ARG_CATEGORIES, .key_name = "categories",
		.read_arg = &reader, .values = 1, .value = {{ARG_WEIGHT, "weight"}}};
	PartitionCells cells;
	Raking		raking;
	double		epsilon = 1e-10;
	int			max_iterations = 1;
	int			categories;

	keep_partition_arguments(fcinfo, names, ARG_TARGETS, context, &state->arguments);
	if (!single)
	{
		epsilon = required_epsilon(winobj, ARG_EPSILON);
		max_iterations = required_max_iterations(winobj, ARG_MAX_ITERATIONS);
	}
	targets = read_raking_targets(DatumGetJsonbP(required_partition_argument(winobj, ARG_TARGETS, "targets")),
								  single, context);
	categories = targets->names.count;

	reader.names = &targets->names;
	reader.margins = targets->margins;
	reader.known = true;
	source.read_key = single ? read_category_key : read_categories_key;
	source.key_size = sizeof(int32) * targets->margins;
	read_partition_cells(winobj, context, &source, &cells);

	raking.targets = targets;
	raking.table.margins = targets->margins;
	raking.table.categories = categories;
	raking.table.cells = CELL_COUNT(&cells);
	raking.table.category = CELL_KEYS(&cells);
	raking.weight = sum_by_cell(&cells, cells.value[0], NULL, context);
	raking.factor = MemoryContextAllocHuge(context, sizeof(double) * categories);
	for (int i = 0; i < categories; i++)
		raking.factor[i] = 1;
	raking.sum = MemoryContextAllocHuge(context, sizeof(double) * categories);
	raking.total = MemoryContextAllocHuge(context, sizeof(exact_total) * categories);

	state->cell = cells.cell;
	state->factor = MemoryContextAllocHuge(context, sizeof(double) * raking.table.cells + 1);
	/* Nobody to calibrate. */
	if (raking.table.cells == 0)
		return;
	state->iterations = rake_margins(&raking, epsilon, max_iterations);
	for (uint32 cell = 0; cell < raking.table.cells; cell++)
		state->factor[cell] = raking_factor(&raking.table, raking.factor, cell);
	pfree(raking.total);
	pfree(cells.value[0]);
	pfree(cells.row);
}

/* The state of the current partition, raked. */
static RakeState *
raked_partition(FunctionCallInfo fcinfo, bool single)
{
	WindowObject winobj = PG_WINDOW_OBJECT();
	RakeState  *state = WinGetPartitionLocalMemory(winobj, sizeof(RakeState));

	if (state->factor == NULL)
		rake_partition(fcinfo, state, single);
	else
		check_partition_arguments(winobj, &state->arguments);
	return state;
}

static Datum
raked_weight(FunctionCallInfo fcinfo, bool single)
{
	WindowObject winobj = PG_WINDOW_OBJECT();
	RakeState  *state = raked_partition(fcinfo, single);
	int			cell = state->cell[WinGetCurrentPosition(winobj)];
	bool		isnull;
	double		weight;

	if (cell < 0)
		PG_RETURN_NULL();
	weight = DatumGetFloat8(WinGetFuncArgCurrent(winobj, ARG_WEIGHT, &isnull));
	PG_RETURN_FLOAT8(weight * state->factor[cell]);
}

Datum
parindex_rake(PG_FUNCTION_ARGS)
{
	return raked_weight(fcinfo, false);
}

Datum
parindex_post_stratify(PG_FUNCTION_ARGS)
{
	return raked_weight(fcinfo, true);
}

Datum
parindex_rake_iterations(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(raked_partition(fcinfo, false)->iterations);
}
