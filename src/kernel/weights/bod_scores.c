/*
 * bod_scores.c
 *	  Benefit of the doubt by linear programs: bod_scores.h.
 *
 * The dual is solved, which has a row a criterion and a column a unit. With x_i
 * scaled so that its greatest value is near 1, which scales the score alike:
 *
 *	 min sum_k(lambda_k) over lambda >= 0, alpha >= 0, beta >= 0 and nu, with
 *
 *	 sum_k(lambda_k x_kj) - r_j (nu + alpha_j - beta_j) >= x_ij	for each j
 *	 nu + sum_j(lower_j alpha_j - upper_j beta_j) >= 0
 *
 * where r_j is the reference's value, or x_ij itself. The shadow price of row j
 * is the weight w_j, that of the last row the reference's score.
 * Without bounds neither the last row nor nu, alpha and beta are there; nor
 * are alpha_j and beta_j of a criterion in which r_j is 0.
 *
 * Few units limit the score of another. So the program starts with the best of
 * each criterion, and is solved again with those added that exceed 1 most,
 * until none does. Each time it is made anew: lp_solve keeps more from one
 * solution to the next than a basis, and bits would depend on it.
 *
 * What lp_solve finds is not believed but checked: weights are scaled so that
 * no unit exceeds 1, which proves the score from below, and the dual's value
 * bounds it from above.
 */
#include "kernel/weights/bod_scores.h"

#include <math.h>
#include <stddef.h>

#include "kernel/weights/bod_program.h"

/* Units added at a time, at most. */
#define STEP 16

/* More than this is above 1. */
#define ABOVE_1 (1 + 1e-11)

/*
 * The ordering library of lp_solve has a clock, which nothing here reads but
 * which asks OpenMP for the time since SuiteSparse 7. Answered here, there is
 * no OpenMP library to install where ours runs.
 */
double		omp_get_wtime(void);

double
omp_get_wtime(void)
{
	return 0;
}

static int
ask_to_stop(lprec *lp, void *handle)
{
	bod_asking *asking = handle;

	(void) lp;
	asking->stopped |= asking->field->stop(asking->field->stop_arg);
	return asking->stopped;
}

/* What a criterion's weight is multiplied by in its share. */
static double
share_value(const bod_field *field, int criterion)
{
	return field->reference == NULL ? field->own[criterion] : field->reference[criterion];
}

/* Columns, from 1: the peers, nu, and by criterion alpha and beta. */
static int
column_of_alpha(int peers, int criterion)
{
	return peers + 2 + 2 * criterion;
}

/* The row of a criterion. */
static bool
add_criterion(lprec *lp, const bod_field *field, int peers, int criterion)
{
	const double *value = field->value + (size_t) criterion * field->units;
	double		own = field->own[criterion];
	double		base = share_value(field, criterion);
	double		bound[] = {-base, -base, base};
	int			alpha = column_of_alpha(peers, criterion);
	int			column[] = {peers + 1, alpha, alpha + 1};
	int			entries = 0;

	for (int i = 0; i < peers; i++)
	{
		if (value[field->peer[i]] == 0)
			continue;
		field->entry[entries] = value[field->peer[i]];
		field->place[entries++] = i + 1;
	}
	for (int i = 0; field->lower != NULL && base > 0 && i < 3; i++)
	{
		field->entry[entries] = bound[i];
		field->place[entries++] = column[i];
	}
	return add_constraintex(lp, entries, field->entry, field->place, GE, own);
}

/* The row of the score, where there are bounds. */
static bool
add_score(lprec *lp, const bod_field *field, int peers)
{
	int			entries = 0;

	field->entry[entries] = 1;
	field->place[entries++] = peers + 1;
	for (int j = 0; j < field->criteria; j++)
	{
		if (share_value(field, j) == 0)
			continue;
		field->entry[entries] = field->lower[j];
		field->place[entries++] = column_of_alpha(peers, j);
		field->entry[entries] = -field->upper[j];
		field->place[entries++] = column_of_alpha(peers, j) + 1;
	}
	return set_unbounded(lp, peers + 1) &&
		add_constraintex(lp, entries, field->entry, field->place, GE, 0);
}

void
bod_set_up(lprec *lp, bod_asking *asking)
{
	/* Silent, and nothing that would draw random numbers. */
	set_verbose(lp, NEUTRAL);
	set_anti_degen(lp, ANTIDEGEN_NONE);
	set_pivoting(lp, PRICER_DEVEX | PRICE_ADAPTIVE);
	/* Values are scaled already. */
	set_scaling(lp, SCALE_NONE);
	set_presolve(lp, PRESOLVE_NONE, 0);
	set_minim(lp);
	put_abortfunc(lp, ask_to_stop, asking);
}

bod_status
bod_run(lprec *lp, const bod_asking *asking, double **price)
{
	int			outcome = solve(lp);

	/* What it returns once it was stopped may be anything. */
	if (asking->stopped)
		return BOD_STOPPED;
	if (outcome != OPTIMAL)
		return outcome == NOMEMORY ? BOD_NO_MEMORY : BOD_INEXACT;
	return get_ptr_dual_solution(lp, price) ? BOD_SOLVED : BOD_INEXACT;
}

static bod_status
fill_program(lprec *lp, const bod_field *field, int peers, bod_asking *asking)
{
	bod_set_up(lp, asking);
	for (int i = 0; i < peers; i++)
	{
		field->entry[i] = 1;
		field->place[i] = i + 1;
	}
	if (!set_obj_fnex(lp, peers, field->entry, field->place) || !set_add_rowmode(lp, TRUE))
		return BOD_NO_MEMORY;
	for (int j = 0; j < field->criteria; j++)
		if (!add_criterion(lp, field, peers, j))
			return BOD_NO_MEMORY;
	if (field->lower != NULL && !add_score(lp, field, peers))
		return BOD_NO_MEMORY;
	return set_add_rowmode(lp, FALSE) ? BOD_SOLVED : BOD_NO_MEMORY;
}

