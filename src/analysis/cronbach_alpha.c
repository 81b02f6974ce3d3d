/*
 * cronbach_alpha.c
 *	  cronbach_alpha(score_matrix [, use]) and cronbach_report(): how consistently
 *	  criteria measure one thing; complete_rows(score_matrix): how many rows that
 *	  and its like are of.
 *
 * Cronbach, Coefficient alpha and the internal structure of tests,
 * Psychometrika 16 (1951): k / (k - 1) * (1 - sum of the variances of the k
 * criteria / variance of their sum), over the rows in which all have values.
 * Pairwise, the variance of the sum is the sum of all variances and covariances,
 * each over the rows that have values of it.
 */
#include "postgres.h"
#include "base/arguments/choice.h"
#include "base/result_column.h"
#include "matrix/score_matrix.h"

#include "analysis/column_correlations.h"
#include "funcapi.h"
#include "kernel/exact/exact_total.h"
#include "kernel/field/column_stats.h"
#include "miscadmin.h"
#include "utils/tuplestore.h"

/* Whether over pairs of criteria. */
static const choice uses[] = {{"complete", false}, {"pairwise", true}, {NULL, 0}};

/* Alpha, NaN where there is none, and the rows it is of. */
typedef struct consistency
{
	double		alpha;
	int			rows;			/* complete ones; of all pairs, those of the one with most */
	int			least_rows;		/* likewise; of the pair with fewest */
} consistency;

static double
standard_deviation(const double *x, int rows)
{
	column_moments moments;

	column_get_spread(x, rows, &moments);
	if (isinf(moments.sd))
		float_overflow_error();
	return moments.sd;
}

/* By row: the sum over the criteria; NaN where one is missing. */
static double *
row_totals(const matrix_view *matrix)
{
	double	   *total = palloc_extended(sizeof(double) * matrix->rows + 1, MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);

	for (int i = 0; i < matrix->columns; i++)
	{
		CHECK_FOR_INTERRUPTS();
		for (int row = 0; row < matrix->rows; row++)
			total[row] += matrix->value[(Size) i * matrix->rows + row];
	}
	for (int row = 0; row < matrix->rows; row++)
		if (isinf(total[row]))
			float_overflow_error();
	return total;
}

static consistency
complete_consistency(const matrix_view *matrix)
{
	double	   *total = row_totals(matrix);
	double	   *column = palloc_extended(sizeof(double) * matrix->rows + 1, MCXT_ALLOC_HUGE);
	double		total_sd = standard_deviation(total, matrix->rows);
	double		shares = 0;		/* of the variances in that of the sum */
	consistency result = {0, 0, 0};

	for (int i = 0; i < matrix->columns; i++)
	{
		double		ratio;

		CHECK_FOR_INTERRUPTS();
		for (int row = 0; row < matrix->rows; row++)
			column[row] = isnan(total[row]) ? get_float8_nan() :
				matrix->value[(Size) i * matrix->rows + row];
		ratio = standard_deviation(column, matrix->rows) / total_sd;
		shares += ratio * ratio;
	}
	for (int row = 0; row < matrix->rows; row++)
		result.rows += !isnan(total[row]);
	result.least_rows = result.rows;
	result.alpha = matrix->columns / (matrix->columns - 1.0) * (1 - shares);
	return result;
}

/* The standard deviation of a column in the rows that have the partner too. */
static double
shared_deviation(const matrix_view *matrix, int column, int partner, double *scratch)
{
	const double *x = matrix->value + (Size) column * matrix->rows;
	const double *y = matrix->value + (Size) partner * matrix->rows;

	for (int row = 0; row < matrix->rows; row++)
		scratch[row] = isnan(y[row]) ? y[row] : x[row];
	return standard_deviation(scratch, matrix->rows);
}

static double
total_ratio(const exact_total *part, const exact_total *all)
{
	exact_integer numerator;
	exact_integer denominator;

	exact_total_get(part, &numerator);
	exact_total_get(all, &denominator);
	return denominator.limbs == 0 ? get_float8_nan() : exact_ratio_round(&numerator, &denominator);
}

