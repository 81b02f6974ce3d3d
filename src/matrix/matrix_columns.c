/*
 * matrix_columns.c
 *	  Criteria chosen, left out and added: select_criteria(), drop_criteria(),
 *	  join_matrix().
 */
#include "postgres.h"
#include "matrix/matrix_columns.h"

#include "base/forms/bytes.h"
#include "matrix/matrix_builder.h"
#include "miscadmin.h"

score_matrix *
matrix_named_columns(const matrix_view *matrix, const bool *named, bool keep)
{
	int		   *kept = palloc(sizeof(int) * Max(matrix->columns, 1));
	int			count = 0;

	for (int i = 0; i < matrix->columns; i++)
		if (named[i] == keep)
			kept[count++] = i;
	return matrix_select(matrix, NULL, 0, kept, count);
}

/* (matrix, codes) */
static Datum
choose_columns(FunctionCallInfo fcinfo, bool keep)
{
	matrix_view view;
	code_numbers codes;
	const int  *columns;
	bool	   *named;

	matrix_open(PG_GETARG_SCORE_MATRIX_P(0), &view);
	codes_argument(fcinfo, 1, &codes);
	columns = matrix_columns_of(&view, &codes);
	named = palloc0(sizeof(bool) * Max(view.columns, 1));
	for (int i = 0; i < codes.count; i++)
		named[columns[i]] = true;
	PG_RETURN_POINTER(matrix_named_columns(&view, named, keep));
}

PARINDEX_FUNCTION(parindex_select_criteria);
Datum
parindex_select_criteria(PG_FUNCTION_ARGS)
{
	return choose_columns(fcinfo, true);
}

PARINDEX_FUNCTION(parindex_drop_criteria);
Datum
parindex_drop_criteria(PG_FUNCTION_ARGS)
{
	return choose_columns(fcinfo, false);
}

/* Rows stand by unit, then by period. */
static int
compare_rows(const matrix_view *a, int i, const matrix_view *b, int k)
{
	int			order = compare_bytes(matrix_name_bytes(a, a->unit[i]), a->unit[i].length,
									  matrix_name_bytes(b, b->unit[k]), b->unit[k].length);

	if (order != 0 || a->period == NULL || b->period == NULL)
		return order;
	return (a->period[i] > b->period[k]) - (a->period[i] < b->period[k]);
}

/* The group of a row; in a matrix without groups, that of the other, whose rows are passed. */
static matrix_label
group_of(const matrix_view *view, int row, const matrix_view *other, int *passed)
{
	const matrix_view *from = view->group != NULL ? view : other;
	matrix_name group = {0, -1};

	if (from == other)
	{
		while (*passed < other->rows && compare_rows(other, *passed, view, row) < 0)
			(*passed)++;
		if (other->group != NULL && *passed < other->rows &&
			compare_rows(other, *passed, view, row) == 0)
			group = other->group[*passed];
	}
	else
		group = view->group[row];
	return (matrix_label) {group.length < 0 ? NULL : matrix_name_bytes(from, group), group.length};
}

/* All rows, columns and cells but those that are missing, of which another may know more. */
static void
add_matrix(matrix_builder *builder, const matrix_view *view, const matrix_view *other)
{
	int		   *row = palloc(sizeof(int) * Max(view->rows, 1));
	int			passed = 0;

	for (int i = 0; i < view->rows; i++)
	{
		matrix_name unit = view->unit[i];
		matrix_label group = group_of(view, i, other, &passed);

		row[i] = matrix_builder_row(builder, matrix_name_bytes(view, unit), unit.length,
									group.bytes, group.length,
									view->period == NULL ? 0 : view->period[i]);
	}
	for (int i = 0; i < view->columns; i++)
	{
		int			column = matrix_builder_column(builder, matrix_name_bytes(view, view->code[i]),
												   view->code[i].length);

		CHECK_FOR_INTERRUPTS();
		for (int k = 0; k < view->rows; k++)
		{
			Size		cell = (Size) i * view->rows + k;

			if (view->status[cell] != CELL_MISSING)
				matrix_builder_set(builder, row[k], column, view->value[cell],
								   (cell_status) view->status[cell]);
		}
	}
	pfree(row);
}

/* (matrix, other) */
PARINDEX_FUNCTION(parindex_join_matrix);
Datum
parindex_join_matrix(PG_FUNCTION_ARGS)
{
	matrix_view view[2];
	matrix_builder *builder;

	for (int i = 0; i < 2; i++)
		matrix_open(PG_GETARG_SCORE_MATRIX_P(i), &view[i]);
	if ((view[0].period == NULL) != (view[1].period == NULL) && view[0].rows > 0 && view[1].rows > 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("only one of the two matrices has periods"),
				 errhint("Give both periods, or neither.")));
	builder = matrix_builder_new(CurrentMemoryContext,
								 view[0].period != NULL || view[1].period != NULL);
	for (int i = 0; i < 2; i++)
		add_matrix(builder, &view[i], &view[1 - i]);
	PG_RETURN_POINTER(matrix_builder_finish(builder));
}
