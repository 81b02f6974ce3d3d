/*
 * moments.h
 *	  The state behind the exact statistics: a row count and up to four exact
 *	  sums, of w, w^2, w*f and w*f^2, where f is the value itself (or, for the
 *	  geometric, harmonic and power means, its logarithm, reciprocal, power).
 *
 * A state is one block of memory that the caller provides: a header, then
 *
 *	  extremes	 2 words	smallest and largest finite value (doubles)
 *	  specials	 3 words	counts of NaN, +infinity, -infinity
 *	  power		 1 word		exponent of the power mean (double)
 *	  the windows (exact_sum.h) of w, w^2, w*f, w*f^2
 *
 * each where `parts` says so, packed without gaps; what the capacity leaves
 * over is spare. Unit weights are not summed: without MOMENTS_W every weight
 * is exactly 1, so that the sum of weights, and of their squares, is n.
 *
 * Non-finite values count in n and in the sums of weights, and are counted
 * in `specials`; they never enter the sums of values. So they too can be
 * taken out again.
 *
 * Canonical form: capacity is what is used; every window trimmed; no empty
 * extremes and specials; and no sums of weights where MOMENTS_WW is kept and
 * both equal n, since then sum (w - 1)^2 = 0 and all weights were 1. Equal
 * multisets of rows therefore have equal canonical bytes, however the state
 * came about. Every function accepts both forms.
 */
#ifndef PARINDEX_MOMENTS_H
#define PARINDEX_MOMENTS_H

#include "kernel/exact/exact_ratio.h"
#include "kernel/exact/exact_sum.h"

#define MOMENTS_VERSION 1

/* The windows, in the order they are stored. */
enum
{
	WINDOW_W,
	WINDOW_WW,
	WINDOW_WX,
	WINDOW_WXX,
	MOMENTS_WINDOWS
};

#define MOMENTS_W			(1 << WINDOW_W)
#define MOMENTS_WW			(1 << WINDOW_WW)
#define MOMENTS_WX			(1 << WINDOW_WX)
#define MOMENTS_WXX			(1 << WINDOW_WXX)
#define MOMENTS_EXTREMES	(1 << 4)
#define MOMENTS_SPECIALS	(1 << 5)
#define MOMENTS_POWER		(1 << 6)

/* What the three kinds of state keep when nothing is left out. */
#define MOMENTS_SUMS	(MOMENTS_W | MOMENTS_WX)
#define MOMENTS_SQUARES (MOMENTS_W | MOMENTS_WW | MOMENTS_WX | MOMENTS_WXX)
#define MOMENTS_STATS	(MOMENTS_SQUARES | MOMENTS_EXTREMES)

typedef struct moments
{
	uint32_t	owner;			/* the caller's own length word */
	uint8_t		version;
	uint8_t		parts;
	uint16_t	capacity;		/* words after the header */
	int64_t		n;				/* rows, non-finite values included */
	int8_t		base[MOMENTS_WINDOWS];	/* each window's place ... */
	uint8_t		limbs[MOMENTS_WINDOWS]; /* ... and width; 0 where it is empty */
	uint64_t	word[];
} moments;

#define MOMENTS_HEADER_SIZE 24
#define MOMENTS_MAX_WORDS (6 + MOMENTS_WINDOWS * EXACT_MAX_LIMBS)
#define MOMENTS_MAX_SIZE (MOMENTS_HEADER_SIZE + 8 * MOMENTS_MAX_WORDS)

/* Counts of values that are not finite. */
typedef struct moments_specials
{
	int64_t		nan;
	int64_t		positive;
	int64_t		negative;
} moments_specials;

/* What came of adding or removing. */
typedef enum moments_result
{
	MOMENTS_DONE,
	MOMENTS_NO_ROOM,			/* *words says what capacity is needed */
	MOMENTS_RESTART,			/* an extreme leaves: it cannot be taken out */
	MOMENTS_TOO_MANY			/* n would exceed 2^63 - 1 */
} moments_result;

