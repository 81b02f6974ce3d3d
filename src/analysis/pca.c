/*
 * pca.c
 *	  pca(score_matrix, method): the principal components of the criteria, by
 *	  principal_components.h.
 */
#include "postgres.h"
#include "base/arguments/choice.h"
#include "base/result_column.h"
#include "matrix/matrix_rows.h"

#include "funcapi.h"
#include "miscadmin.h"
#include "analysis/principal_components.h"

/* Whether of covariances. */
static const choice methods[] = {{"correlation", false}, {"covariance", true}, {NULL, 0}};

/* One row a criterion of the matrix; NULLs for one that does not vary. */
static void
put_component(ReturnSetInfo *result, const matrix_view *view, const principal_components *pc,
			  int component, const double *loading, double share, double cumulative_share)
{
	enum {COMPONENT, CODE, COEFFICIENT, LOADING, EIGENVALUE, SHARE, CUMULATIVE_SHARE, N, COLUMNS};
	Size		first = (Size) component * pc->criteria;
	int			criterion = 0;	/* the next that varies */

	for (int column = 0; column < view->columns; column++)
	{
		bool		varies = criterion < pc->criteria && pc->column[criterion] == column;
		Datum		values[COLUMNS];
		bool		nulls[COLUMNS] = {false};

		values[COMPONENT] = Int32GetDatum(component + 1);
		values[CODE] = matrix_name_datum(view, view->code[column]);
		put_float8(varies ? pc->vector[first + criterion] : get_float8_nan(),
				   &values[COEFFICIENT], &nulls[COEFFICIENT]);
		/* + 0.0 makes a -0, of a component without variance, 0 */
		put_float8(varies ? loading[first + criterion] + 0.0 : get_float8_nan(),
				   &values[LOADING], &nulls[LOADING]);
		values[EIGENVALUE] = Float8GetDatum(pc->value[component]);
		values[SHARE] = Float8GetDatum(share);
		values[CUMULATIVE_SHARE] = Float8GetDatum(cumulative_share);
		values[N] = Int32GetDatum(pc->rows);
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
		criterion += varies;
	}
}

PARINDEX_FUNCTION(parindex_pca);
Datum
parindex_pca(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	bool		covariances = choose(PG_GETARG_TEXT_PP(1), "method", methods);
	matrix_view view;
	principal_components pc;
	double	   *loading;
	double		total = 0;
	double		sum = 0;

	InitMaterializedSRF(fcinfo, 0);
	matrix_open(PG_GETARG_SCORE_MATRIX_P(0), &view);
	get_principal_components(&view, covariances, &pc);
	loading = component_loadings(&pc, pc.criteria);
	for (int k = 0; k < pc.criteria; k++)
		total += pc.value[k];
	if (isinf(total))
		float_overflow_error();
	for (int k = 0; k < pc.criteria; k++)
	{
		CHECK_FOR_INTERRUPTS();
		sum += pc.value[k];
		put_component(result, &view, &pc, k, loading, pc.value[k] / total, sum / total);
	}
	return (Datum) 0;
}
