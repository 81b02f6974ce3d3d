/*
 * replicate_design.c
 *	  svy_replicate_design() makes the composite value replicate_design,
 *	  svy_replicate_se() reads it. Variances as in R's survey (svrVar).
 */
#include "postgres.h"
#include "survey/replicate/replicate_design.h"

#include <math.h>

#include "access/htup_details.h"
#include "base/arguments/argument_checks.h"
#include "catalog/pg_type.h"
#include "executor/executor.h"
#include "funcapi.h"
#include "kernel/survey/replicate_variance.h"
#include "survey/replicate/replicate_type.h"
#include "survey/state/survey_design.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/float.h"

/* A list without NULLs; its length. */
static int
plain_list(ArrayType *array, const char *name)
{
	if (ARR_NDIM(array) != 1)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("%s must be a list of at least one", name)));
	if (array_contains_nulls(array))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("an element of %s is NULL", name)));
	return ARR_DIMS(array)[0];
}

static bool
any_population(const sampled_of *stratum, int strata)
{
	for (int h = 0; h < strata; h++)
		if (stratum[h].population != 0)
			return true;
	return false;
}

/* The row for these strata, in the order of their keys. */
static Datum
replicate_design_row(FunctionCallInfo fcinfo, replicate_type type, const sampled_of *stratum,
					 int strata, int replicates, double fay_rho)
{
	enum {TYPE, REPLICATES, SCALE, RSCALES, DF, COLUMNS};
	replicate_plan plan = {.type = type, .strata = strata};
	TupleDesc	row_type;
	Datum		values[COLUMNS];
	bool		nulls[COLUMNS] = {false};
	int		   *psus = palloc_extended(sizeof(int) * strata, MCXT_ALLOC_HUGE);
	Datum	   *rscale;
	double		n;
	int			r = 0;

	if (get_call_result_type(fcinfo, NULL, &row_type) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type is no row");
	for (int h = 0; h < strata; h++)
		psus[h] = (int) Max(Min(stratum[h].sampled, PG_INT32_MAX), PG_INT32_MIN);
	plan.psus = psus;
	make_replicate_plan(&plan, replicates, fay_rho);
	if (type != REPLICATE_JK1 && type != REPLICATE_JKN && any_population(stratum, strata))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("replicates of type %s take no finite population into account",
						replicate_type_name(type)),
				 errhint("Leave psus_population out, or make the design with NULL for it.")));

	rscale = palloc(sizeof(Datum) * plan.replicates);
	n = plan.replicates;
	values[SCALE] = Float8GetDatum(type == REPLICATE_BRR ?
								   1 / (n * (1 - plan.fay_rho) * (1 - plan.fay_rho)) :
								   type == REPLICATE_BOOTSTRAP ? 1 / (n - 1) : 1);
	if (type == REPLICATE_JK1 || type == REPLICATE_JKN)
	{
		int			df = 0;

		for (int h = 0; h < strata; h++)
		{
			/* What is left of the variance of a finite population. */
			double		left = stratum[h].population == 0 ? 1 :
				1 - (double) psus[h] / (double) stratum[h].population;
			double		scale = left * ((psus[h] - 1.0) / psus[h]);

			for (int i = 0; i < psus[h]; i++)
				rscale[r++] = Float8GetDatum(scale);
			/* A stratum that was drawn whole tells nothing of the variance. */
			df += left > 0 ? psus[h] - 1 : 0;
		}
		values[DF] = Int32GetDatum(df);
	}
	else
	{
		while (r < plan.replicates)
			rscale[r++] = Float8GetDatum(1);
		/* The rank of the replicates' weights, less 1. */
		values[DF] = Int32GetDatum(type == REPLICATE_BRR ? strata :
								   Min(plan.replicates - 1, plan.total - strata));
	}
	values[TYPE] = CStringGetTextDatum(replicate_type_name(type));
	values[REPLICATES] = Int32GetDatum(plan.replicates);
	values[RSCALES] = PointerGetDatum(construct_array(rscale, plan.replicates, FLOAT8OID,
													  sizeof(float8), FLOAT8PASSBYVAL, TYPALIGN_DOUBLE));
	return HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(row_type), values, nulls));
}

/* Population counts, in the order of the strata that psus counts. */
static void
add_populations(ArrayType *array, sampled_of *stratum, int strata)
{
	const int64 *population;

	if (plain_list(array, "psus_population") != strata)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("psus_population must be a list of %d, as psus is", strata)));
	population = (const int64 *) ARR_DATA_PTR(array);
	for (int h = 0; h < strata; h++)
	{
		if (population[h] < Max(stratum[h].sampled, 1))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("stratum %d has " INT64_FORMAT " PSUs in the population but " INT64_FORMAT " in the sample",
							h + 1, population[h], stratum[h].sampled)));
		stratum[h].population = population[h];
	}
}

/* Arguments: type, psus, replicates, fay_rho, psus_population; NULL where left out. */
PARINDEX_FUNCTION(parindex_svy_replicate_design);
Datum
parindex_svy_replicate_design(PG_FUNCTION_ARGS)
{
	replicate_type type;
	sampled_of *stratum;
	int			strata;
	const int64 *sampled;

	require_argument(fcinfo, 0, "type");
	require_argument(fcinfo, 1, "psus");
	type = parse_replicate_type(PG_GETARG_TEXT_PP(0));
	strata = plain_list(PG_GETARG_ARRAYTYPE_P(1), "psus");
	sampled = (const int64 *) ARR_DATA_PTR(PG_GETARG_ARRAYTYPE_P(1));
	stratum = palloc_extended(sizeof(sampled_of) * strata, MCXT_ALLOC_HUGE);
	for (int h = 0; h < strata; h++)
		stratum[h] = (sampled_of) {.sampled = sampled[h]};
	if (!PG_ARGISNULL(4))
		add_populations(PG_GETARG_ARRAYTYPE_P(4), stratum, strata);
	PG_RETURN_DATUM(replicate_design_row(fcinfo, type, stratum, strata,
										 PG_ARGISNULL(2) ? 0 : PG_GETARG_INT32(2),
										 PG_ARGISNULL(3) ? 0 : PG_GETARG_FLOAT8(3)));
}

