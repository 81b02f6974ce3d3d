/*
 * treat_test.c
 *	  Outlier treatment against a plain version that moves values about, its
 *	  logarithms against MPFR; the same bits whatever the order, and mirrored
 *	  where all signs are turned. Usage: treat_test [seed]
 */
#include "kernel/field/treat.h"

#include "kernel_test.h"

#define LONGEST 200
#define CASES 4000

/* Columns of many kinds: with heavy tails at one end or both, ties, few values. */
static double
random_value(int kind)
{
	double		u = random_unit();
	double		tail = random_unit() < 0.05 ? 1 / (random_unit() + 1e-3) : 0;

	switch (kind)
	{
		case 0:
			return u + tail;
		case 1:
			return u + (random_bits() % 2 ? 20 : -30) * tail;
		case 2:
			return floor(3 * u) + (random_unit() < 0.04 ? 50 : 0) - (random_unit() < 0.01 ? 90 : 0);
		case 3:
			return random_unit() < 0.03;
		case 4:
			return 1e6 / (u + 1e-5);
		case 5:
			return -floor(7 / (u + 0.01));
		default:
			return ldexp(u, 900) * (tail > 0 ? 100 : 1);
	}
}

static void
fail(const char *what, int n, double got, double expected)
{
	printf("%s, n %d: got %a, expected %a\n", what, n, got, expected);
	exit(1);
}

static bool
fails(const column_moments *m, const treat_limits *limits)
{
	return m->count >= 4 && m->min < m->max &&
		fabs(m->skewness) >= limits->skewness && m->kurtosis >= limits->kurtosis;
}

static double
log_in_mpfr(double x)
{
	mpfr_t		t;
	double		result;

	mpfr_init2(t, 200);
	mpfr_set_d(t, x, MPFR_RNDN);
	mpfr_log(t, t, MPFR_RNDN);
	result = mpfr_get_d(t, MPFR_RNDN);
	mpfr_clear(t);
	return result;
}

/*
 * Moves the most extreme values, all that are tied, to the next one, until
 * the column passes; where one move too many would be needed, or all values
 * would become equal, logarithms of the column as it was.
 */
static treat_status
treat_plainly(const double *x, int n, const treat_limits *limits, double *y)
{
	column_moments before;
	column_moments m;
	bool		touched[LONGEST] = {false};
	treat_status status = TREAT_PASSED;

	memcpy(y, x, sizeof(double) * n);
	column_get_shape(x, n, &before);
	for (m = before; fails(&m, limits); column_get_shape(y, n, &m))
	{
		double		extreme = m.skewness > 0 ? m.max : m.min;
		double		next = m.skewness > 0 ? m.min : m.max;
		int			moved = 0;

		for (int i = 0; i < n; i++)
			if (!isnan(y[i]) && y[i] != extreme)
				next = m.skewness > 0 ? fmax(next, y[i]) : fmin(next, y[i]);
		for (int i = 0; i < n; i++)
			moved += touched[i] || y[i] == extreme;
		if (moved > limits->winsorise_max || next == (m.skewness > 0 ? m.min : m.max))
			break;
		for (int i = 0; i < n; i++)
			if (y[i] == extreme)
			{
				y[i] = next;
				touched[i] = true;
			}
		status = TREAT_WINSORISED;
	}
	if (!fails(&m, limits))
		return status;
	for (int i = 0; i < n; i++)
	{
		double		offset = 0.01 * (before.max - before.min);

		y[i] = isnan(x[i]) ? NAN : before.skewness > 0 ?
			log_in_mpfr(x[i] - before.min + offset) :
			-log_in_mpfr(before.max - x[i] + offset);
	}
	column_get_shape(y, n, &m);
	return fails(&m, limits) ? TREAT_STILL_FAILS : TREAT_LOGGED;
}

static treat_status
treat(treatment *t, const double *x, int n, const treat_limits *limits, double *treated)
{
	treat_start(t, x, n, limits, treated);
	while (treat_step(t))
		;
	if (t->status == TREAT_PASSED)
		memcpy(treated, x, sizeof(double) * n);
	return t->status;
}

static void
check_same(const char *what, const double *got, const double *expected, int n, int sign)
{
	for (int i = 0; i < n; i++)
		if (isnan(got[i]) ? !isnan(expected[i]) : got[i] != sign * expected[i])
			fail(what, n, got[i], sign * expected[i]);
}

/* What the outcome says of itself. */
static void
check_outcome(const treatment *t, const treat_limits *limits, const double *treated)
{
	int			low = 0;
	int			high = 0;
	column_moments after;

	for (int i = 0; i < t->n; i++)
	{
		low += t->x[i] < t->lower;
		high += t->x[i] > t->upper;
	}
	if (low != t->low || high != t->high || low + high > limits->winsorise_max)
		fail("winsorised", t->n, t->low + t->high, low + high);
	column_get_shape(treated, t->n, &after);
	if (fails(&after, limits) != (t->status == TREAT_STILL_FAILS))
		fail("status", t->n, t->status, fails(&after, limits));
	if (after.count > 3 && after.min < after.max &&
		(after.skewness != t->after.skewness || after.kurtosis != t->after.kurtosis))
		fail("moments after", t->n, t->after.skewness, after.skewness);
}

int
main(int argc, char **argv)
{
	uint64_t	seed = argc > 1 ? strtoull(argv[1], NULL, 0) : 20240607;
	int			seen[4] = {0};

	printf("treat_test, seed %llu: ", (unsigned long long) seed);
	random_state = seed;
	for (int i = 0; i < CASES; i++)
	{
		int			kind = (int) (random_bits() % 7);
		int			n = (int) (random_bits() % LONGEST);
		treat_limits limits = {(int) (random_bits() % 12), 2, 3.5};
		double		x[LONGEST],
					plain[LONGEST],
					treated[LONGEST],
					other[LONGEST],
					other_treated[LONGEST];
		treatment	t,
					u;

		for (int k = 0; k < n; k++)
			x[k] = random_bits() % 20 == 0 ? NAN : random_value(kind);
		seen[treat(&t, x, n, &limits, treated)]++;
		if (treat_plainly(x, n, &limits, plain) != t.status)
			fail("plain status", n, t.status, -1);
		check_same("treated", treated, plain, n, 1);
		check_outcome(&t, &limits, treated);

		for (int k = 0; k < n; k++)
			other[k] = -x[k];
		treat(&u, other, n, &limits, other_treated);
		check_same("mirrored", other_treated, treated, n, -1);

		/* Another order: backwards. */
		for (int k = 0; k < n; k++)
			other[k] = x[n - 1 - k];
		treat(&u, other, n, &limits, other_treated);
		for (int k = 0; k < n; k++)
			other[k] = other_treated[n - 1 - k];
		check_same("reordered", other, treated, n, 1);
	}
	for (int status = 0; status < 4; status++)
		if (seen[status] < CASES / 50)
			fail("cases of a status", CASES, seen[status], CASES / 50);
	printf("%d columns: %d passed, %d winsorised, %d logged, %d still fail\n",
		   CASES, seen[0], seen[1], seen[2], seen[3]);
	return 0;
}
