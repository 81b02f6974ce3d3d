/*
 * fit_state.h
 *	  What fit_agg() keeps of the values of each criterion in each part: their
 *	  extremes, or the different values and how many there are of each.
 *
 * Either is a set that depends neither on the order of rows nor on how states
 * were merged.
 */
#ifndef PARINDEX_FIT_STATE_H
#define PARINDEX_FIT_STATE_H

#include "base/compat.h"

#include "base/forms/name_table.h"
#include "lib/stringinfo.h"

typedef struct counted_value
{
	double		value;
	int64		count;
} counted_value;

/* The values of a criterion in a part. */
typedef struct value_set
{
	double		min;			/* infinity, and minus infinity, where there is none */
	double		max;
	int64		missing;
	int64		observed;
	/* Where values are counted: sorted ones, and such as came since. */
	counted_value *counted;
	int			distinct;
	int			room;
	double	   *pending;
	int			waiting;
	int			pending_room;
} value_set;

typedef struct fit_state
{
	MemoryContext context;
	bool		counting;
	bool		has_periods;
	name_table	codes;			/* of criteria, in the order in which they came */
	name_table	parts;			/* by group, with the period as tag */
	int			part_room;
	value_set **sets;			/* by part: by criterion */
	int		   *set_room;		/* by part */
} fit_state;

extern fit_state *fit_state_new(MemoryContext context, bool counting);

/* group length -1: none. */
extern int	fit_state_part(fit_state *state, const char *group, int length, int32 period);

extern value_set *fit_state_make_set(fit_state *state, int part, int criterion);

static inline value_set *
fit_state_set(fit_state *state, int part, int criterion)
{
	if (likely(criterion < state->set_room[part]))
		return &state->sets[part][criterion];
	return fit_state_make_set(state, part, criterion);
}

/* Sorts what came since among what was there. */
extern void value_set_settle(fit_state *state, value_set *set);
extern void value_set_enlarge(fit_state *state, value_set *set);

static inline void
value_set_add(fit_state *state, value_set *set, double x)
{
	set->observed++;
	if (!state->counting)
	{
		set->min = x < set->min ? x : set->min;
		set->max = x > set->max ? x : set->max;
		return;
	}
	if (set->waiting == set->pending_room)
		value_set_enlarge(state, set);
	set->pending[set->waiting++] = x;
}

extern void fit_state_merge(fit_state *state, fit_state *other);

/* A flat form to hand over between workers. */
extern void fit_state_write(fit_state *state, StringInfo flat);
extern fit_state *fit_state_read(MemoryContext context, StringInfo flat);

#endif							/* PARINDEX_FIT_STATE_H */
