/*
 * survey_quantile.c
 *	  Weighted quantiles by three rules, those of svyquantile() in R's survey.
 *
 * With F(v) the share of the weight at or below v:
 *
 *	  math		the smallest value with F >= p, the inverse of F
 *	  school	the same, but midway to the next value where F = p
 *	  hf7		type 7 of Hyndman and Fan (The American Statistician 50, 1996)
 *				with weights: row i of the rows in order lies at the weight
 *				before it over the weight of all but the last row, and the
 *				quantile between rows is linear
 *
 * F is exact and rounded once, so that F = p is found where p is a decimal:
 * 0.1 is the share of one of ten equal weights. R's survey 4.1 takes the
 * second value for the first where p is below the first's share; this and
 * later versions do not (math).
 *
 * With hf7, which of several rows with equal values comes last matters where
 * their weights differ. They are taken in the order of stratum and PSU, as R
 * has them in data so sorted, which makes the result independent of the rows'
 * order; within a PSU the last one has the row weight of its cell.
 */
#include "postgres.h"
#include "survey/estimate/survey_quantile.h"

#include <math.h>

#include "base/arguments/choice.h"
#include "miscadmin.h"

/* A quotient of two rounded sums is at most so far from the rounded quotient, below 1. */
#define SHARE_ERROR 1e-15

quantile_rule
parse_quantile_rule(const text *name)
{
	static const choice rules[] = {
		{"math", QUANTILE_MATH},
		{"school", QUANTILE_SCHOOL},
		{"hf7", QUANTILE_HF7},
		{NULL, 0}
	};

	return choose(name, "rule for quantiles", rules);
}

static int
compare_cells(const void *a, const void *b)
{
	const quantile_cell *x = a;
	const quantile_cell *y = b;

	CHECK_FOR_INTERRUPTS();
	if (x->value != y->value)
		return x->value < y->value ? -1 : 1;
	return x->cell < y->cell ? -1 : x->cell > y->cell;
}

void
quantile_sample_open(quantile_sample *sample, const survey_stats *stats)
{
	int32		cells = survey_cell_count(stats);
	exact_integer weight;

	sample->stats = stats;
	sample->cells = cells;
	sample->cell = palloc_extended(sizeof(quantile_cell) * cells, MCXT_ALLOC_HUGE);
	for (int32 i = 0; i < cells; i++)
	{
		if ((i & 0xfff) == 0)
			CHECK_FOR_INTERRUPTS();
		survey_cell_sum(stats, i, -1, &weight);
		sample->cell[i].value = survey_cell_value(stats, i);
		sample->cell[i].weight = exact_integer_round(&weight);
		sample->cell[i].cell = i;
	}
	qsort(sample->cell, cells, sizeof(quantile_cell), compare_cells);
	survey_total_sum(stats, -1, &sample->weight);
	sample->rounded_weight = exact_integer_round(&sample->weight);
}

/* A walk over the distinct values, from the smallest. */
typedef struct quantile_walk
{
	const quantile_sample *sample;
	int32		last;			/* last cell with this value */
	exact_total total;			/* weight up to and with it */
} quantile_walk;

static void
walk_start(quantile_walk *walk, const quantile_sample *sample)
{
	walk->sample = sample;
	walk->last = -1;
	exact_total_init(&walk->total);
}

/* On to the next value; false after the last. */
static bool
walk_on(quantile_walk *walk)
{
	const quantile_sample *sample = walk->sample;
	int32		next = walk->last + 1;

	if (next == sample->cells)
		return false;
	do
	{
		survey_window window = survey_cell_window(sample->stats, sample->cell[next].cell, -1);

		CHECK_FOR_INTERRUPTS();
		exact_total_add_sum(&walk->total, window.limb, window.limbs, *window.base);
		walk->last = next++;
	} while (next < sample->cells && sample->cell[next].value == sample->cell[walk->last].value);
	return true;
}

static inline bool
walk_at_end(const quantile_walk *walk)
{
	return walk->last == walk->sample->cells - 1;
}

static inline double
walk_value(const quantile_walk *walk)
{
	return walk->sample->cell[walk->last].value;
}

static inline double
walk_next_value(const quantile_walk *walk)
{
	return walk->sample->cell[walk->last + 1].value;
}

static double
walk_weight(const quantile_walk *walk)
{
	exact_integer weight;

	exact_total_get(&walk->total, &weight);
	return exact_integer_round(&weight);
}

static double
walk_share(const quantile_walk *walk)
{
	exact_integer weight;

	exact_total_get(&walk->total, &weight);
	return exact_ratio_round(&weight, &walk->sample->weight);
}

/* Sign of the share so far less p. */
static int
walk_compare(const quantile_walk *walk, double p)
{
	double		share = walk_weight(walk) / walk->sample->rounded_weight;

	if (fabs(share - p) <= SHARE_ERROR)
		share = walk_share(walk);
	return (share > p) - (share < p);
}

/* Rules math and school. */
static double
inverse_share(const quantile_sample *sample, bool midway, double p)
{
	quantile_walk walk;
	int			order = -1;

	walk_start(&walk, sample);
	while (order < 0 && walk_on(&walk))
		order = walk_at_end(&walk) ? 1 : walk_compare(&walk, p);
	if (midway && order == 0)
		return walk_value(&walk) / 2 + walk_next_value(&walk) / 2;
	return walk_value(&walk);
}

static double
row_weight(const quantile_sample *sample, int32 i)
{
	return survey_cell_row_weight(sample->stats, sample->cell[i].cell);
}

/* Rule hf7. */
static double
interpolate_rows(const quantile_sample *sample, double p)
{
	double		target = p * (sample->rounded_weight - row_weight(sample, sample->cells - 1));
	quantile_walk walk;

	/* The last row of a value lies its weight before the first of the next. */
	walk_start(&walk, sample);
	while (walk_on(&walk) && !walk_at_end(&walk))
	{
		double		next_row = walk_weight(&walk);

		if (next_row >= target)
		{
			double		part = 1 - (next_row - target) / row_weight(sample, walk.last);

			if (part <= 0)
				break;
			return (1 - part) * walk_value(&walk) + part * walk_next_value(&walk);
		}
	}
	return walk_value(&walk);
}

double
quantile_at(const quantile_sample *sample, quantile_rule rule, double p)
{
	return rule == QUANTILE_HF7 ? interpolate_rows(sample, p) :
		inverse_share(sample, rule == QUANTILE_SCHOOL, p);
}

double
quantile_share(const quantile_sample *sample, double value)
{
	quantile_walk walk;

	walk_start(&walk, sample);
	while (walk.last + 1 < sample->cells && sample->cell[walk.last + 1].value <= value)
		walk_on(&walk);
	return walk.last < 0 ? 0 : walk_share(&walk);
}
