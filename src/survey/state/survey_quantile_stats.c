/*
 * survey_quantile_stats.c
 *	  Transition function of the aggregates that make survey_quantile_stats.
 *	  Combine and final functions are those of survey_stats.
 */
#include "postgres.h"
#include "survey/state/survey_quantile_stats.h"

#include "base/aggregate_context.h"
#include "survey/state/survey_stats.h"
#include "survey/state/survey_table_io.h"

/* The arguments of a transition that name the row's sampling unit. */
static const int key_argument[] = {3, 4};

/* Add w * factor to a cell's sum. */
static void
add_weight(survey_stats **stats, int32 cell, int variable, double w, double factor)
{
	exact_total product;

	exact_total_init(&product);
	exact_total_add_product(&product, w, factor);
	survey_stats_add_window(stats, cell, variable, product.limb, product.limbs, product.base);
}

/* (state, y, weight, stratum, psu) -> state with the row */
static Datum
add_row(FunctionCallInfo fcinfo, bool text_keys)
{
	survey_stats *stats;
	survey_table *table;
	survey_key	key;
	double		y;
	double		w = 0;
	int32		cell;

	check_aggregate_context(fcinfo);
	if (!PG_ARGISNULL(1))
	{
		y = survey_row_answer(fcinfo);
		w = survey_row_weight(fcinfo);
	}
	if (w == 0)
		return survey_state_as_it_was(fcinfo);

	stats = survey_state_to_add_to(fcinfo, SURVEY_PSU + 1, text_keys, 1);
	table = &stats->table;
	survey_key_arguments(fcinfo, key_argument, &table, &key);
	key.part[SURVEY_VALUE] = survey_value_part(y);
	cell = survey_table_find(table, &key);
	if (cell < 0)
		cell = survey_table_insert(&table, &key);
	stats = (survey_stats *) table;
	survey_stats_count(stats, 1);
	add_weight(&stats, cell, -1, w, 1);
	add_weight(&stats, cell, 0, w, w);
	PG_RETURN_POINTER(stats);
}

PARINDEX_FUNCTION(parindex_survey_quantile_stats_add);
Datum
parindex_survey_quantile_stats_add(PG_FUNCTION_ARGS)
{
	return add_row(fcinfo, false);
}

PARINDEX_FUNCTION(parindex_survey_quantile_stats_add_text);
Datum
parindex_survey_quantile_stats_add_text(PG_FUNCTION_ARGS)
{
	return add_row(fcinfo, true);
}

double
survey_cell_row_weight(const survey_stats *stats, int32 cell)
{
	exact_integer squares;
	exact_integer weights;

	survey_cell_sum(stats, cell, 0, &squares);
	survey_cell_sum(stats, cell, -1, &weights);
	return exact_ratio_round(&squares, &weights);
}
