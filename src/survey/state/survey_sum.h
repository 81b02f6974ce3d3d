/*
 * survey_sum.h
 *	  Exact sums of survey states as text and on the wire, and what their
 *	  input functions build states from.
 *
 * On the wire: int16 base in units of 32 bits, int16 number of limbs, limbs of
 * the shortest two's-complement integer as int64, most significant first.
 */
#ifndef PARINDEX_SURVEY_SUM_H
#define PARINDEX_SURVEY_SUM_H

#include "base/forms/text_reader.h"
#include "survey/state/survey_state.h"

/* A sum from outside, in a window as wide as there are. */
typedef struct survey_sum
{
	int			limbs;
	int			base;
	uint64		limb[EXACT_MAX_LIMBS];
} survey_sum;

/* Errors say what is wrong with a value of the type; the text's where. */
extern void survey_parse_sum(text_reader *reader, survey_sum *sum);
extern void survey_recv_sum(StringInfo message, const char *type, survey_sum *sum);
extern void survey_send_sum(StringInfo out, survey_window window);

/* Least bytes of a sum in a message. */
#define SURVEY_SUM_WIRE_SIZE (2 * sizeof(int16))

pg_noreturn extern void survey_invalid_value(const char *type, int sqlstate, const char *problem);

/* Add to the state under construction a cell that is not there yet ... */
extern int32 survey_new_cell(survey_stats **stats, const survey_key *key, const char *type,
							 int sqlstate);

/* ... and a sum to one of its windows, as survey_stats_add_window() does. */
static inline void
survey_add_sum(survey_stats **stats, int32 cell, int which, const survey_sum *sum)
{
	survey_stats_add_window(stats, cell, which, sum->limb, sum->limbs, sum->base);
}

#endif							/* PARINDEX_SURVEY_SUM_H */
