/*
 * varimax.c
 *	  Kaiser's rotation in planes: varimax.h.
 */
#include "kernel/field/varimax.h"

#include <math.h>
#include <stddef.h>

#include "kernel/field/symmetric_eigen.h"

/* Sine of an angle too small to turn by. */
#define SETTLED 1e-13

/*
 * Data settle in some ten rounds, noise in some hundred; where one angle is as
 * good as another up to rounding, they might never.
 */
#define MOST_ROUNDS 500
#define FLAT 1e-13

void
varimax_start(varimax *rotation, double *loading, int components, int criteria, double *length)
{
	*rotation = (varimax) {
		.components = components,
		.criteria = criteria,
		.loading = loading,
		.length = length
	};
	for (int i = 0; i < criteria; i++)
	{
		double		squares = 0;

		for (int k = 0; k < components; k++)
			squares += loading[(size_t) k * criteria + i] * loading[(size_t) k * criteria + i];
		length[i] = squares > 0 ? sqrt(squares) : 1;
		for (int k = 0; k < components; k++)
			loading[(size_t) k * criteria + i] /= length[i];
	}
}

/* Cosine and sine of half an angle in -pi .. pi, without cancellation. */
static void
halve_angle(double *c, double *s)
{
	double		half_c;
	double		half_s;

	if (*c >= 0)
	{
		half_c = sqrt((1 + *c) / 2);
		half_s = *s / (2 * half_c);
	}
	else
	{
		half_s = copysign(sqrt((1 - *c) / 2), *s);
		half_c = *s / (2 * half_s);
	}
	*c = half_c;
	*s = half_s;
}

/* Turns two components by the best angle; false where it is 0 or does not matter. */
static bool
turn_pair(double *x, double *y, int n)
{
	double		u_sum = 0;
	double		v_sum = 0;
	double		squares = 0;
	double		products = 0;
	double		numerator;
	double		denominator;
	double		size;
	double		c;
	double		s;

	for (int i = 0; i < n; i++)
	{
		double		u = (x[i] + y[i]) * (x[i] - y[i]);
		double		v = 2 * x[i] * y[i];

		u_sum += u;
		v_sum += v;
		squares += (u + v) * (u - v);
		products += 2 * u * v;
	}
	/* Sine and cosine, times size, of four times the angle. */
	numerator = products - 2 * u_sum * v_sum / n;
	denominator = squares - (u_sum + v_sum) * (u_sum - v_sum) / n;
	size = sqrt(numerator * numerator + denominator * denominator);
	if (!(size > FLAT * n))
		return false;
	c = denominator / size;
	s = numerator / size;
	halve_angle(&c, &s);
	halve_angle(&c, &s);
	if (fabs(s) <= SETTLED)
		return false;
	rotate_rows(x, y, n, c, -s);
	return true;
}

bool
varimax_step(varimax *rotation)
{
	int			a = rotation->component;
	size_t		n = (size_t) rotation->criteria;

	if (a >= rotation->components)
	{
		if (!rotation->turned || ++rotation->rounds >= MOST_ROUNDS)
			return false;
		rotation->turned = false;
		a = 0;
	}
	for (int b = a + 1; b < rotation->components; b++)
		rotation->turned |= turn_pair(rotation->loading + a * n, rotation->loading + b * n,
									  rotation->criteria);
	rotation->component = a + 1;
	return true;
}

void
varimax_finish(varimax *rotation, double *variance)
{
	int			n = rotation->criteria;

	for (int k = 0; k < rotation->components; k++)
	{
		double	   *loading = rotation->loading + (size_t) k * n;

		variance[k] = 0;
		for (int i = 0; i < n; i++)
		{
			loading[i] *= rotation->length[i];
			variance[k] += loading[i] * loading[i];
		}
		orient_row(loading, n);
	}
	sort_rows(variance, rotation->loading, rotation->components, n);
}
