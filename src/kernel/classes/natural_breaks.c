/*
 * natural_breaks.c
 *	  Values cut into the classes that vary least within themselves.
 *
 * By dynamic programming: the best m classes of the first j values are the best
 * m - 1 of the first i and one of the others, for the best i. That i never falls
 * as j grows (the cost of a class satisfies the quadrangle inequality), so the
 * i of the middle j bounds those of either side: n log n steps a class instead
 * of n^2 (Wu, Optimal Quantization by Matrix Searching, 1991; Gronlund and
 * others, Fast Exact k-Means, k-Medians and Bregman Divergence Clustering in 1D,
 * 2017).
 *
 * Sums S^2 / W are kept as a whole number and a fraction in units of 2^-32, each
 * rounded down; where that leaves two candidates within the rounding, their
 * fractions are compared exactly, digit by digit in base 2^32. So the optimum and
 * the rule of ties are exact.
 */
#include "kernel/classes/natural_breaks.h"

#include <math.h>

#define PART_BITS 32

/* Steps between two questions whether to stop. */
#define STEPS_PER_STOP 4096

/* A sum of S^2 / W. */
typedef struct gain
{
	px_int128	whole;
	int64_t		part;			/* of 2^-32, as many too few as it has terms */
} gain;

/* S^2 / W = whole + remainder / rows */
typedef struct class_gain
{
	px_int128	whole;
	int64_t		remainder;
	int64_t		rows;
} class_gain;

typedef struct breaks_search
{
	int			n;
	const int64_t *below;		/* n + 1 */
	const px_int128 *sum;		/* of the rows of lower values, from the lowest on; n + 1 */
	const gain *previous;		/* of the best m - 1 classes of the first i values */
	gain	   *best;			/* of the best m classes of the first j values */
	int32_t   **back;			/* by m: where the last class begins */
	int			m;
	int			steps;
	bool		(*stop) (void *);
	void	   *stop_arg;
	bool		stopped;
} breaks_search;

/* With r = S mod W and q = S div W, S^2 / W = q (S + r) + r^2 / W. */
static inline class_gain
exact_gain(px_uint128 sum, int64_t rows)
{
	class_gain	gain;

	if (sum >> 64 == 0 && rows >> 32 == 0)
	{
		uint64_t	quotient = (uint64_t) sum / (uint64_t) rows;
		uint64_t	rest = (uint64_t) sum % (uint64_t) rows;

		gain.whole = (px_int128) ((sum + rest) * quotient + rest * rest / (uint64_t) rows);
		gain.remainder = (int64_t) (rest * rest % (uint64_t) rows);
	}
	else
	{
		px_uint128	quotient = sum / (px_uint128) rows;
		px_uint128	rest = sum % (px_uint128) rows;

		gain.whole = (px_int128) ((sum + rest) * quotient + rest * rest / (px_uint128) rows);
		gain.remainder = (int64_t) (rest * rest % (px_uint128) rows);
	}
	gain.rows = rows;
	return gain;
}

/* Of the class of values i to j - 1. */
static inline class_gain
gain_of_class(const breaks_search *search, int i, int j)
{
	return exact_gain((px_uint128) (search->sum[j] - search->sum[i]),
					  search->below[j] - search->below[i]);
}

static inline int64_t
rounded_part(const class_gain *term)
{
	if (term->rows >> 32 == 0)
		return (int64_t) (((uint64_t) term->remainder << PART_BITS) / (uint64_t) term->rows);
	return (int64_t) (((px_uint128) term->remainder << PART_BITS) / (px_uint128) term->rows);
}

/* The best m - 1 classes of the first i values, and one of those up to j. */
static inline gain
gain_with_class(const breaks_search *search, int i, int j)
{
	class_gain	last = gain_of_class(search, i, j);
	gain		sum = search->previous[i];

	sum.whole += last.whole;
	sum.part += rounded_part(&last);
	return sum;
}

