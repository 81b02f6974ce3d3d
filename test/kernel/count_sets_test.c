/*
 * count_sets_test.c
 *	  Sets of counts against all pairs with p-values by exact binomial sums, Holm's
 *	  procedure being done as it is written: by sorted p-values.
 *	  Usage: count_sets_test [seed [cases]]
 */
#include "kernel/ranks/count_sets.h"

#include "kernel_test.h"

enum {MOST = 12};

typedef struct pair_test
{
	double		p;
	int			above;
	int			below;
} pair_test;

static bool
never(void *unused)
{
	(void) unused;
	return false;
}

static double
binomial_p(int above, int below)
{
	int			n = above + below;
	double		term = pow(0.5, n);
	double		sum = 0;

	for (int i = 0; i <= n; i++)
	{
		if (i >= above)
			sum += term;
		term = term * (n - i) / (i + 1);
	}
	return sum;
}

static int
compare_tests(const void *a, const void *b)
{
	double		x = ((const pair_test *) a)->p;
	double		y = ((const pair_test *) b)->p;

	return (x > y) - (x < y);
}

/* Marks what is found; of tests of one unit where unit >= 0. */
static void
find(const double *count, int n, int unit, rank_side side, bool holm, double alpha, bool found[MOST][MOST])
{
	pair_test	test[MOST * MOST];
	int			tests = 0;

	memset(found, 0, sizeof(bool) * MOST * MOST);
	for (int a = 0; a < n; a++)
		for (int b = 0; b < n; b++)
			if (a != b && (unit < 0 || (a == unit && side != RANK_LOWER) || (b == unit && side != RANK_UPPER)))
				test[tests++] = (pair_test) {binomial_p((int) count[a], (int) count[b]), a, b};
	qsort(test, (size_t) tests, sizeof(pair_test), compare_tests);
	for (int i = 0; i < tests && test[i].p <= alpha / (holm ? tests - i : tests); i++)
		found[test[i].above][test[i].below] = true;
}

static void
check_set(const rank_set *set, const double *count, int n, int unit, rank_side side, bool found[MOST][MOST])
{
	int			rank = 1;
	int			low = 1;
	int			high = n;

	for (int k = 0; k < n; k++)
	{
		rank += count[k] > count[unit];
		low += side != RANK_UPPER && found[k][unit];
		high -= side != RANK_LOWER && found[unit][k];
	}
	check(set->rank == rank && set->low == low && set->high == high,
		  "unit %d of %d: rank %d in %d .. %d, not %d in %d .. %d", unit, n, set->rank, set->low, set->high, rank, low, high);
}

int
main(int argc, char **argv)
{
	long		cases = begin_test(argc, argv, "count_sets_test", 400);

	check(count_p_value(0, 5) == 1 && fabs(count_p_value(5, 0) - 0x1p-5) < 1e-17, "p-values");
	for (long c = 0; c < cases; c++)
	{
		double		count[MOST];
		rank_set	set[MOST];
		bool		found[MOST][MOST];
		int			n = 1 + random_below(MOST);
		int			most = 1 + random_below(120);
		count_sets	sets = {.n = n, .count = count, .side = (rank_side) random_below(3), .level = 0.5 + 0.49 * random_unit()};

		sets.stepdown = random_below(2) == 1;
		for (int i = 0; i < n; i++)
		{
			int			at = i;
			double		value = random_below(most);

			for (; at > 0 && count[at - 1] > value; at--)
				count[at] = count[at - 1];
			count[at] = value;
		}
		check(simultaneous_count_sets(&sets, set, never, NULL), "done");
		find(count, n, -1, sets.side, sets.stepdown, 1 - sets.level, found);
		for (int i = 0; i < n; i++)
			check_set(&set[i], count, n, i, sets.side, found);
		for (int i = 0; i < n; i++)
		{
			marginal_count_set(&sets, i, &set[i]);
			find(count, n, i, sets.side, sets.stepdown, 1 - sets.level, found);
			check_set(&set[i], count, n, i, sets.side, found);
		}
	}
	return end_test("count_sets_test");
}
