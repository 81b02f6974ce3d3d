/*
 * pipeline.h
 *	  The type pipeline: the steps that a score matrix is taken through, as one
 *	  value.
 *
 * A value is its canonical text, checked when it was made; whoever runs it
 * parses it once into a plan.
 */
#ifndef PARINDEX_PIPELINE_H
#define PARINDEX_PIPELINE_H

#include "steps/column_step.h"

#define PIPELINE_VERSION 1
#define PIPELINE_MAX_STEPS 1000
#define PIPELINE_MAX_TEXT (1024 * 1024)

/* What a step is. Those before DENOMINATE look at one column at a time. */
typedef enum pipeline_verb
{
	PIPELINE_IMPUTE,
	PIPELINE_TRANSFORM,
	PIPELINE_TREAT,
	PIPELINE_NORMALISE,
	PIPELINE_DENOMINATE,
	PIPELINE_SCREEN,
	PIPELINE_SELECT,
	PIPELINE_DROP
} pipeline_verb;

#define PIPELINE_COLUMN_VERBS PIPELINE_DENOMINATE
#define PIPELINE_VERBS (PIPELINE_DROP + 1)

extern const char *const pipeline_verb_names[PIPELINE_VERBS];

typedef struct code_list
{
	int			count;
	char	  **code;
} code_list;

typedef struct denominator
{
	char	   *code;
	char	   *by;
	double		scale;
} denominator;

typedef struct pipeline_step
{
	pipeline_verb verb;
	column_step column;			/* of column verbs */
	bool		on_all;			/* said so; else where no code is named, for ... */
	code_list	on;				/* ... what no other step of the verb names */
	code_list	codes;			/* of select and drop */
	int			denominators;
	denominator *denominator;
	bool		by_unit;		/* of screen; else by criterion */
	double		min_share;
	double		min_nonzero;
} pipeline_step;

typedef struct pipeline_plan
{
	int			steps;
	pipeline_step *step;
} pipeline_plan;

/* Errors 22P02 naming the place, 22023 for what contradicts itself. */
extern pipeline_plan *pipeline_parse(const char *text);

/* Canonical, palloc'd. */
extern char *pipeline_text(const pipeline_plan *plan);

/* The canonical text of one step, without its criteria, for messages and reports. */
extern char *pipeline_step_text(const pipeline_step *step);

extern pipeline_plan *pipeline_argument(FunctionCallInfo fcinfo, int argument);

/*
 * Which criteria a column step is for, by number among `count` codes, or NULL
 * for all. Where these are all there are, error 22023 for one that it names and
 * that is not among them.
 */
typedef const char *(*code_at) (const void *arg, int i, int *length);
extern bool *pipeline_step_criteria(const pipeline_plan *plan, int step, int count,
									code_at code, const void *arg, bool are_all);

/* What a step brought about; see run_pipeline(). */
typedef struct pipeline_observer
{
	void		(*before) (void *arg, int step, const matrix_view *matrix);
	void		(*after) (void *arg, int step, const matrix_view *matrix);
	const step_keeper *keeper;	/* of what column steps learn */
	void	   *arg;
} pipeline_observer;

/* The matrix after all steps; the observer may be NULL, as may its functions. */
extern score_matrix *pipeline_run(const pipeline_plan *plan, const matrix_view *matrix,
								  const framework_cache *cache,
								  const pipeline_observer *observer);

#endif							/* PARINDEX_PIPELINE_H */
