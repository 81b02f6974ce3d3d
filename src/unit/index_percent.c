/*
 * index_percent.c
 *	  Points, maximum and index per cent of one unit, as SQL functions. The
 *	  index is points / maximum, rounded once, half away from zero.
 */
#include "postgres.h"
#include "unit/points_tree.h"
#include "framework/framework_argument.h"

#include "base/arguments/cell_status.h"
#include "funcapi.h"
#include "kernel/exact/exact_ratio.h"
#include "miscadmin.h"
#include "utils/builtins.h"

#define MAX_DIGITS POINTS_SCALE

static int
percent_digits(FunctionCallInfo fcinfo, int argument)
{
	int			digits = PG_GETARG_INT32(argument);

	if (digits < 0 || digits > MAX_DIGITS)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("cannot round to %d digits", digits),
				 errhint("Give a number of digits from 0 to %d.", MAX_DIGITS)));
	return digits;
}

/* NULL where there are no points, or the maximum is 0. */
static Numeric
percent_of(const node_points *result, int digits)
{
	return result->status != CELL_OBSERVED || result->max == 0 ? NULL :
		points_quotient_percent(&result->points, result->max, digits);
}

/* Arguments: points, framework, digits. */
PARINDEX_FUNCTION(parindex_index_percent);
Datum
parindex_index_percent(PG_FUNCTION_ARGS)
{
	const framework_cache *cache = framework_argument(fcinfo, 1);
	const index_points *points = DatumGetIndexPointsP(PG_GETARG_DATUM(0));
	int			digits = percent_digits(fcinfo, 2);
	node_points root;
	Numeric		percent;

	unit_cells_check_framework(&points->head, framework_of(cache));
	points_tree_root(cache, points, &root);
	percent = percent_of(&root, digits);
	if (percent == NULL)
		PG_RETURN_NULL();
	PG_RETURN_NUMERIC(percent);
}

/* covered / applicable, rounded once. */
static double
coverage_of(const node_points *result)
{
	exact_integer part;
	exact_integer whole;

	part.limb[0] = (uint64) result->covered;
	part.limb[1] = (uint64) (result->covered >> 64);
	part.limbs = part.limb[1] != 0 ? 2 : part.limb[0] != 0;
	part.exponent = 0;
	part.negative = false;
	whole.limb[0] = (uint64) result->applicable;
	whole.limb[1] = (uint64) (result->applicable >> 64);
	whole.limbs = whole.limb[1] != 0 ? 2 : 1;
	whole.exponent = 0;
	whole.negative = false;
	return exact_ratio_round(&part, &whole);
}

/* Arguments: points, framework, digits. */
PARINDEX_FUNCTION(parindex_point_rows);
Datum
parindex_point_rows(PG_FUNCTION_ARGS)
{
	const index_points *points = DatumGetIndexPointsP(PG_GETARG_DATUM(0));
	const framework_cache *cache = framework_argument(fcinfo, 1);
	const framework *fw = framework_of(cache);
	const node_points *results;
	const points_framework *derived = points_framework_of(cache);
	int			digits = percent_digits(fcinfo, 2);
	ReturnSetInfo *rows = (ReturnSetInfo *) fcinfo->resultinfo;

	unit_cells_check_framework(&points->head, fw);
	results = points_tree_evaluate(cache, points);
	InitMaterializedSRF(fcinfo, 0);
	for (int i = 0; i < fw->nodes; i++)
	{
		const tree_node *node = &fw->node[i];
		const node_points *result = &results[i];
		Numeric		percent = percent_of(result, digits);
		Datum		value[11] = {0};
		bool		null[11] = {0};

		CHECK_FOR_INTERRUPTS();
		value[0] = CStringGetTextDatum(framework_code_cstring(fw, i));
		if (node->parent < 0)
			null[1] = true;
		else
			value[1] = CStringGetTextDatum(framework_code_cstring(fw, node->parent));
		value[2] = Int32GetDatum(node->depth);
		if (result->status != CELL_OBSERVED)
			null[3] = true;
		else
			value[3] = NumericGetDatum(points_quotient_numeric(&result->points,
															   points->head.scale));
		if (result->left)
			null[4] = true;
		else
			value[4] = NumericGetDatum(points_to_numeric(result->max, derived->scale));
		value[5] = NumericGetDatum(percent);
		null[5] = percent == NULL;
		value[6] = CStringGetTextDatum(cell_status_name(result->status));
		value[7] = Int32GetDatum(result->children_scored);
		value[8] = Int32GetDatum(result->children_expected);
		value[9] = Int32GetDatum(result->leaves_observed);
		if (result->applicable == 0)
			null[10] = true;
		else
			value[10] = Float8GetDatum(coverage_of(result));
		tuplestore_putvalues(rows->setResult, rows->setDesc, value, null);
	}
	return (Datum) 0;
}
