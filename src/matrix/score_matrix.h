/*
 * score_matrix.h
 *	  The type score_matrix: units (rows) by criteria (columns), one value
 *	  passed from step to step.
 *
 * A flat varlena, used in place once it is detoasted. A row is a unit, or a
 * unit in a period where the matrix has periods. Values stand by column, so
 * that a step over a criterion reads one stretch of memory; a cell that is
 * not observed holds NaN, and its status says whether it is missing or not
 * applicable. Observed values are finite.
 *
 * Canonical: rows in bytewise order of unit, then by period; columns in
 * natural order of their codes (as in framework.h). Equal matrices have equal
 * bytes, whatever the order in which cells arrived. A matrix has groups where
 * some row has one.
 */
#ifndef PARINDEX_SCORE_MATRIX_H
#define PARINDEX_SCORE_MATRIX_H

#include "base/arguments/code_numbers.h"
#include "fmgr.h"
#include "kernel/tree/tree.h"		/* cell_status */
#include "utils/float.h"

#define SCORE_MATRIX_VERSION 1
#define SCORE_MATRIX_HAS_GROUPS 1
#define SCORE_MATRIX_HAS_PERIODS 2

typedef struct matrix_name
{
	int32		offset;			/* from the start of the matrix */
	int32		length;			/* bytes; -1: NULL (a group) */
} matrix_name;

typedef struct score_matrix
{
	int32		vl_len_;
	uint8		version;
	uint8		flags;
	uint16		unused;
	int32		rows;
	int32		columns;
	int32		names_size;		/* bytes of the names, at the end */
	int32		unused2;
	/*
	 * Then, each MAXALIGNed:
	 *	 float8 value[columns][rows]
	 *	 uint8 status[columns][rows]
	 *	 matrix_name unit[rows]
	 *	 matrix_name code[columns]
	 *	 matrix_name group[rows]	with SCORE_MATRIX_HAS_GROUPS
	 *	 int32 period[rows]			with SCORE_MATRIX_HAS_PERIODS
	 *	 the names, not terminated: of each row its unit and group, where they
	 *	 differ from those of the row before; then the codes
	 */
} score_matrix;

/* Pointers into a matrix. */
typedef struct matrix_view
{
	score_matrix *matrix;
	int			rows;
	int			columns;
	double	   *value;			/* value[column * rows + row] */
	uint8	   *status;			/* likewise; cell_status */
	const matrix_name *unit;
	const matrix_name *code;
	const matrix_name *group;	/* NULL: no groups */
	const int32 *period;		/* NULL: no periods */
} matrix_view;

extern void matrix_open(score_matrix *matrix, matrix_view *view);

/* Not terminated. */
static inline const char *
matrix_name_bytes(const matrix_view *view, matrix_name name)
{
	return (const char *) view->matrix + name.offset;
}

/* What rows and columns are called, in canonical order. */
typedef struct matrix_label
{
	const char *bytes;
	int			length;			/* -1: NULL (a group) */
} matrix_label;

typedef struct matrix_frame
{
	int			rows;
	int			columns;
	const matrix_label *unit;	/* one a row */
	const matrix_label *group;	/* one a row; NULL: no groups, as where none has one */
	const int32 *period;		/* one a row; NULL: no periods */
	const matrix_label *code;	/* one a column */
} matrix_frame;

/*
 * A new matrix, opened in `view`; error 54000 where it would exceed 1 GB.
 * Its cells are for the caller to fill, by matrix_set().
 */
extern score_matrix *matrix_new(const matrix_frame *frame, matrix_view *view);

/* Sets a cell; the value counts only where it is observed, and is finite. */
static inline void
matrix_set(const matrix_view *view, int column, int row, double value, cell_status status)
{
	size_t		cell = (size_t) column * view->rows + row;

	/* Adding zero turns -0 into 0: equal matrices have equal bytes. */
	view->value[cell] = status == CELL_OBSERVED ? value + 0.0 : get_float8_nan();
	view->status[cell] = (uint8) status;
}

/* A writable copy, to be changed in its cells and returned. */
extern score_matrix *matrix_copy(const matrix_view *view);

/* A copy of these rows and columns (ascending indexes; NULL: all). */
extern score_matrix *matrix_select(const matrix_view *view, const int *rows, int row_count,
								   const int *columns, int column_count);

/* One past the last row of the unit whose first row is `start`: rows of equal units share the bytes of their name. */
static inline int
matrix_unit_end(const matrix_view *view, int start)
{
	int			end = start + 1;

	while (end < view->rows && view->unit[end].offset == view->unit[start].offset &&
		   view->unit[end].length == view->unit[start].length)
		end++;
	return end;
}

/* Column of a code, or -1. */
extern int	matrix_find_column(const matrix_view *view, const char *code, int length);

/* Columns of codes, palloc'd; error 22023 where the matrix lacks one. */
extern int *matrix_columns_of(const matrix_view *view, const code_numbers *codes);

/* Zero-terminated copies, for messages and result columns. */
extern char *matrix_unit_cstring(const matrix_view *view, int row);
extern char *matrix_code_cstring(const matrix_view *view, int column);

#define DatumGetScoreMatrixP(datum) ((score_matrix *) PG_DETOAST_DATUM(datum))
#define PG_GETARG_SCORE_MATRIX_P(i) DatumGetScoreMatrixP(PG_GETARG_DATUM(i))

#endif							/* PARINDEX_SCORE_MATRIX_H */
