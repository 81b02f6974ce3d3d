/*
 * moments.c
 *	  Making room in, adding to, merging and trimming the states of moments.h.
 */
#include "kernel/exact/moments.h"

#define WINDOW_PARTS (MOMENTS_W | MOMENTS_WW | MOMENTS_WX | MOMENTS_WXX)

/* Bits left free around the data when a window is made or widened. */
#define SLACK_BELOW 8
#define SLACK_ABOVE 24

/* A window's sum, wherever it lies; that of unit weights is in n. */
window_view
moments_view(const moments *state, int which)
{
	window_view view = {0};

	if (state->parts & 1 << which)
	{
		view.limb = moments_window_const(state, which);
		view.limbs = state->limbs[which];
		view.base = state->base[which];
	}
	else if (which == WINDOW_W || which == WINDOW_WW)
	{
		view.limb = (const uint64_t *) &state->n;
		view.limbs = 1;
	}
	return view;
}

/* An empty state of ordinary width; extremes and counts join when needed. */
void
moments_init(moments *state, unsigned parts, int capacity)
{
	memset((char *) state + sizeof(state->owner), 0,
		   MOMENTS_HEADER_SIZE - sizeof(state->owner) + 8 * (size_t) capacity);
	state->version = MOMENTS_VERSION;
	state->parts = (uint8_t) (parts & WINDOW_PARTS);
	state->capacity = (uint16_t) capacity;
	for (int i = 0; i < MOMENTS_WINDOWS; i++)
		state->limbs[i] = (uint8_t) moments_ordinary_limbs(state->parts, i);
}

int
moments_used_words(const moments *state)
{
	int			words = moments_fixed_words(state->parts);

	for (int i = 0; i < MOMENTS_WINDOWS; i++)
		words += state->limbs[i];
	return words;
}

/* The fixed words that stand before the windows, in their order. */
static uint64_t *
extremes_of(moments *state)
{
	return state->word;
}

static uint64_t *
specials_of(moments *state)
{
	return state->word + (state->parts & MOMENTS_EXTREMES ? 2 : 0);
}

static uint64_t *
power_of(moments *state)
{
	return specials_of(state) + (state->parts & MOMENTS_SPECIALS ? 3 : 0);
}

moments_specials
moments_get_specials(const moments *state)
{
	moments_specials specials = {0, 0, 0};

	if (state->parts & MOMENTS_SPECIALS)
		memcpy(&specials, specials_of((moments *) state), sizeof(specials));
	return specials;
}

/* Exponent of a power mean's state; 0 where it has none. */
double
moments_power(const moments *state)
{
	return state->parts & MOMENTS_POWER ?
		double_from_bits(*power_of((moments *) state)) : 0;
}

/* Smallest and largest finite value; false where there is none. */
bool
moments_extremes(const moments *state, double *min, double *max)
{
	if (!(state->parts & MOMENTS_EXTREMES))
		return false;
	*min = double_from_bits(state->word[0]);
	*max = double_from_bits(state->word[1]);
	return true;
}

/* Rows whose value is finite. */
int64_t
moments_finite_rows(const moments *state)
{
	moments_specials specials = moments_get_specials(state);

	return state->n - specials.nan - specials.positive - specials.negative;
}

/*
 * Lay the state out anew with these parts, windows and bases, keeping every
 * value; the caller has seen that it fits the capacity.
 */
