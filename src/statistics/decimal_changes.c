/*
 * decimal_changes.c
 *	  Rows and states are added to a state of exact decimal statistics and taken
 *	  away: decimal_changes.h.
 *
 * A state says how many rows it holds, the exact sum of their weights and the
 * exact sum of weight times value.  Those form a group, hence one state serves
 * grouping, parallel workers, stored partial results and sliding frames.
 *
 * Narrow states - 64 bytes, sums of 64 and 128 bits - serve rows of up to four
 * base-10000 digits on each side without a division; anything else goes to a
 * wide state, whose sums have as many limbs as they need.  A state becomes
 * wide once and is made narrow again, where it fits, by its canonical form.
 *
 * Invariant: decimal_totals_fault() finds nothing wrong with the totals.
 */
#include "postgres.h"
#include "statistics/decimal_changes.h"

#include "common/int.h"
#include "miscadmin.h"
#include "port/pg_bitutils.h"

#include "base/interrupts.h"
#include "statistics/decimal_totals.h"

/* Limbs of a row's value or weight that need no allocation. */
#define ROW_LIMBS 16

/* The rows of a state whose product is finite. */
static int64
finite_rows(const decimal_stats *state)
{
	if (state->form == DECIMAL_STATS_NARROW)
		return state->n;
	return state->n - state->sums.wide.nan - state->sums.wide.plus_infinity -
		state->sums.wide.minus_infinity;
}

/* Rows with this scale join: keep the largest, and how many have it. */
static void
scale_join(uint16 *scale, int64 *rows, int joining, int64 joining_rows)
{
	if (joining_rows == 0)
		return;
	if (*rows == 0 || joining > *scale)
	{
		*scale = joining;
		*rows = joining_rows;
	}
	else if (joining == *scale)
		*rows += joining_rows;
}

/*
 * Rows with this scale leave.  False if the largest scale of those that remain
 * is not known.
 */
static bool
scale_leave(uint16 *scale, int64 *rows, int leaving, int64 leaving_rows,
			int64 remaining)
{
	if (leaving_rows == 0 || leaving < *scale)
		return true;
	if (leaving > *scale || leaving_rows > *rows)
		return false;
	*rows -= leaving_rows;
	if (*rows > 0)
		return true;
	*scale = 0;
	*rows = 0;
	return remaining == 0;
}

/*
 * Count the rows of other as they join state (sign 1) or leave it (-1), apart
 * from NaN and infinite products.  False if state must be computed afresh.
 */
static bool
count_rows(decimal_stats *state, const decimal_stats *other, int sign)
{
	int64		finite_left = finite_rows(state) - finite_rows(other);

	if (sign > 0)
	{
		if (pg_add_s64_overflow(state->n, other->n, &state->n))
			ereport(ERROR,
					(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
					 errmsg("too many rows in one aggregate state"),
					 errdetail("A state counts at most 9223372036854775807 rows.")));
		scale_join(&state->w_scale, &state->w_rows,
				   other->w_scale, other->w_rows);
		scale_join(&state->wx_scale, &state->wx_rows,
				   other->wx_scale, other->wx_rows);
		return true;
	}

	if (other->n > state->n)
		return false;
	state->n -= other->n;
	return scale_leave(&state->w_scale, &state->w_rows,
					   other->w_scale, other->w_rows, state->n) &&
		scale_leave(&state->wx_scale, &state->wx_rows,
					other->wx_scale, other->wx_rows, finite_left);
}

/* Bring two integers to the finer of their units; false on overflow. */
static inline bool
same_unit(decimal_int *a, int a_fraction, decimal_int *b, int b_fraction)
{
	return decimal_int_rescale(a, b_fraction - a_fraction) &&
		decimal_int_rescale(b, a_fraction - b_fraction);
}

typedef enum merge_result
{
	MERGED,
	DOES_NOT_FIT,				/* nothing was changed */
	MUST_RESTART
} merge_result;

/* *sum += sign * term; false on overflow, also where -term alone overflows. */
static inline bool
add_signed(decimal_int *sum, decimal_int term, int sign)
{
	return !(sign > 0 ? __builtin_add_overflow(*sum, term, sum) :
			 __builtin_sub_overflow(*sum, term, sum));
}

