/*
 * moments_read.c
 *	  What the states of moments.h say: sums, variances, and whether a state
 *	  from outside can be one.
 */
#include "kernel/exact/moments.h"

/* One of the exact sums; sums of weights are there for unit weights too. */
void
moments_sum(const moments *state, int which, exact_integer *sum)
{
	window_view view = moments_view(state, which);

	exact_integer_from_sum(sum, view.limb, view.limbs, view.base);
}

/*
 * The weighted variance as an exact ratio; false where it is undefined:
 *
 *	  population	(W*WXX - WX^2) / W^2
 *	  frequency		(W*WXX - WX^2) / (W^2 - W)		w counts equal rows
 *	  reliability	(W*WXX - WX^2) / (W^2 - WW)		w is an importance
 *
 * the last two unbiased for rows drawn independently (see Kish, Survey
 * Sampling, 1965, and GNU Scientific Library manual, "Weighted samples").
 */
bool
moments_variance(const moments *state, variance_kind kind,
				 exact_integer *numerator, exact_integer *denominator)
{
	exact_integer w;
	exact_integer x;
	exact_integer square;

	moments_sum(state, WINDOW_W, &w);
	if (w.limbs == 0)
		return false;
	exact_integer_multiply(denominator, &w, &w);
	if (kind == VARIANCE_FREQUENCY)
	{
		square = w;
		exact_integer_subtract(denominator, &square);
	}
	else if (kind == VARIANCE_RELIABILITY)
	{
		moments_sum(state, WINDOW_WW, &square);
		exact_integer_subtract(denominator, &square);
	}
	if (denominator->limbs == 0 || denominator->negative)
		return false;

	moments_sum(state, WINDOW_WXX, &x);
	exact_integer_multiply(numerator, &w, &x);
	moments_sum(state, WINDOW_WX, &x);
	exact_integer_multiply(&square, &x, &x);
	exact_integer_subtract(numerator, &square);
	return true;
}

/*
 * Whether a window lies where sums of 2^63 rows can lie. Those of the power
 * means' factors reach further than those of doubles: over the widest window,
 * less 128 bits for merging 2^63 such states, for the guard and for slack.
 */
static bool
window_in_range(const moments *state, int which, unsigned keep)
{
	window_view view = moments_view(state, which);
	exact_span	span = exact_sum_span(view.limb, view.limbs, view.base);
	int			factors = which == WINDOW_W ? 1 : which == WINDOW_WXX ? 3 : 2;

	if (keep == MOMENTS_SUMS && which == WINDOW_WX)
		return span.high <= EXACT_MIN_BIT + 64 * EXACT_MAX_LIMBS - 128;
	return span.low >= factors * DOUBLE_LOWEST_EXPONENT &&
		span.high <= factors * 1024 + 64;
}

/*
 * Whether a canonical state from outside can have come from rows: NULL, or
 * what is wrong with it. `keep` is what its kind may keep.
 */
const char *
moments_check(const moments *state, unsigned keep)
{
	moments_specials s = moments_get_specials(state);
	exact_integer w;
	exact_integer x;
	double		min;
	double		max;

	if (state->version != MOMENTS_VERSION)
		return "It is of an unknown version.";
	if (state->parts & ~(keep | MOMENTS_SPECIALS | (keep == MOMENTS_SUMS ? MOMENTS_POWER : 0)))
		return "It has a part that this type does not keep.";
	if (keep == MOMENTS_SUMS ? (state->parts & MOMENTS_SUMS) != MOMENTS_SUMS :
		(~state->parts & (MOMENTS_WX | MOMENTS_WXX)) != 0 ||
		!(state->parts & MOMENTS_W) != !(state->parts & MOMENTS_WW))
		return "One of its sums is missing.";
	if (state->n < 0 || s.nan < 0 || s.positive < 0 || s.negative < 0 ||
		s.nan > state->n || s.positive > state->n - s.nan ||
		s.negative > state->n - s.nan - s.positive)
		return "Its counts do not add up.";
	if (moments_extremes(state, &min, &max) ?
		!double_is_finite(min) || !double_is_finite(max) || min > max ||
		moments_finite_rows(state) == 0 :
		keep & MOMENTS_EXTREMES && moments_finite_rows(state) > 0)
		return "Its extremes do not fit its rows.";

	for (int i = 0; i < MOMENTS_WINDOWS; i++)
		if (state->parts & 1 << i && !window_in_range(state, i, keep))
			return "One of its sums is out of range.";

	moments_sum(state, WINDOW_W, &w);
	moments_sum(state, WINDOW_WX, &x);
	if (w.negative || (state->n == 0 && w.limbs != 0))
		return "Its sum of weights is impossible.";
	if (x.limbs != 0 && (w.limbs == 0 || moments_finite_rows(state) == 0))
		return "It has a sum of values without rows or weights.";
	if (state->parts & MOMENTS_WXX)
	{
		exact_integer a;
		exact_integer b;

		moments_sum(state, WINDOW_WXX, &x);
		if (x.negative || (x.limbs != 0 && (w.limbs == 0 || moments_finite_rows(state) == 0)))
			return "Its sum of squares is impossible.";
		moments_sum(state, WINDOW_WW, &x);
		if (x.negative || (x.limbs == 0) != (w.limbs == 0))
			return "Its sum of squared weights is impossible.";
		exact_integer_multiply(&a, &w, &w);
		exact_integer_subtract(&a, &x);
		if (a.negative)
			return "Its sum of squared weights exceeds the square of the sum.";
		if (w.limbs != 0)
		{
			moments_variance(state, VARIANCE_POPULATION, &a, &b);
			if (a.negative)
				return "Its variance would be negative.";
		}
	}
	return NULL;
}
