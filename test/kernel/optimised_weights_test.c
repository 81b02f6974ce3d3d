/*
 * optimised_weights_test.c
 *	  Weights for given influences where the answer is known: parts that do not
 *	  correlate have influences in proportion to the squares of weight times
 *	  deviation; parts that do, those of random covariances, reach the influences
 *	  of weights that were drawn beforehand.
 *
 * Usage: optimised_weights_test [seed [count]]
 */
#include "kernel/weights/optimised_weights.h"

#include "exact_test.h"

#define MOST_PARTS 8

typedef struct parts_model
{
	int			parts;
	double		covariance[MOST_PARTS][MOST_PARTS];
} parts_model;

/* Of the parts with their weighted sum, from their covariances. */
static void
correlate_parts(void *context, const double *weight, double *correlation)
{
	const parts_model *model = context;
	double		variance = 0;

	for (int j = 0; j < model->parts; j++)
	{
		correlation[j] = 0;
		for (int k = 0; k < model->parts; k++)
			correlation[j] += model->covariance[j][k] * weight[k];
		variance += weight[j] * correlation[j];
	}
	for (int j = 0; j < model->parts; j++)
		correlation[j] /= sqrt(variance * model->covariance[j][j]);
}

static void
correlate_nothing(void *context, const double *weight, double *correlation)
{
	(void) weight;
	for (int j = 0; j < *(int *) context; j++)
		correlation[j] = NAN;
}

static double
random_weights(double *weight, int parts)
{
	double		sum = 0;

	for (int j = 0; j < parts; j++)
		sum += weight[j] = 0.2 + random_unit();
	for (int j = 0; j < parts; j++)
		weight[j] /= sum;
	return sum;
}

static void
test_parts(bool correlated)
{
	parts_model model = {.parts = 2 + random_below(MOST_PARTS - 1)};
	int			parts = model.parts;
	double		known[MOST_PARTS];
	double		target[MOST_PARTS];
	double		correlation[MOST_PARTS];
	double		weight[MOST_PARTS];
	double		scratch[MOST_PARTS * (2 * MOST_PARTS + 5)];
	double		factor[MOST_PARTS];
	double		sum = 0;
	double		residual;
	influence_problem problem = {parts, target, correlate_parts, &model};

	/* Every part has variance of its own, and a share of one common factor. */
	for (int j = 0; j < parts; j++)
		factor[j] = correlated ? 0.7 * random_unit() : 0;
	for (int j = 0; j < parts; j++)
		for (int k = 0; k < parts; k++)
			model.covariance[j][k] = factor[j] * factor[k];
	for (int j = 0; j < parts; j++)
		model.covariance[j][j] += 0.5 + random_unit();

	random_weights(known, parts);
	correlate_parts(&model, known, correlation);
	influences(correlation, parts, target);
	for (int j = 0; j < parts; j++)
		sum += target[j];
	check(fabs(sum - 1) < 1e-14, "influences sum to %.17g", sum);

	for (int j = 0; j < parts; j++)
		weight[j] = 3;
	residual = optimise_weights(&problem, weight, correlation, scratch);
	check(residual < 1e-9, "%d parts: an influence is off by %g", parts, residual);
	sum = 0;
	for (int j = 0; j < parts; j++)
	{
		check(weight[j] > 0, "weight %g", weight[j]);
		sum += weight[j];
		/* Without correlation between parts no other weights have these influences. */
		if (!correlated)
			check(fabs(weight[j] - known[j]) < 1e-6, "weight %.17g, expected %.17g", weight[j], known[j]);
	}
	check(fabs(sum - 1) < 1e-14, "weights sum to %.17g", sum);
	correlate_parts(&model, weight, factor);
	for (int j = 0; j < parts; j++)
		check_double(correlation[j], factor[j], "correlation given back");
}

/* By hand: deviations 1 and 2 and equal influences ask for weights 2 : 1. */
static void
test_known(void)
{
	parts_model model = {2, {{1, 0}, {0, 4}}};
	double		target[] = {0.5, 0.5};
	double		weight[] = {1, 1};
	double		correlation[2];
	double		scratch[2 * 9];
	influence_problem problem = {2, target, correlate_parts, &model};

	check(optimise_weights(&problem, weight, correlation, scratch) < 1e-12, "equal influences");
	check(fabs(weight[0] - 2.0 / 3) < 1e-9 && fabs(weight[1] - 1.0 / 3) < 1e-9,
		  "weights %.17g and %.17g", weight[0], weight[1]);
	check(fabs(correlation[0] - sqrt(0.5)) < 1e-9, "correlation %.17g", correlation[0]);

	problem.part_correlations = correlate_nothing;
	problem.context = &problem.parts;
	weight[0] = weight[1] = 1;
	check(isnan(optimise_weights(&problem, weight, correlation, scratch)), "no correlations");
}

int
main(int argc, char **argv)
{
	long		count = begin_test(argc, argv, "optimised_weights", 2000);

	test_known();
	for (long i = 0; i < count; i++)
		test_parts(i % 2 == 1);
	return end_test("optimised_weights");
}
