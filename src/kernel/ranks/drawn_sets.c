/*
 * drawn_sets.c
 *	  Draws, their greatest differences and stepping down: drawn_sets.h.
 */
#include "kernel/ranks/drawn_sets.h"

#include <math.h>

#include "kernel/field/column_stats.h"
#include "kernel/ranks/normal.h"
#include "kernel/survey/philox.h"

/* Draws that are worked on together: a row of them fits the nearest cache. */
#define BLOCK 512

/* The third word of a draw's place: no other purpose draws from there. */
#define PURPOSE UINT32_C(0x72616e6b)

size_t
drawn_sets_memory(const drawn_sets *sets)
{
	size_t		n = sets->pairs.n > 0 ? (size_t) sets->pairs.n : 1;
	size_t		draws = (size_t) sets->draws;

	if (sets->factor != NULL)
		return sizeof(double) * (3 * draws + n * draws + n * BLOCK);
	return sizeof(double) * (3 * draws + n) + sizeof(int) * (2 * draws + n);
}

/* The independent errors of the units of one draw. */
static void
draw_normals(const drawn_sets *sets, int draw, double *z, int stride)
{
	for (int i = 0; i < sets->pairs.n; i += 2)
	{
		uint32_t	place[4] = {(uint32_t) draw, (uint32_t) i / 2, PURPOSE, 0};
		uint32_t	word[4];

		philox(sets->seed, place, word);
		z[(size_t) i * stride] = normal_of_bits((uint64_t) word[1] << 32 | word[0]);
		if (i + 1 < sets->pairs.n)
			z[(size_t) (i + 1) * stride] = normal_of_bits((uint64_t) word[3] << 32 | word[2]);
	}
}

static int
block_end(const drawn_sets *sets, int from)
{
	return from + BLOCK < sets->draws ? from + BLOCK : sets->draws;
}

/* Correlated errors of a block of draws: sums of the columns times independent ones. */
static bool
draw_block(drawn_sets *sets, int from)
{
	const covariance_factor *factor = sets->factor;
	int			n = sets->pairs.n;
	int			to = block_end(sets, from);

	for (int r = from; r < to; r++)
		draw_normals(sets, r, sets->independent + (r - from), BLOCK);
	for (int i = 0; i < n; i++)
	{
		double	   *deviation = sets->deviation + (size_t) i * sets->draws + from;

		if (sets->stop(sets->stop_arg))
			return false;
		for (int r = 0; r < to - from; r++)
			deviation[r] = 0;
		for (int m = 0; m < factor->rank; m++)
		{
			const double *z = sets->independent + (size_t) m * BLOCK;
			double		share = factor->column[(size_t) m * n + i];

			for (int r = 0; r < to - from; r++)
				deviation[r] += share * z[r];
		}
	}
	return true;
}

bool
drawn_sets_start(drawn_sets *sets, void *memory)
{
	size_t		draws = (size_t) sets->draws;
	size_t		n = (size_t) sets->pairs.n;
	double	   *next = memory;

	sets->greatest = next;
	sets->sorted = next += draws;
	sets->scratch = next += draws;
	next += draws;
	if (sets->factor == NULL)
	{
		sets->z = next;
		sets->upper = (int *) (next + n);
		sets->lower = sets->upper + draws;
		sets->large = sets->lower + draws;
		for (int r = 0; r < sets->draws; r++)
			sets->upper[r] = -1;
		return true;
	}
	sets->deviation = next;
	sets->independent = next + n * draws;
	for (int from = 0; from < sets->draws; from += BLOCK)
		if (!draw_block(sets, from))
			return false;
	return true;
}

/* ---------- the greatest difference of a draw: independent errors ---------- */

/* The largest |z| first, by Shell's sort. */
static void
sort_large(const double *z, int *large, int count)
{
	static const int gaps[] = {1577, 701, 301, 132, 57, 23, 10, 4, 1};

	for (size_t g = 0; g < sizeof(gaps) / sizeof(*gaps); g++)
		for (int i = gaps[g]; i < count; i++)
		{
			int			moved = large[i];
			double		size = fabs(z[moved]);
			int			at = i;

			for (; at >= gaps[g] && fabs(z[large[at - gaps[g]]]) < size; at -= gaps[g])
				large[at] = large[at - gaps[g]];
			large[at] = moved;
		}
}

/* Counts a pair if its difference is greater, and not in a direction found before. */
static inline void
try_pair(drawn_sets *sets, int draw, int j, int k, double critical)
{
	const rank_pairs *pairs = &sets->pairs;
	double		error = rank_pair_hypotenuse(pairs->error[j], pairs->error[k]);
	double		difference = pairs->error[k] * sets->z[k] - pairs->error[j] * sets->z[j];
	int			upper = difference > 0 ? k : j;
	int			lower = difference > 0 ? j : k;

	if (error == 0 || !(fabs(difference) > sets->greatest[draw] * error) ||
		(pairs->estimate[upper] - pairs->estimate[lower]) / error > critical)
		return;
	sets->greatest[draw] = fabs(difference) / error;
	sets->upper[draw] = upper;
	sets->lower[draw] = lower;
}

