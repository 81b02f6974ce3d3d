/*
 * normal.c
 *	  The normal distribution: normal.h.
 *
 * Quantiles: Wichura, Algorithm AS 241, Applied Statistics 37 (1988), PPND16.
 */
#include "kernel/ranks/normal.h"

#include <math.h>

#include "kernel/exact/elementary.h"

#define INVERSE_ROOT_2PI 0.39894228040143267794
#define LOG_ROOT_2PI 0.91893853320467274178
#define TAIL_AT_END 9.479534822203318e-18

/* ln 2 in two parts, the first of 32 bits. */
#define LN2_HIGH 6.93147180369123816490e-01
#define LN2_LOW 1.90821492927058770002e-10

/* From the end inwards, where all terms add up. */
void
normal_table_fill(normal_table *table)
{
	double		h = 1.0 / NORMAL_STEPS_PER_UNIT;

	for (int i = 0; i <= NORMAL_STEPS; i++)
		table->density[i] = INVERSE_ROOT_2PI * rounded_exp(-0.5 * (i * h) * (i * h));
	table->tail[NORMAL_STEPS] = TAIL_AT_END;
	for (int i = NORMAL_STEPS; i > 0; i--)
	{
		double		x = i * h;
		double		hermite = 1;	/* of k - 1, and of k - 2 before it */
		double		before = 0;
		double		power = h;
		double		step = h;

		/* The integral from x - h to x, of derivatives at x. */
		for (int k = 2; k <= 14; k++)
		{
			double		next = x * hermite - (k - 2) * before;

			before = hermite;
			hermite = next;
			power *= h / k;
			step += hermite * power;
		}
		table->tail[i - 1] = table->tail[i] + table->density[i] * step;
	}
	table->tail[0] = 0.5;
}

static uint64_t
bits_of(double x)
{
	uint64_t	bits;

	memcpy(&bits, &x, sizeof(bits));
	return bits;
}

static double
of_bits(uint64_t bits)
{
	double		x;

	memcpy(&x, &bits, sizeof(x));
	return x;
}

/* x = 2^k m, m near 1: ln m = 2 artanh s, s = (m - 1) / (m + 1). */
double
normal_log(double x)
{
	uint64_t	bits = bits_of(x);
	/* Steps where m passes the root of 2. */
	int			k = (int) ((bits + UINT64_C(0x95F619980C433)) >> 52) - 1023;
	double		m = of_bits(bits - ((uint64_t) (int64_t) k << 52));
	double		s = (m - 1) / (m + 1);
	double		q = s * s;
	double		series = 1.0 / 19 + q * (1.0 / 21 + q * (1.0 / 23));

	series = 1.0 / 13 + q * (1.0 / 15 + q * (1.0 / 17 + q * series));
	series = 1.0 / 7 + q * (1.0 / 9 + q * (1.0 / 11 + q * series));
	series = q * (1.0 / 3 + q * (1.0 / 5 + q * series));
	return k * LN2_HIGH + (k * LN2_LOW + (2 * s + 2 * s * series));
}

double
normal_log_rest(double x)
{
	if (x < 1e-3)
		return -normal_small_loss(x);
	return normal_log(1 - x);
}

double
normal_exp(double x)
{
	int			k;
	double		r;
	double		e;

	if (!(x > -700))
		return 0;
	k = (int) (x * 1.4426950408889634074 - 0.5);
	r = (x - k * LN2_HIGH) - k * LN2_LOW;
	/* |r| < 0.35 */
	e = 1 + r / 11 * (1 + r / 12 * (1 + r / 13));
	e = 1 + r * (1.0 / 8) * (1 + r * (1.0 / 9) * (1 + r * (1.0 / 10) * e));
	e = 1 + r * (1.0 / 5) * (1 + r * (1.0 / 6) * (1 + r * (1.0 / 7) * e));
	e = 1 + r * (1 + r * (1.0 / 2) * (1 + r * (1.0 / 3) * (1 + r * (1.0 / 4) * e)));
	return e * of_bits((uint64_t) (k + 1023) << 52);
}

/* ln of the probability of more than u, u >= 0; beyond the table Laplace's continued fraction. */
static double
log_tail(const normal_table *table, double u)
{
	if (u < NORMAL_END)
		return normal_log(normal_tail(table, u));
	if (u > 1e150)
		return -1e300;
	return -u * u / 2 - LOG_ROOT_2PI -
		normal_log(u + 1 / (u + 2 / (u + 3 / (u + 4 / (u + 5 / (u + 6 / u))))));
}

