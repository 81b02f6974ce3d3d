/*
 * quick_quotient.h
 *	  sum(a * b) / sum(b) in pairs of doubles, where they suffice to know the
 *	  correctly rounded result; else the caller asks exact_quotient.h.
 *
 * Products are exact as two doubles (Dekker 1971), sums are kept as two
 * (Knuth's two-sum, as in Ogita, Rump and Oishi 2005), and the quotient is
 * given out only where all that lies within its error bound rounds to the
 * same double (Ziv 1991). What is decided depends on the order of the terms;
 * what is given out does not.
 */
#ifndef PARINDEX_QUICK_QUOTIENT_H
#define PARINDEX_QUICK_QUOTIENT_H

#include <float.h>
#include <math.h>
#include <stdbool.h>

/* A double as two of at most 26 and 27 bits; below 2^990. */
typedef struct split_number
{
	double		value;
	double		high;
	double		low;
} split_number;

static inline split_number
split_number_of(double x)
{
	double		scaled = 134217729.0 * x;	/* 2^27 + 1 */
	split_number s;

	s.value = x;
	s.high = scaled - (scaled - x);
	s.low = x - s.high;
	return s;
}

/* Begins with zeros. */
typedef struct quick_quotient
{
	double		top;
	double		top_low;
	double		size;			/* sum of |a * b| */
	double		bottom;
	double		bottom_low;
	int			terms;
} quick_quotient;

/* sum + low is what it was and x more, but for rounding of low. */
static inline void
quick_add(double *sum, double *low, double x, double x_low)
{
	double		total = *sum + x;
	double		part = total - *sum;

	*low += ((*sum - (total - part)) + (x - part)) + x_low;
	*sum = total;
}

/* b within 2^-100 .. 2^100, or 0. */
static inline void
quick_quotient_add(quick_quotient *q, double a, const split_number *b)
{
	split_number s = split_number_of(a);
	double		product = a * b->value;
	double		low = ((s.high * b->high - product) + s.high * b->low + s.low * b->high) +
		s.low * b->low;

	quick_add(&q->top, &q->top_low, product, low);
	quick_add(&q->bottom, &q->bottom_low, b->value, 0);
	q->size += fabs(product);
	q->terms++;
}

/*
 * The same for a b of at most 26 bits, whose products with both halves of a
 * are exact; bottom is for the caller to set. The rounding of top_low then is
 * that of numbers 2^-26 of the sum.
 */
#define QUICK_ERROR 0x1p-102
#define QUICK_SHORT_ERROR 0x1p-76

static inline bool
is_short_number(double x)
{
	return split_number_of(x).low == 0;
}

static inline void
quick_quotient_add_short(quick_quotient *q, double a, double b)
{
	double		scaled = 134217729.0 * a;
	double		high = scaled - (scaled - a);
	double		product = high * b;

	quick_add(&q->top, &q->top_low, product, (a - high) * b);
	q->size += fabs(product);
	q->terms++;
}

/*
 * False where pairs of doubles cannot tell; reciprocal is 1 / bottom, rounded.
 * With unit 2^-106 the error of top_low is below (terms^2 + 4 terms) unit size,
 * that of the quotient of pairs below 16 units of size / bottom: together below
 * (terms + 4)^2 times 16 units of size / bottom, which unit_error, QUICK_ERROR,
 * is. For short numbers the unit is 2^-80.
 */
static inline bool
quick_quotient_get(const quick_quotient *q, double reciprocal, double unit_error, double *result)
{
	double		top = q->top + q->top_low;
	double		top_low = q->top_low - (top - q->top);
	double		first = top * reciprocal;
	split_number f = split_number_of(first);
	split_number b = split_number_of(q->bottom);
	double		product = first * q->bottom;
	double		product_low = ((f.high * b.high - product) + f.high * b.low + f.low * b.high) +
		f.low * b.low;
	double		second = (((top - product) - product_low) + (top_low - first * q->bottom_low)) *
		reciprocal;
	double		rounded = first + second;
	double		rest = second - (rounded - first);
	double		terms = q->terms + 4.0;
	double		error = terms * terms * unit_error * (q->size * reciprocal);

	if (!(q->size > 0x1p-800 && q->size < 0x1p600 && q->bottom > 0x1p-100 &&
		  q->bottom < 0x1p200 && fabs(rounded) > 0x1p-700 && q->terms < 0x1p20))
		return false;
	*result = rounded;
	return rounded + (rest + error) == rounded && rounded + (rest - error) == rounded;
}

#endif							/* PARINDEX_QUICK_QUOTIENT_H */
