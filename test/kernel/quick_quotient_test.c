/*
 * quick_quotient_test.c
 *	  A quotient in pairs of doubles is given out only where it is the exact one,
 *	  and mostly is.
 *
 * Usage: quick_quotient_test [seed [count]]
 */
#include "exact_test.h"

#include "kernel/exact/exact_quotient.h"
#include "kernel/exact/quick_quotient.h"

#define MOST_TERMS 40

/* Scores: few digits, equal ones, halves of the last place, signs, far apart. */
static double
random_score(int kind)
{
	double		score = (random_below(2000001) - 1000000) / 1e4;

	switch (kind)
	{
		case 0:
			return fabs(score);
		case 1:
			return score;
		case 2:
			return random_below(3) - 1;
		case 3:
			return ldexp(1.0 + random_below(3) * 0x1p-52, random_below(4));
		case 4:
			return ldexp(score, random_below(200) - 100);
		default:
			return (double) random_bits() / 0x1p60;
	}
}

static double
random_weight(int kind)
{
	switch (kind)
	{
		case 0:
			return 1;
		case 1:
			return random_below(5);
		case 2:
			return random_below(1000) / 8.0;
		default:
			return (double) (random_bits() >> 11) * 0x1p-53;
	}
}

int
main(int argc, char **argv)
{
	long		count = begin_test(argc, argv, "quick_quotient", 200000);
	long		given = 0;
	long		ordinary = 0;

	for (long round = 0; round < count; round++)
	{
		static exact_quotient exact;
		quick_quotient quick = {0};
		quick_quotient small = {0};
		bool		all_short = true;
		int			score_kind = random_below(6);
		int			weight_kind = random_below(4);
		int			n = 1 + random_below(random_below(4) > 0 ? 8 : MOST_TERMS);
		double		expected;
		double		result;

		exact_quotient_init(&exact);
		for (int i = 0; i < n; i++)
		{
			double		a = random_score(score_kind);
			split_number b = split_number_of(random_weight(weight_kind));

			exact_quotient_add(&exact, a, b.value, b.value);
			quick_quotient_add(&quick, a, &b);
			all_short &= is_short_number(b.value);
			quick_quotient_add_short(&small, a, b.value);
		}
		expected = exact_quotient_get(&exact);
		ordinary += score_kind <= 1;
		small.bottom = quick.bottom;
		small.bottom_low = quick.bottom_low;
		if (all_short && quick_quotient_get(&small, 1 / small.bottom, QUICK_SHORT_ERROR, &result))
			check(memcmp(&expected, &result, sizeof(double)) == 0, "round %ld: short %a instead of %a",
				  round, result, expected);
		if (!quick_quotient_get(&quick, 1 / quick.bottom, QUICK_ERROR, &result))
			continue;
		given += score_kind <= 1;
		check(memcmp(&expected, &result, sizeof(double)) == 0, "round %ld: %a instead of %a",
			  round, result, expected);
	}
	check(given >= ordinary * 0.8, "given out for %ld of %ld ordinary quotients", given, ordinary);
	return end_test("quick_quotient");
}
