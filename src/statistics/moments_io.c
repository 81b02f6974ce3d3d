/*
 * moments_io.c
 *	  Text and binary forms of weighted_sums, weighted_moments and score_stats,
 *	  and their order.
 *
 * Both forms are of the canonical state, so equal states have equal text and
 * equal bytes. Text, version 1:
 *
 *	  v1 n=3 w=0x3p0 ww=0x3p0 wx=-0x5p-2 wxx=0x1dp-4 power=2 nan=0 +inf=1
 *	  -inf=0 min=-1.5 max=0.25
 *
 * on one line. A sum is an odd hexadecimal integer times a power of two,
 * hence exact, or 0. Left out: sums of weights where all weights are 1,
 * counts of non-finite values where there are none, and what a type does not
 * keep. Binary: the same fields, in network byte order (see write_state()).
 */
#include "postgres.h"
#include "kernel/exact/power_mean.h"
#include "statistics/moments_state.h"

#include <math.h>

#include "base/forms/comparison_functions.h"
#include "base/forms/exact_sum_text.h"
#include "base/forms/text_reader.h"
#include "base/forms/wire.h"
#include "common/shortest_dec.h"
#include "libpq/pqformat.h"

static const char *const window_name[MOMENTS_WINDOWS] = {"w", "ww", "wx", "wxx"};

/* Each type by what it may keep. */
static const char *
type_name(unsigned keep)
{
	return keep == MOMENTS_SUMS ? "weighted_sums" :
		keep == MOMENTS_SQUARES ? "weighted_moments" :
		"score_stats";
}

/*
 * A state under construction from outside: what stands in the fields so far.
 */
typedef struct raw_state
{
	unsigned	parts;
	int64		n;
	double		min;
	double		max;
	moments_specials specials;
	double		power;
	int			limbs[MOMENTS_WINDOWS];
	int			base[MOMENTS_WINDOWS];
	uint64		limb[MOMENTS_WINDOWS][EXACT_MAX_LIMBS];
} raw_state;

/*
 * The canonical state, once it is known that rows can have led to it: only
 * then do its sums surely lie where a canonical window can.
 */
static moments *
build_state(const raw_state *raw, unsigned keep, int sqlstate)
{
	Size		size = MOMENTS_MAX_SIZE;
	moments    *state = palloc0(size);
	moments    *canonical;
	uint64	   *word = state->word;
	const char *problem = NULL;

	state->version = MOMENTS_VERSION;
	state->parts = (uint8) raw->parts;
	state->n = raw->n;
	if (raw->parts & MOMENTS_EXTREMES)
	{
		/* Adding zero turns -0 into 0. */
		*word++ = double_bits(raw->min + 0.0);
		*word++ = double_bits(raw->max + 0.0);
	}
	if (raw->parts & MOMENTS_SPECIALS)
	{
		memcpy(word, &raw->specials, sizeof(raw->specials));
		word += 3;
	}
	if (raw->parts & MOMENTS_POWER)
	{
		*word++ = double_bits(raw->power);
		if (!isfinite(raw->power) || fabs(raw->power) < POWER_MEAN_SMALLEST)
			problem = "Its power is not finite or too close to zero.";
	}
	for (int i = 0; i < MOMENTS_WINDOWS; i++)
	{
		memcpy(word, raw->limb[i], sizeof(uint64) * raw->limbs[i]);
		word += raw->limbs[i];
		state->limbs[i] = (uint8) raw->limbs[i];
		state->base[i] = (int8) raw->base[i];
	}
	state->capacity = (uint16) (word - state->word);
	SET_VARSIZE(state, MOMENTS_HEADER_SIZE + sizeof(uint64) * state->capacity);

	if (problem == NULL)
		problem = moments_check(state, keep);
	if (problem != NULL)
		ereport(ERROR,
				(errcode(sqlstate),
				 errmsg("invalid value of type %s", type_name(keep)),
				 errdetail("%s", problem),
				 errhint("Such values come from aggregates; write them down only as the output function does.")));
	canonical = moment_state_canonical(state);
	pfree(state);
	return canonical;
}

/* ---------- text ---------- */

static void
append_sum(StringInfo out, const moments *state, int which)
{
	exact_integer sum;

	moments_sum(state, which, &sum);
	appendStringInfo(out, " %s=", window_name[which]);
	append_exact_sum(out, &sum);
}

