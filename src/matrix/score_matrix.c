/*
 * score_matrix.c
 *	  The layout of the type score_matrix, and what its steps share: making,
 *	  opening, copying, selecting, finding.
 *
 * All matrices are laid out by matrix_new(), and their cells set canonically
 * by matrix_set(): so equal matrices have equal bytes.
 */
#include "postgres.h"
#include "matrix/score_matrix.h"

#include "base/forms/compare_codes.h"
#include "base/forms/text_reader.h"
#include "miscadmin.h"
#include "utils/memutils.h"

/* Sections, as offsets from the start of a matrix. */
typedef struct matrix_layout
{
	Size		value;
	Size		status;
	Size		unit;
	Size		code;
	Size		group;
	Size		period;
	Size		names;
} matrix_layout;

static void
lay_out(Size rows, Size columns, int flags, matrix_layout *layout)
{
	layout->value = MAXALIGN(sizeof(score_matrix));
	layout->status = layout->value + sizeof(float8) * rows * columns;
	layout->unit = MAXALIGN(layout->status + rows * columns);
	layout->code = layout->unit + MAXALIGN(sizeof(matrix_name) * rows);
	layout->group = layout->code + MAXALIGN(sizeof(matrix_name) * columns);
	layout->period = layout->group +
		(flags & SCORE_MATRIX_HAS_GROUPS ? MAXALIGN(sizeof(matrix_name) * rows) : 0);
	layout->names = layout->period +
		(flags & SCORE_MATRIX_HAS_PERIODS ? MAXALIGN(sizeof(int32) * rows) : 0);
}

void
matrix_open(score_matrix *matrix, matrix_view *view)
{
	char	   *start = (char *) matrix;
	matrix_layout layout;

	if (matrix->version != SCORE_MATRIX_VERSION)
		ereport(ERROR,
				(errcode(ERRCODE_DATA_CORRUPTED),
				 errmsg("unsupported version %d of type score_matrix", matrix->version),
				 errdetail("This library reads version %d.", SCORE_MATRIX_VERSION)));
	lay_out(matrix->rows, matrix->columns, matrix->flags, &layout);
	Assert(VARSIZE(matrix) == layout.names + matrix->names_size);

	view->matrix = matrix;
	view->rows = matrix->rows;
	view->columns = matrix->columns;
	view->value = (double *) (start + layout.value);
	view->status = (uint8 *) (start + layout.status);
	view->unit = (const matrix_name *) (start + layout.unit);
	view->code = (const matrix_name *) (start + layout.code);
	view->group = matrix->flags & SCORE_MATRIX_HAS_GROUPS ?
		(const matrix_name *) (start + layout.group) : NULL;
	view->period = matrix->flags & SCORE_MATRIX_HAS_PERIODS ?
		(const int32 *) (start + layout.period) : NULL;
}

static bool
same_label(const matrix_label *a, const matrix_label *b)
{
	return a->length == b->length &&
		(a->length <= 0 || memcmp(a->bytes, b->bytes, a->length) == 0);
}

/* Whether a row's unit or group needs bytes of its own. */
static bool
is_new_label(const matrix_label *label, int row)
{
	return label[row].length > 0 && (row == 0 || !same_label(&label[row], &label[row - 1]));
}

static bool
has_group(const matrix_frame *frame)
{
	for (int row = 0; frame->group && row < frame->rows; row++)
		if (frame->group[row].length >= 0)
			return true;
	return false;
}

score_matrix *
matrix_new(const matrix_frame *frame, matrix_view *view)
{
	bool		with_groups = has_group(frame);
	int			flags = (with_groups ? SCORE_MATRIX_HAS_GROUPS : 0) |
		(frame->period ? SCORE_MATRIX_HAS_PERIODS : 0);
	matrix_layout layout;
	Size		names_size = 0;
	Size		next;
	score_matrix *matrix;
	char	   *start;
	matrix_name *unit;
	matrix_name *group;
	matrix_name *code;

	lay_out(frame->rows, frame->columns, flags, &layout);
	for (int row = 0; row < frame->rows; row++)
	{
		if (is_new_label(frame->unit, row))
			names_size += frame->unit[row].length;
		if (with_groups && is_new_label(frame->group, row))
			names_size += frame->group[row].length;
	}
	for (int column = 0; column < frame->columns; column++)
		names_size += frame->code[column].length;
	if (!AllocSizeIsValid(layout.names + names_size))
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("a score matrix of %d units by %d criteria is too large",
						frame->rows, frame->columns),
				 errdetail("It would take %zu bytes; a value may have at most %zu.",
						   layout.names + names_size, MaxAllocSize),
				 errhint("Build one matrix per period or group of units, or aggregate without a matrix.")));

	matrix = palloc_extended(layout.names + names_size, 0);
	start = (char *) matrix;
	memset(start, 0, layout.value);
	memset(start + layout.status + (Size) frame->rows * frame->columns, 0,
		   layout.names - layout.status - (Size) frame->rows * frame->columns);
	SET_VARSIZE(matrix, layout.names + names_size);
	matrix->version = SCORE_MATRIX_VERSION;
	matrix->flags = (uint8) flags;
	matrix->rows = frame->rows;
	matrix->columns = frame->columns;
	matrix->names_size = (int32) names_size;

	unit = (matrix_name *) (start + layout.unit);
	group = (matrix_name *) (start + layout.group);
	code = (matrix_name *) (start + layout.code);
	next = layout.names;
