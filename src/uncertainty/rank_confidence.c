/*
 * rank_confidence.c
 *	  rank_confidence(unit, estimate, se | covariance, …), its aggregate, and
 *	  rank_tau_sets(): confidence sets for ranks as rows.
 */
#include "postgres.h"
#include "base/compat.h"
#include "fmgr.h"

#include "access/htup_details.h"
#include "base/aggregate_context.h"
#include "base/arguments/argument_checks.h"
#include "base/result_column.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "uncertainty/rank_estimates.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/tuplestore.h"
#include "utils/typcache.h"

/* The columns of the type rank_set. */
enum
{
	UNIT, ESTIMATE, SE, RANK, RANK_LOW, RANK_HIGH, STEPS, CRITICAL_FIRST, CRITICAL_VALUE,
	CRITICAL_ERROR, MARGIN, DRAWS, ERRORS, STATUS, COLUMNS
};

/* 0 where it is NULL. */
static int
draws_argument(FunctionCallInfo fcinfo, int argument)
{
	return PG_ARGISNULL(argument) ? 0 : check_rank_draws(PG_GETARG_INT32(argument));
}

/* Settings from argument `first` on: level, kind, side, stepdown, draws, seed. */
static void
read_settings(FunctionCallInfo fcinfo, int first, rank_settings *settings)
{
	require_argument(fcinfo, first, "level");
	require_argument(fcinfo, first + 1, "kind");
	require_argument(fcinfo, first + 2, "side");
	require_argument(fcinfo, first + 3, "stepdown");
	require_argument(fcinfo, first + 5, "seed");
	settings->level = PG_GETARG_FLOAT8(first);
	settings->simultaneous = parse_rank_kind(PG_GETARG_TEXT_PP(first + 1));
	settings->side = parse_rank_side(PG_GETARG_TEXT_PP(first + 2));
	settings->stepdown = PG_GETARG_BOOL(first + 3);
	settings->draws = draws_argument(fcinfo, first + 4);
	settings->seed = PG_GETARG_INT64(first + 5);
	check_level(settings->level);
}

static ArrayType *
array_argument(FunctionCallInfo fcinfo, int argument)
{
	return PG_ARGISNULL(argument) ? NULL : PG_GETARG_ARRAYTYPE_P(argument);
}

/* The row of the i-th unit given, in the columns of rank_set. */
static void
put_set(const rank_estimates *estimates, const rank_result *result, int i, Datum *value, bool *null)
{
	const rank_set *set = &result->set[i];
	bool		is_out = estimates->status[i] != RANK_OK;

	memset(null, is_out, COLUMNS);
	null[UNIT] = null[ERRORS] = null[STATUS] = false;
	value[UNIT] = PointerGetDatum(estimates->unit[i]);
	put_float8(estimates->estimate[i], &value[ESTIMATE], &null[ESTIMATE]);
	put_float8(estimates->error[i], &value[SE], &null[SE]);
	value[ERRORS] = CStringGetTextDatum(estimates->has_covariance ? "covariance" : "independent");
	value[STATUS] = CStringGetTextDatum(rank_status_name(estimates->status[i]));
	if (is_out)
		return;
	value[RANK] = Int32GetDatum(set->rank);
	value[RANK_LOW] = Int32GetDatum(set->low);
	value[RANK_HIGH] = Int32GetDatum(set->high);
	value[STEPS] = Int32GetDatum(set->steps);
	put_float8(set->critical_first, &value[CRITICAL_FIRST], &null[CRITICAL_FIRST]);
	put_float8(set->critical_last, &value[CRITICAL_VALUE], &null[CRITICAL_VALUE]);
	put_float8(set->critical_error, &value[CRITICAL_ERROR], &null[CRITICAL_ERROR]);
	put_float8(set->margin, &value[MARGIN], &null[MARGIN]);
	value[DRAWS] = Int32GetDatum(result->draws);
}

