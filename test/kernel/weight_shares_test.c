/*
 * weight_shares_test.c
 *	  Shares of importances, each rounded once, against GMP rationals; whatever
 *	  the order, and in place.
 *
 * Usage: weight_shares_test [seed [count]]
 */
#include "kernel/weights/weight_shares.h"

#include "exact_test.h"

#define MOST 40

static void
test_shares(void)
{
	double		importance[MOST];
	double		share[MOST];
	double		reversed[MOST];
	int			n = random_below(MOST + 1);
	bool		ordinary = random_below(2) == 0;
	bool		some;
	mpq_t		sum;
	mpq_t		x;

	mpq_inits(sum, x, NULL);
	for (int i = 0; i < n; i++)
	{
		importance[i] = random_below(5) == 0 ? 0 : ordinary ? random_below(1000) / 10.0 : fabs(random_double());
		mpq_set_d(x, importance[i]);
		mpq_add(sum, sum, x);
		share[i] = -1;
		reversed[i] = -1;
	}
	some = weight_shares(importance, n, share);
	check(some == (mpq_sgn(sum) > 0), "%d importances make shares: %d", n, some);
	for (int i = 0; i < n; i++)
		if (some)
		{
			mpq_set_d(x, importance[i]);
			mpq_div(x, x, sum);
			check_double(share[i], mpq_round(x), "share");
		}
		else
			check(share[i] == -1, "a share of nothing is written");
	for (int i = 0; i < n; i++)
		reversed[i] = importance[n - 1 - i];
	if (weight_shares(reversed, n, reversed))
		for (int i = 0; i < n; i++)
			check_double(reversed[n - 1 - i], share[i], "share in another order, in place");
	mpq_clears(sum, x, NULL);
}

int
main(int argc, char **argv)
{
	long		count = begin_test(argc, argv, "weight_shares", 5000);

	for (long i = 0; i < count; i++)
		test_shares();
	return end_test("weight_shares");
}
