/*
 * critic_weights.c
 *	  critic_weights(score_matrix): weights of the criteria by contrast and
 *	  conflict.
 *
 * Diakoulaki, Mavrotas and Papayannakis, Determining objective weights in
 * multiple criteria problems: the CRITIC method, Computers & Operations
 * Research 22 (1995): C_j = sd_j * sum over k of (1 - r_jk), weight C_j / sum C,
 * of criteria brought to 0..1.
 */
#include "postgres.h"
#include "base/result_column.h"
#include "matrix/matrix_rows.h"

#include "analysis/column_correlations.h"
#include "funcapi.h"
#include "kernel/exact/exact_total.h"
#include "kernel/weights/weight_shares.h"

/* Adds 1 - r, without rounding, to a criterion's conflict with the others. */
static void
add_conflict(exact_total *conflict, double r)
{
	exact_total_add_product(conflict, 1, 1);
	exact_total_add_product(conflict, -r, 1);
}

/* For each criterion its sum of 1 - r over the others that it has an r with. */
static void
get_conflicts(column_correlations *prepared, int columns, double *conflict)
{
	exact_total *total = palloc_extended(sizeof(exact_total) * columns, MCXT_ALLOC_HUGE);
	exact_integer sum;

	for (int j = 0; j < columns; j++)
	{
		exact_total_init(&total[j]);
		for (int k = 0; k < j; k++)
		{
			int			n;
			double		r = column_correlation(prepared, j, k, &n);

			if (isnan(r))
				continue;
			add_conflict(&total[j], r);
			add_conflict(&total[k], r);
		}
	}
	for (int j = 0; j < columns; j++)
	{
		exact_total_get(&total[j], &sum);
		conflict[j] = exact_integer_round(&sum);
	}
}

PARINDEX_FUNCTION(parindex_critic_weights);
Datum
parindex_critic_weights(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	enum {CODE, WEIGHT, STDDEV, CONFLICT, COLUMNS};
	Datum		values[COLUMNS];
	bool		nulls[COLUMNS] = {false};
	matrix_view view;
	column_correlations prepared;
	double	   *stddev;
	double	   *conflict;
	double	   *weight;
	bool		weighted;

	InitMaterializedSRF(fcinfo, 0);
	matrix_open(PG_GETARG_SCORE_MATRIX_P(0), &view);
	prepare_correlations(&prepared, view.value, view.rows, view.columns, PEARSON);
	stddev = palloc_extended(sizeof(double) * view.columns, MCXT_ALLOC_HUGE);
	conflict = palloc_extended(sizeof(double) * view.columns, MCXT_ALLOC_HUGE);
	weight = palloc_extended(sizeof(double) * view.columns, MCXT_ALLOC_HUGE);
	get_conflicts(&prepared, view.columns, conflict);
	for (int column = 0; column < view.columns; column++)
	{
		const prepared_column *own = &prepared.column[column];

		stddev[column] = integer_spread(&own->alone, view.rows, own->count);
		weight[column] = isnan(stddev[column]) ? 0 : stddev[column] * conflict[column];
	}
	weighted = weight_shares(weight, view.columns, weight);
	for (int column = 0; column < view.columns; column++)
	{
		values[CODE] = matrix_name_datum(&view, view.code[column]);
		put_float8(weighted ? weight[column] : get_float8_nan(), &values[WEIGHT], &nulls[WEIGHT]);
		put_float8(stddev[column], &values[STDDEV], &nulls[STDDEV]);
		values[CONFLICT] = Float8GetDatum(conflict[column]);
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	return (Datum) 0;
}
