/*
 * treat.c
 *	  Outlier treatment by the rule of COINr's Treat() (Becker, Caperna, Del
 *	  Sorbo, Norlen, Papadimitriou, Saisana, JOSS 2022, version 1.1.14),
 *	  after the OECD Handbook on Constructing Composite Indicators (2008).
 *
 * A column that fails is winsorised at the end its skewness points to: its
 * most extreme values, all that are tied, take the next most extreme one;
 * again, until it passes or more values would move than may. Winsorised it is
 * x held within lower .. upper, so that no more than these two is kept. A
 * step that would leave nothing but equal values is not taken.
 *
 * A column that fails nonetheless is replaced by the logarithm of its
 * untreated values, ln(x - min + (max - min)/100). Of a low tail that would
 * draw out what it should draw in: it is mirrored there,
 * -ln(max - x + (max - min)/100), where COINr is not.
 */
#include "kernel/field/treat.h"

#include <math.h>

#include "kernel/exact/elementary.h"

#define LOG_OFFSET 0.01			/* share of the range */

/* True, too, where skewness or kurtosis are undefined. */
static bool
passes(const column_moments *moments, const treat_limits *limits)
{
	return !(fabs(moments->skewness) >= limits->skewness) ||
		!(moments->kurtosis >= limits->kurtosis);
}

void
treat_start(treatment *t, const double *x, int n, const treat_limits *limits,
			double *treated)
{
	t->x = x;
	t->n = n;
	t->limits = *limits;
	t->treated = treated;
	t->status = TREAT_PASSED;
	column_get_shape(x, n, &t->before);
	t->after = t->before;
	t->low = 0;
	t->high = 0;
	t->lower = t->before.min;
	t->upper = t->before.max;
	t->logged = false;
}

/* The greatest value below the upper limit, and how many lie above it. */
static double
next_below(const treatment *t, int *above)
{
	double		next = -INFINITY;

	for (int i = 0; i < t->n; i++)
		next = t->x[i] < t->upper && t->x[i] > next ? t->x[i] : next;
	*above = 0;
	for (int i = 0; i < t->n; i++)
		*above += t->x[i] > next;
	return next;
}

static double
next_above(const treatment *t, int *below)
{
	double		next = INFINITY;

	for (int i = 0; i < t->n; i++)
		next = t->x[i] > t->lower && t->x[i] < next ? t->x[i] : next;
	*below = 0;
	for (int i = 0; i < t->n; i++)
		*below += t->x[i] < next;
	return next;
}

/* False where no further value may move. */
static bool
winsorise(treatment *t)
{
	bool		high_tail = t->after.skewness > 0;
	int			moved;
	double		next = high_tail ? next_below(t, &moved) : next_above(t, &moved);

	if (moved > t->limits.winsorise_max - (high_tail ? t->low : t->high) ||
		(high_tail ? next <= t->lower : next >= t->upper))
		return false;
	if (high_tail)
	{
		t->upper = next;
		t->high = moved;
	}
	else
	{
		t->lower = next;
		t->low = moved;
	}

	/* NaN stays. */
	for (int i = 0; i < t->n; i++)
	{
		double		x = t->x[i] > t->upper ? t->upper : t->x[i];

		t->treated[i] = x < t->lower ? t->lower : x;
	}
	return true;
}

/* ln x for x > 0, the same on every machine. */
static double
natural_log(double x)
{
	return ldexp((double) fixed_log(x), -LOG_FRACTION_BITS);
}

double
outlier_cut_at(const outlier_cut *cut, double x)
{
	double		above;

	if (!cut->logged)
	{
		x = x > cut->upper ? cut->upper : x;
		return x < cut->lower ? cut->lower : x;
	}
	above = (cut->mirrored ? cut->end - x : x - cut->end) + cut->offset;
	if (!(above > 0) || !double_is_finite(above))
		return NAN;
	return cut->mirrored ? -natural_log(above) : natural_log(above);
}

outlier_cut
treatment_cut(const treatment *t)
{
	bool		winsorised = t->status == TREAT_WINSORISED;
	outlier_cut cut = {
		.lower = winsorised && t->low > 0 ? t->lower : NAN,
		.upper = winsorised && t->high > 0 ? t->upper : NAN, .logged = t->logged
	};

	cut.mirrored = t->logged && t->before.skewness <= 0;
	if (t->logged)
	{
		cut.end = cut.mirrored ? t->before.max : t->before.min;
		cut.offset = LOG_OFFSET * (t->before.max - t->before.min);
	}
	return cut;
}

/* False where the range, or a hundredth of it, leaves the doubles. */
static bool
take_log(treatment *t)
{
	double		range = t->before.max - t->before.min;
	double		offset = LOG_OFFSET * range;
	outlier_cut cut;

	if (!double_is_finite(range + offset) || offset == 0)
		return false;
	t->logged = true;
	cut = treatment_cut(t);
	for (int i = 0; i < t->n; i++)
		t->treated[i] = isnan(t->x[i]) ? NAN : outlier_cut_at(&cut, t->x[i]);
	return true;
}

void
treat_by_log(treatment *t)
{
	if (!take_log(t))
		return;
	column_get_shape(t->treated, t->n, &t->after);
	t->status = passes(&t->after, &t->limits) ? TREAT_LOGGED : TREAT_STILL_FAILS;
}

bool
treat_step(treatment *t)
{
	if (passes(&t->after, &t->limits))
		return false;
	if (winsorise(t))
	{
		t->status = TREAT_WINSORISED;
		column_get_shape(t->treated, t->n, &t->after);
		return true;
	}

	if (take_log(t))
		column_get_shape(t->treated, t->n, &t->after);
	else
	{
		memcpy(t->treated, t->x, sizeof(double) * (size_t) t->n);
		t->after = t->before;
	}
	t->status = passes(&t->after, &t->limits) ? TREAT_LOGGED : TREAT_STILL_FAILS;
	return false;
}
