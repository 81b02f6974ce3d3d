/*
 * marginal_sets.c
 *	  Stepping down unit by unit: marginal_sets.h.
 *
 * The sums over the units still compared are kept by point: all units once, and
 * from them the unit itself and what each step finds is taken away.
 */
#include "kernel/ranks/marginal_sets.h"

size_t
marginal_sets_memory(int n)
{
	size_t		units = n > 0 ? (size_t) n : 1;

	return sizeof(double) * units * (9 + PANEL_POINTS) + (3 * sizeof(int) + sizeof(bool)) * units;
}

/* By Shell's sort, those of one error in the order of units. */
static void
sort_by_error(const double *error, int n, int *order)
{
	int			gap = 1;

	for (int i = 0; i < n; i++)
		order[i] = i;
	while (gap < n / 3)
		gap = 3 * gap + 1;
	for (; gap > 0; gap /= 3)
		for (int i = gap; i < n; i++)
		{
			int			moved = order[i];
			int			at = i;

			for (; at >= gap && (error[order[at - gap]] > error[moved] ||
								 (error[order[at - gap]] == error[moved] && order[at - gap] > moved)); at -= gap)
				order[at] = order[at - gap];
			order[at] = moved;
		}
}

void
marginal_sets_start(marginal_sets *sets, void *memory)
{
	size_t		n = (size_t) sets->pairs.n;
	double	   *next = memory;
	error_points *points = &sets->points;
	greatest_difference *greatest = &sets->greatest;
	double	   *sorted;

	normal_table_fill(&sets->normal);
	points->error = next;
	points->share = next += n;
	greatest->above = next += n * PANEL_POINTS;
	greatest->below = next += n;
	greatest->both = next += n;
	greatest->slope = next += n;
	greatest->width = next += n;
	sets->weight = next += n;
	sets->lead = next += n;
	sorted = next += n;
	points->first = (int *) (next + n);
	points->span = points->first + n;
	sets->order = points->span + n;
	points->begins = (bool *) (sets->order + n);
	sort_by_error(sets->pairs.error, sets->pairs.n, sets->order);
	sets->critical = 0;
	error_points_make(points, sets->pairs.error, sets->pairs.n, sorted, sets->lead);
	greatest->normal = &sets->normal;
	greatest->points = points;
	for (int i = 0; i < points->count; i++)
		sets->weight[i] = 0;
	for (int unit = 0; unit < sets->pairs.n; unit++)
		error_points_add(points, unit, 1, sets->weight);
}

/* Counts what is certain, and sets up what is compared: how many differences. */
static double
start_unit(marginal_sets *sets, int unit, rank_set *set)
{
	const rank_pairs *pairs = &sets->pairs;
	greatest_difference *greatest = &sets->greatest;
	double	   *weight = sets->side == RANK_TWO_SIDED ? greatest->both : greatest->above;
	int			compared = 0;
	bool		exact = false;

	set->rank = set->low = 1;
	set->high = pairs->n;
	set->steps = 0;
	set->critical_first = set->critical_last = set->critical_error = set->margin = NAN;
	for (int k = 0; k < pairs->n; k++)
	{
		double		lead = k == unit ? NAN : rank_pair_lead(pairs, unit, k);

		set->rank += lead > 0;
		if (k != unit && rank_pair_error(pairs, unit, k) == 0)
		{
			/* Certain, in their order or tied. */
			set->low += lead > 0 && sets->side != RANK_UPPER;
			set->high -= !(lead > 0) && sets->side != RANK_LOWER;
			lead = NAN;
		}
		else if (k != unit)
		{
			compared++;
			exact |= pairs->error[k] == 0;
		}
		/* One side alone is the other's mirror. */
		sets->lead[k] = sets->side == RANK_UPPER ? -lead : lead;
	}
	greatest_difference_start(greatest, pairs->error[unit]);
	for (int i = 0; i < sets->points.count; i++)
		weight[i] = sets->weight[i];
	error_points_add(&sets->points, unit, -1, weight);
	greatest->exact_above = exact;
	greatest->exact_below = exact && sets->side == RANK_TWO_SIDED;
	return compared * (sets->side == RANK_TWO_SIDED ? 2.0 : 1.0);
}

/*
 * A step: what exceeds the critical value c is found, and leaves; what was
 * found before lies above c_before. Returns how much was found.
 */
static int
find_leads(marginal_sets *sets, double c, double c_before, rank_set *set)
{
	greatest_difference *greatest = &sets->greatest;
	bool		two_sided = sets->side == RANK_TWO_SIDED;
	bool		exact_above = false;
	bool		exact_below = false;
	int			found = 0;

	for (int k = 0; k < sets->pairs.n; k++)
	{
		double		lead = sets->lead[k];
		double		size = two_sided ? fabs(lead) : lead;

		if (isnan(lead))
			continue;
		if (!(size > c_before))
		{
			double		distance = fabs(size - c);

			if (!(distance >= set->margin))
				set->margin = distance;
			if (size > c)
			{
				found++;
				set->low += lead > 0 && sets->side != RANK_UPPER;
				set->high -= lead < 0 || sets->side == RANK_UPPER;
				if (two_sided)
				{
					error_points_add(&sets->points, k, -1, greatest->both);
					error_points_add(&sets->points, k, 1, lead > 0 ? greatest->below : greatest->above);
				}
				else
					error_points_add(&sets->points, k, -1, greatest->above);
			}
		}
		if (sets->pairs.error[k] == 0)
		{
			exact_above |= !(size > c) || (two_sided && lead < 0);
			exact_below |= two_sided && (!(size > c) || lead > 0);
		}
	}
	greatest->exact_above = exact_above;
	greatest->exact_below = exact_below;
	return found;
}

void
marginal_set(marginal_sets *sets, int i, rank_set *set)
{
	int			unit = sets->order[i];
	double		compared = start_unit(sets, unit, set);
	double		c = INFINITY;

	while (compared > 0)
	{
		double		before = c;
		int			found;

		c = greatest_difference_quantile(&sets->greatest, sets->level, set->steps > 0 ? before :
										 sets->critical > 0 ? sets->critical :
										 independent_differences_quantile(sets->level, compared));
		/* Less cannot need more, but for rounding. */
		if (c > before)
			c = before;
		if (set->steps++ == 0)
			set->critical_first = sets->critical = c;
		found = find_leads(sets, c, before, set);
		compared -= found;
		if (found == 0 || !sets->stepdown)
			break;
	}
	if (set->steps > 0)
	{
		set->critical_last = c;
		set->critical_error = 0;
	}
}
