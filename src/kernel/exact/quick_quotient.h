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
 * False where pairs of doubles cannot tell. The error of top_low is below
 * (terms^2 + 4 terms) 2^-106 size, that of the quotient of pairs below
 * 2^-102 of size / bottom: together below (terms + 4)^2 2^-102 size / bottom.
 */
static inline bool
quick_quotient_get(const quick_quotient *q, double *result)
{
	double		top = q->top + q->top_low;
	double		top_low = q->top_low - (top - q->top);
	double		bottom = q->bottom + q->bottom_low;
	double		bottom_low = q->bottom_low - (bottom - q->bottom);
	double		first = top / bottom;
	split_number f = split_number_of(first);
	split_number b = split_number_of(bottom);
	double		product = first * bottom;
	double		product_low = ((f.high * b.high - product) + f.high * b.low + f.low * b.high) +
		f.low * b.low;
	double		second = (((top - product) - product_low) + (top_low - first * bottom_low)) / bottom;
	double		rounded = first + second;
	double		rest = second - (rounded - first);
	double		error = (q->terms + 4.0) * (q->terms + 4.0) * 0x1p-102 * (q->size / bottom);

	if (!(q->size > 0x1p-800 && q->size < 0x1p600 && bottom > 0x1p-100 && bottom < 0x1p200 &&
		  fabs(rounded) > 0x1p-700 && q->terms < 0x1p20))
		return false;
	*result = rounded;
	return rounded + (rest + error) == rounded && rounded + (rest - error) == rounded;
}

#endif							/* PARINDEX_QUICK_QUOTIENT_H */
