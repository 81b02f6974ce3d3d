/*
 * column_correlations.c
 *	  Correlations of columns two at a time: column_correlations.h.
 *
 * Where the rows that have both are the rows of each, what was prepared of
 * each column alone serves.
 */
#include "postgres.h"
#include "base/compat.h"
#include "analysis/column_correlations.h"

#include <math.h>

#include "kernel/field/correlation_p_value.h"
#include "miscadmin.h"

typedef struct ordered_value
{
	double		value;
	int			row;
} ordered_value;

static int
compare_ordered_values(const void *a, const void *b)
{
	double		x = ((const ordered_value *) a)->value;
	double		y = ((const ordered_value *) b)->value;

	return (x > y) - (x < y);
}

static void
make_integers(const prepared_column *column, const double *partner, int rows,
			  integer_column *integers)
{
	if (column->order)
		integer_column_of_ranks(integers, column->value, column->order, column->count,
								partner, rows);
	else
		integer_column_of_values(integers, column->value, partner, rows);
}

static void
prepare(prepared_column *column, const double *value, int rows, bool ordered,
		ordered_value *scratch)
{
	CHECK_FOR_INTERRUPTS();
	column->value = value;
	column->count = 0;
	column->order = NULL;
	for (int row = 0; row < rows; row++)
		if (!isnan(value[row]))
			scratch[column->count++] = (ordered_value) {value[row], row};
	if (ordered)
	{
		qsort(scratch, column->count, sizeof(ordered_value), compare_ordered_values);
		column->order = palloc_extended(sizeof(int) * Max(column->count, 1), MCXT_ALLOC_HUGE);
		for (int i = 0; i < column->count; i++)
			column->order[i] = scratch[i].row;
	}
	make_integers(column, value, rows, &column->alone);
}

void
prepare_correlations(column_correlations *prepared, const double *value,
					 int rows, int columns, correlation_method method)
{
	Size		stretch = rows;
	int64	   *integers = palloc_extended(sizeof(int64) * stretch * (columns + 2) + 1, MCXT_ALLOC_HUGE);

	prepared->method = method;
	prepared->rows = rows;
	prepared->column = palloc_extended(sizeof(prepared_column) * Max(columns, 1), MCXT_ALLOC_HUGE);
	/* Two integers a row, or one ordered value. */
	prepared->scratch = palloc_extended(2 * sizeof(int64) * stretch + 1, MCXT_ALLOC_HUGE);
	for (int i = 0; i < columns; i++)
	{
		prepared->column[i].alone.x = integers + stretch * i;
		prepare(&prepared->column[i], value + stretch * i, rows, method != PEARSON,
				(ordered_value *) prepared->scratch);
	}
	prepared->pair[0].x = integers + stretch * columns;
	prepared->pair[1].x = prepared->pair[0].x + stretch;
}

/* Rows in which both have values. */
static int
common_rows(const double *a, const double *b, int rows)
{
	int			n = 0;

	for (int row = 0; row < rows; row++)
		n += (a[row] == a[row]) & (b[row] == b[row]);
	return n;
}

/* Of Kendall's the counts too. */
static double
correlate(column_correlations *prepared, int a, int b, int *n, kendall_counts *counts)
{
	const prepared_column *x = &prepared->column[a];
	const prepared_column *y = &prepared->column[b];
	const integer_column *of_x = &x->alone;
	const integer_column *of_y = &y->alone;
	int			rows = prepared->rows;

	CHECK_FOR_INTERRUPTS();
	*n = common_rows(x->value, y->value, rows);
	if (*n < y->count)
	{
		make_integers(y, x->value, rows, &prepared->pair[1]);
		of_y = &prepared->pair[1];
	}
	if (prepared->method == KENDALL)
	{
		kendall_count(x->value, x->order, x->count, of_y,
					  (uint32 *) prepared->scratch, (uint32 *) prepared->scratch + rows, counts);
		return kendall_tau(counts);
	}
	if (*n < x->count)
	{
		make_integers(x, y->value, rows, &prepared->pair[0]);
		of_x = &prepared->pair[0];
	}
	return integer_correlation(of_x, of_y, rows, *n);
}

double
column_correlation(column_correlations *prepared, int a, int b, int *n)
{
	kendall_counts counts;

	return correlate(prepared, a, b, n, &counts);
}

double
test_column_correlation(column_correlations *prepared, int a, int b, int *n, double *p_value)
{
	kendall_counts counts;
	double		r = correlate(prepared, a, b, n, &counts);

	*p_value = prepared->method == KENDALL ? kendall_p_value(&counts) : correlation_p_value(r, *n);
	return r;
}
