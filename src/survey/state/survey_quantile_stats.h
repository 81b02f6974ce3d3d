/*
 * survey_quantile_stats.h
 *	  The state behind survey_quantile_stats: weights by sampling unit and value.
 *
 * It is a survey_stats (survey_state.h) of finer cells: in the key the value
 * stands where the second-stage unit would, though it is no name and levels
 * does not count it. Its one variable is the weight itself, so that a cell has
 * the exact sums of w and of w * w, the latter for the weight of one of its
 * rows; the products in the head stay zero. Hence adding, merging and the
 * canonical form are those of survey_stats, and the size goes with the number
 * of distinct (stratum, PSU, value).
 */
#ifndef PARINDEX_SURVEY_QUANTILE_STATS_H
#define PARINDEX_SURVEY_QUANTILE_STATS_H

#include "survey/state/survey_state.h"

/* The part of a key that holds the value. */
#define SURVEY_VALUE SURVEY_SSU

/* A finite value as an integer of the same order; -0 is 0. */
static inline int64
survey_value_part(double value)
{
	int64		bits;

	value += 0.0;
	memcpy(&bits, &value, sizeof(bits));
	return bits < 0 ? bits ^ PG_INT64_MAX : bits;
}

static inline double
survey_part_value(int64 part)
{
	double		value;

	if (part < 0)
		part ^= PG_INT64_MAX;
	memcpy(&value, &part, sizeof(value));
	return value;
}

static inline double
survey_cell_value(const survey_stats *stats, int32 cell)
{
	return survey_part_value(survey_cell_key(stats, cell)->part[SURVEY_VALUE]);
}

/* Weight a single row of the cell has: exactly that where all have the same, else a mean. */
extern double survey_cell_row_weight(const survey_stats *stats, int32 cell);

#endif							/* PARINDEX_SURVEY_QUANTILE_STATS_H */
