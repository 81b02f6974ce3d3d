/*
 * matrix_builder.c
 *	  From cells in any order to a canonical score matrix.
 *
 * Units (with their period) and codes are numbered as they appear, and cells
 * kept as a list; only matrix_builder_finish(), which sorts rows and columns,
 * gives them their place. So builders can be merged, and the matrix depends
 * on the cells alone.
 */
#include "postgres.h"
#include "base/forms/bytes.h"
#include "base/forms/compare_codes.h"
#include "matrix/matrix_builder.h"

#include "miscadmin.h"
#include "base/forms/name_table.h"
#include "utils/memutils.h"

#define FIRST_CELLS 64
#define NO_GROUP (-1)

/* Cells of a loop between two looks for a cancel request. */
#define CELLS_PER_CHECK 0xffff

typedef struct built_cell
{
	int32		row;
	uint32		column:30;
	uint32		status:2;		/* cell_status */
	double		value;
} built_cell;

struct matrix_builder
{
	MemoryContext context;
	bool		with_periods;
	name_table	units;			/* tag: the period */
	name_table	codes;
	name_table	groups;
	int			group_capacity;
	int		   *group;			/* of each row; NO_GROUP */
	int64		count;
	int64		capacity;
	built_cell *cell;
};

/* Marks cells not yet set, while a matrix is filled. */
#define CELL_UNSET 0xff

matrix_builder *
matrix_builder_new(MemoryContext context, bool with_periods)
{
	matrix_builder *builder = MemoryContextAllocZero(context, sizeof(matrix_builder));

	builder->context = context;
	builder->with_periods = with_periods;
	name_table_init(&builder->units, context);
	name_table_init(&builder->codes, context);
	name_table_init(&builder->groups, context);
	builder->group_capacity = builder->units.capacity;
	builder->group = MemoryContextAlloc(context, sizeof(int) * builder->group_capacity);
	builder->capacity = FIRST_CELLS;
	builder->cell = MemoryContextAlloc(context, sizeof(built_cell) * FIRST_CELLS);
	return builder;
}

bool
matrix_builder_has_periods(const matrix_builder *builder)
{
	return builder->with_periods;
}

static char *
name_cstring(const name_table *table, int number)
{
	return pnstrdup(name_table_bytes(table, number), table->name[number].length);
}

char *
matrix_builder_code_cstring(const matrix_builder *builder, int column)
{
	return name_cstring(&builder->codes, column);
}

/* "unit", with its period where there are periods, for messages. */
static char *
row_name(const matrix_builder *builder, int row)
{
	char	   *unit = name_cstring(&builder->units, row);

	return builder->with_periods ?
		psprintf("\"%s\" (period %d)", unit, builder->units.name[row].tag) :
		psprintf("\"%s\"", unit);
}

static void
report_group_change(const matrix_builder *builder, int row, const char *group, int group_length)
{
	int			before = builder->group[row];
	char	   *quoted = group_length < 0 ? "none" :
		psprintf("\"%s\"", pnstrdup(group, group_length));

	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("unit %s is in more than one group", row_name(builder, row)),
			 errdetail("Its rows name the groups %s and %s.",
					   before == NO_GROUP ? "none" :
					   psprintf("\"%s\"", name_cstring(&builder->groups, before)),
					   quoted)));
}

int
matrix_builder_row(matrix_builder *builder, const char *unit, int unit_length,
				   const char *group, int group_length, int32 period)
{
	int			count = builder->units.count;
	int			row = name_table_intern(&builder->units, unit, unit_length,
										builder->with_periods ? period : 0);

	if (row == count)
	{
		if (row >= builder->group_capacity)
		{
			builder->group_capacity *= 2;
			builder->group = repalloc_huge(builder->group, sizeof(int) * builder->group_capacity);
		}
		builder->group[row] = group_length < 0 ? NO_GROUP :
			name_table_intern(&builder->groups, group, group_length, 0);
	}
	else if (builder->group[row] == NO_GROUP ? group_length >= 0 :
			 !name_table_is(&builder->groups, builder->group[row], group, group_length, 0))
		report_group_change(builder, row, group, group_length);
	return row;
}

int
matrix_builder_column(matrix_builder *builder, const char *code, int code_length)
{
	return name_table_intern(&builder->codes, code, code_length, 0);
}

/*
 * The size of the matrix is known only at the end, but what has already
 * grown beyond it need not grow further.
 */
static void
grow_cells(matrix_builder *builder)
{
	double		places = (double) builder->units.count * builder->codes.count;

	/* More cells than places: some cell is there twice. */
	if (builder->count > places)
		pfree(matrix_builder_finish(builder));
	builder->capacity *= 2;
	builder->cell = repalloc_huge(builder->cell, sizeof(built_cell) * builder->capacity);
}

