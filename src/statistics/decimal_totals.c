/*
 * decimal_totals.c
 *	  The state of exact decimal statistics, taken apart and put together.
 *
 * Whatever reads a state - results, text, the wire, comparison - reads its
 * totals, which have no form: normalised, trimmed sums, equal for equal states.
 * The canonical state is made of totals alone, hence equal bytes follow.
 */
#include "postgres.h"
#include "base/compat.h"

#include "statistics/decimal_totals.h"

StaticAssertDecl(offsetof(decimal_stats, sums.narrow.wx) + sizeof(decimal_int) ==
				 DECIMAL_STATS_TIER,
				 "the narrow form must fill the first tier");

/*
 * The canonical state: narrow wherever that holds it, in the largest unit that
 * its scales allow; else wide with no limb to spare.
 */
decimal_stats *
decimal_totals_canonical(const decimal_totals *totals)
{
	const decimal_sum *w = &totals->w.sum;
	const decimal_sum *wx = &totals->wx.sum;
	int			wx_fraction = numeric_fraction(totals->wx.scale);
	decimal_stats *state;
	decimal_int w_int,
				wx_int;

	if ((totals->nan | totals->plus_infinity | totals->minus_infinity) == 0 &&
		decimal_sum_get_int(w, numeric_fraction(totals->w.scale), &w_int) &&
		decimal_int_fits_int64(w_int) &&
		decimal_sum_get_int(wx, wx_fraction, &wx_int))
	{
		state = decimal_stats_empty();
		state->wx_fraction = wx_fraction;
		state->sums.narrow.w = w_int;
		state->sums.narrow.wx = wx_int;
	}
	else
	{
		state = decimal_stats_make(DECIMAL_STATS_WIDE_SIZE(w->count + wx->count),
						   DECIMAL_STATS_WIDE);
		state->sums.wide.nan = totals->nan;
		state->sums.wide.plus_infinity = totals->plus_infinity;
		state->sums.wide.minus_infinity = totals->minus_infinity;
		state->sums.wide.w_low = w->low;
		state->sums.wide.w_count = w->count;
		state->sums.wide.wx_low = wx->low;
		state->sums.wide.wx_count = wx->count;
		memcpy(state->sums.wide.limb, w->limb, w->count * sizeof(int64));
		memcpy(state->sums.wide.limb + w->count, wx->limb,
			   wx->count * sizeof(int64));
	}
	state->n = totals->n;
	state->w_rows = totals->w.rows;
	state->wx_rows = totals->wx.rows;
	state->w_scale = totals->w.scale;
	state->wx_scale = totals->wx.scale;
	return state;
}

/* What is wrong with one sum over that many rows, or NULL. */
static const char *
total_fault(const decimal_total *total, int64 rows, int max_scale)
{
	if (total->scale < 0 || total->scale > max_scale)
		return "A sum has too many decimals.";
	if (decimal_sum_top(&total->sum) > DECIMAL_STATS_TOP_MAX)
		return "A sum is too large.";
	if (!decimal_sum_fits_scale(&total->sum, total->scale))
		return "A sum has digits beyond its scale.";
	if (rows == 0 && (total->scale != 0 || total->sum.count != 0))
		return "A sum of no rows must be zero.";
	if (total->rows < Min(rows, 1) || total->rows > rows)
		return "The number of rows with the largest scale is out of range.";
	return NULL;
}

/*
 * What no rows can have brought about, as the detail of an error; NULL if
 * nothing is wrong.
 */
const char *
decimal_totals_fault(const decimal_totals *totals)
{
	int64		finite;
	const char *fault;

	if (totals->n < 0 || totals->nan < 0 || totals->plus_infinity < 0 ||
		totals->minus_infinity < 0)
		return "A number of rows is negative.";
	if (totals->nan > totals->n ||
		totals->plus_infinity > totals->n - totals->nan ||
		totals->minus_infinity > totals->n - totals->nan - totals->plus_infinity)
		return "There are more NaN and infinite products than rows.";
	finite = totals->n - totals->nan - totals->plus_infinity -
		totals->minus_infinity;

	fault = total_fault(&totals->w, totals->n, NUMERIC_STORED_SCALE_MAX);
	if (fault == NULL)
		fault = total_fault(&totals->wx, finite, DECIMAL_STATS_SCALE_MAX);
	if (fault != NULL)
		return fault;

	if (decimal_sum_sign(&totals->w.sum) < 0)
		return "The sum of weights is negative.";
	if (decimal_sum_sign(&totals->w.sum) == 0 &&
		(totals->wx.sum.count > 0 || totals->plus_infinity > 0 ||
		 totals->minus_infinity > 0))
		return "Products are not zero where all weights are zero.";
	if (totals->wx.scale > totals->w.scale + NUMERIC_STORED_SCALE_MAX ||
		(finite == totals->n && totals->wx.scale < totals->w.scale))
		return "The scales of the sums contradict each other.";
	return NULL;
}

