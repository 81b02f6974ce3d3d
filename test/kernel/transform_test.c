/*
 * transform_test.c
 *	  Transforms against MPFR over random values of many sizes, their domains, and
 *	  the Box-Cox parameter against its neighbours' likelihoods.
 *	  Usage: transform_test [seed [iterations]]
 */
#include "kernel/field/transform.h"

#include "kernel_test.h"

#define PRECISION 300

/* As transform_kind says, in many digits. */
static double
expected(const transform *t, double x)
{
	mpfr_t		y;
	mpfr_t		z;
	double		result;

	mpfr_inits2(PRECISION, y, z, NULL);
	mpfr_set_d(y, x, MPFR_RNDN);
	switch (t->kind)
	{
		case TRANSFORM_LOG:
			mpfr_log(y, y, MPFR_RNDN);
			break;
		case TRANSFORM_LOG1P:
			mpfr_add_d(y, y, t->a, MPFR_RNDN);
			mpfr_log(y, y, MPFR_RNDN);
			break;
		case TRANSFORM_SQRT:
			mpfr_sqrt(y, y, MPFR_RNDN);
			break;
		case TRANSFORM_CBRT:
			mpfr_cbrt(y, y, MPFR_RNDN);
			break;
		case TRANSFORM_POWER:
			mpfr_set_d(z, t->a, MPFR_RNDN);
			mpfr_pow(y, y, z, MPFR_RNDN);
			break;
		case TRANSFORM_BOXCOX:
			if (t->a == 0)
				mpfr_log(y, y, MPFR_RNDN);
			else
			{
				mpfr_set_d(z, t->a, MPFR_RNDN);
				mpfr_pow(y, y, z, MPFR_RNDN);
				mpfr_sub_ui(y, y, 1, MPFR_RNDN);
				mpfr_div(y, y, z, MPFR_RNDN);
			}
			break;
		case TRANSFORM_LOGIT:
			mpfr_d_sub(z, t->a, y, MPFR_RNDN);
			mpfr_div(y, y, z, MPFR_RNDN);
			mpfr_log(y, y, MPFR_RNDN);
			break;
		case TRANSFORM_ASINH:
			mpfr_asinh(y, y, MPFR_RNDN);
			break;
		case TRANSFORM_RECIPROCAL:
			mpfr_ui_div(y, 1, y, MPFR_RNDN);
			break;
		case TRANSFORM_CLIP:
			mpfr_set_d(y, fmin(fmax(x, t->a), t->b), MPFR_RNDN);
			break;
	}
	result = mpfr_get_d(y, MPFR_RNDN);
	mpfr_clears(y, z, NULL);
	return result;
}

static void
check_value(const transform *t, double x)
{
	double		got;
	double		want;
	bool		inside = transform_at(t, x, &got);

	check(inside, "kind %d of %a is outside its domain", t->kind, x);
	if (!inside)
		return;
	want = expected(t, x);
	if (isinf(want) || isinf(got))
	{
		check(got == want, "kind %d of %a: %a, not %a", t->kind, x, got, want);
		return;
	}
	check(fabs(got - want) <= 4 * 0x1p-53 * fabs(want) + 0x1p-1070,
		  "kind %d (%a, %a) of %a: %a, not %a", t->kind, t->a, t->b, x, got, want);
}

static double
random_size(void)
{
	int			exponent = random_below(80) - 40;

	return ldexp(random_unit() + 0.5, exponent);
}

static void
test_values(void)
{
	static const double powers[] = {0.5, 2, 3, -1, -0.5, 0.3, 1.7, 1e-3};
	double		x = random_size();
	double		any = random_below(2) ? x : -x;
	double		power = powers[random_below(8)];
	double		shift = random_size();

	check_value(&(transform) {TRANSFORM_LOG, 0, 0}, x);
	check_value(&(transform) {TRANSFORM_LOG1P, 1, 0}, x);
	check_value(&(transform) {TRANSFORM_LOG1P, shift, 0}, x);
	check_value(&(transform) {TRANSFORM_SQRT, 0, 0}, x);
	check_value(&(transform) {TRANSFORM_CBRT, 0, 0}, any);
	check_value(&(transform) {TRANSFORM_POWER, power, 0}, x);
	check_value(&(transform) {TRANSFORM_ASINH, 0, 0}, any);
	check_value(&(transform) {TRANSFORM_RECIPROCAL, 0, 0}, any);
	check_value(&(transform) {TRANSFORM_CLIP, -1, 2}, any);
	check_value(&(transform) {TRANSFORM_BOXCOX, 0, 0}, x);
}

