/*
 * cronbach_alpha.c
 *	  cronbach_alpha(score_matrix): how consistently criteria measure one thing.
 *
 * Cronbach, Coefficient alpha and the internal structure of tests,
 * Psychometrika 16 (1951): k / (k - 1) * (1 - sum of the variances of the k
 * criteria / variance of their sum), over the rows in which all have values.
 */
#include "postgres.h"
#include "matrix/score_matrix.h"

#include <math.h>

#include "kernel/field/column_stats.h"
#include "miscadmin.h"

static double
standard_deviation(const double *x, int rows)
{
	column_moments moments;

	column_get_spread(x, rows, &moments);
	if (isinf(moments.sd))
		float_overflow_error();
	return moments.sd;
}

PARINDEX_FUNCTION(parindex_cronbach_alpha);
Datum
parindex_cronbach_alpha(PG_FUNCTION_ARGS)
{
	matrix_view matrix;
	double	   *total;			/* by row: sum over the criteria; NaN where one is missing */
	double	   *column;			/* a criterion in the rows that count */
	double		total_sd;
	double		shares = 0;		/* of the variances in that of the sum */
	double		alpha;

	matrix_open(PG_GETARG_SCORE_MATRIX_P(0), &matrix);
	total = palloc_extended(sizeof(double) * matrix.rows + 1, MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	column = palloc_extended(sizeof(double) * matrix.rows + 1, MCXT_ALLOC_HUGE);
	for (int i = 0; i < matrix.columns; i++)
	{
		CHECK_FOR_INTERRUPTS();
		for (int row = 0; row < matrix.rows; row++)
			total[row] += matrix.value[(Size) i * matrix.rows + row];
	}
	for (int row = 0; row < matrix.rows; row++)
		if (isinf(total[row]))
			float_overflow_error();
	total_sd = standard_deviation(total, matrix.rows);
	for (int i = 0; i < matrix.columns; i++)
	{
		double		ratio;

		CHECK_FOR_INTERRUPTS();
		for (int row = 0; row < matrix.rows; row++)
			column[row] = isnan(total[row]) ? get_float8_nan() :
				matrix.value[(Size) i * matrix.rows + row];
		ratio = standard_deviation(column, matrix.rows) / total_sd;
		shares += ratio * ratio;
	}
	alpha = matrix.columns / (matrix.columns - 1.0) * (1 - shares);
	/* Fewer than two rows, or sums that do not vary, make it NaN or infinite. */
	if (matrix.columns < 2 || !isfinite(alpha))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(alpha);
}