double
bod_score_units(const bod_field *field, const double *weight)
{
	double		greatest = 0;

	for (int k = 0; k < field->units; k++)
		field->score[k] = 0;
	for (int j = 0; j < field->criteria; j++)
	{
		const double *value = field->value + (size_t) j * field->units;

		for (int k = 0; weight[j] > 0 && k < field->units; k++)
			field->score[k] += weight[j] * value[k];
	}
	for (int k = 0; k < field->units; k++)
		greatest = fmax(greatest, field->score[k]);
	return greatest;
}

static bool
is_peer(const bod_field *field, int peers, int unit)
{
	for (int i = 0; i < peers; i++)
		if (field->peer[i] == unit)
			return true;
	return false;
}

int
bod_add_peer(const bod_field *field, int peers, int unit)
{
	if (is_peer(field, peers, unit))
		return peers;
	field->peer[peers] = unit;
	return peers + 1;
}

int
bod_first_peers(const bod_field *field)
{
	int			peers = 0;

	for (int j = 0; j < field->criteria; j++)
	{
		const double *value = field->value + (size_t) j * field->units;
		int			best = 0;

		for (int k = 1; k < field->units; k++)
			if (value[k] > value[best])
				best = k;
		peers = bod_add_peer(field, peers, best);
	}
	return peers;
}

int
bod_add_peers(const bod_field *field, int peers)
{
	int		   *added = field->peer + peers;
	int			count = 0;

	for (int k = 0; k < field->units; k++)
	{
		double		score = field->score[k];
		int			i;

		if (score <= ABOVE_1 || (count == STEP && score <= field->score[added[STEP - 1]]) ||
			is_peer(field, peers, k))
			continue;
		if (count < STEP)
			count++;
		for (i = count - 1; i > 0 && field->score[added[i - 1]] < score; i--)
			added[i] = added[i - 1];
		added[i] = k;
	}
	return peers + count;
}

/*
 * Scales the weights so that the greatest of all units is 1; whether this
 * leaves the unit the score that the dual allows, and shares within bounds.
 */
static bool
finish_weights(const bod_field *field, double most, double *weight, double *score)
{
	const double *own = field->own;
	int			criteria = field->criteria;
	double		greatest = bod_score_units(field, weight);
	double		sum = 0;
	double		base_sum = 0;

	if (!(greatest > 0))
		return false;
	for (int j = 0; j < criteria; j++)
	{
		weight[j] /= greatest;
		sum += weight[j] * own[j];
		base_sum += weight[j] * share_value(field, j);
	}
	*score = sum;
	if (!(fabs(most - *score) <= BOD_ACCURACY * most))
		return false;
	for (int j = 0; field->lower != NULL && j < criteria; j++)
	{
		double		base = share_value(field, j);
		double		share = weight[j] * base / base_sum;

		if (base > 0 && (share < field->lower[j] - BOD_ACCURACY ||
						   share > field->upper[j] + BOD_ACCURACY))
			return false;
	}
	return true;
}

/* Weights, and the score, that the peers leave field->own. */
static bod_status
solve_program(lprec *lp, const bod_field *field, int peers, double *weight, double *score)
{
	bod_asking	asking = {field, false};
	bod_status	status = fill_program(lp, field, peers, &asking);
	double	   *price;

	if (status != BOD_SOLVED)
		return status;
	status = bod_run(lp, &asking, &price);
	if (status != BOD_SOLVED)
		return status;
	for (int j = 0; j < field->criteria; j++)
		weight[j] = share_value(field, j) > 0 && price[j + 1] > 0 ? price[j + 1] : 0;
	*score = get_objective(lp);
	return BOD_SOLVED;
}

/* Weights and score of field->own. */
static bod_status
solve_own(const bod_field *field, double *weight, double *score)
{
	int			peers = 0;
	int			more = bod_first_peers(field);

	while (more > peers)
	{
		lprec	   *lp;
		bod_status	status;

		peers = more;
		if (field->stop(field->stop_arg))
			return BOD_STOPPED;
		lp = make_lp(0, peers + (field->lower == NULL ? 0 : 1 + 2 * field->criteria));
		if (lp == NULL)
			return BOD_NO_MEMORY;
		status = solve_program(lp, field, peers, weight, score);
		delete_lp(lp);
		if (status != BOD_SOLVED)
			return status;
		bod_score_units(field, weight);
		more = bod_add_peers(field, peers);
	}
	return finish_weights(field, *score, weight, score) ? BOD_SOLVED : BOD_INEXACT;
}

bod_status
bod_solve(const bod_field *field, const double *unit, double *weight, double *score)
{
	bod_status	status = BOD_INEXACT;
	double		largest = 0;
	int			exponent;
	int			shift;

	for (int j = 0; j < field->criteria; j++)
		largest = fmax(largest, unit[j]);
	frexp(largest, &exponent);
	/*
	 * Tolerances of the solver are absolute. Bounds may hold the score far
	 * below the greatest value: then try again with a score near 1.
	 */
	for (int attempt = 0; attempt < 3; attempt++)
	{
		for (int j = 0; j < field->criteria; j++)
			field->own[j] = ldexp(unit[j], -exponent);
		*score = 0;
		status = solve_own(field, weight, score);
		frexp(*score, &shift);
		if (status != BOD_INEXACT || !(*score > 0) || shift == 0)
			break;
		exponent += shift;
	}
	*score = round(ldexp(*score, exponent) * BOD_SCORE_UNITS) / BOD_SCORE_UNITS;
	return status;
}