static void
relayout(moments *state, unsigned parts,
		 const int limbs[MOMENTS_WINDOWS], const int base[MOMENTS_WINDOWS])
{
	uint64_t	buffer[MOMENTS_MAX_SIZE / 8];
	moments    *old = (moments *) buffer;
	uint64_t   *word = state->word;

	memcpy(old, state, MOMENTS_HEADER_SIZE + 8 * (size_t) moments_used_words(state));
	state->parts = (uint8_t) parts;
	memset(state->word, 0, 8 * (size_t) state->capacity);
	if (parts & old->parts & MOMENTS_EXTREMES)
		memcpy(extremes_of(state), extremes_of(old), 16);
	if (parts & old->parts & MOMENTS_SPECIALS)
		memcpy(specials_of(state), specials_of(old), 24);
	if (parts & old->parts & MOMENTS_POWER)
		memcpy(power_of(state), power_of(old), 8);

	word += moments_fixed_words(parts);
	for (int i = 0; i < MOMENTS_WINDOWS; i++)
	{
		window_view from = moments_view(old, i);

		if (limbs[i] > 0)
			exact_sum_move(word, limbs[i], base[i], from.limb, from.limbs, from.base);
		state->limbs[i] = (uint8_t) limbs[i];
		state->base[i] = (int8_t) base[i];
		word += limbs[i];
	}
}

/*
 * Give the state these parts, and each window room for another span besides
 * what it holds, one carry and the guard bit.
 */
static moments_result
make_window_room(moments *state, unsigned parts, const exact_span more[MOMENTS_WINDOWS],
		  int *words)
{
	int			limbs[MOMENTS_WINDOWS] = {0};
	int			base[MOMENTS_WINDOWS] = {0};
	bool		moves[MOMENTS_WINDOWS] = {0};
	exact_span	span[MOMENTS_WINDOWS];
	bool		any = (parts & ~(unsigned) state->parts) != 0;
	int			total = moments_fixed_words(parts);

	for (int i = 0; i < MOMENTS_WINDOWS; i++)
	{
		window_view view = moments_view(state, i);
		int			low;

		if (!(parts & 1 << i))
			continue;
		span[i] = exact_span_union(exact_sum_span(view.limb, view.limbs, view.base),
								   more[i]);
		span[i].high += span[i].low < span[i].high ? 2 : 0;
		limbs[i] = state->limbs[i];
		base[i] = state->base[i];
		low = base[i] * EXACT_BASE_BITS;
		if (span[i].low < span[i].high &&
			(span[i].low < low || span[i].high > low + 64 * limbs[i]))
		{
			any = moves[i] = true;
			if (exact_span_limbs(span[i]) > limbs[i])
			{
				exact_span	wide = {span[i].low - SLACK_BELOW, span[i].high + SLACK_ABOVE};

				if (wide.low < EXACT_MIN_BIT)
					wide.low = EXACT_MIN_BIT;
				limbs[i] = exact_span_limbs(wide);
			}
		}
		total += limbs[i];
	}
	if (!any)
		return MOMENTS_DONE;
	if (total > state->capacity)
	{
		*words = total;
		return MOMENTS_NO_ROOM;
	}
	for (int i = 0; i < MOMENTS_WINDOWS; i++)
		if (moves[i])
			base[i] = exact_span_base(span[i], limbs[i]);
	relayout(state, parts, limbs, base);
	return MOMENTS_DONE;
}

/* Whether each window can take its addend as it is. */
static bool
all_fit(const moments *state, const exact_addend addend[MOMENTS_WINDOWS])
{
	const uint64_t *limb = state->word + moments_fixed_words(state->parts);

	for (int i = 0; i < MOMENTS_WINDOWS; i++)
	{
		int			limbs = state->limbs[i];

		if (state->parts & 1 << i && addend[i].bits > 0 &&
			(limbs == 0 ||
			 !exact_sum_fits(limb, limbs, addend[i].exponent -
							 state->base[i] * EXACT_BASE_BITS,
							 addend[i].bits)))
			return false;
		limb += limbs;
	}
	return true;
}

