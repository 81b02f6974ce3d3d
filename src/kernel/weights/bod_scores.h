/*
 * bod_scores.h
 *	  Benefit of the doubt: the score of a unit under the weights that suit it
 *	  best (Melyn and Moesen 1991; Cherchye, Moesen, Rogge and Van Puyenbroeck
 *	  2007). Linear programs, solved by lp_solve 5.5.
 *
 * For the unit i, over weights w >= 0:
 *
 *	 score = max sum_j(w_j x_ij)  with  sum_j(w_j x_kj) <= 1 for every unit k
 *
 * and, where there are bounds, lower_j <= w_j x_ij / score <= upper_j: bounds
 * on the criteria's shares in the score, the "pies" (Wong and Beasley 1990).
 * With reference values r, lower_j <= w_j r_j / sum_k(w_k r_k) <= upper_j instead:
 * shares in the score that the reference would have, of the mean unit say
 * (Zanella, Camanho and Dias 2015), which leave every unit weights.
 *
 * A unit's result depends on the field alone, not on what was solved before.
 */
#ifndef PARINDEX_BOD_SCORES_H
#define PARINDEX_BOD_SCORES_H

#include <stdbool.h>
#include <stddef.h>

typedef struct bod_field
{
	int			units;
	int			criteria;
	/*
	 * value[criterion * units + unit], not negative; each criterion's greatest
	 * is 0 or within 0.5 .. 1.
	 */
	const double *value;
	const double *lower;		/* by criterion, 0 .. 1; both NULL: no bounds */
	const double *upper;
	const double *reference;	/* by criterion, 0 .. 1; NULL: the unit's own values */
	bool		(*stop) (void *);	/* asked every few milliseconds ... */
	void	   *stop_arg;		/* ... with this */
	double	   *own;			/* scratch: one a criterion */
	double	   *score;			/* scratch: one a unit */
	int		   *peer;
	double	   *entry;			/* scratch: bod_columns() + 1 each */
	int		   *place;
} bod_field;

typedef enum bod_status
{
	BOD_SOLVED,
	BOD_STOPPED,				/* because stop() said so */
	BOD_INEXACT,				/* not solved to BOD_ACCURACY */
	BOD_NO_MEMORY
} bod_status;

/* Relative; both of the score against its bound from the dual, and of shares. */
#define BOD_ACCURACY 1e-9

/* Scores are rounded to ten decimals, so that those of the best are 1. */
#define BOD_SCORE_UNITS 1e10

/* Of a program, at most. */
static inline size_t
bod_columns(const bod_field *field)
{
	return (size_t) field->units + 2 * (size_t) field->criteria + 1;
}

/*
 * Weights and score of a unit, one of the field's, with some value above zero.
 * Without a reference, a criterion in which it has 0 gets weight 0, whatever its
 * bounds; with one, a criterion in which that has 0. Bounds of the others must
 * leave room for shares that sum to 1.
 */
extern bod_status bod_solve(const bod_field *field, const double *unit,
							double *weight, double *score);

/*
 * Directional benefit of the doubt (Chambers, Chung and Faere 1998 for the
 * distance; Fusco 2015): how far a unit may go in a direction g before it leaves
 * what units, and mixtures of them, reach:
 *
 *	 distance = max beta with sum_k(lambda_k x_kj) >= x_ij + beta g_j, sum(lambda) <= 1
 *	          = min over w >= 0 of max_k sum_j(w_j x_kj) - sum_j(w_j x_ij) with sum_j(w_j g_j) = 1
 *
 * with the weights of the second line. `direction`, not negative and not all 0, is
 * in the scale of the field's values; `self` is the unit's place in the field, -1
 * where it has zeros alone. There are no bounds.
 */
extern bod_status bod_solve_directional(const bod_field *field, const double *unit, int self,
										const double *direction, double *weight, double *distance);

#endif							/* PARINDEX_BOD_SCORES_H */