/* The terms of the same: m of them. Gives the sum of their whole numbers. */
static px_int128
list_terms(const breaks_search *search, int i, int j, class_gain *term)
{
	px_int128	whole = 0;

	for (int m = search->m;; m--)
	{
		*term = gain_of_class(search, i, j);
		whole += term++->whole;
		if (m == 1)
			return whole;
		j = i;
		i = m == 2 ? 0 : search->back[m - 1][i];
	}
}

/*
 * The sign of a difference of two sums of m fractions below 1 and a small whole
 * number. Digit by digit what is left of the sums is less than m on either side,
 * so a difference of more decides; and one that is not 0 is no smaller than one
 * through the product of all denominators.
 */
static int
sign_of_difference(px_int128 whole, class_gain *plus, class_gain *minus, int m)
{
	int64_t		difference = (int64_t) whole;
	int			bits = 8;

	for (int c = 0; c < m; c++)
		bits += bit_length((uint64_t) plus[c].rows) + bit_length((uint64_t) minus[c].rows);
	for (; bits > 0; bits -= PART_BITS)
	{
		if (difference > m || difference < -m)
			break;
		difference *= INT64_C(1) << PART_BITS;
		for (int c = 0; c < m; c++)
		{
			px_uint128	shifted = (px_uint128) plus[c].remainder << PART_BITS;

			difference += (int64_t) (shifted / (px_uint128) plus[c].rows);
			plus[c].remainder = (int64_t) (shifted % (px_uint128) plus[c].rows);
			shifted = (px_uint128) minus[c].remainder << PART_BITS;
			difference -= (int64_t) (shifted / (px_uint128) minus[c].rows);
			minus[c].remainder = (int64_t) (shifted % (px_uint128) minus[c].rows);
		}
	}
	/* In the end a difference within the rounding is none. */
	return difference > m ? 1 : difference < -m ? -1 : 0;
}

/* Whether it is better, and not as good, to begin the last class at a. */
static bool
is_better(const breaks_search *search, int j, int a, const gain *with_a, int b, const gain *with_b)
{
	class_gain	plus[NATURAL_BREAKS_MAX_CLASSES];
	class_gain	minus[NATURAL_BREAKS_MAX_CLASSES];
	px_int128	whole = with_a->whole - with_b->whole;
	int64_t		parts;

	/* Parts of m terms are below m. */
	if (whole > search->m || whole < -search->m)
		return whole > 0;
	parts = (int64_t) whole * (INT64_C(1) << PART_BITS) + with_a->part - with_b->part;
	if (parts > search->m || parts < -search->m)
		return parts > 0;
	whole = list_terms(search, a, j, plus);
	whole -= list_terms(search, b, j, minus);
	return sign_of_difference(whole, plus, minus, search->m) > 0;
}

/* Where the last class of the first j values begins, lowest of the best from low to high. */
static int
best_start(breaks_search *search, int j, int low, int high)
{
	int			best = low;
	gain		best_gain = gain_with_class(search, low, j);

	for (int i = low + 1; i <= high && i < j; i++)
	{
		gain		candidate = gain_with_class(search, i, j);

		if (is_better(search, j, i, &candidate, best, &best_gain))
		{
			best = i;
			best_gain = candidate;
		}
		if (++search->steps == STEPS_PER_STOP)
		{
			search->steps = 0;
			if (search->stop != NULL && search->stop(search->stop_arg))
			{
				search->stopped = true;
				break;
			}
		}
	}
	search->best[j] = best_gain;
	search->back[search->m][j] = best;
	return best;
}

/* The same for all j from j_low to j_high. */
static void
best_starts(breaks_search *search, int j_low, int j_high, int low, int high)
{
	while (j_low <= j_high && !search->stopped)
	{
		int			middle = j_low + (j_high - j_low) / 2;
		int			best = best_start(search, middle, low, high);

		best_starts(search, j_low, middle - 1, low, best);
		j_low = middle + 1;
		low = best;
	}
}