/* Room for one addend a window, then add them. */
static moments_result
add_addends(moments *state, unsigned parts,
			const exact_addend addend[MOMENTS_WINDOWS], int *words)
{
	if (parts != state->parts || !all_fit(state, addend))
	{
		exact_span	more[MOMENTS_WINDOWS] = {{0, 0}};
		moments_result result;

		for (int i = 0; i < MOMENTS_WINDOWS; i++)
			if (addend[i].bits > 0)
			{
				more[i].low = addend[i].exponent;
				more[i].high = addend[i].exponent + addend[i].bits + 1;
			}
		result = make_window_room(state, parts, more, words);
		if (result != MOMENTS_DONE)
			return result;
	}
	for (int i = 0; i < MOMENTS_WINDOWS; i++)
		if (parts & 1 << i && addend[i].bits > 0)
			exact_sum_add(moments_window(state, i), state->limbs[i],
						  addend[i].exponent - state->base[i] * EXACT_BASE_BITS,
						  addend[i].word, addend[i].words, addend[i].sign);
	return MOMENTS_DONE;
}

/* m * w * 2^exponent, m < 2^127 and w < 2^53; zero has no bits. */
static exact_addend
make_addend(px_uint128 m, uint64_t w, int exponent, bool negative)
{
	exact_addend addend = {{0}, 3, 180, exponent, negative ? ~UINT64_C(0) : 0};
	px_uint128	low = (px_uint128) (uint64_t) m * w;
	px_uint128	high = (m >> 64) * w + (uint64_t) (low >> 64);

	addend.word[0] = (uint64_t) low;
	addend.word[1] = (uint64_t) high;
	addend.word[2] = (uint64_t) (high >> 64);
	if (addend.word[2] != 0)
		addend.bits = 128 + bit_length(addend.word[2]);
	else if (addend.word[1] != 0)
		addend.bits = 64 + bit_length(addend.word[1]);
	else
		addend.bits = bit_length(addend.word[0]);
	return addend;
}

static void
weight_addends(exact_addend addend[MOMENTS_WINDOWS], double w, bool subtract)
{
	double_parts pw = split_double(w);

	addend[WINDOW_W] = make_addend(pw.mantissa, 1, pw.exponent, subtract);
	addend[WINDOW_WW] = make_addend(pw.mantissa, pw.mantissa, 2 * pw.exponent,
									subtract);
}

/*
 * The windows that a state keeps once a row of this kind meets it: unit
 * weights give way to summed ones as soon as either side has them.
 */
static unsigned
joint_parts(const moments *state, unsigned parts)
{
	return state->parts | (parts & WINDOW_PARTS);
}

/* Count a row in or out. */
static moments_result
count_row(moments *state, bool subtract)
{
	if (subtract)
		state->n--;
	else
		state->n++;
	return MOMENTS_DONE;
}

/*
 * Add one row, or take it out, where moments_add_fast() could not. w is
 * finite and not negative; with unit weights it is 1.
 */
moments_result
moments_add_slow(moments *state, unsigned keep, double x, double w,
				 bool subtract, int *words)
{
	unsigned	parts = joint_parts(state, keep);
	exact_addend addend[MOMENTS_WINDOWS] = {{{0}, 0, 0, 0, 0}};
	double_parts px;
	double_parts pw = split_double(w);
	double		min;
	double		max;
	bool		any;
	moments_result result;

	/* One as an odd integer: unit weights are to cost no bits in the windows. */
	if (!(parts & MOMENTS_W))
	{
		pw.mantissa = 1;
		pw.exponent = 0;
	}
	if (!double_is_finite(x))
		return moments_add_special(state, keep, x, w, subtract, words);
	if (!subtract && state->n == INT64_MAX)
		return MOMENTS_TOO_MANY;

	any = moments_extremes(state, &min, &max);
	if (keep & MOMENTS_EXTREMES)
	{
		if (subtract && (!any || x <= min || x >= max))
			return MOMENTS_RESTART;
		parts |= MOMENTS_EXTREMES;
	}

	px = split_double(x);
	weight_addends(addend, w, subtract);
	addend[WINDOW_WX] = make_addend(px.mantissa, pw.mantissa,
									px.exponent + pw.exponent,
									px.negative != subtract);
	addend[WINDOW_WXX] = make_addend((px_uint128) px.mantissa * px.mantissa,
									 pw.mantissa,
									 2 * px.exponent + pw.exponent, subtract);
	result = add_addends(state, parts, addend, words);
	if (result != MOMENTS_DONE)
		return result;

	if (parts & MOMENTS_EXTREMES && !subtract)
	{
		if (!any || x < min)
			extremes_of(state)[0] = double_bits(x + 0.0);
		if (!any || x > max)
			extremes_of(state)[1] = double_bits(x + 0.0);
	}
	return count_row(state, subtract);
}