/* The shortest text that reads back exactly, whatever extra_float_digits says. */
static void
append_double(StringInfo out, const char *name, double x)
{
	char		digits[DOUBLE_SHORTEST_DECIMAL_LEN];

	double_to_shortest_decimal_buf(x, digits);
	appendStringInfo(out, " %s=%s", name, digits);
}

PARINDEX_FUNCTION(parindex_moments_out);
Datum
parindex_moments_out(PG_FUNCTION_ARGS)
{
	moments    *state = moment_state_canonical(PG_GETARG_MOMENTS(0));
	moments_specials specials = moments_get_specials(state);
	double		min;
	double		max;
	StringInfoData out;

	initStringInfo(&out);
	appendStringInfo(&out, "v%d n=" INT64_FORMAT, MOMENTS_VERSION, state->n);
	for (int i = 0; i < MOMENTS_WINDOWS; i++)
		if (state->parts & (1 << i))
			append_sum(&out, state, i);
	if (state->parts & MOMENTS_POWER)
		append_double(&out, "power", moments_power(state));
	if (state->parts & MOMENTS_SPECIALS)
		appendStringInfo(&out, " nan=" INT64_FORMAT " +inf=" INT64_FORMAT " -inf=" INT64_FORMAT,
						 specials.nan, specials.positive, specials.negative);
	if (moments_extremes(state, &min, &max))
	{
		append_double(&out, "min", min);
		append_double(&out, "max", max);
	}
	pfree(state);
	PG_RETURN_CSTRING(out.data);
}

/* Step over white space, then `name=`; false, and no step, where they are not next. */
static bool
accept_field(text_reader *reader, const char *name)
{
	text_reader ahead = *reader;

	if (!text_is_space(*ahead.at) || !text_accept(&ahead, name) ||
		!text_accept_exactly(&ahead, "="))
		return false;
	*reader = ahead;
	return true;
}

static void
expect_field(text_reader *reader, const char *name)
{
	if (!accept_field(reader, name))
		text_error(reader, psprintf("\"%s=\" after a blank", name));
}

static int64
read_count(text_reader *reader)
{
	return text_integer(reader, 0, PG_INT64_MAX, "a count");
}

static double
read_double(text_reader *reader)
{
	return text_float8(reader, "a number in range");
}

static void
read_sum(text_reader *reader, raw_state *raw, int which)
{
	exact_integer sum;
	const char *start = reader->at;
	const char *expected = parse_exact_sum(&reader->at, &sum);

	if (expected)
		text_error(reader, expected);
	raw->parts |= 1U << which;
	raw->limbs[which] = exact_integer_to_sum(&sum, raw->limb[which],
											 EXACT_MAX_LIMBS, &raw->base[which]);
	if (raw->limbs[which] < 0)
	{
		reader->at = start;
		text_error(reader, "a sum in range");
	}
}

static Datum
state_in(const char *input, unsigned keep)
{
	text_reader reader = {type_name(keep), input, input, NULL};
	raw_state  *raw = palloc0(sizeof(raw_state));

	text_skip_space(&reader);
	if (strncmp(reader.at, "v1", 2) != 0 || !text_is_space(reader.at[2]))
		text_error(&reader, "the version v1");
	reader.at += 2;
	expect_field(&reader, "n");
	raw->n = read_count(&reader);
	for (int i = 0; i < MOMENTS_WINDOWS; i++)
		if (accept_field(&reader, window_name[i]))
			read_sum(&reader, raw, i);
	if (accept_field(&reader, "power"))
	{
		raw->parts |= MOMENTS_POWER;
		raw->power = read_double(&reader);
	}
	if (accept_field(&reader, "nan"))
	{
		raw->parts |= MOMENTS_SPECIALS;
		raw->specials.nan = read_count(&reader);
		expect_field(&reader, "+inf");
		raw->specials.positive = read_count(&reader);
		expect_field(&reader, "-inf");
		raw->specials.negative = read_count(&reader);
	}
	if (accept_field(&reader, "min"))
	{
		raw->parts |= MOMENTS_EXTREMES;
		raw->min = read_double(&reader);
		expect_field(&reader, "max");
		raw->max = read_double(&reader);
	}
	text_skip_space(&reader);
	if (*reader.at != '\0')
		text_error(&reader, "another field, or the end");
	PG_RETURN_POINTER(build_state(raw, keep, ERRCODE_INVALID_TEXT_REPRESENTATION));
}

/* ---------- binary ---------- */

/*
 * int8 version, int8 parts, int64 n; then, as parts says: float8 min and max;
 * int64 counts of NaN, +infinity, -infinity; float8 power; and for each sum
 * int16 base (in units of 32 bits), int16 number of limbs, and the limbs of
 * its two's-complement integer as int64, most significant first.
 */
