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
#include "kernel/field/normalise.h"
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
	NORMALISE_RULE,
	NORMALISE_CUME_DIST,
	NORMALISE_HAZEN,
	NORMALISE_POSITIVE_PERCENTILE,
	NORMALISE_EXPONENTIAL_RANK,
	NORMALISE_RANGE_PLUS_ONE,
	NORMALISE_SHARE_OF_SUM,
	NORMALISE_PERCENT_OF_MEAN,
	NORMALISE_ROBUST_ZSCORE,
	NORMALISE_QUANTILE_RANGE,
	NORMALISE_SIGMOID,
	NORMALISE_MAZZIOTTA_PARETO,
	NORMALISE_ADJUSTED_MAZZIOTTA_PARETO
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
	bool		ties_given;
	scale_ties	ties;			/* of ranks */
	double		center;			/* mean, and deviation, of z-scores; NaN: 0 and 1 */
	double		spread;
	double		first;			/* exponential_rank: its constant; quantile_range: shares; ... */
	double		second;			/* ... sigmoid: slope and midpoint, NaN: of z-scores */
	bool		held;			/* shares are held within 0 .. 1 */
	double		scale_min;
	double		scale_max;
} normalise_options;

/* Names as users write them. */
extern const choice normalise_methods[];
extern const choice constant_results[];
extern const choice ties_choices[];

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
	BASIS_RULE,					/* no scale: the rule gives points */
	BASIS_CUME_DIST,
	BASIS_HAZEN,
	BASIS_POSITIVE,
	BASIS_EXPONENTIAL,
	BASIS_RANGE_PLUS_ONE,
	BASIS_SUM,
	BASIS_MEAN,
	BASIS_ROBUST_ZSCORE,
	BASIS_QUANTILES,
	BASIS_SIGMOID,
	BASIS_GIVEN_SIGMOID,
	BASIS_POPULATION_ZSCORE,
	BASIS_AROUND				/* half the range to either side of the mark `to`, NaN: the mean */
} scale_basis;

typedef struct criterion_plan
{
	scale_basis basis;
	int			direction;		/* 1 or -1: values are multiplied by it */
	double		from;			/* marks, multiplied by it, too */
	double		to;
	bool		share;			/* brought from 0 .. 1 to lower .. upper */
	bool		held;			/* within 0 .. 1 before */
	double		lower;
	double		upper;
	scale_ties	ties;
	double		first;			/* as in the options */
	double		second;
	const scoring_rule *rule;	/* of BASIS_RULE */
} criterion_plan;

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