/* state += sign * other, both narrow. */
static merge_result
merge_narrow(decimal_stats *state, const decimal_stats *other, int sign)
{
	int			w_fraction = numeric_fraction(state->w_scale);
	int			other_w_fraction = numeric_fraction(other->w_scale);
	decimal_int w = state->sums.narrow.w;
	decimal_int other_w = other->sums.narrow.w;
	decimal_int wx = state->sums.narrow.wx;
	decimal_int other_wx = other->sums.narrow.wx;

	if (!same_unit(&w, w_fraction, &other_w, other_w_fraction) ||
		!same_unit(&wx, state->wx_fraction, &other_wx, other->wx_fraction) ||
		!add_signed(&w, other_w, sign) || !decimal_int_fits_int64(w) ||
		!add_signed(&wx, other_wx, sign))
		return DOES_NOT_FIT;

	/* The unit of w follows its scale; where that is reset, w is zero. */
	if (!count_rows(state, other, sign))
		return MUST_RESTART;
	state->sums.narrow.w = w;
	state->sums.narrow.wx = wx;
	state->wx_fraction = state->n == 0 ? 0 :
		Max(state->wx_fraction, other->wx_fraction);
	return MERGED;
}

static bool
covers(int32 low, int32 count, const decimal_sum *term)
{
	return term->count == 0 ||
		(term->low >= low && decimal_sum_top(term) <= low + count);
}

/* The smallest range of limbs that holds both terms. */
static void
cover_both(const decimal_sum *a, const decimal_sum *b, int32 *low, int32 *count)
{
	if (a->count == 0)
		a = b;
	if (b->count == 0)
		b = a;
	*low = Min(a->low, b->low);
	*count = Max(decimal_sum_top(a), decimal_sum_top(b)) - *low;
}

/* The working sums of a wide state. */
static decimal_sum
wide_w(decimal_stats *state)
{
	return (decimal_sum) {state->sums.wide.limb,
		state->sums.wide.w_count, state->sums.wide.w_low};
}

static decimal_sum
wide_wx(decimal_stats *state)
{
	return (decimal_sum) {state->sums.wide.limb + state->sums.wide.w_count,
		state->sums.wide.wx_count, state->sums.wide.wx_low};
}

/*
 * A new wide state, equal to state, without carries to make, and with limbs
 * for the terms w and wx.  What its tier has left over goes to both ends of
 * both sums.
 */
static decimal_stats *
widen(const decimal_stats *state, const decimal_sum *w, const decimal_sum *wx)
{
	decimal_totals totals;
	decimal_stats *wide;
	decimal_sum sum;
	int32		w_low,
				w_count,
				wx_low,
				wx_count;
	Size		size;
	int			slack;

	decimal_stats_totals(state, &totals);
	cover_both(&totals.w.sum, w, &w_low, &w_count);
	cover_both(&totals.wx.sum, wx, &wx_low, &wx_count);

	size = pg_nextpower2_size_t(DECIMAL_STATS_WIDE_SIZE(w_count + wx_count));
	slack = (size - DECIMAL_STATS_WIDE_SIZE(w_count + wx_count)) / sizeof(int64);
	wide = decimal_stats_make(size, DECIMAL_STATS_WIDE);
	wide->n = state->n;
	wide->w_rows = state->w_rows;
	wide->wx_rows = state->wx_rows;
	wide->w_scale = state->w_scale;
	wide->wx_scale = state->wx_scale;
	wide->sums.wide.nan = totals.nan;
	wide->sums.wide.plus_infinity = totals.plus_infinity;
	wide->sums.wide.minus_infinity = totals.minus_infinity;
	wide->sums.wide.w_low = w_low - slack / 3 / 2;
	wide->sums.wide.w_count = w_count + slack / 3;
	wide->sums.wide.wx_low = wx_low - (slack - slack / 3) / 2;
	wide->sums.wide.wx_count = wx_count + (slack - slack / 3);

	sum = wide_w(wide);
	decimal_sum_add(&sum, &totals.w.sum, 1);
	sum = wide_wx(wide);
	decimal_sum_add(&sum, &totals.wx.sum, 1);
	wide->pending = 1;
	return wide;
}