/* What is near 1 cancels: to a few units of the last place of 1. */
static void
test_near_one(void)
{
	double		x = 1 + (random_unit() - 0.5) / 4;
	double		power = (random_unit() - 0.5) * 10;
	transform	boxcox = {TRANSFORM_BOXCOX, power, 0};
	transform	logit = {TRANSFORM_LOGIT, 1, 0};
	double		share = random_unit() * 0.98 + 0.01;
	double		got;

	check(transform_at(&boxcox, x, &got) && fabs(got - expected(&boxcox, x)) <= 0x1p-49 / fmin(1, fabs(power)),
		  "boxcox %a of %a: %a, not %a", power, x, got, expected(&boxcox, x));
	check(transform_at(&logit, share, &got) && fabs(got - expected(&logit, share)) <= 0x1p-50 * 8,
		  "logit of %a: %a, not %a", share, got, expected(&logit, share));
}

static void
test_domains(void)
{
	static const struct
	{
		transform	t;
		double		x;
		bool		inside;
		double		result;
	}			cases[] = {
		{{TRANSFORM_LOG, 0, 0}, 0, false, 0}, {{TRANSFORM_LOG, 0, 0}, -1, false, 0}, {{TRANSFORM_LOG, 0, 0}, 1, true, 0},
		{{TRANSFORM_LOG1P, 1, 0}, 0, true, 0}, {{TRANSFORM_LOG1P, 1, 0}, -1, false, 0}, {{TRANSFORM_LOG1P, 5, 0}, -4, true, 0},
		{{TRANSFORM_SQRT, 0, 0}, 0, true, 0}, {{TRANSFORM_SQRT, 0, 0}, -1, false, 0}, {{TRANSFORM_CBRT, 0, 0}, -27, true, -3},
		{{TRANSFORM_POWER, 2, 0}, -3, true, 9}, {{TRANSFORM_POWER, 3, 0}, -2, true, -8}, {{TRANSFORM_POWER, 0.5, 0}, -4, false, 0},
		{{TRANSFORM_POWER, 0.5, 0}, 0, true, 0}, {{TRANSFORM_POWER, -1, 0}, 0, false, 0}, {{TRANSFORM_BOXCOX, 1, 0}, 0, false, 0},
		{{TRANSFORM_BOXCOX, 1, 0}, 3, true, 2}, {{TRANSFORM_LOGIT, 1, 0}, 0.5, true, 0}, {{TRANSFORM_LOGIT, 1, 0}, 1, false, 0},
		{{TRANSFORM_LOGIT, 100, 0}, 50, true, 0}, {{TRANSFORM_LOGIT, 1, 0}, 0, false, 0}, {{TRANSFORM_ASINH, 0, 0}, 0, true, 0},
		{{TRANSFORM_RECIPROCAL, 0, 0}, 0, false, 0}, {{TRANSFORM_RECIPROCAL, 0, 0}, -4, true, -0.25}, {{TRANSFORM_CLIP, 0, 10}, 11, true, 10}
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		double		got = NAN;
		bool		inside = transform_at(&cases[i].t, cases[i].x, &got);

		check(inside == cases[i].inside && (!inside || got == cases[i].result),
			  "case %d: %d, %a", (int) i, inside, got);
	}
}

/* The profile log likelihood of Box and Cox (1964). */
static double
likelihood(const double *x, int n, double power)
{
	double		sum = 0;
	double		squares = 0;
	double		logs = 0;
	transform	t = {TRANSFORM_BOXCOX, power, 0};

	for (int i = 0; i < n; i++)
	{
		double		y = expected(&t, x[i]);

		sum += y;
		squares += y * y;
		logs += log(x[i]);
	}
	return -0.5 * n * log((squares - sum * sum / n) / n) + (power - 1) * logs;
}

static bool
never(void *unused)
{
	(void) unused;
	return false;
}

static void
test_learning(void)
{
	double		x[60];
	double		scratch[60];
	int			n = 5 + random_below(55);
	double		spread = random_unit() + 0.3;
	double		best;

	for (int i = 0; i < n; i++)
		x[i] = exp(spread * (random_unit() + random_unit() + random_unit()));
	best = boxcox_learn(x, n, scratch, never, NULL);
	check(best >= -5 && best <= 5, "parameter %a", best);
	if (best > -4.9 && best < 4.9)
		check(likelihood(x, n, best) >= likelihood(x, n, best - 0.01) - 1e-7 &&
			  likelihood(x, n, best) >= likelihood(x, n, best + 0.01) - 1e-7,
			  "parameter %a of %d values is not the best", best, n);
	x[n - 1] = NAN;
	x[0] = x[1];
	check(!isnan(boxcox_learn(x, n, scratch, never, NULL)), "missing values count");
	for (int i = 0; i < n; i++)
		x[i] = 3;
	check(isnan(boxcox_learn(x, n, scratch, never, NULL)), "equal values have a parameter");
}

int
main(int argc, char **argv)
{
	uint64_t	seed = argc > 1 ? strtoull(argv[1], NULL, 0) : 20261201;
	long		iterations = argc > 2 ? strtol(argv[2], NULL, 0) : 4000;

	random_state = seed;
	test_domains();
	for (long i = 0; i < iterations; i++)
	{
		test_values();
		test_near_one();
		if (i % 100 == 0)
			test_learning();
	}
	printf("transform: %ld checks, %ld failures; seed %" PRIu64 "\n", checks, failures, seed);
	return failures > 0;
}
