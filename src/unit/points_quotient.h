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
	DecimalInt	points;			/* where denominator is NULL */
	Numeric		numerator;		/* else points are this quotient, in lowest terms */
	Numeric		denominator;	/* above zero */
} points_quotient;

pg_noreturn extern void points_out_of_range(void);

static inline DecimalInt
points_add(DecimalInt a, DecimalInt b)
{
	DecimalInt	sum;

	if (unlikely(__builtin_add_overflow(a, b, &sum)))
		points_out_of_range();
	return sum;
}

/* result += child */
extern void points_quotient_add(points_quotient *result, const points_quotient *child);

/* result *= max / part */
extern void points_quotient_scale(points_quotient *result, DecimalInt max, DecimalInt part);

/* Half away from zero, to a number. */
extern void points_quotient_round(points_quotient *result, int digits);

/* With at least so many decimals; of a quotient twenty. */
extern Numeric points_quotient_numeric(const points_quotient *result, int scale);

/* 100 * points / max, max not 0, rounded once, half away from zero. */
extern Numeric points_quotient_percent(const points_quotient *result, DecimalInt max, int digits);

#endif							/* PARINDEX_POINTS_QUOTIENT_H */
