/*
 * normalise.c
 *	  Making and reading scales: normalise.h.
 *
 * Methods follow the OECD Handbook on Constructing Composite Indicators
 * (2008), section 5, with ties of ranks at the lowest place.
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
	scale		s = {kind, from, length, {0, 0}, NULL, 0, 0};

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
	s.count = count;
	s.most = count;
	return s;
}

scale
scale_rank(const double *sorted, int count, int first)
{
	return scale_place(sorted, count, first, 1);
}

scale
scale_percentile(const double *sorted, int count)
{
	scale		s = scale_place(sorted, count, 0, count - 1);

	if (count > 0 && sorted[0] == sorted[count - 1])
		s.kind = SCALE_CONSTANT;
	s.most = count - 1;
	return s;
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

double
scale_at(const scale *s, double x)
{
	int			below;

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
			below = count_below(s->sorted, s->count, x);
			return ((below < s->most ? below : s->most) + s->from) / s->length;
		case SCALE_EMPTY:
		case SCALE_CONSTANT:
		case SCALE_UNDEFINED:
			break;
	}
	return NAN;
}