static void
write_state(StringInfo out, const moments *any)
{
	moments    *state = moment_state_canonical(any);
	moments_specials specials = moments_get_specials(state);
	double		min;
	double		max;

	pq_sendbyte(out, MOMENTS_VERSION);
	pq_sendbyte(out, state->parts);
	pq_sendint64(out, state->n);
	if (moments_extremes(state, &min, &max))
	{
		pq_sendfloat8(out, min);
		pq_sendfloat8(out, max);
	}
	if (state->parts & MOMENTS_SPECIALS)
	{
		pq_sendint64(out, specials.nan);
		pq_sendint64(out, specials.positive);
		pq_sendint64(out, specials.negative);
	}
	if (state->parts & MOMENTS_POWER)
		pq_sendfloat8(out, moments_power(state));
	for (int i = 0; i < MOMENTS_WINDOWS; i++)
	{
		const uint64 *limb = moments_window_const(state, i);

		if (!(state->parts & (1 << i)))
			continue;
		pq_sendint16(out, (uint16) state->base[i]);
		pq_sendint16(out, state->limbs[i]);
		for (int k = state->limbs[i] - 1; k >= 0; k--)
			pq_sendint64(out, limb[k]);
	}
	pfree(state);
}

static bytea *
binary_form(Datum state)
{
	StringInfoData out;

	pq_begintypsend(&out);
	write_state(&out, DatumGetMoments(state));
	return pq_endtypsend(&out);
}

PARINDEX_FUNCTION(parindex_moments_send);
Datum
parindex_moments_send(PG_FUNCTION_ARGS)
{
	PG_RETURN_BYTEA_P(binary_form(PG_GETARG_DATUM(0)));
}

static Datum
state_recv(StringInfo message, unsigned keep)
{
	raw_state  *raw = palloc0(sizeof(raw_state));

	wire_version(message, type_name(keep), MOMENTS_VERSION);
	raw->parts = (unsigned) pq_getmsgbyte(message);
	raw->n = pq_getmsgint64(message);
	if (raw->parts & MOMENTS_EXTREMES)
	{
		raw->min = pq_getmsgfloat8(message);
		raw->max = pq_getmsgfloat8(message);
	}
	if (raw->parts & MOMENTS_SPECIALS)
	{
		raw->specials.nan = pq_getmsgint64(message);
		raw->specials.positive = pq_getmsgint64(message);
		raw->specials.negative = pq_getmsgint64(message);
	}
	if (raw->parts & MOMENTS_POWER)
		raw->power = pq_getmsgfloat8(message);
	for (int i = 0; i < MOMENTS_WINDOWS; i++)
	{
		int			base;
		int			limbs;

		if (!(raw->parts & (1U << i)))
			continue;
		base = (int16) pq_getmsgint(message, 2);
		limbs = (int) pq_getmsgint(message, 2);
		if (limbs > EXACT_MAX_LIMBS || base < EXACT_MIN_BASE || base > EXACT_MAX_BASE)
			wire_error(type_name(keep), psprintf("Sum \"%s\" claims %d limbs at base %d.",
												 window_name[i], limbs, base));
		raw->limbs[i] = limbs;
		raw->base[i] = base;
		for (int k = limbs - 1; k >= 0; k--)
			raw->limb[i][k] = (uint64) pq_getmsgint64(message);
	}
	PG_RETURN_POINTER(build_state(raw, keep, ERRCODE_INVALID_BINARY_REPRESENTATION));
}

/* ---------- one pair of functions a type ---------- */

#define STATE_INPUT(type, keep) \
PARINDEX_FUNCTION(parindex_##type##_in); \
Datum \
parindex_##type##_in(PG_FUNCTION_ARGS) \
{ \
	return state_in(PG_GETARG_CSTRING(0), keep); \
} \
PARINDEX_FUNCTION(parindex_##type##_recv); \
Datum \
parindex_##type##_recv(PG_FUNCTION_ARGS) \
{ \
	return state_recv((StringInfo) PG_GETARG_POINTER(0), keep); \
}

STATE_INPUT(weighted_sums, MOMENTS_SUMS)
STATE_INPUT(weighted_moments, MOMENTS_SQUARES)
STATE_INPUT(score_stats, MOMENTS_STATS)

/* ---------- order: that of the binary form, the same on every machine ---------- */

IMAGE_COMPARISON_FUNCTIONS(score_stats, binary_form)