#define PUT_NAME(name, label) \
	do { \
		(name).offset = (int32) next; \
		(name).length = (label).length; \
		if ((label).length > 0) \
			memcpy(start + next, (label).bytes, (label).length); \
		next += Max((label).length, 0); \
	} while (0)
	for (int row = 0; row < frame->rows; row++)
	{
		if (row > 0 && same_label(&frame->unit[row], &frame->unit[row - 1]))
			unit[row] = unit[row - 1];
		else
			PUT_NAME(unit[row], frame->unit[row]);
		if (!with_groups)
			continue;
		if (row > 0 && same_label(&frame->group[row], &frame->group[row - 1]))
			group[row] = group[row - 1];
		else
			PUT_NAME(group[row], frame->group[row]);
	}
	for (int column = 0; column < frame->columns; column++)
		PUT_NAME(code[column], frame->code[column]);
#undef PUT_NAME
	if (frame->period)
		memcpy(start + layout.period, frame->period, sizeof(int32) * frame->rows);
	matrix_open(matrix, view);
	return matrix;
}

score_matrix *
matrix_copy(const matrix_view *view)
{
	score_matrix *copy = palloc_extended(VARSIZE(view->matrix), 0);

	memcpy(copy, view->matrix, VARSIZE(view->matrix));
	return copy;
}

static matrix_label
label_of(const matrix_view *view, matrix_name name)
{
	return (matrix_label) {matrix_name_bytes(view, name), name.length};
}

score_matrix *
matrix_select(const matrix_view *view, const int *rows, int row_count,
			  const int *columns, int column_count)
{
	matrix_frame frame;
	matrix_label *unit;
	matrix_label *group;
	matrix_label *code;
	int32	   *period;
	matrix_view selected;

	if (rows == NULL)
		row_count = view->rows;
	if (columns == NULL)
		column_count = view->columns;
#define ROW(i) (rows ? rows[i] : (i))
#define COLUMN(i) (columns ? columns[i] : (i))
	unit = palloc_extended(sizeof(matrix_label) * row_count, MCXT_ALLOC_HUGE);
	group = view->group ? palloc_extended(sizeof(matrix_label) * row_count, MCXT_ALLOC_HUGE) : NULL;
	period = view->period ? palloc_extended(sizeof(int32) * row_count, MCXT_ALLOC_HUGE) : NULL;
	code = palloc_extended(sizeof(matrix_label) * column_count, MCXT_ALLOC_HUGE);
	for (int i = 0; i < row_count; i++)
	{
		unit[i] = label_of(view, view->unit[ROW(i)]);
		if (group)
			group[i] = label_of(view, view->group[ROW(i)]);
		if (period)
			period[i] = view->period[ROW(i)];
	}
	for (int i = 0; i < column_count; i++)
		code[i] = label_of(view, view->code[COLUMN(i)]);

	frame = (matrix_frame) {row_count, column_count, unit, group, period, code};
	matrix_new(&frame, &selected);
	for (int c = 0; c < column_count; c++)
	{
		const double *from_value = view->value + (Size) COLUMN(c) * view->rows;
		const uint8 *from_status = view->status + (Size) COLUMN(c) * view->rows;
		double	   *to_value = selected.value + (Size) c * row_count;
		uint8	   *to_status = selected.status + (Size) c * row_count;

		CHECK_FOR_INTERRUPTS();
		for (int r = 0; r < row_count; r++)
		{
			to_value[r] = from_value[ROW(r)];
			to_status[r] = from_status[ROW(r)];
		}
	}
#undef ROW
#undef COLUMN
	return selected.matrix;
}

/* Columns are sorted by their codes. */
int
matrix_find_column(const matrix_view *view, const char *code, int length)
{
	int			low = 0;
	int			high = view->columns - 1;

	while (low <= high)
	{
		int			middle = low + (high - low) / 2;
		matrix_label label = label_of(view, view->code[middle]);
		int			order = compare_codes(code, length, label.bytes, label.length);

		if (order == 0)
			return middle;
		if (order < 0)
			high = middle - 1;
		else
			low = middle + 1;
	}
	return -1;
}

int *
matrix_columns_of(const matrix_view *view, const code_numbers *codes)
{
	int		   *column = palloc_extended(sizeof(int) * Max(codes->count, 1), MCXT_ALLOC_HUGE);

	for (int i = 0; i < codes->count; i++)
	{
		const text *code = codes->code[i];

		column[i] = matrix_find_column(view, VARDATA_ANY(code), VARSIZE_ANY_EXHDR(code));
		if (column[i] < 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("criterion \"%s\" is not in the matrix",
							clip_text(VARDATA_ANY(code), VARSIZE_ANY_EXHDR(code))),
					 errhint("matrix_codes() lists what is.")));
	}
	return column;
}

char *
matrix_unit_cstring(const matrix_view *view, int row)
{
	matrix_label label = label_of(view, view->unit[row]);

	return pnstrdup(label.bytes, label.length);
}

char *
matrix_code_cstring(const matrix_view *view, int column)
{
	matrix_label label = label_of(view, view->code[column]);

	return pnstrdup(label.bytes, label.length);
}
