/*
 * survey_variance_test.c
 *	  Variances of random samples of one and two stages against the formula in
 *	  exact rationals, with every unit drawn written out, zeros too.
 */
#include "exact_test.h"

#include "kernel/survey/survey_variance.h"

#define CASES 20000
#define MOST_VARIABLES 4
#define MOST_STRATA 5
#define MOST_DRAWN 6
#define MOST_PSUS (MOST_STRATA * MOST_DRAWN)
#define MOST_UNITS (MOST_PSUS * MOST_DRAWN)

static survey_stratum stratum[MOST_STRATA];
static survey_psu psu[MOST_PSUS];
static double z[MOST_UNITS * MOST_VARIABLES];
static survey_sample sample;
static int	p;

static int	polls;

/* Stops at the question whose number is given, if any. */
static bool
count_polls(void *stop_at)
{
	polls++;
	return stop_at != NULL && polls == *(int *) stop_at;
}

/* Drawn units, those with members, and the population: 0, all, or more. */
static void
random_counts(int *members, int64_t *sampled, int64_t *population)
{
	*members = 1 + random_below(MOST_DRAWN);
	*sampled = *members + (random_below(2) ? random_below(4) : 0);
	*population = random_below(3) == 0 ? 0 : *sampled + (random_below(4) == 0 ? 0 : random_below(30));
}

static void
random_sample(void)
{
	sample = (survey_sample) {.stratum = stratum, .psu = psu, .two_stages = random_below(2)};
	sample.strata = 1 + random_below(MOST_STRATA);
	p = 1 + random_below(MOST_VARIABLES);
	for (int h = 0; h < sample.strata; h++)
	{
		survey_stratum *s = &stratum[h];

		s->first_psu = sample.psus;
		random_counts(&s->psus, &s->sampled, &s->population);
		for (int i = 0; i < s->psus; i++)
		{
			survey_psu *u = &psu[sample.psus++];

			u->first_unit = sample.units;
			random_counts(&u->units, &u->sampled, &u->population);
			sample.units += u->units;
		}
	}
	for (int i = 0; i < sample.units * p; i++)
		z[i] = random_below(2001) - 1000;
}

/*
 * Add factor * (1 - n/N) * n/(n - 1) * sum (x - mean)(y - mean) of n values,
 * members of which are given. False for one unit of several that gives none.
 */
static bool
add_reference(mpq_t sum, const mpq_t *x, const mpq_t *y, int members, int64_t n, int64_t N,
			  lonely_rule lonely, const mpq_t factor)
{
	mpq_t		xx, xy, yy, t;

	if (N == n)
		return true;
	if (n == 1 && (lonely == LONELY_FAIL || lonely == LONELY_AVERAGE))
		return false;
	if (n == 1 && lonely != LONELY_ADJUST)
		return true;
	mpq_inits(xx, xy, yy, t, NULL);
	for (int i = 0; i < members; i++)
	{
		mpq_add(xx, xx, x[i]);
		mpq_add(yy, yy, y[i]);
		mpq_mul(t, x[i], y[i]);
		mpq_add(xy, xy, t);
	}
	if (n > 1)
	{
		/* n/(n - 1) * (sum xy - sum x * sum y / n) */
		mpq_mul(xx, xx, yy);
		mpq_set_si(t, 1, (unsigned long) n);
		mpq_mul(xx, xx, t);
		mpq_sub(xy, xy, xx);
		mpq_set_si(t, (long) n, (unsigned long) (n - 1));
		mpq_canonicalize(t);
		mpq_mul(xy, xy, t);
	}
	if (N != 0)
	{
		mpq_set_si(t, (long) (N - n), (unsigned long) N);
		mpq_canonicalize(t);
		mpq_mul(xy, xy, t);
	}
	mpq_mul(xy, xy, factor);
	mpq_add(sum, sum, xy);
	mpq_clears(xx, xy, yy, t, NULL);
	return true;
}

static void
multiply_ratio(mpq_t q, int64_t a, int64_t b)
{
	mpq_t		t;

	mpq_init(t);
	mpq_set_si(t, (long) a, (unsigned long) b);
	mpq_canonicalize(t);
	mpq_mul(q, q, t);
	mpq_clear(t);
}

/* The variance of variables a and b; false where it is not known. */
static bool
reference(mpq_t v, int a, int b, lonely_rule lonely)
{
	mpq_t		total[2][MOST_PSUS];
	mpq_t		unit[2][MOST_UNITS];
	mpq_t		one, inner;
	int			known = 0;
	bool		all = true;

	for (int i = 0; i < sample.units; i++)
	{
		mpq_inits(unit[0][i], unit[1][i], NULL);
		mpq_set_d(unit[0][i], z[i * p + a]);
		mpq_set_d(unit[1][i], z[i * p + b]);
	}
	for (int i = 0; i < sample.psus; i++)
		for (int k = 0; k < 2; k++)
		{
			mpq_init(total[k][i]);
			for (int u = 0; u < psu[i].units; u++)
				mpq_add(total[k][i], total[k][i], unit[k][psu[i].first_unit + u]);
		}
	mpq_inits(one, inner, NULL);
	mpq_set_ui(one, 1, 1);
	mpq_set_ui(v, 0, 1);
	for (int h = 0; h < sample.strata; h++)
	{
		const survey_stratum *s = &stratum[h];

		known += add_reference(v, (const mpq_t *) &total[0][s->first_psu], (const mpq_t *) &total[1][s->first_psu],
							   s->psus, s->sampled, s->population, lonely, one);
	}
	all = known > 0;
	if (all)
		multiply_ratio(v, sample.strata, known);
	for (int h = 0; all && sample.two_stages && h < sample.strata; h++)
	{
		const survey_stratum *s = &stratum[h];

		if (s->population == 0)
			continue;
		known = 0;
		mpq_set_ui(inner, 0, 1);
		for (int i = s->first_psu; i < s->first_psu + s->psus; i++)
			known += add_reference(inner, (const mpq_t *) &unit[0][psu[i].first_unit],
								   (const mpq_t *) &unit[1][psu[i].first_unit], psu[i].units,
								   psu[i].sampled, psu[i].population, lonely, one);
		all = known > 0;
		if (!all)
			break;
		multiply_ratio(inner, s->psus, known);
		multiply_ratio(inner, s->sampled, s->population);
		mpq_add(v, v, inner);
	}
	for (int i = 0; i < sample.units; i++)
		mpq_clears(unit[0][i], unit[1][i], NULL);
	for (int i = 0; i < sample.psus; i++)
		mpq_clears(total[0][i], total[1][i], NULL);
	mpq_clears(one, inner, NULL);
	return all;
}

