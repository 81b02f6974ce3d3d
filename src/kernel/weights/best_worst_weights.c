/*
 * best_worst_weights.c
 *	  The best-worst method by a linear program: best_worst_weights.h.
 *
 * What lp_solve finds is not believed but checked: the weights are brought to the
 * sum 1, and xi is what they leave: it must be the value of the program.
 */
#include "kernel/weights/best_worst_weights.h"

#include <lpsolve/lp_lib.h>
#include <math.h>
#include <stdbool.h>

/* |w_i - factor * w_j| */
static double
deviation(const double *weight, int i, double factor, int j)
{
	return fabs(weight[i] - factor * weight[j]);
}

/*
 * w_i - factor w_j - xi <= 0 and factor w_j - w_i - xi <= 0; columns from 1, in
 * ascending order as lp_solve wants them, xi the last.
 */
static bool
add_judgement(lprec *lp, int criteria, int i, double factor, int j)
{
	int			column[] = {(i < j ? i : j) + 1, (i < j ? j : i) + 1, criteria + 1};
	double		first = i < j ? 1 : -factor;
	double		second = i < j ? -factor : 1;
	double		above[] = {first, second, -1};
	double		below[] = {-first, -second, -1};

	return i == j || (add_constraintex(lp, 3, above, column, LE, 0) &&
					  add_constraintex(lp, 3, below, column, LE, 0));
}

static bool
fill_program(lprec *lp, const best_worst *judgements)
{
	int			n = judgements->criteria;
	double		one = 1;
	int			xi = n + 1;
	double		sum[BEST_WORST_MAX];
	int			column[BEST_WORST_MAX];

	/* Silent, and nothing that would draw random numbers. */
	set_verbose(lp, NEUTRAL);
	set_anti_degen(lp, ANTIDEGEN_NONE);
	set_pivoting(lp, PRICER_DEVEX | PRICE_ADAPTIVE);
	set_scaling(lp, SCALE_NONE);
	set_presolve(lp, PRESOLVE_NONE, 0);
	set_minim(lp);
	for (int j = 0; j < n; j++)
	{
		sum[j] = 1;
		column[j] = j + 1;
	}
	if (!set_obj_fnex(lp, 1, &one, &xi) || !set_add_rowmode(lp, TRUE))
		return false;
	for (int j = 0; j < n; j++)
		if (!add_judgement(lp, n, judgements->best, judgements->to_others[j], j) ||
			!add_judgement(lp, n, j, judgements->to_worst[j], judgements->worst))
			return false;
	return add_constraintex(lp, n, sum, column, EQ, 1) && set_add_rowmode(lp, FALSE);
}

/* Brings the weights to the sum 1; the xi that they leave. */
static double
finish_weights(const best_worst *judgements, double *weight)
{
	double		sum = 0;
	double		xi = 0;

	for (int j = 0; j < judgements->criteria; j++)
	{
		weight[j] = weight[j] > 0 ? weight[j] : 0;
		sum += weight[j];
	}
	for (int j = 0; j < judgements->criteria; j++)
		weight[j] /= sum;
	for (int j = 0; j < judgements->criteria; j++)
	{
		xi = fmax(xi, deviation(weight, judgements->best, judgements->to_others[j], j));
		xi = fmax(xi, deviation(weight, j, judgements->to_worst[j], judgements->worst));
	}
	return xi;
}

best_worst_status
best_worst_solve(const best_worst *judgements, double *weight, double *xi)
{
	int			n = judgements->criteria;
	best_worst_status status = BEST_WORST_NO_MEMORY;
	double		solution[BEST_WORST_MAX + 1];
	double		least;
	lprec	   *lp = make_lp(0, n + 1);

	if (lp == NULL)
		return BEST_WORST_NO_MEMORY;
	if (fill_program(lp, judgements))
	{
		int			outcome = solve(lp);

		status = outcome == NOMEMORY ? BEST_WORST_NO_MEMORY :
			outcome == OPTIMAL && get_variables(lp, solution) ? BEST_WORST_SOLVED : BEST_WORST_INEXACT;
		least = get_objective(lp);
	}
	delete_lp(lp);
	if (status != BEST_WORST_SOLVED)
		return status;
	for (int j = 0; j < n; j++)
		weight[j] = solution[j];
	*xi = finish_weights(judgements, weight);
	if (!(fabs(*xi - least) <= BEST_WORST_ACCURACY))
		return BEST_WORST_INEXACT;
	if (*xi < BEST_WORST_ACCURACY)
		*xi = 0;				/* roundings of judgements that do not contradict each other */
	return BEST_WORST_SOLVED;
}

double
best_worst_consistency_ratio(const best_worst *judgements)
{
	double		a = judgements->to_others[judgements->worst];
	double		most = 0;

	for (int j = 0; j < judgements->criteria; j++)
		most = fmax(most, fabs(judgements->to_others[j] * judgements->to_worst[j] - a));
	return a > 1 ? most / (a * a - a) : 0;
}
