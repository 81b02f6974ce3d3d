/*
 * correlation.c
 *	  Pearson's, Spearman's and Kendall's correlation: correlation.h.
 *
 * Spearman's is Pearson's of the ranks. Kendall's tau-b counts discordant
 * pairs while it sorts: Knight, A computer method for calculating Kendall's
 * tau with ungrouped data, JASA 61 (1966); but by bits, not by merging.
 */
#include "kernel/field/correlation.h"

#include <math.h>

#include "kernel/exact/exact_ratio.h"

#define VALUE_BITS 48

static void
sum_up(integer_column *column, int rows)
{
	column->sum = 0;
	column->squares = 0;
	for (int i = 0; i < rows; i++)
	{
		column->sum += column->x[i];
		column->squares += (px_int128) column->x[i] * column->x[i];
	}
}

void
integer_column_of_values(integer_column *column, const double *value,
						 const double *partner, int rows)
{
	double		min = INFINITY;
	double		max = -INFINITY;
	double		scale;
	double		unit;
	double		largest;
	int			exponent;

	/* Comparisons with NaN are false. */
	for (int i = 0; i < rows; i++)
	{
		double		x = partner[i] == partner[i] ? value[i] : NAN;

		min = x < min ? x : min;
		max = x > max ? x : max;
	}
	/* A power of two by which values can be multiplied so that differences stay in range. */
	largest = fmax(-min, max);
	scale = largest > 0x1p1000 ? 0x1p-3 : largest < 0x1p-400 ? 0x1p600 : 1;
	frexp(min < max ? max * scale - min * scale : 1, &exponent);
	unit = ldexp(1, VALUE_BITS - exponent);
	for (int i = 0; i < rows; i++)
	{
		double		x = (value[i] * scale - min * scale) * unit;

		column->x[i] = min < max && x == x && partner[i] == partner[i] ? (int64_t) x : 0;
	}
	sum_up(column, rows);
}

void
integer_column_of_ranks(integer_column *column, const double *value,
						const int *order, int count, const double *partner, int rows)
{
	int			before = 0;

	memset(column->x, 0, sizeof(int64_t) * (size_t) rows);
	for (int start = 0, end; start < count; start = end)
	{
		int			ties = 0;

		for (end = start; end < count && value[order[end]] == value[order[start]]; end++)
			ties += !isnan(partner[order[end]]);
		for (int i = start; i < end; i++)
			if (!isnan(partner[order[i]]))
				column->x[order[i]] = 2 * (int64_t) before + ties + 1;
		before += ties;
	}
	sum_up(column, rows);
}

/* x is not negative. */
static void
set_integer(exact_integer *integer, px_int128 x)
{
	integer->limb[0] = (uint64_t) x;
	integer->limb[1] = (uint64_t) (x >> 64);
	integer->limbs = integer->limb[1] != 0 ? 2 : integer->limb[0] != 0;
	integer->exponent = 0;
	integer->negative = false;
}

/* n^2 times the covariance: n * products - a_sum * b_sum */
static void
get_covariance(exact_integer *covariance, px_int128 products, px_int128 a_sum, px_int128 b_sum, int n)
{
	exact_integer x;
	exact_integer y;
	exact_integer product;

	set_integer(&x, products);
	exact_integer_set(&y, (uint64_t) n);
	exact_integer_multiply(covariance, &x, &y);
	set_integer(&x, a_sum);
	set_integer(&y, b_sum);
	exact_integer_multiply(&product, &x, &y);
	exact_integer_subtract(covariance, &product);
}

double
integer_correlation(const integer_column *a, const integer_column *b, int rows, int n)
{
	px_int128	products = 0;
	exact_integer aa;
	exact_integer bb;
	exact_integer ab;
	exact_integer numerator;
	exact_integer denominator;
	double		r;

	for (int i = 0; i < rows; i++)
		products += (px_int128) a->x[i] * b->x[i];
	get_covariance(&aa, a->squares, a->sum, a->sum, n);
	get_covariance(&bb, b->squares, b->sum, b->sum, n);
	get_covariance(&ab, products, a->sum, b->sum, n);
	if (aa.limbs == 0 || bb.limbs == 0)
		return NAN;
	exact_integer_multiply(&numerator, &ab, &ab);
	exact_integer_multiply(&denominator, &aa, &bb);
	r = exact_ratio_round_sqrt(&numerator, &denominator);
	return ab.negative ? -r : r;
}