/*
 * state += sign * other, where w and wx are the normalised sums of other,
 * which need not be in it.  NULL if the state must be computed afresh.
 */
static decimal_stats *
merge_wide(decimal_stats *state, const decimal_stats *other,
		   const decimal_sum *w, const decimal_sum *wx, int sign)
{
	decimal_sum sum;

	if (state->form != DECIMAL_STATS_WIDE ||
		state->pending == DECIMAL_PENDING_MAX ||
		!covers(state->sums.wide.w_low, state->sums.wide.w_count, w) ||
		!covers(state->sums.wide.wx_low, state->sums.wide.wx_count, wx))
		state = widen(state, w, wx);

	if (!count_rows(state, other, sign))
		return NULL;
	if (other->form == DECIMAL_STATS_WIDE)
	{
		state->sums.wide.nan += sign * other->sums.wide.nan;
		state->sums.wide.plus_infinity += sign * other->sums.wide.plus_infinity;
		state->sums.wide.minus_infinity += sign * other->sums.wide.minus_infinity;
	}
	sum = wide_w(state);
	decimal_sum_add(&sum, w, sign);
	sum = wide_wx(state);
	decimal_sum_add(&sum, wx, sign);
	state->pending++;
	return state;
}

static decimal_stats *
merge_states(decimal_stats *state, const decimal_stats *other, int sign)
{
	merge_result result = DOES_NOT_FIT;

	AssertCheckDecimalStats(state);
	AssertCheckDecimalStats(other);

	if (state->form == DECIMAL_STATS_NARROW &&
		other->form == DECIMAL_STATS_NARROW)
		result = merge_narrow(state, other, sign);
	if (result == DOES_NOT_FIT)
	{
		decimal_totals totals;

		decimal_stats_totals(other, &totals);
		state = merge_wide(state, other, &totals.w.sum, &totals.wx.sum, sign);
	}
	if (result == MUST_RESTART || state == NULL)
		return NULL;

	AssertCheckDecimalStats(state);
	return state;
}

/* state += other; other is not changed. */
decimal_stats *
decimal_stats_merge(decimal_stats *state, const decimal_stats *other)
{
	return merge_states(state, other, 1);
}

/* state -= other, merged before; NULL if state must be computed afresh. */
decimal_stats *
decimal_stats_unmerge(decimal_stats *state, const decimal_stats *other)
{
	return merge_states(state, other, -1);
}

/*
 * One row as a state of its own: all but the sums.  The sum of its products is
 * finite iff its form is narrow.
 */
static void
row_counts(decimal_stats *row, const numeric_digits *x, const numeric_digits *w)
{
	memset(row, 0, sizeof(*row));
	row->n = 1;
	row->w_rows = 1;
	row->w_scale = w->scale;
	if (x->kind == NUMERIC_FINITE)
	{
		row->form = DECIMAL_STATS_NARROW;
		row->wx_rows = 1;
		row->wx_scale = x->scale + w->scale;
		row->wx_fraction = numeric_fraction(x->scale) + numeric_fraction(w->scale);
		return;
	}
	row->form = DECIMAL_STATS_WIDE;
	if (x->kind == NUMERIC_NOT_A_NUMBER || w->count == 0)
		row->sums.wide.nan = 1;
	else if (x->kind == NUMERIC_PLUS_INFINITY)
		row->sums.wide.plus_infinity = 1;
	else
		row->sums.wide.minus_infinity = 1;
}

/* Limbs for a number: the caller's where they suffice. */
static inline int64 *
limbs_for(int count, int64 *limb, int have)
{
	return count <= have ? limb : palloc(count * sizeof(int64));
}

