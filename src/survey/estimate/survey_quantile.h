/*
 * survey_quantile.h
 *	  Weighted quantiles of a survey_quantile_stats.
 */
#ifndef PARINDEX_SURVEY_QUANTILE_H
#define PARINDEX_SURVEY_QUANTILE_H

#include "survey/state/survey_quantile_stats.h"

typedef enum quantile_rule
{
	QUANTILE_MATH,
	QUANTILE_SCHOOL,
	QUANTILE_HF7
} quantile_rule;

/* A cell, in the order of values and, of equal ones, of their keys. */
typedef struct quantile_cell
{
	double		value;
	double		weight;			/* of all its rows, rounded */
	int32		cell;
} quantile_cell;

typedef struct quantile_sample
{
	const survey_stats *stats;
	quantile_cell *cell;
	int32		cells;
	exact_integer weight;		/* of all rows */
	double		rounded_weight;
} quantile_sample;

/* Error 22023 for a name that none has. */
extern quantile_rule parse_quantile_rule(const text *name);

/* A canonical state with rows. */
extern void quantile_sample_open(quantile_sample *sample, const survey_stats *stats);

/* 0 <= p <= 1 */
extern double quantile_at(const quantile_sample *sample, quantile_rule rule, double p);

/* The share of the weight at or below a value. */
extern double quantile_share(const quantile_sample *sample, double value);

#endif							/* PARINDEX_SURVEY_QUANTILE_H */