/* A stratum, or (two stages, PSUs counted) PSU, of which one unit of several was drawn. */
static bool
any_lonely(void)
{
	for (int h = 0; h < sample.strata; h++)
	{
		const survey_stratum *s = &stratum[h];

		if (s->sampled == 1 && s->population != 1)
			return true;
		for (int i = s->first_psu; sample.two_stages && s->population != 0 && i < s->first_psu + s->psus; i++)
			if (psu[i].sampled == 1 && psu[i].population != 1)
				return true;
	}
	return false;
}

static void
check_sample(int number)
{
	double		v[MOST_VARIABLES * MOST_VARIABLES];
	double	   *scratch;
	lonely_rule lonely = (lonely_rule) random_below(5);
	survey_variance_result result;
	int			where = -1;
	mpq_t		expected;

	random_sample();
	scratch = malloc(sizeof(double) * survey_variance_scratch(&sample, p));
	polls = 0;
	result = survey_variance(&sample, lonely, z, p, v, scratch, count_polls, NULL, &where);
	if (polls > 0)
	{
		int			stop_at = 1 + random_below(polls);
		double		stopped[MOST_VARIABLES * MOST_VARIABLES];
		int			unused;

		polls = 0;
		check(survey_variance(&sample, lonely, z, p, stopped, scratch, count_polls, &stop_at, &unused) ==
			  SURVEY_VARIANCE_STOPPED && polls == stop_at, "case %d: stops when asked", number);
	}
	free(scratch);
	if (lonely == LONELY_FAIL)
	{
		bool		failed = result == SURVEY_VARIANCE_LONELY_STRATUM || result == SURVEY_VARIANCE_LONELY_PSU;

		check(failed == any_lonely(), "case %d: failed %d", number, failed);
		if (failed)
			check(result == SURVEY_VARIANCE_LONELY_STRATUM ? stratum[where].sampled == 1 : psu[where].sampled == 1,
				  "case %d: lonely %d", number, where);
		if (failed)
			return;
	}
	mpq_init(expected);
	for (int a = 0; a < p; a++)
		for (int b = 0; b < p; b++)
		{
			bool		known = reference(expected, a, b, lonely);
			double		is = mpq_get_d(expected);

			check(known == (result == SURVEY_VARIANCE_DONE), "case %d: known %d", number, known);
			/* In units of what is squared: differences of large figures may be small. */
			if (known)
				check(fabs(v[a * p + b] - is) <= 1e-12 * fabs(is) + 1e-6, "case %d, variables %d and %d: %.17g, expected %.17g",
					  number, a, b, v[a * p + b], is);
		}
	mpq_clear(expected);
}

static void
check_census(void)
{
	survey_stratum s[] = {{0, 1, 2, 2}, {1, 1, 1, 1}};
	survey_psu	u[] = {{0, 1, 3, 3}, {1, 1, 2, 2}};
	survey_sample whole = {.two_stages = true, .strata = 2, .psus = 2, .units = 2, .stratum = s, .psu = u};

	check(survey_is_census(&whole), "census");
	u[1].population = 0;
	check(!survey_is_census(&whole), "second stage not counted");
	whole.two_stages = false;
	check(survey_is_census(&whole), "census of one stage");
	s[0].population = 3;
	check(!survey_is_census(&whole), "sample");
}

/* Values by variables of very different magnitude, one of zeros. */
static void
check_scale(void)
{
	double		values[] = {3e-320, -1e300, 0, -1e-320, 5e-324, 0};
	double		given[6];
	int			exponent[3];

	memcpy(given, values, sizeof(values));
	check(survey_scale(values, 2, 3, exponent), "scaled");
	for (int i = 0; i < 6; i++)
		check(i == 4 || ldexp(values[i], exponent[i % 3]) == given[i], "value %d scaled without loss", i);
	check(values[0] >= 0.5 && values[0] < 1 && values[1] > -1 && values[1] <= -0.5, "largest from 1/2 to 1");
	check(values[2] == 0 && values[5] == 0, "zeros stay");
	values[3] = INFINITY;
	check(!survey_scale(values, 2, 3, exponent), "infinity");
	values[3] = NAN;
	check(!survey_scale(values, 2, 3, exponent), "NaN");
}

int
main(int argc, char **argv)
{
	uint64_t	seed = argc > 1 ? strtoull(argv[1], NULL, 0) : 1;

	printf("survey_variance: seed %" PRIu64 "\n", seed);
	random_state = seed;
	check_census();
	check_scale();
	for (int i = 0; i < CASES; i++)
		check_sample(i);
	printf("survey_variance: %ld checks, %ld failures\n", checks, failures);
	return failures != 0;
}