/* state += sign * row, in limbs. */
static decimal_stats *
merge_row_wide(decimal_stats *state, const decimal_stats *row,
			   const numeric_digits *x, const numeric_digits *w, int sign)
{
	int64		x_limb[ROW_LIMBS],
				w_limb[ROW_LIMBS],
				wx_limb[2 * ROW_LIMBS];
	decimal_sum x_sum,
				w_sum,
				wx_sum;

	x_sum.limb = limbs_for(numeric_digits_limbs(x), x_limb, ROW_LIMBS);
	w_sum.limb = limbs_for(numeric_digits_limbs(w), w_limb, ROW_LIMBS);
	numeric_digits_sum(x, &x_sum);
	numeric_digits_sum(w, &w_sum);
	wx_sum.limb = limbs_for(x_sum.count + w_sum.count, wx_limb, 2 * ROW_LIMBS);
	(void) decimal_sum_multiply(&wx_sum, &x_sum, &w_sum, let_interrupts, NULL);
	decimal_sum_trim(&wx_sum);

	/* A product that numeric cannot hold is an error at once, as in core. */
	if (decimal_sum_top(&wx_sum) > NUMERIC_STORED_WEIGHT_MAX / 2 + 1)
		numeric_overflow_error();

	CHECK_FOR_INTERRUPTS();
	return merge_wide(state, row, &w_sum, &wx_sum, sign);
}

/* state += sign * row; NULL if the state must be computed afresh. */
static decimal_stats *
merge_row(decimal_stats *state, const numeric_digits *x, const numeric_digits *w,
		  int sign)
{
	decimal_stats row;
	merge_result result = DOES_NOT_FIT;
	int64		x_units,
				w_units;

	row_counts(&row, x, w);
	if (state->form == DECIMAL_STATS_NARROW &&
		row.form == DECIMAL_STATS_NARROW &&
		numeric_digits_small(x, &x_units) && numeric_digits_small(w, &w_units))
	{
		row.sums.narrow.w = w_units;
		row.sums.narrow.wx = (decimal_int) x_units * w_units;
		result = merge_narrow(state, &row, sign);
	}
	if (result == DOES_NOT_FIT)
		state = merge_row_wide(state, &row, x, w, sign);
	return result == MUST_RESTART ? NULL : state;
}

/*
 * state += row, as merge_row() does, where nothing but counters and sums
 * changes: what most rows of a column need.  False if more must be done.
 */
static inline bool
add_row_in_place(decimal_stats *state, const numeric_digits *x,
				 const numeric_digits *w)
{
	int64		x_units,
				w_units,
				w_sum;
	decimal_int wx_sum;

	if (state->form != DECIMAL_STATS_NARROW || x->kind != NUMERIC_FINITE ||
		state->w_scale != w->scale || state->wx_scale != x->scale + w->scale ||
		state->wx_fraction != numeric_fraction(x->scale) + numeric_fraction(w->scale) ||
		!numeric_digits_small(x, &x_units) ||
		!numeric_digits_small(w, &w_units) ||
		__builtin_add_overflow(state->sums.narrow.w, w_units, &w_sum) ||
		__builtin_add_overflow(state->sums.narrow.wx,
							   (decimal_int) x_units * w_units, &wx_sum) ||
		state->n == PG_INT64_MAX)
		return false;

	state->n++;
	state->w_rows++;
	state->wx_rows++;
	state->sums.narrow.w = w_sum;
	state->sums.narrow.wx = wx_sum;
	return true;
}

/* state += one row; the weight is finite and not negative. */
decimal_stats *
decimal_stats_add(decimal_stats *state, const numeric_digits *value,
				  const numeric_digits *weight)
{
	AssertCheckDecimalStats(state);
	if (unlikely(!add_row_in_place(state, value, weight)))
		state = merge_row(state, value, weight, 1);
	AssertCheckDecimalStats(state);
	return state;
}

/* state -= a row added before; NULL if state must be computed afresh. */
decimal_stats *
decimal_stats_remove(decimal_stats *state, const numeric_digits *value,
					 const numeric_digits *weight)
{
	AssertCheckDecimalStats(state);
	state = merge_row(state, value, weight, -1);
	if (state != NULL)
		AssertCheckDecimalStats(state);
	return state;
}
