/*
 * optimised_weights.c
 *	  Weights for given influences: optimised_weights.h.
 *
 * Influences are the squares of the vector of correlations brought to length
 * 1; it should be the vector of the square roots of the targets. This differs
 * smoothly, and tells a negative correlation from a positive one. Steps are
 * relative changes of weights, so that these stay above 0; derivatives are
 * quotients of differences.
 */
#include "kernel/weights/optimised_weights.h"

#include <math.h>
#include <string.h>

#include "kernel/weights/weight_shares.h"

#define MOST_STEPS 100
#define DIFFERENCE 1e-4			/* of a weight, relative, for derivatives */
#define SHRINK 0.1				/* to which a step shrinks a weight at most */
#define GROW 10
#define LEAST_WEIGHT 1e-12		/* else influences that cannot be met drive it to 0 */
#define CLOSE 1e-13				/* of what remains; beyond is rounding */
#define LEAST_DAMPING 1e-12		/* relative to the largest curvature */
#define MOST_DAMPING 1e6

void
influences(const double *correlation, int parts, double *influence)
{
	double		sum = 0;

	for (int j = 0; j < parts; j++)
		sum += correlation[j] * correlation[j];
	for (int j = 0; j < parts; j++)
		influence[j] = correlation[j] * correlation[j] / sum;
}

/* How far the correlations are from what the targets ask, by part; half its square. */
static double
deviate(const influence_problem *problem, const double *correlation, double *deviation)
{
	double		squares = 0;
	double		cost = 0;

	for (int j = 0; j < problem->parts; j++)
		squares += correlation[j] * correlation[j];
	for (int j = 0; j < problem->parts; j++)
	{
		deviation[j] = correlation[j] / sqrt(squares) - sqrt(problem->target[j]);
		cost += deviation[j] * deviation[j] / 2;
	}
	return cost;
}

/* slope[j * parts + k]: of deviation j by the relative change of weight k. */
static void
differentiate(const influence_problem *problem, const double *weight,
			  const double *deviation, double *trial, double *correlation, double *slope)
{
	int			parts = problem->parts;

	for (int k = 0; k < parts; k++)
	{
		memcpy(trial, weight, sizeof(double) * (size_t) parts);
		trial[k] *= 1 + DIFFERENCE;
		weight_shares(trial, parts, trial);
		problem->part_correlations(problem->context, trial, correlation);
		deviate(problem, correlation, trial);
		for (int j = 0; j < parts; j++)
			slope[j * parts + k] = (trial[j] - deviation[j]) / DIFFERENCE;
	}
}

/*
 * Solves (S'S + damping I) step = -S' deviation by Cholesky's method, which the
 * damping keeps positive; a column of `square` at a time.
 */
static void
solve_step(const double *slope, const double *deviation, int parts, double damping,
		   double *square, double *step)
{
	for (int i = 0; i < parts; i++)
	{
		step[i] = 0;
		for (int j = 0; j < parts; j++)
			step[i] -= slope[j * parts + i] * deviation[j];
		for (int k = 0; k <= i; k++)
		{
			double		sum = i == k ? damping : 0;

			for (int j = 0; j < parts; j++)
				sum += slope[j * parts + i] * slope[j * parts + k];
			for (int j = 0; j < k; j++)
				sum -= square[i * parts + j] * square[k * parts + j];
			square[i * parts + k] = i == k ? sqrt(fmax(sum, damping / 2)) : sum / square[k * parts + k];
		}
	}
	for (int i = 0; i < parts; i++)
	{
		for (int j = 0; j < i; j++)
			step[i] -= square[i * parts + j] * step[j];
		step[i] /= square[i * parts + i];
	}
	for (int i = parts - 1; i >= 0; i--)
	{
		for (int j = i + 1; j < parts; j++)
			step[i] -= square[j * parts + i] * step[j];
		step[i] /= square[i * parts + i];
	}
}

static double
largest_curvature(const double *slope, int parts)
{
	double		largest = 0;

	for (int k = 0; k < parts; k++)
	{
		double		sum = 0;

		for (int j = 0; j < parts; j++)
			sum += slope[j * parts + k] * slope[j * parts + k];
		largest = fmax(largest, sum);
	}
	return largest;
}

/* trial = weight after the step, kept within bounds, summing to 1. */
static void
take_step(const double *weight, const double *step, int parts, double *trial)
{
	for (int k = 0; k < parts; k++)
		trial[k] = fmax(weight[k] * fmin(fmax(1 + step[k], SHRINK), GROW), LEAST_WEIGHT);
	weight_shares(trial, parts, trial);
}

double
optimise_weights(const influence_problem *problem, double *weight,
				 double *correlation, double *scratch)
{
	int			parts = problem->parts;
	size_t		size = sizeof(double) * (size_t) parts;
	double	   *deviation = scratch;
	double	   *step = deviation + parts;
	double	   *trial = step + parts;
	double	   *tried = trial + parts;	/* correlations and deviations of trial */
	double	   *deviation_tried = tried + parts;
	double	   *slope = deviation_tried + parts;
	double	   *square = slope + (size_t) parts * parts;
	double		damping = 1e-3;
	double		residual = 0;
	double		cost;

	weight_shares(weight, parts, weight);
	problem->part_correlations(problem->context, weight, correlation);
	cost = deviate(problem, correlation, deviation);
	for (int i = 0; i < MOST_STEPS && cost > CLOSE * CLOSE; i++)
	{
		double		curvature;
		double		before = cost;

		differentiate(problem, weight, deviation, trial, tried, slope);
		curvature = largest_curvature(slope, parts);
		while (before == cost && damping < MOST_DAMPING && curvature > 0)
		{
			double		cost_tried;

			solve_step(slope, deviation, parts, damping * curvature, square, step);
			take_step(weight, step, parts, trial);
			problem->part_correlations(problem->context, trial, tried);
			cost_tried = deviate(problem, tried, deviation_tried);
			if (cost_tried < cost)
			{
				cost = cost_tried;
				memcpy(weight, trial, size);
				memcpy(correlation, tried, size);
				memcpy(deviation, deviation_tried, size);
				damping = fmax(damping / 10, LEAST_DAMPING);
			}
			else
				damping *= 10;
		}
		if (before == cost)
			break;
	}
	influences(correlation, parts, trial);
	for (int j = 0; j < parts; j++)
		residual = fmax(residual, fabs(trial[j] - problem->target[j]));
	return isnan(cost) ? NAN : residual;
}
