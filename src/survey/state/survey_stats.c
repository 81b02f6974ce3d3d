/*
 * survey_stats.c
 *	  Transition, combine and final functions of the aggregates that make
 *	  survey_stats and survey_cov_stats, and their plain accessors.
 */
#include "postgres.h"
#include "survey/state/survey_stats.h"

#include "base/aggregate_context.h"
#include "survey/state/survey_table_io.h"
#include "utils/array.h"
#include "utils/float.h"

/* The arguments of a transition that name the row's sampling unit. */
static const int key_argument[SURVEY_LEVELS] = {3, 4, 5};

/* ---------- what a row may be ---------- */

static pg_noinline void
weight_error(FunctionCallInfo fcinfo)
{
	if (PG_ARGISNULL(2))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("weight of an answer is NULL"),
				 errhint("Give every respondent a weight, or leave the row out with FILTER (WHERE weight IS NOT NULL).")));
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("weight %s of an answer is not valid",
					float8out_internal(PG_GETARG_FLOAT8(2))),
			 errdetail("A weight must be a finite number, not below zero.")));
}

static pg_noinline void
answer_error(double y)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("answer is not finite: %s", float8out_internal(y)),
			 errhint("Leave a missing answer NULL.")));
}

double
survey_row_answer(FunctionCallInfo fcinfo)
{
	double		y = PG_GETARG_FLOAT8(1);

	if (!double_is_finite(y))
		answer_error(y);
	return y;
}

double
survey_row_weight(FunctionCallInfo fcinfo)
{
	double		weight = PG_GETARG_FLOAT8(2);

	if (unlikely(PG_ARGISNULL(2) || !(weight >= 0) || !double_is_finite(weight)))
		weight_error(fcinfo);
	return weight;
}

Datum
survey_state_as_it_was(FunctionCallInfo fcinfo)
{
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	return PG_GETARG_DATUM(0);
}

/* It is not the aggregate's own where a role built another aggregate on the transition. */
survey_stats *
survey_state_to_add_to(FunctionCallInfo fcinfo, int levels, bool text_keys, int variables)
{
	survey_stats *stats;

	if (PG_ARGISNULL(0))
		return survey_stats_new(levels, text_keys, variables);
	stats = PG_GETARG_SURVEY_STATS_P(0);
	if (stats->n == 0)
		return survey_stats_new(levels, text_keys, variables);
	if (stats->variables != variables)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("row has %d answers where others have %d", variables, stats->variables),
				 errhint("Give every row an array of the same length; a missing answer is a NULL element.")));
	if (stats->table.levels != levels || survey_table_has_text(&stats->table) != text_keys)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("survey state has keys of another kind than the row")));
	return survey_stats_working(stats);
}

/* ---------- one answer ---------- */

/*
 * Add a row where all is ordinary: the state has rows and is of the widths it
 * started with, and each window holds its addend. False, and no sum changed,
 * otherwise; survey_stats_add() then does it.
 */
