/*
 * promethee.h
 *	  The flows of PROMETHEE by one criterion: how far a unit is preferred to the
 *	  others, and they to it.
 *
 * Brans and Vincke, A preference ranking organisation method, Management Science
 * 31 (1985): the preference P(d) of a unit over another that has d less is one
 * of six functions, 0 for d <= 0, else
 *
 *	  usual			1
 *	  u_shape		1 above q
 *	  v_shape		d / p, at most 1
 *	  level			1/2 above q, 1 above p
 *	  linear		(d - q) / (p - q) above q, at most 1
 *	  gaussian		1 - exp(-d^2 / (2 p^2))
 *
 * A flow is the mean of P over the n - 1 other units. Sums are exact, and
 * rounded once: the order of units does not matter.
 */
#ifndef PARINDEX_PROMETHEE_H
#define PARINDEX_PROMETHEE_H

#include <stdbool.h>

typedef enum preference_kind
{
	PREFERENCE_USUAL,
	PREFERENCE_U_SHAPE,
	PREFERENCE_V_SHAPE,
	PREFERENCE_LEVEL,
	PREFERENCE_LINEAR,
	PREFERENCE_GAUSSIAN
} preference_kind;

typedef struct preference
{
	preference_kind kind;
	double		q;				/* indifference, 0 or above; 0 where unused */
	double		p;				/* preference, above q; q where unused */
} preference;

/*
 * Of n > 1 values in ascending order: `above` gets how far each is preferred to
 * the others, `below` how far they are to it. Time in n, but for the Gaussian in
 * n^2; stop() is asked now and then, and false returned where it says so.
 */
extern bool promethee_flows(const preference *preference, const double *sorted, int n,
							double *above, double *below,
							bool (*stop) (void *), void *stop_arg);

#endif							/* PARINDEX_PROMETHEE_H */
