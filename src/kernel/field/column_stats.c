/*
 * column_stats.c
 *	  Moments, order statistics and frequencies of a column: column_stats.h.
 *
 * Mean and standard deviation come from exact sums (moments.h). Skewness and
 * kurtosis are those of Joanes and Gill, Comparing measures of sample
 * skewness and kurtosis, The Statistician 47 (1998): G1 and G2, "type 2".
 */
#include "kernel/field/column_stats.h"

#include <math.h>

#include "kernel/exact/exact_total.h"

#include "kernel/exact/moments.h"

#define SUM_PARTS (MOMENTS_WX)
#define SQUARE_PARTS (MOMENTS_WX | MOMENTS_WXX)

/* A state that has all the room there can be need of. */
typedef union roomy_moments
{
	moments		state;
	char		room[MOMENTS_MAX_SIZE];
} roomy_moments;

static inline __attribute__((always_inline)) void
add_column(moments *state, const unsigned parts, const double *x, int n)
{
	int			words;

	moments_init(state, parts, MOMENTS_MAX_WORDS);
	for (int i = 0; i < n; i++)
		if (!isnan(x[i]) && !moments_add_fast(state, parts, x[i], 1, false))
			moments_add_slow(state, parts, x[i], 1, false, &words);
}

static double
state_mean(const moments *state)
{
	exact_integer sum;
	exact_integer count;

	moments_sum(state, WINDOW_WX, &sum);
	exact_integer_set(&count, (uint64_t) state->n);
	return exact_ratio_round(&sum, &count);
}

double
column_mean(const double *x, int n)
{
	roomy_moments sums;

	add_column(&sums.state, SUM_PARTS, x, n);
	return sums.state.n == 0 ? NAN : state_mean(&sums.state);
}

double
column_sum(const double *x, int n)
{
	exact_total total;
	exact_integer sum;

	exact_total_init(&total);
	for (int i = 0; i < n; i++)
		if (!isnan(x[i]))
			exact_total_add_product(&total, x[i], 1);
	exact_total_get(&total, &sum);
	return exact_integer_round(&sum);
}

/*
 * A sum of values within -1 .. 1, each cut to a multiple of 2^-95. Cutting
 * looks at one value alone and integers add exactly, so order does not
 * matter; where the largest value is near 1, the sum of n values is off by
 * n * 2^-95 at most.
 */
typedef struct unit_sum
{
	int64_t		high;			/* of 2^-32 */
	px_int128	low;			/* of 2^-95 */
} unit_sum;

static inline void
unit_sum_add(unit_sum *sum, double x)
{
	double		scaled = x * 0x1p32;
	int64_t		high = (int64_t) scaled;

	sum->high += high;
	sum->low += (int64_t) ((scaled - (double) high) * 0x1p63);
}

static inline double
unit_sum_mean(const unit_sum *sum, int n)
{
	px_int128	total = (px_int128) sum->high * ((px_int128) 1 << 63) + sum->low;

	return (double) total * 0x1p-95 / n;
}

/* A power of two by which values can be multiplied so that differences stay in range. */
static double
safe_scale(double largest)
{
	return largest > 0x1p1000 ? 0x1p-3 : largest < 0x1p-400 ? 0x1p600 : 1;
}

/*
 * Skewness and kurtosis from the deviations from the rounded mean, divided by
 * a power of two so that the largest lies in 1/2 .. 1: neither depends on the
 * scale. What rounding left in the mean is the mean deviation, and is taken
 * out of the moments again.
 */
static void
get_shape(const double *x, int n, column_moments *result)
{
	double		scale = safe_scale(fmax(-result->min, result->max));
	double		mean = result->mean * scale;
	double		count = result->count;
	unit_sum	sum[4] = {{0, 0}};
	double		unit;
	double		m1,
				m2,
				m3,
				m4;
	double		square;
	int			exponent;

	frexp(fmax(result->max * scale - mean, mean - result->min * scale), &exponent);
	unit = ldexp(1, -exponent);
	for (int i = 0; i < n; i++)
	{
		double		d = (x[i] * scale - mean) * unit;

		if (isnan(d))
			continue;
		unit_sum_add(&sum[0], d);
		unit_sum_add(&sum[1], d * d);
		unit_sum_add(&sum[2], d * d * d);
		unit_sum_add(&sum[3], (d * d) * (d * d));
	}
	m1 = unit_sum_mean(&sum[0], result->count);
	m2 = unit_sum_mean(&sum[1], result->count);
	m3 = unit_sum_mean(&sum[2], result->count);
	m4 = unit_sum_mean(&sum[3], result->count);
	square = m1 * m1;
	m4 += m1 * (m1 * (6 * m2 - 3 * square) - 4 * m3);
	m3 += m1 * (2 * square - 3 * m2);
	m2 -= square;

	if (result->count >= 3)
		result->skewness = m3 / (m2 * sqrt(m2)) * sqrt(count * (count - 1)) / (count - 2);
	if (result->count >= 4)
		result->kurtosis = ((count + 1) * (m4 / (m2 * m2) - 3) + 6) *
			(count - 1) / ((count - 2) * (count - 3));
}