/*
 * f of the means that transform their values: magnitude * 2^exponent. Bits
 * from 2^-2828 to 2^2828 leave room for weights and 2^63 rows.
 */
typedef struct moments_factor
{
	px_uint128	magnitude;
	int			exponent;
	bool		negative;
} moments_factor;

/* Words before the first window. */
static inline int
moments_fixed_words(unsigned parts)
{
	return (parts & MOMENTS_EXTREMES ? 2 : 0) +
		(parts & MOMENTS_SPECIALS ? 3 : 0) +
		(parts & MOMENTS_POWER ? 1 : 0);
}

static inline uint64_t *
moments_window(moments *state, int which)
{
	uint64_t   *word = state->word + moments_fixed_words(state->parts);

	for (int i = 0; i < which; i++)
		word += state->limbs[i];
	return word;
}

static inline const uint64_t *
moments_window_const(const moments *state, int which)
{
	return moments_window((moments *) state, which);
}

/* A sum as a window's integer; least significant limb first. */
typedef struct window_view
{
	const uint64_t *limb;
	int			limbs;
	int			base;
} window_view;

extern window_view moments_view(const moments *state, int which);
extern int64_t moments_finite_rows(const moments *state);
extern void moments_init(moments *state, unsigned parts, int capacity);
extern int	moments_used_words(const moments *state);
extern moments_specials moments_get_specials(const moments *state);
extern double moments_power(const moments *state);
extern bool moments_extremes(const moments *state, double *min, double *max);

extern moments_result moments_add_slow(moments *state, unsigned keep,
									   double x, double w, bool subtract,
									   int *words);
extern moments_result moments_add_factor(moments *state, moments_factor f,
										 double w, bool subtract, int *words);
extern moments_result moments_add_special(moments *state, unsigned keep,
										  double x, double w, bool subtract,
										  int *words);
extern moments_result moments_merge(moments *state, const moments *other,
									bool subtract, int *words);
extern moments_result moments_set_power(moments *state, double power, int *words);
extern void moments_canonical(const moments *state, moments *canonical);

extern void moments_sum(const moments *state, int which, exact_integer *sum);

/* How weights are read by the variance. */
typedef enum variance_kind
{
	VARIANCE_POPULATION,
	VARIANCE_FREQUENCY,
	VARIANCE_RELIABILITY
} variance_kind;

extern bool moments_variance(const moments *state, variance_kind kind,
							 exact_integer *numerator,
							 exact_integer *denominator);
extern const char *moments_check(const moments *state, unsigned keep);

/*
 * The widths, in limbs, with which each kind of state starts, by parts kept.
 * They hold ordinary data; moments_add_fast() knows no others.
 */
static inline int
moments_ordinary_limbs(const unsigned keep, const int which)
{
	if (!(keep & 1 << which))
		return 0;
	switch (which)
	{
		case WINDOW_W:
			return 2;
		case WINDOW_WXX:
			return keep & MOMENTS_W ? 5 : 4;
		default:
			return 3;
	}
}

static inline bool
moments_is_ordinary(const moments *state, const unsigned keep)
{
	const uint8_t ordinary[MOMENTS_WINDOWS] = {
		(uint8_t) moments_ordinary_limbs(keep, WINDOW_W),
		(uint8_t) moments_ordinary_limbs(keep, WINDOW_WW),
		(uint8_t) moments_ordinary_limbs(keep, WINDOW_WX),
		(uint8_t) moments_ordinary_limbs(keep, WINDOW_WXX)
	};

	return state->parts == keep &&
		memcmp(state->limbs, ordinary, sizeof(ordinary)) == 0;
}

/*
 * Add one row (or take it out again) where everything is ordinary: w and x
 * finite, the windows as wide as they started, and each holds its addend.
 * False, and nothing changed, otherwise; moments_add_slow() then does it.
 * `keep` and `subtract` are constants, so that what a kind of state does not
 * keep costs nothing.
 */
