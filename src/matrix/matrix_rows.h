/*
 * matrix_rows.h
 *	  Parts of a score matrix as columns of a result row.
 */
#ifndef PARINDEX_MATRIX_ROWS_H
#define PARINDEX_MATRIX_ROWS_H

#include "matrix/score_matrix.h"

#include "utils/builtins.h"
#include "utils/tuplestore.h"

static inline Datum
matrix_name_datum(const matrix_view *view, matrix_name name)
{
	return PointerGetDatum(cstring_to_text_with_len(matrix_name_bytes(view, name), name.length));
}

/* A row's group or period; NULL where there is none. */
static inline void
matrix_put_group(const matrix_view *view, int row, Datum *value, bool *is_null)
{
	*is_null = view->group == NULL || view->group[row].length < 0;
	*value = *is_null ? (Datum) 0 : matrix_name_datum(view, view->group[row]);
}

static inline void
matrix_put_period(const matrix_view *view, int row, Datum *value, bool *is_null)
{
	*is_null = view->period == NULL;
	*value = *is_null ? (Datum) 0 : Int32GetDatum(view->period[row]);
}

#endif							/* PARINDEX_MATRIX_ROWS_H */
