/*
 * bod_scores_test.c
 *	  Benefit of the doubt in the program's own terms: no unit above 1, none
 *	  better off under another's weights where there are no bounds, or those of a
 *	  reference, shares within bounds; the same bits in whatever order units are solved, and after
 *	  any number of interruptions; all memory freed, as the sanitizer sees.
 *	  Usage: bod_scores_test [seed]
 */
#include "kernel/weights/bod_scores.h"

#include "kernel_test.h"

#define MOST_UNITS 60
#define MOST_CRITERIA 9
#define CASES 300

static long asked;
static long patience;			/* stop() is true once, when it runs out */

static void
fail(const char *what, int round, int unit)
{
	fprintf(stderr, "%s: case %d, unit %d\n", what, round, unit);
	exit(1);
}

static bool
never(void *unused)
{
	(void) unused;
	return false;
}

static bool
now_and_then(void *unused)
{
	(void) unused;
	return ++asked == patience;
}

/* Ties, zeros and wide ranges; each criterion's greatest value is within 0.5 .. 1. */
static void
random_field(double *value, int units, int criteria)
{
	int			kind = (int) (random_unit() * 3);

	for (int i = 0; i < units * criteria; i++)
	{
		double		u = random_unit();

		value[i] = kind == 0 ? u : kind == 1 ? floor(4 * u) / 4 : exp(-12 * u);
	}
	/* A unit that is solved must not be all 0. */
	for (int k = 0; k < units; k++)
		value[k % criteria * units + k] += 0.01;
	for (int j = 0; j < criteria; j++)
	{
		double		greatest = 0;
		int			exponent;

		for (int k = 0; k < units; k++)
			greatest = fmax(greatest, value[j * units + k]);
		frexp(greatest, &exponent);
		for (int k = 0; k < units; k++)
			value[j * units + k] = ldexp(value[j * units + k], -exponent);
	}
}

int
main(int argc, char **argv)
{
	static double value[MOST_UNITS * MOST_CRITERIA];
	static double weight[2][MOST_UNITS][MOST_CRITERIA];
	static double score[2][MOST_UNITS];
	double		upper[MOST_CRITERIA];
	double		lower[MOST_CRITERIA];
	double		reference[MOST_CRITERIA];
	double		own[MOST_CRITERIA + 1];
	double		entry[MOST_UNITS + 2 * MOST_CRITERIA + 2];
	int			place[MOST_UNITS + 2 * MOST_CRITERIA + 2];
	double		unit[MOST_CRITERIA];
	double		all[MOST_UNITS];
	int			peer[MOST_UNITS];
	long		stopped = 0;
	uint64_t	seed = argc > 1 ? strtoull(argv[1], NULL, 10) : 20260101;

	random_state = seed;
	printf("seed %llu\n", (unsigned long long) seed);
	for (int j = 0; j < MOST_CRITERIA; j++)
		upper[j] = 1;
	for (int round = 0; round < CASES; round++)
	{
		int			units = 1 + (int) (random_unit() * MOST_UNITS);
		int			criteria = 1 + (int) (random_unit() * MOST_CRITERIA);
		enum {NONE, LOOSE, OWN_SHARES, REFERENCE_SHARES} bounds = round % 4;

		random_field(value, units, criteria);
		/* No bounds, bounds that bound nothing, and some that do. */
		for (int j = 0; j < criteria; j++)
		{
			lower[j] = bounds >= OWN_SHARES ? 0.7 / criteria : 0;
			reference[j] = 0;
			for (int k = 0; k < units; k++)
				reference[j] += value[j * units + k] / units;
		}
		for (int turn = 0; turn < 2; turn++)
		{
			bod_field	field = {
				.criteria = criteria, .units = units, .stop = turn ? now_and_then : never,
				.value = value,
				.own = own, .score = all, .peer = peer, .entry = entry, .place = place,
				.lower = bounds == NONE ? NULL : lower, .upper = bounds == NONE ? NULL : upper,
				.reference = bounds == REFERENCE_SHARES ? reference : NULL,
			};

			for (int i = 0; i < units; i++)
			{
				int			k = turn ? units - 1 - i : i;
				bod_status	status;

				asked = 0;
				patience = 1 + (long) (random_unit() * random_unit() * 60);
				for (int j = 0; j < criteria; j++)
					unit[j] = value[j * units + k];
				while ((status = bod_solve(&field, unit, weight[turn][k], &score[turn][k])) == BOD_STOPPED)
					stopped++;
				if (status != BOD_SOLVED)
					fail("not solved", round, k);
			}
		}
		for (int i = 0; i < units; i++)
		{
			double		whole = 0;	/* the reference's score */

			if (score[0][i] != score[1][i] ||
				memcmp(weight[0][i], weight[1][i], sizeof(double) * criteria) != 0)
				fail("other bits in another order", round, i);
			for (int j = 0; j < criteria && bounds == OWN_SHARES; j++)
				if (value[j * units + i] > 0 &&
					weight[0][i][j] * value[j * units + i] < score[0][i] * lower[j] - 1e-9)
					fail("a share below its bound", round, i);
			for (int j = 0; j < criteria; j++)
				whole += weight[0][i][j] * reference[j];
			for (int j = 0; j < criteria && bounds == REFERENCE_SHARES; j++)
				if (reference[j] > 0 && weight[0][i][j] * reference[j] < whole * lower[j] - 1e-9)
					fail("a share of the reference below its bound", round, i);
			for (int k = 0; k < units; k++)
			{
				double		sum = 0;

				for (int j = 0; j < criteria; j++)
					sum += weight[0][i][j] * value[j * units + k];
				if (sum > 1 + 1e-14)
					fail("above 1", round, k);
				if (sum > score[0][k] + 1e-9 && bounds != OWN_SHARES)
					fail("better off under other weights", round, k);
				if (k == i && fabs(sum - score[0][k]) > 1e-9)
					fail("another score under its weights", round, k);
			}
		}
	}
	if (stopped < CASES)
		fail("hardly ever stopped", CASES, -1);
	printf("%d cases, stopped %ld times\n", CASES, stopped);
	return 0;
}
