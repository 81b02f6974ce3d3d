/*
 * cell_step.h
 *	  What a step of the pipeline does to one cell, once it has learned from
 *	  the values of its criterion.
 *
 * Every step over columns is of this form: it learns a few numbers from a set
 * of values, then changes cells one at a time. So a matrix, a wide row and
 * a single value go through the same code, and get the same bits.
 */
#ifndef PARINDEX_CELL_STEP_H
#define PARINDEX_CELL_STEP_H

#include "base/compat.h"

#include <math.h>

#include "kernel/field/normalise.h"
#include "kernel/field/transform.h"
#include "kernel/field/treat.h"
#include "kernel/tree/tree.h"	/* cell_status */
#include "rules/rule_points.h"

typedef enum cell_step_kind
{
	CELL_AS_IS,
	CELL_FILL,					/* a missing cell becomes value; NaN: it stays */
	CELL_SET,					/* an observed cell becomes value; NaN: missing */
	CELL_TRANSFORM,
	CELL_CUT,					/* treatment of outliers */
	CELL_SCALE,
	CELL_POINTS					/* of a scoring rule, in decimal */
} cell_step_kind;

/* A scale, and what is made of where a value stands on it. */
typedef struct cell_scale
{
	scale		scale;
	int			direction;		/* values are multiplied by it */
	bool		share;			/* brought from 0 .. 1 to lower .. upper */
	bool		held;			/* within 0 .. 1 before */
	double		lower;
	double		upper;
} cell_scale;

typedef struct cell_step
{
	cell_step_kind kind;
	union
	{
		double		value;
		transform	transform;
		outlier_cut cut;
		cell_scale	scale;
		const scoring_rule *rule;
	}			as;
} cell_step;

typedef enum cell_problem
{
	CELL_FINE,
	CELL_NOT_POSITIVE,			/* of a scale that is defined above 0 */
	CELL_OUTSIDE_DOMAIN,		/* of a transform */
	CELL_OUT_OF_RANGE			/* the result leaves the doubles */
} cell_problem;

static inline double
cell_scale_at(const cell_scale *s, double x)
{
	double		result = scale_at(&s->scale, s->direction * x);

	if (!s->share)
		return result;
	return share_between(s->held ? Min(Max(result, 0), 1) : result, s->lower, s->upper);
}

/* Changes a cell; *x counts only where it is observed, and is finite then. */
static inline cell_problem
cell_step_apply(const cell_step *step, double *x, uint8 *status)
{
	double		result;

	if (step->kind == CELL_FILL)
	{
		if (*status == CELL_MISSING && !isnan(step->as.value))
		{
			*x = step->as.value;
			*status = CELL_OBSERVED;
		}
		return CELL_FINE;
	}
	if (*status != CELL_OBSERVED)
		return CELL_FINE;
	switch (step->kind)
	{
		case CELL_SET:
			if (isnan(step->as.value))
				*status = CELL_MISSING;
			*x = step->as.value;
			return CELL_FINE;
		case CELL_TRANSFORM:
			if (!transform_at(&step->as.transform, *x, &result))
				return CELL_OUTSIDE_DOMAIN;
			break;
		case CELL_CUT:
			result = outlier_cut_at(&step->as.cut, *x);
			break;
		case CELL_SCALE:
			if (scale_needs_positive(&step->as.scale.scale) && step->as.scale.direction * *x <= 0)
				return CELL_NOT_POSITIVE;
			result = cell_scale_at(&step->as.scale, *x);
			break;
		case CELL_POINTS:
			result = scoring_rule_points(step->as.rule, *x);
			break;
		default:
			return CELL_FINE;
	}
	if (!isfinite(result))
		return CELL_OUT_OF_RANGE;
	*x = result + 0.0;
	return CELL_FINE;
}

/* ereport(ERROR), naming unit (NULL: none is known), criterion and value. */
pg_noreturn extern void cell_step_report(const cell_step *step, cell_problem problem,
										 const char *unit, const char *code, double x);

#endif							/* PARINDEX_CELL_STEP_H */
