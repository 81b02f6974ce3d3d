/*
 * count_sets.c
 *	  Exact tests in pairs, and what they find: count_sets.h.
 */
#include "kernel/ranks/count_sets.h"

#include "kernel/exact/distributions.h"

double
count_p_value(double above, double below)
{
	return above == 0 ? 1 : beta_cdf(0.5, above, below + 1);
}

/* How many categories are surely above one: from the end, those with a greater count. */
static int
surely_above(const count_sets *sets, int category, double limit)
{
	double		own = sets->count[category];
	int			low = category;	/* not found */
	int			high = sets->n;	/* found */

	while (high - low > 1)
	{
		int			middle = low + (high - low) / 2;

		if (sets->count[middle] > own && (limit >= 1 || count_p_value(sets->count[middle], own) <= limit))
			high = middle;
		else
			low = middle;
	}
	return sets->n - high;
}

static int
surely_below(const count_sets *sets, int category, double limit)
{
	double		own = sets->count[category];
	int			low = -1;		/* found */
	int			high = category;	/* not found */

	while (high - low > 1)
	{
		int			middle = low + (high - low) / 2;

		if (sets->count[middle] < own && (limit >= 1 || count_p_value(own, sets->count[middle]) <= limit))
			low = middle;
		else
			high = middle;
	}
	return low + 1;
}

static void
start_count_set(const count_sets *sets, int category, rank_set *set)
{
	/* Ties share the best rank; all greater counts are above by a limit of 1. */
	set->rank = 1 + surely_above(sets, category, 1);
	set->low = 1;
	set->high = sets->n;
	set->steps = 0;
	set->critical_first = set->critical_last = set->critical_error = set->margin = NAN;
}

/* The limit of p-values when some of the tests are found already. */
static void
note_limit(const count_sets *sets, double tests, double found, rank_set *set)
{
	set->critical_last = (1 - sets->level) / (tests - found);
	set->critical_error = 0;
	if (set->steps++ == 0)
		set->critical_first = set->critical_last;
}

void
marginal_count_set(const count_sets *sets, int category, rank_set *set)
{
	double		tests = (sets->side == RANK_TWO_SIDED ? 2.0 : 1.0) * (sets->n - 1);
	double		found = 0;

	start_count_set(sets, category, set);
	while (found < tests)
	{
		double		before = found;

		note_limit(sets, tests, found, set);
		if (sets->side != RANK_UPPER)
			set->low = 1 + surely_above(sets, category, set->critical_last);
		if (sets->side != RANK_LOWER)
			set->high = sets->n - surely_below(sets, category, set->critical_last);
		found = set->low - 1 + sets->n - set->high;
		if (found == before || !sets->stepdown)
			break;
	}
}

bool
simultaneous_count_sets(const count_sets *sets, rank_set *set, bool (*stop) (void *), void *stop_arg)
{
	double		tests = (double) sets->n * (sets->n - 1);
	double		found = 0;
	rank_set	step = {.critical_first = NAN, .critical_last = NAN, .critical_error = NAN, .margin = NAN};

	for (int i = 0; i < sets->n; i++)
		start_count_set(sets, i, &set[i]);
	while (found < tests)
	{
		double		before = found;

		note_limit(sets, tests, found, &step);
		found = 0;
		for (int i = 0; i < sets->n; i++)
		{
			int			above = surely_above(sets, i, step.critical_last);

			if (stop(stop_arg))
				return false;
			/* What is above one is above in that pair alone: directions are counted once. */
			found += above;
			if (sets->side != RANK_UPPER)
				set[i].low = 1 + above;
			if (sets->side != RANK_LOWER)
				set[i].high = sets->n - surely_below(sets, i, step.critical_last);
		}
		if (found == before || !sets->stepdown)
			break;
	}
	for (int i = 0; i < sets->n; i++)
	{
		set[i].steps = step.steps;
		set[i].critical_first = step.critical_first;
		set[i].critical_last = step.critical_last;
		set[i].critical_error = step.critical_error;
	}
	return true;
}
