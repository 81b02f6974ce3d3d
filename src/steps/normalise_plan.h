/*
 * normalise_plan.h
 *	  How one criterion is normalised: options and framework, made ready for
 *	  kernel/field/normalise.h.
 */
#ifndef PARINDEX_NORMALISE_PLAN_H
#define PARINDEX_NORMALISE_PLAN_H

#include "base/arguments/choice.h"
#include "framework/framework.h"
#include "framework/framework_argument.h"
#include "matrix/score_matrix.h"
#include "rules/scoring_rule.h"

/* As users ask. */
typedef enum normalise_method
{
	NORMALISE_MINMAX,
	NORMALISE_ZSCORE,
	NORMALISE_RANK,
	NORMALISE_BORDA,
	NORMALISE_PERCENTILE_RANK,
	NORMALISE_FRACTION_OF_MAXIMUM,
	NORMALISE_DISTANCE_TO_MAX,
	NORMALISE_DISTANCE_TO_TARGET,
	NORMALISE_DISTANCE_TO_REFERENCE,
	NORMALISE_GOALPOSTS,
	NORMALISE_LOG_GOALPOSTS,
	NORMALISE_SCALED,
	NORMALISE_RULE
} normalise_method;

/* What becomes of values that nothing tells apart. */
typedef enum constant_result
{
	CONSTANT_NULL,
	CONSTANT_LOWER,
	CONSTANT_MID,
	CONSTANT_UPPER
} constant_result;

typedef struct normalise_options
{
	normalise_method method;
	double		lower;
	double		upper;
	constant_result constant;
	const char *reference_unit; /* NULL: none */
	double		target;			/* NaN: none */
	double		worst;			/* goalposts; NaN: those of the criterion's rule */
	double		best;
	double		scale_min;
	double		scale_max;
} normalise_options;

/* Names as users write them. */
extern const choice normalise_methods[];
extern const choice constant_results[];

/* minmax to 0 .. 100; what is constant becomes missing. */
extern normalise_options normalise_defaults(void);

/* Errors 22023 where the numbers among the options contradict each other. */
extern void check_normalise_options(const normalise_options *options);

/* What a scale is made from: the values of a set, marks, or both. */
typedef enum scale_basis
{
	BASIS_MINMAX,
	BASIS_ZSCORE,
	BASIS_RANK,
	BASIS_BORDA,
	BASIS_PERCENTILE,
	BASIS_FRACTION_OF_MAX,
	BASIS_FRACTION_OF_MIN,
	BASIS_MARK,					/* from the worst value to the mark `to` */
	BASIS_MARKS,				/* from the mark `from` to the mark `to` */
	BASIS_LOG_MARKS,
	BASIS_RULE					/* no scale: the rule gives points */
} scale_basis;

typedef struct criterion_plan
{
	scale_basis basis;
	int			direction;		/* 1 or -1: values are multiplied by it */
	double		from;			/* marks, multiplied by it, too */
	double		to;
	bool		held;			/* shares, within 0 .. 1 */
	double		lower;			/* what shares 0 and 1 become */
	double		upper;
	const scoring_rule *rule;	/* of BASIS_RULE */
} criterion_plan;

/* Whether scales of this basis give shares; others give bare numbers. */
static inline bool
basis_gives_share(scale_basis basis)
{
	return basis != BASIS_ZSCORE && basis != BASIS_RANK && basis != BASIS_BORDA;
}

/*
 * The plan of a leaf whose code is that of `column` of `set`, the matrix the
 * scale is made from; NULL where there is none, and so no unit to look up.
 */
extern void plan_criterion(const normalise_options *options, const framework *fw, int leaf,
						   const matrix_view *set, int column, criterion_plan *plan);

/* The two halves of learning a scale: column_step.h. */
struct column_learner;
struct cell_step;
extern void begin_normalisation(struct column_learner *learner);
extern void learn_normalisation(struct column_learner *learner, int n, struct cell_step *learned);

/* A whole matrix, by options that have been checked; reference may be NULL (normalise.c). */
extern score_matrix *normalise_matrix(const normalise_options *options, const matrix_view *matrix,
									  const framework_cache *cache, bool by_group,
									  const matrix_view *reference);

#endif							/* PARINDEX_NORMALISE_PLAN_H */