/* (unit, estimate, se, covariance, level, kind, side, stepdown, draws, seed) */
PARINDEX_FUNCTION(parindex_rank_confidence);
Datum
parindex_rank_confidence(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rows = (ReturnSetInfo *) fcinfo->resultinfo;
	rank_settings settings;
	rank_estimates estimates;
	rank_result result;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	read_settings(fcinfo, 4, &settings);
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		return (Datum) 0;
	read_rank_estimates(PG_GETARG_ARRAYTYPE_P(0), PG_GETARG_ARRAYTYPE_P(1),
						array_argument(fcinfo, 2), array_argument(fcinfo, 3), &estimates);
	rank_sets_of(&estimates, &settings, &result);
	for (int i = 0; i < estimates.given; i++)
	{
		Datum		value[COLUMNS];
		bool		null[COLUMNS];

		CHECK_FOR_INTERRUPTS();
		put_set(&estimates, &result, i, value, null);
		tuplestore_putvalues(rows->setResult, rows->setDesc, value, null);
	}
	return (Datum) 0;
}

/* (unit, estimate, tau, se, covariance, level, stepdown, draws, seed) */
PARINDEX_FUNCTION(parindex_rank_tau_sets);
Datum
parindex_rank_tau_sets(PG_FUNCTION_ARGS)
{
	enum {OF_UNIT, OF_ESTIMATE, OF_SE, OF_RANK, IN_BEST, IN_WORST, LOW, HIGH, STEP_COUNT, CRITICAL,
		CRITICAL_SE, OF_MARGIN, OF_DRAWS, KIND_OF_ERRORS, OF_STATUS, TAU_COLUMNS};
	ReturnSetInfo *rows = (ReturnSetInfo *) fcinfo->resultinfo;
	rank_settings settings = {.simultaneous = true, .side = RANK_TWO_SIDED};
	rank_estimates estimates;
	rank_result result;
	int			tau;

	InitMaterializedSRF(fcinfo, 0);
	require_argument(fcinfo, 2, "tau");
	require_argument(fcinfo, 5, "level");
	require_argument(fcinfo, 6, "stepdown");
	require_argument(fcinfo, 8, "seed");
	tau = PG_GETARG_INT32(2);
	settings.level = PG_GETARG_FLOAT8(5);
	settings.stepdown = PG_GETARG_BOOL(6);
	settings.draws = draws_argument(fcinfo, 7);
	settings.seed = PG_GETARG_INT64(8);
	check_level(settings.level);
	if (tau < 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("tau %d is not valid", tau),
				 errdetail("It is the number of places, at least 1.")));
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		return (Datum) 0;
	read_rank_estimates(PG_GETARG_ARRAYTYPE_P(0), PG_GETARG_ARRAYTYPE_P(1),
						array_argument(fcinfo, 3), array_argument(fcinfo, 4), &estimates);
	rank_sets_of(&estimates, &settings, &result);
	for (int i = 0; i < estimates.given; i++)
	{
		const rank_set *set = &result.set[i];
		bool		is_out = estimates.status[i] != RANK_OK;
		Datum		from[COLUMNS];
		bool		from_null[COLUMNS];
		Datum		value[TAU_COLUMNS];
		bool		null[TAU_COLUMNS];
		static const int column[TAU_COLUMNS] = {UNIT, ESTIMATE, SE, RANK, -1, -1, RANK_LOW, RANK_HIGH, STEPS,
		CRITICAL_VALUE, CRITICAL_ERROR, MARGIN, DRAWS, ERRORS, STATUS};

		CHECK_FOR_INTERRUPTS();
		put_set(&estimates, &result, i, from, from_null);
		for (int c = 0; c < TAU_COLUMNS; c++)
			if (column[c] >= 0)
			{
				value[c] = from[column[c]];
				null[c] = from_null[column[c]];
			}
		null[IN_BEST] = null[IN_WORST] = is_out;
		if (!is_out)
		{
			value[IN_BEST] = BoolGetDatum(set->low <= tau);
			value[IN_WORST] = BoolGetDatum(set->high > estimates.n - tau);
		}
		tuplestore_putvalues(rows->setResult, rows->setDesc, value, null);
	}
	return (Datum) 0;
}

/* ---------- the aggregate ---------- */

