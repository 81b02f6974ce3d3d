/*
 * column_stats_test.c
 *	  Moments of columns against MPFR, order statistics against qsort(), and
 *	  the same bits whatever the order. Usage: column_stats_test [seed]
 */
#include "kernel/field/column_stats.h"

#include "kernel_test.h"

#define BITS 4000
#define LONGEST 700
#define CASES 400

/* Columns of many kinds: of all scales, hardly varying, skewed, with ties. */
static double
random_value(int kind, double scale)
{
	double		u = random_unit();

	switch (kind)
	{
		case 0:
			return (u - 0.3) * scale;
		case 1:
			return scale * (1 + floor(u * 50) * 0x1p-52);
		case 2:
			return scale / (u + 1e-6);
		case 3:
			return floor(u * 9) * scale;
		case 4:
			return u < 0.02 ? -scale : scale * 1e-9 * u;
		default:
			return ldexp(u - 0.5, -(int) (random_bits() % 60)) * scale;
	}
}

static void
fail(const char *what, int kind, double scale, int n, double got, double expected)
{
	printf("%s of kind %d, scale %a, n %d: got %a, expected %a\n",
		   what, kind, scale, n, got, expected);
	exit(1);
}

static void
check_close(const char *what, int kind, double scale, int n, double got, double expected, double tolerance)
{
	if (isnan(got) != isnan(expected) ||
		!(isnan(got) || fabs(got - expected) <= tolerance * (1 + fabs(expected))))
		fail(what, kind, scale, n, got, expected);
}

/* Central moments, divided by n, and the mean, in MPFR. */
static void
moments_in_mpfr(const double *x, int n, int *count, mpfr_t mean, mpfr_t m[5])
{
	mpfr_t		d,
				p;

	mpfr_inits2(BITS, d, p, (mpfr_ptr) 0);
	mpfr_set_zero(mean, 1);
	*count = 0;
	for (int i = 0; i < n; i++)
		if (!isnan(x[i]))
		{
			mpfr_add_d(mean, mean, x[i], MPFR_RNDN);
			++*count;
		}
	mpfr_div_si(mean, mean, *count, MPFR_RNDN);
	for (int k = 2; k <= 4; k++)
	{
		mpfr_set_zero(m[k], 1);
		for (int i = 0; i < n; i++)
			if (!isnan(x[i]))
			{
				mpfr_d_sub(d, x[i], mean, MPFR_RNDN);
				mpfr_pow_si(p, d, k, MPFR_RNDN);
				mpfr_add(m[k], m[k], p, MPFR_RNDN);
			}
		mpfr_div_si(m[k], m[k], *count, MPFR_RNDN);
	}
	mpfr_clears(d, p, (mpfr_ptr) 0);
}

static void
expect_moments(const double *x, int n, column_moments *expected)
{
	mpfr_t		mean,
				m[5],
				t,
				u;
	int			count;
	double		c;

	mpfr_inits2(BITS, mean, t, u, m[2], m[3], m[4], (mpfr_ptr) 0);
	moments_in_mpfr(x, n, &count, mean, m);
	c = count;
	*expected = (column_moments) {count, NAN, NAN, NAN, NAN, NAN, NAN};
	if (count > 0)
		expected->mean = mpfr_get_d(mean, MPFR_RNDN);
	if (count > 1)
	{
		mpfr_mul_si(t, m[2], count, MPFR_RNDN);
		mpfr_div_si(t, t, count - 1, MPFR_RNDN);
		mpfr_sqrt(t, t, MPFR_RNDN);
		expected->sd = mpfr_get_d(t, MPFR_RNDN);
	}
	if (count > 2 && !mpfr_zero_p(m[2]))
	{
		mpfr_sqrt(t, m[2], MPFR_RNDN);
		mpfr_mul(t, t, m[2], MPFR_RNDN);
		mpfr_div(t, m[3], t, MPFR_RNDN);
		expected->skewness = mpfr_get_d(t, MPFR_RNDN) * sqrt(c * (c - 1)) / (c - 2);
	}
	if (count > 3 && !mpfr_zero_p(m[2]))
	{
		mpfr_sqr(t, m[2], MPFR_RNDN);
		mpfr_div(t, m[4], t, MPFR_RNDN);
		expected->kurtosis = ((c + 1) * (mpfr_get_d(t, MPFR_RNDN) - 3) + 6) *
			(c - 1) / ((c - 2) * (c - 3));
	}
	mpfr_clears(mean, t, u, m[2], m[3], m[4], (mpfr_ptr) 0);
}