void
matrix_builder_set(matrix_builder *builder, int row, int column, double value, cell_status status)
{
	built_cell *cell;

	if (unlikely(builder->count == builder->capacity))
		grow_cells(builder);
	if (unlikely(status == CELL_OBSERVED && !double_is_finite(value)))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("value of unit %s, criterion \"%s\" is not finite: %s",
						row_name(builder, row), matrix_builder_code_cstring(builder, column),
						float8out_internal(value)),
				 errhint("Leave a missing value NULL.")));
	cell = &builder->cell[builder->count++];
	cell->row = row;
	cell->column = (uint32) column;
	cell->status = status;
	cell->value = value;
}

void
matrix_builder_merge(matrix_builder *builder, const matrix_builder *other)
{
	int		   *row = palloc_extended(sizeof(int) * other->units.count, MCXT_ALLOC_HUGE);
	int		   *column = palloc_extended(sizeof(int) * other->codes.count, MCXT_ALLOC_HUGE);

	Assert(builder->with_periods == other->with_periods);
	for (int i = 0; i < other->units.count; i++)
	{
		const table_name *unit = &other->units.name[i];
		int			group = other->group[i];

		row[i] = matrix_builder_row(builder, name_table_bytes(&other->units, i), unit->length,
									group == NO_GROUP ? NULL : name_table_bytes(&other->groups, group),
									group == NO_GROUP ? -1 : other->groups.name[group].length,
									unit->tag);
	}
	for (int i = 0; i < other->codes.count; i++)
		column[i] = matrix_builder_column(builder, name_table_bytes(&other->codes, i),
										  other->codes.name[i].length);
	for (int64 i = 0; i < other->count; i++)
	{
		const built_cell *cell = &other->cell[i];

		if ((i & CELLS_PER_CHECK) == 0)
			CHECK_FOR_INTERRUPTS();
		matrix_builder_set(builder, row[cell->row], column[cell->column], cell->value,
						   cell->status);
	}
	pfree(row);
	pfree(column);
}

static int
compare_rows(const void *a, const void *b, void *arg)
{
	const name_table *units = arg;
	int			x = *(const int *) a;
	int			y = *(const int *) b;
	const table_name *p = &units->name[x];
	const table_name *q = &units->name[y];
	int			order = compare_bytes(units->bytes + p->offset, p->length,
									  units->bytes + q->offset, q->length);

	CHECK_FOR_INTERRUPTS();
	if (order != 0)
		return order;
	return (p->tag > q->tag) - (p->tag < q->tag);
}

static int
compare_columns(const void *a, const void *b, void *arg)
{
	const name_table *codes = arg;
	int			x = *(const int *) a;
	int			y = *(const int *) b;

	CHECK_FOR_INTERRUPTS();
	return compare_codes(name_table_bytes(codes, x), codes->name[x].length,
						 name_table_bytes(codes, y), codes->name[y].length);
}

/* The labels of a table's names in order; `place` gets where each one went. */
static matrix_label *
sorted_labels(const name_table *table, qsort_arg_comparator compare, int **sorted, int **place)
{
	int			count = table->count;
	int		   *order = palloc_extended(sizeof(int) * count, MCXT_ALLOC_HUGE);
	matrix_label *label = palloc_extended(sizeof(matrix_label) * count, MCXT_ALLOC_HUGE);

	for (int i = 0; i < count; i++)
		order[i] = i;
	qsort_arg(order, count, sizeof(int), compare, unconstify(name_table *, table));
	*place = palloc_extended(sizeof(int) * count, MCXT_ALLOC_HUGE);
	for (int i = 0; i < count; i++)
	{
		(*place)[order[i]] = i;
		label[i].bytes = name_table_bytes(table, order[i]);
		label[i].length = table->name[order[i]].length;
	}
	*sorted = order;
	return label;
}

