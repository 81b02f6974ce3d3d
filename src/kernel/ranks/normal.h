/*
 * normal.h
 *	  The normal distribution where it is asked for millions of times: tails
 *	  from a table, logarithm, exponential, quantiles and draws.
 *
 * Only + - * / and square roots in a fixed order, so that critical values and
 * draws have the same bits on every machine. Absolute errors are below 1e-15
 * for tails, and relative ones below 1e-14 for all else; normal_test.c holds
 * them to that.
 */
#ifndef PARINDEX_NORMAL_H
#define PARINDEX_NORMAL_H

#include "kernel/exact/int128.h"

/* The table has a row each 1/64, up to 8.5; beyond, a tail is below 1e-17. */
#define NORMAL_STEPS_PER_UNIT 64
#define NORMAL_STEPS (NORMAL_STEPS_PER_UNIT * 17 / 2)
#define NORMAL_END 8.5

typedef struct normal_table
{
	double		tail[NORMAL_STEPS + 1];		/* probability of a larger value */
	double		density[NORMAL_STEPS + 1];
} normal_table;

extern void normal_table_fill(normal_table *table);

/* Of a larger value than u, u >= 0: Taylor's series about the nearest row. */
static inline double
normal_tail(const normal_table *table, double u)
{
	int			row;
	double		x;
	double		d;

	if (!(u < NORMAL_END))
		return 0;
	row = (int) (u * NORMAL_STEPS_PER_UNIT + 0.5);
	x = row * (1.0 / NORMAL_STEPS_PER_UNIT);
	d = u - x;
	return table->tail[row] - table->density[row] * d *
		(1 - d * (x / 2 - d * ((x * x - 1) / 6 - d * (x * (x * x - 3) / 24 -
													   d * (x * x * (x * x - 6) + 3) / 120))));
}

/* ln x, x positive and normal. */
extern double normal_log(double x);

/* -ln(1 - x), 0 <= x < 1e-3. */
static inline double
normal_small_loss(double x)
{
	return x * (1 + x * (1.0 / 2 + x * (1.0 / 3 + x * (1.0 / 4 + x * (1.0 / 5)))));
}

/* ln(1 - x), 0 <= x < 1. */
extern double normal_log_rest(double x);

/* e^x, x <= 0; 0 below -700. */
extern double normal_exp(double x);

/* ln of the probability of at most t. */
extern double normal_log_below(const normal_table *table, double t);

/* ln of the probability of low .. high, low < high. */
extern double normal_log_between(const normal_table *table, double low, double high);

/* What a share of the values, above 0 and below 1, is greater than. */
extern double normal_upper_quantile(double share);

/* A draw: 53 of 64 random bits by the quantile function. */
extern double normal_of_bits(uint64_t bits);

#endif							/* PARINDEX_NORMAL_H */
