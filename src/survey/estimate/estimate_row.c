/*
 * estimate_row.c
 *	  What the functions that estimate take and return: estimate_row.h.
 */
#include "postgres.h"
#include "survey/estimate/estimate_row.h"

#include "base/arguments/argument_checks.h"
#include "base/arguments/choice.h"
#include "base/result_column.h"
#include "funcapi.h"
#include "utils/builtins.h"

static const char *
status_name(estimate_status status)
{
	static const choice names[] = {
		{"ok", ESTIMATE_OK},
		{"census", ESTIMATE_CENSUS},
		{"no_answers", ESTIMATE_NO_ANSWERS},
		{"no_denominator", ESTIMATE_NO_DENOMINATOR},
		{"one_respondent", ESTIMATE_ONE_RESPONDENT},
		{"one_psu", ESTIMATE_ONE_PSU},
		{"lonely_psus", ESTIMATE_LONELY_PSUS},
		{"no_variation", ESTIMATE_NO_VARIATION},
		{"no_df", ESTIMATE_NO_DF},
		{NULL, 0}
	};

	return choice_name(names, status);
}

lonely_rule
parse_lonely_rule(const text *name)
{
	static const choice rules[] = {
		{"fail", LONELY_FAIL},
		{"remove", LONELY_REMOVE},
		{"certainty", LONELY_CERTAINTY},
		{"adjust", LONELY_ADJUST},
		{"average", LONELY_AVERAGE},
		{NULL, 0}
	};

	return choose(name, "rule for lonely sampling units", rules);
}

estimate_options
estimate_options_arguments(FunctionCallInfo fcinfo, int first)
{
	estimate_options options;

	options.level = check_level(PG_GETARG_FLOAT8(first));
	options.lonely = parse_lonely_rule(PG_GETARG_TEXT_PP(first + 1));
	options.df = parse_df_rule(PG_GETARG_TEXT_PP(first + 2));
	return options;
}

Datum
estimate_row(FunctionCallInfo fcinfo, const survey_estimate *result, bool with_deff)
{
	enum {ESTIMATE, SE, CI_LOW, CI_HIGH, N, N_PSU, DF, SHARED, MOST_COLUMNS = SHARED + 2};
	Datum		value[MOST_COLUMNS];
	bool		is_null[MOST_COLUMNS] = {false};
	int			columns = SHARED;
	TupleDesc	row;

	if (get_call_result_type(fcinfo, NULL, &row) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	put_float8(result->estimate, &value[ESTIMATE], &is_null[ESTIMATE]);
	put_float8(result->se, &value[SE], &is_null[SE]);
	put_float8(result->ci_low, &value[CI_LOW], &is_null[CI_LOW]);
	put_float8(result->ci_high, &value[CI_HIGH], &is_null[CI_HIGH]);
	value[N] = Int64GetDatum(result->n);
	value[N_PSU] = Int64GetDatum(result->n_psu);
	value[DF] = Int64GetDatum(result->df);
	if (result->t_df != (double) result->df)
		put_df(result->t_df, &value[DF], &is_null[DF]);
	if (with_deff)
	{
		put_float8(result->deff, &value[columns], &is_null[columns]);
		columns++;
	}
	value[columns++] = CStringGetTextDatum(status_name(result->status));
	Assert(row->natts == columns);
	return HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(row), value, is_null));
}