static int
compare_doubles(const void *a, const void *b)
{
	double		x = *(const double *) a;
	double		y = *(const double *) b;

	return (x > y) - (x < y);
}

static void
check_order(const double *x, int n, int kind, double scale)
{
	double		expected[LONGEST];
	double		sorted[LONGEST];
	double		scratch[LONGEST];
	int			count = 0;
	int			most;

	for (int i = 0; i < n; i++)
		if (!isnan(x[i]))
			expected[count++] = x[i] + 0.0;
	qsort(expected, (size_t) count, sizeof(double), compare_doubles);
	if (column_sort(x, n, sorted, scratch) != count)
		fail("number of sorted values", kind, scale, n, 0, count);
	if (memcmp(sorted, expected, sizeof(double) * (size_t) count) != 0)
		fail("order", kind, scale, n, 0, 0);
	if (count == 0)
		return;
	if (sorted_quantile(sorted, count, 0) != sorted[0] ||
		sorted_quantile(sorted, count, 1) != sorted[count - 1])
		fail("quantile at an end", kind, scale, n, sorted_quantile(sorted, count, 1), sorted[count - 1]);
	if (sorted_distinct(sorted, count, &most) * most < count)
		fail("distinct values", kind, scale, n, most, count);
	if (count % 2 == 1 && sorted_median(sorted, count) != sorted_quantile(sorted, count, 0.5))
		fail("median", kind, scale, n, sorted_median(sorted, count), sorted[count / 2]);
}

static void
check_column(int kind, double scale, int n)
{
	double		x[LONGEST] = {0};
	column_moments got;
	column_moments again;
	column_moments expected;

	for (int i = 0; i < n; i++)
		x[i] = random_bits() % 8 == 0 ? NAN : random_value(kind, scale);
	column_get_moments(x, n, &got);
	expect_moments(x, n, &expected);
	if (got.count != expected.count)
		fail("count", kind, scale, n, got.count, expected.count);
	column_get_spread(x, n, &again);
	check_close("sd alone", kind, scale, n, again.sd, got.sd, 0);
	column_get_shape(x, n, &again);
	check_close("kurtosis alone", kind, scale, n, again.kurtosis, got.kurtosis, 0);
	check_close("mean", kind, scale, n, got.mean, expected.mean, 0);
	check_close("mean alone", kind, scale, n, column_mean(x, n), expected.mean, 0);
	check_close("sd", kind, scale, n, got.sd, expected.sd, 0);
	check_close("skewness", kind, scale, n, got.skewness, expected.skewness, 1e-13);
	check_close("kurtosis", kind, scale, n, got.kurtosis, expected.kurtosis, 1e-13);
	check_order(x, n, kind, scale);

	for (int i = n - 1; i > 0; i--)
	{
		int			k = (int) (random_bits() % (uint64_t) (i + 1));
		double		swap = x[i];

		x[i] = x[k];
		x[k] = swap;
	}
	column_get_moments(x, n, &again);
	if (again.count != got.count || memcmp(&got.min, &again.min, 6 * sizeof(double)) != 0)
		fail("moments after a permutation", kind, scale, n, again.skewness, got.skewness);
}

static void
check_fixed(void)
{
	static const double four[] = {1, 2, 4, 8};
	static const double huge[] = {-0x1.8p1023, 0x1.8p1023, 0, 0x1p1023};
	column_moments m;

	if (sorted_quantile(four, 4, 0.25) != 1.75 || sorted_quantile(four, 4, 0.5) != 3 ||
		sorted_median(four, 4) != 3)
		fail("quantile", 0, 1, 4, sorted_quantile(four, 4, 0.25), 1.75);
	column_get_moments(huge, 4, &m);
	if (!(fabs(m.skewness) < 2) || !(fabs(m.kurtosis) < 9) || !isfinite(m.sd))
		fail("shape of huge values", 0, 1, 4, m.skewness, 0);
}

int
main(int argc, char **argv)
{
	static const double scale[] = {1, 0.1, 1e-8, 1e9, 1e-310, 1e-160, 1e150, 0x1p1000, -3};
	uint64_t	seed = argc > 1 ? strtoull(argv[1], NULL, 0) : 1;

	printf("column_stats: seed %llu\n", (unsigned long long) seed);
	random_state = seed;
	check_fixed();
	for (int i = 0; i < CASES; i++)
	{
		int			kind = (int) (random_bits() % 6);
		int			n = (int) (random_bits() % (i % 4 == 0 ? LONGEST + 1 : 9));

		check_column(kind, scale[random_bits() % 9], n);
	}
	printf("column_stats: ok\n");
	return 0;
}
