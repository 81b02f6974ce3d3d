/*
 * count_interval_test.c
 *	  Intervals of random counts by their definitions: Wilson's ends solve his
 *	  quadratic, those of Clopper and Pearson, of Jeffreys and of Garwood leave
 *	  their tails of the distribution, the others are symmetric on their scale.
 *	  All turn round with the share. Usage: count_interval_test [seed [count]]
 */
#include "kernel/survey/count_interval.h"

#include <math.h>

#include "kernel_test.h"
#include "kernel/exact/distributions.h"

#define METHODS (COUNT_NORMAL + 1)

static bool
near(double a, double b, double tolerance)
{
	return fabs(a - b) <= tolerance * fmax(fabs(a), fabs(b));
}

/* The end q of k of n, the upper one where side is 1. */
static void
check_end(double k, double n, count_method method, double level, double q, int side)
{
	double		tail = (1 - level) / 2;
	double		z = -normal_quantile(tail);
	double		p = k / n;
	double		got;

	switch (method)
	{
		case COUNT_WILSON_CORRECTED:
			p += side * 0.5 / n;
			/* FALLTHROUGH */
		case COUNT_WILSON:
			check(fabs((p - q) * (p - q) - z * z * q * (1 - q) / n) < 1e-14 * (1 + z * z / n),
				  "wilson: %.17g of %.17g", q, p);
			break;
		case COUNT_CLOPPER_PEARSON:
			/* k or more where the share is the lower end, k or fewer where the upper. */
			got = side < 0 ? beta_cdf(q, k, n - k + 1) : beta_upper(q, k + 1, n - k);
			check(near(got, tail, 1e-8), "clopper_pearson: %.17g of %.0f of %.0f", q, k, n);
			break;
		case COUNT_JEFFREYS:
			got = side < 0 ? beta_cdf(q, k + 0.5, n - k + 0.5) : beta_upper(q, k + 0.5, n - k + 0.5);
			check(near(got, tail, 1e-8), "jeffreys: %.17g of %.0f of %.0f", q, k, n);
			break;
		case COUNT_AGRESTI_COULL:
			p = (k + z * z / 2) / (n + z * z);
			got = p + side * z * sqrt(p * (1 - p) / (n + z * z));
			check(fabs(fmin(fmax(got, 0), 1) - q) < 1e-14, "agresti_coull: %.17g", q);
			break;
		case COUNT_ARCSINE:
			got = asin(sqrt((k + 0.375) / (n + 0.75))) + side * z / (2 * sqrt(n));
			got = sin(fmin(fmax(got, 0), acos(0)));
			check(fabs(got * got - q) < 1e-14, "arcsine: %.17g", q);
			break;
		case COUNT_NORMAL:
			got = p + side * z * sqrt(p * (1 - p) / n);
			check(fabs(fmin(fmax(got, 0), 1) - q) < 1e-14, "normal: %.17g", q);
			break;
	}
}

static void
check_counts(long i)
{
	int64_t		n = 1 + random_below(i % 2 == 0 ? 30 : 100000);
	int64_t		k = random_below(n + 1);
	count_method method = (count_method) random_below(METHODS);
	double		level = 0.5 + 0.499 * random_unit();
	double		low;
	double		high;
	double		turned_low;
	double		turned_high;

	count_interval(k, n, method, level, &low, &high);
	count_interval(n - k, n, method, level, &turned_low, &turned_high);
	if (method == COUNT_NORMAL && (k == 0 || k == n))
	{
		check(isnan(low) && isnan(high), "normal: %ld of %ld", (long) k, (long) n);
		return;
	}
	check(low >= 0 && low < high && high <= 1, "case %ld, method %d: %.17g .. %.17g", i, method, low, high);
	check(fabs(turned_low - (1 - high)) < 1e-12 && fabs(turned_high - (1 - low)) < 1e-12,
		  "case %ld, method %d: turned round", i, method);
	if (k == 0 && method < COUNT_AGRESTI_COULL)
		check(low == 0, "case %ld, method %d: 0", i, method);
	else
		check_end((double) k, (double) n, method, level, low, -1);
	if (k == n && method < COUNT_AGRESTI_COULL)
		check(high == 1, "case %ld, method %d: 1", i, method);
	else
		check_end((double) k, (double) n, method, level, high, 1);
}

static void
check_events(long i)
{
	int64_t		k = random_below(i % 2 == 0 ? 30 : 100000);
	double		level = 0.5 + 0.499 * random_unit();
	double		low;
	double		high;
	double		byar_low;
	double		byar_high;

	event_interval(k, RATE_EXACT, level, &low, &high);
	event_interval(k, RATE_BYAR, level, &byar_low, &byar_high);
	check(0 <= low && low <= (double) k && (double) k < high, "case %ld: %.17g .. %.17g", i, low, high);
	check(k == 0 ? low == 0 : near(chi_squared_cdf(2 * low, 2 * (double) k), (1 - level) / 2, 1e-8),
		  "case %ld: lower end %.17g", i, low);
	check(near(chi_squared_upper(2 * high, 2 * (double) k + 2), (1 - level) / 2, 1e-8),
		  "case %ld: upper end %.17g", i, high);
	check(near(high, byar_high, k < 10 ? 0.05 : 0.01) && fabs(low - byar_low) <= 0.2,
		  "case %ld: %ld events, %.17g .. %.17g, by Byar %.17g .. %.17g", i, (long) k, low, high,
		  byar_low, byar_high);
}

/* Where the quantiles give way to Byar's approximation, no digit shows it. */
static void
check_many_events(void)
{
	double		low;
	double		high;
	double		byar_low;
	double		byar_high;

	event_interval(1000000000, RATE_EXACT, 0.95, &low, &high);
	event_interval(1000000000, RATE_BYAR, 0.95, &byar_low, &byar_high);
	check(near(low, byar_low, 1e-15) && near(high, byar_high, 1e-15), "byar: %.17g .. %.17g", low, high);
}

int
main(int argc, char **argv)
{
	long		count = begin_test(argc, argv, "count_interval", 20000);

	for (long i = 0; i < count; i++)
	{
		check_counts(i);
		check_events(i);
	}
	check_many_events();
	return end_test("count_interval");
}
