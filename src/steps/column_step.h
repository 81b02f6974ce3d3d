/*
 * column_step.h
 *	  Steps that look at one criterion at a time: what a user asks for, what is
 *	  learned from a column, and a whole matrix taken through it.
 */
#ifndef PARINDEX_COLUMN_STEP_H
#define PARINDEX_COLUMN_STEP_H

#include "framework/framework_argument.h"
#include "steps/cell_step.h"
#include "steps/division.h"
#include "steps/impute.h"
#include "steps/normalise_plan.h"
#include "steps/transform.h"
#include "steps/treat_outliers.h"

typedef enum step_verb
{
	STEP_IMPUTE,
	STEP_TRANSFORM,
	STEP_TREAT,
	STEP_NORMALISE
} step_verb;

typedef struct column_step
{
	step_verb	verb;
	division_rule parts;
	union
	{
		impute_options impute;
		transform_options transform;
		treat_options treat;
		normalise_options normalise;
	}			as;
} column_step;

/* What a column is learned with. */
typedef struct column_learner
{
	const column_step *step;
	const framework_cache *cache;	/* NULL: the step needs none */
	const matrix_view *set;		/* NULL: there are no units */
	int			set_column;
	const char *code;			/* of the criterion; not terminated */
	int			code_length;
	double	   *values;			/* room for a part of the set ... */
	double	   *sorted;			/* ... and for learning; may be kept by what is learned */
	double	   *scratch;		/* three times as much as values */
	criterion_plan plan;		/* of STEP_NORMALISE */
	transform_options transform;	/* of STEP_TRANSFORM, ... */
	bool		transforms;		/* ... if any */
} column_learner;

/* Reads what the framework says of the criterion; errors 22023. */
extern void column_learner_begin(column_learner *learner);

/* From learner->values[n], NaN where not observed. Results live in the current context. */
extern void column_learn(column_learner *learner, int n, cell_step *learned);

/* Where a step is told what has been learned of each column. */
typedef struct step_keeper
{
	void		(*keep) (void *arg, int column, const division *parts, const cell_step *learned);
	void	   *arg;
} step_keeper;

/*
 * Learns from `set`, and does to `view`, which is the caller's to change (and
 * may be the set). wanted: by column of the view, NULL for all. With a
 * keeper, what was learned stays in the current context.
 */
extern void run_column_step(const column_step *step, const framework_cache *cache,
							const matrix_view *set, const matrix_view *view,
							const bool *wanted, const step_keeper *keeper);

#endif							/* PARINDEX_COLUMN_STEP_H */
