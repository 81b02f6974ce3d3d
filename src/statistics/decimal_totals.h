/*
 * decimal_totals.h
 *	  The state of exact decimal statistics: see decimal_state.c for how
 *	  it changes, decimal_totals.c for how it is read.
 */
#ifndef PARINDEX_DECIMAL_TOTALS_H
#define PARINDEX_DECIMAL_TOTALS_H

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

/* Largest scale of a product; the display is cut at the stored scale. */
#define DECIMAL_STATS_SCALE_MAX (2 * NUMERIC_STORED_SCALE_MAX)

/* Highest limb of a sum of 2^63 of the largest products. */
#define DECIMAL_STATS_TOP_MAX (NUMERIC_STORED_WEIGHT_MAX / 2 + 1 + 3)

/* What a state says, apart from its form; the sums normalised and trimmed. */
typedef struct decimal_total
{
	int			scale;
	int64		rows;
	decimal_sum sum;
} decimal_total;

typedef struct decimal_totals
{
	int64		n;
	int64		nan;
	int64		plus_infinity;
	int64		minus_infinity;
	decimal_total w;
	decimal_total wx;
} decimal_totals;

#define DatumGetDecimalStatsP(datum) \
	((decimal_stats *) PG_DETOAST_DATUM(datum))
#define PG_GETARG_DECIMAL_STATS_P(n) \
	DatumGetDecimalStatsP(PG_GETARG_DATUM(n))

/* decimal_state.c */
extern void decimal_stats_poll(void);
extern decimal_stats *decimal_stats_add(decimal_stats *state,
										const numeric_digits *value,
										const numeric_digits *weight);
extern decimal_stats *decimal_stats_remove(decimal_stats *state,
										   const numeric_digits *value,
										   const numeric_digits *weight);
extern decimal_stats *decimal_stats_merge(decimal_stats *state,
										  const decimal_stats *other);
extern decimal_stats *decimal_stats_unmerge(decimal_stats *state,
											const decimal_stats *other);

/* decimal_totals.c */
extern decimal_stats *decimal_stats_make(Size size, decimal_stats_form form);
extern decimal_stats *decimal_stats_empty(void);
extern void decimal_stats_totals(const decimal_stats *state,
								 decimal_totals *totals);
extern const char *decimal_totals_fault(const decimal_totals *totals);
extern decimal_stats *decimal_totals_canonical(const decimal_totals *totals);

#ifdef USE_ASSERT_CHECKING
extern void AssertCheckDecimalStats(const decimal_stats *state);
#else
#define AssertCheckDecimalStats(state) ((void) 0)
#endif

#endif							/* PARINDEX_DECIMAL_TOTALS_H */
