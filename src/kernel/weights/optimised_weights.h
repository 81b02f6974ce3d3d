/*
 * optimised_weights.h
 *	  Weights under which the parts of an index have given influences on it.
 *
 * A part's influence is its squared correlation with the index, as a share of
 * the sum over the parts: the linear form of the importance measure of
 * Becker, Saisana, Paruolo and Vandecasteele (2017, "Weights and importance in
 * composite indicators", Ecological Indicators 80). How weights make an index
 * is the caller's to say; correlations must change smoothly with them.
 */
#ifndef PARINDEX_OPTIMISED_WEIGHTS_H
#define PARINDEX_OPTIMISED_WEIGHTS_H

#include <stddef.h>

/*
 * Correlations of the parts with the index under weights, which sum to 1. NaN
 * where there is none.
 */
typedef void (*part_correlations_function) (void *context, const double *weight, double *correlation);

typedef struct influence_problem
{
	int			parts;
	const double *target;		/* influences wanted, above 0, summing to 1 */
	part_correlations_function part_correlations;
	void	   *context;
} influence_problem;

/* Doubles of scratch. */
static inline size_t
influence_scratch(int parts)
{
	return (size_t) parts * (2 * (size_t) parts + 5);
}

/* Each influence that the correlations stand for. */
extern void influences(const double *correlation, int parts, double *influence);

/*
 * Improves the weights, above 0 and given to start with, by damped Gauss-Newton
 * steps (Levenberg 1944, Marquardt 1963) until the influences are the targets,
 * or no step brings them nearer; 100 steps at most. Returns the largest
 * difference between an influence and its target; NaN where the first
 * correlations are NaN.
 */
extern double optimise_weights(const influence_problem *problem, double *weight,
							   double *correlation, double *scratch);

#endif							/* PARINDEX_OPTIMISED_WEIGHTS_H */
