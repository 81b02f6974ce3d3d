/*
 * matrix_groups.c
 *	  The rows of a score matrix by group and period: matrix_groups.h.
 */
#include "postgres.h"
#include "matrix/matrix_groups.h"

#include "base/forms/bytes.h"
#include "base/forms/name_table.h"
#include "miscadmin.h"

/* ---------- groups ---------- */

static int
compare_numbered_names(const void *a, const void *b, void *arg)
{
	const name_table *table = arg;
	int			x = *(const int *) a;
	int			y = *(const int *) b;

	CHECK_FOR_INTERRUPTS();
	return compare_bytes(name_table_bytes(table, x), table->name[x].length,
						 name_table_bytes(table, y), table->name[y].length);
}

int *
matrix_group_numbers(const matrix_view *view, int *count)
{
	name_table	names;
	int		   *number;
	int		   *order;
	int		   *rank;

	if (view->group == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the score matrix has no groups"),
				 errhint("Build it with score_matrix_agg(unit, code, value, unit_group).")));
	name_table_init(&names, CurrentMemoryContext);
	number = palloc_extended(sizeof(int) * view->rows, MCXT_ALLOC_HUGE);
	for (int row = 0; row < view->rows; row++)
	{
		matrix_name group = view->group[row];

		number[row] = group.length < 0 ? -1 :
			name_table_intern(&names, matrix_name_bytes(view, group), group.length, 0);
	}
	order = palloc_extended(sizeof(int) * names.count, MCXT_ALLOC_HUGE);
	rank = palloc_extended(sizeof(int) * names.count, MCXT_ALLOC_HUGE);
	for (int i = 0; i < names.count; i++)
		order[i] = i;
	qsort_arg(order, names.count, sizeof(int), compare_numbered_names, &names);
	for (int i = 0; i < names.count; i++)
		rank[order[i]] = i;
	for (int row = 0; row < view->rows; row++)
		if (number[row] >= 0)
			number[row] = rank[number[row]];
	*count = names.count;
	pfree(order);
	pfree(rank);
	return number;
}

/* ---------- parts ---------- */

/* What a part is told by; rows of group -1 are in none. */
typedef struct part_key
{
	int			group;
	int32		period;
	int			row;
} part_key;

#define ST_SORT sort_part_keys
#define ST_ELEMENT_TYPE part_key
#define ST_COMPARE(a, b) \
	(a->group != b->group ? (a->group < b->group ? -1 : 1) : \
	 (a->period > b->period) - (a->period < b->period))
#define ST_SCOPE static
#define ST_CHECK_FOR_INTERRUPTS
#define ST_DECLARE
#define ST_DEFINE
#include "lib/sort_template.h"

matrix_parts
matrix_parts_by(const matrix_view *view, bool by_group, bool by_period, bool ungrouped)
{
	int			rows = view->rows;
	int			groups;
	int		   *group = by_group ? matrix_group_numbers(view, &groups) : NULL;
	const int32 *period = by_period ? view->period : NULL;
	matrix_parts parts = {0, palloc_extended(sizeof(int) * Max(rows, 1), MCXT_ALLOC_HUGE)};
	part_key   *key = palloc_extended(sizeof(part_key) * Max(rows, 1), MCXT_ALLOC_HUGE);

	for (int row = 0; row < rows; row++)
	{
		key[row] = (part_key) {
			group == NULL ? 0 : group[row], period == NULL ? 0 : period[row], row
		};
		if (ungrouped && key[row].group < 0)
			key[row].group = PG_INT32_MAX;
	}
	sort_part_keys(key, rows);
	for (int i = 0; i < rows; i++)
	{
		bool		same = i > 0 && key[i].group == key[i - 1].group &&
			key[i].period == key[i - 1].period;

		if (key[i].group >= 0 && !same)
			parts.count++;
		parts.part[key[i].row] = key[i].group < 0 ? -1 : parts.count - 1;
	}
	pfree(key);
	if (group != NULL)
		pfree(group);
	return parts;
}

part_rows
rows_of_parts(const matrix_parts *parts, int rows)
{
	part_rows	of = {.count = parts->count};
	int		   *next = palloc_extended(sizeof(int) * ((Size) parts->count + 1), MCXT_ALLOC_HUGE);

	of.start = palloc_extended(sizeof(int) * ((Size) parts->count + 1),
							   MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	of.row = palloc_extended(sizeof(int) * Max(rows, 1), MCXT_ALLOC_HUGE);
	for (int row = 0; row < rows; row++)
		if (parts->part[row] >= 0)
			of.start[parts->part[row] + 1]++;
	for (int i = 0; i < parts->count; i++)
		of.start[i + 1] += of.start[i];
	memcpy(next, of.start, sizeof(int) * ((Size) parts->count + 1));
	for (int row = 0; row < rows; row++)
		if (parts->part[row] >= 0)
			of.row[next[parts->part[row]]++] = row;
	pfree(next);
	return of;
}