/* Number, extremes and mean; NaN for the others. */
static inline __attribute__((always_inline)) void
begin_moments(moments *sums, const unsigned parts, const double *x, int n, column_moments *result)
{
	double		min = INFINITY;
	double		max = -INFINITY;

	/* Comparisons with NaN are false. */
	for (int i = 0; i < n; i++)
	{
		min = x[i] < min ? x[i] : min;
		max = x[i] > max ? x[i] : max;
	}
	add_column(sums, parts, x, n);
	*result = (column_moments) {(int) sums->n, NAN, NAN, NAN, NAN, NAN, NAN};
	if (result->count == 0)
		return;
	result->min = min + 0.0;	/* turns -0 into 0 */
	result->max = max + 0.0;
	result->mean = state_mean(sums);
}

void
column_get_spread(const double *x, int n, column_moments *result)
{
	roomy_moments sums;
	exact_integer numerator;
	exact_integer denominator;

	begin_moments(&sums.state, SQUARE_PARTS, x, n, result);
	if (moments_variance(&sums.state, VARIANCE_FREQUENCY, &numerator, &denominator))
		result->sd = exact_ratio_round_sqrt(&numerator, &denominator);
}

void
column_get_shape(const double *x, int n, column_moments *result)
{
	roomy_moments sums;

	begin_moments(&sums.state, SUM_PARTS, x, n, result);
	if (result->min < result->max)
		get_shape(x, n, result);
}

void
column_get_moments(const double *x, int n, column_moments *result)
{
	column_get_spread(x, n, result);
	if (result->min < result->max)
		get_shape(x, n, result);
}

/* ---------- order ---------- */

#define SHORT_COLUMN 64
#define DIGIT_BITS 8
#define DIGITS (64 / DIGIT_BITS)
#define DIGIT_VALUES (1 << DIGIT_BITS)

static void
sort_by_insertion(double *x, int n)
{
	for (int i = 1; i < n; i++)
	{
		double		value = x[i];
		int			k = i;

		for (; k > 0 && x[k - 1] > value; k--)
			x[k] = x[k - 1];
		x[k] = value;
	}
}

/* An integer that orders as the double does: the sign bit, or all bits, flipped. */
static inline uint64_t
sort_key(double x)
{
	uint64_t	bits = double_bits(x);

	return bits ^ ((uint64_t) ((int64_t) bits >> 63) | UINT64_C(1) << 63);
}

/* Radix sort, least significant digit first; a digit that is the same everywhere is left out. */
static void
sort_by_digits(double *x, int n, double *scratch)
{
	uint32_t	start[DIGITS][DIGIT_VALUES];
	double	   *from = x;
	double	   *to = scratch;

	memset(start, 0, sizeof(start));
	for (int i = 0; i < n; i++)
	{
		uint64_t	key = sort_key(x[i]);

		for (int digit = 0; digit < DIGITS; digit++)
			start[digit][key >> digit * DIGIT_BITS & (DIGIT_VALUES - 1)]++;
	}
	for (int digit = 0; digit < DIGITS; digit++)
	{
		int			shift = digit * DIGIT_BITS;
		uint32_t	next = 0;
		double	   *swap;

		if (start[digit][sort_key(x[0]) >> shift & (DIGIT_VALUES - 1)] == (uint32_t) n)
			continue;
		for (int value = 0; value < DIGIT_VALUES; value++)
		{
			uint32_t	count = start[digit][value];

			start[digit][value] = next;
			next += count;
		}
		for (int i = 0; i < n; i++)
			to[start[digit][sort_key(from[i]) >> shift & (DIGIT_VALUES - 1)]++] = from[i];
		swap = from;
		from = to;
		to = swap;
	}
	if (from != x)
		memcpy(x, from, sizeof(double) * (size_t) n);
}

int
column_sort(const double *x, int n, double *sorted, double *scratch)
{
	int			count = 0;

	for (int i = 0; i < n; i++)
	{
		sorted[count] = x[i] + 0.0;
		count += !isnan(x[i]);
	}
	if (count < SHORT_COLUMN)
		sort_by_insertion(sorted, count);
	else
		sort_by_digits(sorted, count, scratch);
	return count;
}

/* The difference may overflow; rounding must not lead outside. */
double
interpolate(double a, double b, double share)
{
	double		x = isinf(b - a) ? a * (1 - share) + b * share : a + share * (b - a);
	double		low = a < b ? a : b;
	double		high = a < b ? b : a;

	return x < low ? low : x > high ? high : x;
}

double
sorted_quantile(const double *sorted, int n, double p)
{
	double		place = (n - 1) * p;
	int			below = (int) place;

	if (n == 0)
		return NAN;
	if (below >= n - 1)
		return sorted[n - 1];
	return interpolate(sorted[below], sorted[below + 1], place - below);
}

double
sorted_median(const double *sorted, int n)
{
	double		low;
	double		high;

	if (n == 0)
		return NAN;
	low = sorted[(n - 1) / 2];
	high = sorted[n / 2];
	return isinf(low + high) ? low / 2 + high / 2 : (low + high) / 2;
}

int
sorted_distinct(const double *sorted, int n, int *most_frequent)
{
	int			distinct = 0;
	int			run = 0;

	*most_frequent = 0;
	for (int i = 0; i < n; i++)
	{
		if (i == 0 || sorted[i] != sorted[i - 1])
		{
			distinct++;
			run = 0;
		}
		if (++run > *most_frequent)
			*most_frequent = run;
	}
	return distinct;
}
