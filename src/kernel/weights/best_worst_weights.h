/*
 * best_worst_weights.h
 *	  Weights from judgements of the best criterion over each, and of each over
 *	  the worst: the best-worst method in its linear form (Rezaei, Omega 53, 2015
 *	  and 64, 2016). A linear program, solved by lp_solve 5.5:
 *
 *	 min xi with |w_B - b_j w_j| <= xi, |w_j - o_j w_W| <= xi, sum(w) = 1, w >= 0
 *
 * b_j being how many times as important the best is as j, o_j how many times as
 * important j is as the worst.
 */
#ifndef PARINDEX_BEST_WORST_WEIGHTS_H
#define PARINDEX_BEST_WORST_WEIGHTS_H

/* Criteria; judgements are made by hand. */
#define BEST_WORST_MAX 100

typedef struct best_worst
{
	int			criteria;		/* 1 .. BEST_WORST_MAX */
	int			best;			/* from 0 */
	int			worst;
	const double *to_others;	/* b, 1 or above; 1 of the best */
	const double *to_worst;		/* o, likewise; 1 of the worst */
} best_worst;

typedef enum best_worst_status
{
	BEST_WORST_SOLVED,
	BEST_WORST_INEXACT,			/* xi not found to BEST_WORST_ACCURACY */
	BEST_WORST_NO_MEMORY
} best_worst_status;

#define BEST_WORST_ACCURACY 1e-9

/* Weights that sum to 1, and the xi that they leave. */
extern best_worst_status best_worst_solve(const best_worst *judgements, double *weight, double *xi);

/*
 * How far judgements contradict each other, of the input alone: the greatest of
 * |b_j o_j - a| / (a^2 - a), a being that of the best over the worst; 0 where a
 * is 1 (Liang, Brunelli and Rezaei, Omega 96, 2020). 0 is consistent.
 */
extern double best_worst_consistency_ratio(const best_worst *judgements);

#endif							/* PARINDEX_BEST_WORST_WEIGHTS_H */
