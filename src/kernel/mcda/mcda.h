/*
 * mcda.h
 *	  Rankings of units by several criteria without a common scale: TOPSIS,
 *	  VIKOR and the weighted product. PROMETHEE is in promethee.h.
 *
 * A field is `units` complete rows of `criteria` columns, value[criterion *
 * units + unit], finite. Weights are above 0 and sum to 1 but for rounding;
 * directions are 1 where more is better, -1 where less is. What a unit gets is
 * made of exact sums over its criteria, of statistics that do not depend on the
 * order of units: neither order matters.
 */
#ifndef PARINDEX_MCDA_H
#define PARINDEX_MCDA_H

#include <stdbool.h>

typedef struct mcda_field
{
	int			units;
	int			criteria;
	const double *value;
	const double *weight;		/* by criterion */
	const int  *direction;		/* by criterion */
} mcda_field;

/* The best and the worst value of a criterion. */
typedef struct mcda_extremes
{
	double		best;
	double		worst;
} mcda_extremes;

extern mcda_extremes mcda_get_extremes(const double *value, int units, int direction);

/*
 * TOPSIS (Hwang and Yoon, Multiple Attribute Decision Making, 1981): criteria on
 * a common scale, weighted; the Euclidean distances of a unit from the best and
 * from the worst values.
 */
typedef enum topsis_scaling
{
	TOPSIS_VECTOR,				/* x / sqrt(sum(x^2)) */
	TOPSIS_MINMAX,				/* (x - min) / (max - min) */
	TOPSIS_NONE					/* x */
} topsis_scaling;

/* One criterion, in place; 0 where its length is. */
extern void topsis_scale(topsis_scaling scaling, double *value, int units);

typedef struct topsis_distances
{
	double		to_best;
	double		to_worst;
} topsis_distances;

/* Of a field that is scaled; `extremes` by criterion. */
extern topsis_distances topsis_unit(const mcda_field *field, const mcda_extremes *extremes, int unit);

/*
 * VIKOR (Opricovic and Tzeng, European Journal of Operational Research 156,
 * 2004): the weighted sum of what a unit lacks of the best, in shares of the
 * range of each criterion, and the greatest of these.
 */
typedef struct vikor_regrets
{
	double		utility;		/* S */
	double		regret;			/* R */
} vikor_regrets;

extern vikor_regrets vikor_unit(const mcda_field *field, const mcda_extremes *extremes, int unit);

/*
 * The weighted product (Bridgman 1922; Miller and Starr 1969): of each value to
 * the power of its weight, negative where less is better; values above 0.
 * Logarithms have 112 bits after the point; infinity or 0 beyond the doubles.
 */
extern double weighted_product(const mcda_field *field, int unit);

#endif							/* PARINDEX_MCDA_H */
