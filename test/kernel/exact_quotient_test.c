/*
 * exact_quotient_test.c
 *	  sum(a * b) / sum(c) rounded once, against GMP rationals: few terms and
 *	  many, near and far, and the same bits in 128 bits, in exact totals, and in
 *	  whatever order the terms come.
 *
 * Usage: exact_quotient_test [seed [count]]
 */
#include "exact_test.h"

#include "kernel/exact/exact_quotient.h"

#define MOST_TERMS (3 * EXACT_QUOTIENT_TERMS)

typedef struct term
{
	double		a;
	double		b;
	double		c;
} term;

/* Scores and weights as they are used, or of all sizes. */
static term
random_term(bool ordinary)
{
	term		t;

	if (ordinary)
	{
		t.a = (random_below(20001) - 10000) / 100.0;
		t.b = random_below(1000) / 8.0;
		t.c = random_below(4) > 0 ? t.b : random_below(50) / 10.0;
		return t;
	}
	t.a = random_double();
	t.b = random_double();
	t.c = fabs(random_double());
	return t;
}

static double
quotient_of(const term *t, int n, bool wide)
{
	static exact_quotient quotient;

	exact_quotient_init(&quotient);
	for (int i = 0; i < n; i++)
	{
		exact_quotient_add(&quotient, t[i].a, t[i].b, t[i].c);
		if (wide && i == n / 2)
			exact_quotient_widen(&quotient);
	}
	return exact_quotient_get(&quotient);
}

static void
test_terms(long round)
{
	term		t[MOST_TERMS];
	int			n = random_below(random_below(3) > 0 ? 9 : MOST_TERMS + 1);
	bool		ordinary = random_below(2) == 0;
	mpq_t		numerator;
	mpq_t		denominator;
	mpq_t		x;
	mpq_t		y;
	double		got;

	mpq_inits(numerator, denominator, x, y, NULL);
	for (int i = 0; i < n; i++)
	{
		t[i] = random_term(ordinary);
		/* A term and its opposite, so that sums cancel. */
		if (i > 0 && random_below(4) == 0)
		{
			t[i] = t[i - 1];
			t[i].a = -t[i].a;
		}
		mpq_set_d(x, t[i].a);
		mpq_set_d(y, t[i].b);
		mpq_mul(x, x, y);
		mpq_add(numerator, numerator, x);
		mpq_set_d(x, t[i].c);
		mpq_add(denominator, denominator, x);
	}
	got = quotient_of(t, n, false);
	if (mpq_sgn(denominator) == 0)
		check(isnan(got), "round %ld: %a over nothing", round, got);
	else
	{
		mpq_div(numerator, numerator, denominator);
		check_double(got, mpq_round(numerator), "quotient");
		check_double(quotient_of(t, n, true), got, "quotient of totals");
	}
	for (int i = n - 1; i > 0; i--)
	{
		int			other = random_below(i + 1);
		term		kept = t[i];

		t[i] = t[other];
		t[other] = kept;
	}
	if (!isnan(got))
		check_double(quotient_of(t, n, false), got, "quotient in another order");
	mpq_clears(numerator, denominator, x, y, NULL);
}

int
main(int argc, char **argv)
{
	long		count = begin_test(argc, argv, "exact_quotient", 20000);
	term		largest = {0x1.fffffffffffffp1023, 2, 1};
	term		third = {1, 1, 3};

	check_double(quotient_of(&largest, 1, false), INFINITY, "beyond the doubles");
	check_double(quotient_of(&third, 1, false), 1.0 / 3, "a third");
	check(isnan(quotient_of(&third, 0, false)), "no terms are something");
	for (long i = 0; i < count; i++)
		test_terms(i);
	return end_test("exact_quotient");
}