double
normal_log_below(const normal_table *table, double t)
{
	return t < 0 ? log_tail(table, -t) : normal_log_rest(normal_tail(table, t));
}

double
normal_log_between(const normal_table *table, double low, double high)
{
	double		between;

	if (low < 0 && high > 0)
	{
		between = normal_tail(table, -low) + normal_tail(table, high);
		if (between < 0.9)
			return normal_log_rest(between);
		/* Both ends near 0: what is left after 1/2 on each side. */
		between = 0.5 - normal_tail(table, -low) + (0.5 - normal_tail(table, high));
	}
	else
	{
		double		near = low < 0 ? -high : low;

		if (near > 8)
			return log_tail(table, near);
		between = normal_tail(table, near) - normal_tail(table, low < 0 ? -low : high);
	}
	return normal_log(between > 1e-300 ? between : 1e-300);
}

/* |z| where the rarer side has a share, below 0.075. */
static double
outer_quantile(double share)
{
	double		r = sqrt(-normal_log(share));

	if (r <= 5)
	{
		r -= 1.6;
		return (((((((7.74545014278341407640e-4 * r + 2.27238449892691845833e-2) * r +
					 2.41780725177450611770e-1) * r + 1.27045825245236838258e0) * r +
				   3.64784832476320460504e0) * r + 5.76949722146069140550e0) * r +
				 4.63033784615654529590e0) * r + 1.42343711074968357734e0) /
			(((((((1.05075007164441684324e-9 * r + 5.47593808499534494600e-4) * r +
				  1.51986665636164571966e-2) * r + 1.48103976427480074590e-1) * r +
				6.89767334985100004550e-1) * r + 1.67638483018380384940e0) * r +
			  2.05319162663775882187e0) * r + 1.0);
	}
	r -= 5;
	return (((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r +
				 1.24266094738807843860e-3) * r + 2.65321895265761230930e-2) * r +
			   2.96560571828504891230e-1) * r + 1.78482653991729133580e0) * r +
			 5.46378491116411436990e0) * r + 6.65790464350110377720e0) /
		(((((((2.04426310338993978564e-15 * r + 1.42151175831644588870e-7) * r +
			  1.84631831751005468180e-5) * r + 7.86869131145613259100e-4) * r +
			1.48753612908506148525e-2) * r + 1.36929880922735805310e-1) * r +
		  5.99832206555887937690e-1) * r + 1.0);
}

/* |q| <= 0.425, from the middle */
static double
inner_quantile(double q)
{
	double		r = 0.180625 - q * q;

	return q * (((((((2.5090809287301226727e+3 * r + 3.3430575583588128105e+4) * r +
					 6.7265770927008700853e+4) * r + 4.5921953931549871457e+4) * r +
				   1.3731693765509461125e+4) * r + 1.9715909503065514427e+3) * r +
				 1.3314166789178437745e+2) * r + 3.3871328727963666080e0) /
		(((((((5.2264952788528545610e+3 * r + 2.8729085735721942674e+4) * r +
			  3.9307895800092710610e+4) * r + 2.1213794301586595867e+4) * r +
			5.3941960214247511077e+3) * r + 6.8718700749205790830e+2) * r +
		  4.2313330701600911252e+1) * r + 1.0);
}

double
normal_upper_quantile(double share)
{
	if (share < 0.075)
		return outer_quantile(share);
	if (share > 0.925)
		return -outer_quantile(1 - share);
	return inner_quantile(0.5 - share);
}

/* The middle of one of 2^53 equal parts of 0 .. 1. */
double
normal_of_bits(uint64_t bits)
{
	int64_t		part = (int64_t) (bits >> 11) - (INT64_C(1) << 52);
	double		q = ((double) part + 0.5) * 0x1p-53;

	if (fabs(q) <= 0.425)
		return inner_quantile(q);
	return part < 0 ? -outer_quantile(((double) (part + (INT64_C(1) << 52)) + 0.5) * 0x1p-53) :
		outer_quantile(((double) ((INT64_C(1) << 52) - part) - 0.5) * 0x1p-53);
}
