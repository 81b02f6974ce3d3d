/*
 * transform.h
 *	  Transforms of single values before they are put on a scale.
 *
 * Each is made of correctly rounded pieces in integer arithmetic, or of
 * operations that IEEE 754 rounds: the same bits on every machine.
 */
#ifndef PARINDEX_TRANSFORM_H
#define PARINDEX_TRANSFORM_H

#include <stdbool.h>

typedef enum transform_kind
{
	TRANSFORM_LOG,				/* ln x, x > 0 */
	TRANSFORM_LOG1P,			/* ln(x + a), x > -a */
	TRANSFORM_SQRT,				/* x >= 0 */
	TRANSFORM_CBRT,
	TRANSFORM_POWER,			/* x^a: x > 0; 0 where a > 0; below 0 where a is whole */
	TRANSFORM_BOXCOX,			/* (x^a - 1) / a, ln x where a is 0; x > 0 */
	TRANSFORM_LOGIT,			/* ln(x / (a - x)), 0 < x < a */
	TRANSFORM_ASINH,			/* ln(x + sqrt(x^2 + 1)) */
	TRANSFORM_RECIPROCAL,		/* 1 / x, x not 0 */
	TRANSFORM_CLIP				/* held within a .. b */
} transform_kind;

typedef struct transform
{
	transform_kind kind;
	double		a;				/* 0 where the kind has none */
	double		b;
} transform;

/* False where x, finite, is outside the domain; the result may leave the doubles. */
extern bool transform_at(const transform *t, double x, double *result);

/*
 * The Box-Cox parameter of greatest likelihood (Box and Cox 1964) within -5 .. 5,
 * either end included, of n values above 0 or NaN, by golden section. Likelihoods
 * are compared in doubles, which tell parameters apart to about 1e-6. scratch
 * holds n doubles. NaN where fewer than two values differ, or stop() says so.
 */
extern double boxcox_learn(const double *x, int n, double *scratch,
						   bool (*stop) (void *), void *stop_arg);

#endif							/* PARINDEX_TRANSFORM_H */
