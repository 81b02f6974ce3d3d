/*
 * drawn_sets_test.c
 *	  Sets by draws: the short search against all pairs of the same draws, single
 *	  units against quadrature, the factor of a covariance against the covariance,
 *	  and how often true ranks are covered: 1000 fields of 40 units, of which
 *	  many tie, and as many of which all do.
 *	  Usage: drawn_sets_test [seed [fields]]
 */
#include "kernel/ranks/drawn_sets.h"
#include "kernel/ranks/marginal_sets.h"
#include "kernel/survey/philox.h"

#include "kernel_test.h"

enum {UNITS = 40, FIELD_DRAWS = 500};

static double truth[UNITS];
static double estimate[UNITS];
static double error[UNITS];
static double covariance[UNITS * UNITS];

static bool
never(void *unused)
{
	(void) unused;
	return false;
}

static double
random_normal(void)
{
	return normal_of_bits(random_bits());
}

static void
make_field(int n, int distinct)
{
	for (int i = 0; i < n; i++)
	{
		truth[i] = random_below(distinct);
		error[i] = 0.2 + random_unit();
		estimate[i] = truth[i] + error[i] * random_normal();
	}
}

static drawn_sets
start(int n, int draws, uint64_t seed, const covariance_factor *factor)
{
	drawn_sets	sets = {.pairs = {.n = n, .estimate = estimate, .error = error}, .side = RANK_TWO_SIDED,
		.stepdown = true, .level = 0.95, .seed = seed, .draws = draws, .factor = factor, .stop = never};

	if (factor != NULL)
		sets.pairs.covariance = covariance;
	check(drawn_sets_start(&sets, malloc(drawn_sets_memory(&sets))), "start");
	return sets;
}

/* The greatest of all pairs, draw by draw. */
static void
check_search(int n, int draws, uint64_t seed)
{
	drawn_sets	sets = start(n, draws, seed, NULL);
	rank_set	set[UNITS];

	sets.stepdown = false;
	simultaneous_sets(&sets, set);
	for (int r = 0; r < draws; r++)
	{
		double		z[UNITS + 1];
		double		greatest = 0;

		for (int i = 0; i < n; i += 2)
		{
			uint32_t	place[4] = {(uint32_t) r, (uint32_t) i / 2, UINT32_C(0x72616e6b), 0};
			uint32_t	word[4];

			philox(seed, place, word);
			z[i] = normal_of_bits((uint64_t) word[1] << 32 | word[0]);
			z[i + 1] = normal_of_bits((uint64_t) word[3] << 32 | word[2]);
		}
		for (int j = 0; j < n; j++)
			for (int k = 0; k < n; k++)
				if (j != k && error[j] + error[k] > 0)
					greatest = fmax(greatest, (z[k] * error[k] - z[j] * error[j]) / hypot(error[j], error[k]));
		check(fabs(sets.greatest[r] - greatest) < 1e-12, "greatest of draw %d: %.15g, not %.15g", r, sets.greatest[r], greatest);
	}
	check(set[0].steps == 1, "steps");
	free(sets.greatest);
}

static void
check_factor(int n, int rank)
{
	covariance_factor factor = {.n = n, .column = malloc(sizeof(double) * n * n), .rest = malloc(sizeof(double) * n)};
	double		loading[UNITS * UNITS];
	double		size = 0;

	for (int i = 0; i < n * rank; i++)
		loading[i] = random_normal() * (i % n % 5 == 0 ? 1e-3 : 1);
	for (int i = 0; i < n; i++)
		for (int k = 0; k < n; k++)
		{
			covariance[i * n + k] = 0;
			for (int m = 0; m < rank; m++)
				covariance[i * n + k] += loading[m * n + i] * loading[m * n + k];
			size = fmax(size, covariance[i * n + k]);
		}
	check(covariance_factor_make(&factor, covariance, never, NULL) == FACTOR_MADE, "factor of rank %d of %d", rank, n);
	check(factor.rank <= rank, "rank %d, not %d", factor.rank, rank);
	for (int i = 0; i < n; i++)
		for (int k = 0; k < n; k++)
		{
			double		product = 0;

			for (int m = 0; m < factor.rank; m++)
				product += factor.column[m * n + i] * factor.column[m * n + k];
			check(fabs(product - covariance[i * n + k]) < 2e-8 * sqrt(covariance[i * n + i] * covariance[k * n + k]) + 1e-15,
				  "covariance %d %d", i, k);
		}
	if (n > 1)
	{
		/* One correlation beyond 1. */
		covariance[1] = covariance[n] = 1.001 * sqrt(covariance[0] * covariance[n + 1]);
		check(covariance_factor_make(&factor, covariance, never, NULL) == FACTOR_NOT_SEMIDEFINITE, "not semidefinite");
	}
	free(factor.column);
	free(factor.rest);
}

