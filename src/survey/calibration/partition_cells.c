/*
 * partition_cells.c
 *	  Reading a window partition into cells, and sums over their rows.
 *
 * The partition is read once, at its first row. A row takes 8 bytes for each
 * number asked for and 8 for its cell and place; a cell takes its key. Sums
 * by cell are exact and rounded once, so that they do not depend on the order
 * of rows; the numbering of cells does, and no result may depend on it.
 */
#include "postgres.h"
#include "survey/calibration/partition_cells.h"

#include <math.h>

#include "kernel/exact/exact_total.h"
#include "miscadmin.h"
#include "base/arguments/partition_arguments.h"
#include "utils/builtins.h"
#include "utils/float.h"
#include "utils/memutils.h"

/* Rows between two resets of the memory in which arguments are evaluated. */
#define ROWS_PER_RESET	64

static void *
alloc_rows(MemoryContext context, Size size, uint32 nrows)
{
	return MemoryContextAllocHuge(context, size * nrows + 1);
}

static double
check_value(const cell_value *value, double x)
{
	if (!isfinite(x) || (x < 0 && !value->may_be_negative))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s %s of a respondent is not valid", value->name, float8out_internal(x)),
				 value->may_be_negative ? errdetail("It must be a finite number.") :
				 errdetail("It must be a finite number, not below zero.")));
	return x;
}

/* Reads the numbers of a row; false where it is to be left out. */
static bool
read_values(WindowObject winobj, const cell_source *source, uint32 row, partition_cells *cells)
{
	for (int i = 0; i < source->values; i++)
	{
		const cell_value *value = &source->value[i];
		bool		isnull;
		Datum		x = WinGetFuncArgInPartition(winobj, value->argument, row,
												 WINDOW_SEEK_HEAD, false, &isnull, NULL);

		if (!isnull)
			cells->value[i][row] = check_value(value, DatumGetFloat8(x));
		else if (value->null == CELL_NULL_IS_MISSING)
			cells->value[i][row] = get_float8_nan();
		else if (value->null == CELL_NULL_LEAVES_OUT)
			return false;
		else
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("%s of a respondent is NULL", value->name)));
	}
	return true;
}

/* Puts the rows of each cell together, by counting. */
static void
order_by_cell(partition_cells *cells, MemoryContext context)
{
	uint32		count = CELL_COUNT(cells);

	cells->row = alloc_rows(context, sizeof(uint32), cells->nrows);
	cells->first = MemoryContextAllocExtended(context, sizeof(uint32) * ((Size) count + 2),
											  MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	/* Counts stand two places up, so that placing the rows leaves the starts. */
	for (uint32 row = 0; row < cells->nrows; row++)
	{
		CHECK_FOR_INTERRUPTS();
		if (cells->cell[row] >= 0)
			cells->first[cells->cell[row] + 2]++;
	}
	for (uint32 cell = 2; cell <= count; cell++)
		cells->first[cell] += cells->first[cell - 1];
	for (uint32 row = 0; row < cells->nrows; row++)
	{
		CHECK_FOR_INTERRUPTS();
		if (cells->cell[row] >= 0)
			cells->row[cells->first[cells->cell[row] + 1]++] = row;
	}
}

void
read_partition_cells(WindowObject winobj, MemoryContext context,
					 const cell_source *source, partition_cells *cells)
{
	int64		nrows = WinGetPartitionRowCount(winobj);
	char	   *key = MemoryContextAlloc(context, source->key_size);
	MemoryContext row_context;
	MemoryContext caller;

	if (nrows > PG_INT32_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("cannot calibrate a partition of %lld rows", (long long) nrows),
				 errdetail("At most %d rows can be calibrated together.", PG_INT32_MAX)));
	cells->nrows = nrows;
	cells->cell = alloc_rows(context, sizeof(int), cells->nrows);
	for (int i = 0; i < source->values; i++)
		cells->value[i] = alloc_rows(context, sizeof(double), cells->nrows);
	name_table_init(&cells->keys, context);

	row_context = AllocSetContextCreate(context, "parindex row", ALLOCSET_SMALL_SIZES);
	caller = MemoryContextSwitchTo(row_context);
	for (uint32 row = 0; row < cells->nrows; row++)
	{
		CHECK_FOR_INTERRUPTS();
		cells->cell[row] = -1;
		if (read_values(winobj, source, row, cells))
		{
			bool		isnull;
			Datum		argument = WinGetFuncArgInPartition(winobj, source->key_argument, row,
															WINDOW_SEEK_HEAD, false, &isnull, NULL);

			if (isnull)
				ereport(ERROR,
						(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
						 errmsg("%s of a respondent are NULL", source->key_name),
						 errhint("Leave such rows out by a NULL weight.")));
			source->read_key(argument, key, source->read_arg);
			cells->cell[row] = name_table_intern(&cells->keys, key, source->key_size, 0);
		}
		if (row % ROWS_PER_RESET == ROWS_PER_RESET - 1)
			MemoryContextReset(row_context);
	}
	MemoryContextSwitchTo(caller);
	MemoryContextDelete(row_context);
	order_by_cell(cells, context);
}

/* By cell: the sum over its rows of a * b, or of a where b is NULL. */
double *
sum_by_cell(const partition_cells *cells, const double *a, const double *b, MemoryContext context)
{
	uint32		count = CELL_COUNT(cells);
	double	   *sums = alloc_rows(context, sizeof(double), count);

	for (uint32 cell = 0; cell < count; cell++)
	{
		exact_total total;
		exact_integer sum;

		exact_total_init(&total);
		for (uint32 i = cells->first[cell]; i < cells->first[cell + 1]; i++)
		{
			uint32		row = cells->row[i];

			CHECK_FOR_INTERRUPTS();
			exact_total_add_product(&total, a[row], b == NULL ? 1 : b[row]);
		}
		exact_total_get(&total, &sum);
		sums[cell] = exact_integer_round(&sum);
		if (isinf(sums[cell]))
			float_overflow_error();
	}
	return sums;
}

double
required_epsilon(WindowObject winobj, int argno)
{
	double		epsilon = DatumGetFloat8(required_partition_argument(winobj, argno, "epsilon"));

	if (!(epsilon >= 1e-14 && epsilon < 1))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("epsilon cannot be %s", float8out_internal(epsilon)),
				 errdetail("It is a share of the totals to reach, from 1e-14 to below 1.")));
	return epsilon;
}

int
required_max_iterations(WindowObject winobj, int argno)
{
	int			iterations = DatumGetInt32(required_partition_argument(winobj, argno, "max_iterations"));

	if (iterations < 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("max_iterations cannot be %d", iterations)));
	return iterations;
}