score_matrix *
matrix_builder_finish(const matrix_builder *builder)
{
	int			rows = builder->units.count;
	int			columns = builder->codes.count;
	matrix_frame frame = {.rows = rows, .columns = columns};
	matrix_label *group;
	int32	   *period = NULL;
	int		   *row;
	int		   *column;
	int		   *row_place;
	int		   *column_place;
	matrix_view view;
	Size		cells = (Size) rows * columns;

	frame.unit = sorted_labels(&builder->units, compare_rows, &row, &row_place);
	frame.code = sorted_labels(&builder->codes, compare_columns, &column, &column_place);
	frame.group = group = palloc_extended(sizeof(matrix_label) * rows, MCXT_ALLOC_HUGE);
	if (builder->with_periods)
		frame.period = period = palloc_extended(sizeof(int32) * rows, MCXT_ALLOC_HUGE);
	for (int i = 0; i < rows; i++)
	{
		int			number = builder->group[row[i]];

		group[i].bytes = number == NO_GROUP ? NULL : name_table_bytes(&builder->groups, number);
		group[i].length = number == NO_GROUP ? -1 : builder->groups.name[number].length;
		if (period)
			period[i] = builder->units.name[row[i]].tag;
	}

	matrix_new(&frame, &view);
	memset(view.status, CELL_UNSET, cells);
	for (int64 i = 0; i < builder->count; i++)
	{
		const built_cell *cell = &builder->cell[i];
		int			r = row_place[cell->row];
		int			c = column_place[cell->column];

		if ((i & CELLS_PER_CHECK) == 0)
			CHECK_FOR_INTERRUPTS();
		if (view.status[(Size) c * rows + r] != CELL_UNSET)
			ereport(ERROR,
					(errcode(ERRCODE_UNIQUE_VIOLATION),
					 errmsg("unit %s has more than one value of criterion \"%s\"",
							row_name(builder, cell->row),
							matrix_builder_code_cstring(builder, cell->column)),
					 errhint("Aggregate the rows of a cell first, or name the period.")));
		matrix_set(&view, c, r, cell->value, cell->status);
	}
	if (builder->count < (int64) cells)
		for (Size i = 0; i < cells; i++)
			if (view.status[i] == CELL_UNSET)
			{
				view.status[i] = CELL_MISSING;
				view.value[i] = get_float8_nan();
			}
	return view.matrix;
}

/* ---------- for parallel workers ---------- */

#define BUILDER_TABLES 3

/*
 * A builder's parts as they stand in memory, one after the other: this, the
 * cells, the rows' groups, the names of each table, then their bytes.
 */
typedef struct flat_builder
{
	int64		count;
	int32		names[BUILDER_TABLES];
	int32		bytes[BUILDER_TABLES];
	bool		with_periods;
} flat_builder;

static name_table *
builder_table(matrix_builder *builder, int i)
{
	return i == 0 ? &builder->units : i == 1 ? &builder->codes : &builder->groups;
}

bytea *
matrix_builder_serialize(matrix_builder *builder)
{
	flat_builder flat = {.count = builder->count};
	Size		size = VARHDRSZ + sizeof(flat) + sizeof(built_cell) * builder->count +
		sizeof(int) * builder->units.count;
	bytea	   *result;
	char	   *next;

	flat.with_periods = builder->with_periods;
	for (int i = 0; i < BUILDER_TABLES; i++)
	{
		flat.names[i] = builder_table(builder, i)->count;
		flat.bytes[i] = builder_table(builder, i)->used;
		size += sizeof(table_name) * flat.names[i] + flat.bytes[i];
	}
	if (!AllocSizeIsValid(size))
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("a parallel worker has too many cells of a score matrix"),
				 errdetail("They would take %zu bytes; a value may have at most %zu.",
						   size, MaxAllocSize),
				 errhint("Set max_parallel_workers_per_gather to 0.")));
	result = palloc_extended(size, 0);
	SET_VARSIZE(result, size);
	next = VARDATA(result);
#define PUT(from, size) (memcpy(next, from, size), next += (size))
	PUT(&flat, sizeof(flat));
	PUT(builder->cell, sizeof(built_cell) * builder->count);
	PUT(builder->group, sizeof(int) * builder->units.count);
	for (int i = 0; i < BUILDER_TABLES; i++)
		PUT(builder_table(builder, i)->name, sizeof(table_name) * flat.names[i]);
	for (int i = 0; i < BUILDER_TABLES; i++)
		PUT(builder_table(builder, i)->bytes, flat.bytes[i]);
#undef PUT
	return result;
}

/* A builder to be merged into another: it has no hash tables. */
matrix_builder *
matrix_builder_deserialize(const bytea *flat)
{
	Size		size = VARSIZE_ANY_EXHDR(flat);
	char	   *next = palloc_extended(size, 0);
	matrix_builder *builder = palloc0(sizeof(matrix_builder));
	flat_builder *header = (flat_builder *) next;

	memcpy(next, VARDATA_ANY(flat), size);
	builder->count = header->count;
	builder->with_periods = header->with_periods;
	next += sizeof(flat_builder);
	builder->cell = (built_cell *) next;
	next += sizeof(built_cell) * builder->count;
	builder->group = (int *) next;
	next += sizeof(int) * header->names[0];
	for (int i = 0; i < BUILDER_TABLES; i++)
	{
		name_table *table = builder_table(builder, i);

		table->count = header->names[i];
		table->used = header->bytes[i];
		table->name = (table_name *) next;
		next += sizeof(table_name) * table->count;
	}
	for (int i = 0; i < BUILDER_TABLES; i++)
	{
		builder_table(builder, i)->bytes = next;
		next += header->bytes[i];
	}
	return builder;
}
