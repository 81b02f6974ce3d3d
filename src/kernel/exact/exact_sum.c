/*
 * exact_sum.c
 *	  Moving, merging and trimming the windows of exact_sum.h.
 */
#include "kernel/exact/exact_sum.h"

/* Sign of a two's-complement value, as the word that continues it upwards. */
static inline uint64_t
sign_word(const uint64_t *limb, int limbs)
{
	return limbs > 0 && (int64_t) limb[limbs - 1] < 0 ? ~UINT64_C(0) : 0;
}

/*
 * Add (or subtract) another window's sum. The caller has made room: the
 * other's span, and that of the result, lie inside this window.
 */
void
exact_sum_merge(uint64_t *limb, int limbs, int base,
				const uint64_t *other, int other_limbs, int other_base,
				bool subtract)
{
	int			shift = (other_base - base) * EXACT_BASE_BITS;
	uint64_t	flip = subtract ? ~UINT64_C(0) : 0;
	uint64_t	above = sign_word(other, other_limbs);
	uint64_t	carry = flip & 1;
	int			k = -(shift >> 6);	/* the other's limb that meets limb 0 */
	int			s = shift & 63;

	for (int i = 0; i < limbs; i++, k++)
	{
		uint64_t	here = k < 0 ? 0 : k < other_limbs ? other[k] : above;
		uint64_t	below = k < 1 ? 0 : k <= other_limbs ? other[k - 1] : above;
		uint64_t	part = s == 0 ? here : here << s | below >> (64 - s);
		px_uint128	sum = (px_uint128) limb[i] + (part ^ flip) + carry;

		limb[i] = (uint64_t) sum;
		carry = (uint64_t) (sum >> 64);
	}
}

/* The bits that a window's sum really occupies, with its sign bit. */
exact_span
exact_sum_span(const uint64_t *limb, int limbs, int base)
{
	exact_span	span = {0, 0};
	uint64_t	sign = sign_word(limb, limbs);
	int			bottom = 0;

	while (bottom < limbs && limb[bottom] == 0)
		bottom++;
	if (bottom == limbs)
		return span;
	while (limbs > bottom + 1 && limb[limbs - 1] == sign)
		limbs--;
	span.low = base * EXACT_BASE_BITS + 64 * bottom +
		__builtin_ctzll(limb[bottom]);
	span.high = base * EXACT_BASE_BITS + 64 * (limbs - 1) +
		bit_length(limb[limbs - 1] ^ sign) + 1;
	return span;
}

exact_span
exact_span_union(exact_span a, exact_span b)
{
	if (a.low >= a.high)
		return b;
	if (b.low >= b.high)
		return a;
	if (b.low < a.low)
		a.low = b.low;
	if (b.high > a.high)
		a.high = b.high;
	return a;
}

/* The largest multiple of the base unit that is not above bit `low`. */
static inline int
base_below(int low)
{
	int			base = low >> 5;	/* floor, for negative bits too */

	return base < EXACT_MIN_BASE ? EXACT_MIN_BASE : base;
}

/* Limbs needed to hold a span, wherever its lowest bit falls in a base unit. */
int
exact_span_limbs(exact_span span)
{
	if (span.low >= span.high)
		return 0;
	return (span.high - base_below(span.low) * EXACT_BASE_BITS + 63) / 64;
}

/*
 * Where to put a window of `limbs` limbs around a span: a third of the spare
 * bits go below it, for finer values, the rest above, for larger sums.
 */
int
exact_span_base(exact_span span, int limbs)
{
	int			spare = 64 * limbs - (span.high - span.low);
	int			base = base_below(span.low - spare / 3);

	if (base * EXACT_BASE_BITS + 64 * limbs < span.high)
		base = base_below(span.low);
	return base;
}

/* Copy a sum into another window, which must hold its span. */
void
exact_sum_move(uint64_t *to, int to_limbs, int to_base,
			   const uint64_t *from, int from_limbs, int from_base)
{
	int			shift = (to_base - from_base) * EXACT_BASE_BITS;
	uint64_t	above = sign_word(from, from_limbs);
	int			k = shift >> 6; /* the limb of `from` that meets to[0] */
	int			s = shift & 63;

	for (int i = 0; i < to_limbs; i++, k++)
	{
		uint64_t	here = k < 0 ? 0 : k < from_limbs ? from[k] : above;
		uint64_t	next = k < -1 ? 0 : k + 1 < from_limbs ? from[k + 1] : above;

		to[i] = s == 0 ? here : here >> s | next << (64 - s);
	}
}

/*
 * The unique shortest form of a sum: no zero base unit at the bottom, no
 * limb on top that only repeats the sign. Returns the number of limbs (0 for
 * zero, at base 0) and, where `trimmed` is not NULL, writes them. `trimmed`
 * may be `limb` itself.
 */
int
exact_sum_trim(const uint64_t *limb, int limbs, int base,
			   uint64_t *trimmed, int *trimmed_base)
{
	exact_span	span = exact_sum_span(limb, limbs, base);
	int			count = exact_span_limbs(span);

	*trimmed_base = count == 0 ? 0 : base_below(span.low);
	if (trimmed != NULL)
		exact_sum_move(trimmed, count, *trimmed_base, limb, limbs, base);
	return count;
}