/* Add a row of a transformed value f, or take it out: sums of w and w*f. */
moments_result
moments_add_factor(moments *state, moments_factor f, double w, bool subtract,
				   int *words)
{
	exact_addend addend[MOMENTS_WINDOWS] = {{{0}, 0, 0, 0, 0}};
	double_parts pw = split_double(w);
	moments_result result;

	if (!subtract && state->n == INT64_MAX)
		return MOMENTS_TOO_MANY;
	weight_addends(addend, w, subtract);
	addend[WINDOW_WX] = make_addend(f.magnitude, pw.mantissa,
									f.exponent + pw.exponent,
									f.negative != subtract);
	result = add_addends(state, joint_parts(state, MOMENTS_SUMS), addend, words);
	if (result != MOMENTS_DONE)
		return result;
	return count_row(state, subtract);
}

/* Count NaN and infinities in or out; a weight of zero makes infinity NaN. */
moments_result
moments_add_special(moments *state, unsigned keep, double x, double w,
					bool subtract, int *words)
{
	exact_addend addend[MOMENTS_WINDOWS] = {{{0}, 0, 0, 0, 0}};
	unsigned	parts = joint_parts(state, keep) | MOMENTS_SPECIALS;
	int			which;
	moments_result result;

	if (!subtract && state->n == INT64_MAX)
		return MOMENTS_TOO_MANY;
	weight_addends(addend, w, subtract);
	result = add_addends(state, parts, addend, words);
	if (result != MOMENTS_DONE)
		return result;
	which = x != x || w == 0 ? 0 : x > 0 ? 1 : 2;
	specials_of(state)[which] += subtract ? ~UINT64_C(0) : 1;
	return count_row(state, subtract);
}

/* Remember a power mean's exponent; all rows must have the same one. */
moments_result
moments_set_power(moments *state, double power, int *words)
{
	exact_span	none[MOMENTS_WINDOWS] = {{0, 0}};
	moments_result result = make_window_room(state, state->parts | MOMENTS_POWER, none, words);

	if (result == MOMENTS_DONE)
		*power_of(state) = double_bits(power);
	return result;
}

