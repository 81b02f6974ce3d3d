/*
 * division.c
 *	  Division of a matrix into the parts that a step learns from: division.h.
 */
#include "postgres.h"
#include "steps/division.h"

#include "base/forms/bytes.h"
#include "miscadmin.h"

static matrix_label
group_of_row(const matrix_view *view, int row)
{
	matrix_label none = {NULL, -1};

	if (view->group == NULL || view->group[row].length < 0)
		return none;
	return (matrix_label) {matrix_name_bytes(view, view->group[row]), view->group[row].length};
}

/* Rows without a group come last. */
static int
compare_groups(matrix_label a, matrix_label b)
{
	if (a.length < 0 || b.length < 0)
		return (a.length < 0) - (b.length < 0);
	return compare_bytes(a.bytes, a.length, b.bytes, b.length);
}

int
compare_part_labels(const part_label *a, const part_label *b)
{
	int			order = compare_groups(a->group, b->group);

	return order != 0 ? order : (a->period > b->period) - (a->period < b->period);
}

static part_label
label_of_row(const division *d, const matrix_view *view, int row)
{
	part_label	label = {{NULL, -1}, 0};

	if (d->by_group)
		label.group = group_of_row(view, row);
	if (d->by_period)
		label.period = view->period[row];
	return label;
}

static void
drop_other_periods(matrix_parts *parts, const matrix_view *view, int32 base_period)
{
	bool		any = false;

	if (view->period == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("a base period needs a score matrix with periods"),
				 errhint("Build it with score_matrix_agg(unit, code, value, unit_group, period).")));
	for (int row = 0; row < view->rows; row++)
	{
		if (view->period[row] != base_period)
			parts->part[row] = -1;
		any |= view->period[row] == base_period;
	}
	if (!any)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the score matrix has no period %d", base_period),
				 errdetail("It is the base period of a step.")));
}

division
divide_matrix(const division_rule *rule, const matrix_view *view)
{
	division	d = {
		.by_group = rule->by_group,
		.by_period = rule->by_period && view->period != NULL && !rule->has_base
	};
	matrix_parts parts = matrix_parts_by(view, d.by_group, d.by_period, rule->ungrouped);

	d.count = parts.count;
	d.label = palloc_extended(sizeof(part_label) * Max(d.count, 1), MCXT_ALLOC_HUGE);
	for (int row = 0; row < view->rows; row++)
		if (parts.part[row] >= 0)
			d.label[parts.part[row]] = label_of_row(&d, view, row);
	if (rule->has_base)
		drop_other_periods(&parts, view, rule->base_period);
	d.rows = rows_of_parts(&parts, view->rows);
	pfree(parts.part);
	return d;
}

int
division_find(const division *d, matrix_label group, int32 period)
{
	part_label	wanted = {{NULL, -1}, 0};
	int			low = 0;
	int			high = d->count - 1;

	if (d->by_group)
		wanted.group = group;
	if (d->by_period)
		wanted.period = period;
	while (low <= high)
	{
		int			middle = (low + high) / 2;
		int			order = compare_part_labels(&wanted, &d->label[middle]);

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
division_of_rows(const division *d, const matrix_view *view)
{
	int		   *part = palloc_extended(sizeof(int) * Max(view->rows, 1), MCXT_ALLOC_HUGE);

	for (int row = 0; row < view->rows; row++)
	{
		matrix_label group = group_of_row(view, row);
		int32		period = view->period == NULL ? 0 : view->period[row];

		CHECK_FOR_INTERRUPTS();

		/* Neighbours mostly share their part. */
		if (row > 0 && (!d->by_period || period == view->period[row - 1]) &&
			(!d->by_group || compare_groups(group, group_of_row(view, row - 1)) == 0))
			part[row] = part[row - 1];
		else
			part[row] = division_find(d, group, period);
	}
	return part;
}
