/*
 * impute_across.c
 *	  Imputation from other criteria: impute_across.h.
 *
 * Values are standardised by mean and sample deviation of their part before, so
 * that units of measurement have no influence; a criterion whose values are all
 * equal tells nothing and is left out.
 */
#include "postgres.h"
#include "steps/impute_across.h"

#include <math.h>

#include "base/interrupts.h"
#include "kernel/field/column_stats.h"
#include "kernel/imputation/expectation.h"
#include "kernel/imputation/nearest.h"
#include "kernel/imputation/regression.h"
#include "utils/float.h"
#include "utils/memutils.h"

#define MOST_CRITERIA 1000		/* whose covariances are computed */

/* A part of the matrix, its criteria standardised. */
typedef struct across
{
	const impute_options *options;
	const matrix_view *view;
	const bool *wanted;			/* by column of the view; NULL: all */
	const int  *row;			/* of the part: n rows of the view */
	int			n;
	int			k;				/* criteria looked at */
	int		   *column;			/* of the view */
	bool	   *fills;			/* whether it is to be filled */
	bool	   *tells;			/* whether it is looked at for others */
	double	   *mean;
	double	   *sd;
	double	   *z;				/* n x k by rows, NaN where missing */
	bool	   *missing;		/* n x k: to be filled, not merely unknown */
} across;

static inline Size
cell_of(const across *a, int i, int k)
{
	return (Size) a->column[k] * a->view->rows + a->row[i];
}

static inline void
fill(const across *a, int i, int k, double z)
{
	double		value = a->mean[k] + z * a->sd[k];

	if (isfinite(value))
		matrix_set(a->view, a->column[k], a->row[i], value, CELL_OBSERVED);
}

static void *
palloc_many(Size count, Size size)
{
	return palloc_extended(Max(count, 1) * size, MCXT_ALLOC_HUGE);
}

/* Which criteria: those that it is made from, or all; and those to be filled. */
static void
choose_criteria(across *a)
{
	const matrix_view *view = a->view;
	bool	   *from = palloc0(sizeof(bool) * Max(view->columns, 1));

	a->column = palloc(sizeof(int) * Max(view->columns, 1));
	a->fills = palloc(sizeof(bool) * Max(view->columns, 1));
	a->tells = palloc(sizeof(bool) * Max(view->columns, 1));
	for (int i = 0; i < a->options->predictors; i++)
	{
		const char *code = a->options->predictor[i];
		int			column = matrix_find_column(view, code, (int) strlen(code));

		if (column < 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("there is no criterion \"%s\" to impute from", code),
					 errhint("Look at matrix_codes(matrix).")));
		from[column] = true;
	}
	a->k = 0;
	for (int i = 0; i < view->columns; i++)
	{
		bool		fills = a->wanted == NULL || a->wanted[i];
		bool		tells = a->options->predictors == 0 || from[i];

		if (!fills && !tells)
			continue;
		a->column[a->k] = i;
		a->fills[a->k] = fills;
		a->tells[a->k++] = tells;
	}
	pfree(from);
}

/* Mean, deviation and standardised values of the part at hand; sd NaN where all are equal. */
static void
standardise(across *a)
{
	double	   *x = palloc_many(a->n, sizeof(double));

	for (int k = 0; k < a->k; k++)
	{
		column_moments moments;

		CHECK_FOR_INTERRUPTS();
		for (int i = 0; i < a->n; i++)
			x[i] = a->view->value[cell_of(a, i, k)];
		column_get_spread(x, a->n, &moments);
		a->mean[k] = moments.mean;
		a->sd[k] = moments.count > 1 && moments.min < moments.max && isfinite(moments.sd) ?
			moments.sd : get_float8_nan();
		for (int i = 0; i < a->n; i++)
		{
			a->z[(Size) i * a->k + k] = (x[i] - a->mean[k]) / a->sd[k];
			a->missing[(Size) i * a->k + k] =
				a->view->status[cell_of(a, i, k)] == CELL_MISSING && a->fills[k];
		}
	}
	pfree(x);
}

/* ---------- nearest units ---------- */

static bool
row_lacks(const across *a, int i)
{
	for (int k = 0; k < a->k; k++)
		if (a->missing[(Size) i * a->k + k])
			return true;
	return false;
}

static void
fill_from_nearest(across *a)
{
	double	   *seen = palloc_many((Size) a->n * a->k, sizeof(double));
	double	   *distance = palloc_many(a->n, sizeof(double));
	double	   *scratch = palloc_many(3 * (Size) a->n, sizeof(double));
	double	   *x = palloc_many((Size) a->n * a->k, sizeof(double));

	/* As it was before anything is filled; distances over what tells alone. */
	for (int k = 0; k < a->k; k++)
		for (int i = 0; i < a->n; i++)
		{
			x[(Size) k * a->n + i] = a->view->value[cell_of(a, i, k)];
			seen[(Size) i * a->k + k] = a->tells[k] ? a->z[(Size) i * a->k + k] : get_float8_nan();
		}
	for (int i = 0; i < a->n; i++)
	{
		if (!row_lacks(a, i))
			continue;
		CHECK_FOR_INTERRUPTS();
		nearest_distances(seen, a->n, a->k, i, distance);
		for (int k = 0; k < a->k; k++)
		{
			double		value;

			if (!a->missing[(Size) i * a->k + k])
				continue;
			value = nearest_mean(distance, x + (Size) k * a->n, a->n, (int) a->options->value,
								 scratch);
			if (!isnan(value))
				matrix_set(a->view, a->column[k], a->row[i], value, CELL_OBSERVED);
		}
	}
}

/* ---------- regression ---------- */

