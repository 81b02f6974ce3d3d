/*
 * count_interval.c
 *	  Confidence intervals from counts: of a share k of n, of a rate.
 *
 * With p = k/n and z the normal quantile at (1 + level) / 2:
 *
 *	  wilson			the shares q with (p - q)^2 <= z^2 q (1 - q) / n
 *						(Wilson, JASA 22, 1927)
 *	  wilson_corrected	the same of k - 1/2 below and k + 1/2 above (Newcombe,
 *						Statistics in Medicine 17, 1998, method 4)
 *	  clopper_pearson	the shares that neither tail of the binomial
 *						distribution refutes (Biometrika 26, 1934)
 *	  jeffreys			equal tails of the beta distribution of k + 1/2 and
 *						n - k + 1/2, from 0 where k is and to 1 where k is n
 *	  agresti_coull		p' -+ z sqrt(p' (1 - p') / (n + z^2)), p' the middle of
 *						Wilson's, (k + z^2/2) / (n + z^2)
 *	  arcsine			asin(sqrt((k + 3/8) / (n + 3/4))) -+ z / (2 sqrt(n)),
 *						taken back (Anscombe)
 *	  normal			p -+ z sqrt(p (1 - p) / n)
 *
 * the last four as in Brown, Cai and DasGupta, Statistical Science 16, 2001.
 *
 * Of the events expected where k were counted: exact, those that neither tail
 * of the Poisson distribution refutes (Garwood, Biometrika 28, 1936), and Byar's
 * approximation of them (Breslow and Day, Statistical Methods in Cancer
 * Research, vol. II, 1987, p. 69).
 */
#include "kernel/survey/count_interval.h"

#include <math.h>

#include "kernel/exact/distributions.h"
#include "kernel/survey/share_interval.h"

/* Beyond, quantiles of the beta distribution lose digits. */
#define LARGEST_BETA 1e11

/* Beyond, those of chi-squared do, and Byar's error is less than rounding's. */
#define LARGEST_CHI_SQUARED 1e9

static void
wilson_ends(double k, double others, double n, double correction, double z,
			double *low, double *high)
{
	*low = k == 0 ? 0 :
		wilson_end((k - correction) / n, (others + correction) / n, n, z, false);
	*high = others == 0 ? 1 :
		wilson_end((k + correction) / n, (others - correction) / n, n, z, true);
}

static void
symmetric_interval(double p, double margin, double *low, double *high)
{
	*low = fmax(p - margin, 0);
	*high = fmin(p + margin, 1);
}

void
count_interval(int64_t count, int64_t of, count_method method, double level,
			   double *low, double *high)
{
	double		k = (double) count;
	double		others = (double) (of - count);
	double		n = (double) of;
	double		tail = (1 - level) / 2;
	double		z = -normal_quantile(tail);
	double		more;
	double		p;

	*low = *high = NAN;
	switch (method)
	{
		case COUNT_WILSON:
			wilson_ends(k, others, n, 0, z, low, high);
			break;
		case COUNT_WILSON_CORRECTED:
			wilson_ends(k, others, n, 0.5, z, low, high);
			break;
		case COUNT_CLOPPER_PEARSON:
			if (n > LARGEST_BETA)
				break;
			*low = k == 0 ? 0 : beta_quantile(tail, k, others + 1);
			*high = others == 0 ? 1 : beta_quantile_upper(tail, k + 1, others);
			break;
		case COUNT_JEFFREYS:
			if (n > LARGEST_BETA)
				break;
			*low = k == 0 ? 0 : beta_quantile(tail, k + 0.5, others + 0.5);
			*high = others == 0 ? 1 : beta_quantile_upper(tail, k + 0.5, others + 0.5);
			break;
		case COUNT_AGRESTI_COULL:
			more = n + z * z;
			p = (k + z * z / 2) / more;
			symmetric_interval(p, z * sqrt(p * ((others + z * z / 2) / more) / more), low, high);
			break;
		case COUNT_ARCSINE:
			asin_interval((k + 0.375) / (n + 0.75), z / (2 * sqrt(n)), low, high);
			break;
		case COUNT_NORMAL:
			if (k > 0 && others > 0)
				symmetric_interval(k / n, z * sqrt(k / n * (others / n) / n), low, high);
			break;
	}
}

static double
byar_end(double k, double z)
{
	double		root = k > 0 ? fmax(1 - 1 / (9 * k) + z / (3 * sqrt(k)), 0) : 0;

	return k * root * root * root;
}

void
event_interval(int64_t count, rate_method method, double level, double *low, double *high)
{
	double		k = (double) count;
	double		tail = (1 - level) / 2;
	double		z = -normal_quantile(tail);

	if (method == RATE_BYAR || k > LARGEST_CHI_SQUARED)
	{
		*low = byar_end(k, -z);
		*high = byar_end(k + 1, z);
	}
	else
	{
		*low = k > 0 ? chi_squared_quantile(tail, 2 * k) / 2 : 0;
		*high = chi_squared_quantile_upper(tail, 2 * k + 2) / 2;
	}
}