/* Pairs of units whose z^2 is at least a threshold. */
static void
try_large(drawn_sets *sets, int draw, double threshold, double critical)
{
	const double *z = sets->z;
	int		   *large = sets->large;
	int			count = 0;

	for (int i = 0; i < sets->pairs.n; i++)
		if (z[i] * z[i] >= threshold)
			large[count++] = i;
	sort_large(z, large, count);
	for (int a = 0; a < count - 1; a++)
	{
		double		square = z[large[a]] * z[large[a]];

		for (int b = a + 1; b < count; b++)
		{
			double		greatest = sets->greatest[draw];

			if (square + z[large[b]] * z[large[b]] <= greatest * greatest)
			{
				if (b == a + 1)
					return;
				break;
			}
			try_pair(sets, draw, large[a], large[b], critical);
		}
	}
}

/* Among pairs in directions that exceed the critical value by no more. */
static void
search_draw(drawn_sets *sets, int draw, double critical)
{
	double	   *z = sets->z;
	double		largest = 0;
	double		threshold;

	draw_normals(sets, draw, z, 1);
	for (int i = 0; i < sets->pairs.n; i++)
	{
		if (sets->pairs.error[i] == 0)
			z[i] = 0;
		if (z[i] * z[i] > largest)
			largest = z[i] * z[i];
	}
	sets->greatest[draw] = 0;
	sets->upper[draw] = -1;
	threshold = largest / 4;
	for (;;)
	{
		double		needed;

		try_large(sets, draw, threshold, critical);
		/* No unit below the threshold can have more with any other. */
		needed = sets->greatest[draw] * sets->greatest[draw] - largest;
		if (threshold <= needed || threshold == 0)
			return;
		threshold = needed > 0 ? needed : 0;
	}
}

/* ---------- correlated errors ---------- */

/* The greater of each, of which either way counts. */
static void
raise_greatest(double *restrict greatest, const double *restrict upper, const double *restrict lower,
			   int count, double scale, bool up, bool down)
{
	if (up && down)
		for (int r = 0; r < count; r++)
		{
			double		difference = fabs(upper[r] - lower[r]) * scale;

			greatest[r] = difference > greatest[r] ? difference : greatest[r];
		}
	else if (up || down)
	{
		scale = up ? scale : -scale;
		for (int r = 0; r < count; r++)
		{
			double		difference = (upper[r] - lower[r]) * scale;

			greatest[r] = difference > greatest[r] ? difference : greatest[r];
		}
	}
}

/* Unit j and all units from `first` on, of all draws. */
static bool
raise_by_unit(drawn_sets *sets, int j, int first, rank_side side, double critical)
{
	const rank_pairs *pairs = &sets->pairs;

	for (int from = 0; from < sets->draws; from += BLOCK)
	{
		int			count = block_end(sets, from) - from;

		if (sets->stop(sets->stop_arg))
			return false;
		for (int k = first; k < pairs->n; k++)
		{
			double		error = k == j ? 0 : rank_pair_error(pairs, j, k);
			double		lead = (pairs->estimate[k] - pairs->estimate[j]) / error;

			if (error > 0)
				raise_greatest(sets->greatest + from, sets->deviation + (size_t) k * sets->draws + from,
							   sets->deviation + (size_t) j * sets->draws + from, count, 1 / error,
							   side != RANK_UPPER && !(lead > critical),
							   side != RANK_LOWER && !(-lead > critical));
		}
	}
	return true;
}

static void
clear_greatest(drawn_sets *sets)
{
	for (int r = 0; r < sets->draws; r++)
		sets->greatest[r] = 0;
}

/* ---------- critical values ---------- */

/* The greatest difference of each draw, without what exceeds the critical value. */
static bool
greatest_of_all(drawn_sets *sets, double critical)
{
	if (sets->factor != NULL)
	{
		clear_greatest(sets);
		for (int j = 0; j < sets->pairs.n; j++)
			if (!raise_by_unit(sets, j, j + 1, RANK_TWO_SIDED, critical))
				return false;
		return true;
	}
	for (int r = 0; r < sets->draws; r++)
	{
		if (sets->stop(sets->stop_arg))
			return false;
		/* The greatest of more is that of fewer where it is among them. */
		if (sets->upper[r] < 0 || rank_pair_lead(&sets->pairs, sets->lower[r], sets->upper[r]) > critical)
			search_draw(sets, r, critical);
	}
	return true;
}

static int
clamp_draw(const drawn_sets *sets, double place)
{
	return place < 1 ? 0 : place > sets->draws ? sets->draws - 1 : (int) place - 1;
}

