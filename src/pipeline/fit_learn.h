/*
 * fit_learn.h
 *	  A pipeline that learns from sets of values, without a matrix.
 */
#ifndef PARINDEX_FIT_LEARN_H
#define PARINDEX_FIT_LEARN_H

#include "pipeline/fit_state.h"
#include "pipeline/fitted.h"

/*
 * How a pipeline can be learned. Its first steps that learn nothing are done
 * to each unit as it comes; what is counted are the values after them.
 */
typedef struct fit_plan
{
	pipeline_plan *pipeline;
	int			ahead;			/* steps that are done as values come */
	bool		counting;		/* else extremes will do */
	bool		by_group;		/* whether parts count at all */
	bool		by_period;
} fit_plan;

/* Error 0A000 for a step that rows alone cannot be learned by. */
extern fit_plan plan_fit(pipeline_plan *pipeline);

/*
 * The steps ahead as a fitted pipeline for these codes, to be applied to what
 * comes. Where the codes are all there are, error 22023 for a criterion that
 * they name and that is not there.
 */
extern fitted *fit_ahead(const fit_plan *plan, const framework_cache *cache, int codes,
						 char **code, bool are_all);

/* The whole, from what was collected; codes in the order given (of the state's own, natural order). */
extern fitted *fit_learn(const fit_plan *plan, const framework_cache *cache, fit_state *state,
						 int codes, char **code);

#endif							/* PARINDEX_FIT_LEARN_H */
