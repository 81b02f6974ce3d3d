/*
 * calibration.c
 *	  The functions, the linear algebra and the solution of calibration.h.
 */
#include "kernel/survey/calibration.h"

#include <math.h>
#include <string.h>

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

#define MOST_HALVINGS 20

/* Cells of a pass between two questions. */
#define CELLS_PER_QUESTION 64

static bool
stopped(const calibration *c, uint32_t cell)
{
	return cell % CELLS_PER_QUESTION == 0 && c->stop(c->stop_arg);
}

static double
round_total(const exact_total *total)
{
	exact_integer sum;

	exact_total_get(total, &sum);
	return exact_integer_round(&sum);
}

/* A total is compared with itself, or with the sum of what makes it up. */
static calibration_result
set_scales(calibration *c, double *scale)
{
	for (int i = 0; i < c->p; i++)
	{
		double		absolute;

		exact_total_init(&c->total[0]);
		for (uint32_t cell = 0; cell < c->cells; cell++)
		{
			if (stopped(c, cell))
				return CALIBRATION_STOPPED;
			exact_total_add_product(&c->total[0], c->weight[cell],
									fabs(c->x[(size_t) cell * (size_t) c->p + (size_t) i]));
		}
		absolute = round_total(&c->total[0]);
		c->worst = i;
		if (isinf(absolute))
			return CALIBRATION_OVERFLOW;
		if (absolute == 0 && c->target[i] != 0)
			return CALIBRATION_NO_VARIABLE;
		scale[i] = absolute > fabs(c->target[i]) ? absolute : fabs(c->target[i]);
	}
	return CALIBRATION_DONE;
}

/*
 * Computes the sums and, packed, gram, that of weight * dg/du * x * x', at
 * lambda. *deviation gets the largest from a target, as a share of scale;
 * infinity where a weight or a sum overflows. False where stopped.
 */
static bool
sums_at(calibration *c, const double *lambda, const double *scale, double *gram,
		double *deviation)
{
	int			grams = gram_size(c->p);
	exact_total *sum = c->total + grams;

	*deviation = INFINITY;
	for (int i = 0; i < grams + c->p; i++)
		exact_total_init(&c->total[i]);
	for (uint32_t cell = 0; cell < c->cells; cell++)
	{
		const double *x = c->x + (size_t) cell * (size_t) c->p;
		double		slope;
		double		g = calibration_factor(&c->function, inner_product(x, lambda, c->p), &slope);

		if (stopped(c, cell))
			return false;
		if (!isfinite(g * c->weight[cell]) || !isfinite(slope * c->weight[cell]))
			return true;
		calibration_add_total(x, c->p, g * c->weight[cell], sum);
		if (slope > 0)
			calibration_add_gram(x, c->p, slope * c->weight[cell], c->total);
	}
	for (int i = 0; i < grams; i++)
	{
		gram[i] = round_total(&c->total[i]);
		if (isinf(gram[i]))
			return true;
	}
	for (int i = 0; i < c->p; i++)
	{
		c->sum[i] = round_total(&sum[i]);
		if (isinf(c->sum[i]))
			return true;
	}
	*deviation = -1;
	for (int i = 0; i < c->p; i++)
	{
		double		off = fabs(c->target[i] - c->sum[i]);

		if (off > 0)
			off /= scale[i];
		if (off > *deviation)
		{
			*deviation = off;
			c->worst = i;
		}
	}
	return true;
}

calibration_result
calibrate_cells(calibration *c)
{
	double	   *gram = c->work;
	double	   *scale = gram + gram_size(c->p);
	double	   *step = scale + c->p;
	double	   *next = step + c->p;
	double	   *misfit = next + c->p;
	double	   *scratch = misfit + c->p;
	calibration_result scaled = set_scales(c, scale);
	double		deviation;

	if (scaled != CALIBRATION_DONE)
		return scaled;
	c->iterations = 0;
	c->worst = 0;
	memset(c->lambda, 0, sizeof(double) * (size_t) c->p);
	if (!sums_at(c, c->lambda, scale, gram, &deviation))
		return CALIBRATION_STOPPED;
	while (!isinf(deviation) && deviation > c->epsilon && c->iterations < c->max_iterations)
	{
		double		length = 1;
		double		tried = INFINITY;

		c->iterations++;
		for (int i = 0; i < c->p; i++)
			misfit[i] = c->target[i] - c->sum[i];
		gram_solve(gram, misfit, c->p, step, scratch, c->pivot);
		for (int halvings = 0; halvings <= MOST_HALVINGS; halvings++, length /= 2)
		{
			for (int i = 0; i < c->p; i++)
				next[i] = c->lambda[i] + length * step[i];
			if (!sums_at(c, next, scale, gram, &tried))
				return CALIBRATION_STOPPED;
			if (tried < deviation)
				break;
		}
		deviation = tried;
		memcpy(c->lambda, next, sizeof(double) * (size_t) c->p);
	}
	return isinf(deviation) ? CALIBRATION_INFINITE :
		deviation > c->epsilon ? CALIBRATION_NOT_REACHED : CALIBRATION_DONE;
}
