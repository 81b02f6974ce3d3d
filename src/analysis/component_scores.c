/*
 * component_scores.c
 *	  component_scores(score_matrix, component, mean, sd, …): the units' scores
 *	  on a principal component, by principal_components.h.
 *
 * A score is the sum of coefficient * standardised value over the criteria that
 * vary, exact and rounded once, so that their order does not matter; then it is
 * brought to the mean and the standard deviation asked for.
 */
#include "postgres.h"
#include "base/arguments/argument_checks.h"
#include "base/arguments/choice.h"
#include "base/result_column.h"
#include "matrix/matrix_rows.h"

#include "analysis/principal_components.h"
#include "funcapi.h"
#include "kernel/exact/exact_total.h"
#include "kernel/field/column_stats.h"
#include "miscadmin.h"

/* A coefficient that is 0 up to rounding: no sign can be asked of it. */
#define NO_COEFFICIENT 1e-9

/* Whether of covariances. */
static const choice methods[] = {{"correlation", false}, {"covariance", true}, {NULL, 0}};

/* 1 or -1: what makes the coefficient of the criterion positive. */
static double
sign_argument(FunctionCallInfo fcinfo, int argument, const matrix_view *view,
			  const principal_components *pc, const double *coefficient)
{
	text	   *code;
	int			column;

	if (PG_ARGISNULL(argument))
		return 1;
	code = PG_GETARG_TEXT_PP(argument);
	column = matrix_columns_of(view, &(code_numbers) {1, &code, NULL})[0];
	for (int i = 0; i < pc->criteria; i++)
		if (pc->column[i] == column && fabs(coefficient[i]) > NO_COEFFICIENT)
			return coefficient[i] > 0 ? 1 : -1;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("criterion \"%s\" has no part in the component", matrix_code_cstring(view, column)),
			 errdetail("Its coefficient is 0, so it cannot tell the sign of the scores."),
			 errhint("Name another criterion; pca() gives the coefficients.")));
	return 0;					/* not reached */
}

static int
component_argument(FunctionCallInfo fcinfo, int argument, const principal_components *pc)
{
	int			component = PG_GETARG_INT32(argument);

	if (component < 1 || (component > pc->criteria && pc->criteria > 0))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("component is out of range: %d", component),
				 errdetail("There is one component for each of the %d criteria that vary.", pc->criteria)));
	return component - 1;
}

/* coefficient * standardised value, or with covariances * value less its mean; NaN where a value is missing. */
static double *
raw_scores(const matrix_view *view, const principal_components *pc, const double *coefficient,
		   bool covariances)
{
	Size		rows = view->rows;
	double	   *score = palloc_extended(sizeof(double) * rows + 1, MCXT_ALLOC_HUGE);
	double	   *mean = palloc(sizeof(double) * pc->criteria);
	double	   *sd = palloc(sizeof(double) * pc->criteria);
	double	   *complete = palloc_extended(sizeof(double) * rows + 1, MCXT_ALLOC_HUGE);
	column_moments moments;

	memset(score, 0, sizeof(double) * rows);
	for (int column = 0; column < view->columns; column++)
	{
		CHECK_FOR_INTERRUPTS();
		for (Size row = 0; row < rows; row++)
			if (isnan(view->value[column * rows + row]))
				score[row] = get_float8_nan();
	}
	for (int i = 0; i < pc->criteria; i++)
	{
		CHECK_FOR_INTERRUPTS();
		for (Size row = 0; row < rows; row++)
			complete[row] = isnan(score[row]) ? score[row] : view->value[pc->column[i] * rows + row];
		column_get_spread(complete, view->rows, &moments);
		mean[i] = moments.mean;
		sd[i] = covariances ? 1 : moments.sd;
	}
	for (Size row = 0; row < rows; row++)
	{
		exact_total total;
		exact_integer sum;

		CHECK_FOR_INTERRUPTS();
		if (isnan(score[row]))
			continue;
		exact_total_init(&total);
		for (int i = 0; i < pc->criteria; i++)
			exact_total_add_product(&total, coefficient[i],
									check_finite_result((view->value[pc->column[i] * rows + row] - mean[i]) / sd[i],
														"standardised value"));
		exact_total_get(&total, &sum);
		score[row] = check_finite_result(exact_integer_round(&sum), "score of a component");
	}
	return score;
}

/* Arguments: matrix, component, mean, sd, method, positive; positive may be NULL. */
PARINDEX_FUNCTION(parindex_component_scores);
Datum
parindex_component_scores(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	enum {UNIT, PERIOD, SCORE, COLUMNS};
	bool		covariances;
	double		mean;
	double		sd;
	matrix_view view;
	principal_components pc;
	const double *coefficient;
	double	   *score;
	column_moments moments;
	double		factor;
	int			component;
	bool		varies;

	InitMaterializedSRF(fcinfo, 0);
	if (PG_ARGISNULL(0))
		return (Datum) 0;
	require_argument(fcinfo, 1, "component");
	require_argument(fcinfo, 2, "mean");
	require_argument(fcinfo, 3, "sd");
	require_argument(fcinfo, 4, "method");
	mean = PG_GETARG_FLOAT8(2);
	sd = PG_GETARG_FLOAT8(3);
	covariances = choose(PG_GETARG_TEXT_PP(4), "method", methods);
	if (!isfinite(mean) || !(sd > 0) || isinf(sd))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("mean %s and standard deviation %s of scores are not valid",
						float8out_internal(mean), float8out_internal(sd)),
				 errdetail("Both must be finite, and the standard deviation above 0.")));
	matrix_open(PG_GETARG_SCORE_MATRIX_P(0), &view);
	get_principal_components(&view, covariances, &pc);
	component = component_argument(fcinfo, 1, &pc);
	varies = pc.criteria > 0 && pc.value[component] > 0;
	coefficient = pc.vector + (Size) component * pc.criteria;
	factor = pc.criteria == 0 ? sd : sd * sign_argument(fcinfo, 5, &view, &pc, coefficient);
	score = raw_scores(&view, &pc, coefficient, covariances);
	column_get_spread(score, view.rows, &moments);

	for (int row = 0; row < view.rows; row++)
	{
		Datum		values[COLUMNS];
		bool		nulls[COLUMNS] = {false};
		/* Of a component without variance nothing but roundings is left. */
		double		x = varies ? mean + factor * ((score[row] - moments.mean) / moments.sd) :
			get_float8_nan();

		CHECK_FOR_INTERRUPTS();
		values[UNIT] = matrix_name_datum(&view, view.unit[row]);
		matrix_put_period(&view, row, &values[PERIOD], &nulls[PERIOD]);
		put_float8(check_finite_result(x, "score of a component"), &values[SCORE], &nulls[SCORE]);
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
		pfree(DatumGetPointer(values[UNIT]));
	}
	return (Datum) 0;
}
