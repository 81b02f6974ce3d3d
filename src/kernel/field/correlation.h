/*
 * correlation.h
 *	  Correlations of two columns over the rows in which both have values,
 *	  whatever the order of rows.
 *
 * A column is `rows` doubles, at most 2^28 and finite where observed, NaN
 * where not. It is made into integers first, either in proportion to its
 * values or of its ranks: sums of these, and of their products, are exact,
 * and results rounded once. So columns in step have the correlation 1 exactly.
 */
#ifndef PARINDEX_CORRELATION_H
#define PARINDEX_CORRELATION_H

#include "kernel/exact/int128.h"

/* Memory from an allocator may be aligned to 8 bytes only. */
typedef px_int128 loose_int128 __attribute__((aligned(8)));

/* A column in integers; 0 in rows left out. */
typedef struct integer_column
{
	int64_t    *x;				/* caller's memory, one a row; 0 .. 2^48 */
	loose_int128 sum;
	loose_int128 squares;
} integer_column;

/*
 * In proportion to the distance from the least value, with 47 bits or more
 * for the greatest. A row counts where neither it nor the partner is NaN.
 */
extern void integer_column_of_values(integer_column *column, const double *value,
									 const double *partner, int rows);

/*
 * Twice the ranks, 1 the smallest, ties sharing the mean of theirs. `order`
 * holds the `count` rows in which value is observed, in ascending order.
 */
extern void integer_column_of_ranks(integer_column *column, const double *value,
									const int *order, int count,
									const double *partner, int rows);

/* Their correlation, n rows counting; NaN where either is constant. */
extern double integer_correlation(const integer_column *a, const integer_column *b,
								  int rows, int n);

/*
 * The sample standard deviation (n - 1) of a column of values as a share of
 * their range, n rows counting; 0 where all are equal, NaN where n is below 2.
 */
extern double integer_spread(const integer_column *column, int rows, int n);

/* The ties of one column: of each set of t equal values ... */
typedef struct kendall_ties
{
	int64_t		pairs;			/* ... the sum of t (t - 1) / 2 */
	loose_int128 triples;		/* ... and of t (t - 1) (t - 2) */
} kendall_ties;

/* Pairs of the n rows that have both. */
typedef struct kendall_counts
{
	int			n;
	int64_t		balance;		/* pairs in the same order less those in opposite order */
	kendall_ties a;
	kendall_ties b;
} kendall_counts;

/*
 * Counts pairs of a, whose order is given as above, and b, given by its ranks
 * among the rows that have both. Both scratches hold one entry a row.
 */
extern void kendall_count(const double *a, const int *order, int count,
						  const integer_column *b_ranks,
						  uint32_t *scratch, uint32_t *scratch2, kendall_counts *counts);

/* Kendall's tau-b; NaN where either column is constant. */
extern double kendall_tau(const kendall_counts *counts);

/* The same of two columns. */
extern double kendall_correlation(const double *a, const int *order, int count,
								  const integer_column *b_ranks,
								  uint32_t *scratch, uint32_t *scratch2);

#endif							/* PARINDEX_CORRELATION_H */
