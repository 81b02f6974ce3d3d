/*
 * matrix_cells.c
 *	  A score matrix as rows: its cells, its units, its criteria.
 */
#include "postgres.h"
#include "matrix/matrix_rows.h"

#include "base/arguments/cell_status.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"

PARINDEX_FUNCTION(parindex_matrix_cells);
Datum
parindex_matrix_cells(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	enum {UNIT, CODE, PERIOD, VALUE, STATUS, UNIT_GROUP, COLUMNS};
	Datum		values[COLUMNS];
	bool		nulls[COLUMNS] = {false};
	Datum		status_name[3];
	Datum	   *code;
	matrix_view view;

	InitMaterializedSRF(fcinfo, 0);
	matrix_open(PG_GETARG_SCORE_MATRIX_P(0), &view);
	for (int status = CELL_OBSERVED; status <= CELL_NOT_APPLICABLE; status++)
		status_name[status] = CStringGetTextDatum(cell_status_name(status));
	code = palloc_extended(sizeof(Datum) * view.columns, MCXT_ALLOC_HUGE);
	for (int column = 0; column < view.columns; column++)
		code[column] = matrix_name_datum(&view, view.code[column]);

	for (int row = 0; row < view.rows; row++)
	{
		CHECK_FOR_INTERRUPTS();
		values[UNIT] = matrix_name_datum(&view, view.unit[row]);
		matrix_put_period(&view, row, &values[PERIOD], &nulls[PERIOD]);
		matrix_put_group(&view, row, &values[UNIT_GROUP], &nulls[UNIT_GROUP]);
		for (int column = 0; column < view.columns; column++)
		{
			Size		cell = (Size) column * view.rows + row;

			values[CODE] = code[column];
			values[VALUE] = Float8GetDatum(view.value[cell]);
			nulls[VALUE] = view.status[cell] != CELL_OBSERVED;
			values[STATUS] = status_name[view.status[cell]];
			tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
		}
		pfree(DatumGetPointer(values[UNIT]));
		if (!nulls[UNIT_GROUP])
			pfree(DatumGetPointer(values[UNIT_GROUP]));
	}
	return (Datum) 0;
}

PARINDEX_FUNCTION(parindex_matrix_units);
Datum
parindex_matrix_units(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	enum {UNIT, UNIT_GROUP, PERIOD, COLUMNS};
	Datum		values[COLUMNS];
	bool		nulls[COLUMNS] = {false};
	matrix_view view;

	InitMaterializedSRF(fcinfo, 0);
	matrix_open(PG_GETARG_SCORE_MATRIX_P(0), &view);
	for (int row = 0; row < view.rows; row++)
	{
		CHECK_FOR_INTERRUPTS();
		values[UNIT] = matrix_name_datum(&view, view.unit[row]);
		matrix_put_group(&view, row, &values[UNIT_GROUP], &nulls[UNIT_GROUP]);
		matrix_put_period(&view, row, &values[PERIOD], &nulls[PERIOD]);
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
		pfree(DatumGetPointer(values[UNIT]));
		if (!nulls[UNIT_GROUP])
			pfree(DatumGetPointer(values[UNIT_GROUP]));
	}
	return (Datum) 0;
}

/* The codes, as an array in the order of the columns. */
PARINDEX_FUNCTION(parindex_matrix_codes);
Datum
parindex_matrix_codes(PG_FUNCTION_ARGS)
{
	matrix_view view;
	Datum	   *code;

	matrix_open(PG_GETARG_SCORE_MATRIX_P(0), &view);
	code = palloc_extended(sizeof(Datum) * view.columns, MCXT_ALLOC_HUGE);
	for (int column = 0; column < view.columns; column++)
		code[column] = matrix_name_datum(&view, view.code[column]);
	PG_RETURN_ARRAYTYPE_P(construct_array(code, view.columns, TEXTOID, -1, false, TYPALIGN_INT));
}