/* State: what the arrays of rank_confidence() would be, and the settings. */
typedef struct collected_estimates
{
	rank_settings settings;
	ArrayBuildState *unit;
	ArrayBuildState *estimate;
	ArrayBuildState *se;
} collected_estimates;

static bool
same_settings(const rank_settings *a, const rank_settings *b)
{
	return a->level == b->level && a->simultaneous == b->simultaneous && a->side == b->side &&
		a->stepdown == b->stepdown && a->draws == b->draws && a->seed == b->seed;
}

/* (state, unit, estimate, se [, level, kind, side, stepdown, draws, seed]) */
PARINDEX_FUNCTION(parindex_rank_confidence_add);
Datum
parindex_rank_confidence_add(PG_FUNCTION_ARGS)
{
	collected_estimates *state = PG_ARGISNULL(0) ? NULL : (collected_estimates *) PG_GETARG_POINTER(0);
	rank_settings settings = {.level = 0.95, .side = RANK_TWO_SIDED, .stepdown = true};
	MemoryContext context;

	if (!AggCheckCallContext(fcinfo, &context))
		outside_aggregate();
	if (PG_NARGS() > 4)
		read_settings(fcinfo, 4, &settings);
	if (PG_ARGISNULL(1))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("a unit is NULL")));
	if (state == NULL)
	{
		state = MemoryContextAlloc(context, sizeof(collected_estimates));
		state->settings = settings;
		state->unit = initArrayResult(TEXTOID, context, false);
		state->estimate = initArrayResult(FLOAT8OID, context, false);
		state->se = initArrayResult(FLOAT8OID, context, false);
	}
	else if (!same_settings(&settings, &state->settings))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("settings of rank_confidence_agg() must be the same for all rows of a group")));
	state->unit = accumArrayResult(state->unit, PG_GETARG_DATUM(1), false, TEXTOID, context);
	state->estimate = accumArrayResult(state->estimate, PG_ARGISNULL(2) ? (Datum) 0 : PG_GETARG_DATUM(2),
									   PG_ARGISNULL(2), FLOAT8OID, context);
	state->se = accumArrayResult(state->se, PG_ARGISNULL(3) ? (Datum) 0 : PG_GETARG_DATUM(3),
								 PG_ARGISNULL(3), FLOAT8OID, context);
	PG_RETURN_POINTER(state);
}

/* Rows in the order of units' bytes, so that the order of rows met does not matter. */
PARINDEX_FUNCTION(parindex_rank_confidence_final);
Datum
parindex_rank_confidence_final(PG_FUNCTION_ARGS)
{
	Oid			row_type = get_element_type(get_func_rettype(fcinfo->flinfo->fn_oid));
	collected_estimates *state;
	rank_estimates estimates;
	rank_result result;
	TupleDesc	columns;
	Datum	   *row;
	int		   *place;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	state = (collected_estimates *) PG_GETARG_POINTER(0);
	read_rank_estimates(DatumGetArrayTypeP(makeArrayResult(state->unit, CurrentMemoryContext)),
						DatumGetArrayTypeP(makeArrayResult(state->estimate, CurrentMemoryContext)),
						DatumGetArrayTypeP(makeArrayResult(state->se, CurrentMemoryContext)), NULL, &estimates);
	rank_sets_of(&estimates, &state->settings, &result);
	place = palloc_extended(sizeof(int) * estimates.given, MCXT_ALLOC_HUGE);
	row = palloc_extended(sizeof(Datum) * estimates.given, MCXT_ALLOC_HUGE);
	for (int i = 0; i < estimates.given; i++)
		place[i] = i;
	sort_rank_units(estimates.unit, place, estimates.given);
	columns = lookup_rowtype_tupdesc(row_type, -1);
	for (int i = 0; i < estimates.given; i++)
	{
		Datum		value[COLUMNS];
		bool		null[COLUMNS];

		CHECK_FOR_INTERRUPTS();
		put_set(&estimates, &result, place[i], value, null);
		row[i] = HeapTupleGetDatum(heap_form_tuple(columns, value, null));
	}
	ReleaseTupleDesc(columns);
	PG_RETURN_ARRAYTYPE_P(construct_array(row, estimates.given, row_type, -1, false, TYPALIGN_DOUBLE));
}
