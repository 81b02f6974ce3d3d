/*
 * power_mean_test.c
 *	  Weighted power means against MPFR: within a little more than half a unit
 *	  in the last place for any power, and rounded once for 1, 2 and those by
 *	  hand; which values have no mean, and why.
 *
 * Usage: power_mean_test [seed [count]]
 */
#include "exact_test.h"

#include "kernel/exact/power_mean.h"

#define PRECISION 400
#define MOST_VALUES 20

/* An exact sum of factors, as an integer with an exponent. */
static void
add_factor(mpq_t sum, const moments_factor *factor, double weight)
{
	uint64_t	limb[] = {(uint64_t) factor->magnitude, (uint64_t) (factor->magnitude >> 64)};
	mpq_t		x;
	mpq_t		w;

	mpq_inits(x, w, NULL);
	mpz_import(mpq_numref(x), 2, -1, 8, 0, 0, limb);
	mpq_scale(x, factor->exponent);
	if (factor->negative)
		mpq_neg(x, x);
	mpq_set_d(w, weight);
	mpq_mul(x, x, w);
	mpq_add(sum, sum, x);
	mpq_clears(x, w, NULL);
}

static void
integer_from_mpq(exact_integer *x, const mpq_t q)
{
	int			exponent = -(int) mpz_scan1(mpq_denref(q), 0);

	integer_from_mpz(x, mpq_numref(q), mpz_sgn(mpq_numref(q)) == 0 ? 0 : exponent);
}

static power_mean_error
power_mean_of(const double *value, const double *weight, int n, double power, double *mean)
{
	static exact_integer sum;
	static exact_integer total;
	mpq_t		sums;
	mpq_t		weights;
	mpq_t		w;
	power_mean_error error = POWER_MEAN_OK;

	mpq_inits(sums, weights, w, NULL);
	for (int i = 0; i < n && error == POWER_MEAN_OK; i++)
	{
		moments_factor factor;

		error = power_mean_factor(value[i], power, &factor);
		if (error == POWER_MEAN_OK)
			add_factor(sums, &factor, weight[i]);
		mpq_set_d(w, weight[i]);
		mpq_add(weights, weights, w);
	}
	if (error == POWER_MEAN_OK)
	{
		integer_from_mpq(&sum, sums);
		integer_from_mpq(&total, weights);
		error = power_mean_root(&sum, &total, power, mean);
	}
	mpq_clears(sums, weights, w, NULL);
	return error;
}

/* The mean by its definition, in many digits. */
static void
define(mpfr_t mean, const double *value, const double *weight, int n, double power)
{
	mpfr_t		x;
	mpfr_t		p;
	mpfr_t		total;

	mpfr_inits2(PRECISION, x, p, total, NULL);
	mpfr_set_d(p, power, MPFR_RNDN);
	mpfr_set_zero(mean, 1);
	mpfr_set_zero(total, 1);
	for (int i = 0; i < n; i++)
	{
		mpfr_set_d(x, value[i], MPFR_RNDN);
		if (power == 0)
			mpfr_log(x, x, MPFR_RNDN);
		else
			mpfr_pow(x, x, p, MPFR_RNDN);
		mpfr_mul_d(x, x, weight[i], MPFR_RNDN);
		mpfr_add(mean, mean, x, MPFR_RNDN);
		mpfr_add_d(total, total, weight[i], MPFR_RNDN);
	}
	mpfr_div(mean, mean, total, MPFR_RNDN);
	if (power == 0)
		mpfr_exp(mean, mean, MPFR_RNDN);
	else
	{
		mpfr_ui_div(p, 1, p, MPFR_RNDN);
		mpfr_pow(mean, mean, p, MPFR_RNDN);
	}
	mpfr_clears(x, p, total, NULL);
}

