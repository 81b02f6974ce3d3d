/*
 * remove_units.c
 *	  remove_units(score_matrix, framework, method, lower, upper): how the
 *	  ranks of the others would change without each unit.
 *
 * Where a unit's scores do not depend on the others', nothing can change.
 * They do where nodes are rescaled over all units, and where indicators are
 * normalised by their range, mean or order: then a unit that leaves may
 * reverse the order of others. The ranks compared are both among the others.
 */
#include "postgres.h"
#include "field/field_ranks.h"
#include "framework/framework_argument.h"
#include "field/field_scores.h"
#include "steps/normalise_plan.h"

#include <math.h>

#include "funcapi.h"
#include "matrix/matrix_rows.h"
#include "miscadmin.h"
#include "utils/memutils.h"

/* How an index is made from the matrix. */
typedef struct pipeline
{
	const framework_cache *cache;
	const normalise_options *normalise; /* NULL: values are scores already */
} pipeline;

static double *
make_index(const pipeline *pipeline, const matrix_view *matrix)
{
	const framework *fw = framework_of(pipeline->cache);
	matrix_view normalised = *matrix;

	if (pipeline->normalise != NULL)
		matrix_open(normalise_matrix(pipeline->normalise, matrix, pipeline->cache, false, NULL),
					&normalised);
	return matrix_index(&normalised, fw);
}

/* Whether a unit's score may depend on those of others. */
static bool
units_depend(const pipeline *pipeline)
{
	const framework *fw = framework_of(pipeline->cache);

	if (pipeline->normalise != NULL)
		return true;
	for (int i = 0; i < fw->nodes; i++)
		if (fw->node[i].rescale != TREE_RESCALE_NONE)
			return true;
	return false;
}

/* The end of a unit's rows, which are neighbours and share its name. */
static int
unit_end(const matrix_view *matrix, int row)
{
	matrix_name unit = matrix->unit[row];

	do
		row++;
	while (row < matrix->rows && matrix->unit[row].offset == unit.offset &&
		   matrix->unit[row].length == unit.length);
	return row;
}

static int
count_scored(const double *score, int first, int end)
{
	int			count = 0;

	for (int row = first; row < end; row++)
		count += !isnan(score[row]);
	return count;
}

/* Ranks of the others with and without the unit in rows first .. end - 1. */
static void
remove_unit(const pipeline *pipeline, const matrix_view *matrix, const double *score,
			int first, int end, rank_shift *shift)
{
	int			count = matrix->rows - (end - first);
	int		   *kept = palloc(sizeof(int) * Max(count, 1));
	double	   *before = palloc(sizeof(double) * Max(count, 1));
	matrix_parts periods;
	matrix_view others;

	for (int i = 0; i < count; i++)
	{
		kept[i] = i < first ? i : i + (end - first);
		before[i] = score[kept[i]];
	}
	matrix_open(matrix_select(matrix, kept, count, NULL, matrix->columns), &others);
	periods = matrix_periods(&others);
	rank_shift_measure(rank_scores_of(before, count, &periods),
					   rank_scores_of(make_index(pipeline, &others), count, &periods),
					   count, shift);
}

/* Arguments: matrix, framework, method, lower, upper; method may be NULL. */
PARINDEX_FUNCTION(parindex_remove_units);
Datum
parindex_remove_units(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	enum {UNIT, SHIFT, COLUMNS = SHIFT + RANK_SHIFT_COLUMNS};
	normalise_options options = normalise_defaults();
	pipeline	pipeline;
	matrix_view matrix;
	double	   *score;
	int			scored;
	bool		depend;
	MemoryContext context;
	MemoryContext old;

	InitMaterializedSRF(fcinfo, 0);
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(3) || PG_ARGISNULL(4))
		return (Datum) 0;
	matrix_open(PG_GETARG_SCORE_MATRIX_P(0), &matrix);
	pipeline.cache = framework_argument(fcinfo, 1);
	pipeline.normalise = NULL;
	if (!PG_ARGISNULL(2))
	{
		options.method = (normalise_method) choose(PG_GETARG_TEXT_PP(2), "method",
														 normalise_methods);
		options.lower = PG_GETARG_FLOAT8(3);
		options.upper = PG_GETARG_FLOAT8(4);
		check_normalise_options(&options);
		pipeline.normalise = &options;
	}
	matrix_check_columns(&matrix, framework_of(pipeline.cache));
	score = make_index(&pipeline, &matrix);
	scored = count_scored(score, 0, matrix.rows);
	depend = units_depend(&pipeline);

	context = AllocSetContextCreate(CurrentMemoryContext, "parindex without a unit",
									ALLOCSET_DEFAULT_SIZES);
	old = MemoryContextSwitchTo(context);
	for (int row = 0, end; row < matrix.rows; row = end)
	{
		rank_shift	shift = {0};
		Datum		value[COLUMNS];
		bool		null[COLUMNS] = {false};

		CHECK_FOR_INTERRUPTS();
		MemoryContextReset(context);
		end = unit_end(&matrix, row);
		if (depend)
			remove_unit(&pipeline, &matrix, score, row, end, &shift);
		else
			shift.compared = scored - count_scored(score, row, end);
		value[UNIT] = matrix_name_datum(&matrix, matrix.unit[row]);
		put_rank_shift(&shift, &value[SHIFT], &null[SHIFT]);
		tuplestore_putvalues(result->setResult, result->setDesc, value, null);
	}
	MemoryContextSwitchTo(old);
	MemoryContextDelete(context);
	return (Datum) 0;
}