/* Add another state's rows, or take them out; `other` is only read. */
moments_result
moments_merge(moments *state, const moments *other, bool subtract, int *words)
{
	unsigned	parts = joint_parts(state, other->parts) | other->parts;
	exact_span	more[MOMENTS_WINDOWS] = {{0, 0}};
	moments_specials theirs = moments_get_specials(other);
	double		min = 0,
				max = 0,
				their_min,
				their_max;
	bool		any = moments_extremes(state, &min, &max);
	moments_result result;

	if (subtract ? state->n < other->n : state->n > INT64_MAX - other->n)
		return subtract ? MOMENTS_RESTART : MOMENTS_TOO_MANY;
	if (moments_extremes(other, &their_min, &their_max))
	{
		if (subtract && (!any || their_min <= min || their_max >= max))
			return MOMENTS_RESTART;
	}
	else
		their_min = their_max = 0;

	for (int i = 0; i < MOMENTS_WINDOWS; i++)
	{
		window_view view = moments_view(other, i);

		if (parts & 1 << i)
			more[i] = exact_sum_span(view.limb, view.limbs, view.base);
	}
	result = make_window_room(state, parts, more, words);
	if (result != MOMENTS_DONE)
		return result;

	for (int i = 0; i < MOMENTS_WINDOWS; i++)
	{
		window_view view = moments_view(other, i);

		if (parts & 1 << i && more[i].low < more[i].high)
			exact_sum_merge(moments_window(state, i), state->limbs[i],
							state->base[i],
							view.limb, view.limbs, view.base, subtract);
	}
	if (other->parts & MOMENTS_SPECIALS)
	{
		uint64_t   *ours = specials_of(state);
		uint64_t	flip = subtract ? ~UINT64_C(0) : 0;

		ours[0] += ((uint64_t) theirs.nan ^ flip) - flip;
		ours[1] += ((uint64_t) theirs.positive ^ flip) - flip;
		ours[2] += ((uint64_t) theirs.negative ^ flip) - flip;
	}
	if (other->parts & MOMENTS_EXTREMES && !subtract)
	{
		extremes_of(state)[0] = double_bits(any && min < their_min ? min : their_min);
		extremes_of(state)[1] = double_bits(any && max > their_max ? max : their_max);
	}
	if (other->parts & MOMENTS_POWER)
		*power_of(state) = double_bits(moments_power(other));
	state->n += subtract ? -other->n : other->n;
	return MOMENTS_DONE;
}

/* Whether a window holds exactly n, which needs at most one limb and a half. */
static bool
window_is_n(const moments *state, int which)
{
	uint64_t	buffer[EXACT_MAX_LIMBS];
	window_view view = moments_view(state, which);
	int			base;
	int			limbs = exact_sum_trim(view.limb, view.limbs, view.base, buffer, &base);

	if (limbs == 0)
		return state->n == 0;
	if (limbs > 1 || base < 0 || base > 1)
		return false;
	return base == 0 ? buffer[0] == (uint64_t) state->n :
		buffer[0] <= (uint64_t) state->n >> 32 && buffer[0] << 32 == (uint64_t) state->n;
}

/*
 * Write the canonical form; `canonical` has room for the words in use. Its
 * capacity then says how many it took.
 */
void
moments_canonical(const moments *state, moments *canonical)
{
	unsigned	parts = state->parts;
	moments_specials specials = moments_get_specials(state);
	uint64_t   *word;

	if (specials.nan == 0 && specials.positive == 0 && specials.negative == 0)
		parts &= ~(unsigned) MOMENTS_SPECIALS;
	if (moments_finite_rows(state) == 0)
		parts &= ~(unsigned) MOMENTS_EXTREMES;
	if (parts & MOMENTS_WW && window_is_n(state, WINDOW_W) &&
		window_is_n(state, WINDOW_WW))
		parts &= ~(unsigned) (MOMENTS_W | MOMENTS_WW);

	memset((char *) canonical + sizeof(canonical->owner), 0,
		   MOMENTS_HEADER_SIZE - sizeof(canonical->owner));
	canonical->version = MOMENTS_VERSION;
	canonical->parts = (uint8_t) parts;
	canonical->n = state->n;
	if (parts & MOMENTS_EXTREMES)
		memcpy(extremes_of(canonical), extremes_of((moments *) state), 16);
	if (parts & MOMENTS_SPECIALS)
		memcpy(specials_of(canonical), specials_of((moments *) state), 24);
	if (parts & MOMENTS_POWER)
		memcpy(power_of(canonical), power_of((moments *) state), 8);

	word = canonical->word + moments_fixed_words(parts);
	for (int i = 0; i < MOMENTS_WINDOWS; i++)
	{
		window_view view = moments_view(state, i);
		int			base;

		if (!(parts & 1 << i))
			continue;
		canonical->limbs[i] = (uint8_t)
			exact_sum_trim(view.limb, view.limbs, view.base, word, &base);
		canonical->base[i] = (int8_t) base;
		word += canonical->limbs[i];
	}
	canonical->capacity = (uint16_t) moments_used_words(canonical);
}
