/*
 * decimal_state.h
 *	  The layout of a state of exact decimal statistics. decimal_changes.h says how
 *	  it changes, decimal_totals.h what it says.
 */
#ifndef PARINDEX_DECIMAL_STATE_H
#define PARINDEX_DECIMAL_STATE_H

#include "base/numeric_digits.h"

/*
 * Stored format
 *	  1: the layouts below, in the byte order of the machine.
 */
#define DECIMAL_STATS_VERSION 1

typedef enum decimal_stats_form
{
	DECIMAL_STATS_NARROW = 0,
	DECIMAL_STATS_WIDE = 1
} decimal_stats_form;

/*
 * Of the rows seen: how many, the sum of their weights w, the sum of their
 * products wx.  A product that is NaN or infinite is counted instead, so that
 * it can be taken away again.
 *
 * w_scale and wx_scale are the largest scales seen, as core's sum() displays;
 * w_rows and wx_rows count the rows that have them, so that it is known when a
 * scale leaves with its last row.
 *
 * Working states are 64, 128, 256 ... bytes, what the allocator would take
 * anyway.  A canonical state has no slack; equal states have equal bytes.
 */
typedef struct decimal_stats
{
	int32		vl_len_;
	uint8		version;
	uint8		form;
	uint16		wx_fraction;	/* narrow only */
	int64		n;
	int64		w_rows;
	int64		wx_rows;
	uint16		w_scale;
	uint16		wx_scale;
	uint32		pending;		/* wide only: terms added since carries */
	union
	{
		/* In units of 10000^-numeric_fraction(w_scale), 10000^-wx_fraction. */
		struct
		{
			int64		w;
			decimal_int wx;
		}			narrow;

		/* Limbs of w, then those of wx. */
		struct
		{
			int64		nan;
			int64		plus_infinity;
			int64		minus_infinity;
			int32		w_low;
			int32		w_count;
			int32		wx_low;
			int32		wx_count;
			int64		limb[FLEXIBLE_ARRAY_MEMBER];
		}			wide;
	}			sums;
} decimal_stats;

#define DECIMAL_STATS_TIER 64
#define DECIMAL_STATS_WIDE_SIZE(limbs) \
	(offsetof(decimal_stats, sums.wide.limb) + (Size) (limbs) * sizeof(int64))

#define DatumGetDecimalStatsP(datum) \
	((decimal_stats *) PG_DETOAST_DATUM(datum))
#define PG_GETARG_DECIMAL_STATS_P(n) \
	DatumGetDecimalStatsP(PG_GETARG_DATUM(n))

/* A state of that size, without rows. */
static inline decimal_stats *
decimal_stats_make(Size size, decimal_stats_form form)
{
	decimal_stats *state = palloc0(size);

	SET_VARSIZE(state, size);
	state->version = DECIMAL_STATS_VERSION;
	state->form = form;
	return state;
}

/* The state of no rows. */
static inline decimal_stats *
decimal_stats_empty(void)
{
	return decimal_stats_make(DECIMAL_STATS_TIER, DECIMAL_STATS_NARROW);
}

#endif							/* PARINDEX_DECIMAL_STATE_H */