static double
critical_value(drawn_sets *sets, double *error)
{
	double		draws = sets->draws;
	/* 0.9 of 10 is 9, whatever the last bit says. */
	double		place = ceil(sets->level * (draws + 1) - 1e-9);
	double		deviation = ceil(sqrt(draws * sets->level * (1 - sets->level)));
	int			low = clamp_draw(sets, place - deviation);
	int			high = clamp_draw(sets, place + deviation);

	column_sort(sets->greatest, sets->draws, sets->sorted, sets->scratch);
	*error = high > low ? (sets->sorted[high] - sets->sorted[low]) * deviation / (high - low) : 0;
	return sets->sorted[clamp_draw(sets, place)];
}

/* ---------- sets ---------- */

/* Without steps: ranks, and what is certain. */
static int
start_set(const drawn_sets *sets, int unit, rank_set *set)
{
	const rank_pairs *pairs = &sets->pairs;
	int			compared = 0;

	set->rank = set->low = 1;
	set->high = pairs->n;
	set->steps = 0;
	set->critical_first = set->critical_last = set->critical_error = set->margin = NAN;
	for (int k = 0; k < pairs->n; k++)
	{
		bool		above = pairs->estimate[k] > pairs->estimate[unit];

		if (k == unit)
			continue;
		set->rank += above;
		if (rank_pair_error(pairs, unit, k) > 0)
			compared++;
		else
		{
			set->low += above && sets->side != RANK_UPPER;
			set->high -= !above && sets->side != RANK_LOWER;
		}
	}
	return compared;
}

/* A step's critical value, which is not above the one before. */
static void
note_step(drawn_sets *sets, double before, rank_set *set)
{
	double		c = critical_value(sets, &set->critical_error);

	set->critical_last = c < before ? c : before;
	if (set->steps++ == 0)
		set->critical_first = set->critical_last;
}

/*
 * How unit k fares in a step of unit j: whether the difference is found, beyond
 * the critical value and not before. Keeps the least distance from that value.
 */
static bool
is_found(double size, double before, rank_set *step)
{
	double		distance = fabs(size - step->critical_last);

	if (size > before)
		return false;
	if (!(distance >= step->margin))
		step->margin = distance;
	return size > step->critical_last;
}

static bool
find_pairs(drawn_sets *sets, double before, rank_set *step, rank_set *set, bool *found)
{
	const rank_pairs *pairs = &sets->pairs;

	*found = false;
	for (int j = 0; j < pairs->n; j++)
	{
		if (sets->stop(sets->stop_arg))
			return false;
		for (int k = j + 1; k < pairs->n; k++)
		{
			double		error = rank_pair_error(pairs, j, k);
			double		lead = (pairs->estimate[k] - pairs->estimate[j]) / error;

			if (error == 0 || !is_found(fabs(lead), before, step))
				continue;
			*found = true;
			if (sets->side != RANK_UPPER)
				set[lead > 0 ? j : k].low++;
			if (sets->side != RANK_LOWER)
				set[lead > 0 ? k : j].high--;
		}
	}
	return true;
}

bool
simultaneous_sets(drawn_sets *sets, rank_set *set)
{
	double		before = INFINITY;
	bool		found = false;
	rank_set	step = {.critical_first = NAN, .critical_last = NAN, .critical_error = NAN, .margin = NAN};

	for (int j = 0; j < sets->pairs.n; j++)
	{
		if (sets->stop(sets->stop_arg))
			return false;
		found |= start_set(sets, j, &set[j]) > 0;
	}
	while (found)
	{
		if (!greatest_of_all(sets, before))
			return false;
		note_step(sets, before, &step);
		if (!find_pairs(sets, before, &step, set, &found))
			return false;
		before = step.critical_last;
		found = found && sets->stepdown;
	}
	for (int j = 0; j < sets->pairs.n; j++)
	{
		set[j].steps = step.steps;
		set[j].critical_first = step.critical_first;
		set[j].critical_last = step.critical_last;
		set[j].critical_error = step.critical_error;
		set[j].margin = step.margin;
	}
	return true;
}

bool
drawn_marginal_set(drawn_sets *sets, int unit, rank_set *set)
{
	const rank_pairs *pairs = &sets->pairs;
	double		before = INFINITY;
	bool		found = start_set(sets, unit, set) > 0;

	while (found)
	{
		clear_greatest(sets);
		if (!raise_by_unit(sets, unit, 0, sets->side, before))
			return false;
		note_step(sets, before, set);
		found = false;
		for (int k = 0; k < pairs->n; k++)
		{
			double		error = k == unit ? 0 : rank_pair_error(pairs, unit, k);
			double		lead = (pairs->estimate[k] - pairs->estimate[unit]) / error;
			double		size = sets->side == RANK_TWO_SIDED ? fabs(lead) : sets->side == RANK_LOWER ? lead : -lead;

			if (error == 0 || !is_found(size, before, set))
				continue;
			found = true;
			if (lead > 0)
				set->low++;
			else
				set->high--;
		}
		before = set->critical_last;
		found = found && sets->stepdown;
	}
	return true;
}
