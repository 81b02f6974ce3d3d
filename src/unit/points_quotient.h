/*
 * points_quotient.h
 *	  Points of a node, exactly: a number in the units of index_points, or,
 *	  where they are no such finite decimal, a quotient.
 */
#ifndef PARINDEX_POINTS_QUOTIENT_H
#define PARINDEX_POINTS_QUOTIENT_H

#include "unit/index_points.h"

typedef struct points_quotient
{
	decimal_int	points;			/* where denominator is NULL */
	Numeric		numerator;		/* else points are this quotient, in lowest terms */
	Numeric		denominator;	/* above zero */
} points_quotient;

pg_noreturn extern void points_out_of_range(void);

static inline decimal_int
points_add(decimal_int a, decimal_int b)
{
	decimal_int	sum;

	if (unlikely(__builtin_add_overflow(a, b, &sum)))
		points_out_of_range();
	return sum;
}

/* result += child */
extern void points_quotient_add(points_quotient *result, const points_quotient *child);

/* Order of a / a_max and b / b_max, exactly; where a maximum is 0 of the points alone. */
extern int	points_quotient_compare(const points_quotient *a, decimal_int a_max,
									const points_quotient *b, decimal_int b_max);

/* result *= max / part */
extern void points_quotient_scale(points_quotient *result, decimal_int max, decimal_int part);

/* To a number; halves away from zero, or to the even digit. */
extern void points_quotient_round(points_quotient *result, int digits, bool half_even);

/* With at least so many decimals; of a quotient twenty. */
extern Numeric points_quotient_numeric(const points_quotient *result, int scale);

/* 100 * points / max, max not 0, rounded once, half away from zero. */
extern Numeric points_quotient_percent(const points_quotient *result, decimal_int max, int digits);

#endif							/* PARINDEX_POINTS_QUOTIENT_H */