static void
fill_by_regression(across *a)
{
	double	   *z = palloc_many((Size) a->n * a->k, sizeof(double));
	const double **predictor = palloc_many(a->k, sizeof(double *));
	double	   *coefficient = palloc_many(a->k + 1, sizeof(double));
	double	   *scratch = palloc_many((Size) a->k * a->k + 2 * a->k, sizeof(double));

	for (int k = 0; k < a->k; k++)
		for (int i = 0; i < a->n; i++)
			z[(Size) k * a->n + i] = a->z[(Size) i * a->k + k];
	for (int k = 0; k < a->k; k++)
	{
		int			p = 0;

		CHECK_FOR_INTERRUPTS();
		if (!a->fills[k] || isnan(a->sd[k]))
			continue;
		for (int other = 0; other < a->k; other++)
			if (other != k && a->tells[other] && !isnan(a->sd[other]))
				predictor[p++] = z + (Size) other * a->n;
		if (p == 0 || !regression_fit(z + (Size) k * a->n, predictor, a->n, p, coefficient, scratch,
									  let_interrupts, NULL))
			continue;
		for (int i = 0; i < a->n; i++)
		{
			double		value = coefficient[0];

			if (!a->missing[(Size) i * a->k + k])
				continue;
			for (int j = 0; j < p; j++)
				value += coefficient[1 + j] * predictor[j][i];
			fill(a, i, k, value);	/* NaN, where one of them is missing, fills nothing */
		}
	}
}

/* ---------- expectation ---------- */

typedef struct row_pattern
{
	const bool *missing;
	int			width;
	int			row;
} row_pattern;

static int
compare_patterns(const void *a, const void *b)
{
	const row_pattern *x = a;
	const row_pattern *y = b;
	int			order = memcmp(x->missing, y->missing, sizeof(bool) * x->width);

	return order != 0 ? order : (x->row > y->row) - (x->row < y->row);
}

/* The criteria that vary, and the units that have any of them, those that lack the same together. */
static void
fill_by_expectation(across *a)
{
	int		   *kept = palloc_many(a->k, sizeof(int));
	int			k = 0;
	int			n = 0;
	bool	   *lacks = palloc_many((Size) a->n * a->k, sizeof(bool));
	row_pattern *pattern = palloc_many(a->n, sizeof(row_pattern));
	double	   *x;
	em_status	status;

	for (int i = 0; i < a->k; i++)
		if (!isnan(a->sd[i]))
			kept[k++] = i;
	for (int i = 0; i < a->n; i++)
	{
		bool		any = false;

		for (int j = 0; j < k; j++)
		{
			lacks[(Size) i * k + j] = isnan(a->z[(Size) i * a->k + kept[j]]);
			any |= !lacks[(Size) i * k + j];
		}
		if (any)
			pattern[n++] = (row_pattern) {lacks + (Size) i * k, k, i};
	}
	if (k == 0 || n == 0)
		return;
	qsort(pattern, n, sizeof(row_pattern), compare_patterns);
	x = palloc_many((Size) n * k, sizeof(double));
	for (int i = 0; i < n; i++)
		for (int j = 0; j < k; j++)
			x[(Size) i * k + j] = a->z[(Size) pattern[i].row * a->k + kept[j]];
	status = em_fill(x, n, k, palloc_many(em_doubles(k), sizeof(double)),
					 palloc_many(2 * (Size) k, sizeof(int)),
					 palloc_many((Size) n * k, sizeof(bool)), let_interrupts, NULL);
	if (status != EM_OK)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("imputation by em is not determined for %d units and %d criteria", n, k),
				 errdetail("%s", status == EM_SINGULAR ?
						   "The criteria depend on each other, or are too many for the units that have them." :
						   "Its moments do not come to rest."),
				 errhint("Name fewer criteria, as in impute em from (a, b) on (b).")));
	for (int i = 0; i < n; i++)
		for (int j = 0; j < k; j++)
			if (a->missing[(Size) pattern[i].row * a->k + kept[j]])
				fill(a, pattern[i].row, kept[j], x[(Size) i * k + j]);
}

void
impute_across_criteria(const impute_options *options, const division_rule *parts,
					   const matrix_view *view, const bool *wanted)
{
	across		a = {.options = options, .view = view, .wanted = wanted};
	division	d = divide_matrix(parts, view);
	MemoryContext part_context = AllocSetContextCreate(CurrentMemoryContext, "parindex imputation",
													   ALLOCSET_DEFAULT_SIZES);
	MemoryContext old;

	choose_criteria(&a);
	if (options->method != IMPUTE_NEAREST && a.k > MOST_CRITERIA)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("imputation from %d criteria is too much", a.k),
				 errdetail("Their covariances are computed: there may be %d.", MOST_CRITERIA),
				 errhint("Name fewer criteria, as in impute em from (a, b) on (b).")));
	old = MemoryContextSwitchTo(part_context);
	for (int part = 0; part < d.rows.count; part++)
	{
		CHECK_FOR_INTERRUPTS();
		a.row = d.rows.row + d.rows.start[part];
		a.n = d.rows.start[part + 1] - d.rows.start[part];
		a.mean = palloc_many(a.k, sizeof(double));
		a.sd = palloc_many(a.k, sizeof(double));
		a.z = palloc_many((Size) a.n * a.k, sizeof(double));
		a.missing = palloc_many((Size) a.n * a.k, sizeof(bool));
		standardise(&a);
		switch (options->method)
		{
			case IMPUTE_NEAREST:
				fill_from_nearest(&a);
				break;
			case IMPUTE_REGRESSION:
				fill_by_regression(&a);
				break;
			default:
				fill_by_expectation(&a);
		}
		MemoryContextReset(part_context);
	}
	MemoryContextSwitchTo(old);
	MemoryContextDelete(part_context);
}
