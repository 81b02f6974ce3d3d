/*
 * normalise.c
 *	  Making and reading scales: normalise.h.
 *
 * Methods follow the OECD Handbook on Constructing Composite Indicators
 * (2008), section 5, and the sources that normalise.h names.
 */
#include "kernel/field/normalise.h"

#include <math.h>

#include "kernel/field/column_stats.h"
#include "kernel/exact/elementary.h"

/* False where nothing is observed. Comparisons with NaN are false. */
static bool
get_range(const double *x, int n, double *min, double *max)
{
	*min = INFINITY;
	*max = -INFINITY;
	for (int i = 0; i < n; i++)
	{
		*min = x[i] < *min ? x[i] : *min;
		*max = x[i] > *max ? x[i] : *max;
	}
	return *min <= *max;
}

static scale
make_scale(scale_kind kind, double from, double length)
{
	scale		s = {.kind = kind, .from = from, .length = length};

	return s;
}

scale
scale_minmax(const double *x, int n)
{
	double		min;
	double		max;

	if (!get_range(x, n, &min, &max))
		return make_scale(SCALE_EMPTY, 0, 1);
	return make_scale(min == max ? SCALE_CONSTANT : SCALE_LINEAR, min, max - min);
}

scale
scale_zscore(const double *x, int n)
{
	column_moments moments;

	column_get_spread(x, n, &moments);
	if (moments.count == 0)
		return make_scale(SCALE_EMPTY, 0, 1);
	if (moments.min == moments.max)
		return make_scale(SCALE_CONSTANT, moments.mean, 1);
	return make_scale(SCALE_LINEAR, moments.mean, moments.sd);
}

scale
scale_to_mark(const double *x, int n, double mark)
{
	double		min;
	double		max;

	if (!get_range(x, n, &min, &max))
		return make_scale(SCALE_EMPTY, 0, 1);
	return mark <= min ? make_scale(SCALE_STEP, mark, 1) :
		make_scale(SCALE_LINEAR, min, mark - min);
}

scale
scale_fraction_of_max(const double *x, int n)
{
	double		min;
	double		max;

	if (!get_range(x, n, &min, &max))
		return make_scale(SCALE_EMPTY, 0, 1);
	return make_scale(max > 0 ? SCALE_LINEAR : min == 0 ? SCALE_CONSTANT : SCALE_UNDEFINED,
					  0, max);
}

scale
scale_fraction_of_min(const double *x, int n)
{
	double		min;
	double		max;

	if (!get_range(x, n, &min, &max))
		return make_scale(SCALE_EMPTY, 0, 1);
	return make_scale(min > 0 ? SCALE_INVERSE : max == 0 && min == 0 ? SCALE_CONSTANT :
					  SCALE_UNDEFINED, min, 1);
}

scale
scale_between(double from, double to)
{
	return make_scale(SCALE_LINEAR, from, to - from);
}

scale
scale_log_between(double from, double to)
{
	px_int128	log_from = fixed_log(from);
	scale		s = make_scale(SCALE_LOG, from, (double) (fixed_log(to) - log_from));

	s.log_from[0] = (uint64_t) log_from;
	s.log_from[1] = (uint64_t) (log_from >> 64);
	return s;
}

static scale
scale_place(const double *sorted, int count, double first, double length)
{
	scale		s = make_scale(count == 0 ? SCALE_EMPTY : SCALE_PLACE, first, length);

	s.sorted = sorted;
	s.entries = count;
	s.count = count;
	s.most = count;
	return s;
}

scale
scale_rank(const double *sorted, int count, int first, scale_ties ties)
{
	scale		s = scale_place(sorted, count, first, 1);

	s.ties = ties;
	return s;
}

scale
scale_percentile(const double *sorted, int count, scale_ties ties)
{
	scale		s = scale_place(sorted, count, 0, count - 1);

	if (count > 0 && sorted[0] == sorted[count - 1])
		s.kind = SCALE_CONSTANT;
	s.most = count - 1;
	s.ties = ties;
	return s;
}

/* At or below is the highest of the places and one more; what is below all has none. */
scale
scale_cume_dist(const double *sorted, int count)
{
	scale		s = scale_place(sorted, count, 1, count);

	if (count > 0)
		s.kind = SCALE_SHARE;
	s.ties = TIES_MAX;
	return s;
}

scale
scale_hazen(const double *sorted, int count)
{
	scale		s = scale_place(sorted, count, 0.5, count);

	if (count > 0)
		s.kind = SCALE_SHARE;
	s.ties = TIES_MEAN;
	return s;
}

scale
scale_positive(const double *sorted, int count)
{
	int			first = 0;
	scale		s;

	while (first < count && sorted[first] <= 0)
		first++;
	s = scale_cume_dist(sorted + first, count - first);
	if (count > 0)
		s.kind = SCALE_POSITIVE_SHARE;
	return s;
}

scale
scale_exponential(const double *sorted, int count, double constant, scale_ties ties)
{
	scale		s = scale_place(sorted, count, 1, count);

	if (count > 0)
		s.kind = SCALE_EXPONENTIAL;
	s.ties = ties;
	s.constant = constant;
	return s;
}

scale
scale_population_zscore(const double *x, int n)
{
	scale		s = scale_zscore(x, n);
	column_moments moments;

	if (s.kind != SCALE_LINEAR)
		return s;
	column_get_spread(x, n, &moments);
	s.length *= sqrt((double) (moments.count - 1) / moments.count);
	return s;
}

scale
scale_range_and_one(const double *x, int n)
{
	double		min;
	double		max;

	if (!get_range(x, n, &min, &max))
		return make_scale(SCALE_EMPTY, 0, 1);
	return make_scale(SCALE_LINEAR, min - 1, max - min + 1);
}

