/*
 * kmo.c
 *	  kmo(score_matrix): whether the correlations of the criteria are fit for
 *	  principal components, by kernel/field/kmo.h.
 */
#include "postgres.h"
#include "base/result_column.h"
#include "matrix/matrix_rows.h"

#include "kernel/exact/distributions.h"
#include "funcapi.h"
#include "kernel/field/kmo.h"
#include "miscadmin.h"
#include "analysis/principal_components.h"

/* Partial correlations given all others exist where no criterion follows from others. */
static void
check_not_singular(const matrix_view *view, const principal_components *pc)
{
	int			last = pc->criteria - 1;
	int			dependent = 0;

	if (pc->criteria == 0 || pc->value[last] > 0)
		return;
	for (int i = 1; i <= last; i++)
		if (fabs(pc->vector[(Size) last * pc->criteria + i]) >
			fabs(pc->vector[(Size) last * pc->criteria + dependent]))
			dependent = i;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("correlation matrix of %d criteria over %d units is singular",
					pc->criteria, pc->rows),
			 pc->rows <= pc->criteria ?
			 errdetail("More units with values in all criteria are needed than there are criteria.") :
			 errdetail("Criterion \"%s\" is a linear combination of others.",
					   matrix_code_cstring(view, pc->column[dependent])),
			 errhint("Leave out criteria, or fill missing cells by impute().")));
}

/* Sums over pairs of criteria. */
typedef struct adequacy
{
	double		squares;		/* of correlations */
	double		partial_squares;	/* of partial correlations */
} adequacy;

/* NaN where nothing correlates. */
static double
measure(const adequacy *sums)
{
	return sums->squares / (sums->squares + sums->partial_squares);
}

/* Of each criterion that varies; returns their sum. */
static adequacy
get_adequacies(const principal_components *pc, adequacy *criterion)
{
	double	   *diagonal = palloc(sizeof(double) * pc->criteria);
	double	   *scratch = palloc(sizeof(double) * pc->criteria);
	adequacy	total = {0};

	kmo_inverse_diagonal(pc->value, pc->vector, pc->criteria, diagonal);
	for (int i = 0; i < pc->criteria; i++)
	{
		CHECK_FOR_INTERRUPTS();
		kmo_squares(pc->matrix, pc->value, pc->vector, pc->criteria, diagonal, i, scratch,
					&criterion[i].squares, &criterion[i].partial_squares);
		total.squares += criterion[i].squares;
		total.partial_squares += criterion[i].partial_squares;
	}
	return total;
}

PARINDEX_FUNCTION(parindex_kmo);
Datum
parindex_kmo(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	enum {CODE, MSA, KMO, CHI_SQUARE, DF, P_VALUE, N, COLUMNS};
	matrix_view view;
	principal_components pc;
	adequacy   *adequacies;
	adequacy	total;
	Datum		values[COLUMNS];
	bool		nulls[COLUMNS] = {false};
	int			df;
	int			criterion = 0;	/* the next that varies */

	InitMaterializedSRF(fcinfo, 0);
	matrix_open(PG_GETARG_SCORE_MATRIX_P(0), &view);
	get_principal_components(&view, false, &pc);
	check_not_singular(&view, &pc);
	adequacies = palloc(sizeof(adequacy) * pc.criteria);
	total = get_adequacies(&pc, adequacies);
	put_float8(measure(&total), &values[KMO], &nulls[KMO]);
	df = pc.criteria * (pc.criteria - 1) / 2;
	nulls[CHI_SQUARE] = nulls[DF] = nulls[P_VALUE] = df == 0;
	if (df > 0)
	{
		double		chi_square = bartlett_chi_square(pc.value, pc.criteria, pc.rows);

		values[CHI_SQUARE] = Float8GetDatum(chi_square);
		values[DF] = Int32GetDatum(df);
		put_float8(chi_squared_upper(chi_square, df), &values[P_VALUE], &nulls[P_VALUE]);
	}
	values[N] = Int32GetDatum(pc.rows);
	for (int column = 0; column < view.columns; column++)
	{
		bool		varies = criterion < pc.criteria && pc.column[criterion] == column;

		values[CODE] = matrix_name_datum(&view, view.code[column]);
		put_float8(varies ? measure(&adequacies[criterion]) : get_float8_nan(), &values[MSA], &nulls[MSA]);
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
		criterion += varies;
	}
	return (Datum) 0;
}
