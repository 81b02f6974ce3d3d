/*
 * best_worst_weights_test.c
 *	  The best-worst method against every vertex: with xi = 1, the sum of weights
 *	  is to be as large as can be, each other weight as large as the best's and the
 *	  worst's allow; of these two every crossing of the bounds is tried.
 *	  Usage: best_worst_weights_test [seed [cases]]
 */
#include "kernel/weights/best_worst_weights.h"

#include "kernel_test.h"

#define MOST 8

typedef struct line
{
	double		p;				/* p * best + q * worst = r */
	double		q;
	double		r;
} line;

/* The sum of the weights at a place; -1 where it is not allowed. */
static double
sum_at(const best_worst *judgements, double best, double worst)
{
	double		sum = best + worst;

	if (best < -1e-9 || worst < -1e-9 ||
		fabs(best - judgements->to_others[judgements->worst] * worst) > 1 + 1e-9)
		return -1;
	for (int j = 0; j < judgements->criteria; j++)
	{
		double		b = judgements->to_others[j];
		double		o = judgements->to_worst[j];
		double		high = fmin((best + 1) / b, o * worst + 1);

		if (j == judgements->best || j == judgements->worst)
			continue;
		if (fmax((best - 1) / b, o * worst - 1) > high + 1e-9)
			return -1;
		sum += high;
	}
	return sum;
}

/* The least xi; of judgements that agree it is 0, and the sum has no limit. */
static double
expected_xi(const best_worst *judgements)
{
	line		lines[4 + 3 * MOST] = {{1, 0, 0}, {0, 1, 0}};
	int			count = 2;
	double		a = judgements->to_others[judgements->worst];
	double		most = 0;

	lines[count++] = (line) {1, -a, 1};
	lines[count++] = (line) {1, -a, -1};
	for (int j = 0; j < judgements->criteria; j++)
	{
		double		b = judgements->to_others[j];
		double		o = judgements->to_worst[j];

		if (j == judgements->best || j == judgements->worst)
			continue;
		lines[count++] = (line) {1 / b, -o, 1 - 1 / b};
		lines[count++] = (line) {1 / b, -o, 1 + 1 / b};
		lines[count++] = (line) {1 / b, -o, -1 - 1 / b};
	}
	for (int i = 0; i < count; i++)
		for (int k = 0; k < i; k++)
		{
			const line *x = &lines[i];
			const line *y = &lines[k];
			double		det = x->p * y->q - y->p * x->q;

			if (fabs(det) > 1e-12)
				most = fmax(most, sum_at(judgements, (x->r * y->q - y->r * x->q) / det,
										 (x->p * y->r - y->p * x->r) / det));
		}
	return 1 / most;
}

int
main(int argc, char **argv)
{
	long		cases = begin_test(argc, argv, "best_worst_weights_test", 2000);
	int			inconsistent = 0;

	for (long c = 0; c < cases; c++)
	{
		double		to_others[MOST];
		double		to_worst[MOST];
		double		weight[MOST];
		double		xi;
		double		sum = 0;
		int			n = 3 + random_below(MOST - 2);
		int			best = random_below(n);
		int			worst = (best + 1 + random_below(n - 1)) % n;
		best_worst	judgements = {n, best, worst, to_others, to_worst};

		for (int j = 0; j < n; j++)
		{
			to_others[j] = 1 + random_below(9);
			to_worst[j] = 1 + random_below(9);
		}
		to_others[best] = to_worst[worst] = 1;
		to_worst[best] = to_others[worst] = 2 + random_below(8);
		check(best_worst_solve(&judgements, weight, &xi) == BEST_WORST_SOLVED, "solved");
		for (int j = 0; j < n; j++)
		{
			check(weight[j] >= 0, "negative");
			sum += weight[j];
		}
		check(fabs(sum - 1) < 1e-14, "sum %.17g", sum);
		if (best_worst_consistency_ratio(&judgements) == 0)
		{
			check(xi == 0, "agreeing judgements leave %.17g", xi);
			continue;
		}
		inconsistent++;
		check(fabs(xi - expected_xi(&judgements)) < 1e-9, "xi %.17g, expected %.17g", xi, expected_xi(&judgements));
	}
	check(inconsistent > cases / 2, "judgements that disagree: %d", inconsistent);
	return end_test("best_worst_weights_test");
}
