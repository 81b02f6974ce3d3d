/*
 * calibration.c
 *	  The functions and the linear algebra of calibration.h.
 */
#include "kernel/survey/calibration.h"

#include <math.h>

#include "kernel/exact/elementary.h"

static double
clamp(const calibration_function *f, double g)
{
	return g < f->lower ? f->lower : g > f->upper ? f->upper : g;
}

/* g and dg/du of the function without bounds, cut at them. */
static double
cut(const calibration_function *f, double g, double slope, double *derivative)
{
	*derivative = g > f->lower && g < f->upper ? slope : 0;
	return clamp(f, g);
}

double
calibration_factor(const calibration_function *f, double u, double *derivative)
{
	double		below = 1 - f->lower;
	double		above = f->upper - 1;
	double		rate;
	double		e;
	double		denominator;

	switch (f->distance)
	{
		case CALIBRATION_LINEAR:
			return cut(f, 1 + u, 1, derivative);
		case CALIBRATION_RAKING:
			e = rounded_exp(u);
			return cut(f, e, e, derivative);
		case CALIBRATION_LOGIT:
			rate = (f->upper - f->lower) / (below * above);
			/* Both halves in terms of an exponential that cannot overflow. */
			if (u <= 0)
			{
				e = rounded_exp(rate * u);
				denominator = above + below * e;
				*derivative = e * (f->upper - f->lower) / denominator *
					((f->upper - f->lower) / denominator);
				return clamp(f, (f->lower * above + f->upper * below * e) / denominator);
			}
			e = rounded_exp(-rate * u);
			denominator = above * e + below;
			*derivative = e * (f->upper - f->lower) / denominator *
				((f->upper - f->lower) / denominator);
			return clamp(f, (f->lower * above * e + f->upper * below) / denominator);
	}
	return NAN;
}

double
inner_product(const double *a, const double *b, int p)
{
	double		sum = 0;

	for (int i = 0; i < p; i++)
		sum += a[i] * b[i];
	return sum;
}

void
calibration_add_total(const double *x, int p, double weight, exact_total *total)
{
	for (int i = 0; i < p; i++)
		exact_total_add_product(&total[i], weight, x[i]);
}

void
calibration_add_gram(const double *x, int p, double weight, exact_total *gram)
{
	for (int i = 0; i < p; i++)
	{
		double		weighted = weight * x[i];

		for (int j = 0; j <= i; j++)
			exact_total_add_product(&gram[gram_place(i, j)], weighted, x[j]);
	}
}

/* Of the squared length of a variable, what must be left after the others. */
#define RANK_TOLERANCE 1e-11

static double *
element(double *gram, int i, int j)
{
	return &gram[i >= j ? gram_place(i, j) : gram_place(j, i)];
}

/*
 * Cholesky's decomposition with the largest remaining diagonal first, of the
 * matrix scaled to a diagonal of ones (Higham, Accuracy and Stability of
 * Numerical Algorithms, 2nd ed., 2002, 10.3).
 */
int
gram_solve(double *gram, const double *right, int p, double *solution,
		   double *scratch, int *pivot)
{
	double	   *scale = scratch;
	double	   *y = scratch + p;
	int			rank = 0;

	for (int i = 0; i < p; i++)
	{
		double		square = gram[gram_place(i, i)];

		scale[i] = square > 0 ? 1 / sqrt(square) : 0;
		pivot[i] = i;
		solution[i] = 0;
	}
	for (int i = 0; i < p; i++)
		for (int j = 0; j <= i; j++)
			gram[gram_place(i, j)] *= scale[i] * scale[j];

	/* Column k of the factor stands in rows pivot[k + 1 ..] of column pivot[k]. */
	for (; rank < p; rank++)
	{
		int			best = rank;
		int			chosen;
		double		root;

		for (int i = rank + 1; i < p; i++)
			if (*element(gram, pivot[i], pivot[i]) > *element(gram, pivot[best], pivot[best]))
				best = i;
		chosen = pivot[best];
		if (!(*element(gram, chosen, chosen) > RANK_TOLERANCE))
			break;
		pivot[best] = pivot[rank];
		pivot[rank] = chosen;
		root = sqrt(*element(gram, chosen, chosen));
		*element(gram, chosen, chosen) = root;
		for (int i = rank + 1; i < p; i++)
			*element(gram, pivot[i], chosen) /= root;
		for (int i = rank + 1; i < p; i++)
			for (int j = rank + 1; j <= i; j++)
				*element(gram, pivot[i], pivot[j]) -=
					*element(gram, pivot[i], chosen) * *element(gram, pivot[j], chosen);
	}

	for (int i = 0; i < rank; i++)
	{
		y[i] = right[pivot[i]] * scale[pivot[i]];
		for (int k = 0; k < i; k++)
			y[i] -= *element(gram, pivot[i], pivot[k]) * y[k];
		y[i] /= *element(gram, pivot[i], pivot[i]);
	}
	for (int i = rank - 1; i >= 0; i--)
	{
		for (int k = i + 1; k < rank; k++)
			y[i] -= *element(gram, pivot[k], pivot[i]) * y[k];
		y[i] /= *element(gram, pivot[i], pivot[i]);
	}
	for (int i = 0; i < rank; i++)
		solution[pivot[i]] = y[i] * scale[pivot[i]];
	return rank;
}
