/*
 * principal_components.c
 *	  Principal components of a score matrix: principal_components.h.
 *
 * From the correlations of kernel/correlation.h, which do not depend on the
 * order of rows; so nothing that follows from them does.
 */
#include "postgres.h"
#include "principal_components.h"

#include <math.h>

#include "kernel/column_stats.h"
#include "kernel/correlation.h"
#include "kernel/symmetric_eigen.h"
#include "miscadmin.h"

/* Keeps an eigensystem within seconds, and its memory within 32 MB. */
#define MOST_CRITERIA 1000

/*
 * Eigenvalues below this share of the largest are roundings, of correlations
 * and on the way, of 0.
 */
#define SINGULAR 1e-12

/* A criterion in the rows that have all values. */
typedef struct complete_column
{
	integer_column integers;
	double		sd;
} complete_column;

/* Returns the number of rows that have all values, and which they are. */
static int
find_complete_rows(const matrix_view *view, bool *complete)
{
	int			count = 0;

	memset(complete, true, view->rows);
	for (int i = 0; i < view->columns; i++)
	{
		const double *value = view->value + (Size) i * view->rows;

		CHECK_FOR_INTERRUPTS();
		for (int row = 0; row < view->rows; row++)
			complete[row] &= value[row] == value[row];
	}
	for (int row = 0; row < view->rows; row++)
		count += complete[row];
	return count;
}

/* Of the columns that vary; sets result's rows, criteria and column. */
static complete_column *
get_complete_columns(const matrix_view *view, bool with_sd, principal_components *result)
{
	bool	   *complete = palloc_extended(view->rows + 1, MCXT_ALLOC_HUGE);
	double	   *x = palloc_extended(sizeof(double) * view->rows + 1, MCXT_ALLOC_HUGE);
	complete_column *columns = palloc(sizeof(complete_column) * view->columns);
	int			rows = find_complete_rows(view, complete);

	*result = (principal_components) {.rows = rows, .column = palloc(sizeof(int) * view->columns)};
	for (int i = 0; i < view->columns; i++)
	{
		complete_column *column = &columns[result->criteria];
		int			n = 0;

		CHECK_FOR_INTERRUPTS();
		for (int row = 0; row < view->rows; row++)
			if (complete[row])
				x[n++] = view->value[(Size) i * view->rows + row];
		column->integers.x = palloc_extended(sizeof(int64) * rows + 1, MCXT_ALLOC_HUGE);
		integer_column_of_values(&column->integers, x, x, rows);
		if (column->integers.squares == 0)
		{
			pfree(column->integers.x);
			continue;
		}
		if (with_sd)
		{
			column_moments moments;

			column_get_spread(x, rows, &moments);
			column->sd = moments.sd;
		}
		else
			column->sd = 1;
		result->column[result->criteria++] = i;
	}
	pfree(complete);
	pfree(x);
	return columns;
}

/* Fills in result->matrix. */
static void
correlate(const complete_column *column, principal_components *result)
{
	Size		n = result->criteria;

	for (Size i = 0; i < n; i++)
	{
		for (Size j = 0; j <= i; j++)
		{
			double		x = i == j ? 1 : integer_correlation(&column[i].integers, &column[j].integers,
															 result->rows, result->rows);

			CHECK_FOR_INTERRUPTS();
			x *= column[i].sd * column[j].sd;
			if (isinf(x))
				float_overflow_error();
			result->matrix[i * n + j] = result->matrix[j * n + i] = x;
		}
	}
}

void
get_principal_components(const matrix_view *view, bool covariances, principal_components *result)
{
	complete_column *column;
	symmetric_eigen eigen;
	double	   *scratch;
	Size		cells;

	if (view->columns > MOST_CRITERIA)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("principal components of %d criteria are too many", view->columns),
				 errdetail("At most %d criteria can be analysed together.", MOST_CRITERIA)));
	column = get_complete_columns(view, covariances, result);
	cells = (Size) result->criteria * result->criteria;
	result->matrix = palloc(sizeof(double) * cells);
	result->vector = palloc(sizeof(double) * cells);
	result->value = palloc(sizeof(double) * result->criteria);
	correlate(column, result);
	for (int i = 0; i < result->criteria; i++)
		pfree(column[i].integers.x);
	pfree(column);

	scratch = palloc(sizeof(double) * cells);
	memcpy(scratch, result->matrix, sizeof(double) * cells);
	eigen_start(&eigen, scratch, result->criteria, result->vector);
	while (eigen_step(&eigen))
		CHECK_FOR_INTERRUPTS();
	eigen_finish(&eigen, result->value);
	pfree(scratch);
	for (int i = result->criteria - 1; i >= 0 && result->value[i] < SINGULAR * result->value[0]; i--)
		result->value[i] = 0;
}

double *
component_loadings(const principal_components *pc, int components)
{
	double	   *loading = palloc(sizeof(double) * components * pc->criteria);

	for (int k = 0; k < components; k++)
		for (int i = 0; i < pc->criteria; i++)
			loading[k * pc->criteria + i] = pc->vector[k * pc->criteria + i] * sqrt(pc->value[k]);
	return loading;
}