bool
natural_breaks_fit_in(const counted_values *values)
{
	px_uint128	range = (px_uint128) ((px_int128) values->value[values->n - 1] - values->value[0]);

	return 2 * bit_length128(range) + bit_length((uint64_t) values->total) <= 125;
}

size_t
natural_breaks_memory(int n, int classes)
{
	size_t		places = (size_t) n + 1;

	return places * (sizeof(px_int128) + 2 * sizeof(gain) + sizeof(int64_t) +
					 sizeof(int32_t) * (size_t) classes) + 64;
}

bool
natural_breaks(const counted_values *values, int classes, int *first, void *memory,
			   bool (*stop) (void *), void *stop_arg)
{
	int32_t    *back[NATURAL_BREAKS_MAX_CLASSES + 1];
	int			n = values->n;
	size_t		places = (size_t) n + 1;
	px_int128  *sum = (px_int128 *) (((uintptr_t) memory + 15) & ~(uintptr_t) 15);
	gain	   *rows[2] = {(gain *) (sum + places), (gain *) (sum + places) + places};
	int64_t    *below = (int64_t *) (rows[1] + places);
	breaks_search search = {.n = n, .below = below, .sum = sum, .back = back, .stop = stop, .stop_arg = stop_arg};
	int			end;

	for (int m = 1; m <= classes; m++)
		back[m] = (int32_t *) (below + places) + places * (size_t) (m - 1);
	sum[0] = 0;
	for (int i = 0; i < n; i++)
	{
		int64_t		next = i + 1 < n ? values->below[i + 1] : values->total;

		below[i] = values->below[i];
		sum[i + 1] = sum[i] + (px_int128) (next - values->below[i]) * (values->value[i] - values->value[0]);
	}
	below[n] = values->total;

	for (int j = 1; j <= n; j++)
	{
		class_gain	only = gain_of_class(&search, 0, j);

		rows[1][j].whole = only.whole;
		rows[1][j].part = rounded_part(&only);
	}
	for (int m = 2; m <= classes && !search.stopped; m++)
	{
		search.m = m;
		search.previous = rows[(m - 1) % 2];
		search.best = rows[m % 2];
		if (m == classes)
			best_start(&search, n, m - 1, n - 1);
		else
			best_starts(&search, m, n, m - 1, n - 1);
	}
	if (search.stopped)
		return false;

	end = n;
	for (int m = classes; m > 1; m--)
	{
		end = back[m][end];
		first[m - 1] = end;
	}
	first[0] = 0;
	return true;
}

double
natural_breaks_goodness(const counted_values *values, int classes, const int *first)
{
	px_int128	squares = 0;
	px_int128	within;
	px_int128	total_sum = 0;
	class_gain	all;
	double		within_parts = 0;
	double		around_mean;
	int			i = 0;

	if (values->n < 2)
		return NAN;
	within = 0;
	for (int c = 0; c < classes; c++)
	{
		int			end = c + 1 < classes ? first[c + 1] : values->n;
		px_int128	sum = 0;
		int64_t		rows = 0;
		class_gain	term;

		for (; i < end; i++)
		{
			int64_t		count = (i + 1 < values->n ? values->below[i + 1] : values->total) - values->below[i];
			px_int128	x = values->value[i] - values->value[0];

			sum += x * count;
			squares += x * x * count;
			rows += count;
		}
		total_sum += sum;
		term = exact_gain((px_uint128) sum, rows);
		within -= term.whole;
		within_parts += (double) term.remainder / (double) term.rows;
	}
	within += squares;
	all = exact_gain((px_uint128) total_sum, values->total);
	around_mean = (double) (squares - all.whole) - (double) all.remainder / (double) all.rows;
	return 1 - ((double) within - within_parts) / around_mean;
}