/* Read a state, whatever it says.  The sums' limbs are newly allocated. */
static void
read_totals(const decimal_stats *state, decimal_totals *totals)
{
	decimal_sum *w = &totals->w.sum;
	decimal_sum *wx = &totals->wx.sum;

	memset(totals, 0, sizeof(*totals));
	totals->n = state->n;
	totals->w.scale = state->w_scale;
	totals->w.rows = state->w_rows;
	totals->wx.scale = state->wx_scale;
	totals->wx.rows = state->wx_rows;

	if (state->form == DECIMAL_STATS_NARROW)
	{
		w->limb = palloc(2 * DECIMAL_INT_LIMBS * sizeof(int64));
		wx->limb = w->limb + DECIMAL_INT_LIMBS;
		decimal_sum_set_int(w, state->sums.narrow.w,
							numeric_fraction(state->w_scale));
		decimal_sum_set_int(wx, state->sums.narrow.wx, state->wx_fraction);
		return;
	}

	totals->nan = state->sums.wide.nan;
	totals->plus_infinity = state->sums.wide.plus_infinity;
	totals->minus_infinity = state->sums.wide.minus_infinity;
	w->low = state->sums.wide.w_low;
	w->count = state->sums.wide.w_count + DECIMAL_CARRY_LIMBS;
	wx->low = state->sums.wide.wx_low;
	wx->count = state->sums.wide.wx_count + DECIMAL_CARRY_LIMBS;
	w->limb = palloc0((w->count + wx->count) * sizeof(int64));
	wx->limb = w->limb + w->count;
	memcpy(w->limb, state->sums.wide.limb,
		   state->sums.wide.w_count * sizeof(int64));
	memcpy(wx->limb, state->sums.wide.limb + state->sums.wide.w_count,
		   state->sums.wide.wx_count * sizeof(int64));
	decimal_sum_normalise(w);
	decimal_sum_normalise(wx);
	decimal_sum_trim(w);
	decimal_sum_trim(wx);
}

/*
 * What a state says.  The sums' limbs are newly allocated.
 *
 * An aggregate of the user's own can take rows out that were never in; nothing
 * downstream has to reckon with the sums that leaves.
 */
void
decimal_stats_totals(const decimal_stats *state, decimal_totals *totals)
{
	const char *fault;

	read_totals(state, totals);
	fault = decimal_totals_fault(totals);
	if (unlikely(fault != NULL))
		ereport(ERROR,
				(errcode(ERRCODE_DATA_EXCEPTION),
				 errmsg("value of type decimal_stats is not the state of any rows"),
				 errdetail("%s", fault),
				 errhint("Take out of a state only rows that were added to it.")));
}

#ifdef USE_ASSERT_CHECKING
/* The layout of a state of either form, and what it says. */
void
AssertCheckDecimalStats(const decimal_stats *state)
{
	decimal_totals totals;

	Assert(state->version == DECIMAL_STATS_VERSION);
	if (state->form == DECIMAL_STATS_NARROW)
		Assert(VARSIZE(state) == DECIMAL_STATS_TIER && state->pending == 0);
	else
	{
		Assert(state->form == DECIMAL_STATS_WIDE && state->wx_fraction == 0);
		Assert(state->sums.wide.w_count >= 0 && state->sums.wide.wx_count >= 0);
		Assert(VARSIZE(state) ==
			   DECIMAL_STATS_WIDE_SIZE(state->sums.wide.w_count +
									   state->sums.wide.wx_count));
	}
	/* Sums may be wrong by the user's fault: an error, not a crash. */
	decimal_stats_totals(state, &totals);
}
#endif
