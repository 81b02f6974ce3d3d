/*
 * pca_weights.c
 *	  pca_weights(score_matrix, method, components): weights of the criteria by
 *	  their loadings on principal components.
 *
 * OECD and JRC, Handbook on Constructing Composite Indicators (2008), 6.1,
 * after Nicoletti, Scarpetta and Boylaud, OECD Economics Department Working
 * Papers 226 (2000). The rotated components are intermediate composites: a
 * criterion belongs to the one it loads most on, has there the weight
 * loading^2 / variance explained, and the composite has its share of the
 * variance explained; the products are brought to the sum 1. So the variances
 * cancel, and a weight is the largest squared loading over the sum of these.
 */
#include "postgres.h"
#include "base/arguments/choice.h"
#include "base/result_column.h"
#include "matrix/matrix_rows.h"

#include "funcapi.h"
#include "kernel/field/varimax.h"
#include "kernel/weights/weight_shares.h"
#include "miscadmin.h"
#include "analysis/principal_components.h"

/* An eigenvalue of 1 up to rounding is not more than that of one criterion alone. */
#define ONE (1 + 1e-9)

/* A loading that is 0 up to rounding. */
#define NO_LOADING 1e-9

/* Whether by the rotated components. */
static const choice methods[] = {{"varimax", true}, {"first_component", false}, {NULL, 0}};

/* Kaiser's criterion: components that say more than one criterion alone. */
static int
eigenvalues_above_one(const principal_components *pc)
{
	int			count = 0;

	while (count < pc->criteria && pc->value[count] > ONE)
		count++;
	return Max(count, 1);
}

static void
rotate(const principal_components *pc, double *loading, int components)
{
	double	   *length = palloc(sizeof(double) * pc->criteria);
	double	   *variance = palloc(sizeof(double) * components);
	varimax		rotation;

	varimax_start(&rotation, loading, components, pc->criteria, length);
	while (varimax_step(&rotation))
		CHECK_FOR_INTERRUPTS();
	varimax_finish(&rotation, variance);
}

/* A negative weight would reward what is worse. */
static void
check_no_opposite(const matrix_view *view, const principal_components *pc, const double *loading)
{
	for (int i = 0; i < pc->criteria; i++)
		if (loading[i] < -NO_LOADING)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("criterion \"%s\" goes against the first principal component",
							matrix_code_cstring(view, pc->column[i])),
					 errdetail("Its loading is %s, so its weight would be negative.",
							   float8out_internal(loading[i])),
					 errhint("Turn the criterion by normalise(), leave it out, or use method varimax.")));
}

/* How many components to rotate; `given` says so, or NULL. */
static int
components_wanted(const principal_components *pc, const int *given)
{
	if (given && (*given < 1 || (*given > pc->criteria && pc->criteria > 0)))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("number of components is out of range: %d", *given),
				 errdetail("There is one component for each of the %d criteria that vary.",
						   pc->criteria)));
	if (pc->criteria == 0)
		return 0;
	return given ? *given : eigenvalues_above_one(pc);
}

/* What a criterion loads most on. */
typedef struct main_loading
{
	int			component;		/* from 0 */
	double		loading;
} main_loading;

static main_loading
get_main_loading(const double *loading, int components, int criteria, int criterion)
{
	main_loading most = {0, loading[criterion]};

	for (int k = 1; k < components; k++)
	{
		double		other = loading[(Size) k * criteria + criterion];

		if (fabs(other) > fabs(most.loading))
			most = (main_loading) {k, other};
	}
	return most;
}

/* One row a criterion of the matrix; weight NULL: there are none. */
static void
put_weights(ReturnSetInfo *result, const matrix_view *view, const principal_components *pc,
			const main_loading *most, const double *weight)
{
	enum {CODE, WEIGHT, COMPONENT, LOADING, COLUMNS};
	int			criterion = 0;	/* the next that varies */

	for (int column = 0; column < view->columns; column++)
	{
		bool		varies = criterion < pc->criteria && pc->column[criterion] == column;
		Datum		values[COLUMNS];
		bool		nulls[COLUMNS] = {false};

		values[CODE] = matrix_name_datum(view, view->code[column]);
		put_float8(weight ? weight[column] : get_float8_nan(), &values[WEIGHT], &nulls[WEIGHT]);
		nulls[COMPONENT] = nulls[LOADING] = !varies;
		if (varies)
		{
			values[COMPONENT] = Int32GetDatum(most[criterion].component + 1);
			values[LOADING] = Float8GetDatum(most[criterion].loading);
			criterion++;
		}
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
}

PARINDEX_FUNCTION(parindex_pca_weights);
Datum
parindex_pca_weights(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	int			given = PG_ARGISNULL(2) ? 0 : PG_GETARG_INT32(2);
	bool		rotated;
	matrix_view view;
	principal_components pc;
	int			components;
	double	   *loading;
	main_loading *most;			/* by criterion that varies */
	double	   *weight;			/* by column of the matrix */

	InitMaterializedSRF(fcinfo, 0);
	if (PG_ARGISNULL(0))
		return (Datum) 0;
	if (PG_ARGISNULL(1))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("method of weighting must not be null")));
	rotated = choose(PG_GETARG_TEXT_PP(1), "method", methods);
	if (!rotated && !PG_ARGISNULL(2))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("method first_component takes no number of components")));
	matrix_open(PG_GETARG_SCORE_MATRIX_P(0), &view);
	get_principal_components(&view, false, &pc);
	components = rotated ? components_wanted(&pc, PG_ARGISNULL(2) ? NULL : &given) : Min(pc.criteria, 1);
	loading = component_loadings(&pc, components);
	if (rotated)
		rotate(&pc, loading, components);
	else
		check_no_opposite(&view, &pc, loading);

	most = palloc(sizeof(main_loading) * pc.criteria);
	weight = palloc0(sizeof(double) * view.columns);
	for (int i = 0; i < pc.criteria; i++)
	{
		most[i] = get_main_loading(loading, components, pc.criteria, i);
		weight[pc.column[i]] = rotated ? most[i].loading * most[i].loading : Max(most[i].loading, 0);
	}
	put_weights(result, &view, &pc, most, weight_shares(weight, view.columns, weight) ? weight : NULL);
	return (Datum) 0;
}