static pg_attribute_always_inline bool
add_fast(survey_stats **state, const survey_key *key, const bool boolean, double y, double w)
{
	const int	w_offset = MAXALIGN(1 + 1);
	survey_stats *stats = *state;
	double_parts pw = split_double(w);
	double_parts py = boolean ? (double_parts) {1, 0, false} : split_double(y);
	px_uint128	wy = (px_uint128) pw.mantissa * py.mantissa;
	uint64		sign = py.negative ? ~UINT64CONST(0) : 0;
	const int	y_words = boolean ? 1 : 2;
	const int	y_bits = boolean ? 53 : 106;
	const int	p_words = boolean ? 1 : 3;
	const int	p_bits = boolean ? 53 : 159;
	uint64		word[3];
	survey_key *record;
	int8	   *base;
	uint64	   *w_limb;
	uint64	   *y_limb;
	uint64	   *p_limb;
	int			w_shift;
	int			y_shift;
	int			p_shift;

	/* Rows, but not so many that another could not be counted. */
	if (unlikely((uint64) stats->n - 1 >= PG_INT64_MAX - 1 || stats->variables != 1 || stats->w_limbs != SURVEY_W_LIMBS ||
				 stats->y_limbs != SURVEY_Y_LIMBS || stats->p_limbs != SURVEY_P_LIMBS))
		return false;
	record = survey_table_record(&stats->table, stats->table.last);
	if (!survey_keys_equal(record, key))
	{
		int32		cell = survey_stats_cell(state, key);

		stats = *state;
		record = survey_table_record(&stats->table, cell);
	}

	base = (int8 *) (record + 1);
	w_limb = (uint64 *) (base + w_offset);
	y_limb = w_limb + SURVEY_W_LIMBS;
	p_limb = (uint64 *) (stats->base + MAXALIGN(1));
	w_shift = pw.exponent - base[0] * EXACT_BASE_BITS;
	y_shift = pw.exponent + py.exponent - base[1] * EXACT_BASE_BITS;
	p_shift = pw.exponent + 2 * py.exponent - stats->base[0] * EXACT_BASE_BITS;
	if (unlikely(!exact_sum_fits(w_limb, SURVEY_W_LIMBS, w_shift, 53)))
		return false;
	if (boolean ? y != 0 : wy != 0)
	{
		px_uint128	low;
		px_uint128	high;

		if (unlikely(!exact_sum_fits(y_limb, SURVEY_Y_LIMBS, y_shift, y_bits) ||
					 !exact_sum_fits(p_limb, SURVEY_P_LIMBS, p_shift, p_bits)))
			return false;
		word[0] = (uint64) wy;
		word[1] = (uint64) (wy >> 64);
		exact_sum_add_fast(y_limb, SURVEY_Y_LIMBS, y_shift, word, y_words, sign);
		low = (px_uint128) word[0] * py.mantissa;
		high = (px_uint128) word[1] * py.mantissa + (uint64) (low >> 64);
		word[0] = (uint64) low;
		word[1] = (uint64) high;
		word[2] = (uint64) (high >> 64);
		exact_sum_add_fast(p_limb, SURVEY_P_LIMBS, p_shift, word, p_words, 0);
	}
	exact_sum_add_fast(w_limb, SURVEY_W_LIMBS, w_shift, &pw.mantissa, 1, 0);
	stats->n++;
	return true;
}

/*
 * (state, y, weight, stratum, psu [, ssu]) -> state with the row. The
 * constants make each caller's code its own.
 */
static pg_attribute_always_inline Datum
add_row(FunctionCallInfo fcinfo, const bool boolean, const bool text_keys, const int levels)
{
	survey_stats *stats = (survey_stats *) DatumGetPointer(PG_GETARG_DATUM(0));
	survey_key	key = {{0}};
	double		y;
	double		w;

	check_aggregate_context(fcinfo);
	if (PG_ARGISNULL(1))
		return survey_state_as_it_was(fcinfo);
	y = boolean ? PG_GETARG_BOOL(1) : PG_GETARG_FLOAT8(1);
	w = survey_row_weight(fcinfo);
	if (unlikely(!boolean && !double_is_finite(y)))
		answer_error(y);
	if (w == 0)
		return survey_state_as_it_was(fcinfo);

	if (unlikely(PG_ARGISNULL(0) || VARATT_IS_EXTENDED(stats) ||
				 stats->table.flags != (SURVEY_TABLE_WORKING | (text_keys ? SURVEY_TABLE_TEXT_KEYS : 0)) ||
				 stats->table.levels != levels))
		stats = survey_state_to_add_to(fcinfo, levels, text_keys, 1);
	if (text_keys || unlikely(PG_ARGISNULL(3) || PG_ARGISNULL(4) || (levels > 2 && PG_ARGISNULL(5))))
	{
		survey_table *table = &stats->table;

		survey_key_arguments(fcinfo, key_argument, &table, &key);
		stats = (survey_stats *) table;
	}
	else
		for (int i = 0; i < levels; i++)
			key.part[i] = PG_GETARG_INT64(3 + i);

	if (unlikely(!add_fast(&stats, &key, boolean, y, w)))
	{
		if (unlikely(stats->variables != 1))
			stats = survey_state_to_add_to(fcinfo, levels, text_keys, 1);
		survey_stats_add(&stats, &key, &y, w);
	}
	PG_RETURN_POINTER(stats);
}