static scale
share_of(const double *x, int n, bool of_sum)
{
	column_moments moments;
	double		total;

	column_get_spread(x, n, &moments);
	if (moments.count == 0)
		return make_scale(SCALE_EMPTY, 0, 1);
	total = of_sum ? column_sum(x, n) : moments.mean;
	return make_scale(total > 0 ? SCALE_LINEAR : moments.min == 0 && moments.max == 0 ?
					  SCALE_CONSTANT : SCALE_UNDEFINED, 0, total);
}

scale
scale_of_sum(const double *x, int n)
{
	return share_of(x, n, true);
}

scale
scale_of_mean(const double *x, int n)
{
	return share_of(x, n, false);
}

scale
scale_around(const double *x, int n, double mark)
{
	scale		s = scale_minmax(x, n);

	if (s.kind == SCALE_LINEAR)
		s.from = mark - s.length / 2;
	return s;
}

#define NORMAL_DEVIATIONS 1.4826	/* 1 / the quartile of the normal distribution */

scale
scale_robust_zscore(const double *sorted, int count, double *deviations, double *scratch)
{
	double		median;
	double		deviation;

	if (count == 0)
		return make_scale(SCALE_EMPTY, 0, 1);
	median = sorted_median(sorted, count);
	for (int i = 0; i < count; i++)
		scratch[i] = fabs(sorted[i] - median);
	column_sort(scratch, count, deviations, scratch + count);
	deviation = NORMAL_DEVIATIONS * sorted_median(deviations, count);
	return make_scale(deviation > 0 ? SCALE_LINEAR : SCALE_CONSTANT, median,
					  deviation > 0 ? deviation : 1);
}

scale
scale_quantiles(const double *sorted, int count, double low, double high)
{
	double		from;
	double		to;

	if (count == 0)
		return make_scale(SCALE_EMPTY, 0, 1);
	from = sorted_quantile(sorted, count, low);
	to = sorted_quantile(sorted, count, high);
	return make_scale(from < to ? SCALE_LINEAR : SCALE_CONSTANT, from, from < to ? to - from : 1);
}

scale
scale_sigmoid(const double *x, int n)
{
	scale		s = scale_zscore(x, n);

	if (s.kind == SCALE_LINEAR)
		s.kind = SCALE_SIGMOID;
	return s;
}

scale
scale_given_sigmoid(double slope, double midpoint)
{
	return make_scale(SCALE_SIGMOID, midpoint, 1 / slope);
}

/* Halving without branches on the data, which could not be predicted. */
static int
count_below(const double *sorted, int count, double x)
{
	const double *start = sorted;

	while (count > 1)
	{
		int			half = count / 2;

		start += start[half - 1] < x ? half : 0;
		count -= half;
	}
	return (int) (start - sorted) + (*start < x);
}

/* Values of the set below x, and at or below it. */
typedef struct standing
{
	int			below;
	int			not_above;
} standing;

static standing
stand(const scale *s, double x)
{
	int			entry = s->entries == 0 ? 0 : count_below(s->sorted, s->entries, x);
	bool		is_there = entry < s->entries && s->sorted[entry] == x;
	standing	result;

	if (s->before != NULL)
	{
		result.below = s->before[entry];
		result.not_above = s->before[entry + is_there];
	}
	else
	{
		result.below = entry;
		result.not_above = !is_there ? entry : entry +
			count_below(s->sorted + entry, s->entries - entry, nextafter(x, INFINITY));
	}
	return result;
}

/* From 0; halves where ties say the mean. A value between others has the place after those below. */
static double
place_of(const scale *s, double x)
{
	standing	at = stand(s, x);

	if (s->ties == TIES_MIN || at.not_above == at.below)
		return at.below < s->most ? at.below : s->most;
	return s->ties == TIES_MAX ? at.not_above - 1 : (at.below + (at.not_above - 1)) / 2.0;
}

/* Of a value of the set as its ties say; of another, of those below. */
static double
share_at_or_below(const scale *s, double x)
{
	standing	at = stand(s, x);

	return at.not_above == at.below ? at.below / s->length : (place_of(s, x) + s->from) / s->length;
}

static double
exponential_of(double share, double constant)
{
	double		least = rounded_exp(-100 / constant);

	return share >= 1 ? 100 :
		-constant * ldexp((double) fixed_log(1 - share * (1 - least)), -LOG_FRACTION_BITS);
}

double
scale_at(const scale *s, double x)
{
	switch (s->kind)
	{
		case SCALE_LINEAR:
			return (x - s->from) / s->length;
		case SCALE_STEP:
			return x < s->from ? 0 : 1;
		case SCALE_LOG:
			return (double) (fixed_log(x) - (px_int128) make_uint128(s->log_from[1], s->log_from[0])) /
				s->length;
		case SCALE_INVERSE:
			return s->from / x;
		case SCALE_PLACE:
			return (place_of(s, x) + s->from) / s->length;
		case SCALE_SHARE:
			return share_at_or_below(s, x);
		case SCALE_POSITIVE_SHARE:
			return x <= 0 ? 0 : s->count == 0 ? 1 : share_at_or_below(s, x);
		case SCALE_EXPONENTIAL:
			return exponential_of(share_at_or_below(s, x), s->constant);
		case SCALE_SIGMOID:
			return 1 / (1 + rounded_exp(-(x - s->from) / s->length));
		case SCALE_EMPTY:
		case SCALE_CONSTANT:
		case SCALE_UNDEFINED:
			break;
	}
	return NAN;
}
