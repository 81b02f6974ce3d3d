/*
 * remove_units.c
 *	  remove_units(score_matrix, framework, method, lower, upper): how the
 *	  ranks of the others would change without each unit; removed_unit_ranks():
 *	  each of theirs.
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

/*
 * How an index is made from the matrix: what is done anew to those who are
 * left, before the framework is evaluated.
 */
typedef struct making
{
	const framework_cache *cache;
	score_matrix *(*prepare) (const struct making *making, const matrix_view *matrix);	/* NULL: values are scores already */
	const void *how;			/* for prepare() */
} making;

/* Of `how`, options of normalise(). */
static score_matrix *
prepare_by_normalising(const making *making, const matrix_view *matrix)
{
	return normalise_matrix((const normalise_options *) making->how, matrix, making->cache, false, NULL);
}

static double *
make_index(const making *making, const matrix_view *matrix)
{
	matrix_view prepared = *matrix;

	if (making->prepare != NULL)
		matrix_open(making->prepare(making, matrix), &prepared);
	return matrix_index(&prepared, framework_of(making->cache));
}

/* Whether a unit's score may depend on those of others. */
static bool
units_depend(const making *making)
{
	const framework *fw = framework_of(making->cache);

	if (making->prepare != NULL)
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

/* What is done without each unit, and with it. */
typedef struct removal
{
	ReturnSetInfo *result;
	making		making;
	bool		depend;
	matrix_view matrix;
	double	   *score;			/* by row, with all */
	int			scored;			/* rows */
} removal;

/* The others, when a unit is left out. */
typedef struct others
{
	int			count;			/* rows */
	int		   *row;			/* theirs in the whole matrix */
	int		   *before;			/* ranks among themselves, with the scores they had */
	int		   *after;			/* and with those they get */
} others;

/* Puts rows for the unit in rows first .. end - 1. */
typedef void (*put_removal) (const removal *removal, int first, int end);

/* Without the unit in rows first .. end - 1. */
static void
remove_unit(const removal *removal, int first, int end, others *others)
{
	const matrix_view *matrix = &removal->matrix;
	int			count = matrix->rows - (end - first);
	double	   *score = palloc(sizeof(double) * Max(count, 1));
	matrix_parts periods;
	matrix_view left;

	others->count = count;
	others->row = palloc(sizeof(int) * Max(count, 1));
	for (int i = 0; i < count; i++)
	{
		others->row[i] = i < first ? i : i + (end - first);
		score[i] = removal->score[others->row[i]];
	}
	matrix_open(matrix_select(matrix, others->row, count, NULL, matrix->columns), &left);
	periods = matrix_periods(&left);
	others->before = rank_scores_of(score, count, &periods);
	others->after = removal->depend ?
		rank_scores_of(make_index(&removal->making, &left), count, &periods) : others->before;
}

/* Arguments: matrix, framework, method, lower, upper; method may be NULL. */
static void
remove_each(FunctionCallInfo fcinfo, put_removal put)
{
	normalise_options options = normalise_defaults();
	removal		removal = {.result = (ReturnSetInfo *) fcinfo->resultinfo};
	MemoryContext context;
	MemoryContext old;

	matrix_open(PG_GETARG_SCORE_MATRIX_P(0), &removal.matrix);
	removal.making.cache = framework_argument(fcinfo, 1);
	if (!PG_ARGISNULL(2))
	{
		options.method = (normalise_method) choose(PG_GETARG_TEXT_PP(2), "method",
														 normalise_methods);
		options.lower = PG_GETARG_FLOAT8(3);
		options.upper = PG_GETARG_FLOAT8(4);
		check_normalise_options(&options);
		removal.making.prepare = prepare_by_normalising;
		removal.making.how = &options;
	}
	matrix_check_columns(&removal.matrix, framework_of(removal.making.cache));
	removal.score = make_index(&removal.making, &removal.matrix);
	removal.scored = count_scored(removal.score, 0, removal.matrix.rows);
	removal.depend = units_depend(&removal.making);

	context = AllocSetContextCreate(CurrentMemoryContext, "parindex without a unit",
									ALLOCSET_DEFAULT_SIZES);
	old = MemoryContextSwitchTo(context);
	for (int row = 0, end; row < removal.matrix.rows; row = end)
	{
		CHECK_FOR_INTERRUPTS();
		MemoryContextReset(context);
		end = unit_end(&removal.matrix, row);
		put(&removal, row, end);
	}
	MemoryContextSwitchTo(old);
	MemoryContextDelete(context);
}

static void
put_shift(const removal *removal, int first, int end)
{
	enum {UNIT, SHIFT, COLUMNS = SHIFT + RANK_SHIFT_COLUMNS};
	rank_shift	shift = {0};
	others		others;
	Datum		value[COLUMNS];
	bool		null[COLUMNS] = {false};

	if (removal->depend)
	{
		remove_unit(removal, first, end, &others);
		rank_shift_measure(others.before, others.after, others.count, &shift);
	}
	else
		shift.compared = removal->scored - count_scored(removal->score, first, end);
	value[UNIT] = matrix_name_datum(&removal->matrix, removal->matrix.unit[first]);
	put_rank_shift(&shift, &value[SHIFT], &null[SHIFT]);
	tuplestore_putvalues(removal->result->setResult, removal->result->setDesc, value, null);
}

static bool
has_null_argument(FunctionCallInfo fcinfo)
{
	return PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(3) || PG_ARGISNULL(4);
}

PARINDEX_FUNCTION(parindex_remove_units);
Datum
parindex_remove_units(PG_FUNCTION_ARGS)
{
	InitMaterializedSRF(fcinfo, 0);
	if (!has_null_argument(fcinfo))
		remove_each(fcinfo, put_shift);
	return (Datum) 0;
}

static void
put_ranks(const removal *removal, int first, int end)
{
	enum {REMOVED, UNIT, PERIOD, RANK, RANK_WITHOUT, RANK_CHANGE, COLUMNS};
	const matrix_view *matrix = &removal->matrix;
	Datum		removed = matrix_name_datum(matrix, matrix->unit[first]);
	others		others;

	remove_unit(removal, first, end, &others);
	for (int i = 0; i < others.count; i++)
	{
		Datum		value[COLUMNS];
		bool		null[COLUMNS] = {false};

		CHECK_FOR_INTERRUPTS();
		value[REMOVED] = removed;
		value[UNIT] = matrix_name_datum(matrix, matrix->unit[others.row[i]]);
		matrix_put_period(matrix, others.row[i], &value[PERIOD], &null[PERIOD]);
		put_rank(others.before[i], &value[RANK], &null[RANK]);
		put_rank(others.after[i], &value[RANK_WITHOUT], &null[RANK_WITHOUT]);
		value[RANK_CHANGE] = Int32GetDatum(others.before[i] - others.after[i]);
		null[RANK_CHANGE] = null[RANK] || null[RANK_WITHOUT];
		tuplestore_putvalues(removal->result->setResult, removal->result->setDesc, value, null);
		pfree(DatumGetPointer(value[UNIT]));
	}
}

PARINDEX_FUNCTION(parindex_removed_unit_ranks);
Datum
parindex_removed_unit_ranks(PG_FUNCTION_ARGS)
{
	InitMaterializedSRF(fcinfo, 0);
	if (!has_null_argument(fcinfo))
		remove_each(fcinfo, put_ranks);
	return (Datum) 0;
}