#define ADD_FUNCTION(name, boolean, text_keys, levels) \
PARINDEX_FUNCTION(name); \
Datum \
name(PG_FUNCTION_ARGS) \
{ \
	return add_row(fcinfo, boolean, text_keys, levels); \
}

ADD_FUNCTION(parindex_survey_stats_add, false, false, 2)
ADD_FUNCTION(parindex_survey_stats_add_two_stages, false, false, 3)
ADD_FUNCTION(parindex_survey_stats_add_text, false, true, 2)
ADD_FUNCTION(parindex_survey_stats_add_text_two_stages, false, true, 3)
ADD_FUNCTION(parindex_survey_stats_add_boolean, true, false, 2)
ADD_FUNCTION(parindex_survey_stats_add_boolean_two_stages, true, false, 3)
ADD_FUNCTION(parindex_survey_stats_add_boolean_text, true, true, 2)
ADD_FUNCTION(parindex_survey_stats_add_boolean_text_two_stages, true, true, 3)

/* ---------- several answers ---------- */

/*
 * The answers of an array, or NULL where one is missing. *count gets their
 * number.
 */
static const double *
array_answers(ArrayType *array, int *count)
{
	const double *y = (const double *) ARR_DATA_PTR(array);

	*count = ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array));
	if (ARR_NDIM(array) != 1 || *count > SURVEY_MAX_VARIABLES)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("array of answers has %d dimensions and %d elements", ARR_NDIM(array), *count),
				 errdetail("It must have one dimension, and 1 to %d elements.", SURVEY_MAX_VARIABLES)));
	if (array_contains_nulls(array))
		return NULL;
	for (int i = 0; i < *count; i++)
		if (!double_is_finite(y[i]))
			answer_error(y[i]);
	return y;
}

static Datum
add_array(FunctionCallInfo fcinfo, bool text_keys, int levels)
{
	survey_stats *stats;
	survey_table *table;
	survey_key	key;
	const double *y = NULL;
	int			variables;
	double		w = 0;

	check_aggregate_context(fcinfo);
	if (!PG_ARGISNULL(1))
		y = array_answers(PG_GETARG_ARRAYTYPE_P(1), &variables);
	if (y != NULL)
		w = survey_row_weight(fcinfo);
	if (w == 0)
		return survey_state_as_it_was(fcinfo);
	stats = survey_state_to_add_to(fcinfo, levels, text_keys, variables);
	table = &stats->table;
	survey_key_arguments(fcinfo, key_argument, &table, &key);
	stats = (survey_stats *) table;
	survey_stats_add(&stats, &key, y, w);
	PG_RETURN_POINTER(stats);
}

#define ADD_ARRAY_FUNCTION(name, text_keys, levels) \
PARINDEX_FUNCTION(name); \
Datum \
name(PG_FUNCTION_ARGS) \
{ \
	return add_array(fcinfo, text_keys, levels); \
}

ADD_ARRAY_FUNCTION(parindex_survey_cov_stats_add, false, 2)
ADD_ARRAY_FUNCTION(parindex_survey_cov_stats_add_two_stages, false, 3)
ADD_ARRAY_FUNCTION(parindex_survey_cov_stats_add_text, true, 2)
ADD_ARRAY_FUNCTION(parindex_survey_cov_stats_add_text_two_stages, true, 3)

/* ---------- both ---------- */

/* Combine function, and transition of rollup(); the second is only read. */
PARINDEX_FUNCTION(parindex_survey_stats_merge);
Datum
parindex_survey_stats_merge(PG_FUNCTION_ARGS)
{
	Datum		kept;

	if (!both_states(fcinfo, &kept))
		return kept;
	PG_RETURN_POINTER(survey_stats_merge(PG_GETARG_SURVEY_STATS_P(0), PG_GETARG_SURVEY_STATS_P(1)));
}

PARINDEX_FUNCTION(parindex_survey_stats_final);
Datum
parindex_survey_stats_final(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(0))
		PG_RETURN_POINTER(survey_stats_empty());
	PG_RETURN_POINTER(survey_stats_canonical(PG_GETARG_SURVEY_STATS_P(0)));
}