static void
test_mean(void)
{
	static const double powers[] = {0, 1, -1, 2, 3, -2, 0.5, -0.5, 10};
	double		value[MOST_VALUES];
	double		weight[MOST_VALUES];
	int			n = 1 + random_below(MOST_VALUES);
	int			kind = random_below(3);
	double		power = random_below(4) == 0 ? random_unit() * 20 - 10 : powers[random_below(9)];
	double		got;
	double		reversed;
	double		ulp;
	power_mean_error error;
	mpfr_t		expected;

	for (int i = 0; i < n; i++)
	{
		value[i] = kind == 0 ? (1 + random_below(10000)) / 100.0 : kind == 1 ? 1 + random_unit() * 1e-9 :
			ldexp(0.5 + random_unit(), random_below(120) - 60);
		weight[i] = random_below(2) ? 1 : 0.01 + random_unit() * 5;
	}
	mpfr_init2(expected, PRECISION);
	error = power_mean_of(value, weight, n, power, &got);
	check(error == POWER_MEAN_OK, "power %g of %d values: error %d", power, n, (int) error);
	if (error == POWER_MEAN_OK)
	{
		define(expected, value, weight, n, power);
		if (power == 1 || power == 2)
			check_double(got, mpfr_get_d(expected, MPFR_RNDN), "mean rounded once");
		ulp = nextafter(got, INFINITY) - got;
		mpfr_sub_d(expected, expected, got, MPFR_RNDN);
		check(fabs(mpfr_get_d(expected, MPFR_RNDN)) <= 0.5000001 * ulp, "power %g of %d values: %a is off by %g ulp",
			  power, n, got, mpfr_get_d(expected, MPFR_RNDN) / ulp);
	}
	for (int i = 0; i < n / 2; i++)
	{
		double		v = value[i];
		double		w = weight[i];

		value[i] = value[n - 1 - i];
		weight[i] = weight[n - 1 - i];
		value[n - 1 - i] = v;
		weight[n - 1 - i] = w;
	}
	if (error == POWER_MEAN_OK && power_mean_of(value, weight, n, power, &reversed) == POWER_MEAN_OK)
		check_double(reversed, got, "mean in another order");
	mpfr_clear(expected);
}

static void
expect(double first, double second, double power, power_mean_error error, double mean)
{
	double		value[] = {first, second};
	double		weight[] = {1, 1};
	double		got = NAN;
	power_mean_error e = power_mean_of(value, weight, 2, power, &got);

	check(e == error, "power %g of %g and %g: error %d, expected %d", power, first, second, (int) e, (int) error);
	if (e == POWER_MEAN_OK)
		check_double(got, mean, "mean by hand");
}

static void
test_known(void)
{
	expect(2, 8, 0, POWER_MEAN_OK, 4);
	expect(2, 6, -1, POWER_MEAN_OK, 3);
	expect(1, 7, 2, POWER_MEAN_OK, 5);
	expect(-1, 7, 2, POWER_MEAN_OK, 5);
	expect(1, 9, 0.5, POWER_MEAN_OK, 4);
	expect(0, 2, 1, POWER_MEAN_OK, 1);
	expect(0, 0, 3, POWER_MEAN_OK, 0);
	expect(-3, -3, 4, POWER_MEAN_OK, 3);
	expect(-2, 2, -2, POWER_MEAN_OK, 2);

	expect(1, 0, 0, POWER_MEAN_NOT_POSITIVE, 0);
	expect(1, -1, 0, POWER_MEAN_NOT_POSITIVE, 0);
	expect(1, 0, -1, POWER_MEAN_ZERO, 0);
	expect(1, 0, -0.5, POWER_MEAN_ZERO, 0);
	expect(1, -1, -1, POWER_MEAN_ZERO, 0);
	expect(1, -1, 3, POWER_MEAN_NEGATIVE, 0);
	expect(1, -1, 0.5, POWER_MEAN_NEGATIVE, 0);
	expect(1e300, 1, 20, POWER_MEAN_RANGE, 0);
	expect(1e-300, 1, 20, POWER_MEAN_RANGE, 0);

	check(power_mean_is_even(2) && power_mean_is_even(-4) && !power_mean_is_even(3) && !power_mean_is_even(0.5),
		  "even powers");
}

int
main(int argc, char **argv)
{
	long		count = begin_test(argc, argv, "power_mean", 5000);

	test_known();
	for (long i = 0; i < count; i++)
		test_mean();
	return end_test("power_mean");
}