/* Independent errors with one that all share: quadrature knows the critical values. */
static void
check_marginal(uint64_t seed)
{
	covariance_factor factor = {.n = UNITS, .column = malloc(sizeof(double) * UNITS * UNITS), .rest = malloc(sizeof(double) * UNITS)};
	static marginal_sets exact;
	drawn_sets	drawn;
	void	   *memory = malloc(marginal_sets_memory(UNITS));
	double		square = 0;

	make_field(UNITS, 8);
	for (int i = 0; i < UNITS; i++)
		for (int k = 0; k < UNITS; k++)
			covariance[i * UNITS + k] = 4 + (i == k ? error[i] * error[i] : 0);
	check(covariance_factor_make(&factor, covariance, never, NULL) == FACTOR_MADE, "factor");
	drawn = start(UNITS, 4000, seed, &factor);
	exact = (marginal_sets) {.pairs = {.n = UNITS, .estimate = estimate, .error = error}, .level = 0.95, .stepdown = true};
	for (int side = RANK_TWO_SIDED; side <= RANK_UPPER; side++)
	{
		drawn.side = exact.side = side;
		marginal_sets_start(&exact, memory);
		for (int i = 0; i < UNITS; i++)
		{
			rank_set	a;
			rank_set	b;

			marginal_set(&exact, i, &a);
			drawn_marginal_set(&drawn, exact.order[i], &b);
			check(a.rank == b.rank && abs(a.low - b.low) <= 2 && abs(a.high - b.high) <= 2, "set %d .. %d, not %d .. %d",
				  b.low, b.high, a.low, a.high);
			check(fabs(a.critical_first - b.critical_first) < 6 * b.critical_error, "critical value %g, not %g", b.critical_first,
				  a.critical_first);
			square += pow((a.critical_first - b.critical_first) / b.critical_error, 2) / (3 * UNITS);
		}
	}
	check(square > 0.2 && square < 3, "errors of critical values: %g", square);
	free(drawn.greatest);
	free(factor.column);
	free(factor.rest);
	free(memory);
}

/* Whether a set holds a unit's rank, best and worst of its ties. */
static bool
covers(const rank_set *set, int unit)
{
	int			above = 0;
	int			below = 0;

	for (int k = 0; k < UNITS; k++)
	{
		above += truth[k] > truth[unit];
		below += truth[k] < truth[unit];
	}
	return set->low <= 1 + above && set->high >= UNITS - below;
}

static void
check_coverage(long fields, int distinct, uint64_t seed)
{
	long		missed = 0;
	long		missed_one = 0;
	double		width = 0;
	double		expected = (double) fields * 0.05;
	double		slack = 3.5 * sqrt(expected * 0.95);
	static marginal_sets exact;
	void	   *memory = malloc(marginal_sets_memory(UNITS));

	for (long f = 0; f < fields; f++)
	{
		rank_set	set[UNITS];
		rank_set	one;
		drawn_sets	sets;
		bool		all = true;
		int			place;

		make_field(UNITS, distinct);
		sets = start(UNITS, FIELD_DRAWS, seed + (uint64_t) f, NULL);
		simultaneous_sets(&sets, set);
		for (int i = 0; i < UNITS; i++)
		{
			all &= covers(&set[i], i);
			width += set[i].high - set[i].low;
		}
		missed += !all;
		free(sets.greatest);
		exact = (marginal_sets) {.pairs = {.n = UNITS, .estimate = estimate, .error = error}, .level = 0.95, .stepdown = true};
		marginal_sets_start(&exact, memory);
		place = random_below(UNITS);
		marginal_set(&exact, place, &one);
		missed_one += !covers(&one, exact.order[place]);
	}
	free(memory);
	printf("of %ld fields %ld missed, of single units %ld; %g ranks wide\n", fields, missed, missed_one,
		   width / (double) fields / UNITS);
	check((double) missed <= expected + slack, "%ld of %ld fields not covered", missed, fields);
	check((double) missed_one <= expected + slack, "%ld of %ld units not covered", missed_one, fields);
	/* Where all tie the level is met, not only kept. */
	if (distinct == 1)
	{
		check((double) missed >= expected - slack, "only %ld of %ld fields not covered", missed, fields);
		check((double) missed_one >= expected - slack, "only %ld of %ld units not covered", missed_one, fields);
	}
}

int
main(int argc, char **argv)
{
	long		fields = begin_test(argc, argv, "drawn_sets_test", 1000);
	uint64_t	seed = random_bits();

	for (int c = 0; c < 60; c++)
	{
		int			n = 2 + random_below(UNITS - 1);

		make_field(n, 1 + random_below(8));
		if (c % 3 == 0)
			error[random_below(n)] = 0;
		if (c % 4 == 0)
			error[random_below(n)] = 20;
		check_search(n, 200, seed + (uint64_t) c);
		check_factor(n, 1 + random_below(n));
	}
	check_marginal(seed);
	check_coverage(fields, 8, seed);
	check_coverage(fields, 1, seed);
	return end_test("drawn_sets_test");
}
