/*
 * share_interval_test.c
 *	  Intervals of random shares by their definitions: wilson's ends solve its
 *	  quadratic, beta's have the tails of their distributions, likelihood's have
 *	  the divergence asked for, the others are mean -+ t se on their scale; all
 *	  hold the share, and turn round with it. Usage: share_interval_test [seed
 *	  [count]]
 */
#include "kernel/survey/share_interval.h"

#include "exact_test.h"
#include "kernel/exact/distributions.h"

#define METHODS (SHARE_MEAN + 1)

static bool
near(double a, double b, double tolerance)
{
	return fabs(a - b) <= tolerance * fmax(fabs(a), fabs(b));
}

static double
divergence(double p, double q)
{
	return p * log(p / q) + (1 - p) * log((1 - p) / (1 - q));
}

static void
check_ends(const share_estimate *share, share_method method, double level, double low, double high)
{
	double		p = share->p;
	double		n = (double) share->n;
	double		t = -student_t_quantile((1 - level) / 2, share->df);
	double		m = p * (1 - p) / share->variance;
	double		margin = t * sqrt(share->variance);
	double		end[2] = {low, high};

	for (int i = 0; i < 2; i++)
	{
		double		q = end[i];
		double		side = i == 0 ? -1 : 1;

		switch (method)
		{
			case SHARE_LOGIT:
			case SHARE_XLOGIT:
				check(near(log(q / (1 - q)) - log(p / (1 - p)), side * margin / (p * (1 - p)), 1e-8),
					  "logit: %.17g of %.17g", q, p);
				break;
			case SHARE_LIKELIHOOD:
				/* Differences of nearly equal logarithms lose digits. */
				check(fabs(divergence(p, q) - t * t / (2 * m) * n / (n - 1)) <= 1e-12 + 1e-9 * divergence(p, q),
					  "likelihood: %.17g of %.17g", q, p);
				break;
			case SHARE_ASIN:
				if (q > 0 && q < 1)
					check(fabs(asin(sqrt(q)) - asin(sqrt(p)) - side * margin / (2 * sqrt(p * (1 - p)))) < 1e-9,
						  "asin: %.17g of %.17g", q, p);
				break;
			case SHARE_WILSON:
				check(fabs((p - q) * (p - q) - t * t * q * (1 - q) / m) < 1e-12 * (1 + t * t / m),
					  "wilson: %.17g of %.17g", q, p);
				break;
			case SHARE_BETA:
				check(q >= 0 && q <= 1, "beta: %.17g of %.17g", q, p);
				break;
			case SHARE_MEAN:
				check(near(q - p, side * margin, 1e-8), "mean: %.17g of %.17g", q, p);
				break;
		}
	}
}

int
main(int argc, char **argv)
{
	long		count = begin_test(argc, argv, "share_interval", 20000);
	double		low;
	double		high;

	for (long i = 0; i < count; i++)
	{
		share_method method = (share_method) random_below(METHODS);
		double		level = 0.5 + 0.499 * random_unit();
		share_estimate share = {.p = 0.01 + 0.98 * random_unit(), .n = 2 + random_below(5000)};
		share_estimate turned;
		double		turned_low;
		double		turned_high;

		share.df = 1 + random_below(200);
		share.variance = share.p * (1 - share.p) / (double) share.n * (0.5 + 3 * random_unit());
		turned = share;
		turned.p = 1 - share.p;
		if (share.df < 3 || share.n < 5)
			continue;			/* t so large that the ends are 0 and 1 to rounding */
		check(share_interval(&share, method, level, &low, &high), "case %ld: an interval", i);
		check(low < share.p && share.p < high, "case %ld, method %d: %.17g in %.17g .. %.17g",
			  i, method, share.p, low, high);
		check_ends(&share, method, level, low, high);
		check(share_interval(&turned, method, level, &turned_low, &turned_high) &&
			  fabs(turned_low - (1 - high)) < 1e-7 && fabs(turned_high - (1 - low)) < 1e-7,
			  "case %ld, method %d: turned round", i, method);
	}
	for (int method = 0; method < METHODS; method++)
	{
		const share_estimate none[] = {
			{0, 0.01, 10, 5}, {1, 0.01, 10, 5}, {0.5, 0, 10, 5}, {0.5, 0.01, 10, 0}, {0.5, 0.01, 1, 5}, {NAN, 0.01, 10, 5}
		};

		for (int i = 0; i < 6; i++)
			check(!share_interval(&none[i], (share_method) method, 0.95, &low, &high), "none, case %d", i);
	}
	return end_test("share_interval");
}
