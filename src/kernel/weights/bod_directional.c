/*
 * bod_directional.c
 *	  Directional benefit of the doubt by linear programs: bod_scores.h.
 *
 * A program has a column a peer and one for beta, a row a criterion and one for the
 * sum of lambda:
 *
 *	 min -beta over lambda >= 0, beta >= 0 with
 *
 *	 sum_k(lambda_k x_kj) - g_j beta >= x_ij	for each j
 *	 sum_k(lambda_k) <= 1
 *
 * The shadow price of row j is the weight w_j. With peers alone the distance is
 * found too short; it is checked against what the weights say of all units, which
 * is not below the true one.
 */
#include <math.h>

#include "kernel/weights/bod_program.h"

/* Columns, from 1: the peers, then beta. */
static bool
add_criterion(lprec *lp, const bod_field *field, int peers, const double *direction, int criterion)
{
	const double *value = field->value + (size_t) criterion * field->units;
	int			entries = 0;

	for (int i = 0; i < peers; i++)
	{
		if (value[field->peer[i]] == 0)
			continue;
		field->entry[entries] = value[field->peer[i]];
		field->place[entries++] = i + 1;
	}
	if (direction[criterion] > 0)
	{
		field->entry[entries] = -direction[criterion];
		field->place[entries++] = peers + 1;
	}
	return add_constraintex(lp, entries, field->entry, field->place, GE, field->own[criterion]);
}

static bod_status
fill_program(lprec *lp, const bod_field *field, int peers, const double *direction, bod_asking *asking)
{
	double		minus_one = -1;
	int			beta = peers + 1;

	bod_set_up(lp, asking);
	if (!set_obj_fnex(lp, 1, &minus_one, &beta) || !set_add_rowmode(lp, TRUE))
		return BOD_NO_MEMORY;
	for (int j = 0; j < field->criteria; j++)
		if (!add_criterion(lp, field, peers, direction, j))
			return BOD_NO_MEMORY;
	for (int i = 0; i < peers; i++)
	{
		field->entry[i] = 1;
		field->place[i] = i + 1;
	}
	if (!add_constraintex(lp, peers, field->entry, field->place, LE, 1))
		return BOD_NO_MEMORY;
	return set_add_rowmode(lp, FALSE) ? BOD_SOLVED : BOD_NO_MEMORY;
}

/* Weights, and the distance, that the peers leave field->own. */
static bod_status
solve_program(lprec *lp, const bod_field *field, int peers, const double *direction,
			  double *weight, double *distance)
{
	bod_asking	asking = {field, false};
	bod_status	status = fill_program(lp, field, peers, direction, &asking);
	double	   *price;

	if (status != BOD_SOLVED)
		return status;
	status = bod_run(lp, &asking, &price);
	if (status != BOD_SOLVED)
		return status;
	for (int j = 0; j < field->criteria; j++)
		weight[j] = price[j + 1] > 0 ? price[j + 1] : 0;
	*distance = fmax(0, -get_objective(lp));
	return BOD_SOLVED;
}

static double
weighted_sum(const bod_field *field, const double *weight, const double *value)
{
	double		sum = 0;

	for (int j = 0; j < field->criteria; j++)
		sum += weight[j] * value[j];
	return sum;
}

/* Brings weights to those of the direction; whether they prove the distance. */
static bool
finish_weights(const bod_field *field, const double *direction, double *weight, double distance)
{
	double		length = weighted_sum(field, weight, direction);
	double		most;

	if (!(length > 0))
		return false;
	for (int j = 0; j < field->criteria; j++)
		weight[j] /= length;
	most = bod_score_units(field, weight) - weighted_sum(field, weight, field->own);
	return fabs(most - distance) <= BOD_ACCURACY * (1 + distance);
}

bod_status
bod_solve_directional(const bod_field *field, const double *unit, int self,
					  const double *direction, double *weight, double *distance)
{
	int			peers = 0;
	int			more;

	for (int j = 0; j < field->criteria; j++)
		field->own[j] = unit[j];
	more = bod_first_peers(field);
	/* By itself it reaches where it stands: there is a solution. */
	if (self >= 0)
		more = bod_add_peer(field, more, self);
	while (more > peers)
	{
		lprec	   *lp;
		bod_status	status;
		double		reached = 0;	/* of the peers, under the weights */

		peers = more;
		if (field->stop(field->stop_arg))
			return BOD_STOPPED;
		lp = make_lp(0, peers + 1);
		if (lp == NULL)
			return BOD_NO_MEMORY;
		status = solve_program(lp, field, peers, direction, weight, distance);
		delete_lp(lp);
		if (status != BOD_SOLVED)
			return status;
		bod_score_units(field, weight);
		for (int i = 0; i < peers; i++)
			reached = fmax(reached, field->score[field->peer[i]]);
		for (int k = 0; k < field->units && reached > 0; k++)
			field->score[k] /= reached;
		more = reached > 0 ? bod_add_peers(field, peers) : peers;
	}
	return finish_weights(field, direction, weight, *distance) ? BOD_SOLVED : BOD_INEXACT;
}