/*
 * Arguments: type, survey design, replicates, fay_rho; the last two NULL where
 * left out. The design's strata are in the order svy_replicate_weights() takes
 * them in: bigint by value, text by its bytes.
 */
PARINDEX_FUNCTION(parindex_svy_replicate_design_of);
Datum
parindex_svy_replicate_design_of(PG_FUNCTION_ARGS)
{
	const survey_design *design;
	replicate_type type;
	sampled_of *stratum;
	int			strata = 0;

	require_argument(fcinfo, 0, "type");
	require_argument(fcinfo, 1, "design");
	type = parse_replicate_type(PG_GETARG_TEXT_PP(0));
	design = survey_design_argument(PG_GETARG_DATUM(1));
	stratum = palloc_extended(sizeof(sampled_of) * design->count, MCXT_ALLOC_HUGE);
	for (int32 i = 0; i < design->count; i++)
		if (i == 0 || survey_table_record(design, i)->part[SURVEY_STRATUM] !=
			survey_table_record(design, i - 1)->part[SURVEY_STRATUM])
			stratum[strata++] = survey_design_counts(design, i)->psus;
	PG_RETURN_DATUM(replicate_design_row(fcinfo, type, stratum, strata,
										 PG_ARGISNULL(2) ? 0 : PG_GETARG_INT32(2),
										 PG_ARGISNULL(3) ? 0 : PG_GETARG_FLOAT8(3)));
}

static Datum
required_attribute(HeapTupleHeader tuple, const char *name)
{
	bool		isnull;
	Datum		value = GetAttributeByName(tuple, name, &isnull);

	if (isnull)
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("\"%s\" of a replicate design is NULL", name)));
	return value;
}

static double
check_scale(double scale, const char *name)
{
	if (!(scale >= 0) || isinf(scale))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s of a replicate design cannot be %s", name, float8out_internal(scale))));
	return scale;
}

/* rscales NULL: all 1. df NULL: unknown. Anyone may have made the value. */
void
read_replicate_design(HeapTupleHeader tuple, replicate_design *design)
{
	bool		isnull;
	Datum		value;

	design->replicates = DatumGetInt32(required_attribute(tuple, "replicates"));
	if (design->replicates < 2 || design->replicates > MOST_REPLICATES)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the number of replicates cannot be %d", design->replicates),
				 errdetail("It must be from 2 to %d.", MOST_REPLICATES)));
	design->scale = check_scale(DatumGetFloat8(required_attribute(tuple, "scale")), "scale");
	design->rscale = palloc(sizeof(double) * design->replicates);
	value = GetAttributeByName(tuple, "rscales", &isnull);
	if (!isnull && plain_list(DatumGetArrayTypeP(value), "rscales") != design->replicates)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("rscales of a replicate design must be a list of %d, one of each replicate",
						design->replicates)));
	for (int r = 0; r < design->replicates; r++)
		design->rscale[r] = isnull ? 1 :
			check_scale(((const double *) ARR_DATA_PTR(DatumGetArrayTypeP(value)))[r], "rscales");
	value = GetAttributeByName(tuple, "df", &isnull);
	design->df = isnull ? INFINITY : DatumGetInt32(value);
	if (design->df < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("df of a replicate design cannot be %d", DatumGetInt32(value))));
}

bool
replicate_design_is_census(const replicate_design *design)
{
	for (int r = 0; r < design->replicates; r++)
		if (design->rscale[r] * design->scale > 0)
			return false;
	return true;
}

static double
check_estimate(double estimate)
{
	if (!isfinite(estimate))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("estimate %s is not a finite number", float8out_internal(estimate)),
				 errhint("Give NULL for a replicate without an estimate.")));
	return estimate;
}

/* Arguments: replicate estimates, design, estimate; the last may be NULL. */
PARINDEX_FUNCTION(parindex_svy_replicate_se);
Datum
parindex_svy_replicate_se(PG_FUNCTION_ARGS)
{
	replicate_design design;
	ArrayType  *array;
	Datum	   *element;
	bool	   *isnull;
	int			count;
	int			used;
	double	   *replicate;
	double		variance;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		PG_RETURN_NULL();
	array = PG_GETARG_ARRAYTYPE_P(0);
	read_replicate_design(PG_GETARG_HEAPTUPLEHEADER(1), &design);
	deconstruct_array(array, FLOAT8OID, sizeof(float8), FLOAT8PASSBYVAL, TYPALIGN_DOUBLE,
					  &element, &isnull, &count);
	if (ARR_NDIM(array) != 1 || count != design.replicates)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("estimates must be a list of %d, one of each replicate", design.replicates)));
	replicate = palloc(sizeof(double) * count);
	for (int r = 0; r < count; r++)
		replicate[r] = isnull[r] ? NAN : check_estimate(DatumGetFloat8(element[r]));
	variance = replicate_variance(replicate, design.rscale, count, design.scale,
								  PG_ARGISNULL(2) ? NAN : check_estimate(PG_GETARG_FLOAT8(2)), &used);
	if (isnan(variance))
		PG_RETURN_NULL();
	if (isinf(variance))
		float_overflow_error();
	PG_RETURN_FLOAT8(sqrt(variance));
}