double
integer_spread(const integer_column *column, int rows, int n)
{
	int64_t		range = 0;
	exact_integer squares;
	exact_integer x;
	exact_integer y;
	exact_integer divisor;

	if (n < 2)
		return NAN;
	for (int i = 0; i < rows; i++)
		range = column->x[i] > range ? column->x[i] : range;
	if (range == 0)
		return 0;
	get_covariance(&squares, column->squares, column->sum, column->sum, n);
	set_integer(&x, (px_int128) range * range);
	exact_integer_set(&y, (uint64_t) n * (uint64_t) (n - 1));
	exact_integer_multiply(&divisor, &x, &y);
	return exact_ratio_round_sqrt(&squares, &divisor);
}

/* ---------- Kendall ---------- */

#define SHORT_RUN 8

/*
 * Sorts numbers that differ in bits 0 .. bit only, and returns the number of
 * pairs that stood in the wrong order: by that bit, then each half. Free of
 * branches, which merging is not, and so some times as fast.
 */
static int64_t
sort_counting(uint32_t *restrict x, int n, int bit, uint32_t *restrict scratch)
{
	int64_t		swaps = 0;
	uint32_t	zeros = 0;
	uint32_t	ones = 0;

	if (n <= SHORT_RUN || bit < 0)
	{
		for (int i = 1; i < n; i++)
		{
			uint32_t	value = x[i];
			int			k = i;

			for (; k > 0 && x[k - 1] > value; k--)
				x[k] = x[k - 1];
			x[k] = value;
			swaps += i - k;
		}
		return swaps;
	}
	for (int i = 0; i < n; i++)
	{
		uint32_t	value = x[i];
		uint32_t	one = value >> bit & 1;

		x[zeros] = value;
		scratch[ones] = value;
		swaps += ones & (one - 1);	/* those before a zero */
		zeros += 1 - one;
		ones += one;
	}
	memcpy(x + zeros, scratch, sizeof(uint32_t) * ones);
	swaps += sort_counting(x, (int) zeros, bit - 1, scratch);
	swaps += sort_counting(x + zeros, (int) ones, bit - 1, scratch);
	return swaps;
}

static int64_t
pairs(int64_t n)
{
	return n * (n - 1) / 2;
}

static void
add_ties(kendall_ties *ties, int64_t t)
{
	ties->pairs += pairs(t);
	ties->triples += (px_int128) t * (t - 1) * (t - 2);
}

/* Adds the ties among numbers, of which equal ones stand together. */
static void
add_equal(kendall_ties *ties, const uint32_t *x, int n)
{
	for (int start = 0, end; start < n; start = end)
	{
		for (end = start + 1; end < n && x[end] == x[start];)
			end++;
		add_ties(ties, end - start);
	}
}

void
kendall_count(const double *a, const int *order, int count,
			  const integer_column *b_ranks,
			  uint32_t *scratch, uint32_t *scratch2, kendall_counts *counts)
{
	kendall_ties both = {0, 0};
	int64_t		discordant;
	int			bits = bit_length(2 * (uint64_t) count);	/* of a rank, doubled */
	int			n = 0;

	memset(counts, 0, sizeof(*counts));
	/* Ranks of b in order of a; those of equal a in ascending order. */
	for (int start = 0, end; start < count; start = end)
	{
		int			first = n;

		for (end = start; end < count && a[order[end]] == a[order[start]]; end++)
		{
			scratch[n] = (uint32_t) b_ranks->x[order[end]];
			n += scratch[n] > 0;
		}
		sort_counting(scratch + first, n - first, bits - 1, scratch2);
		add_ties(&counts->a, n - first);
		add_equal(&both, scratch + first, n - first);
	}
	discordant = sort_counting(scratch, n, bits - 1, scratch2);
	add_equal(&counts->b, scratch, n);
	counts->n = n;
	counts->balance = pairs(n) - counts->a.pairs - counts->b.pairs + both.pairs - 2 * discordant;
}

double
kendall_tau(const kendall_counts *counts)
{
	return (double) counts->balance /
		sqrt((double) (pairs(counts->n) - counts->a.pairs) *
			 (double) (pairs(counts->n) - counts->b.pairs));
}

double
kendall_correlation(const double *a, const int *order, int count,
					const integer_column *b_ranks,
					uint32_t *scratch, uint32_t *scratch2)
{
	kendall_counts counts;

	kendall_count(a, order, count, b_ranks, scratch, scratch2, &counts);
	return kendall_tau(&counts);
}
