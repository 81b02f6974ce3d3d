/*
 * exact_quotient.h
 *	  sum(a * b) / sum(c) of doubles, from exact sums, rounded once.
 *
 * A few terms whose exponents lie close together, which is what ordinary
 * scores and weights are, need no more than 128-bit integers; others go into
 * exact totals. Both ways give the same bits: the quotient is exact until it
 * is rounded.
 */
#ifndef PARINDEX_EXACT_QUOTIENT_H
#define PARINDEX_EXACT_QUOTIENT_H

#include "kernel/exact/exact_total.h"

#define EXACT_QUOTIENT_TERMS 32

typedef struct exact_quotient
{
	int			terms;			/* kept here until there are too many */
	bool		wide;			/* all terms so far are in the totals */
	struct
	{
		double		a;
		double		b;
		double		c;
	}			term[EXACT_QUOTIENT_TERMS];
	exact_total numerator;
	exact_total denominator;
} exact_quotient;

static inline void
exact_quotient_init(exact_quotient *quotient)
{
	quotient->terms = 0;
	quotient->wide = false;
}

extern void exact_quotient_widen(exact_quotient *quotient);

/* All finite, c not negative. */
static inline void
exact_quotient_add(exact_quotient *quotient, double a, double b, double c)
{
	int			i = quotient->terms;

	if (i == EXACT_QUOTIENT_TERMS)
	{
		exact_quotient_widen(quotient);
		i = 0;
	}
	quotient->term[i].a = a;
	quotient->term[i].b = b;
	quotient->term[i].c = c;
	quotient->terms = i + 1;
}

/* NaN where sum(c) is zero; infinity where the quotient leaves the doubles. */
extern double exact_quotient_get(exact_quotient *quotient);

#endif							/* PARINDEX_EXACT_QUOTIENT_H */
