/*
 * share_interval.c
 *	  Confidence intervals for a share estimated from a survey.
 *
 * With p the share, V its variance under the design, t the quantile of
 * Student's t with the design's degrees of freedom at (1 + level) / 2:
 *
 *	  mean			p -+ t sqrt(V); may reach beyond 0 or 1
 *	  logit, xlogit	the same on the scale log(p / (1 - p)), taken back
 *	  asin			the same on the scale asin(sqrt(p)), taken back
 *	  wilson		the shares q with (p - q)^2 <= t^2 q (1 - q) / m, where
 *					m = p (1 - p) / V is the effective sample size (Wilson,
 *					JASA 22, 1927)
 *	  beta			that of Clopper and Pearson for m respondents, adjusted for
 *					the degrees of freedom (Korn and Graubard, Survey
 *					Methodology 24, 1998)
 *	  likelihood	the shares q that the likelihood ratio, scaled to the
 *					design's variance (Rao and Scott, Annals of Statistics 12,
 *					1984), does not refute: with 2 m (n - 1)/n times the
 *					divergence of q from p at most t^2
 *
 * All as svyciprop() of R's survey 4.1 has them, wilson as in its version 4.5.
 * Where R differs: it reaches logit by a regression and xlogit directly, which
 * agree in twelve digits and are one here; it reads the ends of likelihood from
 * a table, in error from the sixth digit on; and where t reaches beyond the end
 * of the scale of asin, it turns back, while the end is 0 or 1 here.
 */
#include "kernel/survey/share_interval.h"

#include <math.h>

#include "kernel/exact/distributions.h"

#define HALF_PI 1.57079632679489661923

static double
logit(double p)
{
	return log(p) - log1p(-p);
}

static double
inverse_logit(double x)
{
	return 1 / (1 + exp(-x));
}

void
asin_interval(double p, double half, double *low, double *high)
{
	double		angle = asin(sqrt(p));
	double		a = sin(fmax(angle - half, 0));
	double		b = sin(fmin(angle + half, HALF_PI));

	*low = a * a;
	*high = b * b;
}

/*
 * The ends are the roots of (1 + t^2/m) q^2 - (2p + t^2/m) q + p^2 = 0: the
 * lower by their product, since the usual form of it subtracts nearly equal
 * numbers where p is small.
 */
double
wilson_end(double p, double complement, double m, double t, bool upper)
{
	double		shift = t * t / (2 * m);
	double		sum = p + shift + t / m * sqrt(m * p * complement + t * t / 4);

	if (upper)
		return complement == 0 ? 1 : fmin(sum / (1 + 2 * shift), 1);
	return p == 0 ? 0 : p * (p / sum);
}

static void
beta_interval(double p, double m, double t, double n, double level, double *low, double *high)
{
	double		t_of_n = -student_t_quantile((1 - level) / 2, n - 1);

	m *= (t_of_n / t) * (t_of_n / t);
	*low = beta_quantile((1 - level) / 2, m * p, m * (1 - p) + 1);
	*high = beta_quantile((1 + level) / 2, m * p + 1, m * (1 - p));
}

/* The logarithm of the share whose logit is x. */
static double
log_share(double x)
{
	return x < 0 ? x - log1p(exp(x)) : -log1p(exp(-x));
}

/*
 * Where, on the side of the logit x, the divergence of the share q from p,
 * p log(p / q) + (1 - p) log((1 - p) / (1 - q)), is as given. It is convex in
 * the logit of q, with derivative q - p: Newton's method, once beyond the end,
 * comes back to it without passing it.
 */
static double
likelihood_end(double p, double x, double divergence)
{
	double		distance = sqrt(2 * divergence / (p * (1 - p)));
	double		step;
	int			steps = 0;

	/*
	 * So near to p, rounding hides the divergence: p (1 - p) d^2 / 2 times
	 * 1 + (1 - 2 p) d / 3 at the distance d, but for a share d^2 of it.
	 */
	if (distance < 1e-4)
	{
		if (x < logit(p))
			distance = -distance;
		return inverse_logit(logit(p) + distance * (1 - (1 - 2 * p) * distance / 6));
	}
	do
	{
		double		here = p * (log(p) - log_share(x)) + (1 - p) * (log1p(-p) - log_share(-x));

		step = (here - divergence) / (inverse_logit(x) - p);
		x -= step;
	} while (fabs(step) > 1e-14 * (1 + fabs(x)) && ++steps < 100);
	return inverse_logit(x);
}

bool
share_interval(const share_estimate *share, share_method method, double level,
			   double *low, double *high)
{
	double		p = share->p;
	double		n = (double) share->n;
	double		t;
	double		m;				/* effective sample size */
	double		margin;
	double		logit_margin;
	double		divergence;

	if (!(p > 0 && p < 1) || !(share->variance > 0) || !(share->df > 0) || share->n < 2)
		return false;
	t = -student_t_quantile((1 - level) / 2, share->df);
	m = p * (1 - p) / share->variance;
	margin = t * sqrt(share->variance);
	logit_margin = margin / (p * (1 - p));
	switch (method)
	{
		case SHARE_LOGIT:
		case SHARE_XLOGIT:
			*low = inverse_logit(logit(p) - logit_margin);
			*high = inverse_logit(logit(p) + logit_margin);
			break;
		case SHARE_LIKELIHOOD:
			divergence = t * t / (2 * m) * n / (n - 1);
			*low = likelihood_end(p, logit(p) - logit_margin, divergence);
			*high = likelihood_end(p, logit(p) + logit_margin, divergence);
			break;
		case SHARE_ASIN:
			asin_interval(p, margin / (2 * sqrt(p * (1 - p))), low, high);
			break;
		case SHARE_BETA:
			beta_interval(p, m, t, n, level, low, high);
			break;
		case SHARE_WILSON:
			*low = wilson_end(p, 1 - p, m, t, false);
			*high = wilson_end(p, 1 - p, m, t, true);
			break;
		case SHARE_MEAN:
			*low = p - margin;
			*high = p + margin;
			break;
	}
	return !isnan(*low) && !isnan(*high);
}