static inline __attribute__((always_inline)) bool
moments_add_fast(moments *state, const unsigned keep, double x, double w,
				 const bool subtract)
{
	const bool	weighted = keep & MOMENTS_W;
	double_parts px = split_double(x);
	double_parts pw = weighted ? split_double(w) : (double_parts) {1, 0, false};
	uint64_t	sign = (px.negative != subtract) ? ~UINT64_C(0) : 0;
	uint64_t	down = subtract ? ~UINT64_C(0) : 0;
	px_uint128	p = (px_uint128) px.mantissa * pw.mantissa;
	uint64_t	wx[2] = {(uint64_t) p, (uint64_t) (p >> 64)};
	const int	wx_bits = weighted ? 106 : 53;
	uint64_t   *extreme = state->word;
	uint64_t   *word = state->word + moments_fixed_words(keep);
	uint64_t   *limb[MOMENTS_WINDOWS];
	int			limbs[MOMENTS_WINDOWS];
	int			shift[MOMENTS_WINDOWS];
	bool		fits = true;

	if (!moments_is_ordinary(state, keep) || !double_is_finite(x) ||
		(!subtract && state->n == INT64_MAX))
		return false;

	/* Zero fits everywhere. */
#define PLACE(which, addend_bits, addend_exponent, factor) \
	if (keep & (1 << (which))) \
	{ \
		limb[which] = word; \
		limbs[which] = moments_ordinary_limbs(keep, which); \
		word += limbs[which]; \
		shift[which] = (factor) == 0 ? 0 : (addend_exponent) - \
			state->base[which] * EXACT_BASE_BITS; \
		fits &= exact_sum_fits(limb[which], limbs[which], shift[which], addend_bits); \
	}
	PLACE(WINDOW_W, 53, pw.exponent, pw.mantissa);
	PLACE(WINDOW_WW, 106, 2 * pw.exponent, pw.mantissa);
	PLACE(WINDOW_WX, wx_bits, px.exponent + pw.exponent, wx[0] | wx[1]);
	PLACE(WINDOW_WXX, wx_bits + 53, 2 * px.exponent + pw.exponent, wx[0] | wx[1]);
#undef PLACE
	if (!fits)
		return false;

	if (keep & MOMENTS_EXTREMES)
	{
		double		min = double_from_bits(extreme[0]);
		double		max = double_from_bits(extreme[1]);

		if (subtract)
		{
			if (x <= min || x >= max)
				return false;
		}
		else
		{
			/* Adding zero turns -0 into 0: states must not depend on order. */
			if (x < min)
				extreme[0] = double_bits(x + 0.0);
			if (x > max)
				extreme[1] = double_bits(x + 0.0);
		}
	}

	state->n += subtract ? -1 : 1;
	if (keep & MOMENTS_W)
		exact_sum_add_fast(limb[WINDOW_W], limbs[WINDOW_W], shift[WINDOW_W],
						   &pw.mantissa, 1, down);
	if (keep & MOMENTS_WW)
	{
		px_uint128	ww = (px_uint128) pw.mantissa * pw.mantissa;
		uint64_t	square[2] = {(uint64_t) ww, (uint64_t) (ww >> 64)};

		exact_sum_add_fast(limb[WINDOW_WW], limbs[WINDOW_WW], shift[WINDOW_WW],
						   square, 2, down);
	}
	if (keep & MOMENTS_WX)
		exact_sum_add_fast(limb[WINDOW_WX], limbs[WINDOW_WX], shift[WINDOW_WX],
						   wx, weighted ? 2 : 1, sign);
	if (keep & MOMENTS_WXX)
	{
		px_uint128	low = (px_uint128) wx[0] * px.mantissa;
		px_uint128	high = (px_uint128) wx[1] * px.mantissa + (uint64_t) (low >> 64);
		uint64_t	wxx[3] = {(uint64_t) low, (uint64_t) high, (uint64_t) (high >> 64)};

		exact_sum_add_fast(limb[WINDOW_WXX], limbs[WINDOW_WXX], shift[WINDOW_WXX],
						   wxx, weighted ? 3 : 2, down);
	}
	return true;
}

#endif							/* PARINDEX_MOMENTS_H */
