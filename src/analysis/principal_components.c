/*
 * principal_components.c
 *	  Principal components of a score matrix: principal_components.h.
 *
 * From correlations that do not depend on the order of rows; so nothing that
 * follows from them does.
 */
#include "postgres.h"
#include "analysis/principal_components.h"

#include <math.h>

#include "analysis/column_correlations.h"
#include "kernel/field/column_stats.h"
#include "kernel/field/symmetric_eigen.h"
#include "miscadmin.h"

/* Keeps an eigensystem within half a minute, and its memory within 32 MB. */
#define MOST_CRITERIA 1000

/*
 * Eigenvalues below this share of the largest are roundings, of correlations
 * and on the way, of 0.
 */
#define SINGULAR 1e-12

/* Whether each row has all values; returns the number of those that do. */
static int
find_complete_rows(const matrix_view *view, bool *complete)
{
	int			count = 0;

	memset(complete, true, view->rows);
	for (int i = 0; i < view->columns; i++)
	{
		CHECK_FOR_INTERRUPTS();
		for (int row = 0; row < view->rows; row++)
			complete[row] &= !isnan(view->value[(Size) i * view->rows + row]);
	}
	for (int row = 0; row < view->rows; row++)
		count += complete[row];
	return count;
}

/* The values of these rows, by column; sets result->rows. */
static const double *
get_complete_rows(const matrix_view *view, principal_components *result)
{
	bool	   *complete = palloc_extended(view->rows + 1, MCXT_ALLOC_HUGE);
	double	   *value;
	Size		count = 0;

	result->rows = find_complete_rows(view, complete);
	if (result->rows == view->rows)
		return view->value;
	value = palloc_extended(sizeof(double) * result->rows * view->columns + 1, MCXT_ALLOC_HUGE);
	for (int i = 0; i < view->columns; i++)
	{
		CHECK_FOR_INTERRUPTS();
		for (int row = 0; row < view->rows; row++)
			if (complete[row])
				value[count++] = view->value[(Size) i * view->rows + row];
	}
	return value;
}

/* Which columns of prepared vary. */
static void
find_varying(const column_correlations *prepared, int columns, principal_components *result)
{
	result->column = palloc(sizeof(int) * columns);
	result->criteria = 0;
	for (int i = 0; i < columns; i++)
		if (prepared->column[i].alone.squares > 0)
			result->column[result->criteria++] = i;
}

static void
fill_correlations(column_correlations *prepared, principal_components *result)
{
	Size		n = result->criteria;
	int			rows;

	for (Size i = 0; i < n; i++)
	{
		result->matrix[i * n + i] = 1;
		for (Size j = 0; j < i; j++)
			result->matrix[i * n + j] = result->matrix[j * n + i] =
				column_correlation(prepared, result->column[i], result->column[j], &rows);
	}
}

/* Correlations times standard deviations. */
static void
make_covariances(const column_correlations *prepared, principal_components *result)
{
	Size		n = result->criteria;

	for (Size i = 0; i < n; i++)
	{
		column_moments moments;

		CHECK_FOR_INTERRUPTS();
		column_get_spread(prepared->column[result->column[i]].value, result->rows, &moments);
		for (Size j = 0; j < n; j++)
		{
			result->matrix[i * n + j] *= moments.sd;
			result->matrix[j * n + i] *= moments.sd;
		}
		if (isinf(result->matrix[i * n + i]))
			float_overflow_error();
	}
}

void
get_principal_components(const matrix_view *view, bool covariances, principal_components *result)
{
	const double *value;
	column_correlations prepared;
	symmetric_eigen eigen;
	double	   *scratch;
	Size		cells;

	if (view->columns > MOST_CRITERIA)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("principal components of %d criteria are too many", view->columns),
				 errdetail("At most %d criteria can be analysed together.", MOST_CRITERIA)));
	value = get_complete_rows(view, result);
	prepare_correlations(&prepared, value, result->rows, view->columns, PEARSON);
	find_varying(&prepared, view->columns, result);
	cells = (Size) result->criteria * result->criteria;
	result->matrix = palloc(sizeof(double) * cells);
	result->vector = palloc(sizeof(double) * cells);
	result->value = palloc(sizeof(double) * result->criteria);
	fill_correlations(&prepared, result);
	if (covariances)
		make_covariances(&prepared, result);

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