/* A covariance that there is none of, with fewer than two rows, counts 0, as in COINr. */
static consistency
pairwise_consistency(const matrix_view *matrix)
{
	double		k = matrix->columns;
	double	   *scratch = palloc_extended(sizeof(double) * matrix->rows + 1, MCXT_ALLOC_HUGE);
	column_correlations prepared;
	exact_total covariances;	/* twice, as each pair stands in either order */
	exact_total all;			/* with the variances */
	consistency result = {0, 0, matrix->rows};

	prepare_correlations(&prepared, matrix->value, matrix->rows, matrix->columns, PEARSON);
	exact_total_init(&covariances);
	exact_total_init(&all);
	for (int i = 0; i < matrix->columns; i++)
	{
		double		sd = shared_deviation(matrix, i, i, scratch);

		if (!isnan(sd))
			exact_total_add_product(&all, sd, sd);
		for (int j = 0; j < i; j++)
		{
			int			n;
			double		r = column_correlation(&prepared, i, j, &n);
			double		half;

			result.rows = Max(result.rows, n);
			result.least_rows = Min(result.least_rows, n);
			if (isnan(r))
				continue;
			half = r * shared_deviation(matrix, i, j, scratch);
			sd = 2 * shared_deviation(matrix, j, i, scratch);
			exact_total_add_product(&covariances, half, sd);
			exact_total_add_product(&all, half, sd);
		}
	}
	result.alpha = k / (k - 1) * total_ratio(&covariances, &all);
	return result;
}

static consistency
get_consistency(const matrix_view *matrix, bool pairwise)
{
	consistency result = pairwise ? pairwise_consistency(matrix) : complete_consistency(matrix);

	/* Fewer than two rows, or sums that do not vary, make it NaN or infinite. */
	if (matrix->columns < 2 || result.rows < 2 || !isfinite(result.alpha))
		result.alpha = get_float8_nan();
	if (matrix->columns < 2 && pairwise)
		result.least_rows = result.rows;
	return result;
}

/* Arguments: matrix, and use if it is given. */
PARINDEX_FUNCTION(parindex_cronbach_alpha);
Datum
parindex_cronbach_alpha(PG_FUNCTION_ARGS)
{
	bool		pairwise = PG_NARGS() == 2 && choose(PG_GETARG_TEXT_PP(1), "use", uses);
	matrix_view matrix;
	double		alpha;

	matrix_open(PG_GETARG_SCORE_MATRIX_P(0), &matrix);
	alpha = get_consistency(&matrix, pairwise).alpha;
	if (isnan(alpha))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(alpha);
}

PARINDEX_FUNCTION(parindex_cronbach_report);
Datum
parindex_cronbach_report(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	enum {ALPHA, CRITERIA, N, LEAST_N, COLUMNS};
	Datum		value[COLUMNS];
	bool		null[COLUMNS] = {false};
	bool		pairwise = choose(PG_GETARG_TEXT_PP(1), "use", uses);
	matrix_view matrix;
	consistency found;

	InitMaterializedSRF(fcinfo, 0);
	matrix_open(PG_GETARG_SCORE_MATRIX_P(0), &matrix);
	found = get_consistency(&matrix, pairwise);
	put_float8(found.alpha, &value[ALPHA], &null[ALPHA]);
	value[CRITERIA] = Int32GetDatum(matrix.columns);
	value[N] = Int32GetDatum(found.rows);
	value[LEAST_N] = Int32GetDatum(found.least_rows);
	tuplestore_putvalues(result->setResult, result->setDesc, value, null);
	return (Datum) 0;
}

PARINDEX_FUNCTION(parindex_complete_rows);
Datum
parindex_complete_rows(PG_FUNCTION_ARGS)
{
	matrix_view matrix;
	int			count = 0;
	bool	   *missing;

	matrix_open(PG_GETARG_SCORE_MATRIX_P(0), &matrix);
	missing = palloc_extended(matrix.rows + 1, MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	for (int i = 0; i < matrix.columns; i++)
	{
		CHECK_FOR_INTERRUPTS();
		for (int row = 0; row < matrix.rows; row++)
			missing[row] |= isnan(matrix.value[(Size) i * matrix.rows + row]);
	}
	for (int row = 0; row < matrix.rows; row++)
		count += !missing[row];
	PG_RETURN_INT32(count);
}
