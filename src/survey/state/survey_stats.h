/*
 * survey_stats.h
 *	  What the transitions of all survey states have in common. Their arguments
 *	  are the state, an answer, its weight, and the keys of its sampling unit.
 */
#ifndef PARINDEX_SURVEY_STATS_H
#define PARINDEX_SURVEY_STATS_H

#include "survey/state/survey_state.h"

/* Of a row that has an answer; errors 22004, 22023. */
extern double survey_row_answer(FunctionCallInfo fcinfo);
extern double survey_row_weight(FunctionCallInfo fcinfo);

/* What a row that is left out makes of the state. */
extern Datum survey_state_as_it_was(FunctionCallInfo fcinfo);

/* The working state to add to, of such keys and so many variables. */
extern survey_stats *survey_state_to_add_to(FunctionCallInfo fcinfo, int levels, bool text_keys,
											int variables);

#endif							/* PARINDEX_SURVEY_STATS_H */
