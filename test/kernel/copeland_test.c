/*
 * copeland_test.c
 *	  Comparisons of units against counting criterion by criterion, in weights
 *	  that are small integers, so that ties are certain.
 *	  Usage: copeland_test [seed [cases]]
 */
#include "kernel/field/copeland.h"

#include "exact_test.h"

/* More than one block of units. */
#define MOST_UNITS 1300
#define MOST_COLUMNS 12

/* By how much a unit leads another, and the weight of what both have. */
static void
compare(const double *x, int units, int columns, const int *weight, int a, int b,
		int *lead, int *compared)
{
	*lead = *compared = 0;
	for (int c = 0; c < columns; c++)
	{
		double		xa = x[c * units + a];
		double		xb = x[c * units + b];

		if (isnan(xa) || isnan(xb))
			continue;
		*compared += weight[c];
		*lead += xa > xb ? weight[c] : xa < xb ? -weight[c] : 0;
	}
}

static void
check_weights(const int *weight, const double *scaled, int columns, const int64_t *integer, int64_t tolerance)
{
	int64_t		sum = 0;
	int			total = 0;

	for (int c = 0; c < columns; c++)
	{
		sum += integer[c];
		total += weight[c];
	}
	check(sum <= INT64_C(1) << 52, "sum of weights");
	check(tolerance >= 0 && tolerance < sum >> 30, "tolerance %" PRId64 " of %" PRId64, tolerance, sum);
	for (int c = 0; c < columns; c++)
		check(fabs((double) integer[c] / (double) sum - (double) weight[c] / total) < 1e-13,
			  "share of weight %g", scaled[c]);
}

int
main(int argc, char **argv)
{
	long		cases = begin_test(argc, argv, "copeland_test", 60);
	static double x[MOST_UNITS * MOST_COLUMNS];
	static int64_t lead[MOST_UNITS];
	static int64_t compared[MOST_UNITS];
	static copeland_tally tally[MOST_UNITS];
	static copeland_tally expected[MOST_UNITS];
	long		ties = 0;
	long		strangers = 0;

	for (long c = 0; c < cases; c++)
	{
		int			units = c % 10 == 0 ? MOST_UNITS - random_below(100) : random_below(80);
		int			columns = 1 + random_below(MOST_COLUMNS);
		int			distinct = 2 + random_below(5);
		int			missing = random_below(3) * 40;
		int			weight[MOST_COLUMNS];
		double		scaled[MOST_COLUMNS];
		int64_t		integer[MOST_COLUMNS];
		int64_t		tolerance;
		int64_t		sum = 0;
		int			total = 0;

		for (int k = 0; k < columns; k++)
		{
			weight[k] = random_below(4) + (k == 0);
			/* Not exact, as effective weights are. */
			scaled[k] = weight[k] / 7.0;
			total += weight[k];
		}
		for (int i = 0; i < units * columns; i++)
			x[i] = random_below(100) < missing ? NAN : random_below(distinct) - 1.5;
		tolerance = dominance_weights(scaled, columns, integer);
		check_weights(weight, scaled, columns, integer, tolerance);
		for (int k = 0; k < columns; k++)
			sum += integer[k];

		memset(tally, 0, sizeof(tally));
		memset(expected, 0, sizeof(expected));
		for (int a = 0; a < units; a++)
		{
			int			from = a + 1;

			dominance_row(x, units, columns, integer, a, from, units - from, lead, compared);
			copeland_add(lead, compared, units - from, tolerance, &tally[a], &tally[from]);
			for (int b = 0; b < units; b++)
			{
				int			by;
				int			in;

				if (b == a)
					continue;
				compare(x, units, columns, weight, a, b, &by, &in);
				expected[a].wins += by > 0;
				expected[a].losses += by < 0;
				expected[a].compared += in > 0;
				ties += by == 0 && in > 0;
				strangers += in == 0;
				if (b < from)
					continue;
				check(fabs((double) lead[b - from] / (double) sum - (double) by / total) < 1e-13,
					  "lead of %d on %d", a, b);
				check(fabs((double) compared[b - from] / (double) sum - (double) in / total) < 1e-13,
					  "weight that %d and %d have", a, b);
			}
		}
		for (int a = 0; a < units; a++)
			check(tally[a].wins == expected[a].wins && tally[a].losses == expected[a].losses &&
				  tally[a].compared == expected[a].compared, "tally of %d of %d: %d %d %d", a, units,
				  tally[a].wins, tally[a].losses, tally[a].compared);
	}
	check(dominance_weights((const double[]) {0, 0}, 2, (int64_t[2]) {0}) == -1, "weights all 0");
	printf("%ld ties, %ld pairs not compared\n", ties, strangers);
	check(ties > 1000 && strangers > 100, "cases of each kind");
	return end_test("copeland_test");
}
