/*
 * screen.c
 *	  How much of the data is there, by unit, and leaving out units or criteria
 *	  of which too little is.
 */
#include "postgres.h"
#include "matrix/screen.h"
#include "base/arguments/choice.h"
#include "base/result_column.h"
#include "matrix/matrix_rows.h"

#include "funcapi.h"
#include "miscadmin.h"

/* Counts over the cells of a unit or a criterion. */
typedef struct cell_counts
{
	int			observed;
	int			missing;
	int			not_applicable;
	int			zero;			/* observed and 0 */
} cell_counts;

static inline void
count_cell(cell_counts *counts, double value, uint8 status)
{
	counts->observed += status == CELL_OBSERVED;
	counts->missing += status == CELL_MISSING;
	counts->not_applicable += status == CELL_NOT_APPLICABLE;
	counts->zero += value == 0; /* false where it is NaN */
}

/* Counts of every row, or of every column. */
static cell_counts *
count_cells(const matrix_view *view, bool by_row)
{
	cell_counts *counts = palloc_extended(sizeof(cell_counts) * (by_row ? view->rows : view->columns),
										  MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);

	for (int column = 0; column < view->columns; column++)
	{
		const double *value = view->value + (Size) column * view->rows;
		const uint8 *status = view->status + (Size) column * view->rows;

		CHECK_FOR_INTERRUPTS();
		for (int row = 0; row < view->rows; row++)
			count_cell(&counts[by_row ? row : column], value[row], status[row]);
	}
	return counts;
}

/* Share of the applicable cells that are observed; NaN where none is applicable. */
static double
availability(const cell_counts *counts)
{
	int			applicable = counts->observed + counts->missing;

	return applicable == 0 ? get_float8_nan() : (double) counts->observed / applicable;
}

/* Share of the observed cells that are not zero; NaN where none is observed. */
static double
non_zero(const cell_counts *counts)
{
	return counts->observed == 0 ? get_float8_nan() :
		(double) (counts->observed - counts->zero) / counts->observed;
}

PARINDEX_FUNCTION(parindex_data_availability);
Datum
parindex_data_availability(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	enum {UNIT, MISSING, ZERO, MISSING_OR_ZERO, AVAILABILITY, NON_ZERO, NOT_APPLICABLE, PERIOD, COLUMNS};
	Datum		values[COLUMNS];
	bool		nulls[COLUMNS] = {false};
	matrix_view view;
	cell_counts *counts;

	InitMaterializedSRF(fcinfo, 0);
	matrix_open(PG_GETARG_SCORE_MATRIX_P(0), &view);
	counts = count_cells(&view, true);
	for (int row = 0; row < view.rows; row++)
	{
		CHECK_FOR_INTERRUPTS();
		values[UNIT] = matrix_name_datum(&view, view.unit[row]);
		values[MISSING] = Int32GetDatum(counts[row].missing);
		values[ZERO] = Int32GetDatum(counts[row].zero);
		values[MISSING_OR_ZERO] = Int32GetDatum(counts[row].missing + counts[row].zero);
		put_float8(availability(&counts[row]), &values[AVAILABILITY], &nulls[AVAILABILITY]);
		put_float8(non_zero(&counts[row]), &values[NON_ZERO], &nulls[NON_ZERO]);
		values[NOT_APPLICABLE] = Int32GetDatum(counts[row].not_applicable);
		matrix_put_period(&view, row, &values[PERIOD], &nulls[PERIOD]);
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
		pfree(DatumGetPointer(values[UNIT]));
	}
	return (Datum) 0;
}

static double
share_argument(FunctionCallInfo fcinfo, int argument, const char *name)
{
	double		share = PG_GETARG_FLOAT8(argument);

	if (!(share >= 0 && share <= 1))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s %s is not a share", name, float8out_internal(share)),
				 errdetail("It must lie between 0 and 1.")));
	return share;
}

score_matrix *
screen_matrix(const matrix_view *view, double min_share, double min_nonzero, bool by_row)
{
	cell_counts *counts = count_cells(view, by_row);
	int			count = by_row ? view->rows : view->columns;
	int		   *kept = palloc_extended(sizeof(int) * Max(count, 1), MCXT_ALLOC_HUGE);
	int			n = 0;

	/* A share that does not exist is not below any. */
	for (int i = 0; i < count; i++)
		if (!(availability(&counts[i]) < min_share) && !(non_zero(&counts[i]) < min_nonzero))
			kept[n++] = i;
	return by_row ? matrix_select(view, kept, n, NULL, 0) : matrix_select(view, NULL, 0, kept, n);
}

/* (matrix, min_share, min_nonzero, by) */
PARINDEX_FUNCTION(parindex_screen);
Datum
parindex_screen(PG_FUNCTION_ARGS)
{
	static const choice sides[] = {{"unit", true}, {"criterion", false}, {NULL, 0}};
	double		min_share = share_argument(fcinfo, 1, "min_share");
	double		min_nonzero = share_argument(fcinfo, 2, "min_nonzero");
	bool		by_row = choose(PG_GETARG_TEXT_PP(3), "by", sides);
	matrix_view view;

	matrix_open(PG_GETARG_SCORE_MATRIX_P(0), &view);
	PG_RETURN_POINTER(screen_matrix(&view, min_share, min_nonzero, by_row));
}
