/*
 * rake.c
 *	  rake(), rake_iterations(), post_stratify(): weights brought to known
 *	  margins. kernel/survey/raking.h.
 */
#include "postgres.h"
#include "survey/calibration/partition_cells.h"

#include "base/interrupts.h"
#include "base/arguments/partition_arguments.h"
#include "kernel/survey/raking.h"
#include "survey/calibration/category_key.h"
#include "survey/calibration/raking_targets.h"
#include "utils/float.h"
#include "utils/memutils.h"

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
typedef struct rake_state
{
	partition_arguments arguments;
	const int  *cell;			/* by row; -1 where it is left out */
	double	   *factor;			/* by cell */
	int			iterations;
} rake_state;

/* Says why raking ended without success. */
static void
refuse(const raking *r, raking_result result, const raking_targets *targets)
{
	const char *category = category_name(targets, r->category);
	double		target = targets->target[r->category];

	switch (result)
	{
		case RAKING_DONE:
		case RAKING_STOPPED:
			break;
		case RAKING_NO_RESPONDENTS:
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("category \"%s\" of margin %d has no respondents with a weight",
							category, r->margin + 1),
					 errdetail("Its target is %s.", float8out_internal(target)),
					 errhint("Merge the category with another.")));
		case RAKING_NO_TARGET:
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("category \"%s\" of margin %d has respondents but the target 0",
							category, r->margin + 1)));
		case RAKING_NOT_CONVERGED:
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("raking does not converge to %s in %d iterations",
							float8out_internal(r->epsilon), r->max_iterations),
					 errdetail("Category \"%s\" of margin %d sums to %s, not to %s.",
							   category, r->margin + 1,
							   float8out_internal(r->sum[r->category] * r->factor[r->category]),
							   float8out_internal(target)),
					 errhint("Merge categories: combinations without respondents can make targets unreachable.")));
		case RAKING_OVERFLOW:
			float_overflow_error();
	}
}

static void
rake_partition(FunctionCallInfo fcinfo, rake_state *state, bool single)
{
	static const char *const names[] = {"weight", "categories", "targets", "epsilon", "max_iterations"};
	WindowObject winobj = PG_WINDOW_OBJECT();
	MemoryContext context = GetMemoryChunkContext(state);
	raking_targets *targets;
	category_reader reader;
	cell_source	source = {.key_argument = ARG_CATEGORIES, .key_name = "categories",
		.read_arg = &reader, .values = 1, .value = {{ARG_WEIGHT, "weight"}}};
	partition_cells cells;
	raking		r = {.epsilon = 1e-10, .max_iterations = 1, .stop = let_interrupts};
	raking_result result;
	int			categories;

	keep_partition_arguments(fcinfo, names, ARG_TARGETS, context, &state->arguments);
	if (!single)
	{
		r.epsilon = required_epsilon(winobj, ARG_EPSILON);
		r.max_iterations = required_max_iterations(winobj, ARG_MAX_ITERATIONS);
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

	r.table.margins = targets->margins;
	r.table.categories = categories;
	r.table.cells = CELL_COUNT(&cells);
	r.table.category = CELL_KEYS(&cells);
	r.first = targets->first;
	r.target = targets->target;
	r.weight = sum_by_cell(&cells, cells.value[0], NULL, context);
	r.factor = MemoryContextAllocHuge(context, sizeof(double) * categories);
	r.sum = MemoryContextAllocHuge(context, sizeof(double) * categories);
	r.total = MemoryContextAllocHuge(context, sizeof(exact_total) * categories);

	state->cell = cells.cell;
	state->factor = MemoryContextAllocHuge(context, sizeof(double) * r.table.cells + 1);
	/* Nobody to calibrate. */
	if (r.table.cells == 0)
		return;
	result = rake_margins(&r);
	if (result != RAKING_DONE)
		refuse(&r, result, targets);
	state->iterations = r.iterations;
	for (uint32 cell = 0; cell < r.table.cells; cell++)
	{
		CHECK_FOR_INTERRUPTS();
		state->factor[cell] = raking_factor(&r.table, r.factor, cell);
	}
	pfree(r.total);
	pfree(cells.value[0]);
	pfree(cells.row);
}

/* The state of the current partition, raked. */
static rake_state *
raked_partition(FunctionCallInfo fcinfo, bool single)
{
	WindowObject winobj = PG_WINDOW_OBJECT();
	rake_state *state = WinGetPartitionLocalMemory(winobj, sizeof(rake_state));

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
	rake_state *state = raked_partition(fcinfo, single);
	int			cell = state->cell[WinGetCurrentPosition(winobj)];
	bool		isnull;
	double		weight;

	if (cell < 0)
		PG_RETURN_NULL();
	weight = DatumGetFloat8(WinGetFuncArgCurrent(winobj, ARG_WEIGHT, &isnull));
	PG_RETURN_FLOAT8(weight * state->factor[cell]);
}

PARINDEX_FUNCTION(parindex_rake);
Datum
parindex_rake(PG_FUNCTION_ARGS)
{
	return raked_weight(fcinfo, false);
}

PARINDEX_FUNCTION(parindex_post_stratify);
Datum
parindex_post_stratify(PG_FUNCTION_ARGS)
{
	return raked_weight(fcinfo, true);
}

PARINDEX_FUNCTION(parindex_rake_iterations);
Datum
parindex_rake_iterations(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(raked_partition(fcinfo, false)->iterations);
}
